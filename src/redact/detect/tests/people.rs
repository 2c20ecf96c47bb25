//! Where names start and end, and what beside them tells them.

use super::spans;

/// Checks that these people are found, in order, among what else there is.
fn people(text: &str, values: &[&str]) {
    let of = |span: &String| span.strip_prefix("person=").map(str::to_owned);
    let found: Vec<String> = spans(text).iter().filter_map(of).collect();
    assert_eq!(found, values, "{text}");
}

#[test]
fn an_initial_keeps_the_stop_that_ends_no_sentence() {
    people("Lifts\nEmmanuel Q. – minibus\nKatarzyna B.\nnone", &["Emmanuel Q.", "Katarzyna B."]);
    people("Rejected: Darius F., no number", &["Darius F."]);
    people("I told Josh B. Notes follow.", &["Josh B"]);
}

#[test]
fn small_words_before_a_surname_belong_to_it() {
    people("References - van der Meer, Zsófia, 12", &["van der Meer, Zsófia"]);
    people("Nowicki, Beata / de Vries, Andrei", &["Nowicki, Beata", "de Vries, Andrei"]);
    people("SEN list: ap Rhys, Sian 12", &["ap Rhys, Sian"]);
    people("Teacher Mrs da Silva called.", &["da Silva"]);
    people("Sub-contractor PROBERT, Mohammed", &["PROBERT, Mohammed"]);
    people("Cust: Mark St John", &["Mark St John"]);
}

#[test]
fn devices_are_named_after_people() {
    people("lease 192.0.2.1 Rumana-ipad", &["Rumana"]);
    people("Leroy-laptop Rumana-ipad", &["Leroy", "Rumana"]);
    people("hostname \"Lihua-PC\" seen", &["Lihua"]);
    people("phone named \"Blessing's iPhone\"", &["Blessing"]);
    people("Approver's phone: 0117 496 0520", &[]);
}

#[test]
fn first_names_in_brackets_behind_numbers() {
    people("On site: RMY 687 (Poppy), T237 LLR (visitor)", &["Poppy"]);
    people("desk: ODP173472 (Wei), RA 66051 (Will)", &["Wei", "Will"]);
    people("bays: SF57 ASH (Grace, badge 730197)", &["Grace"]);
    people("paid 12345678 (May), 374652954805400 (Amex)", &[]);
}

#[test]
fn families_are_people() {
    people("the tax of the Penrose family is late", &["Penrose"]);
    people("It says the Kowalczyks burn rubbish.", &["Kowalczyks"]);
    people("the Crown family room, the Mondays", &[]);
}

#[test]
fn words_of_work_before_and_behind_are_no_part() {
    people("Booker Callum Ashby rang", &["Callum Ashby"]);
    people("Clmt Ezgi Kaya thinks so", &["Ezgi Kaya"]);
    people("Present: Nasreen Qureshi HO", &["Nasreen Qureshi"]);
    people("Co-claimant's partner Eoin rang", &["Eoin"]);
    people("Holder's daughter Mizanur will collect", &["Mizanur"]);
    for text in [
        "Will confirm. Mark-up 55.7%.",
        "Phish came from outside.",
        "Log-ins wanted",
        "To: Blue Badge Team",
        "Pregnant, EDD June.",
        "Agent: Kestrel Lets Ltd, paid",
        "Brit passport seen",
    ] {
        people(text, &[]);
    }
}

#[test]
fn ranks_that_are_small_words_of_surnames() {
    people("Twins: Chiara Di Marco, G Di Marco", &["Chiara Di Marco", "G Di Marco"]);
    people("Diets: VAN DER MEER, Luca - none", &["VAN DER MEER, Luca"]);
    people("Staff list\nap Rhys, Sian, OT", &["ap Rhys, Sian"]);
    people("Seen by DI Marsh today", &["Marsh"]);
}

#[test]
fn names_with_what_stands_before_and_behind() {
    people("Starters:\nKehinde A. – 07 11 16", &["Kehinde A."]);
    people("Sr Immaculata asked him to go.", &["Immaculata"]);
    people("Badge no | Holder | Reg", &[]);
}

#[test]
fn surnames_first_behind_labels_and_before_fields() {
    people("Employee O'Shea, Dermot (staff no 7)", &["O'Shea, Dermot"]);
    people("re Hancock, Bogdan, dob 7/8/2000", &["Hancock, Bogdan"]);
    people("married, surname now Hosseini. Copy seen", &["Hosseini"]);
}

#[test]
fn firms_and_rooms_that_begin_like_people() {
    people("Client: Brightbrick Lettings", &[]);
    people("Tenant Hartwell & Stone Ltd has left", &[]);
    people("See you in the Grace Jones room.", &[]);
    people("12 x Dell P2422H, 40 from Viking, insurer Aviva", &[]);
}
