//! A case on somebody's desk: the commands that work on it, with its key and a name.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::{Outcome, Run, World};

/// A case file in a world of its own.
pub(super) struct Desk {
    pub(super) world: World,
    plain: bool,
}

impl Desk {
    /// Opens an encrypted case.
    #[track_caller]
    pub(super) fn open(world: World, map: &Path, request: &Path) -> Self {
        Self::opened(world, map, request, false)
    }

    /// Opens a case that is not encrypted, which is quicker.
    #[track_caller]
    pub(super) fn open_plain(world: World, map: &Path, request: &Path) -> Self {
        Self::opened(world, map, request, true)
    }

    #[track_caller]
    fn opened(world: World, map: &Path, request: &Path, plain: bool) -> Self {
        let desk = Self { world, plain };
        let (map, request) = (map.to_str().unwrap(), request.to_str().unwrap());
        let mut args = vec!["open", "--map", map, "--request", request];
        args.extend(plain.then_some("--plain"));
        desk.exits(&args, 0);
        desk
    }

    /// Takes over a case file that is not encrypted.
    pub(super) fn with(world: World, case: &[u8]) -> Self {
        let desk = Self { world, plain: true };
        fs::write(desk.case(), case).unwrap();
        desk
    }

    pub(super) fn case(&self) -> PathBuf {
        self.world.work("a.case")
    }

    /// Starts a command on the case.
    pub(super) fn run(&self, args: &[&str]) -> Run<'_> {
        let run = self.world.holdall().args(args).arg(self.case()).args(["--by", "P. Mallow"]);
        let run = run.env("CASE_KEY", "key of the case").env("SECRET", "secret of vale");
        if self.plain { run } else { run.args(["--key-env", "CASE_KEY"]) }
    }

    #[track_caller]
    pub(super) fn exits(&self, args: &[&str], code: i32) -> Outcome {
        self.run(args).exits(code)
    }

    /// Returns what a command prints as JSON.
    #[track_caller]
    pub(super) fn json(&self, args: &[&str], code: i32) -> Value {
        self.run(args).arg("--json").exits(code).json()
    }

    /// Takes out everything that is still to be decided, by a table.
    #[track_caller]
    pub(super) fn redact_all(&self) {
        let table = self.world.work("decisions.csv");
        let name = table.to_str().unwrap();
        self.exits(&["review", "--force", "--export", name], 0);
        let text = fs::read_to_string(&table).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(reader.headers().unwrap()).unwrap();
        for row in reader.records() {
            let mut row: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
            row[2] = "redact".into();
            writer.write_record(&row).unwrap();
        }
        fs::write(&table, writer.into_inner().unwrap()).unwrap();
        self.exits(&["review", "--import", name], 0);
    }

    /// Registers a reviewer and signs.
    #[track_caller]
    pub(super) fn sign(&self) {
        let who = ["R. Vale", "--secret-env", "SECRET"];
        for command in ["reviewer", "sign"] {
            self.run(&[command]).args(who).exits(0);
        }
    }

    #[track_caller]
    pub(super) fn release(&self, code: i32) -> Outcome {
        let out = self.world.out();
        self.exits(&["release", "--out", out.to_str().unwrap()], code)
    }
}
