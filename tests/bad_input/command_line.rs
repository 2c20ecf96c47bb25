//! Command lines that make no sense, and outputs that are in the way.

use std::fs;

use crate::harness::{CANARIES, Estate, Opened, files_below};

#[test]
fn no_command_an_unknown_one_and_a_missing_argument_are_usage_errors() {
    let estate = Estate::new();
    for args in [&[][..], &["exprot"], &["export"], &["verify"], &["export", "--no-such-option"]] {
        estate.world.holdall().args(args).exits(2);
    }
}

#[test]
fn a_subject_on_the_command_line_stands_for_a_request() {
    let estate = Estate::new();
    let export = || {
        let run = estate.world.holdall().args(["export", "--map"]).arg(estate.map());
        run.arg("--out").arg(estate.world.out())
    };
    let subject = ["--subject", "email=ada.hart@example.org"];
    export().args(subject).exits(4).says(&["identity"]).keeps_quiet_about(CANARIES);
    assert!(!estate.world.out().exists());
    let verified = ["--verified-by", "P. Mallow", "--verified-how", "passport seen"];
    let on = ["--verified-on", "2026-11-03"];
    export().args(subject).args(verified).args(on).exits(0).keeps_quiet_about(CANARIES);
    assert!(Opened::read(&estate.world.out()).data_has("Ada Hart"));
}

#[test]
fn a_wrong_subject_is_a_usage_error() {
    let estate = Estate::new();
    let export = || {
        let run = estate.world.holdall().args(["export", "--map"]).arg(estate.map());
        run.arg("--out").arg(estate.world.out())
    };
    export().exits(2);
    export().args(["--subject", "ada.hart"]).exits(2);
    export().args(["--subject", "=ada.hart"]).exits(2);
    export().args(["--subject", "email="]).exits(2);
    export().args(["--subject", "emial=ada.hart@example.org"]).exits(2).says(&["emial", "email"]);
    let both = export().args(["--subject", "email=ada.hart@example.org", "--request"]);
    both.arg(estate.request()).exits(2);
    assert_eq!(files_below(&estate.world.out_folder()).len(), 0);
}

#[test]
fn a_bundle_that_exists_is_kept_unless_forced() {
    let estate = Estate::new();
    let out = estate.world.out();
    fs::write(&out, "a bundle that somebody still needs").unwrap();
    let export = || estate.world.export(estate.map(), estate.request());
    let refused = export().run();
    assert!([1, 2].contains(&refused.code), "{refused}");
    refused.says(&["bundle.zip", "--force"]).keeps_quiet_about(CANARIES);
    assert_eq!(fs::read_to_string(&out).unwrap(), "a bundle that somebody still needs");
    export().arg("--force").exits(0);
    assert!(Opened::read(&out).data_has("Ada Hart"));
    assert_eq!(files_below(&estate.world.out_folder()).len(), 1);
}

#[test]
fn a_forced_run_that_fails_keeps_what_is_there() {
    let estate = Estate::new().with_request("verified = true", "verified = false");
    fs::write(estate.world.out(), "an older bundle").unwrap();
    estate.world.export(estate.map(), estate.request()).arg("--force").exits(4);
    assert_eq!(fs::read_to_string(estate.world.out()).unwrap(), "an older bundle");
}

#[test]
fn an_output_folder_that_is_missing_is_named() {
    let estate = Estate::new();
    let run = estate.world.holdall().args(["export", "--map"]).arg(estate.map());
    let run = run.arg("--request").arg(estate.request());
    let outcome = run.arg("--out").arg(estate.world.root().join("nowhere/bundle.zip")).run();
    assert!([1, 2].contains(&outcome.code), "{outcome}");
    outcome.says(&["nowhere"]);
    assert!(!estate.world.root().join("nowhere").exists());
}

#[test]
fn a_pass_phrase_comes_from_a_file_or_the_environment_and_is_never_said() {
    let estate = Estate::new();
    let quiet = &["three wet umbrellas"];
    let export = || estate.world.export(estate.map(), estate.request()).arg("--force");
    let by_name = ["--passphrase-env", "HOLDALL_PHRASE"];
    export().args(by_name).env("HOLDALL_PHRASE", quiet[0]).exits(0).keeps_quiet_about(quiet);
    let verify = estate.world.verify(estate.world.out()).args(by_name);
    verify.env("HOLDALL_PHRASE", quiet[0]).exits(0).keeps_quiet_about(quiet);
    for missing in [["--passphrase-env", "UNSET_PHRASE"], ["--passphrase-file", "/no/such/file"]] {
        let outcome = export().args(missing).run();
        assert!([1, 2].contains(&outcome.code), "{outcome}");
        outcome.says(&[missing[1]]);
    }
    let empty = estate.world.write("empty.txt", "\n");
    let outcome = export().arg("--passphrase-file").arg(empty).run();
    assert!([1, 2].contains(&outcome.code), "an empty pass-phrase\n{outcome}");
}

#[test]
fn completions_and_the_manual_are_printed() {
    let estate = Estate::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let outcome = estate.world.holdall().args(["completions", shell]).exits(0);
        assert!(outcome.stdout.contains("holdall"), "{outcome}");
    }
    let manual = estate.world.holdall().arg("man").exits(0);
    assert!(manual.stdout.contains(".TH"), "{manual}");
    let version = estate.world.holdall().arg("--version").exits(0);
    assert_eq!(version.stdout, format!("holdall {}\n", env!("CARGO_PKG_VERSION")));
}

/// The record is not redacted: under the bundle's name it would be sent to the data subject.
#[test]
fn the_officers_record_never_takes_the_bundles_place() {
    let estate = Estate::new();
    let out = estate.world.out();
    let indirect = estate.world.out_folder().join("../out/bundle.zip");
    for record in [&out, &indirect] {
        let run = estate.world.export(estate.map(), estate.request()).arg("--force");
        let refused = run.arg("--dpo-record").arg(record).exits(2);
        refused.says(&["--dpo-record"]);
        assert!(!out.exists(), "{refused}");
    }
}

#[test]
fn a_record_that_cannot_be_written_means_no_bundle() {
    let estate = Estate::new();
    let record = estate.world.root().join("nowhere/record.json");
    let run = estate.world.export(estate.map(), estate.request());
    let failed = run.arg("--dpo-record").arg(&record).run();
    assert!([1, 2].contains(&failed.code), "{failed}");
    failed.says(&["record.json"]);
    assert_eq!(files_below(&estate.world.out_folder()).len(), 0, "{failed}");
}

#[test]
fn a_bundle_never_replaces_what_it_was_made_from() {
    let estate = Estate::new();
    let profile = estate.world.work("controller.toml");
    let source = estate.world.work("crm/customers.csv");
    for input in [estate.map(), estate.request(), profile, source] {
        let before = fs::read(&input).unwrap();
        let run = estate.world.holdall().args(["export", "--force", "--map"]).arg(estate.map());
        let run = run.arg("--request").arg(estate.request()).arg("--out").arg(&input);
        let refused = run.run();
        assert!(fs::read(&input).unwrap() == before, "{} is gone\n{refused}", input.display());
        assert!([1, 2].contains(&refused.code), "{refused}");
    }
}
