//! An estate as the library takes it: a map in its own grammar, and a connector over memory that
//! can answer late.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::path::Path as FilePath;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use holdall::controller::{self, Profile};
use holdall::find::Sources;
use holdall::map::{self, Map, TableId};
use holdall::request::{self, Request};
use holdall_connector::{
    Column, Connector, Ending, Error, Location, Lookup, Path, Place, Record, Sink,
    Table as Described, Value,
};

use super::estate::{Estate, Kind, Row, Symbol, Table, value_of};

/// How late answers come.
#[derive(Clone, Copy, Debug)]
pub(super) enum Delay {
    None,
    /// A few milliseconds that differ from read to read.
    Shuffled(u64),
}

/// An estate with its map, profile and request, read from its own grammar.
pub(super) struct Prepared {
    pub map: Map,
    pub profile: Profile,
    pub request: Request,
    tables: Vec<(Described, Vec<Record>)>,
}

impl Prepared {
    pub(super) fn of(estate: &Estate) -> Self {
        let file = FilePath::new("holdall.toml");
        let profile = "name = \"A\"\n[activity.work]\ntitle = \"Work\"\nbasis = [\"contract\"]\n";
        let profile = controller::parse(profile, file).unwrap();
        let map = map_text(estate);
        let map = map::parse(&map, file).unwrap_or_else(|error| panic!("{error}\n{map}"));
        let request = request::parse(&request_text(estate), file).unwrap();
        let tables = estate.tables.iter().enumerate();
        let tables = tables.map(|(t, table)| (described(t, table), records(estate, t))).collect();
        Self { map, profile, request, tables }
    }

    pub(super) fn sources(&self, delay: Delay) -> Sources {
        let memory = Memory { tables: self.tables.clone(), delay, reads: AtomicU64::new(0) };
        Sources::of([("memory".to_owned(), Box::new(memory) as Box<dyn Connector>)])
    }
}

/// Returns the number in a table's name.
pub(super) fn table_number(table: &TableId) -> usize {
    table.table.trim_start_matches('t').parse().unwrap()
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Customer => "customer",
        Kind::Email => "email",
        Kind::Nino => "nino",
        Kind::Name => "name",
        Kind::BirthDate => "birth-date",
        Kind::Phone => "phone",
        Kind::Address => "address",
    }
}

fn map_text(estate: &Estate) -> String {
    let mut text = String::from(
        "controller = \"controller.toml\"\n[identifiers]\ncustomer = {}\nphone = { match = \"phone\", shared = true }\n",
    );
    for set in &estate.same_person {
        let kinds: Vec<&str> = set.iter().map(|kind| word(*kind)).collect();
        writeln!(text, "[[same-person]]\nall = {kinds:?}").unwrap();
    }
    text.push_str("[[source]]\nname = \"memory\"\nconnector = \"csv\"\npath = \".\"\n");
    let mut tables: Vec<String> =
        estate.tables.iter().enumerate().map(|t| table_text(estate, t)).collect();
    if estate.backwards {
        tables.reverse();
    }
    text + &tables.concat()
}

fn table_text(estate: &Estate, (number, table): (usize, &Table)) -> String {
    let mut text = format!("[source.tables.t{number}]\nactivity = \"work\"\n");
    let nth = |link: usize| link % estate.tables.len();
    if let Some(parent) = table.parent {
        writeln!(text, "parent = {{ up = \"t{}.id\" }}", nth(parent)).unwrap();
    }
    if let Some(see) = table.see {
        writeln!(text, "see = {{ id = [\"t{}.refers\"] }}", nth(see)).unwrap();
    }
    text.push_str("columns.id = \"row\"\ncolumns.up = \"data\"\ncolumns.refers = \"data\"\n");
    for (column, kind) in table.persons.iter().enumerate() {
        writeln!(text, "columns.person{column} = {{ person = \"{}\" }}", word(*kind)).unwrap();
    }
    if let Some(kind) = table.mentions {
        writeln!(text, "columns.mention = {{ mentions = \"{}\" }}", word(kind)).unwrap();
    }
    text
}

fn request_text(estate: &Estate) -> String {
    let mut text = String::from(
        "reference = \"1\"\nright = \"access\"\nreceived = 2026-11-02\n[identity]\nverified = true\n[subject]\n",
    );
    for kind in &estate.given {
        writeln!(text, "{} = [\"{}\"]", word(*kind), spelt(value_of(*kind, 0), 0)).unwrap();
    }
    text
}

/// Returns one of the ways to write a value.
fn spelt((kind, number): Symbol, spelling: usize) -> String {
    let ways: Vec<String> = match kind {
        Kind::Customer => vec![format!("c{number}"), format!(" c{number} ")],
        Kind::Email => {
            vec![format!("person{number}@example.org"), format!("Person{number}@EXAMPLE.org ")]
        }
        Kind::Nino => vec![format!("AB12345{number}C"), format!("ab 12 34 5{number} c")],
        Kind::Name => {
            let (first, last) = [("Ada", "Hart"), ("Brin", "Moss")][number];
            vec![
                format!("{first} {last}"),
                format!("{last}, {first}"),
                format!("Mx {first} {last}"),
            ]
        }
        Kind::BirthDate => [["1984-03-02", "02/03/1984"], ["1991-11-20", "20 November 1991"]]
            [number]
            .map(String::from)
            .into(),
        Kind::Phone => vec![format!("07700 90000{number}"), format!("+44 (0)7700-90000{number}")],
        Kind::Address => {
            vec![format!("{number} High Street, LU1 1AA"), format!("{number} HIGH STREET,LU11AA")]
        }
    };
    ways[spelling % ways.len()].clone()
}

const PLACEHOLDERS: [&str; 5] = ["", "n/a", "Unknown", "0", " "];

fn columns(table: &Table) -> Vec<String> {
    let mut columns: Vec<String> = ["id", "up", "refers"].map(String::from).into();
    columns.extend((0..table.persons.len()).map(|column| format!("person{column}")));
    columns.extend(table.mentions.map(|_| "mention".to_owned()));
    columns
}

fn described(number: usize, table: &Table) -> Described {
    let columns = columns(table).into_iter();
    Described {
        name: format!("t{number}"),
        columns: columns.map(|c| Column { path: Path::column(c), kind: "text".into() }).collect(),
        rows: None,
    }
}

fn records(estate: &Estate, number: usize) -> Vec<Record> {
    let table = &estate.tables[number];
    let names: std::sync::Arc<[String]> = columns(table).into();
    let record = |(line, row): (usize, &Row)| Record {
        columns: names.clone(),
        values: values(table, row).into_iter().map(Value::Text).collect(),
        location: Location {
            source: "memory".into(),
            table: format!("t{number}"),
            file: Some("memory.csv".into()),
            place: Place::Line { line: line as u64, byte: line as u64 },
        },
    };
    let mut records: Vec<Record> = table.rows.iter().enumerate().map(record).collect();
    if estate.backwards {
        records.reverse();
    }
    records
}

fn values(table: &Table, row: &Row) -> Vec<String> {
    let link = |id: Option<u8>| id.map_or(String::new(), |id| format!("r{id}"));
    let written = |symbol: Option<Symbol>| match symbol {
        Some(symbol) => spelt(symbol, row.spelling),
        None => PLACEHOLDERS[row.spelling % PLACEHOLDERS.len()].to_owned(),
    };
    let mut values = vec![link(row.id), link(row.up), link(row.refers)];
    values.extend(table.person_values(row).into_iter().map(|(_, symbol)| written(symbol)));
    values.extend(table.mentions.map(|kind| written(row.symbol(row.mention, kind))));
    values
}

struct Memory {
    tables: Vec<(Described, Vec<Record>)>,
    delay: Delay,
    reads: AtomicU64,
}

impl Memory {
    fn wait(&self, lookup: &Lookup) {
        if let Delay::Shuffled(seed) = self.delay {
            let mut hasher = DefaultHasher::new();
            let read = self.reads.fetch_add(1, Ordering::Relaxed);
            (seed, &lookup.table, read).hash(&mut hasher);
            std::thread::sleep(Duration::from_millis(hasher.finish() % 4));
        }
    }
}

impl Connector for Memory {
    fn tables(&self) -> Result<Vec<Described>, Error> {
        Ok(self.tables.iter().map(|(described, _)| described.clone()).collect())
    }

    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error> {
        self.wait(lookup);
        let table = self.tables.iter().find(|(described, _)| described.name == lookup.table);
        let (described, records) = table.ok_or_else(|| Error::NoTable(lookup.table.clone()))?;
        let known: BTreeSet<&Path> = described.columns.iter().map(|c| &c.path).collect();
        if let Some(unknown) = lookup.any.iter().find(|m| !known.contains(&m.column)) {
            let column = unknown.column.to_string();
            return Err(Error::NoColumn { table: lookup.table.clone(), column });
        }
        for record in records.iter().filter(|record| lookup.wants(record)) {
            if sink.record(record.clone()) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(Ending::Complete { read: records.len() as u64 })
    }
}
