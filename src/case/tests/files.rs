//! The file: its mode and key, what can be read in it, what is left of it.

use std::fs;

use holdall_connector::Secret;

use super::{Estate, by, key};
use crate::case::{Case, Error, Lock, Stage};

fn holds_text(estate: &Estate, text: &str) -> bool {
    ["a.case", "a.case-wal", "a.case-shm"].iter().any(|name| {
        let bytes = fs::read(estate.path(name)).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[test]
#[cfg(unix)]
fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let estate = Estate::new();
    let _case = estate.reviewed();
    for name in ["a.case", "a.case-wal"] {
        let mode = fs::metadata(estate.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn an_encrypted_case_opens_with_its_key_alone_and_shows_nothing() {
    let estate = Estate::new();
    drop(estate.reviewed());
    let case = Case::open(&estate.path("a.case"), &key()).unwrap();
    assert!(!holds_text(&estate, "Ada Hart") && !holds_text(&estate, "Khan"));
    assert!(!holds_text(&estate, "SQLite format"));
    drop(case);
    for lock in [Lock::Plain, Lock::Key(Secret::new("another key".into()))] {
        let opened = Case::open(&estate.path("a.case"), &lock);
        assert!(matches!(opened, Err(Error::Key(_))), "{opened:?}");
    }
    let missing = Case::open(&estate.path("b.case"), &key());
    assert!(matches!(missing, Err(Error::Missing(_))));
    fs::write(estate.path("b.case"), "no case at all, but long enough to be looked at").unwrap();
    assert!(Case::open(&estate.path("b.case"), &key()).is_err());
}

#[test]
fn a_case_is_opened_once_and_an_unfinished_start_is_no_case() {
    let estate = Estate::new();
    fs::write(estate.path("a.case"), "").unwrap();
    drop(estate.open());
    let again = Case::begin(&estate.path("a.case"), &key(), &by("P. Mallow"), &estate.sources());
    assert!(matches!(again, Err(Error::Exists(_))), "{again:?}");
    let other = Lock::Key(Secret::new("another key".into()));
    let again = Case::begin(&estate.path("a.case"), &other, &by("P. Mallow"), &estate.sources());
    assert!(matches!(again, Err(Error::Exists(_) | Error::Key(_))), "{again:?}");
}

/// Takes away what later versions added.
const OLD: &str = "DROP TABLE events; DROP TABLE steps; DROP INDEX items_state;
    DROP INDEX items_each; DROP INDEX items_table; DROP INDEX items_value; DROP INDEX holds_open;
    PRAGMA user_version = 1";

#[test]
fn a_case_of_the_first_version_is_brought_up_to_date() {
    let estate = Estate::new();
    let case = estate.reviewed();
    case.db.execute_batch(OLD).unwrap();
    drop(case);
    let case = Case::open(&estate.path("a.case"), &key()).unwrap();
    let due = case.clock().unwrap().and_then(|clock| clock.due);
    assert_eq!(due, Some("2026-12-02".parse().unwrap()));
    case.db.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(case);
    let newer = Case::open(&estate.path("a.case"), &key());
    assert!(matches!(newer, Err(Error::Newer { found: 99, .. })), "{newer:?}");
}

#[test]
fn what_is_destroyed_is_gone_and_the_log_stays() {
    let estate = Estate::new();
    let path = estate.path("a.case");
    let mut case = Case::begin(&path, &Lock::Plain, &by("P. Mallow"), &estate.sources()).unwrap();
    estate.collect(&mut case);
    assert!(holds_text(&estate, "Amira Khan"));
    assert!(case.close(true, " ", &by("P. Mallow")).is_err());
    case.close(true, "retention is over", &by("P. Mallow")).unwrap();
    for text in ["Khan", "Ada Hart", "ada.hart", "1984-03-02", "plinth"] {
        assert!(!holds_text(&estate, text), "{text}");
    }
    assert!(!estate.path("a.case-wal").exists());
    assert_eq!(case.stage().unwrap(), Stage::Closed);
    let log = case.audit().unwrap();
    assert!(log.broken.is_none() && log.entries.len() == 3, "{log:?}");
    assert!(case.overview().is_ok());
    assert!(matches!(case.collect_nothing(), Err(Error::Over(_))));
}

impl Case {
    fn collect_nothing(&mut self) -> Result<(), Error> {
        self.decision(&by("P. Mallow"), |_| Ok(()))
    }
}
