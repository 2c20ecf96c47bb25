//! Lists of words by their first two letters, made once for each list.

use std::sync::OnceLock;

use super::Words;

/// Words by their first two letters or other bytes: a bit for each word. Bytes that share a place are
/// told apart later.
pub(super) struct Index {
    words: Words,
    first: [u64; Self::LETTERS],
    second: [u64; Self::LETTERS],
}

/// How many lists have an index that is kept: more than there are lists.
const LISTS: usize = 512;
/// How many places are tried for a list.
const TRIES: usize = 8;

/// The indices of lists, each near the place that its address gives. Lists do not change.
static KEPT: [OnceLock<Index>; LISTS] = [const { OnceLock::new() }; LISTS];

impl Index {
    /// So many words at most.
    pub(super) const MOST: usize = 64;
    /// So many letters are told apart.
    const LETTERS: usize = 32;

    /// Calls with the index of a list, which is made when it is asked for first.
    pub(super) fn with<T>(words: Words, with: impl FnOnce(&Self) -> T) -> T {
        let address = words.as_ptr().addr() / size_of::<&str>();
        let place = address.wrapping_mul(0x9E37_79B9) >> 7;
        for place in place..place.wrapping_add(TRIES) {
            let Some(kept) = KEPT.get(place % LISTS) else { break };
            let index = kept.get_or_init(|| Self::of(words));
            if std::ptr::eq(index.words, words) {
                return with(index);
            }
        }
        with(&Self::of(words))
    }

    fn of(words: Words) -> Self {
        let (mut first, mut second) = ([0; Self::LETTERS], [0; Self::LETTERS]);
        for (number, word) in words.iter().enumerate().take(Self::MOST) {
            let bit = 1_u64 << number;
            let mut letters = word.bytes();
            let head = letters.next().map(usize::from);
            if let Some(all) = head.and_then(|byte| first.get_mut(byte % Self::LETTERS)) {
                *all |= bit;
            }
            let next = letters.next().filter(u8::is_ascii_alphanumeric).map(usize::from);
            for (place, all) in second.iter_mut().enumerate() {
                *all |= if next.is_none_or(|byte| byte % Self::LETTERS == place) { bit } else { 0 };
            }
        }
        Self { words, first, second }
    }

    /// Returns the words with which the text may start. A second letter or digit has to be the
    /// word's, if that has one; signs are read in several ways.
    #[inline]
    pub(super) fn like(&self, text: &[u8]) -> Like {
        let of = |all: &[u64; Self::LETTERS], byte: u8| {
            all.get(usize::from(byte) % Self::LETTERS).copied().unwrap_or_default()
        };
        let first = text.first().map_or(0, |byte| of(&self.first, *byte));
        let second = match text.get(1) {
            Some(byte) if byte.is_ascii_alphanumeric() => of(&self.second, *byte),
            _ => u64::MAX,
        };
        Like { words: self.words, bits: first & second }
    }
}

/// Words of a list, by bits.
pub(super) struct Like {
    words: Words,
    bits: u64,
}

impl Iterator for Like {
    type Item = &'static str;

    #[inline]
    fn next(&mut self) -> Option<&'static str> {
        if self.bits == 0 {
            return None;
        }
        let number = self.bits.trailing_zeros();
        self.bits &= self.bits - 1;
        self.words.get(number as usize).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_left_out_with_which_a_text_starts() {
        const WORDS: Words = &["acc", "a/c", "a", "account", "no", "n:", "0800", "reg no"];
        let like =
            |text: &str| Index::with(WORDS, |all| all.like(text.as_bytes()).collect::<Vec<_>>());
        assert_eq!(like("account 12"), ["acc", "a/c", "a", "account"]);
        assert_eq!(like("a.c.c. 12"), ["acc", "a/c", "a", "account"]);
        assert_eq!(like("ab"), ["a/c", "a"]);
        assert_eq!(like("number"), ["n:"]);
        assert_eq!(like("080"), ["0800"]);
        assert!(like("").is_empty());
    }
}
