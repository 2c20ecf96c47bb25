//! Tests of the case room, on a small estate in a temporary folder.

mod chain;
mod decisions;
mod files;
mod holds;
mod large;
mod people;
mod recogniser;
mod sheets;
mod signing;

use std::fs;
use std::path::PathBuf;

use holdall_connector::Secret;
use jiff::Timestamp;
use tempfile::TempDir;

use super::{By, Case, Diff, Lock, Sources};
use crate::find::{self, Unwatched};
use crate::plan::plan;

const MAP: &str = r#"controller = "controller.toml"
[identifiers]
customer = {}
[[source]]
name = "crm"
connector = "csv"
path = "crm"
[source.tables.customers]
activity = "orders"
columns.customer = { person = "customer" }
columns.name = { person = "name" }
columns.email = { person = "email" }
columns.born = { person = "birth-date" }
columns.pin = "credential"
[source.tables.notes]
parent = { customer = "customers.customer" }
columns.customer = { person = "customer" }
columns.by = { third-party = "name" }
columns.text = "text"
"#;

const PROFILE: &str = r#"name = "Bramble Books Ltd"
[activity.orders]
title = "Orders"
basis = ["contract"]
"#;

const REQUEST: &str = r#"reference = "2026-0001"
right = "access"
received = 2026-11-02
[identity]
verified = true
[subject]
name = ["Ada Hart"]
email = ["ada.hart@example.org"]
birth-date = ["1984-03-02"]
"#;

const CUSTOMERS: &str = "customer,name,email,born,pin\n\
    17,Ada Hart,ada.hart@example.org,1984-03-02,9931-AH\n\
    18,Bertram Osgood,b.osgood@example.net,1970-01-01,4410-BO\n";

const NOTES: &str = "customer,by,text\n\
    17,Amira Khan,Rang about the parcel; Amira Khan signed for it.\n\
    17,Amira Khan,Second call. Mr Greville shouted at Ada. Call 07700 900123.\n\
    17,,The word plinth stands here and plinth again.\n\
    18,Amira Khan,Bertram asked for a refund.\n";

/// An estate with a case in it.
pub(super) struct Estate {
    folder: TempDir,
    pub(super) map: String,
    pub(super) profile: String,
    pub(super) request: String,
}

impl Estate {
    pub(super) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("crm")).unwrap();
        let estate =
            Self { folder, map: MAP.into(), profile: PROFILE.into(), request: REQUEST.into() };
        estate.write("customers", CUSTOMERS);
        estate.write("notes", NOTES);
        estate
    }

    pub(super) fn write(&self, table: &str, content: &str) {
        fs::write(self.path(&format!("crm/{table}.csv")), content).unwrap();
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn sources(&self) -> Sources {
        Sources {
            map: (self.path("holdall.toml"), self.map.clone()),
            profile: (self.path("controller.toml"), self.profile.clone()),
            request: (self.path("request.toml"), self.request.clone()),
        }
    }

    pub(super) fn open(&self) -> Case {
        Case::begin(&self.path("a.case"), &key(), &by("P. Mallow"), &self.sources()).unwrap()
    }

    /// Searches and takes in what is found.
    pub(super) fn collect(&self, case: &mut Case) -> Diff {
        let seen = case.revision().unwrap();
        let sources = self.sources();
        let inputs = sources.parse().unwrap();
        let rulings = case.rulings().unwrap();
        let connectors = find::Sources::open(&inputs.map).unwrap();
        let survey = find::survey(&inputs.map, &[], &connectors);
        let plan = plan(&inputs.map, &[]);
        let found =
            find::find_with(inputs.inquiry(), &plan, &survey, &connectors, &Unwatched, &rulings);
        case.collect(&sources, found, seen, &by("P. Mallow")).unwrap()
    }

    /// Returns a case that is under review.
    pub(super) fn reviewed(&self) -> Case {
        let mut case = self.open();
        self.collect(&mut case);
        case
    }
}

pub(super) fn key() -> Lock {
    Lock::Key(Secret::new("a key of the tests".into()))
}

pub(super) fn by(name: &str) -> By {
    By { name: name.into(), at: "2026-11-21T22:00:00Z".parse::<Timestamp>().unwrap() }
}
