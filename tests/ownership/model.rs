//! The ownership rule as its text has it, naively: apply it to every row until nothing changes.
//!
//! A row is the person's if a `person` column of a pulling kind holds a key of theirs, if a whole
//! `same-person` set is in the row, or if it hangs on a row of theirs. It then teaches its person
//! values. A row that contradicts a birth date or NI number that the request gave is never
//! included; nor is one with two holders of whom one is unknown.

use std::collections::BTreeSet;

use super::estate::{Estate, Kind, Row, Symbol, Table, value_of};

/// A row: its table's number and its own.
pub(super) type At = (usize, usize);

/// What the rule says of an estate.
pub(super) struct Model {
    pub own: BTreeSet<At>,
    pub mentioned: BTreeSet<At>,
    pub context: BTreeSet<At>,
    /// Whether something needs a decision, so that fewer rows may be given than the rule allows.
    pub doubtful: bool,
}

impl Model {
    pub(super) fn of(estate: &Estate) -> Self {
        let keys = estate.given.iter().map(|kind| value_of(*kind, 0)).collect();
        let mut rule = Rule { estate, keys, own: BTreeSet::new(), doubtful: false };
        while rule.pass() {}
        let (mentioned, context) = (rule.mentioned(), rule.context());
        let doubtful = rule.doubtful
            || rule.has_two_of_a_singular_kind()
            || rule
                .rows()
                .any(|(at, table, row)| context.contains(&at) && rule.has_name(table, row));
        Self { own: rule.own, mentioned, context, doubtful }
    }
}

struct Rule<'e> {
    estate: &'e Estate,
    keys: BTreeSet<Symbol>,
    own: BTreeSet<At>,
    doubtful: bool,
}

fn pulls(kind: Kind) -> bool {
    matches!(kind, Kind::Customer | Kind::Email | Kind::Nino)
}

fn is_singular(kind: Kind) -> bool {
    matches!(kind, Kind::BirthDate | Kind::Nino)
}

impl Rule<'_> {
    fn rows(&self) -> impl Iterator<Item = (At, &Table, &Row)> {
        self.estate.tables.iter().enumerate().flat_map(|(t, table)| {
            table.rows.iter().enumerate().map(move |(r, row)| ((t, r), table, row))
        })
    }

    /// Goes over all rows once; returns whether anything was new.
    fn pass(&mut self) -> bool {
        let mut doubts = false;
        let mut news = Vec::new();
        for (at, table, row) in self.rows().filter(|(at, ..)| !self.own.contains(at)) {
            let by_itself = self.has_key(table, row) || self.has_proof(table, row);
            let by_parent = self.hangs_on_own(table, row);
            if !by_itself && !by_parent {
                continue;
            }
            let values: Vec<Symbol> =
                table.person_values(row).into_iter().filter_map(|(_, value)| value).collect();
            let unknown = values.iter().any(|value| !self.keys.contains(value));
            doubts |= !by_itself && unknown;
            doubts |= self.has_unknown_beside_another(Kind::Name, table, row);
            if self.contradicts(table, row) || self.is_joint(table, row) {
                doubts = true;
            } else {
                news.push((at, values));
            }
        }
        self.doubtful |= doubts;
        // One at a time: what the first teaches may settle whether the next has two holders.
        let first = news.into_iter().next();
        first.into_iter().any(|(at, values)| {
            self.keys.extend(values);
            self.own.insert(at)
        })
    }

    fn has_key(&self, table: &Table, row: &Row) -> bool {
        table
            .person_values(row)
            .iter()
            .any(|(kind, value)| pulls(*kind) && value.is_some_and(|v| self.keys.contains(&v)))
    }

    fn has_proof(&self, table: &Table, row: &Row) -> bool {
        let values = table.person_values(row);
        self.estate.same_person.iter().any(|set| {
            set.iter().all(|wanted| {
                values.iter().any(|(kind, value)| {
                    kind == wanted && value.is_some_and(|v| self.keys.contains(&v))
                })
            })
        })
    }

    /// Returns whether a name of the person is in the row: one that is theirs by nothing else waits
    /// for a decision, even where it also explains a row of theirs.
    fn has_name(&self, table: &Table, row: &Row) -> bool {
        let values = table.person_values(row);
        values.iter().any(|(k, v)| *k == Kind::Name && v.is_some_and(|v| self.keys.contains(&v)))
    }

    fn hangs_on_own(&self, table: &Table, row: &Row) -> bool {
        let (Some(parent), Some(up)) = (table.parent, row.up) else { return false };
        let parent = parent % self.estate.tables.len();
        self.own.iter().any(|(t, r)| *t == parent && self.estate.tables[*t].rows[*r].id == Some(up))
    }

    fn contradicts(&self, table: &Table, row: &Row) -> bool {
        let given: Vec<Symbol> = self.estate.given.iter().map(|k| value_of(*k, 0)).collect();
        let values = table.person_values(row);
        given.iter().filter(|(kind, _)| is_singular(*kind)).any(|known| {
            let said: Vec<Symbol> =
                values.iter().filter_map(|(_, v)| *v).filter(|(k, _)| *k == known.0).collect();
            !said.is_empty() && !said.contains(known)
        })
    }

    fn is_joint(&self, table: &Table, row: &Row) -> bool {
        [Kind::Customer, Kind::Email, Kind::Nino]
            .into_iter()
            .any(|kind| self.has_unknown_beside_another(kind, table, row))
    }

    /// Returns whether the row has two values of a kind, not both known.
    fn has_unknown_beside_another(&self, kind: Kind, table: &Table, row: &Row) -> bool {
        let values = table.person_values(row).into_iter().filter_map(|(_, value)| value);
        let values: BTreeSet<Symbol> = values.filter(|(k, _)| *k == kind).collect();
        values.len() > 1 && !values.is_subset(&self.keys)
    }

    /// Two birth dates or NI numbers came up: two people may have been taken for one.
    fn has_two_of_a_singular_kind(&self) -> bool {
        [Kind::BirthDate, Kind::Nino]
            .into_iter()
            .any(|kind| self.keys.iter().filter(|(k, _)| *k == kind).count() > 1)
    }

    /// Rows of others that mention the person by a key that pulls.
    fn mentioned(&self) -> BTreeSet<At> {
        let mentions = |table: &Table, row: &Row| {
            let value = table.mentions.and_then(|kind| row.symbol(row.mention, kind));
            value.is_some_and(|v| self.keys.contains(&v))
        };
        self.rows()
            .filter(|(at, table, row)| !self.own.contains(at) && mentions(table, row))
            .map(|(at, ..)| at)
            .collect()
    }

    /// Rows that explain a row of the person's and are neither theirs nor mention them.
    fn context(&self) -> BTreeSet<At> {
        let mentioned = self.mentioned();
        let explains = |table: &Table, row: &Row| {
            let (Some(see), Some(id)) = (table.see, row.id) else { return false };
            let see = see % self.estate.tables.len();
            self.own
                .iter()
                .any(|(t, r)| *t == see && self.estate.tables[*t].rows[*r].refers == Some(id))
        };
        self.rows()
            .filter(|(at, ..)| !self.own.contains(at) && !mentioned.contains(at))
            .filter(|(_, table, row)| explains(table, row))
            .map(|(at, ..)| at)
            .collect()
    }
}
