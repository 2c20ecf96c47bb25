//! Names in their normal form, without allocation: ASCII and the accented letters of European
//! names. The law is [`Compare::Name`]; a name with any other character goes through that.

use holdall_connector::Compare;

/// What becomes of the letters from U+00C0 to U+017F, which are two bytes each in UTF-8.
#[derive(Debug)]
pub(crate) struct Letters(Vec<Option<String>>);

/// The first bytes of those letters.
const FIRSTS: std::ops::RangeInclusive<u8> = 0xc3..=0xc5;

impl Letters {
    pub(crate) fn new() -> Self {
        let normal = |letter: char| {
            let form = Compare::Name.normalise(&format!("a{letter}a"))?;
            let inner = form.strip_prefix('a')?.strip_suffix('a')?;
            (!inner.contains(' ')).then(|| inner.to_owned())
        };
        Self(('\u{c0}'..='\u{17f}').map(normal).collect())
    }

    #[inline(always)]
    fn of(&self, first: u8, second: u8) -> Option<&str> {
        let is_letter = FIRSTS.contains(&first) && second & 0xc0 == 0x80;
        let place =
            usize::from(first.wrapping_sub(*FIRSTS.start())) << 6 | usize::from(second & 63);
        self.0.get(place).filter(|_| is_letter)?.as_deref()
    }

    /// Writes the words of a name, titles included; `None` if it has other letters.
    pub(crate) fn write(&self, text: &[u8], room: &mut Vec<u8>) -> Option<()> {
        room.clear();
        let comma = memchr::memchr(b',', text);
        let (last, first) = match comma.map(|at| text.split_at(at)) {
            Some((last, first)) if is_first(first) => (last, first),
            _ => (&b""[..], text),
        };
        self.words(first, room)?;
        self.words(last, room)?;
        room.pop();
        Some(())
    }

    /// Writes each word in lower case and a space after it.
    fn words(&self, text: &[u8], room: &mut Vec<u8>) -> Option<()> {
        let mut bytes = text.iter().copied();
        while let Some(byte) = bytes.next() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => room.push(byte.to_ascii_lowercase()),
                b'\'' | b'`' => {}
                0x80.. => room.extend_from_slice(self.of(byte, bytes.next()?)?.as_bytes()),
                _ => end_word(room),
            }
        }
        end_word(room);
        Some(())
    }
}

fn end_word(room: &mut Vec<u8>) {
    if !matches!(room.last(), None | Some(b' ')) {
        room.push(b' ');
    }
}

/// Returns whether what follows a comma (the comma included) is a first name.
fn is_first(text: &[u8]) -> bool {
    let text = text.get(1..).unwrap_or_default();
    !text.iter().copied().all(crate::keys::is_white) && memchr::memchr(b',', text).is_none()
}
