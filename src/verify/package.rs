//! The manifest and the data package against what is there.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::read::Archive;
use super::{Error, Signature, VerifiedEntry, decode, inert};

const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.json.minisig";
const PACKAGE: &str = "datapackage.json";

/// What an entry was found to be.
#[derive(Default)]
pub(super) struct Checked {
    rows: Option<u64>,
    header: Option<Vec<String>>,
}

/// What the manifest and the package say together.
pub(super) struct Package {
    /// The request's reference.
    pub(super) reference: String,
    /// Whether every source was searched in full.
    pub(super) complete: bool,
    /// Rows of all tables.
    pub(super) rows: u64,
    /// The state of the signature.
    pub(super) signature: Signature,
}

/// Checks that an entry is a whole file of its kind and that nothing in it runs.
///
/// # Errors
/// [`Error::Entry`].
pub(super) fn read(name: &str, content: &[u8]) -> Result<Checked, Error> {
    let wrong = |why: String| Error::entry(name, why);
    let text = std::str::from_utf8(content).map_err(|_| wrong("it is not UTF-8 text".into()))?;
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("csv") => {
            let (header, rows) = inert::csv(text).map_err(wrong)?;
            Ok(Checked { rows: Some(rows), header: Some(header) })
        }
        Some("json") => {
            let rows = decode::json_rows(text).map_err(wrong)?;
            Ok(Checked { rows, header: None })
        }
        Some("html") => inert::html(text).map_err(wrong).map(|()| Checked::default()),
        Some("txt") => Ok(Checked::default()),
        Some("minisig") if name == SIGNATURE => Ok(Checked::default()),
        _ => Err(wrong("it is a kind of file that a bundle does not have".into())),
    }
}

#[derive(Deserialize)]
struct Manifest {
    reference: String,
    complete: bool,
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    path: String,
    bytes: u64,
    sha256: String,
}

#[derive(Deserialize)]
struct DataPackage {
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    path: String,
    format: String,
    bytes: u64,
    hash: String,
    #[serde(alias = "records")]
    rows: Option<u64>,
    schema: Schema,
}

#[derive(Deserialize)]
struct Schema {
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
}

type Entries<'a> = BTreeMap<&'a str, (&'a VerifiedEntry, &'a Checked)>;

/// Checks that every file is as the manifest has it, that none is unlisted, and the data package.
///
/// # Errors
/// [`Error::Entry`] for the first file that is not.
pub(super) fn check(
    archive: &Archive<'_>,
    entries: &[(VerifiedEntry, Checked)],
) -> Result<Package, Error> {
    let by_path: Entries<'_> =
        entries.iter().map(|(entry, checked)| (entry.path.as_str(), (entry, checked))).collect();
    let manifest: Manifest = parse(archive, MANIFEST)?;
    listed(&manifest, &by_path)?;
    let package: DataPackage = parse(archive, PACKAGE)?;
    let rows = resources(&package, &by_path)?;
    let signed = by_path.contains_key(SIGNATURE);
    Ok(Package {
        reference: manifest.reference,
        complete: manifest.complete,
        rows,
        signature: if signed { Signature::NotChecked } else { Signature::NotSigned },
    })
}

fn parse<T: for<'de> Deserialize<'de>>(archive: &Archive<'_>, name: &str) -> Result<T, Error> {
    let entry = archive
        .entries
        .iter()
        .find(|entry| entry.name == name)
        .ok_or_else(|| Error::entry(name, "it is missing"))?;
    serde_json::from_slice(&archive.content(entry)?)
        .map_err(|_| Error::entry(name, "it does not say what it has to say"))
}

fn listed(manifest: &Manifest, entries: &Entries<'_>) -> Result<(), Error> {
    let mut unlisted: BTreeSet<&str> =
        entries.keys().copied().filter(|path| ![MANIFEST, SIGNATURE].contains(path)).collect();
    for file in &manifest.files {
        let (entry, _) = entries
            .get(file.path.as_str())
            .ok_or_else(|| Error::entry(&file.path, "the manifest lists it and it is missing"))?;
        if (entry.bytes, &entry.sha256) != (file.bytes, &file.sha256) {
            return Err(Error::entry(&file.path, "it is not the file that the manifest lists"));
        }
        unlisted.remove(file.path.as_str());
    }
    match unlisted.first() {
        Some(path) => Err(Error::entry(path, "the manifest does not list it")),
        None => Ok(()),
    }
}

/// Checks each resource; returns the rows of all tables.
fn resources(package: &DataPackage, entries: &Entries<'_>) -> Result<u64, Error> {
    let mut described = BTreeSet::new();
    let mut total = 0;
    for resource in &package.resources {
        let (entry, checked) = entries.get(resource.path.as_str()).ok_or_else(|| {
            Error::entry(&resource.path, "the data package lists it and it is missing")
        })?;
        resource_fits(resource, entry, checked)?;
        described.insert(resource.path.as_str());
        if resource.path.starts_with("data/") && resource.format == "csv" {
            total += checked.rows.unwrap_or(0);
        }
    }
    let missing =
        entries.keys().find(|path| path.starts_with("data/") && !described.contains(*path));
    match missing {
        Some(path) => Err(Error::entry(path, "the data package does not describe it")),
        None => Ok(total),
    }
}

fn resource_fits(
    resource: &Resource,
    entry: &VerifiedEntry,
    checked: &Checked,
) -> Result<(), Error> {
    let wrong = |why: &str| Err(Error::entry(&resource.path, why));
    if entry.bytes != resource.bytes || resource.hash != format!("sha256:{}", entry.sha256) {
        return wrong("it is not the file that the data package describes");
    }
    if resource.rows.is_some() && resource.rows != checked.rows {
        return wrong("it does not have the rows that the data package counts");
    }
    let fields = resource.schema.fields.iter().map(|field| field.name.as_str());
    match &checked.header {
        Some(header) if !header.iter().map(String::as_str).eq(fields) => {
            wrong("its columns are not those that the data package describes")
        }
        _ => Ok(()),
    }
}
