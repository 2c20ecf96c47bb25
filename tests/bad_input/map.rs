//! Mistakes in the map, the profile and the request: exit 2, with the place and a hint.

use crate::harness::{Estate, Outcome};

/// Expects exit 2 from `export` and the same mistake from `check`.
#[track_caller]
fn refused(estate: &Estate, texts: &[&str]) -> Outcome {
    let check = estate.world.holdall().args(["check", "--map"]).arg(estate.map()).exits(2);
    check.says(texts);
    let export = estate.export(&[], 2);
    export.says(texts);
    export
}

#[test]
fn a_column_that_the_source_lacks_is_shown_with_the_nearest_name() {
    let estate = Estate::new().with_map("columns.email ", "columns.emial ");
    refused(&estate, &["emial", "holdall.toml:15", "email"]);
}

#[test]
fn a_misspelt_key_is_shown_with_the_nearest_name() {
    let estate = Estate::new().with_map("connector = \"csv\"", "conector = \"csv\"");
    refused(&estate, &["conector", "holdall.toml:8", "connector"]);
}

#[test]
fn a_wrong_type_is_shown_where_it_stands() {
    let estate = Estate::new().with_map("connector = \"csv\"", "connector = 3");
    refused(&estate, &["holdall.toml:8"]);
}

#[test]
fn an_unknown_connector_is_refused() {
    let estate = Estate::new().with_map("connector = \"csv\"", "connector = \"cvs\"");
    refused(&estate, &["cvs", "csv", "holdall.toml:8"]);
}

#[test]
fn an_unknown_kind_is_refused() {
    let estate = Estate::new().with_map("{ person = \"email\" }", "{ person = \"emial\" }");
    refused(&estate, &["emial", "email", "holdall.toml:15"]);
}

#[test]
fn an_unknown_activity_is_refused() {
    let estate =
        Estate::new().with_map("\"orders\"\ncolumns.customer_id", "\"oders\"\ncolumns.customer_id");
    refused(&estate, &["oders", "orders"]);
}

#[test]
fn broken_toml_is_shown_where_it_breaks() {
    let estate = Estate::new().with_map("[identifiers]", "[identifiers");
    refused(&estate, &["holdall.toml:3"]);
}

#[test]
fn a_secret_in_the_map_is_refused_and_not_repeated() {
    let secret = "url = \"postgres://holdall:hunter2-xyzzy@db.example.org/crm\"";
    let estate = Estate::new().with_map("path      = \"crm\"", secret);
    refused(&estate, &["url", "env:"]).keeps_quiet_about(&["hunter2", "xyzzy", "postgres://"]);
}

#[test]
fn a_missing_map_profile_or_request_is_named() {
    let estate = Estate::new();
    let nowhere = estate.world.work("nowhere.toml");
    estate.world.export(&nowhere, estate.request()).exits(2).says(&["nowhere.toml"]);
    estate.world.export(estate.map(), &nowhere).exits(2).says(&["nowhere.toml"]);
    let estate = estate.with_map("controller.toml", "elsewhere.toml");
    refused(&estate, &["elsewhere.toml"]);
}

#[test]
fn a_request_that_names_nobody_is_refused() {
    for subject in ["", "name = []\n", "email = [\"  \"]\n"] {
        let estate = Estate::new()
            .with_request("name  = [\"Ada Hart\"]\nemail = [\"ada.hart@example.org\"]\n", subject);
        estate.export(&[], 2).says(&["subject"]);
    }
}

#[test]
fn a_request_with_an_unknown_kind_is_refused() {
    let estate = Estate::new().with_request("email = ", "emial = ");
    estate.export(&[], 2).says(&["emial", "email"]);
}

#[test]
fn a_request_for_another_right_is_refused() {
    let estate = Estate::new().with_request("\"access\"", "\"erasure\"");
    estate.export(&[], 2).says(&["request.toml:2", "access", "portability"]);
}

#[test]
fn an_unverified_identity_holds_the_release() {
    let estate = Estate::new().with_request("verified = true", "verified = false");
    let held = estate.export(&["--json"], 4);
    assert_eq!(held.json()["held"][0]["kind"], "identity", "{held}");
}

#[test]
fn a_column_the_map_lacks_holds_the_release() {
    let estate = Estate::new().with_map("columns.pin         = \"credential\"\n", "");
    let held = estate.export(&["--json"], 4);
    assert_eq!(held.json()["held"][0]["kind"], "unmapped", "{held}");
    held.says(&["pin"]);
}
