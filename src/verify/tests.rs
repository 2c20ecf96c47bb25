//! Bundles that were tampered with, cut, forged or leak.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use holdall_connector::{Secret, Value};

use crate::bundle::Allowed;
use crate::bundle::sample::{self, Sample};
use crate::find::{Standing, Status};
use crate::redact::forms::{Where, Withheld};
use crate::request::Right;

use super::structure::{self, Entry};
use super::*;

fn small() -> Sample {
    let notes = sample::id("crm", "notes");
    let rows = vec![sample::row(
        &notes,
        Standing::Own,
        vec![("note", sample::text("rang twice, rang twice, rang twice again"))],
    )];
    Sample {
        settled: sample::settled(rows, vec![sample::searched(&notes, Status::Found, 1)]),
        map: sample::map(Vec::new()),
        profile: toml::from_str("name = \"Lustalux Ltd\"").unwrap(),
        request: sample::request(Right::Access),
    }
}

fn entries(path: &Path) -> Vec<Entry> {
    structure::entries(&mut File::open(path).unwrap()).unwrap()
}

/// Flips one bit of every `step`-th byte and asserts that it is noticed, and where.
fn flip_all(path: &Path, passphrase: Option<&Secret>, step: usize) {
    let entries = entries(path);
    let whole = fs::read(path).unwrap();
    let copy = tempfile::NamedTempFile::new().unwrap();
    fs::write(copy.path(), &whole).unwrap();
    let mut file = fs::OpenOptions::new().write(true).open(copy.path()).unwrap();
    let mut put = |at: usize, byte: u8| {
        file.seek(SeekFrom::Start(at as u64)).unwrap();
        file.write_all(&[byte]).unwrap();
    };
    for (at, byte) in whole.iter().enumerate().step_by(step) {
        put(at, byte ^ (1 << (at % 8)));
        let error = verify(copy.path(), passphrase).expect_err(&format!("byte {at} is not missed"));
        let owner = entries.iter().find(|e| (e.start..e.data + e.packed).contains(&(at as u64)));
        if let Some(owner) = owner {
            let named = matches!(&error, Error::Entry { name, .. } if *name == owner.name);
            assert!(named, "byte {at} of `{}`: {error}", owner.name);
        }
        put(at, *byte);
    }
    assert!(verify(copy.path(), passphrase).is_ok());
}

#[test]
fn a_packed_bundle_is_proved() {
    for right in [Right::Access, Right::Portability] {
        let (_folder, bundle) = sample::rich(right).packed();
        let verified = verify(bundle.path(), None).unwrap();
        assert_eq!((verified.rows, verified.encrypted), (8, false));
        assert_eq!(verified.signature, Signature::NotSigned);
        assert_eq!(verified.reference, "2026-0042");
    }
}

#[test]
fn packing_content_again_gives_the_same_data() {
    let (_folder, bundle) = small().packed();
    let archive = Archive::open(bundle.path(), None).unwrap();
    for entry in &archive.entries {
        let content = archive.content(entry).unwrap();
        let packed = archive.packed(entry).ok().unwrap();
        let again = crate::bundle::archive::deflate(&content).unwrap();
        assert_eq!(again.len(), packed.len(), "{}", entry.name);
        assert!(again == packed, "{}", entry.name);
    }
}

#[test]
fn any_changed_byte_is_noticed_and_its_entry_named() {
    let (_folder, bundle) = small().packed();
    flip_all(bundle.path(), None, 1);
}

#[test]
fn any_changed_byte_of_an_encrypted_bundle_is_noticed() {
    let (_folder, bundle) = small().packed_with(Some("pass"));
    flip_all(bundle.path(), Some(&Secret::new("pass".into())), 211);
}

#[test]
fn an_encrypted_bundle_opens_with_its_pass_phrase_alone() {
    let (_folder, bundle) = small().packed_with(Some("correct horse"));
    let open =
        |word: Option<&str>| verify(bundle.path(), word.map(|w| Secret::new(w.into())).as_ref());
    assert!(open(Some("correct horse")).unwrap().encrypted);
    assert!(matches!(open(None), Err(Error::Passphrase { given: false, .. })));
    assert!(matches!(open(Some("wrong")), Err(Error::Passphrase { given: true, .. })));
}

#[test]
fn what_is_cut_off_or_added_to_is_no_bundle() {
    let (_folder, bundle) = small().packed();
    let whole = fs::read(bundle.path()).unwrap();
    let copy = tempfile::NamedTempFile::new().unwrap();
    for length in (0..whole.len()).step_by(97) {
        fs::write(copy.path(), &whole[..length]).unwrap();
        assert!(verify(copy.path(), None).is_err(), "{length}");
    }
    for bytes in [[&whole[..], b"x"].concat(), [b"x", &whole[..]].concat(), b"PK".to_vec()] {
        fs::write(copy.path(), bytes).unwrap();
        assert!(verify(copy.path(), None).is_err());
    }
}

/// A bundle with texts that each kind of file writes in another way, and what must be found in it.
fn coded() -> Sample {
    let notes = sample::id("crm", "notes");
    let nested = Value::List(vec![Value::Object(vec![("who".into(), sample::text("a \"b\"\nc"))])]);
    let row = sample::row(
        &notes,
        Standing::Own,
        vec![
            ("quoted", sample::text("says \"no\" & <goes>")),
            ("broken", sample::text("first line\nsecond line")),
            ("formula", sample::text("=secret")),
            ("nested", nested),
            ("number", Value::Integer(100_234_567)),
            ("label", sample::text("[Lustalux Ltd] was there")),
        ],
    );
    let search = vec![sample::searched(&notes, Status::Found, 1)];
    Sample { settled: sample::settled(vec![row], search), ..small() }
}

#[test]
fn the_gate_sees_through_how_a_file_writes_a_text() {
    let sample = coded();
    let allowed = Allowed::new(&sample.profile, &sample.settled);
    let (_folder, bundle) = sample.packed();
    let search = |value: &str| gate(bundle.path(), None, &Withheld::of(&[value]), &allowed);
    for (value, column) in [
        ("says \"no\" & <goes>", 1),
        ("first line\nsecond line", 2),
        ("=secret", 3),
        ("a \"b\"\nc", 4),
        ("100234567", 5),
    ] {
        let expected = Leak::Found {
            entry: "data/crm/notes.csv".into(),
            place: format!("row 1, column {column}"),
        };
        assert_eq!(search(value), Err(expected.clone()));
        assert!(!expected.to_string().contains(value));
    }
    assert_eq!(search("nobody@example.org"), Ok(()));
}

#[test]
fn what_the_profile_says_is_no_leak_on_a_page_and_one_in_a_record() {
    let sample = small();
    let (_folder, bundle) = sample.packed();
    let allowed = Allowed::new(&sample.profile, &sample.settled);
    let withheld = Withheld::of(&["Lustalux Ltd"]);
    assert_eq!(gate(bundle.path(), None, &withheld, &allowed), Ok(()));
    let none = Allowed::default();
    assert!(gate(bundle.path(), None, &withheld, &none).is_err());
    let (_folder, bundle) = coded().packed();
    let leak = gate(bundle.path(), None, &withheld, &allowed).unwrap_err();
    assert!(matches!(&leak, Leak::Found { entry, .. } if entry == "data/crm/notes.csv"), "{leak}");
}

#[test]
fn a_label_is_no_leak_where_it_stands_for_what_was_withheld() {
    let sample = sample::rich(Right::Access);
    let (_folder, bundle) = sample.packed();
    let allowed = Allowed::new(&sample.profile, &sample.settled);
    let search = |value: &str| gate(bundle.path(), None, &Withheld::of(&[value]), &allowed);
    assert_eq!(search("Person Q"), Ok(()));
    assert!(Withheld::of(&["Person Q"]).find("Person Q said no", Where::Data).is_some());
    assert!(search("zoe@example.org").is_err());
}

#[test]
fn only_a_proved_bundle_is_published_and_nothing_is_overwritten() {
    let sample = small();
    let allowed = Allowed::new(&sample.profile, &sample.settled);
    let (folder, bundle) = sample.packed();
    let out = folder.path().join("out.zip");
    prove(bundle, None, &Withheld::default(), &allowed).unwrap().publish(&out, false).unwrap();
    assert!(verify(&out, None).is_ok());
    let before = fs::read(&out).unwrap();
    let again = |force| {
        let (_folder, bundle) = sample.packed();
        prove(bundle, None, &Withheld::default(), &allowed).unwrap().publish(&out, force)
    };
    assert!(matches!(again(false), Err(crate::bundle::Error::Exists { .. })));
    assert!(again(true).is_ok());
    assert_eq!(fs::read(&out).unwrap(), before, "same inputs, same bytes");
    let (leaky, bundle) = sample.packed();
    assert!(prove(bundle, None, &Withheld::of(&["rang twice"]), &allowed).is_err());
    assert_eq!(fs::read_dir(leaky.path()).unwrap().count(), 0, "nothing is left behind");
}

/// Returns the error for a bundle with one entry changed, added or (content empty) left out, sealed
/// again by somebody who knows how.
fn resealed(name: &str, content: &str) -> Error {
    let (_folder, bundle) = small().packed();
    let archive = Archive::open(bundle.path(), None).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = archive
        .entries
        .iter()
        .filter(|entry| entry.name != name)
        .map(|entry| (entry.name.clone(), archive.content(entry).unwrap()))
        .collect();
    if !content.is_empty() {
        files.push((name.to_owned(), content.as_bytes().to_vec()));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    verify(sample::forged(&files).path(), None).unwrap_err()
}

#[test]
fn a_new_seal_does_not_hide_what_is_wrong() {
    for (name, content, why) in [
        ("data/crm/notes.csv", "note\r\n=1+1\r\n", "a spreadsheet would run it"),
        ("data/crm/notes.csv", "note\r\nother\r\n", "not the file that the manifest lists"),
        ("data/crm/notes.csv", "", "it is missing"),
        ("data/crm/more.csv", "note\r\n", "the manifest does not list it"),
        ("index.html", "<script>1</script>", "could run or load"),
        ("run.exe", "x", "a kind of file"),
        ("manifest.json", "{}", "does not say"),
        ("manifest.json", "", "missing"),
        ("about.json", "{", "not JSON"),
    ] {
        let error = resealed(name, content);
        assert!(matches!(&error, Error::Entry { name: n, .. } if n == name), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
    for name in ["../up.csv", "/abs.csv", "a/../b.csv", "C:\\x.csv", "index.HTML", "NUL.csv"] {
        assert!(matches!(resealed(name, "a\r\n"), Error::Directory { .. } | Error::Entry { .. }));
    }
}

#[test]
fn an_entry_that_claims_to_be_huge_is_not_unpacked() {
    let (_folder, bundle) = small().packed();
    let mut bytes = fs::read(bundle.path()).unwrap();
    let name = b"README.txt";
    for (signature, size_at, length) in [(b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)] {
        let header = (0..bytes.len())
            .find(|at| {
                bytes[*at..].starts_with(signature) && bytes[at + length..].starts_with(name)
            })
            .unwrap();
        bytes[header + size_at..header + size_at + 4]
            .copy_from_slice(&0xFFFF_FFF0_u32.to_le_bytes());
    }
    let copy = tempfile::NamedTempFile::new().unwrap();
    fs::write(copy.path(), bytes).unwrap();
    assert!(matches!(verify(copy.path(), None), Err(Error::TooLarge { .. })));
}

#[test]
fn hostile_files_are_errors() {
    let copy = tempfile::NamedTempFile::new().unwrap();
    let mut seed: u32 = 7;
    let (_folder, bundle) = small().packed();
    let mut whole = Vec::new();
    File::open(bundle.path()).unwrap().read_to_end(&mut whole).unwrap();
    for _ in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..5 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = bytes.len() - 1 - (seed >> 8) as usize % 900;
            bytes[at] = if seed & 1 == 0 { 0xFF } else { (seed >> 3) as u8 };
        }
        fs::write(copy.path(), &bytes).unwrap();
        assert!(bytes == whole || verify(copy.path(), None).is_err());
    }
}
