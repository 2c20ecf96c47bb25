//! `holdall init`: drafts of the fixtures' maps against those that a person wrote; hostile names,
//! files and places; and no value of a source in anything that is written or said.

mod edits;

use std::path::Path;

use holdall::map;

use crate::harness::{World, repository};
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
