//! Records full of markup and scripts are text: on every page, and in the bundle.

use super::estate::{Page, Reviewed};
use crate::harness::Opened;

const EVIL: [&str; 4] = [
    "<script>document.title='owned'</script>",
    "\"><img src=x onerror=alert(1)>",
    "</bdi></mark><svg/onload=alert(1)>",
    "' autofocus onfocus=alert(1) x='",
];

/// A case whose every text is markup, in names that are taken out and in what stays.
pub(super) fn hostile() -> Reviewed {
    let mut notes = "customer,by,text\n".to_owned();
    for (at, evil) in EVIL.iter().enumerate() {
        let cell = |text: String| format!("\"{}\"", text.replace('"', "\"\""));
        let by = cell(format!("Amira {evil} Khan"));
        let text = cell(format!("{evil} Mail osgood{at}@example.net, said Mr Osgood {evil}"));
        notes.push_str(&format!("17,{by},{text}\n"));
    }
    Reviewed::with_notes(&notes)
}

pub(super) fn pages(page: &Page) -> Vec<String> {
    let mut all: Vec<String> =
        ["/", "/queue?state=all&each=1", "/people", "/holds", "/release", "/help"]
            .map(str::to_owned)
            .to_vec();
    all.extend((0..5).map(|row| format!("/rows/{row}")));
    let people = page.get("/people").body;
    let links = regex::Regex::new(r#"href="(/people/\d+)""#).unwrap();
    all.extend(links.captures_iter(&people).map(|found| found[1].to_owned()));
    let queue = page.get("/queue?state=all&each=1").body;
    let links = regex::Regex::new(r#"href="(/queue\?[^"]*at=[^"]*)""#).unwrap();
    all.extend(links.captures_iter(&queue).map(|found| found[1].replace("&amp;", "&")));
    all
}

#[test]
fn markup_in_records_is_text_on_every_page() {
    let case = hostile();
    let mut page = case.page();
    page.enter();
    let pages = pages(&page);
    assert!(pages.len() > 15, "{pages:?}");
    let mut seen = [false; EVIL.len()];
    for path in pages {
        let answer = page.get(&path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        for tag in ["<script>", "<img", "<svg", "onfocus=alert(1) x='\"", "<bdi></mark>"] {
            assert!(!answer.body.contains(tag), "{tag} in {path}");
        }
        for (at, evil) in EVIL.iter().enumerate() {
            let escaped = evil.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            seen[at] |= answer.body.contains(&escaped.replace('"', "&quot;"));
        }
    }
    assert_eq!(seen, [true; EVIL.len()], "a text that is nowhere proves nothing");
}

#[test]
fn markup_in_records_is_text_in_the_bundle() {
    let case = hostile();
    let world = &case.world;
    world.export(world.work("holdall.toml"), world.work("request.toml")).exits(0);
    let bundle = Opened::read(&world.out());
    let pages: Vec<&String> =
        bundle.entries.keys().filter(|name| name.ends_with(".html")).collect();
    assert!(pages.len() >= 2);
    for name in pages {
        let text = bundle.text(name);
        for tag in ["<script", "<img", "<svg", "</mark>"] {
            assert!(!text.contains(tag), "{tag} in {name}");
        }
    }
    assert!(bundle.text("index.html").contains("&lt;script&gt;"));
}
