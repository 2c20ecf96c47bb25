//! Sources that are tables in memory, and what is found in them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use holdall_connector::{
    Column, Connector, Ending, Error, Location, Lookup, Path as ColumnPath, Place, Record, Sink,
    Table, Value,
};

use super::super::*;
use crate::controller;
use crate::map;

/// Tables in memory; remembers what it was asked.
#[derive(Default)]
struct Memory {
    tables: BTreeMap<String, (Vec<String>, Vec<Vec<String>>)>,
    asked: Arc<Mutex<Vec<Lookup>>>,
}

impl Connector for Memory {
    fn tables(&self) -> Result<Vec<Table>, Error> {
        let column = |name: &String| Column { path: ColumnPath::column(name), kind: "text".into() };
        let table = |(name, (columns, rows)): (&String, &(Vec<String>, Vec<Vec<String>>))| Table {
            name: name.clone(),
            columns: columns.iter().map(column).collect(),
            rows: Some(rows.len() as u64),
        };
        Ok(self.tables.iter().map(table).collect())
    }

    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error> {
        self.asked.lock().unwrap().push(lookup.clone());
        let (columns, rows) = &self.tables[&lookup.table];
        for (n, row) in rows.iter().enumerate() {
            let location = Location {
                source: "s".into(),
                table: lookup.table.clone(),
                file: None,
                place: Place::Row(n as u64 + 1),
            };
            let values = row.iter().map(|v| Value::Text(v.clone())).collect();
            let _ = sink.record(Record { columns: columns.clone().into(), values, location });
        }
        Ok(Ending::Complete { read: rows.len() as u64 })
    }
}

/// An estate of one source `s`: the map's tables in TOML, and their rows.
pub(super) struct Estate {
    pub(super) map: Map,
    pub(super) sources: Sources,
    pub(super) asked: Arc<Mutex<Vec<Lookup>>>,
}

const HEAD: &str = r#"
controller = "controller.toml"
[identifiers]
customer = {}
household = { shared = true }
[[same-person]]
all = ["name", "birth-date"]
[[source]]
name = "s"
connector = "csv"
path = "."
"#;

impl Estate {
    /// Rows are written `a|b|c`, the first line naming the columns.
    pub(super) fn new(tables: &str, rows: &[(&str, &[&str])]) -> Self {
        let map = map::parse(&format!("{HEAD}\n{tables}"), Path::new("holdall.toml")).unwrap();
        let split = |line: &&str| line.split('|').map(str::to_owned).collect::<Vec<_>>();
        let tables = rows.iter().map(|(name, lines)| {
            let (head, rest) = lines.split_first().unwrap();
            ((*name).to_owned(), (split(head), rest.iter().map(split).collect()))
        });
        let memory = Memory { tables: tables.collect(), asked: Arc::default() };
        let asked = Arc::clone(&memory.asked);
        let sources = Sources::of([("s".to_owned(), Box::new(memory) as Box<dyn Connector>)]);
        Self { map, sources, asked }
    }

    pub(super) fn find(&self, subject: &[(&str, &str)]) -> Found {
        let profile = controller::parse(
            "name = \"Lustalux Ltd\"\n[activity.a]\nbasis = [\"contract\"]\n",
            Path::new("controller.toml"),
        )
        .unwrap();
        let pairs = subject.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        let mut request =
            Request::from_subject(pairs, "R", jiff::civil::date(2026, 11, 2)).unwrap();
        request.identity =
            Some(crate::request::IdentityCheck { verified: true, on: None, by: None, how: None });
        let inquiry = Inquiry { map: &self.map, profile: &profile, request: &request };
        let plan = crate::plan::plan(&self.map, &[]);
        let survey = survey(&self.map, &[], &self.sources);
        find(inquiry, &plan, &survey, &self.sources, &Unwatched)
    }
}

/// Returns `table:first value` of each found row with its standing where it is not the person's.
pub(super) fn rows(found: &Found) -> Vec<String> {
    let row = |row: &Row| {
        let first = row.record.values[0].scalar().unwrap().into_owned();
        let standing = match row.standing {
            Standing::Own => "",
            Standing::Mentioned { .. } => " mentioned",
            Standing::Context => " context",
        };
        format!("{}:{first}{standing}", row.table.table)
    };
    found.rows.iter().map(row).collect()
}

pub(super) fn holds(found: &Found) -> Vec<HoldKind> {
    found.holds.iter().map(|hold| hold.kind).collect()
}
