//! The sets that a word may be in, and the digest by which words are told apart. The build script
//! shares this file: it makes the table from the lists in `names/`.

/// What a word may be: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(pub(super) u32);

impl Class {
    /// A given name.
    pub(super) const GIVEN: Self = Self(1);
    /// A surname.
    pub(super) const SURNAME: Self = Self(1 << 1);
    /// A name that is an ordinary word too.
    pub(super) const WEAK: Self = Self(1 << 2);
    /// A place.
    pub(super) const PLACE: Self = Self(1 << 3);
    /// A maker, shop or product that bears a name.
    pub(super) const BRAND: Self = Self(1 << 4);
    /// An ordinary word.
    pub(super) const STOP: Self = Self(1 << 5);
    /// A word that ends or marks the name of an organisation.
    pub(super) const ORG: Self = Self(1 << 6);
    /// A word that ends the name of a street.
    pub(super) const STREET: Self = Self(1 << 7);
    /// A word of the two before that is a surname as well.
    pub(super) const SOFT_PLACE: Self = Self(1 << 8);
    /// A word of job titles.
    pub(super) const JOB: Self = Self(1 << 9);
    /// A title.
    pub(super) const TITLE: Self = Self(1 << 10);
    /// A rank or kinship that stands like a title.
    pub(super) const SOFT_TITLE: Self = Self(1 << 11);
    /// A tie of family, friends or neighbours.
    pub(super) const KIN: Self = Self(1 << 12);
    /// A tie of work or dealings.
    pub(super) const RELATION: Self = Self(1 << 13);
    /// A label of a field that holds a name.
    pub(super) const LABEL: Self = Self(1 << 14);
    /// What people do.
    pub(super) const SPEECH: Self = Self(1 << 15);
    /// A word after which a person may stand.
    pub(super) const TAKER: Self = Self(1 << 16);
    /// A word after which hardly anything but a person stands.
    pub(super) const SAY: Self = Self(1 << 17);
    /// A small word inside a name.
    pub(super) const PARTICLE: Self = Self(1 << 18);
    /// A tie of either sort.
    pub(super) const TIE: Self = Self(1 << 12 | 1 << 13);
    /// A greeting.
    pub(super) const GREET: Self = Self(1 << 19);
    /// The last word before a signature.
    pub(super) const SIGN_OFF: Self = Self(1 << 20);
    /// A given name that streets and schools bear.
    pub(super) const STREET_GIVEN: Self = Self(1 << 21);
    /// A mailbox that is nobody's.
    pub(super) const ROLE: Self = Self(1 << 22);

    /// An ordinary word that is known from a dictionary alone.
    pub(super) const LEXICAL: Self = Self(1 << 24);
    /// A name that is something else in small letters.
    pub(super) const THING: Self = Self(1 << 26);
    /// A given name of the list that was put together by hand.
    pub(super) const USUAL: Self = Self(1 << 25);
    /// Two words together that name something else.
    pub(super) const PAIR: Self = Self(1 << 23);

    /// Returns what is in either set.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns whether it has something, and nothing but what is in the other set.
    pub(super) const fn is_within(self, other: Self) -> bool {
        self.0 != 0 && self.0 & !other.0 == 0
    }

    /// Returns whether the sets have something in common.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The heads of the sections of `words.txt`.
pub(super) const SECTIONS: [(&str, Class); 23] = [
    ("[weak]", Class::WEAK),
    ("[place]", Class::PLACE),
    ("[brand]", Class::BRAND),
    ("[stop]", Class::STOP),
    ("[org]", Class::ORG),
    ("[street]", Class::STREET),
    ("[softplace]", Class::SOFT_PLACE),
    ("[job]", Class::JOB),
    ("[title]", Class::TITLE),
    ("[softtitle]", Class::SOFT_TITLE),
    ("[kin]", Class::KIN),
    ("[relation]", Class::RELATION),
    ("[label]", Class::LABEL),
    ("[speech]", Class::SPEECH),
    ("[taker]", Class::TAKER),
    ("[say]", Class::SAY),
    ("[particle]", Class::PARTICLE),
    ("[greet]", Class::GREET),
    ("[signoff]", Class::SIGN_OFF),
    ("[streetgiven]", Class::STREET_GIVEN),
    ("[role]", Class::ROLE),
    ("[pair]", Class::PAIR),
    ("[thing]", Class::THING),
];

/// How many bits of an entry of the table are its set; the others are the word's.
pub(super) const SET_BITS: u32 = 27;

/// How many entries the table has: a power of two.
pub(super) const ENTRIES: usize = 1 << 18;

/// A digest of the letters and digits of a word, in lower case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Digest(u64);

impl Digest {
    /// So many letters are taken in at a time.
    pub(super) const BLOCK: usize = 8;

    /// Returns the digest of letters and digits. Letters of ASCII are taken in lower case.
    pub(super) fn of(letters: impl Iterator<Item = u8>) -> Self {
        let (mut digest, mut block, mut count) = (Self(0), 0_u64, 0);
        for letter in letters {
            block |= u64::from(letter | 0x20) << (8 * (count % Self::BLOCK));
            count += 1;
            if count % Self::BLOCK == 0 {
                digest = digest.and(block);
                block = 0;
            }
        }
        if block == 0 { digest } else { digest.and(block) }
    }

    /// Returns the digest with one more block of letters, those of ASCII in lower case.
    #[inline]
    pub(super) const fn and(self, block: u64) -> Self {
        let mixed = (self.0 ^ block).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self(mixed ^ (mixed >> 29))
    }

    /// Returns the place in the table where the word stands, or before which others do.
    pub(super) const fn place(self) -> usize {
        (self.0 >> 46) as usize & (ENTRIES - 1)
    }

    /// Returns one of 64 bits: words with another are others.
    pub(super) const fn bit(self) -> u64 {
        1 << (self.0 & 63)
    }

    /// Returns the bits by which an entry is known to be this word's: the uppermost.
    pub(super) const fn key(self) -> u64 {
        self.0 << SET_BITS
    }
}
