//! Lines that are written like one before: the same keys in the same order, with other scalars.
//!
//! Most lines of a file are. Such a line is as sound as the one that it is like if its scalars are
//! sound: what stands between them is the same, byte for byte, so it has no key twice that the
//! other had not. That is several times as fast to see as judging the line by itself.

use fearless_simd::{prelude::*, u8x64};

use crate::judge::{Asked, Bits};
use crate::lexeme::{self, Scalar, black, scalar};

/// Lines with more parts than this are judged one by one.
const MOST_PARTS: usize = 256;

/// Bytes that are looked at in one go.
const WINDOW: usize = 64;

/// A line that ends nearer to the end of its text may not be followed, whatever its shape.
pub(crate) const MARGIN: usize = WINDOW;

/// How a line is written: bytes that stand in every line of the shape, each followed by a scalar.
#[derive(Debug)]
pub(crate) struct Shape {
    parts: Vec<Part>,
}

/// Bytes that stand in every line, and what comes after them.
#[derive(Debug)]
struct Part {
    /// The bytes, zeros after their end.
    literal: [u8; WINDOW],
    /// A bit for each byte.
    mask: u64,
    length: usize,
    next: After,
    /// The columns asked for at the scalar.
    bits: Bits,
}

/// What came after the bytes in the first line of a shape. In another line any scalar may stand
/// there: this is only what is looked for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// More bytes that stand in every line.
    Bytes,
    /// A string, whose opening quote is the last of the bytes.
    Text,
    /// A number.
    Number,
    /// A word.
    Word,
}

/// What follows a part, if it stands at an offset: where the scalar starts and ends.
struct Followed {
    from: usize,
    end: usize,
    is: Scalar,
}

impl Part {
    fn new(bytes: &[u8], next: After, bits: Bits) -> Self {
        let mut literal = [0; WINDOW];
        literal.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        let length = bytes.len().min(WINDOW);
        let mask = u64::MAX.checked_shr((WINDOW - length) as u32).unwrap_or(0);
        Self { literal, mask, length, next, bits }
    }

    /// Follows the bytes and the scalar, most often with one look.
    #[inline(always)]
    fn follow<S: Simd>(&self, simd: S, text: &[u8], at: usize) -> Option<Followed> {
        let here = u8x64::simd_from(simd, *text.get(at..)?.first_chunk::<WINDOW>()?);
        let same = here.simd_eq(u8x64::simd_from(simd, self.literal)).to_bitmask();
        let (missing, from) = (self.mask & !same, at + self.length);
        match self.next {
            After::Text => self.text(simd, here, text, from, missing),
            _ if missing != 0 => None,
            After::Bytes => Some(Followed { from, end: from, is: Scalar::Null }),
            After::Number => {
                let others = here.simd_lt(b'0') | here.simd_gt(b'9');
                let others = others.to_bitmask() >> (self.length % WINDOW);
                match lexeme::short_number(text, from, others) {
                    Some(end) => Some(Followed { from, end, is: Scalar::Plain }),
                    None => any(simd, text, from),
                }
            }
            After::Word => any(simd, text, from),
        }
    }

    /// Follows a string whose opening quote is the last of the bytes. If that alone is missing,
    /// another scalar stands there.
    #[inline(always)]
    fn text<S: Simd>(
        &self,
        simd: S,
        here: u8x64<S>,
        text: &[u8],
        from: usize,
        missing: u64,
    ) -> Option<Followed> {
        if missing != 0 {
            let is_quote = missing == self.mask & !(self.mask >> 1);
            return if is_quote { any(simd, text, from - 1) } else { None };
        }
        let quotes = here.simd_eq(b'"').to_bitmask() >> (self.length % WINDOW);
        let others = here.simd_eq(b'\\') | here.simd_lt(0x20);
        let special = quotes | others.to_bitmask() >> (self.length % WINDOW);
        let first = special & special.wrapping_neg();
        if first & quotes == 0 || self.length == WINDOW {
            return any(simd, text, from - 1);
        }
        let end = from + first.trailing_zeros() as usize + 1;
        Some(Followed { from: from - 1, end, is: Scalar::Text })
    }
}

/// Follows any scalar.
#[inline(never)]
fn any<S: Simd>(simd: S, text: &[u8], from: usize) -> Option<Followed> {
    let (end, is) = simd.vectorize(
        #[inline(always)]
        || scalar(simd, text, from),
    )?;
    Some(Followed { from, end, is })
}

impl Shape {
    /// Returns the shape of a line that is sound; `None` if it is not worth following.
    pub(crate) fn of<S: Simd>(simd: S, line: &[u8], asked: &Asked<'_>) -> Option<Self> {
        let (mut shape, mut above): (Self, Vec<Bits>) = (Self { parts: Vec::new() }, Vec::new());
        let (mut at, mut from, mut bits) = (0, 0, 0);
        while let Some(byte) = line.get(at) {
            at = match byte {
                b'{' | b'[' => {
                    above.push(bits);
                    at + 1
                }
                b'}' | b']' => {
                    bits = above.pop()?;
                    at + 1
                }
                b',' => {
                    bits = *above.last()?;
                    at + 1
                }
                b':' | b' ' | b'\t' | b'\r' => at + 1,
                _ => {
                    let (end, is) = scalar(simd, line, at)?;
                    let colon = black(line, end);
                    if line.get(colon) == Some(&b':') {
                        let key = serde_json::from_slice::<String>(line.get(at..end)?).ok()?;
                        bits = above.last()? | asked.below(key.as_bytes());
                    } else {
                        shape.add(line.get(from..at)?, is, bits);
                        from = end;
                    }
                    end
                }
            };
        }
        shape.add_bytes(line.get(from..)?.trim_ascii_end());
        (shape.parts.len() <= MOST_PARTS).then_some(shape)
    }

    /// Adds bytes and the scalar after them.
    fn add(&mut self, bytes: &[u8], is: Scalar, bits: Bits) {
        let mut bytes = bytes.to_vec();
        let next = match is {
            Scalar::Text | Scalar::Escaped => After::Text,
            Scalar::Plain if bytes.last() != Some(&b'-') => After::Number,
            _ => After::Word,
        };
        if next == After::Text {
            bytes.push(b'"');
        }
        let split = bytes.len().saturating_sub(1) / WINDOW * WINDOW;
        let (most, last) = bytes.split_at_checked(split).unwrap_or((&[], &bytes));
        self.add_bytes(most);
        self.parts.push(Part::new(last, next, bits));
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        self.parts.extend(bytes.chunks(WINDOW).map(|bytes| Part::new(bytes, After::Bytes, 0)));
    }

    /// Follows a line from its start. Returns where it ends (its line feed), and whether it could be
    /// wanted; `None` if it is not of this shape.
    #[inline(always)]
    pub(crate) fn follow<S: Simd>(
        &self,
        simd: S,
        text: &[u8],
        start: usize,
        asked: &Asked<'_>,
        room: &mut Vec<u8>,
    ) -> Option<(usize, bool)> {
        let (mut at, mut could_be) = (start, false);
        for part in &self.parts {
            let Followed { from, end, is } = part.follow(simd, text, at)?;
            if part.bits != 0 && !could_be {
                let raw = text.get(from..end).unwrap_or_default();
                could_be = asked.may_hold(part.bits, is, raw, room);
            }
            at = end;
        }
        match text.get(at..)? {
            [b'\n', ..] => Some((at, could_be)),
            [b'\r', b'\n', ..] => Some((at + 1, could_be)),
            _ => None,
        }
    }
}

/// The shapes met so far. Lines of many shapes are judged one by one in the end.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    known: Vec<Shape>,
    /// The one that the last line had.
    last: usize,
    learned: usize,
}

/// How many shapes are kept.
const KEPT: usize = 8;

/// How many shapes are learned before it is given up.
const LEARNED: usize = 256;

impl Shapes {
    /// Follows a line in the shapes that are known, the last one first.
    #[inline(always)]
    pub(crate) fn follow<S: Simd>(
        &mut self,
        simd: S,
        text: &[u8],
        start: usize,
        asked: &Asked<'_>,
        room: &mut Vec<u8>,
    ) -> Option<(usize, bool)> {
        let count = self.known.len();
        for step in 0..count {
            let index = (self.last + step) % count;
            let followed = self.known.get(index)?.follow(simd, text, start, asked, room);
            if followed.is_some() {
                self.last = index;
                return followed;
            }
        }
        None
    }

    /// Learns the shape of a line that is sound.
    #[inline(never)]
    pub(crate) fn learn<S: Simd>(&mut self, simd: S, line: &[u8], asked: &Asked<'_>) {
        if self.learned >= LEARNED {
            self.known.clear();
            return;
        }
        let Some(shape) = Shape::of(simd, line, asked) else { return };
        self.learned += 1;
        self.last = self.learned % KEPT;
        match self.known.get_mut(self.last) {
            Some(old) => *old = shape,
            None => {
                self.last = self.known.len();
                self.known.push(shape);
            }
        }
    }
}
