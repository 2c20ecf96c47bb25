//! Offsets in order, written down as bits are found.

use fearless_simd::{prelude::*, u8x64};

use crate::masks::WORD;

/// Offsets in order.
#[derive(Debug, Default)]
pub struct Places {
    /// What lies beyond `length` is scratch.
    offsets: Vec<u32>,
    length: usize,
}

impl Places {
    /// Finds every place of a byte in a text of at most 4 GiB.
    #[inline(always)]
    pub fn find<S: Simd>(&mut self, simd: S, text: &[u8], byte: u8) {
        self.start(text.len());
        let (words, tail) = text.as_chunks::<WORD>();
        for (index, bytes) in words.iter().enumerate() {
            let places = u8x64::simd_from(simd, *bytes).simd_eq(byte).to_bitmask();
            self.add::<2>((index * WORD) as u32, places);
        }
        for (index, here) in tail.iter().enumerate() {
            if *here == byte {
                self.add::<1>((words.len() * WORD + index) as u32, 1);
            }
        }
    }

    /// Forgets all offsets, and makes room for so many.
    #[inline(always)]
    pub fn start(&mut self, most: usize) {
        self.length = 0;
        if self.offsets.len() < most + WORD {
            self.offsets.resize(most + WORD, 0);
        }
    }

    /// Returns the offsets.
    #[inline(always)]
    pub fn all(&self) -> &[u32] {
        self.offsets.get(..self.length).unwrap_or_default()
    }

    /// Adds the places of bits. `N` are written at a time, whether so many are left or not: a loop
    /// that ends after as many rounds as there are bits is hard to predict.
    #[inline(always)]
    pub fn add<const N: usize>(&mut self, base: u32, mut bits: u64) {
        let mut at = self.length;
        self.length += bits.count_ones() as usize;
        loop {
            let Some(room) =
                self.offsets.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<N>())
            else {
                return;
            };
            for place in room {
                *place = base.wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            }
            if bits == 0 {
                return;
            }
            at += N;
        }
    }
}
