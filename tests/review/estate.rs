//! Cases to review, and a browser that is none: cookie, Origin and form token as one would send them.

use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::Value;

use super::http::{Answer, send};
use crate::harness::{Outcome, Started, World, files_below, repository};

const KEY: (&str, &str) = ("HOLDALL_TEST_KEY", "a key of the tests");

const PROFILE: &str = r#"name = "Bramble Books Ltd"
[activity.orders]
title = "Orders"
basis = ["contract"]
"#;

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
columns.pin = "credential"
[source.tables.notes]
parent = { customer = "customers.customer" }
columns.customer = { person = "customer" }
columns.by = { third-party = "name" }
columns.text = "text"
"#;

const REQUEST: &str = r#"reference = "2026-0001"
right = "access"
received = 2026-11-02
[identity]
verified = true
[subject]
name = ["Ada Hart"]
email = ["ada.hart@example.org"]
"#;

const CUSTOMERS: &str = "customer,name,email,pin\n17,Ada Hart,ada.hart@example.org,9931-AH\n";

const NOTES: &str = "customer,by,text\n\
    17,Amira Khan,Rang about the parcel; Amira Khan signed for it.\n\
    17,Amira Khan,The neighbour Osgood was rude to Ada.\n\
    17,,The word plinth stands here and plinth again.\n";

fn small_shop(notes: &str) -> World {
    let world = World::new();
    world.write("controller.toml", PROFILE);
    world.write("holdall.toml", MAP);
    world.write("request.toml", REQUEST);
    world.write("crm/customers.csv", CUSTOMERS);
    world.write("crm/notes.csv", notes);
    world
}

/// A case that was collected.
pub(super) struct Reviewed {
    pub world: World,
}

impl Reviewed {
    /// A small case of a small shop.
    pub(super) fn small() -> Self {
        Self::with_notes(NOTES)
    }

    /// The small shop with other notes.
    pub(super) fn with_notes(notes: &str) -> Self {
        let reviewed = Self { world: small_shop(notes) };
        reviewed.open();
        reviewed
    }

    /// The small shop with other notes, by members of staff.
    pub(super) fn staffed(notes: &str) -> Self {
        let reviewed = Self { world: small_shop(notes) };
        let map = MAP.replace("columns.by = { third-party", "columns.by = { staff");
        reviewed.world.write("holdall.toml", map);
        reviewed.open();
        reviewed
    }

    /// A request of the fixture Lustalux, with texts of its files replaced by others.
    pub(super) fn lustalux(request: &str, changes: &[(&str, &str, &str)]) -> Self {
        let world = World::new();
        let fixture = repository("fixtures/lustalux");
        for file in files_below(&fixture) {
            let content = fs::read(fixture.join(&file)).unwrap();
            world.write(file.to_str().unwrap(), content);
        }
        for (file, from, to) in changes {
            let text = fs::read_to_string(world.work(file)).unwrap();
            assert!(text.contains(from), "{file} has no `{from}`");
            world.write(file, text.replacen(from, to, 1));
        }
        let request = fs::read(world.work(&format!("requests/{request}.toml"))).unwrap();
        world.write("request.toml", request);
        let reviewed = Self { world };
        reviewed.open();
        reviewed
    }

    /// The small shop with this file as its case.
    pub(super) fn with_case(case: &[u8]) -> Self {
        let world = World::new();
        world.write("a.case", case);
        Self { world }
    }

    /// The case of the small shop, not encrypted, which is quicker.
    pub(super) fn plain() -> Vec<u8> {
        let world = small_shop(NOTES);
        let (map, request) = (world.work("holdall.toml"), world.work("request.toml"));
        let open = world.holdall().args(["open", "--plain", "--by", "P. Mallow", "--map"]);
        open.arg(map).arg("--request").arg(request).arg(world.work("a.case")).exits(0);
        let reviewed = Self { world };
        reviewed.run("collect", &[], 0);
        fs::read(reviewed.file()).unwrap()
    }

    fn open(&self) {
        let (map, request) = (self.world.work("holdall.toml"), self.world.work("request.toml"));
        let files = [map.to_str().unwrap(), "--request", request.to_str().unwrap()];
        self.run("open", &[&["--map"], &files[..]].concat(), 0);
        self.run("collect", &[], 0);
    }

    /// Runs a command on the case.
    #[track_caller]
    pub(super) fn run(&self, command: &str, args: &[&str], code: i32) -> Outcome {
        let run = self.world.holdall().arg(command).arg(self.world.work("a.case"));
        let run = run.args(["--by", "P. Mallow", "--key-env", KEY.0, "--json"]).args(args);
        run.env(KEY.0, KEY.1).exits(code)
    }

    /// Starts the page.
    #[track_caller]
    pub(super) fn page(&self) -> Page {
        let run = self.world.holdall().arg("review").arg(self.world.work("a.case"));
        let run = run.args(["--by", "P. Mallow", "--key-env", KEY.0, "--json", "--no-browser"]);
        let mut process = run.env(KEY.0, KEY.1).start();
        let said: Value = serde_json::from_str(&process.line()).unwrap();
        let address = said["url"].as_str().unwrap().to_owned();
        let (host, start) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let port = host.strip_prefix("127.0.0.1:").unwrap().parse().unwrap();
        let start = format!("/{start}");
        Page { process: Some(process), port, address, start, cookie: String::new() }
    }

    /// Returns the file of the case.
    pub(super) fn file(&self) -> impl AsRef<Path> {
        self.world.work("a.case")
    }
}

/// A page that is served.
pub(super) struct Page {
    pub process: Option<Started>,
    pub port: u16,
    /// The address that was printed.
    pub address: String,
    /// Its path.
    pub start: String,
    pub cookie: String,
}

impl Page {
    /// Waits for its end and returns the exit code.
    #[track_caller]
    pub(super) fn wait(&mut self) -> i32 {
        self.process.as_mut().unwrap().wait()
    }

    pub(super) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.host())
    }

    /// Exchanges the token for the cookie.
    #[track_caller]
    pub(super) fn enter(&mut self) -> Answer {
        let answer = send(self.port, "GET", &self.start, &[("Host", &self.host())], "");
        assert_eq!(answer.status, 303, "{}", answer.body);
        self.cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        answer
    }

    /// Asks for a page as the browser would.
    #[track_caller]
    pub(super) fn get(&self, path: &str) -> Answer {
        let headers = [("Host", &*self.host()), ("Cookie", &self.cookie)];
        send(self.port, "GET", path, &headers, "")
    }

    /// Sends a form as the browser would.
    #[track_caller]
    pub(super) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = field(&self.get("/help").body, "csrf");
        let body = body(&[&[("csrf", &*csrf)], fields].concat());
        self.post_as(path, &[("Origin", &self.origin())], &body)
    }

    /// Sends a form with other headers.
    #[track_caller]
    pub(super) fn post_as(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let host = self.host();
        let own = [
            ("Host", &*host),
            ("Cookie", &self.cookie),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        send(self.port, "POST", path, &[&own, headers].concat(), body)
    }
}

/// Returns the value of a hidden field, the first of its name.
#[track_caller]
pub(super) fn field(page: &str, name: &str) -> String {
    let pattern = format!(r#"name="{name}" value="([^"]*)""#);
    let found = Regex::new(&pattern).unwrap().captures(page);
    found.unwrap_or_else(|| panic!("no field `{name}` in\n{page}"))[1].replace("&amp;", "&")
}

/// Writes a form.
pub(super) fn body(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        let byte = |b: u8| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    pairs.join("&")
}
