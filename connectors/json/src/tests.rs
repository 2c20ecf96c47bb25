//! The search and the line-by-line reader give the same records and reports at the same places.

use std::collections::BTreeMap;

use holdall_connector::{Compare, Lookup, Match, Path};
use holdall_scan::blocks::Cut;
use proptest::prelude::*;

use crate::agree::{COLUMNS, COMPARES, agree};

fn compare(text: &[u8], lookup: &Lookup, cut: Cut) {
    let folder = tempfile::tempdir().unwrap();
    agree(&folder.path().join("t.jsonl"), text, lookup, cut);
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(&[
            "17", "17.0", "1e5", "true", "ada@example.org", "ADA@Example.org", "+44 7700 900123",
            "07700 900123", "Hart, Ada", "2 March 1984", "\u{212A}ate@example.org", "kate@example.org",
            "zo\u{eb}", "", "a", "\"a\":", "\\", "a/b", "Ada O'Brien", "ada obrien", "\u{c1}da HART",
            "Hart", "O`BRIEN, ADA", "1234", "01234", "x1234", "12345",
        ][..]).prop_map(String::from),
        1 => "\\PC{0,5}",
    ]
}

/// A string as it stands in a file: some characters as escapes.
fn string(text: &str, escape: u8) -> String {
    let mut out = String::from("\"");
    for (index, c) in text.chars().enumerate() {
        let every = escape > 0 && index % usize::from(escape) == 0;
        match c {
            _ if every => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|u| out += &format!("\\u{u:04X}"));
            }
            '"' | '\\' => out.extend(['\\', c]),
            '/' if escape == 0 && index % 2 == 1 => out += "\\/",
            c if c.is_control() => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

fn value() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        5 => (text(), 0..4u8).prop_map(|(text, escape)| string(&text, escape)),
        2 => prop::sample::select(&["17", "-17", "17.0", "1e5", "1E+5", "100000", "1234", "true", "null", "-0"][..])
            .prop_map(String::from),
    ];
    scalar.prop_recursive(2, 6, 3, |inner| {
        let field = (prop::sample::select(&["a", "to", "b"][..]), inner.clone());
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(|items| format!("[{}]", items.join(","))),
            field.prop_map(|(key, value)| format!("{{{} : {value}}}", string(key, 0))),
        ]
    })
}

fn line() -> impl Strategy<Value = String> {
    let key = (prop::sample::select(&["a", "to", "b", "n\u{ef}ve", "x"][..]), 0..5u8);
    let field = (key, value(), prop::sample::select(&[":", ": ", " :\t"][..]))
        .prop_map(|((key, escape), value, colon)| string(key, escape) + colon + &value);
    let fields = prop::collection::vec(field, 0..4).prop_map(|f| format!("{{{}}}", f.join(",")));
    let ends = prop::sample::select(&["\n", "\n", "\r\n", "\n\n", "\n \n"][..]);
    (fields, any::<prop::sample::Index>(), 0..12u8, ends).prop_map(|(line, at, damage, end)| {
        let at =
            (0..=at.index(line.len() + 1)).rev().find(|at| line.is_char_boundary(*at)).unwrap();
        let (before, after) = line.split_at(at);
        let line = match damage {
            0 => before.to_owned(),
            1 => format!("{before}\"{after}"),
            2 => format!("  {line}\t"),
            _ => line,
        };
        line + end
    })
}

/// Lines that are written alike: the same keys, other scalars, and now and then a byte that differs.
fn alike() -> impl Strategy<Value = String> {
    let key = prop::sample::select(
        &["a", "to", "b", "x", "a_key_that_is_longer_than_most_are_and_goes_on_and_on_for_a_while"]
            [..],
    );
    let scalar = prop_oneof![
        4 => (text(), 0..6u8).prop_map(|(text, escape)| string(&text, escape)),
        1 => "[a-z]{50,90}".prop_map(|text| format!("\"{text}\"")),
        3 => "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?",
        1 => prop::sample::select(&["1,\"ada@example.org\" ,null", "\"a\",\"17\"", "1,,2", "null", "true", "false", "01", "1.", "nul", "\"\\x\"", "\"\\ud800\"", "{}", "[]"][..])
            .prop_map(String::from),
    ];
    let keys = prop::collection::vec((key, 0..4u8), 1..5);
    (keys, prop::sample::select(&["\n", "\r\n"][..])).prop_flat_map(move |(keys, end)| {
        let count = keys.len();
        let lines = prop::collection::vec(
            (prop::collection::vec(scalar.clone(), count), 0..20u8, any::<prop::sample::Index>()),
            1..30,
        );
        lines.prop_map(move |lines| {
            let write = |(scalars, damage, at): (Vec<String>, u8, prop::sample::Index)| {
                let fields = keys.iter().zip(scalars).enumerate().map(
                    |(n, ((key, how), scalar))| match how {
                        0 => format!("\"{key}{n}\":{scalar}"),
                        1 => format!("\"{key}\": {scalar}"),
                        2 => format!("\"to\":{{\"a\":[{scalar}]}}"),
                        _ => format!("\"b{n}\":[{scalar}, 1,{scalar}]"),
                    },
                );
                let mut line = format!("{{{}}}", fields.collect::<Vec<_>>().join(","));
                let at = (0..=at.index(line.len())).rev().find(|at| line.is_char_boundary(*at));
                match (damage, at) {
                    (0, Some(at)) => line.insert(at, ' '),
                    (1, Some(at)) => line.insert(at, ','),
                    (2, Some(at)) => drop(line.remove(at)),
                    _ => {}
                }
                line + end
            };
            lines.into_iter().map(write).collect()
        })
    })
}

/// Lines of one shape, column by column, of which at most one has a byte that differs.
fn uniform() -> impl Strategy<Value = String> {
    let key = prop::sample::select(&["a", "to", "b", "x"][..]);
    let number = "-?(0|[1-9][0-9]{0,9})(\\.[0-9]{1,9})?";
    let cell = ((text(), 0..3u8).prop_map(|(text, escape)| string(&text, escape)), number).boxed();
    prop::collection::vec((key, any::<bool>()), 2..7).prop_flat_map(move |keys| {
        let lines = prop::collection::vec(prop::collection::vec(cell.clone(), keys.len()), 10..60);
        let damage = prop::option::of((any::<prop::sample::Index>(), 0..5usize));
        (lines, damage).prop_map(move |(lines, damage)| {
            let write = |cells: Vec<(String, String)>| {
                let fields =
                    keys.iter().zip(cells).enumerate().map(|(n, ((key, is_text), cell))| {
                        let n = if n == 0 { String::new() } else { n.to_string() };
                        format!("\"{key}{n}\":{}", if *is_text { cell.0 } else { cell.1 })
                    });
                format!("{{{}}}\n", fields.collect::<Vec<_>>().join(","))
            };
            let mut text: String = lines.into_iter().map(write).collect();
            if let Some((at, how)) = damage {
                let at = (0..at.index(text.len())).rev().find(|at| text.is_char_boundary(*at));
                let at = at.unwrap_or(0);
                if how == 4 && at < text.len() {
                    text.remove(at);
                } else {
                    text.insert(at, ['"', ' ', '1', '\\'][how % 4]);
                }
            }
            text
        })
    })
}

fn lookup() -> impl Strategy<Value = Lookup> {
    let compare = prop_oneof![0..COMPARES.len(), Just(0), Just(1), Just(5)];
    let asked = (0..COLUMNS.len(), compare, prop::collection::vec(text(), 1..4));
    prop::collection::vec(asked, 1..4).prop_map(|asked| {
        let any = asked.into_iter().map(|(column, compare, texts)| {
            let compare = COMPARES[compare];
            let values = texts.iter().filter_map(|text| compare.normalise(text)).collect();
            Match { column: Path::parse(COLUMNS[column]).unwrap(), compare, values }
        });
        Lookup { table: "t".into(), any: any.collect() }
    })
}

fn sizes() -> impl Strategy<Value = Cut> {
    (1..200usize, 1..300u64).prop_map(|(block, part)| Cut { block, part })
}

/// Every character that stands for a letter of ASCII, at the start, inside and at the end of a value,
/// plain and escaped.
#[test]
fn a_value_is_found_however_its_letters_are_written() {
    for how in [Compare::Caseless, Compare::Name] {
        let mut spellings: BTreeMap<String, String> = BTreeMap::new();
        for c in ('A'..='\u{ffff}').chain('\u{1d400}'..='\u{1d7ff}') {
            let form = how.normalise(c.encode_utf8(&mut [0; 4]));
            if let Some(form) = form.filter(|form| form.is_ascii() && form.len() == 1) {
                let lines = spellings.entry(form).or_default();
                for value in [format!("{c}amxo"), format!("x{c}mxo"), format!("xamx{c}")] {
                    *lines += &format!("{{\"a\":{},\"b\":1}}\n", string(&value, 0));
                    *lines += &format!("{{\"a\":{},\"b\":1}}\n", string(&value, 3));
                    *lines += &format!("{{\"a\":\"\\n{value}\",\"b\":1}}\n");
                }
            }
        }
        for (letter, lines) in spellings {
            let values =
                ["?amxo", "x?mxo", "xamx?"].map(|value| value.replace('?', &letter)).into();
            let any = vec![Match { column: Path::column("a"), compare: how, values }];
            let lookup = Lookup { table: "t".into(), any };
            compare(lines.as_bytes(), &lookup, Cut { block: 300, part: 500 });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn search_equals_line_by_line(
        lines in prop::collection::vec(line(), 0..30), lookup in lookup(), cut in sizes(),
        broken in prop::option::weighted(0.1, any::<prop::sample::Index>()),
    ) {
        let mut text = format!("{{}}\n{}", lines.concat()).into_bytes();
        if let Some(at) = broken {
            let at = at.index(text.len());
            text.insert(at, 0xFF);
        }
        compare(&text, &lookup, cut);
    }

    #[test]
    fn search_equals_line_by_line_where_lines_are_alike(
        lines in alike(), lookup in lookup(), cut in (100..4000usize, 100..6000u64),
    ) {
        let (block, part) = cut;
        compare(format!("{{}}\n{lines}").as_bytes(), &lookup, Cut { block, part });
    }

    #[test]
    fn search_equals_line_by_line_on_rubbish(
        text in "([{}a:,1\"\\\\u0n \\[\\]]{0,12}|\\{\"a\":\"?17\"?\\}|\n){0,60}", lookup in lookup(), cut in sizes(),
    ) {
        compare(format!("{{}}\n{text}").as_bytes(), &lookup, cut);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn search_equals_line_by_line_where_lines_have_one_shape(
        lines in uniform(), lookup in lookup(), cut in (200..2000usize, 1000..9000u64),
    ) {
        let (block, part) = cut;
        compare(lines.as_bytes(), &lookup, Cut { block, part });
    }
}

#[test]
fn an_escaped_quote_ends_no_string_in_a_line_like_others() {
    let sound = "{\"a\":\"x\\\"y\",\"b\":\"z\"}\n";
    let broken = [
        "{\"a\":\"\"\\\",\"b\":\"z\"}\n",
        "{\"a\":\"x\\\"y\",\"b\":\"\"\\\"}\n",
        "{\"a\":\"\\\"\",\"b\":\"\"\\\"}\n",
    ];
    let values = ["z", "a"].map(str::to_owned).into();
    let any = vec![Match { column: Path::parse("a").unwrap(), compare: Compare::Exact, values }];
    let lookup = Lookup { table: "t".into(), any };
    for line in broken {
        let text = format!("{}{line}{}", sound.repeat(9), sound.repeat(9));
        for block in [50, 400, 4000] {
            compare(text.as_bytes(), &lookup, Cut { block, part: 1 << 20 });
        }
    }
}
