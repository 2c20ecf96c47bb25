//! Before anything leaves: the exact bundle that would, and the rows that holds are about.

use holdall_connector::Secret;

use super::change::number;
use super::release::{Releasing, seal};
use super::{Case, Error, HeldItem, sign};
use crate::find::Row;
use crate::map::{Map, Role};
use crate::redact::{texts, without};
use crate::verify::{Proved, VerifiedEntry};

/// The bundle as it would be released now: packed, proved and published nowhere. Its file is beside
/// the case, encrypted with a pass-phrase that is nowhere else, and gone when this is dropped.
#[derive(Debug)]
pub struct Preview {
    /// Records in it.
    pub records: u64,
    /// Redactions in it.
    pub redactions: u64,
    proved: Proved,
    secret: Secret,
}

impl Preview {
    /// Returns its files, in order.
    pub fn files(&self) -> &[VerifiedEntry] {
        &self.proved.verified.entries
    }

    /// Returns the content of one of its files.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none of that number; [`Error::Unproved`].
    pub fn content(&self, number: usize) -> Result<Vec<u8>, Error> {
        let entry = self.files().get(number).ok_or(Error::Unknown("file"))?;
        let content = self.proved.content(&entry.path, Some(&self.secret));
        content.map_err(|error| Error::Unproved(error.into()))
    }
}

impl Case {
    /// Returns the exact bundle that would leave now; nobody has to have signed.
    ///
    /// # Errors
    /// Whatever would stop the release, but for sign-offs.
    pub fn preview(&self) -> Result<Preview, Error> {
        let (inputs, settled) = self.settle()?;
        let secret = Secret::new(sign::random()?);
        let order = Releasing {
            out: self.path(),
            force: false,
            passphrase: Some(&secret),
            allow_incomplete: true,
        };
        let folder = match self.path().parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => std::path::Path::new("."),
        };
        let incomplete = number(&self.db, "incomplete")? > 0;
        let proved = seal(&inputs, &settled, &order, folder, incomplete)?;
        let records = settled.rows().len() as u64;
        let redactions = settled.redactions().len() as u64;
        Ok(Preview { records, redactions, proved, secret })
    }

    /// Returns the row that each hold is about, cell by cell (JSON pointer, text), without passwords
    /// and the like; empty if it is about none.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn held_rows(&self, holds: &[HeldItem]) -> Result<Vec<Vec<(String, String)>>, Error> {
        let map = super::Inputs::effective(&self.db)?.map;
        holds.iter().map(|held| held_row(held, &map)).collect()
    }
}

fn held_row(held: &HeldItem, map: &Map) -> Result<Vec<(String, String)>, Error> {
    let Some(body) = &held.record else { return Ok(Vec::new()) };
    let row: Row = serde_json::from_str(body)?;
    let table = map.tables().find(|table| table.id == row.table);
    let columns = table.into_iter().flat_map(|table| &table.columns);
    let secret = columns.filter(|column| column.role == Role::Credential);
    let record = secret.fold(row.record, |record, column| without(&record, &column.path));
    Ok(texts(&record))
}
