//! Sources that cannot be read in full: incomplete, unless the officer says to go on.

use std::fs;

use crate::harness::{CANARIES, Estate, Opened};

/// The estate is refused without, and sealed with `--allow-incomplete`; both times the person is
/// told what was not read.
#[track_caller]
fn incomplete_and_told(estate: &Estate, texts: &[&str]) {
    let refused = estate.export(&["--json"], 3);
    refused.says(texts);
    assert_eq!(refused.json()["status"], "incomplete", "{refused}");

    let sealed = estate.export(&["--allow-incomplete", "--json"], 0);
    assert_eq!(sealed.json()["status"], "sealed", "{sealed}");
    let bundle = Opened::read(&estate.world.out());
    let search = bundle.text("search.csv");
    for text in texts {
        assert!(search.contains(text), "search.csv does not say `{text}`:\n{search}");
    }
    let canaries: Vec<String> = CANARIES.iter().map(|c| (*c).to_owned()).collect();
    assert_eq!(bundle.places_of(&canaries), Vec::<String>::new());
    estate.world.verify(estate.world.out()).exits(0);
}

#[test]
fn a_csv_row_with_a_field_too_many_is_named_by_line() {
    let estate = Estate::new().with_source(
        "crm/customers.csv",
        "customer_id,name,email,pin\n18,Bertram Osgood,b.osgood@example.net,4410-BO,ORCHID\n17,Ada Hart,ada.hart@example.org,9931-AH\n",
    );
    incomplete_and_told(&estate, &["customers.csv", "2"]);
    assert!(Opened::read(&estate.world.out()).data_has("Ada Hart"));
}

#[test]
fn a_file_named_after_somebody_is_not_named_in_the_bundle() {
    let rows = "order_id,customer,to\nA-1,17,Quillon Vane\nA-2\n";
    let estate = Estate::new()
        .with_map(
            "[source.tables.customers]\n",
            "[source.tables.sent]\nfiles = \"sent/*.csv\"\nactivity = \"orders\"\ncolumns.order_id = \"row\"\ncolumns.customer = { person = \"customer\" }\ncolumns.to = { third-party = \"name\" }\n\n[source.tables.customers]\nfiles = \"customers.csv\"\n",
        )
        .with_source("crm/sent/Quillon Vane.csv", rows);
    estate.export(&["--allow-incomplete"], 0);
    let bundle = Opened::read(&estate.world.out());
    assert!(bundle.places_of(&["Quillon".to_owned()]).is_empty());
    assert!(bundle.text("search.csv").contains("a file:3"), "{}", bundle.text("search.csv"));
}

#[test]
fn a_csv_quote_that_never_closes_is_named_by_line() {
    let estate = Estate::new().with_source(
        "crm/customers.csv",
        "customer_id,name,email,pin\n17,Ada Hart,ada.hart@example.org,9931-AH\n18,\"Bertram Osgood,b.osgood@example.net,4410-BO\n",
    );
    incomplete_and_told(&estate, &["customers.csv", "3"]);
}

#[test]
fn a_json_line_that_is_none_is_named_by_line() {
    let estate = Estate::new().with_source(
        "shop/orders.jsonl",
        "{\"order_id\":\"A-1\",\"customer\":\"17\",\"ordered_on\":\"2026-01-05\",\"items\":[]}\n{\"customer\":\"18\", ORCHID\n",
    );
    incomplete_and_told(&estate, &["orders.jsonl", "2"]);
    assert!(Opened::read(&estate.world.out()).data_has("A-1"));
}

#[test]
fn a_json_key_written_twice_is_not_guessed_at() {
    let estate = Estate::new().with_source(
        "shop/orders.jsonl",
        "{\"order_id\":\"A-1\",\"customer\":\"17\",\"customer\":\"18\",\"ordered_on\":\"\",\"items\":[]}\n",
    );
    incomplete_and_told(&estate, &["orders.jsonl", "1"]);
}

#[test]
fn a_missing_file_is_never_silent() {
    let estate = Estate::new();
    fs::remove_file(estate.world.work("shop/orders.jsonl")).unwrap();
    incomplete_and_told(&estate, &["shop", "orders"]);
}

#[test]
fn a_missing_folder_is_never_silent() {
    let estate = Estate::new();
    fs::remove_dir_all(estate.world.work("shop")).unwrap();
    incomplete_and_told(&estate, &["shop"]);
}

/// As root every file can be read, so a folder stands where the file should be.
#[test]
fn a_file_that_cannot_be_opened_is_never_silent() {
    let estate = Estate::new();
    let file = estate.world.work("shop/orders.jsonl");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    incomplete_and_told(&estate, &["shop"]);
}

#[test]
fn a_database_that_is_none_is_never_silent() {
    let estate = Estate::new().with_map(
        "connector = \"json\"\npath      = \"shop\"",
        "connector = \"sqlite\"\npath = \"shop.db\"",
    );
    estate.world.write("shop.db", "this is a letter, not a database; it is long enough to have a header of a hundred bytes, or nearly so");
    incomplete_and_told(&estate, &["shop"]);
}

#[test]
fn a_missing_database_is_not_made() {
    let estate = Estate::new().with_map(
        "connector = \"json\"\npath      = \"shop\"",
        "connector = \"sqlite\"\npath = \"shop.db\"",
    );
    incomplete_and_told(&estate, &["shop"]);
    assert!(!estate.world.work("shop.db").exists());
}

#[test]
fn an_empty_file_or_a_header_alone_has_nothing_and_is_whole() {
    for content in ["customer_id,name,email,pin\n", "customer_id,name,email,pin"] {
        let estate = Estate::new().with_source("crm/customers.csv", content);
        estate.export(&["--json"], 0);
    }
}

/// Each of these was fatal to somebody's parser once.
#[test]
fn hostile_bytes_end_with_an_exit_code() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let wide = format!("customer_id,name,email,pin\n17,\"{}\",x,y\n", "a".repeat(2_000_000));
    let csv: [&[u8]; 7] = [
        b"",
        b"\0\0\0\0",
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf",
        b"\"\"\"\"\"",
        b",,,,\n,,,\n\r\r\n,",
        wide.as_bytes(),
    ];
    for content in csv {
        hostile("crm/customers.csv", content);
    }
    let json: [&[u8]; 7] = [
        b"",
        b"{",
        b"\xff\xff",
        b"nul",
        b"[1, 2, {\"customer\": 1e999999}]",
        b"{\"customer\":\"\\ud800\"}",
        deep.as_bytes(),
    ];
    for content in json {
        hostile("shop/orders.jsonl", content);
    }
}

#[track_caller]
fn hostile(name: &str, content: &[u8]) {
    let estate = Estate::new().with_source(name, content);
    let outcome = estate.world.export(estate.map(), estate.request()).arg("--json").run();
    assert!((0..=4).contains(&outcome.code), "{outcome}");
    assert_eq!(estate.world.out().exists(), outcome.code == 0, "{outcome}");
    outcome.json();
}
