//! What stops a release, and how each is resolved: with a reason, by a person.

use holdall_connector::Path;
use serde::{Deserialize, Serialize};

use super::decision::{Refusal, check_ground};
use crate::find::{Hold, HoldKind, RowKey, Ruling, digest};
use crate::map::{Column, Map, Origin, Role, Table};
use crate::request::Right;

/// The stable id of a hold: 32 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HoldId(pub String);

impl HoldId {
    /// Returns the id of a hold: from what is doubtful, and from the row that it is about, by its
    /// key, or from where it is.
    pub fn of(salt: &[u8], hold: &Hold, row: Option<&RowKey>) -> Self {
        let at = match row {
            Some(key) => Some(key.as_str()),
            None => hold.at.as_deref(),
        };
        Self(digest(salt, &(hold.kind, &hold.table, at, &hold.why)))
    }
}

/// How a hold is resolved. A reason is recorded with each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// The doubtful row is the data subject's: it joins the release.
    Theirs,
    /// The doubtful row is somebody else's: it stays out, and its values are withheld.
    NotTheirs,
    /// The column is given, searched as free text.
    Give,
    /// The column is taken out whole, on this ground.
    Withhold {
        /// The ground's code.
        ground: String,
    },
    /// It was done, as the reason says: the identity verified, the film looked at, the opinion had.
    Done,
}

impl Resolution {
    /// Checks the resolution of a hold.
    ///
    /// # Errors
    /// [`Refusal`]: it does not fit the hold, or the reason or ground is missing or wrong.
    pub fn check(&self, hold: &Hold, reason: &str, right: Right) -> Result<(), Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::NoReason("resolve a hold"));
        }
        let about_row = hold.table.is_some();
        let fits = match hold.kind {
            HoldKind::Ambiguous | HoldKind::Candidate | HoldKind::Joint if about_row => {
                matches!(self, Self::Theirs | Self::NotTheirs)
            }
            HoldKind::Unmapped | HoldKind::Exemption => {
                matches!(self, Self::Give | Self::Withhold { .. })
            }
            _ => *self == Self::Done,
        };
        match self {
            _ if !fits => Err(Refusal::Resolution),
            Self::Withhold { ground } => check_ground(ground, right),
            _ => Ok(()),
        }
    }

    /// Returns what it says of the row that the hold is about.
    pub fn ruling(&self) -> Option<Ruling> {
        match self {
            Self::Theirs => Some(Ruling::Theirs),
            Self::NotTheirs => Some(Ruling::NotTheirs),
            _ => None,
        }
    }
}

/// Writes into a map what was decided about a column: a held column has a role from now on.
pub fn amend(map: &mut Map, hold: &Hold, resolution: &Resolution) {
    let role = match resolution {
        Resolution::Give => Role::Text,
        Resolution::Withhold { ground } => Role::Withhold(ground.clone()),
        _ => return,
    };
    let (Some(id), Some(at)) = (&hold.table, &hold.at) else { return };
    let tables = map.sources.iter_mut().flat_map(|source| &mut source.tables);
    for table in tables.filter(|table| table.id.to_string() == *id) {
        let mut paths = vec![Path::column(at.clone())];
        paths.extend(Path::parse(at).ok());
        paths.dedup();
        paths.into_iter().for_each(|path| set_role(table, path, &role));
    }
}

fn set_role(table: &mut Table, path: Path, role: &Role) {
    if let Some(column) = table.columns.iter_mut().find(|column| column.path == path) {
        column.role = role.clone();
        return;
    }
    table.columns.push(Column {
        name: path.to_string(),
        path,
        role: role.clone(),
        origin: Origin::Other,
        origin_said: false,
        data_type: None,
        category: None,
        special: None,
        title: None,
        concerns: None,
        beside: None,
    });
}
