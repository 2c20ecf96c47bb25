//! Sixty-four bytes at a time: where in a word of text something stands, as bits.

/// How many bytes a word has.
pub(crate) const WORD: usize = 64;

/// Returns a bit for each place before which an odd number of bits is set, itself included.
#[inline]
pub(crate) fn parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// Returns the bits below a place.
#[inline]
pub(crate) fn below(place: u32) -> u64 {
    (1u64 << (place & 63)).wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn parity_counts_bits(bits in proptest::num::u64::ANY) {
            for place in 0..WORD {
                let upto = bits & (u64::MAX >> (63 - place));
                proptest::prop_assert_eq!(parity(bits) >> place & 1, u64::from(upto.count_ones() % 2));
            }
        }
    }

    #[test]
    fn below_a_place_are_the_bits_before_it() {
        assert_eq!((below(0), below(3)), (0, 0b111));
    }
}
