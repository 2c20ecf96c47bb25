//! The ownership rule: whose a row is. Pure: a verdict follows from the row, the map and what is
//! known of the person, and from nothing else.
//!
//! More keys can only turn a doubtful row into the person's, never the other way about; so the
//! rounds reach the same end in whatever order tables answer.

use std::collections::{BTreeMap, BTreeSet};

use holdall_connector::{Compare, Path, Record};

use super::facts::{Fact, Facts};
use super::model::Identity;
use super::trail::Trail;
use crate::map::{Kind, Map, Parent, Table, TableId};

/// What is known of the person.
pub(super) struct Known {
    /// What the request gave.
    pub(super) given: Identity,
    /// What the request gave and the person's rows revealed.
    pub(super) keys: Identity,
    /// The key values of the person's rows, by the table and columns that others refer to, each
    /// with the way to its row.
    pub(super) owned: BTreeMap<(TableId, Vec<Path>), BTreeMap<Vec<String>, Trail>>,
}

/// Whose a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The person's.
    Own(Cause),
    /// It matches, and contradicts what is known of this kind.
    Ambiguous(Kind),
    /// It has two holders, told apart by this kind, one of whom is not known to be the person.
    Joint(Kind),
    /// It hangs on a row of the person's and names somebody else by this kind.
    Stranger(Kind, Trail),
    /// Somebody else's, and these columns mention the person, the first by this key.
    Mentioned(Vec<Path>, (Kind, String)),
    /// It has the name in common, and nothing contradicts.
    Candidate,
    /// It has the name in common, and this kind contradicts.
    Namesake(Kind),
    /// Somebody decided that it is not the person's.
    Disowned,
    /// Nothing in common.
    Unrelated,
}

/// What makes a row the person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A key of this kind, in normal form.
    Key(Kind, String),
    /// A whole `same-person` set.
    Proof(BTreeSet<Kind>),
    /// A row that is the person's, found this way.
    Parent(Trail),
    /// Somebody's decision.
    Ruled,
}

impl Known {
    /// Judges one row.
    pub(super) fn judge(&self, map: &Map, table: &Table, record: &Record) -> Verdict {
        let facts = Facts::of(map, table, record);
        let Some(cause) = self.cause(map, table, record, &facts) else {
            return self.without_cause(map, &facts);
        };
        if let Some(kind) =
            contradiction(&facts, |kind| self.given.normal(kind).is_some(), &self.given)
        {
            return Verdict::Ambiguous(kind);
        }
        if let Some(kind) = self.second_holder(map, &facts) {
            return Verdict::Joint(kind);
        }
        if let Cause::Parent(trail) = &cause
            && let Some(fact) = self.strangers(map, &facts).next()
        {
            return Verdict::Stranger(fact.kind.clone(), trail.clone());
        }
        Verdict::Own(cause)
    }

    fn cause(&self, map: &Map, table: &Table, record: &Record, facts: &Facts) -> Option<Cause> {
        self.key(map, facts).or_else(|| self.proof(map, facts)).or_else(|| {
            table.parents.iter().find_map(|p| self.hangs_on(p, record)).map(Cause::Parent)
        })
    }

    fn key(&self, map: &Map, facts: &Facts) -> Option<Cause> {
        let fact = facts.persons.iter().find(|f| map.identifier(&f.kind).pulls && self.knows(f))?;
        Some(Cause::Key(fact.kind.clone(), fact.normal.clone()))
    }

    fn proof(&self, map: &Map, facts: &Facts) -> Option<Cause> {
        let proves = |set: &&BTreeSet<Kind>| {
            set.iter().all(|kind| facts.of_kind(kind).any(|fact| self.knows(fact)))
        };
        map.same_person.iter().find(proves).cloned().map(Cause::Proof)
    }

    /// Returns whether a value is known to be the person's.
    fn knows(&self, fact: &Fact) -> bool {
        self.keys.normal(&fact.kind).is_some_and(|forms| forms.contains_key(&fact.normal))
    }

    fn hangs_on(&self, parent: &Parent, record: &Record) -> Option<Trail> {
        let (here, there): (Vec<Path>, Vec<Path>) = parent.keys.iter().cloned().unzip();
        let owned = self.owned.get(&(parent.table.clone(), there))?;
        tuples(record, &here).iter().find_map(|tuple| owned.get(tuple)).cloned()
    }

    /// Returns the way to a row that explains one of the person's.
    pub(super) fn context(&self, table: &Table, record: &Record) -> Option<Trail> {
        table.see.iter().find_map(|see| {
            let owned = self.owned.get(&(see.table.clone(), vec![see.target.clone()]))?;
            let here = tuples(record, std::slice::from_ref(&see.column));
            here.iter().find_map(|tuple| owned.get(tuple)).cloned()
        })
    }

    fn without_cause(&self, map: &Map, facts: &Facts) -> Verdict {
        let by: Vec<&Fact> = facts
            .mentions
            .iter()
            .filter(|f| map.identifier(&f.kind).pulls && self.knows(f))
            .collect();
        if let Some(first) = by.first() {
            let columns: BTreeSet<Path> = by.iter().map(|f| f.column.clone()).collect();
            let key = (first.kind.clone(), first.normal.clone());
            return Verdict::Mentioned(columns.into_iter().collect(), key);
        }
        let mut names = facts.persons.iter().chain(&facts.mentions).filter(|f| f.kind.is_name());
        if !names.any(|f| self.knows(f)) {
            return Verdict::Unrelated;
        }
        match contradiction(facts, |_| true, &self.keys) {
            Some(kind) => Verdict::Namesake(kind),
            None => Verdict::Candidate,
        }
    }

    /// Returns the kind by which a row has two holders: two columns of one pulling kind, or a list
    /// of record numbers, with different values of which at least one is not the person's; or two
    /// whole names that do not begin alike.
    fn second_holder(&self, map: &Map, facts: &Facts) -> Option<Kind> {
        facts
            .kinds()
            .into_iter()
            .find(|kind| {
                let values: Vec<&Fact> = facts.of_kind(kind).collect();
                if kind.is_name() {
                    return self.is_second_name(&values);
                }
                let columns: BTreeSet<&Path> = values.iter().map(|f| &f.column).collect();
                let forms: BTreeSet<&str> = values.iter().map(|f| f.normal.as_str()).collect();
                map.identifier(kind).pulls
                    && forms.len() > 1
                    && (columns.len() > 1 || !may_have_several(kind))
                    && values.iter().any(|f| !self.knows(f))
            })
            .cloned()
    }

    fn is_second_name(&self, names: &[&Fact]) -> bool {
        let own: BTreeSet<&str> = names
            .iter()
            .filter(|f| self.knows(f))
            .filter_map(|f| f.normal.split(' ').next())
            .collect();
        let first = names.first().and_then(|f| f.normal.split(' ').next());
        names.len() > 1
            && names.iter().any(|f| {
                let begins = f.normal.split(' ').next();
                let alike = begins == first || begins.is_some_and(|word| own.contains(word));
                !self.knows(f) && !alike
            })
    }

    /// Returns the values of a row that hangs on one of the person's, by which it would be somebody
    /// else's.
    fn strangers<'a>(&'a self, map: &'a Map, facts: &'a Facts) -> impl Iterator<Item = &'a Fact> {
        facts.persons.iter().filter(move |f| map.identifier(&f.kind).pulls && !self.knows(f))
    }

    /// Returns the values by which a row that hangs on one of the person's reveals kinds of which
    /// nothing is known yet, if it names nobody else.
    pub(super) fn first_of_their_kind(
        &self,
        map: &Map,
        table: &Table,
        record: &Record,
    ) -> Vec<(Kind, String)> {
        let facts = Facts::of(map, table, record);
        let new: Vec<&Fact> = self.strangers(map, &facts).collect();
        if new.iter().any(|f| self.keys.normal(&f.kind).is_some()) {
            return Vec::new();
        }
        new.into_iter().map(|f| (f.kind.clone(), f.text.clone())).collect()
    }
}

/// Returns whether one person often has several values of a kind, so that a list of them names one
/// holder.
fn may_have_several(kind: &Kind) -> bool {
    matches!(kind.as_str(), "email" | "phone" | "vehicle")
}

/// Returns the first singular kind of which the row has a value, `identity` has others, and none
/// agree.
fn contradiction(
    facts: &Facts,
    counts: impl Fn(&Kind) -> bool,
    identity: &Identity,
) -> Option<Kind> {
    let singular = facts.kinds().into_iter().filter(|kind| kind.is_singular() && counts(kind));
    singular
        .into_iter()
        .find(|kind| {
            let Some(known) = identity.normal(kind).filter(|forms| !forms.is_empty()) else {
                return false;
            };
            let mut said = facts.of_kind(kind).filter(|f| says_something(f)).peekable();
            said.peek().is_some()
                && !said.any(|f| known.keys().any(|form| agree(kind, form, &f.normal)))
        })
        .cloned()
}

/// Returns whether the value could be a number or date at all.
pub(super) fn says_something(fact: &Fact) -> bool {
    fact.normal.contains(|c: char| c.is_ascii_digit())
}

/// Returns whether two normal forms can be one person's. An NI number may lack its suffix.
pub(super) fn agree(kind: &Kind, a: &str, b: &str) -> bool {
    a == b
        || kind.as_str() == Kind::NINO
            && a.len().min(b.len()) == 8
            && a.get(..8).is_some_and(|stem| b.get(..8) == Some(stem))
}

/// Returns the combinations of values that a row has in these columns, as comparable text.
pub(super) fn tuples(record: &Record, columns: &[Path]) -> BTreeSet<Vec<String>> {
    let mut all = BTreeSet::from([Vec::new()]);
    for column in columns {
        let values: BTreeSet<String> =
            record.scalars(column).iter().filter_map(|v| Compare::Exact.normalise(v)).collect();
        all = all
            .iter()
            .flat_map(|start| {
                values.iter().map(move |value| {
                    let mut tuple: Vec<String> = start.clone();
                    tuple.push(value.clone());
                    tuple
                })
            })
            .collect();
    }
    all
}
