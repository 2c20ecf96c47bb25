//! Names of tables and columns: quoted for a statement, and taken apart where a map qualifies them.

#[cfg(any(feature = "postgres", feature = "mysql"))]
use std::collections::BTreeSet;

#[cfg(any(feature = "postgres", feature = "mysql"))]
use crate::TableSettings;

/// Returns an identifier in double quotes (standard SQL).
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Returns an identifier in back quotes (MySQL).
#[cfg(feature = "mysql")]
pub(crate) fn back_quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// Returns what a table's name in a map can mean, the likeliest first: `(schema, table)`.
///
/// A dot may be part of either name, so every way of reading it is given. Parts in double quotes
/// (`"My.Schema"."t"`) have one meaning only.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn meanings(name: &str) -> Vec<(Option<String>, String)> {
    if let Some(parts) = in_quotes(name) {
        return match <[String; 2]>::try_from(parts) {
            Ok([schema, table]) => vec![(Some(schema), table)],
            Err(parts) => parts.into_iter().map(|table| (None, table)).collect(),
        };
    }
    let split = |(at, _): (usize, &str)| {
        let (schema, table) = name.split_at_checked(at)?;
        Some((Some(schema.to_owned()), table.get(1..)?.to_owned()))
    };
    let qualified = name.match_indices('.').filter_map(split);
    std::iter::once((None, name.to_owned())).chain(qualified).collect()
}

/// Numbers the tables of a database whose names in a map would be the same but for case.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn apart(mut tables: Vec<TableSettings>) -> Vec<TableSettings> {
    let mut taken = BTreeSet::new();
    for table in &mut tables {
        let stem = table.name.clone();
        let mut number = 2;
        while !taken.insert(table.name.to_lowercase()) {
            table.table.get_or_insert_with(|| stem.clone());
            table.name = format!("{stem}-{number}");
            number += 1;
        }
    }
    tables
}

/// Returns the one or two parts of a name that is all in double quotes.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn in_quotes(name: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = name;
    loop {
        let (part, after) = one_in_quotes(rest)?;
        parts.push(part);
        match after.strip_prefix('.') {
            Some(after) => rest = after,
            None => return (after.is_empty() && parts.len() <= 2).then_some(parts),
        }
    }
}

/// Returns the part in quotes that the text starts with, and what follows it.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn one_in_quotes(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut part = String::new();
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c != '"' {
            part.push(c);
        } else if chars.next_if(|(_, next)| *next == '"').is_some() {
            part.push('"');
        } else {
            return Some((part, inner.get(at + 1..)?));
        }
    }
    None
}

#[cfg(all(test, any(feature = "postgres", feature = "mysql")))]
mod tests {
    use super::*;

    fn read(name: &str) -> Vec<String> {
        let show = |(schema, table): (Option<String>, String)| {
            schema.map_or_else(|| table.clone(), |schema| format!("{schema}|{table}"))
        };
        meanings(name).into_iter().map(show).collect()
    }

    #[test]
    fn a_dot_may_part_names_or_belong_to_one() {
        assert_eq!(read("orders"), ["orders"]);
        assert_eq!(read("public.orders"), ["public.orders", "public|orders"]);
        assert_eq!(read("a.b.c"), ["a.b.c", "a|b.c", "a.b|c"]);
        assert_eq!(read("\"My.Schema\".\"t\"\"x\""), ["My.Schema|t\"x"]);
        assert_eq!(read("\"a.b\""), ["a.b"]);
        assert_eq!(read("\"open"), ["\"open"]);
        assert_eq!(read(""), [""]);
    }

    #[test]
    fn quotes_in_a_name_are_doubled() {
        #[cfg(feature = "postgres")]
        assert_eq!(quoted("a\"; drop table b; --"), "\"a\"\"; drop table b; --\"");
        #[cfg(feature = "mysql")]
        assert_eq!(back_quoted("a`b"), "`a``b`");
    }
}
