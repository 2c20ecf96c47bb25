//! Offsets in order, written down as bits are found.

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

/// Returns the place of the lowest bit, found in either of two ways: if all were found in one way,
/// the compiler would carry them to vectors one by one, which takes four times as long.
#[inline(always)]
fn lowest(bits: u64, nth: usize) -> u32 {
    match nth % 2 {
        0 => bits.trailing_zeros(),
        _ => 63u32.wrapping_sub((bits & bits.wrapping_neg()).leading_zeros()),
    }
}
