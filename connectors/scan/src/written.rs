//! What is found in words of text, written down in order.

use crate::masks::WORD;

/// Items in order. Room is kept from one text to the next.
#[derive(Debug, Default)]
pub struct Written<T> {
    /// What lies beyond `length` is scratch.
    items: Vec<T>,
    length: usize,
}

impl<T: Copy + Default> Written<T> {
    /// Forgets all items.
    #[inline(always)]
    pub fn start(&mut self) {
        self.length = 0;
    }

    /// Forgets the items from one on.
    pub fn cut(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// Returns the items.
    #[inline(always)]
    pub fn all(&self) -> &[T] {
        self.items.get(..self.length).unwrap_or_default()
    }

    /// Makes room for two words more than there are.
    #[cold]
    fn grow(&mut self) {
        let length = (self.length + 2 * WORD).next_power_of_two().max(16 * WORD);
        self.items.resize(length, T::default());
    }

    /// Adds the first of some items.
    #[inline(always)]
    pub(crate) fn add_some<const N: usize>(&mut self, count: u32, some: &[T; N]) {
        if self.items.len() < self.length + WORD + N {
            self.grow();
        }
        if let Some(room) = self.items.get_mut(self.length..).and_then(<[T]>::first_chunk_mut) {
            *room = *some;
        }
        self.length += (count as usize).min(N);
    }

    /// Adds so many items, at most one for each byte of a word. `N` are made at a time, whether so
    /// many are wanted or not: a loop that ends after as many rounds as there are items is hard to
    /// predict. `next` is told which of the `N` it makes.
    #[inline(always)]
    pub fn add<const N: usize>(&mut self, count: u32, mut next: impl FnMut(usize) -> T) {
        if self.items.len() < self.length + WORD + N {
            self.grow();
        }
        let mut at = self.length;
        self.length += count as usize;
        while let Some(room) = self.items.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<N>())
        {
            for (nth, item) in room.iter_mut().enumerate() {
                *item = next(nth);
            }
            at += N;
            if at >= self.length {
                return;
            }
        }
    }
}
