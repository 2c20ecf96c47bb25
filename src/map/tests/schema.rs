//! The JSON Schema is committed, and describes the grammar.

use super::super::grammar::WORDS;
use super::super::schema;
use super::{EXAMPLE, read, refusal, with_columns};
use crate::diagnose::schema::{accepts, assert_committed};

#[test]
fn it_is_committed_as_generated() {
    assert_committed(&schema(), "src/map/holdall.schema.json");
}

#[test]
fn it_accepts_what_the_parser_accepts() {
    accepts(&schema(), EXAMPLE).unwrap();
    for word in WORDS {
        let text = with_columns(&format!("columns.a = \"{word}\""));
        read(&text);
        accepts(&schema(), &text).unwrap();
    }
}

#[test]
fn every_modifier_of_the_schema_is_one_of_the_parser() {
    let schema = serde_json::to_value(schema()).unwrap();
    let properties = schema.pointer("/$defs/ColumnTable/properties").unwrap().as_object().unwrap();
    for key in properties.keys() {
        let message = refusal(&with_columns(&format!("columns.a = {{ {key} = 1.5 }}")));
        assert!(!message.contains("unknown key"), "{message}");
    }
    assert_eq!(properties.len(), 16);
}

#[test]
fn it_refuses_what_the_parser_refuses() {
    for lines in [
        "columns.a = \"dta\"",
        "columns.a = { persn = \"email\" }",
        "colums.a = \"data\"",
        "columns.a = { data = true, origin = \"gven\" }",
        "skip-lines = \"2\"",
        "files = 5",
    ] {
        let text = with_columns(lines);
        refusal(&text);
        assert!(accepts(&schema(), &text).is_err(), "{lines}");
    }
}
