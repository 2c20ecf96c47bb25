//! Sixty-four bytes at a time: where in a word of text a byte stands, as bits.

use wide::u8x16;

/// How many bytes a word has.
pub const WORD: usize = 64;

/// Sixty-four bytes of a text, zero bytes after its end.
#[derive(Clone, Copy)]
pub struct Word([u8x16; 4]);

impl Word {
    /// Returns the word that begins at an offset of a text.
    #[inline]
    pub fn at(text: &[u8], offset: usize) -> Self {
        let rest = text.get(offset..).unwrap_or_default();
        match rest.first_chunk::<WORD>() {
            Some(bytes) => Self::of(bytes),
            None => Self::padded(rest),
        }
    }

    #[inline]
    fn of(bytes: &[u8; WORD]) -> Self {
        let mut parts = bytes.as_chunks::<16>().0.iter();
        let mut next = || u8x16::new(parts.next().copied().unwrap_or_default());
        Self([next(), next(), next(), next()])
    }

    #[cold]
    fn padded(rest: &[u8]) -> Self {
        let mut bytes = [0; WORD];
        bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        Self::of(&bytes)
    }

    /// Returns a bit for each place where `byte` stands; the first byte is the lowest bit.
    #[inline]
    pub fn places(&self, byte: u8) -> u64 {
        let wanted = u8x16::splat(byte);
        let Self([a, b, c, d]) = self;
        let bits = |part: &u8x16| u64::from(part.simd_eq(wanted).to_bitmask());
        bits(a) | bits(b) << 16 | bits(c) << 32 | bits(d) << 48
    }
}

impl Word {
    /// Returns a bit for each place where a byte beyond ASCII stands.
    #[inline]
    pub fn foreign(&self) -> u64 {
        let Self([a, b, c, d]) = self;
        let bits = |part: &u8x16| u64::from(part.to_bitmask());
        bits(a) | bits(b) << 16 | bits(c) << 32 | bits(d) << 48
    }
}

/// Returns a bit for each place before which an odd number of bits is set, itself included.
#[inline]
pub fn parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// Returns the bits below a place.
#[inline]
pub fn below(place: u32) -> u64 {
    (1u64 << (place & 63)).wrapping_sub(1)
}

/// Returns the place of the lowest bit, and takes it away.
#[inline]
pub fn take_lowest(bits: &mut u64) -> u32 {
    let place = bits.trailing_zeros();
    *bits &= bits.wrapping_sub(1);
    place
}

/// Returns the number of bits as a count of bytes.
#[inline]
pub fn count(bits: u64) -> usize {
    usize::try_from(bits.count_ones()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn places_are_where_the_byte_stands(text in proptest::collection::vec(97u8..100, 0..150), at in 0usize..150) {
            let word = Word::at(&text, at);
            let rest = text.get(at..).unwrap_or_default();
            for place in 0..WORD {
                let wanted = rest.get(place) == Some(&b'a');
                proptest::prop_assert_eq!(word.places(b'a') >> place & 1 == 1, wanted);
            }
        }

        #[test]
        fn parity_counts_bits(bits in proptest::num::u64::ANY) {
            for place in 0..WORD {
                let upto = bits & (u64::MAX >> (63 - place));
                proptest::prop_assert_eq!(parity(bits) >> place & 1, u64::from(upto.count_ones() % 2));
            }
        }
    }

    #[test]
    fn bits_are_taken_from_the_lowest() {
        let mut bits = 0b1010;
        assert_eq!((take_lowest(&mut bits), bits, count(0b1010)), (1, 0b1000, 2));
        assert_eq!((below(0), below(3)), (0, 0b111));
    }
}
