//! What rules most values out before they are brought into a normal form: a few bits of all their
//! bytes, the last letters of names, the last digits of telephone numbers.

use std::collections::BTreeSet;

/// The last three letters of names, a bit for each. A name that is written with three ASCII letters
/// at its end, the last name behind the first, has them at the end of its normal form, whatever
/// comes before them.
#[derive(Debug)]
pub(crate) struct Tails(Vec<u64>);

impl Tails {
    pub(crate) fn of(values: &BTreeSet<String>) -> Self {
        let mut tails = vec![0; 1 << 9];
        for value in values {
            if let Some((word, bit)) = Self::place(value.as_bytes())
                && let Some(bits) = tails.get_mut(word)
            {
                *bits |= bit;
            }
        }
        Self(tails)
    }

    #[inline(always)]
    fn place(name: &[u8]) -> Option<(usize, u64)> {
        let tail =
            name.last_chunk::<3>().filter(|tail| tail.iter().all(u8::is_ascii_alphabetic))?;
        let place = tail.iter().fold(0, |place, letter| place << 5 | usize::from(letter & 31));
        Some((place >> 6, 1 << (place & 63)))
    }

    #[inline(always)]
    pub(crate) fn rules_out(&self, name: &[u8]) -> bool {
        let Some((word, bit)) = Self::place(name) else { return false };
        let has = self.0.get(word).is_some_and(|bits| bits & bit != 0);
        !has && !name.contains(&b',')
    }
}

/// The last two digits of telephone numbers, a bit for each pair.
///
/// A number of seven digits or more that is written without letters and `#` ends in its normal form
/// as it does in the text: a country code, `(0)` and the zeros behind it are left out, so two zeros
/// at the end, or one in a text with brackets, say nothing.
#[derive(Debug)]
pub(crate) struct Endings([u64; 4]);

impl Endings {
    pub(crate) fn of(values: &BTreeSet<String>) -> Self {
        let mut all = [0; 4];
        for value in values {
            if let Some(bits) = all.get_mut(usize::from(Read::of(value.as_bytes()).last >> 6)) {
                *bits |= 1 << (Read::of(value.as_bytes()).last & 63);
            }
        }
        Self(all)
    }

    /// Returns whether it is certain that no wanted number is written like this text.
    #[inline(always)]
    pub(crate) fn rules_out(&self, text: &[u8]) -> bool {
        let read = Read::of(text);
        let has_zero = read.last & 0xf == 0 || read.last >> 4 == 0;
        let is_plain =
            read.digits >= 7 && !read.is_odd && read.last != 0 && !(has_zero && read.has_brackets);
        let has =
            self.0.get(usize::from(read.last >> 6)).is_some_and(|b| b >> (read.last & 63) & 1 == 1);
        is_plain && !has
    }
}

/// The digits of a text.
#[derive(Default)]
struct Read {
    digits: u32,
    /// The last two, four bits each.
    last: u8,
    /// Whether there are letters, `#`, or bytes beyond ASCII.
    is_odd: bool,
    has_brackets: bool,
}

impl Read {
    #[inline(always)]
    fn of(text: &[u8]) -> Self {
        let mut read = Self::default();
        for byte in text {
            let digit = byte.wrapping_sub(b'0');
            let is_digit = digit < 10;
            read.digits += u32::from(is_digit);
            read.last = if is_digit { read.last << 4 | digit } else { read.last };
            read.is_odd |= *byte >= b'A' || *byte == b'#';
            read.has_brackets |= *byte == b'(';
        }
        read
    }
}

/// Rules most texts out by a few of their bytes.
#[derive(Debug)]
pub(crate) struct Sieve {
    bits: Vec<u64>,
    shift: u32,
}

impl Sieve {
    /// About sixty-four bits a value, two of them set, so that one text in five hundred passes by
    /// chance.
    pub(crate) fn of(values: &BTreeSet<String>) -> Self {
        let words = values.len().next_power_of_two().clamp(16, 1 << 16);
        let shift = 64 - 6 - words.trailing_zeros();
        let mut sieve = Self { bits: vec![0; words], shift };
        for value in values {
            let (word, two) = sieve.place(value.as_bytes());
            if let Some(bits) = sieve.bits.get_mut(word) {
                *bits |= two;
            }
        }
        sieve
    }

    /// Mixes all bytes and the length. Upper and lower case fall together.
    #[inline(always)]
    fn place(&self, text: &[u8]) -> (usize, u64) {
        const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
        const CASE: u64 = 0x2020_2020_2020_2020;
        let mut mixed = u64::try_from(text.len()).unwrap_or(0);
        let mut mix =
            |eight: u64| mixed = (mixed.rotate_left(29) ^ (eight | CASE)).wrapping_mul(MIX);
        let (eights, _) = text.as_chunks::<8>();
        eights.iter().for_each(|eight| mix(u64::from_le_bytes(*eight)));
        match text.last_chunk::<8>() {
            Some(last) => mix(u64::from_le_bytes(*last)),
            None => mix(text.iter().fold(0, |few, byte| few << 8 | u64::from(byte | 0x20))),
        }
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(MIX);
        let (place, other) = (mixed >> self.shift, mixed >> (self.shift - 6));
        (usize::try_from(place >> 6).unwrap_or(0), 1 << (place & 63) | 1 << (other & 63))
    }

    #[inline(always)]
    pub(crate) fn passes(&self, text: &[u8]) -> bool {
        let (word, two) = self.place(text);
        self.bits.get(word).is_some_and(|bits| bits & two == two)
    }
}
