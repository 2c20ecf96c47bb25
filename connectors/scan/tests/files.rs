//! Which files are found, and that whatever cannot be looked at is said.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use holdall_connector::Error;
use holdall_scan::files::{Pattern, list, stems};
use tempfile::TempDir;

const CSV: [&str; 2] = ["csv", "txt"];

fn folder(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    folder
}

fn names(root: &Path, pattern: &Pattern) -> Vec<String> {
    let listing = list(root, pattern).unwrap();
    assert_eq!(listing.unreadable, []);
    listing.files.into_iter().map(|file| file.name).collect()
}

fn said(text: &str) -> Pattern {
    Pattern::said(text).unwrap()
}

fn unsaid(table: &str, folder: bool, alone: bool) -> Pattern {
    Pattern::unsaid(table, &CSV, folder, alone).unwrap()
}

#[test]
fn a_pattern_picks_the_files_of_a_table() {
    let folder =
        folder(&["b/t.csv", "a/T.TXT", "t.csv", "t.csv.bak", "at.csv", "t/x.csv", "t-1.csv"]);
    let root = folder.path();
    assert_eq!(names(root, &unsaid("t", false, false)), ["a/T.TXT", "b/t.csv", "t.csv"]);
    assert_eq!(names(root, &unsaid("t", true, true)), ["a/T.TXT", "b/t.csv", "t.csv", "t/x.csv"]);
    assert_eq!(names(root, &said("t*.csv")), ["b/t.csv", "t-1.csv", "t.csv"]);
    assert_eq!(names(root, &said("./*/t.csv")), ["b/t.csv"]);
    assert_eq!(names(root, &said("b/*")), ["b/t.csv"]);
    assert_eq!(names(root, &said("**/*.bak")), ["t.csv.bak"]);
}

#[test]
fn a_table_name_is_no_pattern() {
    let folder = folder(&["t[1].csv", "t1.csv", "t*.csv"]);
    assert_eq!(names(folder.path(), &unsaid("t[1]", true, false)), ["t[1].csv"]);
    assert_eq!(names(folder.path(), &unsaid("t*", true, false)), ["t*.csv"]);
}

#[test]
fn the_root_may_be_a_file_or_a_glob() {
    let folder = folder(&["crm/people.csv", "crm/old/people.csv", "crm/visits.csv", "log-1.csv"]);
    let root = folder.path();
    let file = root.join("crm/people.csv");
    assert_eq!(names(&file, &unsaid("customers", false, false)), ["people.csv"]);
    assert_eq!(names(&file, &said("people*")), ["people.csv"]);
    assert!(matches!(list(&file, &said("visits*")), Err(Error::NoFiles { .. })));
    let glob = root.join("c*/*.csv");
    assert_eq!(names(&glob, &unsaid("people", false, false)), ["crm/people.csv"]);
    assert_eq!(names(&glob, &unsaid("all", false, true)), ["crm/people.csv", "crm/visits.csv"]);
    assert_eq!(names(&root.join("*.csv"), &unsaid("log", false, true)), ["log-1.csv"]);
}

#[test]
fn nothing_that_fits_is_an_error() {
    let folder = folder(&["a.csv"]);
    let Err(Error::NoFiles { pattern, .. }) = list(folder.path(), &unsaid("t", true, false)) else {
        unreachable!()
    };
    assert_eq!(pattern, "t.{csv,txt}");
    assert!(matches!(list(&folder.path().join("none"), &said("*")), Err(Error::Io { .. })));
    assert!(matches!(list(&folder.path().join("none/*.csv"), &said("*")), Err(Error::Io { .. })));
    assert!(matches!(Pattern::said("a{"), Err(Error::Settings(_))));
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn loops_are_safe_and_links_to_what_is_met_anyway_hide_nothing() {
        let folder = folder(&["a/t.csv"]);
        symlink(folder.path(), folder.path().join("a/loop")).unwrap();
        symlink(folder.path().join("a/t.csv"), folder.path().join("t.csv")).unwrap();
        symlink(folder.path().join("none"), folder.path().join("dangling")).unwrap();
        assert_eq!(names(folder.path(), &said("t.csv")), ["a/t.csv"]);
    }

    #[test]
    fn links_that_may_hide_files_are_said() {
        let outside = folder(&["t.csv"]);
        let inside = folder(&["t.csv", "other.dat"]);
        let root = inside.path();
        symlink(outside.path(), root.join("out")).unwrap();
        symlink(root.join("other.dat"), root.join("t-2.csv")).unwrap();
        symlink(root.join("gone"), root.join("t-3.csv")).unwrap();
        let listing = list(root, &said("t*.csv")).unwrap();
        let hidden: Vec<_> =
            listing.unreadable.iter().map(|u| u.path.strip_prefix(root).unwrap()).collect();
        assert_eq!(hidden, ["out", "t-2.csv", "t-3.csv"].map(Path::new));
        assert_eq!(listing.files.len(), 1);
        assert!(listing.troubles()[0].ends_with("not followed; name its target in the map"));
        assert!(matches!(listing.whole(), Err(Error::Io { .. })));
    }

    #[test]
    fn a_linked_folder_of_the_tables_name_hides_its_files() {
        let folder = folder(&["t.csv", "old/x.csv"]);
        let root = folder.path();
        symlink(root.join("old"), root.join("u")).unwrap();
        assert_eq!(names(root, &unsaid("t", true, false)), ["t.csv"]);
        symlink(root.join("old"), root.join("t")).unwrap();
        let listing = list(root, &unsaid("t", true, false)).unwrap();
        assert_eq!(listing.unreadable[0].path, root.join("t"));
        assert_eq!(names(root, &unsaid("t", false, false)), ["t.csv"]);
        assert_eq!(list(root, &said("*/x.csv")).unwrap().unreadable.len(), 2);
    }

    #[test]
    fn the_root_itself_may_be_a_link() {
        let real = folder(&["t.csv"]);
        let other = folder(&[]);
        symlink(real.path(), other.path().join("crm")).unwrap();
        assert_eq!(names(&other.path().join("crm"), &said("t.csv")), ["t.csv"]);
    }

    #[test]
    fn what_is_no_ordinary_file_is_said_and_never_opened() {
        let folder = folder(&["t.csv"]);
        std::os::unix::net::UnixListener::bind(folder.path().join("t2.csv")).unwrap();
        let listing = list(folder.path(), &said("t*.csv")).unwrap();
        assert_eq!(listing.unreadable[0].why, "it is no ordinary file");
    }

    #[test]
    fn a_closed_folder_is_said() {
        let folder = folder(&["a/t.csv", "b/t.csv"]);
        let closed = folder.path().join("a");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let is_root = fs::read_dir(&closed).is_ok();
        let listing = list(folder.path(), &said("t.csv")).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(listing.unreadable.len(), usize::from(!is_root));
    }
}

#[test]
fn tables_are_named_after_files() {
    let folder = folder(&["b/Orders.csv", "a/orders.csv", "people.2024.csv", "x.dat"]);
    let listing = list(folder.path(), &Pattern::every(&CSV).unwrap()).unwrap();
    assert_eq!(stems(&listing.files), ["orders", "people.2024"]);
}
