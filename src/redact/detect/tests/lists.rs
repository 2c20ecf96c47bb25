//! What only the list in which it stands tells: accounts, badges, logs of logins, rotas.

use super::{all, nothing};

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

#[test]
fn plates_in_rows_and_columns() {
    let gate = "Gate log\n00:27:27 VE61 DNU Ifrah\n9:27:27 GIZ 8281 Zara\n15:23:14 94 SVH nobody";
    all("vehicle", gate, &["VE61 DNU", "GIZ 8281", "94 SVH"]);
    all("vehicle", "Name;Reg\nOmar Khoury;9927TK\nAnn Lee;phf205", &["9927TK", "phf205"]);
    all("vehicle", "Permit zone B: RC25 CRR, phf205 and 2 more", &["RC25 CRR", "phf205"]);
    all("vehicle", "Stock sheet\nAB12 CDE bracket x 24\nKT51 HNX valve x 5", &[]);
    all("vehicle", "Order: 4 x NE24 YDT @ £10; VAT reg GB 999 9999 73", &[]);
}

#[test]
fn users_told_by_the_names_they_are_made_of() {
    all("username", "Delegate: Idris Bui (buii2), manager R Joshi (Rob)", &["buii2"]);
    all("username", "can someone reset fbegum14? locked out", &["fbegum14"]);
    all("username", "User CONNECT\\pfarah approved it", &["CONNECT\\pfarah"]);
    all("username", "Candidate a/c: yaw-qu879 (username), inactive", &["yaw-qu879"]);
    all("username", "login name is jzhou36 not zhouj5", &["jzhou36", "zhouj5"]);
    let list = "User IDs to be disabled from Friday: dwhite07, k.ansah, SOLTANI_R. Thanks";
    all("username", list, &["dwhite07", "k.ansah", "SOLTANI_R"]);
    all("username", "session opened for user idris.mcilroy by cron", &["idris.mcilroy"]);
    all("username", "account,username,last_seen\nportal,dawn.mcgrath,yesterday", &["dawn.mcgrath"]);
    all("username", "12:00:01 kiosk-03 INFO started\n12:00:02 assoc 3c:4c:4f:e6:46:ec", &[]);
}

#[test]
fn cells_between_slashes() {
    let text =
        "trip list: name / passport no.\nKwame Darko / 303 088 773\nDoreen Bright / 185 661 474";
    all("passport", text, &["303 088 773", "185 661 474"]);
}

#[test]
fn badges_with_their_periods_and_councils() {
    let of = |text: &str, badge: &str| all("blue-badge", text, &[badge]);
    of("her disabled parking permit, serial 004417 0932 F 0327", "004417 0932 F 0327");
    of("WARN blue_badge=FHK 118 not found", "FHK 118");
    of("Blue Badge 600373/2906 shown", "600373/2906");
    of("blue badge serial LUT/94528, clock set", "LUT/94528");
    of("blue badge Y (411087C0), carers N", "411087C0");
    of("disabled badge number 770747 M0267, exp April", "770747 M0267");
}

#[test]
fn streets_whose_first_word_says_so() {
    all("address", "moved to 152 Heol y Bryn, Swansea", &["152 Heol y Bryn, Swansea"]);
    all("address", "lives at 11 Rue des Lilas, Lille", &["11 Rue des Lilas, Lille"]);
    let house = "the post is for Ty Gwyn, Chapel Lane, Nantlais\nThanks";
    all("address", house, &["Ty Gwyn, Chapel Lane, Nantlais"]);
    all("address", "Ann Lee, SA5 1TA, £8,787\nXiu-Ling Lockyer, BT9 7TF", &[]);
}

#[test]
fn what_looks_like_something_else_is_still_found() {
    all("person", "file://host/Mrs%20Amira%20Khan", &["Amira%20Khan"]);
    all(
        "url",
        "see https://a.example.org/x/Shared%20Documents now",
        &["https://a.example.org/x/Shared%20Documents"],
    );
    all("phone", "flat 12 00447700900123", &["00447700900123"]);
    all("ip", "Patch 192.168.1.10 tonight; patch 4.8.7.55 rolled out", &["192.168.1.10"]);
}
