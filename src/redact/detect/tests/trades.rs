//! What lists, brackets and the words of a trade tell where nothing stands right before.

use super::{all, nothing};

#[test]
fn a_national_insurance_number_without_its_suffix_needs_a_word() {
    all("nino", "Payroll query: AB123456 is on the old slip", &["AB123456"]);
    all("nino", "AB123456C is hers", &["AB123456C"]);
    nothing(&[
        "Boiler checked, gas cert AB123456 lapsed",
        "Nursery URN AB123456, payroll asked",
        "Swab taken, lab no AB123456",
    ]);
}

#[test]
fn numbers_of_companies_behind_short_words() {
    let list = "UTR and co. list\nAnn Lee - SC123456 - x\nBo Roy - 12345678 - y";
    all("company", list, &["SC123456", "12345678"]);
    all("company", "She owns a firm, no. 01234567.", &["01234567"]);
    all("company", "Other co. NF001234.", &["NF001234"]);
    all("company", "passport 123456789, co 12345678", &["12345678"]);
}

#[test]
fn badges_below_headings_and_before_their_word() {
    all("blue-badge", "BB renewals - Ann Lee (123456), Bo Roy (1234567).", &["123456", "1234567"]);
    all("blue-badge", "Lost: 1234567 (blue badge, stolen)", &["1234567"]);
    all("blue-badge", "Blue badge stolen. Badge 1128X3387 seen", &["1128X3387"]);
    all("blue-badge", "blue badge ref BB-2025-004417, late", &["BB-2025-004417"]);
    all("blue-badge", "Parts - Ann Lee (123456); part 1128X3387", &[]);
}

#[test]
fn users_behind_what_is_said_of_them() {
    all("username", "Her ex also uses dezar03 at the portal.", &["dezar03"]);
    all("username", "Troll accounts: mxu65, trantzel", &["mxu65", "trantzel"]);
    all("username", "Insta handle of the girl is huongz85x", &["huongz85x"]);
    all("username", "Forum: banned zduhan17 and petra_oz", &["zduhan17", "petra_oz"]);
    all("username", "user list\nzfairweather;Zed Fairweather;active", &["zfairweather"]);
    all("username", "The forum banned e-scooters and uses co-codamol.", &[]);
}

#[test]
fn plates_of_rides_and_of_brackets() {
    all("vehicle", "They drove him to hospital in UDN 578.", &["UDN 578"]);
    all("vehicle", "Engineer's note - YVN868 - cat S - PAV", &["YVN868"]);
    all("vehicle", "Reg: AB12 CDE (Ann Lee), UBN 574 (Bo)", &["AB12 CDE", "UBN 574"]);
    all("vehicle", "Section 19 permit SB5723", &[]);
    all("vehicle", "taxi driver, plate HC 673, vehicle reg P649 AJM", &["P649 AJM"]);
    all("vehicle", "Speech therapy. Parked. 6 x 45 min block", &[]);
}

#[test]
fn codes_and_addresses_of_devices_beside_others() {
    all("sort-code", "Pay to a/c 14162275 (115177) next", &["115177"]);
    let lease = "voucher\n7a:11:f0:9d:e2:44 10:02\nd83bbf02c6e1 10:40";
    all("mac", lease, &["7a:11:f0:9d:e2:44", "d83bbf02c6e1"]);
    all("username", lease, &[]);
    all("ip", "bumps lib to 1.1.1.1-rc2", &[]);
    all(
        "hcpc",
        "HCPC search of names that are long and many. Ann Lee, dietitian - DT4565",
        &["DT4565"],
    );
    all("driving-licence", "Driver: Ann Lee (lic 94677822)", &["94677822"]);
    all("council-tax", "Council Tax Support. Ref no. CTS 66104417", &["CTS 66104417"]);
    all("council-tax", "council tax is with the bailiff Ann Lee, 01174960898", &[]);
}
