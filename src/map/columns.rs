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
    resolve_roles(written, &mut columns, problems);
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
        origin_said: false,
        data_type: None,
        category: None,
        special: None,
        title: None,
        concerns: None,
        beside: None,
    };
    match &entry.value {
        ColumnEntry::Word(text) => Column { role: word(text, &entry.span, problems), ..plain },
        ColumnEntry::Full(table) => Column {
            role: role(name, &entry.span, table, kinds, problems),
            origin: table.origin.unwrap_or_default(),
            origin_said: table.origin.is_some(),
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
    let mut given = Given { kinds, problems, roles: Vec::new() };
    given.read(table);
    let mut roles = given.roles.into_iter();
    let Some((_, _, first)) = roles.next() else {
        problems.add(
            span,
            format!("the column `{}` has no role", **name),
            [format!("give it one of: {ROLES}; for example `data = true`")],
        );
        return Role::Data;
    };
    if let Some((word, place, _)) = roles.next() {
        problems.add(
            &place,
            format!("the column `{}` has two roles", **name),
            [format!("a column has one role: leave `{word}` or the other out")],
        );
    }
    first
}

/// Gathers the roles that a table gives, each with its word and its place.
struct Given<'a, 'p> {
    kinds: &'a Kinds,
    problems: &'a mut Problems<'p>,
    roles: Vec<(&'static str, Range<usize>, Role)>,
}

impl Given<'_, '_> {
    /// Reads every role, in the order of the grammar.
    fn read(&mut self, table: &ColumnTable) {
        self.kind("person", table.person.as_ref(), Role::Person);
        self.kind("mentions", table.mentions.as_ref(), Role::Mentions);
        self.kind_or_yes("third-party", table.third_party.as_ref(), Role::ThirdParty);
        self.kind_or_yes("staff", table.staff.as_ref(), Role::Staff);
        self.flag("row", table.row.as_ref(), Role::Row);
        self.flag("text", table.text.as_ref(), Role::Text);
        self.flag("data", table.data.as_ref(), Role::Data);
        self.flag("credential", table.credential.as_ref(), Role::Credential);
        if let Some(code) = &table.withhold {
            check_code(code, self.problems);
            self.roles.push(("withhold", code.span.clone(), Role::Withhold(code.value.clone())));
        }
    }

    fn kind(&mut self, word: &'static str, written: Option<&At<String>>, make: fn(Kind) -> Role) {
        if let Some(At { value, span }) = written {
            let kind = self.kinds.get(value, span, self.problems);
            self.roles.push((word, span.clone(), make(kind)));
        }
    }

    fn kind_or_yes(
        &mut self,
        word: &'static str,
        written: Option<&At<KindOrYes>>,
        make: fn(Option<Kind>) -> Role,
    ) {
        let Some(At { value, span }) = written else { return };
        let kind = match value {
            KindOrYes::Kind(name) => Some(self.kinds.get(name, span, self.problems)),
            KindOrYes::Flag(flag) => {
                check_flag(word, *flag, span, self.problems);
                None
            }
        };
        self.roles.push((word, span.clone(), make(kind)));
    }

    fn flag(&mut self, word: &'static str, written: Option<&At<bool>>, role: Role) {
        if let Some(At { value, span }) = written {
            check_flag(word, *value, span, self.problems);
            self.roles.push((word, span.clone(), role));
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

/// Fills in `beside`: `role` names another column of the same table, and stands with `staff` alone.
fn resolve_roles(
    written: &Entries<At<ColumnEntry>>,
    columns: &mut [Column],
    problems: &mut Problems<'_>,
) {
    let all: Vec<(String, Path)> =
        columns.iter().map(|column| (column.name.clone(), column.path.clone())).collect();
    for (name, entry) in written.iter() {
        let ColumnEntry::Full(table) = &entry.value else { continue };
        let Some(role) = &table.role else { continue };
        let found = all.iter().find(|(other, _)| other == role.as_str() && other != name.as_str());
        let column = columns
            .iter_mut()
            .find(|column| column.name == name.as_str() && matches!(column.role, Role::Staff(_)));
        match (found, column) {
            (Some((_, path)), Some(column)) => column.beside = Some(path.clone()),
            (_, None) => problems.add(
                &role.span,
                "`role` says what staff do, and this column is not of staff",
                ["write `{ staff = \"name\", role = \"…\" }`".to_owned()],
            ),
            (None, _) => problems.add(
                &role.span,
                format!("`{}` is no other column of this table", **role),
                one_of(role, all.iter().map(|(other, _)| other.as_str())),
            ),
        }
    }
}

fn concerns_help(concerns: &str, mentions: &[(String, Path)]) -> Option<String> {
    one_of(concerns, mentions.iter().map(|(name, _)| name.as_str())).or_else(|| {
        Some(format!("give it the role: `columns.{concerns} = {{ mentions = \"email\" }}`"))
    })
}
