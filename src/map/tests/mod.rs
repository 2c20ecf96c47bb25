//! The map as a whole: what is accepted and what it means, what is refused and how it is said.

mod model;
mod refusals;
mod schema;

use std::path::Path;

use super::{Map, parse};

/// The example of the design, as a user would write it.
const EXAMPLE: &str = include_str!("example.toml");

/// A map of one CSV table, with these lines in it.
fn with_columns(lines: &str) -> String {
    format!(
        "controller = \"controller.toml\"\n\n[[source]]\nname = \"crm\"\nconnector = \"csv\"\n\
         path = \"crm\"\n\n[source.tables.customers]\nactivity = \"enquiries\"\n{lines}\n"
    )
}

fn read(text: &str) -> Map {
    parse(text, Path::new("estate/holdall.toml")).unwrap_or_else(|error| panic!("{error}"))
}

/// What the user sees.
fn refusal(text: &str) -> String {
    match parse(text, Path::new("holdall.toml")) {
        Ok(_) => panic!("accepted:\n{text}"),
        Err(error) => error.to_string(),
    }
}
