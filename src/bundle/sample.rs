//! A made-up answer for tests: synthetic people, every kind of value, text and name that is hard.

use std::collections::BTreeMap;
use std::path::PathBuf;

use holdall_connector::{Location, Path, Place, Record, Skipped, Value};

use crate::controller::Profile;
use crate::find::{Found, Identity, Row, Searched, Standing, Status, Trail};
use crate::map::{
    Column, ConnectorKind, DataType, Kind, Layout, Map, Origin, Role, Source, SourcePlace,
    StaffPolicy, Table, TableId,
};
use crate::redact::forms::Withheld;
use crate::redact::{Confidence, Ground, Omission, Proposal, Proposed, Reach};
use crate::request::{Request, Right, Scope, Subject};
use crate::review::{Settled, settle};

use super::Contents;

/// Everything that a bundle is packed from, owned.
pub(crate) struct Sample {
    pub(crate) settled: Settled,
    pub(crate) map: Map,
    pub(crate) profile: Profile,
    pub(crate) request: Request,
}

impl Sample {
    pub(crate) fn contents(&self) -> Contents<'_> {
        Contents {
            settled: &self.settled,
            map: &self.map,
            profile: &self.profile,
            request: &self.request,
            incomplete: false,
        }
    }

    pub(crate) fn packed(&self) -> (tempfile::TempDir, super::Bundle) {
        self.packed_with(None)
    }

    pub(crate) fn packed_with(
        &self,
        passphrase: Option<&str>,
    ) -> (tempfile::TempDir, super::Bundle) {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = passphrase.map(|p| holdall_connector::Secret::new(p.into()));
        let options = super::Options { folder: folder.path().to_owned(), passphrase };
        let bundle = super::pack(&self.contents(), &options).unwrap();
        (folder, bundle)
    }
}

pub(crate) fn id(source: &str, table: &str) -> TableId {
    TableId { source: source.into(), table: table.into() }
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.into())
}

pub(crate) fn row(table: &TableId, standing: Standing, fields: Vec<(&str, Value)>) -> Row {
    let (columns, values): (Vec<String>, Vec<Value>) =
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).unzip();
    Row {
        table: table.clone(),
        record: Record {
            columns: columns.into(),
            values,
            location: Location {
                source: table.source.clone(),
                table: table.table.clone(),
                file: Some("file.csv".into()),
                place: Place::Line { line: 2, byte: 40 },
            },
        },
        standing,
        reason: Trail::default(),
    }
}

pub(crate) fn request(right: Right) -> Request {
    Request {
        reference: "2026-0042".into(),
        right,
        received: jiff::civil::date(2026, 11, 2),
        channel: Some("email".into()),
        identity: None,
        subject: Subject::default(),
        scope: Scope::default(),
        events: Vec::new(),
        representative: None,
    }
}

pub(crate) fn searched(table: &TableId, status: Status, found: u64) -> Searched {
    Searched {
        table: table.clone(),
        status,
        terms: [Kind::new("email"), Kind::new("customer")].into(),
        found,
        out_of_scope: 0,
        namesakes: 0,
        read: 4_096,
        skipped: Vec::new(),
        why: None,
    }
}

pub(crate) fn profile() -> Profile {
    toml::from_str(
        r#"
        name = "Lustalux Ltd"
        trading-names = ["Lustalux", "Lux & Co"]
        address = ["1 High Street", "Luton", "LU1 1AA"]
        requests-to = ["privacy@lustalux.example"]
        rights = ["access your data", "complain to the ICO"]
        processors = [{ name = "Mailout Services", why = "sends our newsletters" }]
        other-controllers = [{ name = "HM Revenue and Customs", why = "vetting", contact = "gov.uk" }]
        promises = ["Identity is verified before anything is released"]
        [dpo]
        name = "Dana Okafor"
        email = "dpo@lustalux.example"
        [activity.orders]
        title = "Orders and deliveries"
        purposes = ["fulfil your order", "keep accounts"]
        basis = ["contract", "legal-obligation"]
        categories = ["identity", "contact", "order"]
        recipients = [{ name = "logistics partners", why = "to deliver" }, "HMRC"]
        sources = ["you"]
        retention = { keep = "7 years", from = "placed_at" }
        transfers = [{ to = "United States", safeguard = "International Data Transfer Agreement" }]
        [activity.complaints]
        title = "Complaints"
        purposes = ["process the complaint", "check our level of service"]
        basis = ["legitimate-interests"]
        interests = ["answering complaints"]
        categories = ["identity", "complaint"]
        recipients = [{ name = "the person complained about", why = "to answer" }]
        sources = ["you", "the other people involved"]
        retention = { rule = "until actioned" }
        automated-decisions = [{ what = "priority", logic = "age of the complaint", effect = "order of handling" }]
        "#,
    )
    .unwrap()
}

fn table(id: TableId, activity: &str, typed: &[(&str, DataType)]) -> Table {
    let column = |(name, data_type): &(&str, DataType)| Column {
        name: (*name).to_owned(),
        path: Path::column(*name),
        role: Role::Data,
        origin: Origin::Given,
        origin_said: true,
        data_type: Some(*data_type),
        category: None,
        special: None,
        title: (*name == "total").then(|| "Total in pounds".to_owned()),
        concerns: None,
        beside: None,
    };
    Table {
        id,
        files: None,
        table: None,
        layout: Layout::default(),
        activity: Some(activity.into()),
        columns: typed.iter().map(column).collect(),
        parents: Vec::new(),
        see: Vec::new(),
    }
}

pub(crate) fn map(tables: Vec<Table>) -> Map {
    Map {
        file: PathBuf::new(),
        profile: PathBuf::new(),
        identifiers: BTreeMap::new(),
        same_person: Vec::new(),
        sources: vec![Source {
            name: "crm".into(),
            connector: ConnectorKind::Csv,
            place: SourcePlace::Path(PathBuf::new()),
            tables,
        }],
        staff: StaffPolicy::Keep,
        recogniser: None,
    }
}

fn label(row: usize, cell: &str, whole: bool, kind: &str, ground: &str) -> Proposal {
    Proposal {
        row,
        cell: cell.into(),
        span: (!whole).then_some(0..4),
        kind: kind.into(),
        detector: "column",
        confidence: Confidence::Certain,
        ground: Ground::new(ground),
        reason: match ground {
            "security" => "a credential is held; it is never given out".into(),
            _ => "it is about somebody else".into(),
        },
        label: if kind == "person" { "[Person Q]".into() } else { format!("[{kind}]") },
    }
}

pub(crate) fn settled(rows: Vec<Row>, search: Vec<Searched>) -> Settled {
    settle(proposed(rows, search)).unwrap()
}

fn proposed(rows: Vec<Row>, search: Vec<Searched>) -> Proposed {
    Proposed {
        found: Found {
            rows,
            aside: Vec::new(),
            subject: Identity::default(),
            others: Vec::new(),
            holds: Vec::new(),
            held: Vec::new(),
            search,
            notes: Vec::new(),
            roster: crate::find::Roster::default(),
        },
        proposals: Vec::new(),
        omissions: Vec::new(),
        withheld: Withheld::default(),
    }
}

/// An answer with nested values, nulls, labels in typed columns, odd headers and quoted newlines.
pub(crate) fn rich(right: Right) -> Sample {
    let (orders, complaints, web) =
        (id("shop", "orders"), id("crm", "complaints"), id("web", "CON"));
    let customers = id("crm", "customers");
    let mut failed = searched(&id("archive", "letters"), Status::Failed, 0);
    failed.why = Some("the folder could not be read".into());
    failed.skipped.push(Skipped {
        location: Location {
            source: "archive".into(),
            table: "letters".into(),
            file: Some("2019/letters.csv".into()),
            place: Place::Line { line: 17, byte: 900 },
        },
        why: "a quote is not closed".into(),
    });
    let mut asked = proposed(
        [
            customer_rows(&customers),
            order_rows(&orders),
            complaint_rows(&complaints),
            web_rows(&web),
        ]
        .concat(),
        vec![
            searched(&customers, Status::Found, 1),
            searched(&orders, Status::Found, 3),
            searched(&complaints, Status::Found, 2),
            searched(&web, Status::Found, 2),
            searched(&id("crm", "newsletters"), Status::NothingFound, 0),
            failed,
        ],
    );
    asked.proposals = vec![
        label(0, "/password", true, "credential", "security"),
        label(3, "/total", true, "withheld", "sch2-24"),
        label(4, "/text", false, "person", "sch2-16"),
        label(5, "/about~1whom", true, "person", "sch2-16"),
    ];
    if right == Right::Portability {
        asked.omissions = vec![Omission {
            table: id("crm", "scores"),
            column: None,
            reach: Reach::All,
            count: 3,
            ground: Ground::new("art20-1"),
            reason: "it was worked out by us, not provided by you".into(),
        }];
    }
    Sample {
        settled: settle(asked).unwrap(),
        map: map(vec![
            table(customers, "orders", &[("id", DataType::Integer), ("born", DataType::Date)]),
            table(orders, "orders", &[("total", DataType::Number), ("paid", DataType::Boolean)]),
            table(complaints, "complaints", &[]),
        ]),
        profile: profile(),
        request: request(right),
    }
}

fn customer_rows(id: &TableId) -> Vec<Row> {
    vec![row(
        id,
        Standing::Own,
        vec![
            ("id", text("17")),
            ("name", text("Zoë O'Hara-Łuczak")),
            ("email", text("zoe@example.org")),
            ("phone", text("+44 7700 900123")),
            ("born", text("1984-03-02")),
            ("newsletter", text("yes")),
            ("password", text("[credential]")),
            ("address", text("12 Mill Lane\r\nLuton\r\nLU1 1AA")),
        ],
    )]
}

fn order_rows(id: &TableId) -> Vec<Row> {
    let item = |sku: &str, price: &str| {
        Value::Object(vec![
            ("sku".into(), text(sku)),
            ("price".into(), Value::Decimal(price.into())),
            ("gift".into(), Value::Bool(false)),
        ])
    };
    let order = |number: i128, total: Value, paid: Value, items: Vec<Value>| {
        let ship = Value::Object(vec![
            ("city".into(), text("Luton")),
            ("geo".into(), Value::Object(vec![("lat".into(), Value::Decimal("51.88".into()))])),
        ]);
        row(
            id,
            Standing::Own,
            vec![
                ("order", Value::Integer(number)),
                ("total", total),
                ("paid", paid),
                ("placed", Value::DateTime("2026-01-05T10:00:00Z".into())),
                ("ship", ship),
                ("items", Value::List(items)),
                ("note", Value::Null),
            ],
        )
    };
    vec![
        order(1, text("12.50"), text("yes"), vec![item("A-1", "12.50")]),
        order(2, text("0.10"), text("no"), vec![]),
        order(90_071_992_547_409_931, text("[withheld]"), text(""), vec![item("=1+1", "1e2")]),
    ]
}

fn complaint_rows(id: &TableId) -> Vec<Row> {
    let complaint = |standing, words: &str, whom: &str| {
        row(
            id,
            standing,
            vec![
                ("text", text(words)),
                ("about/whom", text(whom)),
                ("=odd \"header\"", Value::Bytes(vec![1, 2, 255])),
                ("", Value::Null),
            ],
        )
    };
    vec![
        complaint(Standing::Own, "[Person Q] said \"no\",\nthen left <b>\u{202E}now", "the shop"),
        complaint(
            Standing::Mentioned { by: vec![Path::column("whom")] },
            "=HYPERLINK(1)",
            "[Person Q]",
        ),
    ]
}

fn web_rows(id: &TableId) -> Vec<Row> {
    ["/basket", "-2+3"]
        .iter()
        .map(|page| {
            row(
                id,
                Standing::Context,
                vec![("page", text(page)), ("Page", text("/")), ("page", Value::Integer(4))],
            )
        })
        .collect()
}

/// Returns a sealed archive of these entries, whatever they are.
pub(crate) fn forged(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
    let folder = std::env::temp_dir();
    let packer = super::archive::Packer::new(&folder, None, jiff::civil::date(2026, 11, 2));
    let pieces = entries
        .iter()
        .map(|(name, content)| packer.piece(name, &|out| out.write_all(content)).unwrap())
        .collect();
    packer.join(pieces).unwrap()
}
