//! The checks. Each returns what it found wrong.

use holdall_connector::{Compare, Connector, Ending, Error, Filtering, Lookup, Record};

use crate::ask::{ask, ask_any};
use crate::collect::{Collect, text};
use crate::fixture::{Bed, Fixture, people};
use crate::random;

/// In what sources may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// Every table has a fixed set of columns, so that a lookup of another one is an error. Where
    /// each record has keys of its own, it finds nothing.
    pub fixed_columns: bool,
    /// A text may have the character U+0000 in it.
    pub nul_in_text: bool,
    /// Text that is not valid can be put in.
    pub broken_text: bool,
}

impl Default for Traits {
    fn default() -> Self {
        Self { fixed_columns: true, nul_in_text: true, broken_text: true }
    }
}

/// Runs every check on sources that `make` makes, and fails with all that is wrong.
///
/// # Panics
/// If a check fails: it is an assertion for tests.
#[track_caller]
pub fn conformance(traits: Traits, make: impl Fn(&[Fixture]) -> Bed) {
    let fixtures = [people(), other()];
    let kit = Kit { bed: make(&fixtures), people: people(), traits };
    let checks: [(&str, Check); 11] = [
        ("values are exact", values_are_exact),
        ("the structure is told", structure_is_told),
        ("every way of comparing", every_comparison),
        ("sets and several matches", sets_and_several),
        ("an empty lookup gives nothing", empty_gives_nothing),
        ("unknown names", unknown_names),
        ("break stops", break_stops),
        ("reads in parallel", parallel_reads),
        ("the same order twice", same_order),
        ("locations", locations),
        ("tables are apart", tables_are_apart),
    ];
    let mut wrong: Vec<String> = checks
        .iter()
        .filter_map(|(name, check)| check(&kit).err().map(|why| format!("{name}: {why}")))
        .collect();
    if traits.broken_text {
        wrong.extend(broken_rows(&make).err().map(|why| format!("broken rows: {why}")));
    }
    wrong
        .extend(random::check(&make, traits).err().map(|why| format!("read is the filter: {why}")));
    assert!(wrong.is_empty(), "the connector does not conform:\n{}", wrong.join("\n"));
}

type Check = fn(&Kit) -> Result<(), String>;

struct Kit {
    bed: Bed,
    people: Fixture,
    traits: Traits,
}

impl Kit {
    fn connector(&self) -> &dyn Connector {
        self.bed.connector.as_ref()
    }

    fn everyone(&self) -> Result<Vec<Record>, String> {
        read(self.connector(), &everyone(&self.people))
    }

    /// Compares a read with the filter over the fixture; returns how many rows there are.
    fn agree(&self, lookup: &Lookup) -> Result<usize, String> {
        agree(self.connector(), &self.people, lookup)
    }
}

/// A second table, whose rows must never be among the people.
fn other() -> Fixture {
    Fixture::new("visits", &["email", "day"], &[&["ada@example.org", "2026-01-05"]])
}

/// Returns the lookup that wants every row.
pub(crate) fn everyone(fixture: &Fixture) -> Lookup {
    let ids: Vec<String> = (1..=fixture.rows.len()).map(|n| n.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ask(&fixture.table, "id", Compare::Exact, &ids)
}

/// Returns the records of a read that must be complete and skip nothing.
pub(crate) fn read(connector: &dyn Connector, lookup: &Lookup) -> Result<Vec<Record>, String> {
    let (sink, ending) = Collect::read(connector, lookup).map_err(|e| e.to_string())?;
    if let Ending::Incomplete { why, .. } = ending {
        return Err(format!("incomplete: {why}"));
    }
    if let Some(skipped) = sink.skipped.first() {
        return Err(format!("skipped {:?}: {}", skipped.location.place, skipped.why));
    }
    let exact = connector.filtering(lookup) == Filtering::Exact;
    if exact && sink.records.iter().any(|record| !lookup.wants(record)) {
        return Err("says exact and gives a record that is not wanted".into());
    }
    Ok(sink.records.into_iter().filter(|record| lookup.wants(record)).collect())
}

/// Compares a read with the filter over the fixture's own rows: the same rows, the same texts, the
/// same order.
pub(crate) fn agree(
    connector: &dyn Connector,
    fixture: &Fixture,
    lookup: &Lookup,
) -> Result<usize, String> {
    let wanted: Vec<Record> =
        fixture.records().into_iter().filter(|record| lookup.wants(record)).collect();
    let found = read(connector, lookup)?;
    let texts = |records: &[Record]| -> Vec<Vec<String>> {
        let row = |r: &Record| fixture.columns.iter().map(|column| text(r, column)).collect();
        records.iter().map(row).collect()
    };
    if texts(&found) == texts(&wanted) {
        return Ok(found.len());
    }
    let ids = |records: &[Record]| -> Vec<String> {
        records.iter().map(|record| text(record, "id")).collect()
    };
    Err(format!("{:?}: wanted rows {:?}, found {:?}", lookup.any, ids(&wanted), ids(&found)))
}

fn ensure(holds: bool, why: impl Into<String>) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why.into()) }
}

fn values_are_exact(kit: &Kit) -> Result<(), String> {
    let found = kit.agree(&everyone(&kit.people))?;
    ensure(found == kit.people.rows.len(), format!("{found} rows"))
}

fn structure_is_told(kit: &Kit) -> Result<(), String> {
    kit.connector().check().map_err(|e| e.to_string())?;
    let tables = kit.connector().tables().map_err(|e| e.to_string())?;
    let table = tables.iter().find(|table| table.name == "people").ok_or("no table `people`")?;
    let names: Vec<String> = table.columns.iter().map(|c| c.path.to_string()).collect();
    ensure(names == kit.people.columns, format!("columns {names:?}"))
}

fn every_comparison(kit: &Kit) -> Result<(), String> {
    for (column, compare, value, rows) in [
        ("email", Compare::Exact, "ada@example.org", 2),
        ("email", Compare::Caseless, "Ada@Example.org", 3),
        ("email", Compare::Caseless, "zoë@example.net", 1),
        ("phone", Compare::Phone, "0044 7700 900 123", 2),
        ("phone", Compare::Digits, "07700900123", 1),
        ("nino", Compare::Compact, "QQ 123456 C", 2),
        ("name", Compare::Name, "Ms Ada HART", 2),
        ("name", Compare::Name, "zoe ni dhun", 1),
        ("born", Compare::Date, "2 March 1984", 2),
        ("born", Compare::Date, "1990-05-03", 2),
        ("notes", Compare::Exact, "said \"no\"", 1),
        ("notes", Compare::Exact, "two\nlines", 1),
        ("notes", Compare::Exact, "£5", 1),
        ("id", Compare::Exact, "4", 1),
        ("id", Compare::Digits, "4", 1),
        ("email", Compare::Exact, "nobody@example.org", 0),
    ] {
        let found = kit.agree(&ask("people", column, compare, &[value]))?;
        ensure(found == rows, format!("{column} as {compare:?}: {found} rows, not {rows}"))?;
    }
    Ok(())
}

fn sets_and_several(kit: &Kit) -> Result<(), String> {
    let emails = ["ada@example.org", "bo@example.com", "nobody@example.org"];
    let set = kit.agree(&ask("people", "email", Compare::Caseless, &emails))?;
    ensure(set == 4, format!("a set of values gives {set} rows"))?;
    let any = kit.agree(&ask_any(
        "people",
        &[
            ("email", Compare::Caseless, &["bo@example.com"]),
            ("name", Compare::Name, &["Hart, Ada"]),
            ("id", Compare::Exact, &["3"]),
        ],
    ))?;
    ensure(any == 3, format!("any of several matches gives {any} rows"))
}

fn empty_gives_nothing(kit: &Kit) -> Result<(), String> {
    let none = Lookup { table: "people".into(), any: Vec::new() };
    let blank = ask("people", "email", Compare::Exact, &["", "  "]);
    ensure(kit.agree(&none)? == 0 && kit.agree(&blank)? == 0, "rows came")
}

fn unknown_names(kit: &Kit) -> Result<(), String> {
    let table = ask("persons", "email", Compare::Exact, &["ada@example.org"]);
    let result = Collect::read(kit.connector(), &table);
    let right = matches!(&result, Err(Error::NoTable(name)) if name == "persons");
    ensure(right, "an unknown table is not `NoTable`")?;
    let column = ask("people", "e-mail", Compare::Exact, &["ada@example.org"]);
    match Collect::read(kit.connector(), &column) {
        Err(Error::NoColumn { column, .. }) if kit.traits.fixed_columns => {
            ensure(column == "e-mail", "`NoColumn` names another column")
        }
        Ok((sink, Ending::Complete { .. })) if !kit.traits.fixed_columns => {
            ensure(sink == Collect::default(), "an unknown column gives rows")
        }
        _ => Err("an unknown column is not `NoColumn`".into()),
    }
}

fn break_stops(kit: &Kit) -> Result<(), String> {
    let mut sink = Collect::up_to(2);
    let ending =
        kit.connector().read(&everyone(&kit.people), &mut sink).map_err(|e| e.to_string())?;
    ensure(matches!(ending, Ending::Complete { .. }), "a stop is not an incomplete read")?;
    ensure(sink.records.len() == 2, format!("{} records after a stop at 2", sink.records.len()))
}

fn parallel_reads(kit: &Kit) -> Result<(), String> {
    let lookup = everyone(&kit.people);
    let connector = kit.connector();
    let alone = read(connector, &lookup)?;
    let together: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| read(connector, &lookup))).collect();
        threads.into_iter().map(|thread| thread.join().map_err(|_| "a read panicked")).collect()
    });
    for result in together {
        ensure(result?? == alone, "two reads at a time give something else")?;
    }
    Ok(())
}

fn same_order(kit: &Kit) -> Result<(), String> {
    ensure(kit.everyone()? == kit.everyone()?, "two reads differ")
}

fn locations(kit: &Kit) -> Result<(), String> {
    let records = kit.everyone()?;
    let mut places: Vec<_> = records.iter().map(|record| record.location.clone()).collect();
    places.sort();
    places.dedup();
    ensure(places.len() == records.len(), "two records have one location")?;
    let named = |r: &Record| r.location.table == "people" && !r.location.source.is_empty();
    ensure(records.iter().all(named), "a location names another table, or no source")?;
    for record in &records {
        let id = text(record, "id");
        let again = read(kit.connector(), &ask("people", "id", Compare::Exact, &[&id]))?;
        let same = again.iter().all(|other| other.location == record.location);
        ensure(again.len() == 1 && same, "another lookup gives another location")?;
    }
    Ok(())
}

fn tables_are_apart(kit: &Kit) -> Result<(), String> {
    let found = agree(kit.connector(), &other(), &everyone(&other()))?;
    ensure(found == 1, format!("{found} rows"))
}

fn broken_rows(make: &dyn Fn(&[Fixture]) -> Bed) -> Result<(), String> {
    let fixture = Fixture { broken_after: Some(2), ..people() };
    let bed = make(std::slice::from_ref(&fixture));
    // A source may pass over rows that cannot be wanted. No id rules out the broken row's name.
    let mut lookup = everyone(&fixture);
    lookup.any.extend(ask("people", "name", Compare::Exact, &["Nobody"]).any);
    let result = Collect::read(bed.connector.as_ref(), &lookup);
    let (sink, ending) = result.map_err(|e| e.to_string())?;
    ensure(matches!(ending, Ending::Complete { .. }), "a skipped row alone is no incomplete read")?;
    ensure(sink.records.len() == fixture.rows.len(), "rows beside the broken one are missing")?;
    let [skipped] = sink.skipped.as_slice() else {
        return Err(format!("{} rows are reported, not one", sink.skipped.len()));
    };
    ensure(!skipped.why.contains(Fixture::BROKEN), "the report quotes the row")?;
    ensure(!format!("{skipped:?}").contains(Fixture::BROKEN), "`Debug` quotes the row")?;
    ensure(skipped.location.table == "people", "the report names another table")
}
