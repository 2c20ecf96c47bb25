//! The shape of a line that is sound, learned from it.

use fearless_simd::Simd;

use super::gaps::Gaps;
use super::shape::{Before, Bytes, Part, Shape, WINDOW};
use crate::judge::{Asked, Bits};
use crate::lexeme::{Scalar, black, scalar};

/// Lines with more parts than this are judged one by one.
const MOST_PARTS: usize = 256;

/// Returns the shape of a line that is sound; `None` if it is not worth following.
pub(super) fn shape<S: Simd>(simd: S, line: &[u8], asked: &Asked<'_>) -> Option<Shape> {
    let mut learning = Learning { line, ..Learning::default() };
    learning.line(simd, asked)?;
    let shape = learning.shape;
    (shape.parts.len() <= MOST_PARTS).then_some(shape)
}

/// A shape being learned from a line.
#[derive(Default)]
struct Learning<'l> {
    line: &'l [u8],
    shape: Shape,
    /// What comes before the next part, where it ends, and the columns that it belongs to.
    before: Option<(Before, Bits)>,
    from: usize,
    /// The last colon behind a quote.
    colon: Option<usize>,
}

impl Learning<'_> {
    fn line<S: Simd>(&mut self, simd: S, asked: &Asked<'_>) -> Option<()> {
        let (mut above, mut at, mut bits): (Vec<Bits>, _, _) = (Vec::new(), 0, 0);
        while let Some(byte) = self.line.get(at) {
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
                b':' => {
                    self.colon(at)?;
                    at + 1
                }
                b' ' | b'\t' | b'\r' => at + 1,
                _ => {
                    let (end, is) = scalar(simd, self.line, at)?;
                    if self.line.get(black(self.line, end)) == Some(&b':') {
                        let key = serde_json::from_slice::<String>(self.line.get(at..end)?).ok()?;
                        bits = above.last()? | asked.below(key.as_bytes());
                    } else {
                        self.scalar((at, end), is, bits)?;
                    }
                    end
                }
            };
        }
        self.end_colon()?;
        self.part(self.line.len(), self.line.len())?;
        self.shape.measure();
        Some(())
    }

    /// Takes a colon. If one comes before it since the last scalar, that has a part of its own.
    fn colon(&mut self, at: usize) -> Option<()> {
        self.end_colon()?;
        let is_behind_quote = self.line.get(at.checked_sub(1)?) == Some(&b'"');
        self.colon = is_behind_quote.then_some(at);
        is_behind_quote.then_some(())
    }

    fn end_colon(&mut self) -> Option<()> {
        match self.colon.take() {
            Some(colon) => self.part(colon + 1, colon),
            None => Some(()),
        }
    }

    /// Takes a scalar: the bytes before it are a part, or it is one more of a list.
    fn scalar(&mut self, (at, end): (usize, usize), is: Scalar, bits: Bits) -> Option<()> {
        let is_text = matches!(is, Scalar::Text | Scalar::Escaped);
        let Some(colon) = self.colon.take() else {
            return self.one_more(at, end);
        };
        self.part(at + usize::from(is_text), colon)?;
        self.before = Some(match is {
            Scalar::Text | Scalar::Escaped => (Before::Text, bits),
            Scalar::Plain => (Before::Number, bits),
            _ => (Before::Word, bits),
        });
        self.from = end - usize::from(is_text);
        Some(())
    }

    /// Takes one more scalar of a list.
    fn one_more(&mut self, at: usize, end: usize) -> Option<()> {
        let before = self.line.get(self.from..at)?;
        let (is, _) = self.before.as_mut()?;
        let comma = match *is {
            Before::Text => before.strip_prefix(b"\"")?,
            _ => before,
        };
        if comma.trim_ascii() != b"," {
            return None;
        }
        if *is == Before::Text {
            self.shape.shorten()?;
        }
        *is = Before::List;
        self.shape.has_lists = true;
        self.from = end;
        Some(())
    }

    /// Adds the part that ends at an offset.
    fn part(&mut self, to: usize, anchor: usize) -> Option<()> {
        let bytes = self.line.get(self.from..to)?;
        let (before, bits) = self.before.take().unwrap_or((Before::Bytes, 0));
        let quotes = bytes.iter().filter(|byte| **byte == b'"').count();
        let Shape { parts, more, followed, asked, .. } = &mut self.shape;
        let index = parts.len();
        asked.extend((bits != 0).then_some(index));
        followed.extend((!matches!(before, Before::Bytes | Before::Text)).then_some(index));
        let (length, back, gap) = (bytes.len(), anchor - self.from, before.gap());
        let feed = (to == self.line.len()).then_some(b'\n');
        let bytes: Vec<u8> = bytes.iter().copied().chain(feed).collect();
        for (chunk, bytes) in bytes.chunks(WINDOW).enumerate().skip(1) {
            more.push((index, chunk * WINDOW, Bytes::new(bytes)));
        }
        parts.push(Part { bytes: Bytes::new(&bytes), length, back, gap, before, bits });
        self.shape.quotes += u32::try_from(quotes).ok()?;
        self.from = to;
        Some(())
    }
}

impl Shape {
    /// Takes down how far apart the anchors stand.
    fn measure(&mut self) {
        let nth = 0..self.parts.len();
        let gap = |nth: usize| {
            let part = self.parts.get(nth);
            part.map_or((0, 0), |part| (self.end_before(nth).wrapping_add(part.back), part.gap))
        };
        self.gaps = Gaps::new(nth.map(gap));
    }

    /// Leaves out the last byte, a quote.
    fn shorten(&mut self) -> Option<()> {
        let index = self.parts.len().checked_sub(1)?;
        let part = self.parts.last_mut()?;
        let last = match self.more.last_mut() {
            Some((at, _, bytes)) if *at == index => bytes,
            _ => &mut part.bytes,
        };
        last.mask >>= 1;
        part.length -= 1;
        self.quotes -= 1;
        Some(())
    }
}
