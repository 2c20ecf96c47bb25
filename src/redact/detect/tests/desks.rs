//! What an office worker knows by a word further off, a list or a form: tax, badges, logs of users.

use super::{all, nothing};

#[test]
fn a_taxpayer_s_reference_with_a_wrong_digit_is_one_where_it_is_named() {
    all("utr", "Her UTR is 4455667788, thanks", &["4455667788"]);
    all("utr", "Self assessment ref 71234 56789 for last year", &["71234 56789"]);
    all("utr", "Name;UTR;NINO\nAnn Lee;4455667788;-", &["4455667788"]);
    let list = "UTR 4455667788\nalso paid: Bola Ige, 7123456789; Tom Oak, 7123456780";
    all("utr", list, &["4455667788", "7123456789", "7123456780"]);
    nothing(&["order 4455667788 is late", "UTR queries: see page 7"]);
}

#[test]
fn badges_of_the_older_form_are_whole() {
    all("blue-badge", "found 310452 K 0322X0325 in bay 2", &["310452 K 0322X0325"]);
    all("blue-badge", "Lee, Ann (310452K0322X0325)", &["310452K0322X0325"]);
    all("blue-badge", "Badge serial 7C2D 4E, lost", &["7C2D 4E"]);
    all("blue-badge", "badge shown K7LFLC 0 0X0728 is old", &["K7LFLC 0 0X0728"]);
    all("blue-badge", "Blue badge bays: let in 518DKW (Ann, badge QX7RT2)", &["QX7RT2"]);
    nothing(&["Badge reader: card 010077 opened door 3"]);
}

#[test]
fn accounts_of_council_tax_by_their_form() {
    all("council-tax", "Debt write off\nacct 61230987-4 gone away", &["61230987-4"]);
    all("council-tax", "the bill sent to her is 612309874K", &["612309874K"]);
    all("council-tax", "They pay CTX 6123098.", &["CTX 6123098"]);
    all("council-tax", "pays CT on 31877 2046 + 31877 2055", &["31877 2046", "31877 2055"]);
    nothing(&["part 61230987-4 in stock", "2024-05-06 09:10:11 INFO ctax-bills done"]);
}

#[test]
fn companies_in_brackets_and_columns() {
    all("company", "between Oakdale Retail plc (No. 02917755) and us", &["02917755"]);
    all("company", "Owner Elm Homes (SC 550977), manager", &["SC 550977"]);
    all("company", "Ms Lee (director, 08451677) says", &["08451677"]);
    all("company", "Client;Co no\nBright Cleaning;08451677", &["08451677"]);
}

#[test]
fn documents_of_workers() {
    let list = "RTW checks\nAnn Lee \u{2013} Irish, 799281234 \u{2013} copy on file";
    all("passport", list, &["799281234"]);
    all("passport", "Citizenship list\nName | Document\nAnn Lee | 166921234", &["166921234"]);
    all("passport", "her passport; the scan is Tom Oak's (139201234)", &["139201234"]);
}

#[test]
fn users_in_logs_chats_and_fields() {
    all("username", "2023-04-05 10:11:12,VPN,kmarsden04,10.0.0.8,up", &["kmarsden04"]);
    all("username", "[10:11:12] siobhan.lacey: deploy done", &["siobhan.lacey"]);
    all("username", "acc=9 field=address by=hartwellj", &["hartwellj"]);
    all("username", "{\"worker\":\"pturner07\",\"opened\":\"today\"}", &["pturner07"]);
    all("username", "can u unlock TURNERP pls", &["TURNERP"]);
    all("username", "reset ocallaghan2 pls", &["ocallaghan2"]);
    all("username", "Audit extract\npturner viewed salary", &["pturner"]);
    nothing(&["2023-04-05 10:11:12 cron: svc_backup ok", "[10:11:12] worker buddy is here"]);
}

#[test]
fn addresses_in_small_letters_and_boxes() {
    all(
        "address",
        "found at flat 8 byron hse, poets way, hx22 1qa",
        &["flat 8 byron hse, poets way"],
    );
    all(
        "address",
        "Sent to PO Box 77, Ferry Road, York, YO1 9XX",
        &["PO Box 77, Ferry Road, York"],
    );
}

#[test]
fn the_stamps_of_machines_are_no_dates() {
    nothing(&["2024-05-06 09:10:11 INFO batch done"]);
    all("date", "Date of birth 1984-05-06 09:10:11", &["1984-05-06"]);
    all("date", "name,dob\nann,1984-05-06 00:00:00\n1984-05-06 00:00:00,ann", &["1984-05-06"; 2]);
    all("date", "2024-05-06 at 9.10 she rang", &["2024-05-06"]);
}
