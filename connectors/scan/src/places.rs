//! Offsets in order, written down as bits are found.

use crate::masks::WORD;

/// Offsets in order.
#[derive(Debug, Default)]
pub struct Places {
    /// What lies beyond `length` is scratch.
    offsets: Vec<u32>,
    length: usize,
}

impl Places {
    /// Forgets all offsets.
    #[inline(always)]
    pub fn start(&mut self) {
        self.length = 0;
    }

    /// Makes room for two words more than there are.
    #[cold]
    fn grow(&mut self) {
        self.offsets.resize((self.length + 2 * WORD).next_power_of_two().max(16 * WORD), 0);
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
        if self.offsets.len() < self.length + WORD + N {
            self.grow();
        }
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
