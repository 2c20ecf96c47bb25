//! The search and the row-by-row reader give the same: records, reports, places.

use std::collections::BTreeMap;

use holdall_connector::Compare;
use holdall_connector::{Lookup, Match, Path};
use holdall_scan::blocks::Cut;
use proptest::prelude::*;

use crate::agree::{COMPARES, agree};
use crate::settings::Layout;

fn holds(text: &[u8], lookup: &Lookup, layout: &Layout, cut: Cut, limit: usize) {
    let folder = tempfile::tempdir().unwrap();
    agree(&folder.path().join("t.csv"), text, lookup, layout, cut, limit);
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(&[
            "17", "ada@example.org", "ADA@Example.org", "+44 7700 900123", "07700 900123",
            "Hart, Ada", "Mrs Ada Hart", "2 March 1984", "1984-03-02", "QQ 12 34 56 C", "Zoe\u{308}",
            "zo\u{eb}", "\u{212A}ate@example.org", "kate@example.org", "\u{17f}am@example.org", "sam@example.org", "say \"no\"", "", " ", "#5",
            "Ada O'Brien", "ada obrien", "\u{c1}da HART", "Hart", "O`BRIEN, ADA", "1234", "01234", "x1234", "12345",
        ][..]).prop_map(String::from),
        1 => "[a-c=,\"\r\n# ]{0,6}",
        1 => "\\PC{0,5}",
    ]
}

/// A field as it stands in a file: mostly well written.
fn written() -> impl Strategy<Value = String> {
    (cell(), 0..12u8).prop_map(|(text, how)| match how {
        0 => text,
        1 => format!("\"{text}\""),
        2 => format!(" \"{}\"", text.replace('"', "\"\"")),
        3..6 if !text.contains([',', '"', '\r', '\n']) => text,
        _ => format!("\"{}\"", text.replace('"', "\"\"")),
    })
}

fn row() -> impl Strategy<Value = String> {
    let fields = prop_oneof![9 => Just(3usize), 1 => 0..5usize];
    let ends = prop::sample::select(&["\n", "\n", "\n", "\r\n", "\r\n", "\r", "\n\n"][..]);
    (fields, ends).prop_flat_map(|(count, end)| {
        prop::collection::vec(written(), count).prop_map(move |cells| cells.join(",") + end)
    })
}

fn lookup() -> impl Strategy<Value = Lookup> {
    let compare = prop_oneof![0..COMPARES.len(), Just(0), Just(1), Just(5)];
    let asked = (0..3usize, compare, prop::collection::vec(cell(), 1..4));
    prop::collection::vec(asked, 1..4).prop_map(|asked| {
        let any = asked.into_iter().map(|(column, compare, texts)| {
            let compare = COMPARES[compare];
            let values = texts.iter().filter_map(|text| compare.normalise(text)).collect();
            Match { column: Path::column(["a", "b", "c"][column]), compare, values }
        });
        Lookup { table: "t".into(), any: any.collect() }
    })
}

fn layout() -> impl Strategy<Value = Layout> {
    (any::<bool>(), any::<bool>(), 0..2u64).prop_map(|(comment, headless, skip_lines)| Layout {
        encoding: Some(encoding_rs::UTF_8),
        delimiter: Some(b','),
        headless: headless.then(|| ["a", "b", "c"].map(String::from).to_vec()),
        skip_lines,
        comment: comment.then_some(b'#'),
    })
}

fn sizes() -> impl Strategy<Value = Cut> {
    (1..200usize, 1..300u64).prop_map(|(block, part)| Cut { block, part })
}

/// The text of a file: a line to skip, a header, rows, perhaps a byte that is no text.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let broken = prop::option::weighted(0.1, any::<prop::sample::Index>());
    (prop::collection::vec(row(), 0..40), broken, any::<bool>()).prop_map(|(rows, broken, mark)| {
        let head = if mark { "\u{feff}a,b,c\n" } else { "x\na,b,c\n" };
        let mut text = (head.to_owned() + &rows.concat()).into_bytes();
        if let Some(at) = broken {
            let at = at.index(text.len());
            text.insert(at, 0xFF);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn search_equals_row_by_row(
        text in file(), lookup in lookup(), layout in layout(), cut in sizes(),
        limit in prop_oneof![Just(1000usize), 4..120usize],
    ) {
        holds(&text, &lookup, &layout, cut, limit);
    }

    #[test]
    fn search_equals_row_by_row_on_rubbish(
        text in "[a1,\"#\r\n ]{0,300}", lookup in lookup(), layout in layout(), cut in sizes(),
        limit in prop_oneof![Just(1000usize), 4..60usize],
    ) {
        holds(text.as_bytes(), &lookup, &layout, cut, limit);
    }

    #[test]
    fn search_equals_row_by_row_in_other_encodings(
        text in file(), lookup in lookup(), cut in sizes(), wide in any::<bool>(),
    ) {
        let text = String::from_utf8_lossy(&text).replace('\u{feff}', "");
        let bytes: Vec<u8> = if wide {
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
        } else {
            encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
        };
        let layout = Layout { delimiter: Some(b','), ..Layout::default() };
        holds(&bytes, &lookup, &layout, cut, 1000);
    }
}

/// Every character that stands for a letter of ASCII, at the start, inside and at the end of a value.
#[test]
fn a_value_is_found_however_its_letters_are_written() {
    for compare in [Compare::Caseless, Compare::Name] {
        let mut spellings: BTreeMap<String, String> = BTreeMap::new();
        for c in ('A'..='\u{ffff}').chain('\u{1d400}'..='\u{1d7ff}') {
            let form = compare.normalise(c.encode_utf8(&mut [0; 4]));
            if let Some(form) = form.filter(|form| form.is_ascii() && form.len() == 1) {
                let rows = spellings.entry(form).or_default();
                *rows += &format!("17,{c}amxo,{c}\n17,x{c}mxo,1\n17,xamx{c},1\n");
            }
        }
        for (letter, rows) in spellings {
            let text = format!("a,b,c\n{rows}17,17,17\n");
            let values =
                ["?amxo", "x?mxo", "xamx?"].map(|value| value.replace('?', &letter)).into();
            let any = vec![Match { column: Path::column("b"), compare, values }];
            let lookup = Lookup { table: "t".into(), any };
            let layout = Layout { delimiter: Some(b','), ..Layout::default() };
            holds(text.as_bytes(), &lookup, &layout, Cut { block: 300, part: 500 }, 10_000);
        }
    }
}

/// Line breaks in quotes at every edge: no part begins where a row does by chance alone.
#[test]
fn parts_that_begin_inside_quotes_are_read_again() {
    let mut text = String::from("a,b,c\n");
    for n in 0..200 {
        text += &format!(
            "{n},\"x,y,z\n1,2,3\n\"\"q\"\",r\n17,ada@example.org,z\",\"ada{n}@example.org\"\n"
        );
    }
    let values = ["ada17@example.org".to_owned(), "ada199@example.org".to_owned()].into();
    let any = vec![Match { column: Path::column("c"), compare: Compare::Caseless, values }];
    let lookup = Lookup { table: "t".into(), any };
    for (block, part) in [(7, 50), (64, 64), (100, 333), (4096, 1000)] {
        holds(text.as_bytes(), &lookup, &Layout::default(), Cut { block, part }, 10_000);
    }
}
