//! The statement that reads a table, with conditions that an index serves where one can.

mod positions;

use holdall_connector::{Lookup, Match};

use super::catalogue::Relation;
use super::connect::Facts;
use super::shape::{Reading, Shape};
use crate::condition::{Class, Condition, Folding};
use crate::names::quoted;
use crate::structure::{Attribute, Identity, Index};

/// Ranges of more values than this are handed to the server as a table instead of a condition each.
const RANGES: usize = 32;

/// A value's ranges of the index cost about as much as reading so many rows of the table.
const ROWS: u64 = 25;

/// A statement and the lists of texts that are bound to it, in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) sql: String,
    pub(crate) bound: Vec<Vec<String>>,
    /// Whether no row at all can be wanted.
    pub(crate) is_empty: bool,
    /// Whether the server leaves rows out, so that few are sent for much that is read.
    pub(crate) is_filtered: bool,
}

impl Query {
    /// Returns the statement that gives at least the wanted rows: all columns in order, then the
    /// position, if the rows are told apart by it.
    pub(crate) fn new(relation: &Relation, facts: &Facts, lookup: &Lookup) -> Self {
        let mut sql = select(relation);
        let mut bound = Vec::new();
        let condition = condition(relation, facts, lookup, &mut bound);
        if condition.is_none() {
            bound.clear();
        }
        let is_empty = condition.as_ref().is_some_and(Vec::is_empty);
        let is_filtered = condition.is_some();
        if let Some(parts) = condition {
            sql.push_str(&format!(" WHERE {}", either(&parts)));
        }
        sql.push_str(&format!(" ORDER BY {}", order(relation).join(", ")));
        Self { sql, bound, is_empty, is_filtered }
    }

    /// Returns the statement that gives some rows: the first by the key, or any.
    pub(crate) fn sample(relation: &Relation, rows: usize) -> Self {
        let by = match relation.identity {
            Identity::Key => format!(" ORDER BY {}", order(relation).join(", ")),
            _ => String::new(),
        };
        let sql = format!("{}{by} LIMIT {rows}", select(relation));
        Self { sql, bound: Vec::new(), is_empty: false, is_filtered: true }
    }
}

/// Returns the statement that gives all rows: all columns in order, then the position, if the rows
/// are told apart by it.
fn select(relation: &Relation) -> String {
    let mut select: Vec<String> = relation.columns.iter().map(expression).collect();
    select.extend(position(relation.identity));
    let (schema, name) = (quoted(&relation.schema), quoted(&relation.name));
    format!("SELECT {} FROM {schema}.{name}", select.join(", "))
}

/// Returns that one of the conditions holds.
fn either(parts: &[String]) -> String {
    if parts.is_empty() { "false".to_owned() } else { parts.join(" OR ") }
}

fn expression(column: &Attribute<Reading>) -> String {
    let name = quoted(&column.name);
    match (column.reading.is_native, column.reading.cast) {
        (true, _) => name,
        (false, Some(other)) => format!("{name}::{other}::text"),
        (false, None) => format!("{name}::text"),
    }
}

fn position(identity: Identity) -> Vec<String> {
    match identity {
        Identity::Key | Identity::Number => Vec::new(),
        Identity::Position => vec!["ctid::text".to_owned()],
        Identity::PositionInPart => {
            vec!["ctid::text".to_owned(), "tableoid::regclass::text".to_owned()]
        }
    }
}

fn order(relation: &Relation) -> Vec<String> {
    match relation.identity {
        Identity::Key => {
            let name = |index: &usize| relation.columns.get(*index).map(|c| quoted(&c.name));
            relation.key.iter().filter_map(name).collect()
        }
        Identity::Position => vec!["ctid".to_owned()],
        Identity::PositionInPart => vec!["tableoid".to_owned(), "ctid".to_owned()],
        Identity::Number if relation.columns.is_empty() => vec!["1".to_owned()],
        Identity::Number => {
            let text = |c: &Attribute<Reading>| format!("{}::text COLLATE \"C\"", quoted(&c.name));
            relation.columns.iter().map(text).collect()
        }
    }
}

/// Returns conditions of which one holds for every wanted row; `None` if there is none such.
fn condition(
    relation: &Relation,
    facts: &Facts,
    lookup: &Lookup,
    bound: &mut Vec<Vec<String>>,
) -> Option<Vec<String>> {
    if relation.identity == Identity::Number {
        return None;
    }
    let asked: Vec<&Match> = lookup.any.iter().filter(|asked| !asked.values.is_empty()).collect();
    if let Some(found) = positions::condition(relation, facts, &asked, bound) {
        return Some(vec![found]);
    }
    let mut parts = Vec::new();
    for asked in asked {
        let column = relation.column_at(&asked.column)?;
        parts.extend(part(column, facts, asked, &mut |values| bind(bound, values))?);
    }
    Some(parts)
}

/// Binds a list of texts and returns what stands for it in the statement.
fn bind(bound: &mut Vec<Vec<String>>, values: Vec<String>) -> String {
    bound.push(values);
    format!("${}::text[]", bound.len())
}

fn part(
    column: &Attribute<Reading>,
    facts: &Facts,
    asked: &Match,
    bind: &mut dyn FnMut(Vec<String>) -> String,
) -> Option<Vec<String>> {
    let name = quoted(&column.name);
    let condition = Condition::of(column.class, asked);
    // In another encoding the server cannot even be given every character to compare with.
    if column.class == Class::Text && !facts.is_utf8 {
        return None;
    }
    Some(match condition {
        Condition::Every => return None,
        Condition::Equal(values) => {
            let values = holdable(column.class, values);
            if values.is_empty() {
                return Some(Vec::new());
            }
            vec![format!("{name} = ANY({}::{}[])", bind(values), type_of(column.class))]
        }
        Condition::Trimmed(values) => {
            let values: Vec<String> = values.into_iter().filter(|v| !v.contains('\0')).collect();
            if values.is_empty() {
                return Some(Vec::new());
            }
            match ordered(column).filter(|_| values.len() <= RANGES) {
                Some(ordered) => ranges(&ordered, &values, bind),
                None => trimmed(&format!("{name}::text COLLATE \"C\""), &bind(values)),
            }
        }
        Condition::Folded(folding, mut values) => {
            values.retain(|value| !value.contains('\0'));
            if folding == Folding::Lower {
                values.push(BEYOND_ASCII.to_owned());
                return Some(vec![format!("{} = ANY({})", caseless(column), bind(values))]);
            }
            let text = format!("{name}::text COLLATE \"C\"");
            let folded = fold(folding, &text);
            vec![
                format!("{folded} = ANY({})", bind(values)),
                format!("octet_length({text}) <> char_length({text})"),
            ]
        }
    })
}

/// Returns the values that a column of PostgreSQL can hold.
fn holdable(class: Class, values: Vec<String>) -> Vec<String> {
    let fits = |text: &String| class != Class::Integer || text.parse::<i64>().is_ok();
    values.into_iter().filter(fits).collect()
}

fn type_of(class: Class) -> &'static str {
    match class {
        Class::Integer => "int8",
        Class::Number => "numeric",
        Class::Uuid => "uuid",
        Class::Date => "date",
        Class::Text | Class::Other => "text",
    }
}

/// White space as Unicode has it (`White_Space`), as an SQL text.
const WHITE: &str = "E'\\t\\n\\x0b\\f\\r \\u0085\\u00a0\\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\
    \\u2005\\u2006\\u2007\\u2008\\u2009\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'";

/// The ranges of code points in which the white space beyond ASCII lies, ends excluded.
const WHITE_RANGES: [(char, char); 8] = [
    ('\u{85}', '\u{86}'),
    ('\u{A0}', '\u{A1}'),
    ('\u{1680}', '\u{1681}'),
    ('\u{2000}', '\u{200B}'),
    ('\u{2028}', '\u{202A}'),
    ('\u{202F}', '\u{2030}'),
    ('\u{205F}', '\u{2060}'),
    ('\u{3000}', '\u{3001}'),
];

/// Returns the column under the collation of an index in the order of code points.
fn ordered(column: &Attribute<Reading>) -> Option<String> {
    match &column.index {
        // An index on `char(n)` compares without the padding, in an order of its own.
        _ if column.reading.shape == Shape::Padded || !column.reading.is_native => None,
        Index::CodePoints(None) => Some(quoted(&column.name)),
        Index::CodePoints(Some(other)) => {
            Some(format!("{} COLLATE {}", quoted(&column.name), quoted(other)))
        }
        Index::Equal | Index::Absent => None,
    }
}

/// Returns the bounds (from, and to but not with) between which every text lies that is this value
/// with or without white space after it: the value itself and what goes on with a control character
/// or blank (all come before `!`), and what goes on with other white space.
fn trailing(value: &str) -> [(String, String); 2] {
    [
        (value.to_owned(), format!("{value}!")),
        (format!("{value}\u{85}"), format!("{value}\u{3001}")),
    ]
}

/// Returns the bounds between which every text lies that starts with white space.
fn leading() -> Vec<(String, String)> {
    let beyond_ascii = WHITE_RANGES.iter().map(|(from, to)| (from.to_string(), to.to_string()));
    std::iter::once(("\t".to_owned(), "!".to_owned())).chain(beyond_ascii).collect()
}

/// Returns a condition for each range in which a wanted text can lie.
fn ranges(
    column: &str,
    values: &[String],
    bind: &mut dyn FnMut(Vec<String>) -> String,
) -> Vec<String> {
    let bounds = values.iter().flat_map(|value| trailing(value)).chain(leading());
    let (from, to): (Vec<String>, Vec<String>) = bounds.unzip();
    let count = from.len();
    let (from, to) = (bind(from), bind(to));
    let range = |n| format!("({column} >= ({from})[{n}] AND {column} < ({to})[{n}])");
    (1..=count).map(range).collect()
}

/// Returns conditions of which one holds for every text that is one of the values but for white
/// space around it. Trimming is slow, so it is left to texts that start or end with anything but a
/// visible ASCII character.
fn trimmed(text: &str, among: &str) -> Vec<String> {
    vec![
        format!("{text} = ANY({among})"),
        format!(
            "({text} < '!' OR {text} > '~' OR right({text}, 1) NOT BETWEEN '!' AND '~') \
             AND btrim({text}, {WHITE}) = ANY({among})"
        ),
    ]
}

/// What [`caseless`] gives for every text beyond ASCII; for no other, as white space around is gone.
const BEYOND_ASCII: &str = " ";

/// Returns the expression for an ASCII text in lower case without white space around it, which is
/// the same for all texts beyond ASCII. An index on this very expression serves caseless lookups.
pub(crate) fn caseless(column: &Attribute<Reading>) -> String {
    let text = format!("{}::text", quoted(&column.name));
    format!(
        "CASE WHEN octet_length({text}) = char_length({text}) \
         THEN lower(btrim({text}, E' \\t\\n\\x0b\\f\\r') COLLATE \"C\") ELSE '{BEYOND_ASCII}' END"
    )
}

/// Returns the expression for what is left of an ASCII text.
fn fold(folding: Folding, text: &str) -> String {
    let all = (1..=127u8).map(char::from);
    let drop = |keep: fn(&char) -> bool| -> String {
        let literal = all.clone().filter(|c| !keep(c)).map(|c| format!("\\x{:02x}", u32::from(c)));
        format!("E'{}'", literal.collect::<String>())
    };
    match folding {
        Folding::Lower => text.to_owned(),
        Folding::Digits => format!("translate({text}, {}, '')", drop(char::is_ascii_digit)),
        Folding::Alphanumeric => {
            let rest = drop(|c| c.is_ascii_alphanumeric());
            format!("translate(lower({text}), {rest}, '')")
        }
    }
}
