//! A look over the bytes of a text: what it has at all, and where.

/// So many bytes are looked at together, in a way that compilers turn into few instructions.
const CHUNK: usize = 32;

/// Returns the places of the bytes that are wanted. Where they are rare this hardly costs more than
/// reading.
pub(super) fn places(
    bytes: &[u8],
    wanted: impl Fn(u8) -> bool + Copy,
) -> impl Iterator<Item = usize> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            if at % CHUNK == 0
                && let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<CHUNK>())
                && !any(chunk, wanted)
            {
                at += CHUNK;
                continue;
            }
            let byte = *bytes.get(at)?;
            at += 1;
            if wanted(byte) {
                return Some(at - 1);
            }
        }
    })
}

/// Returns whether any of the bytes is wanted; looks at all of them.
fn any(chunk: &[u8], wanted: impl Fn(u8) -> bool) -> bool {
    chunk.iter().fold(false, |any, b| any | wanted(*b))
}

/// What a text must have for a detector to be worth running.
#[derive(Clone, Copy)]
pub(super) enum Needs {
    /// At least so many digits.
    Digits(usize),
    /// A sign that addresses have: `@`, a bracket, a colon, a dot.
    Signs,
    /// Letters.
    Letters,
}

/// What a text has, at a glance.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    digits: usize,
    letters: bool,
    signs: bool,
}

impl Sight {
    /// Looks at the bytes. A character outside ASCII, a reference or a tag could hide anything.
    pub(super) fn of(text: &str) -> Self {
        /// Texts so long have some of everything.
        const LONG: usize = 256;
        if text.len() > LONG {
            return Self { digits: usize::MAX, letters: true, signs: true };
        }
        let mut sight = Self { digits: 0, letters: false, signs: false };
        for chunk in text.as_bytes().chunks(CHUNK) {
            if any(chunk, |b| !b.is_ascii() | (b == b'&') | (b == b'%') | (b == b'<')) {
                return Self { digits: usize::MAX, letters: true, signs: true };
            }
            sight.digits += chunk.iter().filter(|b| b.is_ascii_digit()).count();
            sight.letters |= any(chunk, |b| b.is_ascii_alphabetic());
            sight.signs |= any(chunk, |b| matches!(b, b'@' | b'[' | b'(' | b'{' | b':' | b'.'));
        }
        sight
    }

    /// Returns whether the text has what is needed.
    pub(super) fn has(&self, needs: Needs) -> bool {
        match needs {
            Needs::Digits(least) => self.digits >= least,
            Needs::Signs => self.signs,
            Needs::Letters => self.letters || self.signs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found() {
        let text = format!("1{}2{}34{}5", "a".repeat(31), "b".repeat(70), "c".repeat(5));
        let found: Vec<usize> = places(text.as_bytes(), |b| b.is_ascii_digit()).collect();
        let all = text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at);
        assert_eq!(found, all.collect::<Vec<_>>());
    }
}
