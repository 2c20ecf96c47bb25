//! `holdall init`: drafts of the fixtures' maps against those that a person wrote; hostile names,
//! files and places; and no value of a source in anything that is written or said.

pub(crate) mod edits;

use std::path::Path;

use holdall::map;
use regex::Regex;

use crate::harness::{World, files_below, repository};
use edits::edits;

/// Drafts the map of an organisation from its folder, checks it, and returns the edits that make
/// it the one that a person wrote.
fn edits_of(organisation: &str) -> Vec<String> {
    let world = World::new();
    let folder = repository(Path::new("fixtures").join(organisation));
    let out = world.work("holdall.toml");
    world.holdall().arg("init").arg(&folder).arg("-o").arg(&out).exits(0);
    world.holdall().args(["check", "--map"]).arg(&out).exits(0);
    let draft = map::load(&out).unwrap();
    let wanted = map::load(&folder.join("holdall.toml")).unwrap();
    let edits = edits(&draft, &wanted);
    println!("{organisation}: {} edits", edits.len());
    edits.iter().for_each(|edit| println!("  {edit}"));
    edits
}

macro_rules! drafts {
    ($($organisation:ident)*) => {
        $(#[test]
        fn $organisation() {
            let edits = edits_of(&stringify!($organisation).replace('_', "-"));
            assert!(edits.len() <= 10, "{} edits: {edits:#?}", edits.len());
        })*
    };
}

drafts! {
    connect2employment
    link_community_centre
    lustalux
    luton_customer_services
    step_forward_luton
}

/// Whatever looks like an identifier in the sources: addresses, numbers, two words in capitals.
#[test]
fn no_value_of_a_fixture_is_written_or_said() {
    let telling = Regex::new(
        r"[\w.+-]+@[\w-]+\.[\w.]+|\d[\d ]{5,}\d|\p{Lu}\p{Ll}{2,} \p{Lu}\p{Ll}{2,}|\$2b\$\S+",
    )
    .unwrap();
    for organisation in ["connect2employment", "link-community-centre", "lustalux"] {
        let world = World::new();
        let folder = repository(Path::new("fixtures").join(organisation));
        let out = world.work("holdall.toml");
        let outcome = world.holdall().arg("init").arg(&folder).arg("-o").arg(&out).exits(0);
        let map = std::fs::read_to_string(&out).unwrap();
        let sources = files_below(&folder).into_iter().filter(|file| {
            let data = ["csv", "json", "jsonl", "txt", "sql"].map(Some);
            data.contains(&file.extension().and_then(|e| e.to_str()))
        });
        let mut seen = 0;
        for file in sources {
            let bytes = std::fs::read(folder.join(&file)).unwrap();
            for value in telling.find_iter(&String::from_utf8_lossy(&bytes)) {
                seen += 1;
                let value = value.as_str();
                assert!(!map.contains(value), "{organisation}: `{value}` is in the map");
                assert!(!outcome.stderr.contains(value), "{organisation}: `{value}` was said");
            }
        }
        assert!(seen > 500, "{organisation}: only {seen} values");
    }
}

#[test]
fn nothing_is_overwritten_without_force() {
    let world = World::new();
    world.write("crm/customers.csv", "customer_id,name\n1,Ada Hart\n2,Bo Lee\n");
    let (out, profile) = (world.write("holdall.toml", "mine"), world.work("controller.toml"));
    let init = || world.holdall().arg("init").arg(world.work("crm")).arg("-o").arg(&out);
    init().exits(2).says(&["is there already", "--force"]);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "mine");
    assert!(!profile.exists());
    let told = init().args(["--force", "--json"]).exits(0).json();
    assert_eq!((&told["status"], &told["tables"]), (&"ok".into(), &1.into()));
    assert!(std::fs::read_to_string(&out).unwrap().contains("path      = \"crm\""));
    std::fs::write(&profile, "name = \"Bramble Books\"\n[activity.sales]\n").unwrap();
    init().arg("--force").exits(0);
    assert!(std::fs::read_to_string(&profile).unwrap().contains("Bramble"));
    assert!(std::fs::read_to_string(&out).unwrap().contains("activity = \"sales\""));
}

#[test]
fn places_that_are_no_sources_are_refused_in_words() {
    let world = World::new();
    let init =
        |place: &str| world.holdall().args(["init", place, "-o"]).arg(world.work("holdall.toml"));
    let address = "postgres://ada:hunter2@db.example.org/crm";
    init(address).exits(2).says(&["env:NAME"]).keeps_quiet_about(&["hunter2", "db.example.org"]);
    init("host=h user=u password=hunter2").exits(2).keeps_quiet_about(&["hunter2"]);
    init("env:CRM_URL").exits(2).says(&["`CRM_URL` is not set"]);
    let kept = world.write("crm.url", "https://ada:hunter2@db.example.org/crm\n");
    init(&format!("file:{}", kept.display()))
        .exits(2)
        .says(&["no address of a database server", "`postgres://`"])
        .keeps_quiet_about(&["hunter2", "db.example.org"]);
    init("nowhere-at-all").exits(1).says(&["cannot read `nowhere-at-all`"]);
    let image = world.write("photo.png", "x");
    init(image.to_str().unwrap()).exits(2).says(&["no CSV file"]);
    let broken = world.write("x/broken.json", "[{\"name\": \"Quillfeather\"}, {\"na");
    init(broken.to_str().unwrap()).exits(2).keeps_quiet_about(&["Quillfeather"]);
    assert!(!world.work("holdall.toml").exists());
}

#[test]
fn a_fides_dataset_becomes_a_map() {
    let world = World::new();
    let dataset = "dataset:\n- fides_key: shop\n  collections:\n  - name: buyers\n    fields:\n    \
        - {name: mail, data_categories: [user.contact.email], fides_meta: {identity: email}}\n    \
        - {name: y}\n";
    let file = world.write("dataset.yml", dataset);
    let out = world.work("holdall.toml");
    let import = || world.holdall().args(["import", "fides"]).arg(&file).arg("-o").arg(&out);
    import().exits(0).says(&["1 column guessed", "1 column left to you"]);
    let map = map::load(&out).unwrap();
    assert_eq!(map.tables().count(), 1);
    assert!(world.work("controller.toml").exists());
    import().exits(2).says(&["is there already"]);
}
