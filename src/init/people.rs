//! Whose rows a table has: the numbers of people, and tables that are somebody's.

use super::draft::Role;
use super::estate::{Column, Table};
use super::roles::{Verdict, of_kind};
use super::words::{self, Whose};

/// The verdicts on the columns of a table, in their order.
pub(super) type Verdicts = Vec<Verdict>;

/// Gives columns without a telling name the kind whose values they hold: `holder_1` has the same
/// numbers as `client_id`.
pub(super) fn spread_kinds(tables: &[Table], verdicts: &mut [Verdicts]) {
    let known: Vec<(&'static str, &Column)> = tables
        .iter()
        .zip(verdicts.iter())
        .flat_map(|(table, verdicts)| table.columns.iter().zip(verdicts))
        .filter_map(|(column, verdict)| Some((verdict.number_of?, column)))
        .filter(|(kind, column)| column.shape.is_telling() && !words::is_part_played(kind))
        .collect();
    for (table, verdicts) in tables.iter().zip(verdicts) {
        for (column, verdict) in table.columns.iter().zip(verdicts) {
            let open = match verdict.number_of {
                None => matches!(verdict.role, None | Some(Role::Data)),
                Some(kind) => words::is_part_played(kind),
            };
            let of = kind_of(column, &known).filter(|_| open && column.shape.is_telling());
            if let Some(kind) = of {
                *verdict = number_of(column, kind);
            }
        }
    }
}

fn kind_of(column: &Column, known: &[(&'static str, &Column)]) -> Option<&'static str> {
    let same = |other: &Column| {
        let share = column.shape.share_in(&other.shape);
        share >= 80 || (share > 0 && column.shape.has_prefix_of(&other.shape))
    };
    known.iter().find(|(_, other)| same(other)).map(|(kind, _)| *kind)
}

fn number_of(column: &Column, kind: &'static str) -> Verdict {
    let head = column.words.split_last().map_or(&[][..], |(_, head)| head);
    let whose = match words::whose(head, column.listed) {
        Whose::Unknown => Whose::Own,
        known => known,
    };
    let verdict = of_kind(kind, whose, "by its values, which another table has too");
    Verdict {
        number_of: Some(kind),
        why: format!("the number of a {kind}, by its values"),
        ..verdict
    }
}

/// Makes the people of a table of others (`household_members`, `references`) somebody else.
pub(super) fn others(table: &Table, verdicts: &mut Verdicts) {
    if !words::is_table_of_others(&table.words) {
        return;
    }
    for verdict in verdicts {
        if verdict.number_of.is_none() && verdict.whose == Some(Whose::Own) {
            to_third(verdict, "the table is about others");
        }
    }
}

/// Leaves the names and addresses open that are called after another sort of person than the one
/// whose number the row has: `guest_name` beside `member_id`.
pub(super) fn strangers(table: &Table, verdicts: &mut Verdicts) {
    let columns = || table.columns.iter();
    let owners: Vec<&Column> = columns()
        .zip(verdicts.iter())
        .filter(|(_, v)| v.number_of.is_some() && matches!(v.role, Some(Role::Person(_))))
        .map(|(column, _)| column)
        .collect();
    for (column, verdict) in columns().zip(verdicts) {
        let Some(noun) = words::person(&column.words).filter(|_| verdict.number_of.is_none())
        else {
            continue;
        };
        let known = owners.iter().any(|owner| words::person(&owner.words) == Some(noun));
        let known = known || owners.iter().any(|owner| words::holds(&owner.words, noun));
        if let (false, false, Some(Role::Person(kind))) = (owners.is_empty(), known, &verdict.role)
        {
            let maybe = Some(Role::ThirdParty(Some(kind.clone())));
            *verdict = Verdict::open(maybe, "called after another person than the row's number");
        }
    }
}

/// Makes a column somebody else's.
pub(super) fn to_third(verdict: &mut Verdict, because: &str) {
    if let Some(Role::Person(kind)) = &verdict.role {
        verdict.role = Some(Role::ThirdParty(Some(kind.clone())));
        verdict.why = format!("{}; {because}", verdict.why);
        verdict.whose = Some(Whose::Third);
    }
}

/// Returns whether a column says by itself whose row it is.
fn pulls(verdict: &Verdict) -> bool {
    let sure = !matches!(verdict.whose, Some(Whose::Either));
    match &verdict.role {
        Some(Role::Person(kind)) => {
            sure && !matches!(kind.as_str(), "name" | "birth-date" | "address" | "phone")
        }
        _ => false,
    }
}

/// Returns whether the rows of a table say whose they are.
pub(super) fn is_owned(verdicts: &Verdicts) -> bool {
    verdicts.iter().any(pulls)
}

/// Decides whose the columns are that may be the person's or another's (`recipient`, `sender`): the
/// person's where nothing else says whose the row is. An address book of one domain is staff.
pub(super) fn settle_either(table: &Table, verdicts: &mut Verdicts, is_owned: bool) {
    let staff = table.columns.iter().zip(verdicts.iter()).any(|(column, verdict)| {
        verdict.whose == Some(Whose::Either) && column.shape.has_one_domain()
    });
    for verdict in verdicts.iter_mut().filter(|v| v.whose == Some(Whose::Either)) {
        let Some(Role::Person(kind)) = verdict.role.clone() else { continue };
        if !is_owned {
            verdict.whose = Some(Whose::Own);
        } else if staff {
            verdict.role = Some(Role::Staff(Some(kind)));
            verdict.why = format!("{}; all of one domain, so of staff", verdict.why);
        } else {
            to_third(verdict, "another column says whose row it is");
        }
    }
}
