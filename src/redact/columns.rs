//! What happens to a cell, by the role of its column and the standing of its row. Pure.

use crate::find::{Standing, says_nothing};
use crate::map::{Column, Kind, Role, StaffPolicy};

use holdall_connector::Record;

use super::detect;
use super::forms::name_words;
use super::own::Own;

/// What happens to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict<'a> {
    /// It stays.
    Keep,
    /// It stays, but for what is found in it.
    Scan(Depth),
    /// It is taken out whole.
    Whole(Cause<'a>),
}

/// How thoroughly a cell is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// For values that are withheld.
    Known,
    /// For them, and for identifiers that cannot be taken for anything else.
    Data,
    /// For them, for parts of names, and for every identifier.
    Text,
}

/// Why a cell is taken out whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause<'a> {
    /// It is a credential.
    Credential,
    /// An exemption covers it.
    Exempt(&'a str),
    /// The map does not say what it is.
    Unmapped,
    /// It identifies another person.
    Other(Tie, Option<&'a Kind>),
    /// It names a member of staff; with the title of the column.
    Staff(Option<&'a Kind>, Option<&'a str>),
    /// It is in somebody else's file.
    Record,
}

/// In what way the other person belongs to the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    /// A third party.
    ThirdParty,
    /// Somebody mentioned.
    Mentioned,
    /// The person whose row it is.
    Holder,
}

/// Returns what happens to a cell with this text.
pub(super) fn judge<'a>(
    column: Option<&'a Column>,
    text: &str,
    standing: &Standing,
    own: &Own<'_>,
    staff: StaffPolicy,
) -> Verdict<'a> {
    let Some(column) = column else { return Verdict::Whole(Cause::Unmapped) };
    let everywhere = matches!(column.role, Role::Credential | Role::Withhold(_));
    if !everywhere
        && let Standing::Mentioned { by } = standing
        && !by.contains(&column.path)
        && !column.concerns.as_ref().is_some_and(|path| by.contains(path))
    {
        return Verdict::Whole(Cause::Record);
    }
    by_role(column, text, standing, own, staff)
}

/// Returns what stands for a member of staff in this row: their role, from the column that the map
/// names for it, or else the title of the column.
pub(super) fn role_of(column: &Column, record: &Record) -> Option<String> {
    let beside = column.beside.as_ref().and_then(|path| {
        let values = record.select(path);
        values.first().and_then(|value| value.scalar().and_then(|text| sound_role(&text)))
    });
    beside.or_else(|| column.title.clone())
}

/// Returns a role as it may stand in a label: short, without brackets, and naming nobody.
pub(super) fn sound_role(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let text = text.trim();
    let plain = !text.is_empty()
        && text.chars().count() <= LONGEST
        && !text.contains(['[', ']', '\n', '\r', '@'])
        && detect::candidates(text, &detect::RELEASE).is_empty();
    plain.then(|| text.to_owned())
}

fn by_role<'a>(
    column: &'a Column,
    text: &str,
    standing: &Standing,
    own: &Own<'_>,
    staff: StaffPolicy,
) -> Verdict<'a> {
    let other = |tie, kind: Option<&'a Kind>| {
        let kept = own.is(kind, text) || !text.is_empty() && says_nothing(text);
        if kept { Verdict::Keep } else { Verdict::Whole(Cause::Other(tie, kind)) }
    };
    match &column.role {
        Role::ThirdParty(kind) => other(Tie::ThirdParty, kind.as_ref()),
        Role::Mentions(kind) => other(Tie::Mentioned, Some(kind)),
        Role::Person(kind) if *standing == Standing::Own && is_own_name(kind, text, own) => {
            Verdict::Keep
        }
        Role::Person(kind) => other(Tie::Holder, Some(kind)),
        Role::Staff(kind) if own.is(kind.as_ref(), text) => Verdict::Keep,
        Role::Staff(_) if staff == StaffPolicy::Keep => Verdict::Scan(Depth::Known),
        Role::Staff(kind) => Verdict::Whole(Cause::Staff(kind.as_ref(), column.title.as_deref())),
        Role::Text => Verdict::Scan(Depth::Text),
        Role::Row | Role::Data if column.concerns.is_some() => Verdict::Scan(Depth::Text),
        Role::Row | Role::Data => Verdict::Scan(Depth::Data),
        Role::Credential => Verdict::Whole(Cause::Credential),
        Role::Withhold(code) => Verdict::Whole(Cause::Exempt(code)),
    }
}

/// Returns whether a name in the person's own row is a part of theirs, as in tables with first and
/// last names apart.
fn is_own_name(kind: &Kind, text: &str, own: &Own<'_>) -> bool {
    let words = name_words(text);
    kind.is_name() && !words.is_empty() && words.iter().all(|word| own.has_word(word))
}
