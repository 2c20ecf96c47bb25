//! Which collections lead to which: the references of the fields, with what follows from them.
//!
//! A reference says that rows there are found by values here. Rows that hold the key of another row
//! belong to whoever has that row (`parent`). Rows that are found by their own primary key are
//! shared by all who refer to them: they only explain (`see`).

use std::collections::BTreeSet;

use super::dataset::{Collection, Dataset, Direction, Field, Reference};
use crate::init::{Link, target_name};

/// A collection, by dataset and place.
pub(super) type Id = (usize, usize);

/// Whose the rows of a collection are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A field holds the person's identity.
    Owned,
    /// They belong to whoever has another row.
    Child,
    /// They explain other rows.
    Context,
    /// The dataset does not say.
    Nobodys,
}

/// "Rows of `to` are found by values of `from`": collection and column of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    from: (Id, usize),
    to: (Id, usize),
    /// Found by their own primary key.
    pub(super) is_see: bool,
}

/// What a field's references make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FieldLink {
    /// None.
    No,
    /// A key in a link that the map has.
    Key,
    /// It holds the same as this kind of identity elsewhere.
    Identity(String),
    /// A reference that does not say enough; why, in words.
    Open(String),
}

/// The references of all datasets.
#[derive(Debug, Default)]
pub(super) struct Graph {
    standings: Vec<(Id, Standing)>,
    edges: Vec<Edge>,
    /// Fields whose reference is left open, or holds an identity.
    links: Vec<((Id, usize), FieldLink)>,
}

impl Graph {
    /// Follows the references, from the collections that hold an identity.
    pub(super) fn of(datasets: &[Dataset]) -> Self {
        let mut graph = Self::default();
        let collections = datasets.iter().enumerate().flat_map(|(d, dataset)| {
            dataset.collections.iter().enumerate().map(move |(c, one)| ((d, c), one))
        });
        for (id, collection) in collections.clone() {
            let owned = collection.fields.iter().any(|f| f.identity.is_some() && !f.is_listed());
            let standing = if owned { Standing::Owned } else { Standing::Nobodys };
            graph.standings.push((id, standing));
        }
        let mut all = Vec::new();
        for (id, collection) in collections {
            for (index, field) in collection.fields.iter().enumerate() {
                for reference in &field.references {
                    all.extend(graph.edge(datasets, (id, index), field, reference));
                }
            }
        }
        graph.follow(all);
        graph
    }

    pub(super) fn standing(&self, id: Id) -> Standing {
        let found = self.standings.iter().find(|(other, _)| *other == id);
        found.map_or(Standing::Nobodys, |(_, standing)| *standing)
    }

    pub(super) fn edges_into(&self, id: Id) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(move |edge| edge.to.0 == id)
    }

    /// Returns what the references make of a field.
    pub(super) fn link_of(&self, id: Id, field: &Field) -> FieldLink {
        let found = self.links.iter().find(|(place, _)| *place == (id, field.place));
        found.map_or(FieldLink::No, |(_, link)| link.clone())
    }

    /// Returns the reference as an edge, or notes why it is none.
    fn edge(
        &mut self,
        datasets: &[Dataset],
        here: (Id, usize),
        field: &Field,
        reference: &Reference,
    ) -> Option<Edge> {
        let target = format!("{}.{}", reference.dataset, reference.field.join("."));
        let Some((there, other)) = find(datasets, reference) else {
            let why = format!("it leads to `{target}`, which is not described here");
            self.links.push((here, FieldLink::Open(why)));
            return None;
        };
        if field.is_listed() || other.is_listed() || field.holds_list() || other.holds_list() {
            let why = format!("it leads to `{target}` by a list: a row may be several people's");
            self.links.push((here, FieldLink::Open(why)));
            return None;
        }
        let towards = match reference.direction {
            Direction::To => true,
            Direction::From => false,
            Direction::Both => self.leads(here.0, field, there.0, other),
        };
        if !towards && let Some(kind) = &other.identity {
            self.links.push((here, FieldLink::Identity(kind.clone())));
            return None;
        }
        let (from, to) = if towards { (here, there) } else { (there, here) };
        let key = if towards { other.is_key() } else { field.is_key() };
        (from.0 != to.0).then_some(Edge { from, to, is_see: key })
    }

    /// Returns whether a reference without a direction leads from here to there: a row that holds
    /// another's key hangs on it, unless this one alone says whose it is.
    fn leads(&self, here: Id, field: &Field, there: Id, other: &Field) -> bool {
        let owned = |id| self.standing(id) == Standing::Owned;
        match (field.is_key(), other.is_key()) {
            (true, false) => true,
            (false, true) => owned(here) && !owned(there),
            _ => !owned(there),
        }
    }

    /// Keeps the edges that lead from somebody's rows, in rounds, so that none leads in a circle.
    fn follow(&mut self, all: Vec<Edge>) {
        let mut open = all;
        loop {
            let reached: BTreeSet<Id> = self
                .standings
                .iter()
                .filter(|(_, s)| matches!(s, Standing::Owned | Standing::Child))
                .map(|(id, _)| *id)
                .collect();
            let new = |edge: &Edge| reached.contains(&edge.from.0) && !reached.contains(&edge.to.0);
            let (now, later): (Vec<Edge>, Vec<Edge>) = open.into_iter().partition(new);
            if now.is_empty() {
                later.iter().for_each(|edge| self.leave(edge));
                return;
            }
            now.into_iter().for_each(|edge| self.keep(edge));
            open = later;
        }
    }

    fn keep(&mut self, edge: Edge) {
        let standing = if edge.is_see { Standing::Context } else { Standing::Child };
        if let Some((_, old)) = self.standings.iter_mut().find(|(id, _)| *id == edge.to.0)
            && *old != Standing::Child
        {
            *old = standing;
        }
        self.links.push((edge.from, FieldLink::Key));
        self.links.push((edge.to, FieldLink::Key));
        self.edges.push(edge);
    }

    /// Leaves a reference open that leads to rows which say themselves whose they are, or from rows
    /// that are nobody's.
    fn leave(&mut self, edge: &Edge) {
        let why = if self.standing(edge.to.0) == Standing::Owned {
            "the row has an identity of its own: is it also that of the person this leads to?"
        } else {
            "it leads from rows of which the dataset does not say whose they are"
        };
        for place in [edge.from, edge.to] {
            self.links.push((place, FieldLink::Open(why.into())));
        }
    }

    /// Returns an edge as the map writes it.
    pub(super) fn write(&self, datasets: &[Dataset], edge: &Edge) -> Option<Link> {
        let name = |(id, index): (Id, usize)| {
            let collection = collection(datasets, id)?;
            let nested = super::is_nested(datasets, id.0);
            Some((collection.name.as_str(), collection.fields.get(index)?.column(nested)))
        };
        let ((from_table, from), (_, to)) = (name(edge.from)?, name(edge.to)?);
        let same = edge.from.0.0 == edge.to.0.0;
        let source = source_name(datasets, edge.from.0.0);
        let target = target_name(from_table, &from, &source, same);
        let why = if edge.is_see {
            "reference to its own key: shared rows that explain others"
        } else {
            "reference: found by the key of the other row"
        };
        Some(Link { column: to, target, why: why.into() })
    }
}

fn collection(datasets: &[Dataset], id: Id) -> Option<&Collection> {
    datasets.get(id.0)?.collections.get(id.1)
}

/// Returns the field that a reference names.
fn find<'a>(datasets: &'a [Dataset], reference: &Reference) -> Option<((Id, usize), &'a Field)> {
    let d = datasets.iter().position(|dataset| dataset.key == reference.dataset)?;
    let (name, inner) = reference.field.split_first()?;
    let collections = &datasets.get(d)?.collections;
    let c = collections.iter().position(|collection| collection.name == *name)?;
    let fields = &collections.get(c)?.fields;
    let f = fields.iter().position(|field| field.names() == *inner)?;
    Some((((d, c), f), fields.get(f)?))
}

/// Returns the name of the source that a dataset becomes: letters, digits, dashes; each once.
pub(super) fn source_name(datasets: &[Dataset], index: usize) -> String {
    let plain = |dataset: &Dataset| {
        let key = dataset.key.to_lowercase();
        let words: Vec<&str> =
            key.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        if words.is_empty() { "dataset".to_owned() } else { words.join("-") }
    };
    let names: Vec<String> = datasets.iter().map(plain).collect();
    let name = names.get(index).cloned().unwrap_or_default();
    let first = names.iter().position(|other| *other == name) == Some(index);
    if first { name } else { format!("{name}-{}", index + 1) }
}
