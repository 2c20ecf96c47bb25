//! A small organisation to spoil: two people in a CSV file, their orders as JSON Lines. Ada Hart
//! asks; Bertram Osgood must never be seen.

use std::path::PathBuf;

use super::{Outcome, World};

const PROFILE: &str = r#"
name        = "Bramble Books Ltd"
address     = ["1 High Street", "Luton", "LU1 1AA"]
requests-to = ["privacy@bramble.example"]
[dpo]
name  = "P. Mallow"
email = "dpo@bramble.example"
[activity.orders]
title      = "Orders"
purposes   = ["deliver what was ordered"]
basis      = ["contract"]
categories = ["identity", "contact", "orders"]
recipients = ["the courier"]
sources    = ["you"]
retention  = { keep = "6 years", from = "ordered_on" }
"#;

pub(super) const MAP: &str = r#"controller = "controller.toml"

[identifiers]
customer = {}

[[source]]
name      = "crm"
connector = "csv"
path      = "crm"

[source.tables.customers]
activity            = "orders"
columns.customer_id = { person = "customer" }
columns.name        = { person = "name" }
columns.email       = { person = "email" }
columns.pin         = "credential"

[[source]]
name      = "shop"
connector = "json"
path      = "shop"

[source.tables.orders]
activity            = "orders"
columns.order_id    = "row"
columns.customer    = { person = "customer" }
columns.ordered_on  = "data"
columns."items"     = "data"
"#;

pub(super) const REQUEST: &str = r#"reference = "2026-0001"
right     = "access"
received  = 2026-11-02

[identity]
verified = true
on  = 2026-11-03
by  = "P. Mallow"
how = "passport seen"

[subject]
name  = ["Ada Hart"]
email = ["ada.hart@example.org"]
"#;

const CUSTOMERS: &str = "customer_id,name,email,pin
17,Ada Hart,ada.hart@example.org,9931-AH
18,Bertram Osgood,b.osgood@example.net,4410-BO
";

const ORDERS: &str = r#"{"order_id":"A-1","customer":"17","ordered_on":"2026-01-05","items":[{"sku":"ATLAS","price":12.50}]}
{"order_id":"B-2","customer":"18","ordered_on":"2026-01-06","items":[{"sku":"ORCHID","price":7.25}]}
"#;

/// What must never come out of the estate.
pub(crate) const CANARIES: &[&str] = &["Osgood", "osgood", "9931-AH", "4410-BO", "ORCHID"];

/// The small organisation, whole and right until a test spoils it.
pub(crate) struct Estate {
    pub world: World,
}

impl Estate {
    pub(crate) fn new() -> Self {
        let world = World::new();
        world.write("controller.toml", PROFILE);
        world.write("holdall.toml", MAP);
        world.write("request.toml", REQUEST);
        world.write("crm/customers.csv", CUSTOMERS);
        world.write("shop/orders.jsonl", ORDERS);
        Self { world }
    }

    pub(crate) fn map(&self) -> PathBuf {
        self.world.work("holdall.toml")
    }

    pub(crate) fn request(&self) -> PathBuf {
        self.world.work("request.toml")
    }

    /// Writes the map with one text replaced by another.
    #[track_caller]
    pub(crate) fn with_map(self, from: &str, to: &str) -> Self {
        assert!(MAP.contains(from), "the map has no `{from}`");
        self.world.write("holdall.toml", MAP.replace(from, to));
        self
    }

    /// Writes the request with one text replaced by another.
    #[track_caller]
    pub(crate) fn with_request(self, from: &str, to: &str) -> Self {
        assert!(REQUEST.contains(from), "the request has no `{from}`");
        self.world.write("request.toml", REQUEST.replace(from, to));
        self
    }

    /// Writes another file in place of one of the sources.
    pub(crate) fn with_source(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.world.write(name, content);
        self
    }

    /// Exports with these arguments more, expects this exit code, and checks that nobody else's
    /// data was said and no bundle is there unless it was sealed.
    #[track_caller]
    pub(crate) fn export(&self, args: &[&str], code: i32) -> Outcome {
        let export = self.world.export(self.map(), self.request()).args(args);
        let outcome = export.exits(code);
        outcome.keeps_quiet_about(CANARIES);
        assert_eq!(self.world.out().exists(), code == 0, "bundle or no bundle?\n{outcome}");
        outcome
    }
}
