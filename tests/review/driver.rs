//! A real browser: Chromium, driven by its chromedriver over WebDriver (plain HTTP and JSON).

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::http::send;
use crate::harness::{Started, World, repository};

pub(super) const TAB: char = '\u{E004}';
pub(super) const ENTER: char = '\u{E007}';
pub(super) const ESCAPE: char = '\u{E00C}';
pub(super) const SPACE: char = ' ';

/// How long a page may take to be as expected.
const PATIENCE: Duration = Duration::from_secs(30);

/// So often chromedriver is started before the test fails.
const ATTEMPTS: usize = 5;

/// A browser window.
pub(super) struct Browser {
    port: u16,
    session: String,
    _driver: Started,
    _home: World,
    _profile: TempDir,
}

/// Starts chromedriver and returns the port that it listens on. It takes a free one on IPv4, then asks
/// for the same on IPv6 and ends where another process has that one: then it is started again.
#[track_caller]
fn start_driver(home: &World) -> (Started, u16) {
    let mut said = Vec::new();
    for _ in 0..ATTEMPTS {
        let mut driver = home.program(program("chromedriver")).arg("--port=0").start();
        loop {
            let line = driver.line();
            if line.is_empty() {
                break;
            }
            if let Some((_, port)) = line.split_once("successfully on port ") {
                let port = port.trim_end().trim_end_matches('.').parse().unwrap();
                return (driver, port);
            }
            said.push(line);
        }
    }
    panic!("chromedriver says no port, but {said:?}");
}

impl Browser {
    /// Starts a browser. One that is missing fails the test.
    #[track_caller]
    pub(super) fn start() -> Self {
        let home = World::new();
        let profile = TempDir::new().unwrap();
        let chromium = program("chromium");
        let (driver, port) = start_driver(&home);
        let folder = format!("--user-data-dir={}", profile.path().display());
        let options = json!({
            "binary": chromium,
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--window-size=1280,1000", "--hide-scrollbars", "--lang=en-GB", folder],
        });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options } } });
        let made = ask(port, "POST", "/session", &wanted);
        let session = made["sessionId"].as_str().unwrap().to_owned();
        Self { port, session, _driver: driver, _home: home, _profile: profile }
    }

    #[track_caller]
    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        ask(self.port, method, &format!("/session/{}{path}", self.session), body)
    }

    /// Opens an address.
    #[track_caller]
    pub(super) fn open(&self, url: &str) {
        self.command("POST", "/url", &json!({ "url": url }));
    }

    /// Runs a script that returns at once.
    #[track_caller]
    pub(super) fn script(&self, script: &str) -> Value {
        self.command("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Runs a script that calls its last argument when it is done.
    #[track_caller]
    pub(super) fn script_async(&self, script: &str) -> Value {
        self.command("POST", "/execute/async", &json!({ "script": script, "args": [] }))
    }

    /// Returns the cookies, those too that no script can read.
    #[track_caller]
    pub(super) fn cookies(&self) -> Value {
        self.command("GET", "/cookie", &Value::Null)
    }

    /// Returns the text of what a selector finds first; empty if nothing.
    #[track_caller]
    pub(super) fn text(&self, selector: &str) -> String {
        let script = format!(
            "const found = document.querySelector({}); return found ? found.innerText : '';",
            json!(selector)
        );
        self.script(&script).as_str().unwrap().to_owned()
    }

    /// Waits until a script returns true.
    #[track_caller]
    pub(super) fn wait(&self, what: &str) {
        let start = Instant::now();
        let script = format!("return document.readyState === 'complete' && Boolean({what});");
        while self.script(&script) != json!(true) {
            let (url, text) = (self.script("return location.href"), self.text("main"));
            assert!(start.elapsed() < PATIENCE, "never: {what}\nat {url}\n{text}");
            sleep(Duration::from_millis(50));
        }
    }

    /// Waits until what a selector finds first says this.
    #[track_caller]
    pub(super) fn wait_for(&self, selector: &str, text: &str) {
        self.wait(&format!(
            "[...document.querySelectorAll({})].some((e) => e.innerText.includes({}))",
            json!(selector),
            json!(text)
        ));
    }

    /// Types on the keyboard.
    #[track_caller]
    pub(super) fn keys(&self, keys: &str) {
        let strokes = keys.chars().flat_map(|key| {
            ["keyDown", "keyUp"].map(|what| json!({ "type": what, "value": key.to_string() }))
        });
        let strokes: Vec<Value> = strokes.collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.command("POST", "/actions", &json!({ "actions": [keyboard] }));
    }

    /// Presses a key that leads to another page, and waits for it.
    #[track_caller]
    pub(super) fn keys_onward(&self, keys: &str) {
        self.script("window.before = true");
        self.keys(keys);
        self.wait("window.before === undefined");
    }

    /// Goes on with Tab until what has the focus fits a selector.
    #[track_caller]
    pub(super) fn tab_to(&self, selector: &str) {
        let is_there = format!("return document.activeElement.matches({});", json!(selector));
        for _ in 0..200 {
            if self.script(&is_there) == json!(true) {
                return;
            }
            self.keys(&TAB.to_string());
        }
        panic!("Tab never comes to {selector} at {}", self.script("return location.href"));
    }

    /// Follows a link, or presses a button, by keyboard.
    #[track_caller]
    pub(super) fn press(&self, selector: &str) {
        self.tab_to(selector);
        self.keys_onward(&ENTER.to_string());
    }

    /// Fills in a field by keyboard.
    #[track_caller]
    pub(super) fn fill(&self, selector: &str, text: &str) {
        self.tab_to(selector);
        self.keys(text);
    }

    /// Shows pages as people who prefer dark or light ones see them.
    #[track_caller]
    pub(super) fn prefer(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        let command =
            json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": features } });
        self.command("POST", "/goog/cdp/execute", &command);
    }

    /// Keeps a picture of the page under `target/artefacts`.
    #[track_caller]
    pub(super) fn picture(&self, name: &str) {
        let folder = repository("target/artefacts/review");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.command("GET", "/screenshot", &Value::Null);
        let bytes = base64(picture.as_str().unwrap());
        assert!(bytes.starts_with(b"\x89PNG"));
        std::fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
    }

    /// Returns what axe-core finds serious or critical on the page: rule and place.
    #[track_caller]
    pub(super) fn violations(&self) -> Vec<String> {
        let axe = repository("target/npm/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&axe)
            .unwrap_or_else(|e| panic!("{}: {e}: run `make tools`", axe.display()));
        let run = "const done = arguments[arguments.length - 1]; axe.run(document).then((found) => \
            done({ checked: found.passes.length, wrong: found.violations \
            .filter((v) => ['serious', 'critical'].includes(v.impact)) \
            .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`)) }), \
            (error) => done(String(error)));";
        let found = self.script_async(&format!("{axe}\n{run}"));
        assert!(found["checked"].as_u64().is_some_and(|n| n > 5), "axe did not run: {found}");
        let wrong = found["wrong"].as_array().unwrap();
        wrong.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Without it the browser would outlive its driver.
        let path = format!("/session/{}", self.session);
        let _ = std::panic::catch_unwind(|| ask(self.port, "DELETE", &path, &Value::Null));
    }
}

#[track_caller]
fn ask(port: u16, method: &str, path: &str, body: &Value) -> Value {
    let body = if method == "POST" { body.to_string() } else { String::new() };
    let host = format!("127.0.0.1:{port}");
    let headers = [("Host", &*host), ("Content-Type", "application/json"), ("Connection", "close")];
    let answer = send(port, method, path, &headers, &body);
    let said: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(answer.status, 200, "{method} {path}: {said}");
    said["value"].clone()
}

#[track_caller]
fn program(name: &str) -> String {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut files = std::env::split_paths(&folders).map(|folder| folder.join(name));
    let file = files.find(|file| Path::is_file(file));
    let file = file.unwrap_or_else(|| panic!("{name} is not installed: run `make tools`"));
    file.to_str().unwrap().to_owned()
}

/// Decodes base64 (RFC 4648, section 4).
fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<u32> = text
        .bytes()
        .filter_map(|byte| LETTERS.iter().position(|letter| *letter == byte))
        .map(|digit| u32::try_from(digit).unwrap())
        .collect();
    let mut out = Vec::new();
    for four in digits.chunks(4) {
        let bits = four.iter().fold(0, |sum, digit| (sum << 6) | digit) << (6 * (4 - four.len()));
        out.extend(bits.to_be_bytes().into_iter().skip(1).take(four.len() - 1));
    }
    out
}

#[test]
fn base64_is_read() {
    assert_eq!(base64("SG9sZGFsbA=="), b"Holdall");
    assert_eq!(base64("SG9sZGFs"), b"Holdal");
}
