//! Safe disclosure, end to end: what runs in a spreadsheet or a browser, what is withheld in one
//! place and stands in another, credentials, the officer's own record.

use std::fs;

use crate::harness::{Estate, Opened, files_below};

/// The estate with two columns more: a friend (third party) and a remark (plain data).
fn with_remark(friend: &str, remark: &str) -> Estate {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let csv = format!(
        "customer_id,name,email,pin,friend,remark\n17,Ada Hart,ada.hart@example.org,9931-AH,{},{}\n",
        quoted(friend),
        quoted(remark),
    );
    Estate::new()
        .with_map(
            "columns.pin         = \"credential\"\n",
            "columns.pin = \"credential\"\ncolumns.friend = { third-party = \"email\" }\ncolumns.remark = \"data\"\n",
        )
        .with_source("crm/customers.csv", csv)
}

fn remark_of(bundle: &Opened) -> String {
    bundle.rows("crm/customers")[0]["remark"].as_str().unwrap().to_owned()
}

#[test]
fn what_would_run_in_a_spreadsheet_is_neutralised_in_csv_and_exact_in_json() {
    for remark in ["=1+1", "@SUM(A1)", "+44 ext", "-2+3", "\tx", "=HYPERLINK(\"x\",\"y\")", "＝1"]
    {
        let estate = with_remark("", remark);
        estate.export(&[], 0);
        let bundle = Opened::read(&estate.world.out());
        assert_eq!(remark_of(&bundle), remark, "JSON is exact");
        let records = bundle.csv("data/crm/customers.csv");
        let column = records[0].iter().position(|name| name == "remark").unwrap();
        assert_eq!(&records[1][column], format!("'{remark}"), "CSV is neutralised");
    }
}

#[test]
fn numbers_and_telephones_stay_as_they_are() {
    for remark in ["-12.50", "+44 (0)20 7946 0000", "-1", "2026-01-05"] {
        let estate = with_remark("", remark);
        estate.export(&[], 0);
        let records = Opened::read(&estate.world.out()).csv("data/crm/customers.csv");
        assert!(records[1].iter().any(|cell| cell == remark), "{remark}: {:?}", records[1]);
    }
}

#[test]
fn markup_in_a_record_is_text_on_the_page() {
    let remark = "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;";
    let estate = with_remark("", remark);
    estate.export(&[], 0);
    let bundle = Opened::read(&estate.world.out());
    assert_eq!(remark_of(&bundle), remark);
    for (name, content) in bundle.entries.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8_lossy(content).to_lowercase();
        for active in ["<script", "<img", "<iframe", "javascript:", "src=\"http", "@import"] {
            assert!(!page.contains(active), "{active} in {name}");
        }
    }
    estate.world.verify(estate.world.out()).exits(0);
}

/// Withheld in its own column, and written again where the map says plain data: taken out there
/// too, or nothing is released. Never let through, never said.
#[test]
fn what_is_withheld_in_one_column_leaves_by_no_other() {
    let remarks = [
        "came with quillon.vane@example.net",
        "QUILLON.VANE@EXAMPLE.NET",
        "mailto:quillon.vane@example.net?subject=x",
        "quillon.vane(at)example.net or quillon.vane@example.net",
    ];
    for remark in remarks {
        let estate = with_remark("Quillon.Vane@example.net", remark);
        let outcome = estate.world.export(estate.map(), estate.request()).run();
        assert!([0, 1, 4].contains(&outcome.code), "{outcome}");
        outcome.keeps_quiet_about(&["uillon.", "UILLON."]);
        if outcome.code == 0 {
            let canary = ["quillon.vane@example.net".to_owned()];
            let leaks = Opened::read(&estate.world.out()).places_of(&canary);
            assert!(leaks.is_empty(), "{remark}: {leaks:?}");
        } else {
            assert!(files_below(&estate.world.out_folder()).is_empty(), "{outcome}");
        }
    }
}

/// A row outside the dates is not given out, and what it says of others stays withheld.
#[test]
fn dates_do_not_bring_out_what_is_withheld() {
    let orders = [
        r#"{"order_id":"A-1","customer":"17","ordered_on":"2026-01-05","to":"Quillon Vane"}"#,
        r#"{"order_id":"A-2","customer":"17","ordered_on":"2026-03-05","items":"for Quillon Vane"}"#,
    ];
    let estate = Estate::new()
        .with_map(
            "columns.\"items\"     = \"data\"",
            "columns.items = \"data\"\ncolumns.to = { third-party = \"name\" }",
        )
        .with_request("[subject]", "[scope]\nfrom = 2026-02-01\n[subject]")
        .with_source("shop/orders.jsonl", orders.join("\n"));
    estate.export(&[], 0);
    let bundle = Opened::read(&estate.world.out());
    assert_eq!(bundle.rows("shop/orders").len(), 1);
    assert!(bundle.places_of(&["Quillon".to_owned(), "Vane".to_owned()]).is_empty());
}

#[test]
fn a_credential_is_absent_and_said_to_be_held() {
    let estate = Estate::new();
    estate.export(&[], 0);
    let bundle = Opened::read(&estate.world.out());
    assert!(bundle.places_of(&["9931-AH".to_owned()]).is_empty());
    let schedule = bundle.text("redactions.csv").to_lowercase();
    assert!(schedule.contains("credential"), "{schedule}");
}

#[test]
fn nobody_found_is_an_answer_and_is_sealed() {
    let estate = Estate::new().with_request(
        "name  = [\"Ada Hart\"]\nemail = [\"ada.hart@example.org\"]",
        "name  = [\"Nadia Quill\"]\nemail = [\"nadia.quill@example.org\"]",
    );
    let outcome = estate.export(&["--json"], 0);
    assert_eq!(outcome.json()["records"], 0, "{outcome}");
    let bundle = Opened::read(&estate.world.out());
    assert!(bundle.tables("json").is_empty());
    estate.world.verify(estate.world.out()).exits(0);
}

#[test]
fn the_officers_record_is_apart_and_says_the_way_to_each_row() {
    let estate = Estate::new();
    let record = estate.world.root().join("record.json");
    estate.export(&["--dpo-record", record.to_str().unwrap()], 0);
    let text = fs::read_to_string(&record).unwrap();
    for part in ["2026-0001", "crm.customers", "shop.orders", "email", "→"] {
        assert!(text.contains(part), "the officer's record does not say `{part}`:\n{text}");
    }
    let bundle = Opened::read(&estate.world.out());
    assert!(bundle.entries.keys().all(|name| !name.contains("record")));
}
