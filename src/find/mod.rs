//! Finding: rounds over the connectors, the ownership rule, and the reasons for each row.

mod model;

pub use model::{Found, Hold, HoldKind, Identity, Other, Row, Searched, Standing, Status};
