//! The structure against a reading byte by byte.

use fearless_simd::{Level, dispatch};
use proptest::prelude::*;

use super::*;

/// The same byte by byte: delimiters, ends, inner breaks and the first bad byte.
fn plainly(
    text: &[u8],
    delimiter: u8,
    last: bool,
) -> (Vec<usize>, Vec<u32>, Vec<u32>, Option<usize>) {
    let (mut delimiters, mut ends, mut inner) = (Vec::new(), Vec::new(), Vec::new());
    let (mut quoted, mut opens, mut closed) = (false, true, false);
    for (at, byte) in text.iter().copied().enumerate() {
        let is_break = matches!(byte, b'\r' | b'\n');
        let is_quote = byte == b'"';
        if closed && !(is_break || is_quote || byte == delimiter) || is_quote && !quoted && !opens {
            return (delimiters, ends, inner, Some(at));
        }
        let pair = |at: usize| text.get(at) == Some(&b'\r') && text.get(at + 1) == Some(&b'\n');
        if is_break && quoted && !(byte == b'\n' && at > 0 && pair(at - 1)) {
            inner.push(at as u32);
        }
        if is_break && !quoted && !pair(at) && (byte == b'\n' || last || at + 1 < text.len()) {
            ends.push(at as u32);
        }
        if byte == delimiter && !quoted {
            delimiters.push(at);
        }
        closed = is_quote && quoted;
        quoted ^= is_quote;
        opens = !quoted && (is_break || byte == delimiter || is_quote);
    }
    (delimiters, ends, inner, None)
}

/// The bytes of the one strange letter of these texts.
const STRANGE: [u8; 3] = [0xe2, 0x82, 0xac];

fn offsets(structure: &Structure) -> Vec<u32> {
    structure.ends().iter().map(|end| end.offset() as u32).collect()
}

fn follow(text: &[u8], from: usize, last: bool, structure: &mut Structure) {
    follow_for(false, text, from, last, structure);
}

fn follow_for(for_names: bool, text: &[u8], from: usize, last: bool, structure: &mut Structure) {
    let level = Level::new();
    let text = Text { bytes: text, last, delimiter: b',', for_names };
    dispatch!(level, simd => structure.follow(simd, text, from, text.bytes.len()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn vectors_see_what_bytes_say(text in "([a,\"\r\n]|,\"|\",|\"\"|\r\n|\u{eb}|\u{20ac}){0,200}", last: bool) {
        let bytes = text.as_bytes();
        let mut structure = Structure::default();
        follow(bytes, 0, last, &mut structure);
        let (delimiters, ends, inner, bad) = plainly(bytes, b',', last);
        prop_assert_eq!(offsets(&structure), ends);
        prop_assert_eq!(structure.inner(), inner);
        prop_assert_eq!(structure.bad(), bad);
        for end in structure.ends() {
            let before = delimiters.iter().filter(|at| **at < end.offset()).count();
            prop_assert_eq!(end.delimiters(), before);
        }
        let sound = bad.unwrap_or(bytes.len());
        for from in (0..sound).step_by(7) {
            let row = structure.ends().iter().filter(|end| end.offset() < from).count();
            prop_assert_eq!(structure.row_at(from), row);
            for to in (from..sound).step_by(13) {
                let strange = (from..to).find(|at| STRANGE.contains(&bytes[*at]));
prop_assert_eq!(structure.next_strange(from, to), strange);
                let here: Vec<usize> =
                    delimiters.iter().copied().filter(|at| (from..to).contains(at)).collect();
                let mut fields = structure.fields(from, to);
                for nth in 0..=here.len() {
                    let start = if nth == 0 { from } else { here[nth - 1] + 1 };
                    let end = here.get(nth).copied().unwrap_or(to);
                    prop_assert_eq!(structure.fields(from, to).field(nth), start..end);
                    prop_assert_eq!(structure.field_at((from, to), start), (nth, start..end));
                    prop_assert_eq!(structure.field_at((from, to), end.max(from)), (nth, start..end));
                    prop_assert_eq!(fields.field(nth), start..end);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn rows_that_are_no_text_end_the_structure(
        parts in proptest::collection::vec((0..10usize, 0..3usize), 0..40),
    ) {
        let bytes: Vec<u8> = parts.iter().flat_map(|(part, times)| {
            let parts: [&[u8]; 10] = [b"\xc3", b"aaaaaaaaaaaaaaaaaaaaaaaaaaa", b",", b"\n", "\u{eb}".as_bytes(), "\u{20ac}".as_bytes(), b"\xff", b"\xe2", b"\x82", b"ab"];
            parts[*part].repeat(*times)
        }).collect();
        let mut structure = Structure::default();
        follow(&bytes, 0, false, &mut structure);
        let ends = offsets(&structure);
        let to = ends.last().map_or(0, |end| *end as usize);
        structure.check_text(&bytes);
        let bad = std::str::from_utf8(&bytes[..to]).err().map(|error| error.valid_up_to());
        prop_assert_eq!((structure.bad(), structure.is_malformed()), (bad, bad.is_some()));
        let sound = bad.unwrap_or(usize::MAX);
        let left: Vec<u32> = ends.into_iter().filter(|end| (*end as usize) < sound).collect();
        prop_assert_eq!(offsets(&structure), left);
    }
}

#[test]
fn where_names_are_looked_for_more_is_strange() {
    let text = "ab,c'd,\u{eb},e`f,x\n".as_bytes();
    for (for_names, strange) in [(false, None), (true, Some(4))] {
        let mut structure = Structure::default();
        follow_for(for_names, text, 0, true, &mut structure);
        structure.check_text(text);
        assert_eq!(structure.next_strange(0, text.len()), strange);
        assert_eq!(structure.bad(), None);
    }
}

#[test]
fn a_stretch_may_be_followed_after_another() {
    let text = b"a,b\nc,\"d\ne\"\n";
    let mut structure = Structure::default();
    follow(text, 0, true, &mut structure);
    assert_eq!((offsets(&structure), structure.inner()), (vec![3, 11], &[8][..]));
    follow(text, 4, true, &mut structure);
    assert_eq!((offsets(&structure), structure.fields(0, 7).field(1)), (vec![7], 2..7));
}
