//! The outside recogniser is asked when the sources are collected, and about texts that are new.

use std::fs;

use super::{Estate, by};
use crate::case::{Case, Filter};
use crate::review::Resolution;

/// Says that `zzyzx` is a person, and writes down how often it was started.
const RECOGNISER: &str = r#"import json, sys
open(sys.argv[1], "a").write("x")
for line in sys.stdin:
    ask = json.loads(line)
    at = ask["text"].find("zzyzx")
    spans = [{"start": at, "end": at + 5, "kind": "person", "confidence": 0.9}] if at >= 0 else []
    print(json.dumps({"id": ask["id"], "spans": spans}), flush=True)
"#;

fn recognised(case: &Case) -> usize {
    let all = case.queue(&Filter { each: true, ..Filter::default() }, None, 100).unwrap();
    all.items.iter().filter(|item| item.value == "zzyzx").count()
}

#[test]
fn it_is_asked_at_collecting_and_about_what_is_new() {
    let mut estate = Estate::new();
    let (script, count) = (estate.path("r.py"), estate.path("count"));
    fs::write(&script, RECOGNISER).unwrap();
    estate.map.push_str(&format!(
        "[redaction]\nrecogniser.command = [\"python3\", {script:?}, {count:?}]\n"
    ));
    estate.write("notes", "customer,by,text,extra\n17,,It was zzyzx.,And zzyzx again.\n");
    let mut case = estate.reviewed();
    let asked = || fs::read_to_string(&count).unwrap().len();
    assert_eq!((asked(), recognised(&case)), (1, 1));
    case.conflicts().unwrap();
    assert_eq!(asked(), 1, "looking asks nobody");
    // A column that is given after all has texts that nobody was asked about.
    let held = case.holds().unwrap().into_iter().find(|held| held.resolved.is_none()).unwrap();
    let seen = case.revision().unwrap();
    let give = Some(&Resolution::Give);
    case.resolve_hold(&held.id, give, "it is hers", seen, &by("R. Vale")).unwrap();
    assert_eq!((asked(), recognised(&case)), (2, 2));
    case.conflicts().unwrap();
    assert_eq!(asked(), 2);
    estate.collect(&mut case);
    assert_eq!((asked(), recognised(&case)), (3, 2));
}
