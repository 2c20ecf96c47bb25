//! What only the list in which it stands tells: accounts, badges, logs of logins, rotas.

use super::{nothing, spans};

/// Checks that these are found of a kind, in order, among what else there is.
fn all(kind: &str, text: &str, values: &[&str]) {
    let prefix = format!("{kind}=");
    let of = |span: &String| span.strip_prefix(&prefix).map(str::to_owned);
    let found: Vec<String> = spans(text).iter().filter_map(of).collect();
    assert_eq!(found, values, "{text}");
}

#[test]
fn numbers_of_accounts_under_one_heading() {
    let text =
        "C/tax moves list:\n78647958;Nasser Bilal;out\n60531793;Ann Lee;in\n536769885;B Roy;in";
    all("council-tax", text, &["78647958", "60531793", "536769885"]);
    all("council-tax", "council tax leaflet\nserial 77160414, serial 60531793", &[]);
}

#[test]
fn badges_after_the_first() {
    let text = "Stolen blue badges: 311069K / 929708M / AWWDC6 0 X0625A";
    all("blue-badge", text, &["311069K", "929708M", "AWWDC6 0 X0625A"]);
}

#[test]
fn companies_under_one_heading() {
    let text = "Contractors, companies house nos: Imran Iqbal 07876387; Minh Vo 12592990; Fergus McAllister 06204296.";
    all("company", text, &["07876387", "12592990", "06204296"]);
}

#[test]
fn users_in_logs_and_lists() {
    let log =
        "Access log\n10.0.14.203 mbrankovic 08:58 gate B\n10.0.14.207 t.adeleke1 09:01 gate B";
    all("username", log, &["mbrankovic", "t.adeleke1"]);
    let locked = "portal, locked accounts:\n - almassa1 (S A)\n - hbhogal89 (H B)\nunlock today";
    all("username", locked, &["almassa1", "hbhogal89"]);
    all("username", "Audit shows mlubbock from 10.20.31.44 at 07:58.", &["mlubbock"]);
    all("username", "Failed logins from 203.0.113.85, 611 attempts", &[]);
    all(
        "username",
        "Clicked by t.osei (Tawiah Osei) & mgrimes (Molly Grimes).",
        &["t.osei", "mgrimes"],
    );
    nothing(&[
        "declined \"do_not_honor\"",
        "cust_ref and addr_line1 are columns",
        "nat_ins = none",
    ]);
}

#[test]
fn pairs_on_a_rota_are_two_people() {
    let rota = "Mon Nour Winston\nTue Nour Adeel\nWed Hattie Winston";
    all("person", rota, &["Nour", "Winston", "Nour", "Adeel", "Hattie", "Winston"]);
    all("person", "with Nour Winston and Nour Adeel", &["Nour Winston", "Nour Adeel"]);
}

#[test]
fn a_word_after_a_number_may_be_the_next_ones() {
    let text = "UTR is scribbled here, 2562159020; and NHS 943 476 5919 is hers";
    all("nhs", text, &["943 476 5919"]);
    all("utr", text, &["2562159020"]);
}
