//! The end of a search: rows with their standing, holds for what is doubtful, other people seen,
//! and the record of what was searched.

use std::collections::{BTreeMap, BTreeSet};

use holdall_connector::{Location, Place, Record, Skipped};

use super::facts::Facts;
use super::model::{
    Found, Held, Hold, HoldKind, Identity, Other, Roster, Row, Searched, Standing, Status,
};
use super::ownership::{Verdict, agree, says_something};
use super::rounds::{Asked, Search, Seen};
use super::scope::Window;
use super::trail::Trail;
use super::unmapped;
use crate::map::{Kind, Map, Table, TableId};

/// Concludes a search.
pub(super) fn conclude(search: &Search<'_>, window: &Window<'_>, outside: &[TableId]) -> Found {
    let mut found = Found {
        rows: Vec::new(),
        aside: Vec::new(),
        subject: search.known.keys.clone(),
        others: Vec::new(),
        holds: disagreements(search),
        held: Vec::new(),
        search: Vec::new(),
        notes: Vec::new(),
        roster: Roster::default(),
    };
    for table in search.map.tables() {
        let Some(asked) = search.tables.get(&table.id) else { continue };
        let mut counts = Counts::default();
        for (location, seen) in &asked.rows {
            take(search, asked, location, seen, window, &mut found, &mut counts);
        }
        found.search.push(searched(asked, &counts, outside.contains(&table.id)));
    }
    found.others.sort();
    found.others.dedup();
    found.holds.sort();
    found.holds.dedup();
    found
}

/// Rows of one table by what became of them.
#[derive(Default)]
struct Counts {
    found: u64,
    out_of_scope: u64,
    namesakes: u64,
}

fn take(
    search: &Search<'_>,
    asked: &Asked<'_>,
    location: &Location,
    seen: &Seen,
    window: &Window<'_>,
    found: &mut Found,
    counts: &mut Counts,
) {
    let verdict = search.judge(asked.table, seen);
    let id = &asked.table.id;
    let (standing, reason) = match verdict {
        Verdict::Own(_) => (Standing::Own, seen.own.clone().unwrap_or_default()),
        Verdict::Mentioned(by, (kind, normal)) => {
            (Standing::Mentioned { by }, search.trail_of(&kind, &normal).to(id))
        }
        Verdict::Unrelated => match search.known.context(asked.table, &seen.record) {
            Some(trail) => (Standing::Context, trail.to(id)),
            None => return,
        },
        Verdict::Namesake(_) => {
            counts.namesakes += 1;
            found.others.extend(other(search.map, asked.table, &seen.record));
            return;
        }
        Verdict::Disowned => {
            found.others.extend(other(search.map, asked.table, &seen.record));
            return;
        }
        doubtful => return found.hold(hold(asked, location, &doubtful), id, seen),
    };
    if standing != Standing::Own {
        found.others.extend(other(search.map, asked.table, &seen.record));
    }
    let row = Row { table: id.clone(), record: seen.record.clone(), standing, reason };
    if window.leaves_out(asked.table, &seen.record) {
        counts.out_of_scope += 1;
        found.aside.push(row);
        return;
    }
    found.holds.extend(unmapped::of_record(asked.table, &seen.record));
    counts.found += 1;
    found.rows.push(row);
}

impl Found {
    fn hold(&mut self, hold: Option<Hold>, table: &TableId, seen: &Seen) {
        let Some(hold) = hold else { return };
        let row = Row {
            table: table.clone(),
            record: seen.record.clone(),
            standing: Standing::Own,
            reason: Trail::default(),
        };
        self.holds.push(hold.clone());
        self.held.push(Held { hold, row, is_found: false });
    }
}

/// Returns the person that a row is of, without values that are also the subject's.
pub(super) fn other(map: &Map, table: &Table, record: &Record) -> Option<Other> {
    let facts = Facts::of(map, table, record);
    let values: Vec<_> = facts.persons.into_iter().map(|fact| (fact.kind, fact.text)).collect();
    (!values.is_empty()).then_some(Other { values })
}

fn hold(asked: &Asked<'_>, location: &Location, verdict: &Verdict) -> Option<Hold> {
    let (kind, why, next) = match verdict {
        Verdict::Ambiguous(kind) => (
            HoldKind::Ambiguous,
            format!("the row matches the person and has another {kind} than the request gives"),
            format!("find out whose row it is; correct the {kind} in the request or in the source"),
        ),
        Verdict::Joint(kind) => (
            HoldKind::Joint,
            format!(
                "the row has two holders: it names a second {kind} not known to be the person's"
            ),
            format!(
                "if the second {kind} is the person's too, add it to the request; if it is a co-holder's, map that column as `mentions` or `third-party`"
            ),
        ),
        Verdict::Stranger(kind, _) => (
            HoldKind::Ambiguous,
            format!("the row hangs on a row of the person's and names another {kind}"),
            format!(
                "if that {kind} is the person's too, add it to the request; if not, map the column as `mentions` or `third-party`"
            ),
        ),
        Verdict::Candidate => (
            HoldKind::Candidate,
            "the row has the person's name, and nothing else says whether it is theirs".to_owned(),
            "add an identifier or the birth date to the request: it settles whose row this is"
                .to_owned(),
        ),
        _ => return None,
    };
    let (table, at) = (Some(asked.table.id.to_string()), Some(place(location)));
    Some(Hold { kind, table, at, why, next })
}

/// Returns where a row stands in words, without values other than short numbers.
pub(crate) fn place(location: &Location) -> String {
    let place = match &location.place {
        Place::Line { line, .. } => format!("line {line}"),
        Place::Pointer { pointer, .. } if pointer.is_empty() => "the document".to_owned(),
        Place::Pointer { pointer, .. } => format!("element {pointer}"),
        Place::Key(parts) => parts
            .iter()
            .map(|(name, value)| {
                let short = value.len() < 9 && value.bytes().all(|b| b.is_ascii_digit());
                if short { format!("{name} {value}") } else { format!("a certain {name}") }
            })
            .collect::<Vec<_>>()
            .join(", "),
        Place::Row(n) => format!("row {n}"),
    };
    match &location.file {
        Some(file) => format!("{file}, {place}"),
        None => place,
    }
}

/// Returns holds for kinds of which a person has one value and the person's own rows give several:
/// a recycled identifier joined two people.
fn disagreements(search: &Search<'_>) -> Vec<Hold> {
    let mut holds = Vec::new();
    for kind in search.known.keys.kinds().filter(|kind| kind.is_singular()) {
        let forms = own_values(search, kind);
        let apart = forms.iter().any(|a| forms.iter().any(|b| !agree(kind, a, b)));
        if apart {
            let tables = forms_by_table(search, kind);
            holds.push(Hold {
                kind: HoldKind::Ambiguous,
                table: None,
                at: None,
                why: format!(
                    "rows taken as the person's give more than one {kind} (in {})",
                    tables.join(", ")
                ),
                next: format!("add the person's {kind} to the request: rows with another are then held by themselves"),
            });
        }
    }
    holds
}

fn own_values(search: &Search<'_>, kind: &Kind) -> BTreeSet<String> {
    let given = |identity: &Identity| identity.normal(kind).is_some();
    if given(&search.known.given) {
        return BTreeSet::new();
    }
    let mut forms = BTreeSet::new();
    for asked in search.tables.values() {
        for seen in asked.rows.values().filter(|seen| seen.own.is_some()) {
            let facts = Facts::of(search.map, asked.table, &seen.record);
            let said = facts.of_kind(kind).filter(|f| says_something(f));
            forms.extend(said.map(|f| f.normal.clone()));
        }
    }
    forms
}

fn forms_by_table(search: &Search<'_>, kind: &Kind) -> Vec<String> {
    let has = |asked: &&Asked<'_>| {
        asked.rows.values().any(|seen| {
            seen.own.is_some()
                && Facts::of(search.map, asked.table, &seen.record).of_kind(kind).next().is_some()
        })
    };
    search.tables.values().filter(has).map(|asked| asked.table.id.to_string()).collect()
}

fn searched(asked: &Asked<'_>, counts: &Counts, outside: bool) -> Searched {
    let unreadable = asked.skipped.len();
    let why = asked.failed.clone().or_else(|| {
        let rows = if unreadable == 1 { "row" } else { "rows" };
        (unreadable > 0).then(|| format!("{unreadable} {rows} could not be read"))
    });
    let why = why.or_else(|| asked.unreachable.clone());
    let status = if outside {
        Status::OutOfScope
    } else if why.is_some() {
        Status::Failed
    } else if counts.found > 0 {
        Status::Found
    } else if asked.is_asked {
        Status::NothingFound
    } else {
        Status::NotAsked
    };
    let skipped = asked.skipped.iter();
    Searched {
        table: asked.table.id.clone(),
        status,
        terms: asked.terms.clone(),
        found: counts.found,
        out_of_scope: counts.out_of_scope,
        namesakes: counts.namesakes,
        read: asked.read,
        skipped: skipped
            .map(|(location, why)| Skipped { location: location.clone(), why: why.clone() })
            .collect(),
        why,
    }
}

/// Returns the number of included rows by table, for notes.
pub(super) fn by_table(rows: &[Row]) -> BTreeMap<&TableId, Vec<&Row>> {
    let mut tables: BTreeMap<&TableId, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        tables.entry(&row.table).or_default().push(row);
    }
    tables
}
