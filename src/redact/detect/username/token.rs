//! How user names are written: one word of letters, digits and few signs.

use std::ops::Range;

use crate::redact::detect::person::{is_given, is_known_word, is_listed, is_surname};

/// The longest user name, in bytes.
pub(super) const LONGEST: usize = 40;

/// Words of the names of fields.
const FIELDS: [&str; 54] = [
    "referrer",
    "referer",
    "visitor",
    "login",
    "logon",
    "user",
    "username",
    "userid",
    "acct",
    "acc",
    "account",
    "addr",
    "address",
    "admin",
    "email",
    "nino",
    "dob",
    "ref",
    "uprn",
    "utr",
    "nhs",
    "num",
    "code",
    "sort",
    "name",
    "date",
    "time",
    "tel",
    "status",
    "postcode",
    "phone",
    "mobile",
    "desc",
    "seq",
    "idx",
    "nat",
    "ins",
    "row",
    "logins",
    "logons",
    "signup",
    "signups",
    "signin",
    "signins",
    "kiosk",
    "srv",
    "wks",
    "vlan",
    "wifi",
    "laptop",
    "workstation",
    "printer",
    "desktop",
    "lib",
];

/// A word of a text that may be a user name.
pub(super) struct Token<'t> {
    text: &'t str,
    pub(super) range: Range<usize>,
    pub(super) written: &'t str,
}

/// Returns whether a byte may stand in a user name.
pub(super) fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'$')
}

/// Returns the words in a part of a text that may be user names.
pub(super) fn tokens(text: &str, within: Range<usize>) -> impl Iterator<Item = Token<'_>> {
    let mut at = within.start;
    // What begins before the range is no word of it.
    if text.as_bytes().get(..at).and_then(<[u8]>::last).is_some_and(|b| is_part(*b)) {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        at += rest.iter().take_while(|b| is_part(**b)).count();
    }
    std::iter::from_fn(move || {
        while at < within.end {
            let rest = text.as_bytes().get(at..within.end)?;
            let start = at + rest.iter().position(|b| is_part(*b))?;
            let run = text.as_bytes().get(start..)?.iter().take_while(|b| is_part(**b)).count();
            at = start + run;
            if let Some(token) = Token::at(text, start) {
                return Some(token);
            }
        }
        None
    })
}

impl<'t> Token<'t> {
    /// Returns the word that starts here, without a full stop or hyphen at its end.
    pub(super) fn at(text: &'t str, start: usize) -> Option<Self> {
        let rest = text.as_bytes().get(start..)?.iter().take(2 * LONGEST);
        let run = rest.take_while(|b| is_part(**b)).count();
        let written = text.get(start..start + run)?.trim_end_matches(['.', '-', '$']);
        let sound = written.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let next = text.get(start + run..).and_then(|rest| rest.chars().next());
        let cut = next.is_some_and(|c| !c.is_ascii() && c.is_alphabetic());
        let range = start..start + written.len();
        (sound && !cut && (1..=LONGEST).contains(&written.len())).then_some(Self {
            text,
            range,
            written,
        })
    }

    fn parts(&self) -> impl Iterator<Item = &'t str> {
        let split = self.written.split(|c: char| !c.is_ascii_alphabetic());
        split.filter(|part| !part.is_empty())
    }

    fn has(&self, what: impl Fn(u8) -> bool) -> bool {
        self.written.bytes().any(what)
    }

    fn after(&self) -> &'t str {
        self.text.get(self.range.end..).unwrap_or_default()
    }

    fn before(&self) -> &'t str {
        self.text.get(..self.range.start).unwrap_or_default()
    }

    /// Returns whether it is nothing but letters.
    pub(super) fn is_word(&self) -> bool {
        self.written.bytes().all(|b| b.is_ascii_alphabetic())
    }

    /// Returns whether it has no capitals.
    pub(super) fn is_small(&self) -> bool {
        !self.has(|b| b.is_ascii_uppercase())
    }

    /// Returns whether it is four capitals or more.
    pub(super) fn is_large(&self) -> bool {
        self.written.len() > 3 && self.written.bytes().all(|b| b.is_ascii_uppercase())
    }

    /// Returns whether it is a word of three letters or more that is none of the language.
    pub(super) fn is_unknown(&self) -> bool {
        self.is_word()
            && self.written.len() > 2
            && !is_known_word(&self.written.to_ascii_lowercase())
            && !self.after().starts_with("'")
    }

    /// Returns whether it is a part of an e-mail address, the name of a host or file, or a key.
    pub(super) fn is_other(&self) -> bool {
        const ENDS: [&str; 27] = [
            ".com", ".org", ".net", ".uk", ".example", ".eu", ".ie", ".io", ".gov", ".info",
            ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".csv", ".txt", ".jpg", ".jpeg", ".png",
            ".html", ".aspx", ".php", ".zip", ".msg", ".mp4", ".exe",
        ];
        let lower = self.written.to_ascii_lowercase();
        let after = self.after();
        let key = after.starts_with("\":") || after.starts_with("\": ");
        self.written.len() < 2
            || self.is_service()
            || after.starts_with(['@', '/', '\\'])
            || key
            || lower.starts_with("www.")
            || lower.starts_with("ipv")
            || self.before().ends_with("//")
            || ENDS.iter().any(|end| lower.ends_with(end))
    }

    /// Returns whether one of its parts says that it is an account of a service, and no other is
    /// anybody's name: `svc_backup`, but not `svc_okoro`.
    fn is_service(&self) -> bool {
        let service = |part: &str| part.eq_ignore_ascii_case("svc");
        let known = |part: &str| {
            let part = part.to_ascii_lowercase();
            let word = is_known_word(&part) || FIELDS.contains(&part.as_str());
            part.len() < 3 || part == "backup" || word && !is_given(&part) && !is_surname(&part)
        };
        self.parts().any(service) && self.parts().all(|part| service(part) || known(part))
    }

    /// Returns whether it is such a name in capitals: `OBRIENC`.
    pub(super) fn is_large_name(&self) -> bool {
        const LETTERS: usize = 5;
        let lower = self.written.to_ascii_lowercase();
        let made = || Token::at(&lower, 0).is_some_and(|token| token.is_made_of_name());
        self.written.len() > LETTERS && self.is_large() && made()
    }

    /// Returns whether it is written like a user name as few other words are that stand between the
    /// times and numbers of a log.
    pub(super) fn is_logged(&self) -> bool {
        let named = self.is_made_of_name() || self.is_dotted_name();
        let halves = self.written.split_once('_');
        let led = halves.is_some_and(|(first, last)| first.len() == 1 && is_surname(last));
        let joined = led
            || self.written.contains('_')
                && self.written.len() < 16
                && self.has_unknown_part()
                && self.parts().any(|part| is_surname(part) || is_given(part));
        self.is_small() && !self.is_other() && (named || joined || self.is_numbered())
    }

    /// Returns whether it is written as no word is: letters with digits, or with a sign between.
    pub(super) fn is_strange(&self) -> bool {
        let letters = self.has(|b| b.is_ascii_alphabetic());
        let digits = self.has(|b| b.is_ascii_digit()) && self.written.len() > 3;
        let dotted = self.written.contains('.') && self.parts().all(|part| part.len() < 25);
        let hyphened = self.written.contains('-') && self.is_small() && self.has_unknown_part();
        letters && (digits || self.written.contains(['_', '$']) || dotted || hyphened)
    }

    /// Returns whether a part of it is no word of the language and of no field's name.
    pub(super) fn has_unknown_part(&self) -> bool {
        self.parts().any(|part| {
            let part = part.to_ascii_lowercase();
            part.len() > 2 && !is_known_word(&part) && !FIELDS.contains(&part.as_str())
        })
    }

    /// Returns whether three letters or a sign of their own stand in it, as in no model or version.
    pub(super) fn is_telling(&self) -> bool {
        self.written.contains('_') || self.parts().any(|part| part.len() > 2)
    }

    /// Returns whether it is a word of the names of fields.
    pub(super) fn is_field(&self) -> bool {
        FIELDS.iter().any(|field| self.written.eq_ignore_ascii_case(field))
    }

    /// Returns whether it is written like a user name where several are said to stand.
    pub(super) fn is_one_of_several(&self) -> bool {
        let begins = self.written.starts_with(|c: char| c.is_ascii_alphabetic());
        begins && self.is_strange() && self.is_telling() && !self.is_other() && !self.is_tied()
    }

    /// Returns whether it is small parts joined by `_` of which one is a given name or no word of the
    /// language, and none is of the name of a field.
    pub(super) fn is_bare(&self) -> bool {
        const LONG: usize = 6;
        let digits = self.has(|b| b.is_ascii_digit());
        let own = |part: &str| {
            let given =
                is_given(part) && self.parts().filter(|part| is_known_word(part)).count() < 2;
            !is_known_word(part) && (given || part.len() >= LONG || digits && part.len() > 2)
        };
        let split = self.written.trim_matches('_').contains('_');
        split
            && self.is_small()
            && !self.is_other()
            && !self.is_tied()
            && !self.parts().any(|part| FIELDS.contains(&part))
            && self.parts().any(own)
    }

    /// Returns whether a sign ties it to something longer: a path, an option, the name of a field.
    fn is_tied(&self) -> bool {
        let (before, after) = (self.before(), self.after());
        let listed = before.ends_with([',', '|', ';']) && after.starts_with([',', '|', ';', '\n']);
        before.ends_with(['/', '\\', '#', '-', '@', '.', '?', '&', '£', '$', '%', '+'])
            || after.starts_with(['=', ':', '(', '#', '%', '+', '&', '/', '\\'])
            || after.starts_with("\" :")
            || after.starts_with(" = ")
            || listed
    }

    /// Returns whether it is letters joined by signs, or small letters and then digits, as no
    /// number of an account is.
    pub(super) fn is_joined(&self) -> bool {
        let letters = self.has(|b| b.is_ascii_alphabetic());
        let signed = self.written.contains('_')
            || self.written.contains('.') && letters && self.parts().any(|part| part.len() > 2);
        let hyphened = self.written.contains('-') && self.is_small() && self.has_unknown_part();
        let numbered = self.is_small() && self.is_numbered();
        letters && (signed || hyphened || numbered)
    }

    /// Returns whether it is a word of three letters or more that is none of the language, and then
    /// up to four digits.
    fn is_numbered(&self) -> bool {
        let word = self.written.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = self.written.len() - word.len();
        (1..=4).contains(&digits)
            && word.len() > 2
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && !is_known_word(word)
    }

    /// Returns whether it is a surname with an initial or two before it or one after it, or a given
    /// name and an initial, in small letters, perhaps with digits: `efairlie`, `donnac2`.
    pub(super) fn is_made_of_name(&self) -> bool {
        const SHORTEST: usize = 4;
        let word = self.written.trim_end_matches(|c: char| c.is_ascii_digit());
        let small = word.bytes().all(|b| b.is_ascii_lowercase());
        if !small || word.len() <= SHORTEST || self.written.len() - word.len() > 4 {
            return false;
        }
        let part = |from: usize, to: usize| word.get(from..to).filter(|p| p.len() >= SHORTEST);
        // Most words are in a list as a whole.
        if is_listed(word) {
            return false;
        }
        let surname = |part: &str| is_surname(part);
        let end = word.len();
        let made = part(1, end).is_some_and(surname)
            || part(2, end).is_some_and(surname)
            || part(0, end - 1).is_some_and(|part| surname(part) || is_given(part));
        made && !FIELDS.contains(&word) && !self.is_tied()
    }

    /// Returns whether it is a given name and a surname joined by a full stop, in small letters.
    fn is_dotted_name(&self) -> bool {
        let Some((first, last)) = self.written.split_once('.') else { return false };
        let small = |part: &str| part.len() > 2 && part.bytes().all(|b| b.is_ascii_lowercase());
        let name =
            is_given(first) && !is_known_word(last) || is_surname(last) && !is_known_word(first);
        small(first) && small(last) && name
    }

    /// Returns whether it is small letters and then digits.
    fn tail_is_numbered(tail: &str) -> bool {
        let word = tail.trim_end_matches(|c: char| c.is_ascii_digit());
        word.len() > 2 && word.len() < tail.len() && word.bytes().all(|b| b.is_ascii_lowercase())
    }

    /// Returns whether what follows tells what becomes of accounts: `disabled`.
    pub(super) fn is_acted_on(&self) -> bool {
        const WORDS: [&str; 9] = [
            "disabled",
            "locked",
            "unlocked",
            "enabled",
            "suspended",
            "deleted",
            "deactivated",
            "reset",
            "removed",
        ];
        let after = self.after().trim_start();
        let after = ["is ", "was ", "has been ", "now "]
            .iter()
            .fold(after, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        WORDS.iter().any(|word| after.starts_with(word))
    }

    /// Returns whether a time follows: `16:02`.
    pub(super) fn is_timed(&self) -> bool {
        let time = self.after().as_bytes().get(1..6).unwrap_or_default();
        matches!(time, [a, b, b':', c, d] if [a, b, c, d].iter().all(|b| b.is_ascii_digit()))
    }

    /// Returns whether the sentence goes on with a word in small letters.
    pub(super) fn is_followed_by_word(&self) -> bool {
        let next = self.after().strip_prefix(' ').and_then(|rest| rest.chars().next());
        next.is_some_and(char::is_lowercase)
    }

    /// Returns whether a word with a capital follows: the rest of somebody's name.
    pub(super) fn is_followed_by_capital(&self) -> bool {
        let next = self.after().strip_prefix(' ').and_then(|rest| rest.chars().next());
        next.is_some_and(char::is_uppercase)
            && self.written.starts_with(|c: char| c.is_ascii_uppercase())
    }

    /// Returns whether it is plainly a user name wherever a text speaks of such: `nightowl_1987`,
    /// `jsmith04`.
    pub(super) fn is_plainly_one(&self) -> bool {
        if !self.has(|b| matches!(b, b'_' | b'.') || b.is_ascii_digit()) {
            return false;
        }
        let (before, after) = (self.before(), self.after());
        let tied = before.ends_with(['/', '\\', '#', '-', '@', '.', '?', '&', '£', '$', '%', '+'])
            || after.starts_with(['=', ':', '(', '#', '%', '+', '&'])
            || after.starts_with("\" :");
        let listed =
            before.ends_with([',', '|', ';', '"']) && after.starts_with([',', '|', ';', '"']);
        let digits = self.has(|b| b.is_ascii_digit());
        let counted = self.written.bytes().rev().take_while(u8::is_ascii_digit).count() > 1;
        let under = self.written.split_once('_').is_some_and(|(head, tail)| {
            let own = self.has_unknown_part() && (digits || !listed);
            !head.is_empty() && !tail.is_empty() && (own || counted)
        });
        let numbered = self.is_numbered() && self.written.len() > 5;
        let tail = self.written.rsplit('.').next().unwrap_or_default();
        let dotted = self.written.split_once('.').is_some_and(|(head, rest)| {
            head.bytes().all(|b| b.is_ascii_lowercase()) && rest == tail
        }) && Self::tail_is_numbered(tail);
        let sound = under || numbered || dotted || self.is_dotted_name();
        !tied && !self.is_other() && self.has(|b| b.is_ascii_lowercase()) && sound
    }
}
