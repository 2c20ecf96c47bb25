//! A small case to try rules on: one table of the subject's, as many rows as wanted.

use std::collections::{BTreeMap, BTreeSet};

use holdall_connector::{Compare, Location, Path, Place, Record, Value};

use crate::controller::Profile;
use crate::find::{Found, Identity, Other, Row, Standing, Trail};
use crate::map::{
    Column, Identifier, Kind, Layout, Map, Origin, Role, Source, SourcePlace, StaffPolicy, Table,
    TableId,
};
use crate::redact::{Proposed, apply, propose};
use crate::request::{Request, Right, Scope, Subject};

/// A case under construction.
pub(super) struct Estate {
    pub(super) map: Map,
    pub(super) profile: Profile,
    pub(super) request: Request,
    pub(super) rows: Vec<Row>,
    pub(super) aside: Vec<Row>,
    pub(super) others: Vec<Other>,
}

pub(super) fn kind(name: &str) -> Kind {
    Kind::new(name)
}

pub(super) fn id(table: &str) -> TableId {
    TableId { source: "crm".into(), table: table.into() }
}

pub(super) fn column(path: &str, role: Role) -> Column {
    Column {
        name: path.into(),
        path: Path::parse(path).unwrap(),
        role,
        origin: Origin::Given,
        origin_said: true,
        data_type: None,
        category: None,
        special: None,
        title: None,
        concerns: None,
        beside: None,
    }
}

fn identifiers() -> BTreeMap<Kind, Identifier> {
    [
        ("name", Compare::Name, true),
        ("birth-date", Compare::Date, true),
        ("address", Compare::Compact, true),
        ("phone", Compare::Phone, true),
        ("email", Compare::Caseless, false),
        ("nino", Compare::Compact, false),
        ("nhs", Compare::Digits, false),
        ("customer", Compare::Exact, false),
    ]
    .map(|(name, compare, shared)| (kind(name), Identifier { compare, shared, pulls: !shared }))
    .into()
}

impl Estate {
    /// Starts with Ada Hart, customer 100017, and a table of these columns.
    pub(super) fn new(columns: Vec<Column>) -> Self {
        let table = Table {
            id: id("notes"),
            files: None,
            table: None,
            layout: Layout::default(),
            activity: Some("orders".into()),
            columns,
            parents: Vec::new(),
            see: Vec::new(),
        };
        let source = Source {
            name: "crm".into(),
            connector: crate::map::ConnectorKind::Json,
            place: SourcePlace::Path("crm".into()),
            tables: vec![table],
        };
        let map = Map {
            file: "holdall.toml".into(),
            profile: "controller.toml".into(),
            identifiers: identifiers(),
            same_person: Vec::new(),
            sources: vec![source],
            staff: StaffPolicy::Keep,
            recogniser: None,
        };
        let profile = "name = 'Lustalux Ltd'\nrequests-to = ['privacy@lustalux.example']\n\
            [activity.orders]\nbasis = 'contract'\n[activity.care]\nbasis = 'public-task'";
        let subject = BTreeMap::from([
            (kind("name"), vec!["Ada Hart".into()]),
            (kind("email"), vec!["ada@example.org".into()]),
            (kind("phone"), vec!["07700 900001".into()]),
            (kind("customer"), vec!["100017".into()]),
        ]);
        let request = Request {
            reference: "2026-0042".into(),
            right: Right::Access,
            received: jiff::civil::date(2026, 11, 2),
            channel: None,
            identity: None,
            subject: Subject(subject),
            scope: Scope::default(),
            events: Vec::new(),
            representative: None,
        };
        Self {
            map,
            profile: toml::from_str(profile).unwrap(),
            request,
            rows: Vec::new(),
            aside: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Adds a row of the subject's.
    pub(super) fn own(self, fields: &[(&str, &str)]) -> Self {
        self.row(Standing::Own, texts(fields))
    }

    /// Adds a row.
    pub(super) fn row(mut self, standing: Standing, fields: Vec<(&str, Value)>) -> Self {
        let place = Place::Row(self.rows.len() as u64 + 1);
        let record = Record {
            columns: fields.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>().into(),
            values: fields.into_iter().map(|(_, value)| value).collect(),
            location: Location { source: "crm".into(), table: "notes".into(), file: None, place },
        };
        self.rows.push(Row { table: id("notes"), record, standing, reason: Trail::default() });
        self
    }

    /// Proposes.
    pub(super) fn propose(&self) -> Proposed {
        let mut subject = Identity::default();
        for (kind, values) in &self.request.subject.0 {
            for value in values {
                subject.learn(&self.map, kind, value);
            }
        }
        let found = Found {
            rows: self.rows.clone(),
            aside: self.aside.clone(),
            subject,
            others: self.others.clone(),
            holds: Vec::new(),
            held: Vec::new(),
            search: Vec::new(),
            notes: Vec::new(),
            roster: crate::find::Roster::default(),
        };
        propose(found, &self.map, &self.profile, &self.request)
    }

    /// Proposes, and returns the scalars of each row after redaction.
    pub(super) fn after(&self) -> Vec<Vec<String>> {
        let proposed = self.propose();
        redacted(&proposed).iter().map(scalars).collect()
    }

    /// Returns the scalars of the only row after redaction.
    pub(super) fn only(&self) -> Vec<String> {
        self.after().remove(0)
    }

    /// Returns the kinds of proposal.
    pub(super) fn kinds(&self) -> BTreeSet<String> {
        self.propose().proposals.into_iter().map(|p| p.kind).collect()
    }
}

pub(super) fn texts<'a>(fields: &[(&'a str, &str)]) -> Vec<(&'a str, Value)> {
    fields.iter().map(|(name, text)| (*name, Value::Text((*text).into()))).collect()
}

/// Applies every proposal.
pub(super) fn redacted(proposed: &Proposed) -> Vec<Record> {
    let rows = proposed.found.rows.iter().enumerate();
    rows.map(|(index, row)| {
        let mine: Vec<_> = proposed.proposals.iter().filter(|p| p.row == index).collect();
        apply(&row.record, &mine)
    })
    .collect()
}

pub(super) fn scalars(record: &Record) -> Vec<String> {
    let mut all = Vec::new();
    for value in &record.values {
        value.each_scalar(&mut |text| all.push(text.into_owned()));
    }
    all
}
