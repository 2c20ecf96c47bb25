//! Random small estates. Values are symbols (a kind and a number); how one is spelt is decided
//! apart, so that the model needs no notion of spelling.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

/// The kinds in play, with what the rule needs to know of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Customer,
    Email,
    Nino,
    Name,
    BirthDate,
    Phone,
    Address,
}

pub(super) const KINDS: [Kind; 7] = [
    Kind::Customer,
    Kind::Email,
    Kind::Nino,
    Kind::Name,
    Kind::BirthDate,
    Kind::Phone,
    Kind::Address,
];

/// Somebody's value of a kind.
pub(super) type Symbol = (Kind, usize);

/// Returns the value that a person has. Persons 0 and 1, 2 and 3 share a household and a name; 0
/// and 2, 1 and 3 share a birthday.
pub(super) fn value_of(kind: Kind, person: usize) -> Symbol {
    match kind {
        Kind::Customer | Kind::Email | Kind::Nino => (kind, person),
        Kind::Name | Kind::Phone | Kind::Address => (kind, person / 2),
        Kind::BirthDate => (kind, person % 2),
    }
}

/// A random estate and a request by person 0.
#[derive(Clone, Debug)]
pub(super) struct Estate {
    pub tables: Vec<Table>,
    pub same_person: Vec<Vec<Kind>>,
    /// The kinds that the request gives.
    pub given: Vec<Kind>,
    /// Whether tables and rows stand in the opposite order.
    pub backwards: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Table {
    pub persons: Vec<Kind>,
    pub mentions: Option<Kind>,
    /// The table that its rows hang on by `up`, modulo the number of tables.
    pub parent: Option<usize>,
    /// The table whose `refers` its rows explain, modulo the number of tables.
    pub see: Option<usize>,
    pub rows: Vec<Row>,
}

/// A row; only as many of `persons` count as the table has person columns.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub owner: usize,
    pub persons: [Cell; 3],
    pub mention: Cell,
    pub id: Option<u8>,
    pub up: Option<u8>,
    pub refers: Option<u8>,
    /// How its values are spelt.
    pub spelling: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Cell {
    /// The value of the row's owner.
    Owner,
    /// The value of this person.
    Of(usize),
    /// A placeholder or nothing.
    Blank,
}

impl Row {
    /// Returns the value in a column of this kind.
    pub(super) fn symbol(&self, cell: Cell, kind: Kind) -> Option<Symbol> {
        match cell {
            Cell::Owner => Some(value_of(kind, self.owner)),
            Cell::Of(person) => Some(value_of(kind, person)),
            Cell::Blank => None,
        }
    }
}

impl Table {
    /// Returns the person values of a row, a column each.
    pub(super) fn person_values(&self, row: &Row) -> Vec<(Kind, Option<Symbol>)> {
        let cells = self.persons.iter().zip(row.persons);
        cells.map(|(kind, cell)| (*kind, row.symbol(cell, *kind))).collect()
    }
}

fn kind() -> impl Strategy<Value = Kind> {
    proptest::sample::select(KINDS.to_vec())
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        14 => Just(Cell::Owner),
        1 => (0..4_usize).prop_map(Cell::Of),
        3 => Just(Cell::Blank),
    ]
}

fn row() -> impl Strategy<Value = Row> {
    let link = || weighted(0.9, 0..5_u8);
    let cells = ([cell(), cell(), cell()], cell());
    (prop_oneof![Just(0), 0..4_usize], cells, link(), link(), link(), any::<usize>()).prop_map(
        |(owner, (persons, mention), id, up, refers, spelling)| Row {
            owner,
            persons,
            mention,
            id,
            up,
            refers,
            spelling: spelling % 8,
        },
    )
}

fn table() -> impl Strategy<Value = Table> {
    let mentions = proptest::sample::select(vec![Kind::Customer, Kind::Email, Kind::Nino]);
    let links = (weighted(0.3, 0..5_usize), weighted(0.2, 0..5_usize));
    (vec(kind(), 0..=3), weighted(0.25, mentions), links, vec(row(), 2..9)).prop_map(
        |(persons, mentions, (parent, see), rows)| Table { persons, mentions, parent, see, rows },
    )
}

/// Returns estates of two to five tables.
pub(super) fn estate() -> impl Strategy<Value = Estate> {
    let sets = vec![
        vec![],
        vec![vec![Kind::Name, Kind::BirthDate]],
        vec![vec![Kind::BirthDate, Kind::Address], vec![Kind::Name, Kind::Phone]],
    ];
    let given = proptest::sample::subsequence(KINDS.to_vec(), 1..=5);
    (vec(table(), 2..=5), proptest::sample::select(sets), given).prop_map(
        |(tables, same_person, given)| Estate { tables, same_person, given, backwards: false },
    )
}
