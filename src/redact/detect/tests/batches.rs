//! Numbers in batches and lists, and in the forms in which staff copy them.

use super::{all, nothing};

#[test]
fn badges_of_the_national_form() {
    let of = |text: &str, badges: &[&str]| all("blue-badge", text, badges);
    of("Blue badge scheme: QWERTZ 0 1122X0928 back", &["QWERTZ 0 1122X0928"]);
    of("Permit swap, BB: HJKLMN-1-0426X0729", &["HJKLMN-1-0426X0729"]);
    of(
        "BB renewal: old KWQRTZ 0 9358X0925, new 7PWEZR 0 4363X0725",
        &["KWQRTZ 0 9358X0925", "7PWEZR 0 4363X0725"],
    );
    of("Blue badge holders permit 0925", &[]);
}

#[test]
fn badges_with_a_letter_and_three_digits_behind() {
    let of = |text: &str, badges: &[&str]| all("blue-badge", text, badges);
    of("BB no. 338120 C417 - ROY, Bo", &["338120 C417"]);
    of("Blue badge stolen: badge no 7QR4K0 D902.", &["7QR4K0 D902"]);
}

#[test]
fn badges_in_batches() {
    let of = |text: &str, badges: &[&str]| all("blue-badge", text, badges);
    of("Two badges in one batch: 447190, 3381204. Printed.", &["447190", "3381204"]);
    of("Badge nos: 338120 / 4471902", &["338120", "4471902"]);
    of("Disabled badges in: Bo Roy (no. 338120), Ada (old no. BB447190)", &["338120", "BB447190"]);
    of("Blue badge panel\ncase 1 9QR4K0 stolen\ncase 2 9QR7D3 used", &["9QR4K0", "9QR7D3"]);
    of("bays: SF57 ASH (Grace, badge 338120)", &["338120"]);
    for worn in [
        "Staff badge 338120 lost",
        "Visitor badges issued: 338120, 338121",
        "badge 338120 handed to reception, with lanyard",
        "Security desk: badge 44719 swiped",
        "Blue Badge refund, order 338120",
    ] {
        of(worn, &[]);
    }
}

#[test]
fn badges_of_councils() {
    let of = |text: &str, badge: &str| all("blue-badge", text, &[badge]);
    of("badge HCC/BB/0447190 to Ada", "HCC/BB/0447190");
    of("blue badge renewal BB/LUT/447190", "BB/LUT/447190");
    of("Badge no. KX-48210, expired", "KX-48210");
    of("Blue Badge decision, Mr A Roy, ref K20931AB07", "K20931AB07");
    nothing(&["ref K20931AB07 for the fence", "Blue badge team file LA/PAR/338120"]);
}

#[test]
fn companies_in_lists_and_by_their_abbreviation() {
    let of = |text: &str, companies: &[&str]| all("company", text, companies);
    of(
        "Companies on our list: Oak (04417790), Elm (SC338120), Ash (05512345)",
        &["04417790", "SC338120", "05512345"],
    );
    of("manager co. NI338120; complaint", &["NI338120"]);
    of("sort 20-11-33 acct 04418826; co.  10028814", &["10028814"]);
    of("Co. FC044719 is a branch", &["FC044719"]);
    of("Company 04417790 struck off; Bo Roy also runs 05512345.", &["04417790", "05512345"]);
    of("Suppliers\tOak Signs\t04417790\t20-11-33\t12345678", &["04417790"]);
    of("Co-op card 04417790, Mexico 04417790", &[]);
    of("Companies we called: Oak, order 12345678", &[]);
}

#[test]
fn taxpayers_in_lists() {
    let text = "Subbies to verify: Ada 1123456789 / Bo 2123456789";
    all("utr", text, &["1123456789"]);
    all("utr", "sole tr\t1123456789", &["1123456789"]);
    all("utr", "subbie's order 1123456789", &[]);
}

#[test]
fn registrations_behind_assessors() {
    let of = |text: &str, pins: &[&str]| all("hcpc", text, pins);
    of("CHC | assessor Ann Lee, PH33812", &["PH33812"]);
    of("Occ health report by Bo Roy (AS-338120)", &["AS-338120"]);
    of("Assessors Ann Lee and Bo Roy, the latter PA 33812.", &["PA 33812"]);
    of("Loss assessor Bo Roy, PO 338120", &[]);
    of("assessor said SL338120", &[]);
    for text in ["assessor Bo Roy, SL338120", "Subject: SR338120", "old blue badge BB338120"] {
        all("nino", text, &[]);
    }
    all("nino", "AB338120", &["AB338120"]);
}

#[test]
fn accounts_of_council_tax_that_say_so() {
    let of = |text: &str, accounts: &[&str]| all("council-tax", text, accounts);
    of("C/tax batch\n37710597Z\tRoy\nCT4471902\tLee", &["37710597Z", "CT4471902"]);
    of("Bailiff visit: acct 4471 9021 33 unpaid", &["4471 9021 33"]);
    of("scan CT4471902 of chest", &[]);
}

#[test]
fn accounts_and_sort_codes_in_either_order() {
    let both = |text: &str, code: &str, account: &str| {
        all("sort-code", text, &[code]);
        all("bank-account", text, &[account]);
    };
    both("Wages bounced: 44719021 / 203344", "203344", "44719021");
    both("Refund paid 203344/44719021", "203344", "44719021");
    both("20-33-44/44719021", "20-33-44", "44719021");
    both("Savings a/c: 44719021 (23-05-80)", "23-05-80", "44719021");
    both("account 44719021, branch 20 33 44.", "20 33 44", "44719021");
    for text in ["Order 44719021 / 203344", "Case 203344/44719021", "invoice 44719021 (20-03-24)"] {
        all("sort-code", text, &[]);
    }
}

#[test]
fn users_by_what_they_do_and_beside_their_names() {
    let of = |text: &str, users: &[&str]| all("username", text, users);
    of("Pls create log-ins:\nTunde Adeyemi = adeyemit\nBo Roy - roy.bo", &["adeyemit"]);
    of("Web log: 2001:db8::a0 - tmoyor [18:39:25]", &["tmoyor"]);
    of("record opened by zkartmell 16:02", &["zkartmell"]);
    of("letter opened by mistake 16:02", &[]);
    of("revoke nfq-temp04 & zb_ext", &["nfq-temp04", "zb_ext"]);
    of("Online donor swiftfox77 gave £10", &["swiftfox77"]);
    of("DM from nightowl88", &["nightowl88"]);
    of("posted on insta under 'zz_top7'", &["zz_top7"]);
    of("Login history: t.okonjo 09:01; t.okonjo 17:44", &["t.okonjo", "t.okonjo"]);
    of("The user was cross", &[]);
}

#[test]
fn plates_beside_words_of_cars() {
    let of = |text: &str, plates: &[&str]| all("vehicle", text, plates);
    of("sat in a grey f123 abc", &["f123 abc"]);
    of("van clipped qzk 412 in the car park", &["qzk 412"]);
    of("pothole damage to KZP 44 alloy", &["KZP 44"]);
    for text in [
        "car park bay 319",
        "vehicle seen, CAD 0391",
        "hi-vis bracket GT25 ABC",
        "GT28 ABC x 232 in stock",
        "film batch LX12 ABC",
        "damage to ISO 900 door",
    ] {
        of(text, &[]);
    }
}

#[test]
fn streets_of_dukes_and_houses_with_an_article() {
    let of = |text: &str, addresses: &[&str]| all("address", text, addresses);
    of("at 12 Duke of York Street, Luton", &["12 Duke of York Street, Luton"]);
    of("Lives at The Elms, Church Lane", &["The Elms, Church Lane"]);
    of("The Old Forge, Church End, Barton", &["The Old Forge, Church End, Barton"]);
    of("Owner Mr Bo Roy, The Granary, Mill Lane", &["The Granary, Mill Lane"]);
    of("3 Friends of Stopsley Park came", &[]);
}
