//! What a portability request does not cover.
use super::Omission;
use crate::controller::Profile;
use crate::find::{Found, Hold, Row};
use crate::map::{Map, Table};
use crate::request::Right;
pub(super) fn omissions(_: &Found, _: &Map, _: &Profile, _: Right) -> Vec<Omission> {
    Vec::new()
}
pub(super) fn holds(_: &Found, _: &Map, _: &[Omission], _: Right) -> Vec<Hold> {
    Vec::new()
}
pub(super) fn is_omitted(_: &[Omission], _: &Row) -> bool {
    false
}
pub(super) fn is_column_omitted(_: &[Omission], _: &Row, _: &Table, _: &str) -> bool {
    false
}
