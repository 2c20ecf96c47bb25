//! What is a withheld value in a text, and what only looks like one.

use super::*;

fn withheld(values: &[(Sort, &str, Reach)]) -> Withheld {
    let mut builder = Builder::new(Labels::default());
    for (sort, text, reach) in values {
        builder.withhold(*sort, text, *reach, 0);
    }
    builder.shield(Sort::Name, "Mary Ann Lee");
    builder.build()
}

fn check(sort: Sort, value: &str, hits: &[&str], misses: &[&str]) {
    let withheld = withheld(&[(sort, value, Reach::Everywhere)]);
    for text in hits {
        assert!(withheld.find(text, Where::Page).is_some(), "{value} in {text}");
    }
    for text in misses {
        assert!(withheld.find(text, Where::Data).is_none(), "{value} not in {text}");
    }
}

#[test]
fn email() {
    check(
        Sort::Email,
        "ann@x.org",
        &[
            "ann@x.org",
            "<ANN@X.ORG>.",
            "ann@x.org,",
            "a\u{200B}nn@x.org",
            "ann&#64;x.org",
            "ann [at] x [dot] org",
            "ann @ x.org",
            "mailto:ann%40x.org",
            "ａｎｎ＠ｘ．ｏｒｇ",
        ],
        &["joann@x.org", "jo.ann@x.org", "ann@x.org.uk", "ann@xx.org", "ann@xorg", "ann x org"],
    );
}

#[test]
fn numbers() {
    check(
        Sort::Code,
        "100234",
        &["100234", "no.100234.", "(100234)"],
        &["1002345", "1,002.34", "100 234", "100234.50", "0.100234", "x100234", "2,100234"],
    );
    check(
        Sort::Code,
        "AB 12 34 56 C",
        &["ab123456c", "AB-12-34-56-C"],
        &["AB1234567C", "xAB123456C"],
    );
    check(
        Sort::Code,
        "943 476 5919",
        &["9434765919", "943-476-5919"],
        &["94347659190", "943,476,5919"],
    );
}

#[test]
fn phone() {
    let ways =
        ["07700 900123", "+447700900123", "+44 (0)7700 900-123", "0044 7700 900123", "7700900123"];
    for value in &ways[..4] {
        check(Sort::Phone, value, &ways, &["077009001234", "07700 900124"]);
    }
    check(Sort::Phone, "+1 202 555 0123", &["+12025550123", "001 202 555 0123"], &["2025550123"]);
}

#[test]
fn name() {
    check(
        Sort::Name,
        "Ann Lee",
        &[
            "ANN LEE",
            "Lee, Ann",
            "Mrs Ann Lee's",
            "ann.lee",
            "AnnLee",
            "Änn\u{A0}Lée",
            "ann-lee",
            "Ann\nLee",
            "A\u{AD}nn Lee",
            "Ann%20Lee",
        ],
        &[
            "Joann Lee",
            "Ann Leeson",
            "I met Ann. Lee came",
            "annlee",
            "Mary Ann Lee",
            "Ann and Lee",
        ],
    );
}

#[test]
fn signs_inside_and_between_the_words_of_a_name() {
    let ways = [
        "Ann O'Lee",
        "Ann O&#39;Lee",
        "O&#x2019;Lee, Ann",
        "ann%20o%27lee",
        "Ann 👩\u{200D}🦰 O’Lee",
    ];
    check(Sort::Name, "Ann O'Lee", &ways, &["Ann & O'Lee", "Ann O&amp;Lee", "Ann 5% O'Lee"]);
}

#[test]
fn prose_goes_on_to_its_end() {
    let long = "the committee met on Tuesday and found that nothing could be done about the roof \
        until the surveyor had been paid in full by all of the parties";
    let cut = long.replace("parties", "others");
    let shouted = long.to_uppercase().replace(' ', "\n  ");
    check(Sort::Prose, long, &[long, &shouted, &format!("«{long}»")], &[&cut, &format!("{long}s")]);
}

#[test]
fn a_word_counts_in_data_with_a_capital() {
    let withheld = withheld(&[(Sort::Name, "Bilal", Reach::Data)]);
    assert_eq!(withheld.find("so Bilal's", Where::Data), Some(3..8));
    assert_eq!(withheld.find("so bilal", Where::Data), None);
    assert_eq!(withheld.find("so Bilal", Where::Page), None);
}

#[test]
fn scripts_without_spaces_have_no_borders() {
    check(Sort::Name, "王小明", &["見到王小明了"], &["王小"]);
}

#[test]
fn what_is_packed_is_found() {
    use base64::Engine;
    let pack = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let withheld = Withheld::of(&["quillon@example.net"]);
    let once = pack("Write to Quillon@example.net, she said.");
    for body in [once.clone(), pack(&once), format!("a {once}, b")] {
        assert!(withheld.find(&body, Where::Page).is_some(), "{body}");
    }
    assert_eq!(withheld.find(&pack("Write to quill@example.net, she said."), Where::Data), None);
}
