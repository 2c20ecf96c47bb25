//! An outside recogniser through `export`: its finds are redacted, and whatever is wrong with it
//! holds the release. The recogniser is a real child, or a stub of Presidio on the loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use crate::harness::{Opened, Outcome, World};

const MAP: &str = r#"controller = "controller.toml"
[[source]]
name      = "council"
connector = "csv"
path      = "data"
[source.tables.notes]
files         = "notes.csv"
activity      = "care"
columns.email = { person = "email" }
columns.note  = "text"
[redaction.recogniser]
"#;

const PROFILE: &str = r#"
name        = "Vale Borough Council"
address     = ["1 Civic Way"]
requests-to = ["privacy@vale.example.org"]
[activity.care]
purposes   = ["answer"]
basis      = ["public-task"]
categories = ["identity"]
recipients = ["none"]
sources    = ["you"]
retention  = { keep = "6 years", from = "closed" }
"#;

const REQUEST: &str = r#"reference = "2026-0011"
right     = "access"
received  = 2026-11-02
[identity]
verified = true
on  = 2026-11-03
by  = "P. Mallow"
how = "passport seen"
[subject]
name  = ["Ada Hart"]
email = ["ada.hart@example.org"]
"#;

/// A name that no pattern knows, in lower case.
const NOTES: &str = "email,note
ada.hart@example.org,the one they call zzyzx was there é twice
ada.hart@example.org,second note without anybody
ada.hart@example.org,third note: zzyzx again
";

/// Answers as `holdall detect` does: `zzyzx` is a person.
const GOOD: &str = r#"
import json, sys
assert sys.argv[1:] == ["--quiet"], "arguments hold no texts"
for line in sys.stdin:
    ask = json.loads(line)
    at = ask["text"].find("zzyzx")
    spans = [{"start": at, "end": at + 5, "kind": "person", "confidence": 0.9}] if at >= 0 else []
    print(json.dumps({"id": ask["id"], "spans": spans}), flush=True)
print("zzyzx is written to the errors", file=sys.stderr)
"#;

fn world(recogniser: &str) -> World {
    let world = World::new();
    world.write("controller.toml", PROFILE);
    world.write("holdall.toml", format!("{MAP}{recogniser}\n"));
    world.write("request.toml", REQUEST);
    world.write("data/notes.csv", NOTES);
    world
}

fn export(world: &World) -> Outcome {
    world.export(world.work("holdall.toml"), world.work("request.toml")).run()
}

fn with_script(script: &str, more: &str) -> (World, Outcome) {
    let world = world("");
    let path = world.write("recogniser.py", script);
    let command = format!("command = [\"python3\", {path:?}, \"--quiet\"]\n{more}");
    world.write("holdall.toml", format!("{MAP}{command}\n"));
    let outcome = export(&world);
    (world, outcome)
}

#[track_caller]
fn held(outcome: &Outcome, why: &str) {
    assert_eq!(outcome.code, 4, "{outcome}");
    outcome.says(&["[redaction.recogniser]", why]).keeps_quiet_about(&["zzyzx"]);
}

#[test]
fn what_a_command_finds_is_redacted() {
    for more in ["", "concurrency = 3"] {
        let (world, outcome) = with_script(GOOD, more);
        assert_eq!(outcome.code, 0, "{outcome}");
        outcome.keeps_quiet_about(&["zzyzx"]);
        let bundle = Opened::read(&world.out());
        assert!(bundle.data_has("was there é twice") && bundle.data_has("third note: "));
        assert_eq!(bundle.places_of(&["zzyzx".to_owned()]), Vec::<String>::new());
    }
}

#[test]
fn a_command_that_fails_holds_the_release() {
    let answer = |answer: &str| {
        format!("import sys\nfor line in sys.stdin:\n    print({answer:?}, flush=True)\n")
    };
    for (script, why) in [
        (answer("{}"), "`id` and `spans`"),
        (answer("{\"id\": 7, \"spans\": []}"), "out of order"),
        (answer("zzyzx"), "`id` and `spans`"),
        ("import sys\nsys.exit(\"zzyzx\")\n".to_owned(), "bytes of errors"),
        (format!("{GOOD}sys.exit(3)\n"), "ended with an error"),
        (format!("{GOOD}print(\"{{}}\")\n"), "more answers"),
        (GOOD.replace("\"end\": at + 5", "\"end\": at + 500"), "a span outside the text"),
    ] {
        let (_world, outcome) = with_script(&script, "");
        held(&outcome, why);
    }
}

#[test]
fn a_command_that_is_slow_or_missing_holds_the_release() {
    let (_world, outcome) = with_script("import time\ntime.sleep(60)\n", "timeout = 1");
    held(&outcome, "did not answer within 1 seconds");
    let world = world("command = [\"/nonexistent/recogniser\"]");
    held(&export(&world), "cannot be started");
}

/// Answers every request on the loopback with what `respond` makes of its body.
fn stub(respond: fn(&str) -> String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            thread::spawn(move || serve(stream, respond));
        }
    });
    address
}

fn serve(mut stream: TcpStream, respond: fn(&str) -> String) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        let lower = line.to_lowercase();
        if let Some(said) = lower.strip_prefix("content-length:") {
            length = said.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = respond(std::str::from_utf8(&body).unwrap());
    let head =
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", answer.len());
    let _ = stream.write_all(format!("{head}{answer}").as_bytes());
}

fn analyse(body: &str) -> String {
    let ask: serde_json::Value = serde_json::from_str(body).unwrap();
    let text = ask["text"].as_str().unwrap();
    let found = text.find("zzyzx").map(|at| text[..at].chars().count());
    let found = found.into_iter().map(|at| {
        serde_json::json!({"entity_type": "PERSON", "start": at, "end": at + 5, "score": 0.85})
    });
    serde_json::json!(found.collect::<Vec<_>>()).to_string()
}

#[test]
fn what_presidio_finds_is_redacted() {
    let world = world(&format!("presidio = \"{}\"", stub(analyse)));
    let outcome = export(&world);
    assert_eq!(outcome.code, 0, "{outcome}");
    let bundle = Opened::read(&world.out());
    assert_eq!(bundle.places_of(&["zzyzx".to_owned()]), Vec::<String>::new());
}

#[test]
fn presidio_that_fails_holds_the_release() {
    let bad = world(&format!("presidio = \"{}\"", stub(|_| "zzyzx".to_owned())));
    held(&export(&bad), "gave an answer that is none");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    held(&export(&world(&format!("presidio = \"http://{closed}\""))), "cannot be reached");
}

#[test]
fn a_recogniser_elsewhere_is_refused() {
    for (recogniser, why) in [
        ("presidio = \"http://presidio.example.org\"", "must be on this machine"),
        ("presidio = \"https://127.0.0.1\"", "must be on this machine"),
        ("command = [\"x\"]\npresidio = \"http://127.0.0.1\"", "either a command or Presidio"),
        ("timeout = 3", "either a command or Presidio"),
        ("command = []", "names no program"),
    ] {
        let outcome = export(&world(recogniser));
        assert_eq!(outcome.code, 2, "{outcome}");
        outcome.says(&[why]);
    }
}
