//! Sign-offs: as many different people as are asked for, of what is decided now.

use std::fs;

use holdall_connector::Secret;

use super::{Estate, by};
use crate::case::{Case, Error, Filter, Releasing};
use crate::review::{Blocker, Decision};

fn secret(text: &str) -> Secret {
    Secret::new(text.into())
}

fn sign(case: &mut Case, name: &str, word: &str) -> Result<(), Error> {
    let seen = case.revision().unwrap();
    case.sign(name, &secret(word), seen, &by(name))
}

/// A case in which everything is decided and two have to sign.
fn decided(estate: &mut Estate) -> Case {
    estate.profile = estate.profile.replacen('\n', "\nsign-off = 2\n", 1);
    estate.write("notes", "customer,by,text\n17,Amira Khan,A note.\n");
    let mut case = estate.reviewed();
    case.register("R. Vale", &secret("first secret"), &by("R. Vale")).unwrap();
    case.register("S. Moss", &secret("second secret"), &by("S. Moss")).unwrap();
    case
}

fn release(case: &mut Case, estate: &Estate) -> Result<(), Error> {
    let out = estate.path("out.zip");
    let order = Releasing { out: &out, force: false, passphrase: None, allow_incomplete: false };
    let released = case.release(&order, &by("R. Vale")).map(drop);
    assert_eq!(out.exists(), released.is_ok());
    released
}

#[test]
fn two_people_sign() {
    let mut estate = Estate::new();
    let mut case = decided(&mut estate);
    assert!(matches!(sign(&mut case, "R. Vale", "wrong secret"), Err(Error::Secret)));
    assert!(matches!(sign(&mut case, "Nobody", "first secret"), Err(Error::Unknown(_))));
    sign(&mut case, "R. Vale", "first secret").unwrap();
    let twice = sign(&mut case, " R.  Vale ", "first secret");
    assert!(matches!(twice, Err(Error::Blocked(Blocker::Twice))), "{twice:?}");
    let early = release(&mut case, &estate);
    assert!(matches!(early, Err(Error::Blocked(Blocker::Missing { signed: 1, needed: 2 }))));
    sign(&mut case, "S. Moss", "second secret").unwrap();
    assert!(case.checklist().unwrap().is_ready());
    release(&mut case, &estate).unwrap();
}

#[test]
fn a_later_decision_voids_what_was_signed() {
    let mut estate = Estate::new();
    let mut case = decided(&mut estate);
    sign(&mut case, "R. Vale", "first secret").unwrap();
    sign(&mut case, "S. Moss", "second secret").unwrap();
    // Collecting what is as it was changes nothing.
    estate.collect(&mut case);
    assert_eq!(case.overview().unwrap().signed.len(), 2);
    let page = case.queue(&Filter::default(), None, 1).unwrap();
    let redact = Decision::Redact { ground: None };
    case.decide(&page.items[0].id, &redact, page.revision, &by("R. Vale")).unwrap();
    assert!(case.overview().unwrap().signed.is_empty());
    assert!(release(&mut case, &estate).is_err());
    let stale = case.sign("R. Vale", &secret("first secret"), page.revision, &by("R. Vale"));
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
}

#[test]
fn a_secret_is_ones_own_and_kept_as_a_hash() {
    let estate = Estate::new();
    let mut case = estate.open();
    let short = case.register("R. Vale", &secret("short"), &by("R. Vale"));
    assert!(matches!(short, Err(Error::ShortSecret(_))));
    case.register("R. Vale", &secret("long enough"), &by("R. Vale")).unwrap();
    let again = case.register("R.  Vale", &secret("another one"), &by("R. Vale"));
    assert!(matches!(again, Err(Error::Registered)));
    let kept: String =
        case.db.query_row("SELECT secret FROM reviewers", [], |row| row.get(0)).unwrap();
    assert!(!kept.contains("long enough") && kept.len() == 97, "{kept}");
}

#[test]
fn the_preview_is_the_bundle_and_leaves_nothing_behind() {
    let mut estate = Estate::new();
    let mut case = decided(&mut estate);
    let files = || fs::read_dir(estate.path("")).unwrap().count();
    let before = files();
    let preview = case.preview().unwrap();
    let previewed: Vec<_> =
        preview.files().iter().map(|file| (file.path.clone(), file.sha256.clone())).collect();
    let at = previewed.iter().position(|(path, _)| path == "data/crm/notes.csv").unwrap();
    let text = String::from_utf8(preview.content(at).unwrap()).unwrap();
    assert!(text.contains("A note.") && !text.contains("Amira"), "{text}");
    assert!(matches!(preview.content(999), Err(Error::Unknown(_))));
    drop(preview);
    assert_eq!(files(), before);
    sign(&mut case, "R. Vale", "first secret").unwrap();
    sign(&mut case, "S. Moss", "second secret").unwrap();
    let out = estate.path("out.zip");
    let order = Releasing { out: &out, force: false, passphrase: None, allow_incomplete: false };
    let released = case.release(&order, &by("R. Vale")).unwrap().verified.entries;
    let released: Vec<_> = released.into_iter().map(|file| (file.path, file.sha256)).collect();
    assert_eq!(released, previewed);
}
