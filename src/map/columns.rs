//! What each column is: exactly one role, and its modifiers.

use std::ops::Range;

use holdall_connector::Path;

use super::grammar::{ColumnEntry, ColumnTable, KindOrYes, WORDS};
use super::identifiers::Kinds;
use super::model::{Column, Kind, Origin, Role};
use super::resolve;
use crate::controller::{exemption, exemption_codes};
use crate::diagnose::{At, Entries, Problems, one_of};

/// Every role, for hints.
const ROLES: &str = "person, mentions, row, third-party, staff, text, data, credential, withhold";

/// Returns the columns of a table. `nested` says that their names are paths.
pub(super) fn resolve(
    written: &Entries<At<ColumnEntry>>,
    nested: bool,
    kinds: &Kinds,
    problems: &mut Problems<'_>,
) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (name, entry) in written.iter() {
        resolve::name(name, "column", problems);
        let Some(path) = path(name, nested, problems) else { continue };
        if columns.iter().any(|column| column.path == path) {
            problems.add(&name.span, format!("the column `{}` is named twice", **name), None);
        }
        columns.push(column(name, path, entry, kinds, problems));
    }
    resolve_concerns(written, &mut columns, problems);
    columns
}

/// Returns the address of a column.
pub(super) fn path(name: &At<String>, nested: bool, problems: &mut Problems<'_>) -> Option<Path> {
    if !nested || name.trim().is_empty() {
        return Some(Path::column(name.as_str()));
    }
    let path = Path::parse(name);
    if path.is_err() {
        problems.add(
            &name.span,
            format!("`{}` is not a column path", **name),
            ["write keys joined by dots, with `[]` for each element: `items[].sku`".to_owned()],
        );
    }
    path.ok()
}

fn column(
    name: &At<String>,
    path: Path,
    entry: &At<ColumnEntry>,
    kinds: &Kinds,
    problems: &mut Problems<'_>,
) -> Column {
    let plain = Column {
        name: name.value.clone(),
        path,
        role: Role::Data,
        origin: Origin::default(),
        data_type: None,
        category: None,
        special: None,
        title: None,
        concerns: None,
    };
    match &entry.value {
        ColumnEntry::Word(text) => Column { role: word(text, &entry.span, problems), ..plain },
        ColumnEntry::Full(table) => Column {
            role: role(name, &entry.span, table, kinds, problems),
            origin: table.origin.unwrap_or_default(),
            data_type: table.r#type,
            category: table.category.clone(),
            special: table.special.clone(),
            title: table.title.clone(),
            ..plain
        },
    }
}

/// Returns the role that a single word gives.
fn word(text: &str, span: &Range<usize>, problems: &mut Problems<'_>) -> Role {
    match text {
        "row" => Role::Row,
        "third-party" => Role::ThirdParty(None),
        "staff" => Role::Staff(None),
        "text" => Role::Text,
        "data" => Role::Data,
        "credential" => Role::Credential,
        "person" | "mentions" => {
            problems.add(
                span,
                format!("`{text}` needs a kind of identifier"),
                [format!("write `{{ {text} = \"email\" }}`")],
            );
            Role::Data
        }
        "withhold" => {
            problems.add(
                span,
                "`withhold` needs the code of an exemption",
                ["write `{ withhold = \"sch2-24\" }`".to_owned()],
            );
            Role::Data
        }
        other => {
            problems.add(
                span,
                format!("`{other}` is no role of a column"),
                one_of(other, WORDS).into_iter().chain([format!("roles: {ROLES}")]),
            );
            Role::Data
        }
    }
}

/// Returns the one role of a table; none or several are a problem.
fn role(
    name: &At<String>,
    span: &Range<usize>,
    table: &ColumnTable,
    kinds: &Kinds,
    problems: &mut Problems<'_>,
) -> Role {
    let roles = roles(table, kinds, problems);
    let mut all = roles.into_iter();
    let Some((_, _, first)) = all.next() else {
        problems.add(
            span,
            format!("the column `{}` has no role", **name),
            [format!("give it one of: {ROLES}; for example `data = true`")],
        );
        return Role::Data;
    };
    if let Some((word, place, _)) = all.next() {
        problems.add(
            &place,
            format!("the column `{}` has two roles", **name),
            [format!("a column has one role: leave `{word}` or the other out")],
        );
    }
    first
}

type Given = (&'static str, Range<usize>, Role);

/// Returns every role that a table gives, in the order of the grammar.
fn roles(table: &ColumnTable, kinds: &Kinds, problems: &mut Problems<'_>) -> Vec<Given> {
    let mut roles: Vec<Given> = Vec::new();
    let by_kind: [(_, _, fn(Kind) -> Role); 2] =
        [("person", &table.person, Role::Person), ("mentions", &table.mentions, Role::Mentions)];
    for (word, kind, make) in by_kind {
        if let Some(kind) = kind {
            roles.push((word, kind.span.clone(), make(kinds.get(kind, &kind.span, problems))));
        }
    }
    let perhaps: [(_, _, fn(Option<Kind>) -> Role); 2] = [
        ("third-party", &table.third_party, Role::ThirdParty),
        ("staff", &table.staff, Role::Staff),
    ];
    for (word, kind, make) in perhaps {
        if let Some(kind) = kind {
            let known = kind_or_yes(word, kind, kinds, problems);
            roles.push((word, kind.span.clone(), make(known)));
        }
    }
    let flags = [
        ("row", &table.row, Role::Row),
        ("text", &table.text, Role::Text),
        ("data", &table.data, Role::Data),
        ("credential", &table.credential, Role::Credential),
    ];
    for (word, flag, role) in flags {
        if let Some(flag) = flag {
            check_flag(word, flag.value, &flag.span, problems);
            roles.push((word, flag.span.clone(), role));
        }
    }
    if let Some(code) = &table.withhold {
        check_code(code, problems);
        roles.push(("withhold", code.span.clone(), Role::Withhold(code.value.clone())));
    }
    roles
}

fn kind_or_yes(
    word: &str,
    written: &At<KindOrYes>,
    kinds: &Kinds,
    problems: &mut Problems<'_>,
) -> Option<Kind> {
    match &written.value {
        KindOrYes::Kind(name) => Some(kinds.get(name, &written.span, problems)),
        KindOrYes::Flag(flag) => {
            check_flag(word, *flag, &written.span, problems);
            None
        }
    }
}

fn check_flag(word: &str, flag: bool, span: &Range<usize>, problems: &mut Problems<'_>) {
    if !flag {
        problems.add(
            span,
            format!("`{word} = false` says nothing"),
            [format!("write `{word} = true`, or leave it out and give another role")],
        );
    }
}

fn check_code(code: &At<String>, problems: &mut Problems<'_>) {
    if exemption(code).is_none() {
        problems.add(
            &code.span,
            format!(
                "`{}` is no exemption of the Data Protection Act 2018 that Holdall knows",
                **code
            ),
            one_of(code, exemption_codes()),
        );
    }
}

/// Fills in `concerns`: it names a `mentions` column of the same table.
fn resolve_concerns(
    written: &Entries<At<ColumnEntry>>,
    columns: &mut [Column],
    problems: &mut Problems<'_>,
) {
    let mentions: Vec<(String, Path)> = columns
        .iter()
        .filter(|column| matches!(column.role, Role::Mentions(_)))
        .map(|column| (column.name.clone(), column.path.clone()))
        .collect();
    for (name, entry) in written.iter() {
        let ColumnEntry::Full(table) = &entry.value else { continue };
        let Some(concerns) = &table.concerns else { continue };
        let found = mentions.iter().find(|(mention, _)| mention == concerns.as_str());
        let column = columns.iter_mut().find(|column| column.name == name.as_str());
        if let (Some((_, path)), Some(column)) = (found, column) {
            column.concerns = Some(path.clone());
        } else {
            problems.add(
                &concerns.span,
                format!("`{}` is no `mentions` column of this table", **concerns),
                concerns_help(concerns, &mentions),
            );
        }
    }
}

fn concerns_help(concerns: &str, mentions: &[(String, Path)]) -> Option<String> {
    one_of(concerns, mentions.iter().map(|(name, _)| name.as_str())).or_else(|| {
        Some(format!("give it the role: `columns.{concerns} = {{ mentions = \"email\" }}`"))
    })
}
