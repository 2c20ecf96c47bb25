//! Fides datasets (ethyca.github.io/fideslang, the dataset resource) as a data map.
//!
//! | part | owns |
//! |---|---|
//! | `dataset` | the dataset as it is written, with its older spellings |
//! | `graph` | which collections lead to which |
//! | `roles` | what a field is, by its categories and its place |

mod dataset;
mod graph;
mod roles;

pub use dataset::Unknown;

use crate::init::{Draft, DraftSource, DraftTable, Link, declaration};
use dataset::{Collection, Dataset, Field};
use graph::{Graph, Standing};

const HEAD: [&str; 4] = [
    "A draft of a data map, made from Fides datasets. Read every line.",
    "Columns that stand as remarks are unmapped: a dataset does not say whose they are or who else",
    "is in them. They hold every release until somebody decides. `holdall check` says what is left.",
    "",
];

/// Returns the draft of a map of the datasets in a text, and what a person should know of it.
///
/// # Errors
/// [`Unknown`] if the text holds no dataset.
pub(super) fn draft(text: &str) -> Result<(Draft, Vec<String>), Unknown> {
    let datasets = dataset::read(text)?;
    let graph = Graph::of(&datasets);
    let sources: Vec<DraftSource> =
        (0..datasets.len()).map(|index| source(&datasets, index, &graph)).collect();
    let unsaid = |source: &DraftSource| {
        format!("{}: a dataset does not say what reads it and where it is", source.name)
    };
    let notes = sources.iter().map(unsaid).collect();
    let mut draft = Draft {
        head: HEAD.map(str::to_owned).into(),
        mark: "fides",
        controller: "controller.toml".into(),
        sources,
        ..Draft::default()
    };
    let used = draft.kinds_used();
    draft.kinds = used.iter().filter_map(|kind| declaration(kind, false)).collect();
    draft.same_person = ["name", "birth-date"].iter().all(|k| used.iter().any(|u| u == k));
    Ok((draft, notes))
}

fn source(datasets: &[Dataset], index: usize, graph: &Graph) -> DraftSource {
    let name = graph::source_name(datasets, index);
    let collections = datasets.get(index).map(|dataset| dataset.collections.as_slice());
    let nested = is_nested(datasets, index);
    let (connector, path) =
        if nested { ("json", name.clone()) } else { ("sqlite", format!("{name}.sqlite")) };
    let tables = collections.unwrap_or_default().iter().enumerate();
    DraftSource {
        connector: connector.to_owned(),
        place: ("path", path),
        notes: vec![
            "unknown: what reads it (connector) and where it is (path, or url of a server)".into(),
        ],
        tables: tables.map(|(c, one)| table(datasets, (index, c), one, graph)).collect(),
        name,
    }
}

/// Returns whether the columns of a dataset are paths.
fn is_nested(datasets: &[Dataset], index: usize) -> bool {
    let fields =
        datasets.get(index).into_iter().flat_map(|d| &d.collections).flat_map(|c| &c.fields);
    fields.into_iter().any(Field::is_nested)
}

fn table(
    datasets: &[Dataset],
    here: (usize, usize),
    collection: &Collection,
    graph: &Graph,
) -> DraftTable {
    let standing = graph.standing(here);
    let nested = is_nested(datasets, here.0);
    let entry = |field: &Field| {
        let link = graph.link_of(here, field);
        roles::entry(field, field.column(nested), standing, link)
    };
    let mut notes = Vec::new();
    if standing == Standing::Nobodys {
        notes.push("the dataset does not say whose rows these are: give it a `person` column or a `parent`".into());
    }
    let links = |see: bool| -> Vec<Link> {
        let edges = graph.edges_into(here).filter(|edge| edge.is_see == see);
        edges.filter_map(|edge| graph.write(datasets, edge)).collect()
    };
    DraftTable {
        name: collection.name.clone(),
        parents: links(false),
        sees: links(true),
        columns: collection.fields.iter().map(entry).collect(),
        notes,
        ..DraftTable::default()
    }
}
