//! How many edits turn a draft into the map that a person wrote.
//!
//! Counted, one each: a column whose role, kind, `special` or `concerns` differs, or that the draft
//! leaves unmapped; a link (`parent`, `see`) too many or missing; a setting of a table (its name,
//! files, database table, titles, remarks, header, names) or of a source (its name, connector,
//! path); a kind of identifier that compares otherwise, is missing or is not needed; `same-person`;
//! the staff policy.
//!
//! Not counted: remarks, order, titles; which activity a table serves, which no look at data can
//! tell; `origin`, `type` and `category`; an encoding or delimiter that is said where the detected
//! one reads the same columns. Columns of a file without a header are held against each other by
//! place, and giving them their names is one edit: the list of `names`. Where the person's map
//! takes a nested object as one column, the object is one edit, however much in it differs; where
//! it names one file by the source's path and the draft by `files`, that is no difference.

use std::collections::{BTreeMap, BTreeSet};

use holdall::find::{self, Sources};
use holdall::map::{Column, Map, Source, Table, TableId};
use holdall_connector::Path;

/// Returns the edits, in words.
pub(crate) fn edits(draft: &Map, wanted: &Map) -> Vec<String> {
    let mut edits = Edits { draft, wanted, names: BTreeMap::new(), found: Vec::new() };
    edits.general();
    for source in &wanted.sources {
        edits.source(source);
    }
    edits.found
}

struct Edits<'a> {
    draft: &'a Map,
    wanted: &'a Map,
    /// Names of the draft's tables and columns that stand for others in the wanted map.
    names: BTreeMap<(TableId, String), String>,
    found: Vec<String>,
}

impl Edits<'_> {
    fn say(&mut self, edit: impl Into<String>) {
        self.found.push(edit.into());
    }

    fn general(&mut self) {
        let kinds: BTreeSet<_> =
            self.draft.identifiers.keys().chain(self.wanted.identifiers.keys()).collect();
        for kind in kinds {
            let (a, b) = (self.draft.identifiers.get(kind), self.wanted.identifiers.get(kind));
            if a != b {
                self.say(format!("identifier {kind}: {a:?}, wanted {b:?}"));
            }
        }
        if self.draft.same_person != self.wanted.same_person {
            self.say("same-person");
        }
        if self.draft.staff != self.wanted.staff {
            self.say("staff policy");
        }
        let known = |source: &&Source| !self.wanted.sources.iter().any(|s| s.name == source.name);
        let spare: Vec<_> =
            self.draft.sources.iter().filter(known).map(|s| s.name.clone()).collect();
        spare.into_iter().for_each(|name| self.say(format!("source {name} is not wanted")));
    }

    fn source(&mut self, source: &Source) {
        let Some(found) = self.draft.sources.iter().find(|s| s.name == source.name) else {
            return self.say(format!("no source {}", source.name));
        };
        if found.connector != source.connector {
            self.say(format!("connector of {}", source.name));
        }
        let found_tables: Vec<&Table> = found.tables.iter().collect();
        for table in &source.tables {
            match found_tables.iter().find(|t| same_place(found, t, source, table)) {
                Some(found) => self.table(found, table),
                None => self.say(format!("no table for {}", table.id)),
            }
        }
        let spare = found_tables
            .iter()
            .filter(|t| !source.tables.iter().any(|table| same_place(found, t, source, table)));
        spare.for_each(|table| self.say(format!("table {} is not wanted", table.id)));
    }

    fn table(&mut self, found: &Table, table: &Table) {
        let id = &table.id;
        if found.id != *id {
            self.say(format!("name of {id}: {}", found.id.table));
        }
        if found.files != table.files && (found.files.is_some() && table.files.is_some()) {
            self.say(format!("files of {id}: {:?}", found.files));
        }
        let (a, b) = (&found.layout, &table.layout);
        for (what, differs) in [
            ("header", a.header != b.header),
            ("names", a.names != b.names),
            ("skip-lines", a.skip_lines != b.skip_lines),
            ("comment", a.comment != b.comment),
        ] {
            if differs {
                self.say(format!("{what} of {id}"));
            }
        }
        for (made_up, name) in a.names.iter().zip(&b.names) {
            self.names.insert((found.id.clone(), made_up.clone()), name.clone());
        }
        self.links(found, table);
        self.columns(found, table);
    }

    fn links(&mut self, found: &Table, table: &Table) {
        let translate = |table: &TableId, path: &Path| {
            let name = self.names.get(&(table.clone(), path.to_string()));
            name.cloned().unwrap_or_else(|| path.to_string())
        };
        let links = |t: &Table| {
            let up = t.parents.iter().flat_map(|parent| {
                let keys = parent.keys.iter();
                keys.map(|(here, there)| {
                    let (here, there) = (translate(&t.id, here), translate(&parent.table, there));
                    format!("parent {here} = {}.{there}", parent.table)
                })
            });
            let across = t.see.iter().map(|see| {
                let (here, there) =
                    (translate(&t.id, &see.column), translate(&see.table, &see.target));
                format!("see {here} = {}.{there}", see.table)
            });
            up.chain(across).collect::<BTreeSet<String>>()
        };
        let (a, b) = (links(found), links(table));
        let differ: Vec<String> =
            a.symmetric_difference(&b).map(|link| format!("{}: {link}", table.id)).collect();
        self.found.extend(differ);
    }

    fn columns(&mut self, found: &Table, table: &Table) {
        let name = |path: &Path| {
            let name = self.names.get(&(found.id.clone(), path.to_string()));
            name.map_or_else(|| path.clone(), Path::column)
        };
        let mut leaves: Vec<(Path, Option<&Column>)> =
            found.columns.iter().map(|column| (name(&column.path), Some(column))).collect();
        leaves.extend(unmapped(self.draft, found).iter().map(|path| (name(path), None)));
        let mut edits = Vec::new();
        for column in &table.columns {
            let mine: Vec<_> = leaves
                .iter()
                .filter(|(path, _)| table.column_for(path).is_some_and(|c| c.path == column.path))
                .collect();
            let differs = |(_, leaf): &&(Path, Option<&Column>)| {
                leaf.is_none_or(|leaf| meaning(leaf) != meaning(column))
            };
            if let Some((path, leaf)) = mine.iter().copied().find(|leaf| differs(leaf)) {
                let is = leaf.map_or_else(|| "unmapped".into(), meaning);
                edits.push(format!("{}.{path}: {is}, wanted {}", table.id, meaning(column)));
            } else if mine.is_empty() {
                edits.push(format!("{}.{} is not there", table.id, column.path));
            }
        }
        for (path, leaf) in &leaves {
            if leaf.is_some() && table.column_for(path).is_none() {
                edits.push(format!("{}.{path} is not wanted", table.id));
            }
        }
        self.found.append(&mut edits);
    }
}

/// What a column means, as far as it is counted.
fn meaning(column: &Column) -> String {
    let Column { role, special, concerns, .. } = column;
    format!("{role:?} {special:?} {concerns:?}")
}

/// Returns the columns of the source that the draft leaves unmapped.
fn unmapped(draft: &Map, table: &Table) -> Vec<Path> {
    let sources = Sources::open(draft).unwrap();
    let survey = find::survey(draft, std::slice::from_ref(&table.id.source), &sources);
    let one = survey.tables.iter().find(|t| t.table == table.id).unwrap();
    let nested = draft.sources.iter().any(|s| s.name == table.id.source && s.connector.is_nested());
    let path = |name: &str| {
        if nested { Path::parse(name).unwrap() } else { Path::column(name) }
    };
    one.unmapped.iter().filter_map(|hold| hold.at.as_deref()).map(path).collect()
}

/// Returns whether two tables are read from the same place.
fn same_place(a: &Source, left: &Table, b: &Source, right: &Table) -> bool {
    let whole = |source: &Source, table: &Table| {
        let name = table.table.clone().unwrap_or_else(|| table.id.table.clone());
        source.connector.is_database().then_some(name)
    };
    if left.id == right.id || (whole(a, left).is_some() && whole(a, left) == whole(b, right)) {
        return true;
    }
    left.files.is_some() && left.files == right.files
}
