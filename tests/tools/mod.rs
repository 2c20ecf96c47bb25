//! The bundle in the hands of others: unzip, 7-Zip, Python, frictionless; and in damaged hands.

mod programs;

use std::fs;
use std::path::{Path, PathBuf};

use programs::Program;

use crate::harness::{Opened, World, repository};

/// The largest of the fixtures' releases.
fn flagship(world: &World, args: &[&str]) -> PathBuf {
    let folder = repository("fixtures/lustalux");
    let request = folder.join("requests/complaint-access.toml");
    world.export(folder.join("holdall.toml"), request).args(args).exits(0);
    world.out()
}

#[test]
fn unzip_finds_no_fault() {
    let world = World::new();
    let bundle = flagship(&world, &[]);
    Program::Unzip.run(&[Path::new("-t"), &bundle]);
}

#[test]
fn seven_zip_finds_no_fault() {
    let world = World::new();
    let bundle = flagship(&world, &[]);
    Program::SevenZip.run(&[Path::new("t"), &bundle]);
}

#[test]
fn python_finds_no_fault() {
    let world = World::new();
    let bundle = flagship(&world, &[]);
    let script = "import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip())";
    Program::Python.run(&[Path::new("-c"), Path::new(script), &bundle]);
}

/// Every request of every fixture that is sealed would take long; the flagship has CSV and JSON of
/// all three connectors, nested values, redacted cells and quoted line breaks.
#[test]
fn frictionless_accepts_the_data_package() {
    let world = World::new();
    let bundle = flagship(&world, &[]);
    let folder = world.work("unpacked");
    unpack(&Opened::read(&bundle), &folder);
    Program::Frictionless.run(&[Path::new("validate"), &folder.join("datapackage.json")]);
}

fn unpack(bundle: &Opened, folder: &Path) {
    for (name, content) in &bundle.entries {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

#[test]
fn seven_zip_opens_an_encrypted_bundle_with_the_pass_phrase_alone() {
    let plain = World::new();
    let manifest = Opened::read(&flagship(&plain, &[])).text("manifest.json").to_owned();

    let world = World::new();
    let phrase = world.write("phrase.txt", "three wet umbrellas\n");
    let bundle = flagship(&world, &["--passphrase-file", phrase.to_str().unwrap()]);
    let extract = |phrase: &str| {
        let phrase = format!("-p{phrase}");
        let options = ["x", "-so", &phrase].map(Path::new);
        Program::SevenZip.output(&[&options[..], &[&bundle, Path::new("manifest.json")]].concat())
    };
    let right = extract("three wet umbrellas");
    assert!(right.status.success(), "{right:?}");
    assert_eq!(String::from_utf8_lossy(&right.stdout), manifest);
    let wrong = extract("three dry umbrellas");
    assert!(!wrong.status.success() && !wrong.stdout.starts_with(b"{"), "a wrong pass-phrase");

    let verify = || world.verify(&bundle);
    verify().arg("--passphrase-file").arg(&phrase).exits(0);
    let other = world.write("other.txt", "three dry umbrellas\n");
    verify().arg("--passphrase-file").arg(&other).exits(1).keeps_quiet_about(&["umbrellas"]);
}

#[test]
fn encrypting_leaves_the_content_as_it_is_and_out_of_sight() {
    let world = World::new();
    let phrase = world.write("phrase.txt", "three wet umbrellas");
    let bundle = flagship(&world, &["--passphrase-file", phrase.to_str().unwrap()]);
    let raw = String::from_utf8_lossy(&fs::read(&bundle).unwrap()).into_owned();
    for text in ["Bramhall", "eleanor", "three wet umbrellas"] {
        assert!(!raw.contains(text), "`{text}` can be read in an encrypted bundle");
    }
}

#[test]
fn one_changed_byte_anywhere_is_found_and_placed() {
    let world = World::new();
    let bundle = flagship(&world, &[]);
    let whole = fs::read(&bundle).unwrap();
    let names: Vec<String> = Opened::read(&bundle).entries.into_keys().collect();
    let steps = 24;
    for step in 0..steps {
        let offset = (whole.len() - 1) * step / (steps - 1);
        let mut spoilt = whole.clone();
        spoilt[offset] ^= 0x20;
        let path = world.write("spoilt.zip", &spoilt);
        let outcome = world.verify(&path).exits(1);
        let placed = names.iter().any(|name| outcome.stderr.contains(name.as_str()))
            || outcome.stderr.contains("directory")
            || outcome.stderr.contains("comment");
        assert!(placed, "byte {offset} of {}: no place is named\n{outcome}", whole.len());
    }
}

#[test]
fn what_is_no_bundle_is_refused() {
    let world = World::new();
    let whole = fs::read(flagship(&world, &[])).unwrap();
    let spoilt: [(&str, Vec<u8>); 4] = [
        ("empty.zip", Vec::new()),
        ("text.zip", b"Dear Sir or Madam".to_vec()),
        ("half.zip", whole[..whole.len() / 2].to_vec()),
        ("longer.zip", [whole.as_slice(), b"and more"].concat()),
    ];
    for (name, content) in spoilt {
        let path = world.write(name, content);
        world.verify(&path).exits(1).says(&["error"]);
    }
    world.verify(world.work("not-there.zip")).exits(1).says(&["not-there.zip"]);
}

#[test]
fn verify_reports_in_json() {
    let world = World::new();
    let bundle = flagship(&world, &[]);
    let entries = Opened::read(&bundle).entries.len();
    let report = world.verify(&bundle).arg("--json").exits(0).json();
    assert_eq!(report["status"], "ok", "{report}");
    assert_eq!(report["entries"].as_array().unwrap().len(), entries, "{report}");
}

#[test]
fn a_pass_phrase_that_is_made_is_said_once_and_opens_the_bundle() {
    let world = World::new();
    let folder = repository("fixtures/lustalux");
    let request = folder.join("requests/complaint-access.toml");
    let export = world.export(folder.join("holdall.toml"), request).args(["--encrypt", "--json"]);
    let outcome = export.exits(0);
    let lines = outcome.stderr.lines().filter(|line| line.starts_with("Pass-phrase"));
    let phrases: Vec<&str> = lines.filter_map(|line| line.rsplit(": ").next()).collect();
    let [phrase] = phrases.as_slice() else { panic!("not one pass-phrase\n{outcome}") };
    assert!(phrase.len() >= 20 && !outcome.stdout.contains(phrase), "{outcome}");
    let file = world.write("phrase.txt", phrase);
    world.verify(world.out()).arg("--passphrase-file").arg(file).exits(0);
    world.verify(world.out()).exits(1).says(&["pass-phrase"]);
}
