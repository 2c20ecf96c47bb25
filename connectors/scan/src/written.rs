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

    /// Adds the first of some items.
    #[inline(always)]
    pub(crate) fn add_some<const N: usize>(&mut self, count: u32, some: &[T; N]) {
        loop {
            if let Some(room) = self.items.get_mut(self.length..).and_then(<[T]>::first_chunk_mut) {
                *room = *some;
                self.length += (count as usize).min(N);
                return;
            }
            self.items = grown(std::mem::take(&mut self.items));
        }
    }

    /// Adds so many items, at most one for each byte of a word. `N` are made at a time, whether so
    /// many are wanted or not: a loop that ends after as many rounds as there are items is hard to
    /// predict. `next` is told which of the `N` it makes.
    #[inline(always)]
    pub fn add<const N: usize>(&mut self, count: u32, mut next: impl FnMut(usize) -> T) {
        let mut at = self.length;
        self.length += count as usize;
        loop {
            let rest = self.items.get_mut(at..);
            let Some(room) = rest.and_then(<[T]>::first_chunk_mut::<N>) else {
                self.items = grown(std::mem::take(&mut self.items));
                continue;
            };
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

/// Returns a list with more room. (It is taken and given back: so the place of the list is nowhere
/// known, and it can be kept in registers.)
#[cold]
#[inline(never)]
fn grown<T: Copy + Default>(mut items: Vec<T>) -> Vec<T> {
    let length = (items.len() + 2 * WORD).next_power_of_two().max(16 * WORD);
    items.resize(length, T::default());
    items
}
