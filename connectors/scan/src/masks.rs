//! Sixty-four bytes at a time: where in a word of text something stands, as bits.

use fearless_simd::Simd;

/// How many bytes a word has.
pub(crate) const WORD: usize = 64;

/// Returns a bit for each place before which an odd number of bits is set, itself included.
#[inline(always)]
pub(crate) fn parity<S: Simd>(simd: S, mut bits: u64) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = simd.level().as_avx512() {
        return product(avx512, bits);
    }
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

#[cfg(target_arch = "x86_64")]
fearless_simd::kernel!(
    /// Multiplies bits by ones, all carries left out: each bit of the product is the sum of those
    /// up to it, of which only whether it is odd remains.
    #[inline]
    fn product(avx512: Avx512, bits: u64) -> u64 {
        use std::arch::x86_64::{
            _mm_clmulepi64_si128, _mm_cvtsi64_si128, _mm_cvtsi128_si64, _mm_set1_epi8,
        };
        let bits = _mm_cvtsi64_si128(bits.cast_signed());
        _mm_cvtsi128_si64(_mm_clmulepi64_si128::<0>(bits, _mm_set1_epi8(-1))).cast_unsigned()
    }
);

/// Returns the bits below a place.
#[inline]
pub(crate) fn below(place: u32) -> u64 {
    (1u64 << (place & 63)).wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;

    proptest::proptest! {
        #[test]
        fn parity_counts_bits(bits in proptest::num::u64::ANY) {
            for level in [Level::new(), Level::baseline()] {
                let parity = dispatch!(level, simd => parity(simd, bits));
                for place in 0..WORD {
                    let upto = bits & (u64::MAX >> (63 - place));
                    proptest::prop_assert_eq!(parity >> place & 1, u64::from(upto.count_ones() % 2));
                }
            }
        }
    }

    #[test]
    fn below_a_place_are_the_bits_before_it() {
        assert_eq!((below(0), below(3)), (0, 0b111));
    }
}
