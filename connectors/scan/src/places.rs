//! Offsets in order, written down as bits are found.

use fearless_simd::{mask8x64, prelude::*, u8x64};

use crate::written::Written;

/// Offsets in order.
#[derive(Debug, Default)]
pub struct Places(Written<u32>);

impl Places {
    /// Forgets all offsets.
    #[inline(always)]
    pub fn start(&mut self) {
        self.0.start();
    }

    /// Returns the offsets.
    #[inline(always)]
    pub fn all(&self) -> &[u32] {
        self.0.all()
    }

    /// Adds the places of bits, as many at a time as the processor can.
    #[inline(always)]
    pub fn add_wide<S: Simd>(&mut self, simd: S, base: u32, bits: u64) {
        let count = bits.count_ones();
        if !packs(simd) || count as usize > AT_ONCE {
            return self.add::<4>(base, bits);
        }
        let all = u8x64::simd_from(simd, std::array::from_fn(|place| place as u8));
        let packed = simd.compress_u8x64(all, mask8x64::from_bitmask(simd, bits));
        let mut places = [0; AT_ONCE];
        for (to, from) in places.iter_mut().zip(packed.as_slice()) {
            *to = base.wrapping_add(u32::from(*from));
        }
        self.0.add_some(count, &places);
    }

    /// Adds the places of bits, `N` at a time.
    #[inline(always)]
    pub fn add<const N: usize>(&mut self, base: u32, mut bits: u64) {
        self.0.add::<N>(bits.count_ones(), |nth| {
            let place = base.wrapping_add(lowest(bits, nth));
            bits &= bits.wrapping_sub(1);
            place
        });
    }
}

/// How many places are made in one go where bits are packed.
const AT_ONCE: usize = 16;

/// Returns whether the processor packs the bytes that bits choose in one instruction.
#[inline(always)]
fn packs<S: Simd>(simd: S) -> bool {
    #[cfg(target_arch = "x86_64")]
    return simd.level().as_avx512().is_some();
    #[cfg(not(target_arch = "x86_64"))]
    return false;
}

/// Returns the place of the lowest bit, found in either of two ways: if all were found in one way,
/// the compiler would carry them to vectors one by one, which takes four times as long.
#[inline(always)]
fn lowest(bits: u64, nth: usize) -> u32 {
    match nth % 2 {
        0 => bits.trailing_zeros(),
        _ => 63u32.wrapping_sub((bits & bits.wrapping_neg()).leading_zeros()),
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packed_places_are_those_found_one_by_one(words in prop::collection::vec(any::<u64>(), 0..8), mask in any::<u64>()) {
            let (mut wide, mut plain, level) = (Places::default(), Places::default(), Level::new());
            for (index, bits) in (0_u32..).zip(&words) {
                // Few bits, as in text, and many.
                for bits in [bits & mask & mask.rotate_left(17), *bits] {
                    dispatch!(level, simd => wide.add_wide(simd, index * 64, bits));
                    plain.add::<4>(index * 64, bits);
                }
            }
            prop_assert_eq!(wide.all(), plain.all());
        }
    }
}
