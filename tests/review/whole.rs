//! A whole case of Lustalux by keyboard alone, from the address that is printed to the bundle.

use super::driver::{Browser, ENTER, ESCAPE, SPACE};
use super::estate::{Page, Reviewed};
use crate::harness::Opened;

/// Two reviewers have to sign, and one column was forgotten in the map.
const CHANGES: [(&str, &str, &str); 2] = [
    ("controller.toml", "sign-off      = 1", "sign-off      = 2"),
    ("holdall.toml", "columns.compensation       = \"data\"\n", ""),
];

/// What a reviewer takes out that nothing proposed.
const MARKED: &str = "came off in one sheet";

#[test]
fn a_case_is_decided_and_signed_by_keyboard_alone() {
    let case = Reviewed::lustalux("complaint-access", &CHANGES);
    let mut page = case.page();
    let browser = Browser::start();
    browser.open(&page.address);
    browser.wait_for("h1", "Request 2026-0101");
    browser.picture("overview-light");
    resolve_the_hold(&browser);
    decide(&browser);
    mark(&browser);
    describe_somebody(&browser);
    sign(&browser);
    finish(&browser, &mut page);
    released(&case);
}

fn go(browser: &Browser, place: &str) {
    browser.press(&format!(".mast nav a[href='{place}']"));
}

fn resolve_the_hold(browser: &Browser) {
    browser.press(".next a.button");
    browser.wait_for("h2", "A column that is not in the data map");
    accessible(browser);
    browser.picture("holds-light");
    browser.tab_to("input[name='how'][value='give']");
    browser.keys(&SPACE.to_string());
    browser.fill("#reason-0", "It is what was paid to her");
    browser.keys_onward(&ENTER.to_string());
    browser.wait_for(".lead", "No hold stops the release");
}

/// Keeps a passage, undoes it, keeps it again; takes others out on another ground; parts a group.
fn decide(browser: &Browser) {
    go(browser, "/queue");
    let keep = || {
        browser.wait_for(".detail h2", "User name");
        browser.keys("k");
        browser.wait("document.activeElement.id === 'reason'");
        browser.keys("Nobody is called that");
        browser.keys_onward(&ENTER.to_string());
        browser.wait_for("h2", "Nothing is left to decide");
        browser.wait_for(".flash", "Kept");
    };
    keep();
    browser.keys_onward("u");
    keep();
    browser.press(".filters nav a[href='/queue?state=all']");
    browser.keys("/KX29");
    browser.keys_onward(&ENTER.to_string());
    browser.wait_for(".detail mark", "KX29 ZRB");
    pictures(browser, "queue");
    browser.press("main a[href='/queue?state=all']");
    browser.keys("/Thaddeus");
    browser.keys_onward(&ENTER.to_string());
    browser.wait_for(".detail mark", "Thaddeus");
    browser.keys("g");
    browser.wait("document.activeElement.id === 'ground'");
    browser.keys("Crime and taxation");
    browser.keys(&ESCAPE.to_string());
    browser.keys("n");
    browser.wait("document.activeElement.id === 'note'");
    browser.keys("Ask the branch");
    browser.keys(&ESCAPE.to_string());
    browser.keys_onward("r");
    browser.wait_for(".flash", "Taken out");
    two_steps_back(browser);
    browser.keys("?");
    browser.wait("document.getElementById('help').open");
    accessible(browser);
    browser.picture("help-light");
    browser.keys(&ESCAPE.to_string());
    browser.wait("!document.getElementById('help').open");
    browser.press("main a[href='/queue?state=all']");
    let first = browser.text(".list [aria-current]");
    browser.keys_onward("j");
    assert_ne!(browser.text(".list [aria-current]"), first);
    browser.keys_onward("h");
    assert_eq!(browser.text(".list [aria-current]"), first);
    browser.keys("/Thaddeus");
    browser.keys_onward(&ENTER.to_string());
    browser.wait_for(".detail .facts", "Crime and taxation");
    browser.press("form[action='/queue/part'] button");
    browser.wait_for(".detail .facts", "Parted from those alike");
}

/// Undoes two decisions one after the other, and decides again; the note stays.
fn two_steps_back(browser: &Browser) {
    browser.press("main a[href='/queue?state=all']");
    browser.keys("/Thaddeus");
    browser.keys_onward(&ENTER.to_string());
    browser.wait_for(".detail .facts", "Crime and taxation");
    assert_eq!(browser.script("return document.getElementById('note').value"), "Ask the branch");
    browser.keys("g");
    browser.keys("Third party");
    browser.keys(&ESCAPE.to_string());
    browser.keys_onward("r");
    browser.keys_onward("u");
    browser.wait_for(".detail mark", "Thaddeus");
    browser.wait_for(".detail .facts", "Crime and taxation");
    browser.keys_onward("u");
    browser.wait_for(".flash", "Undone");
    browser.wait_for(".detail mark", "Thaddeus");
    browser.keys("g");
    browser.keys("Crime and taxation");
    browser.keys(&ESCAPE.to_string());
    browser.keys_onward("r");
    browser.wait_for(".flash", "Taken out");
}

/// Takes out what nothing proposed, wherever it stands.
fn mark(browser: &Browser) {
    go(browser, "/");
    browser.press("a[aria-label='Read the records of complaints']");
    browser.wait_for("h1", "Record");
    browser.tab_to("#cell");
    browser.keys("narrative");
    browser.fill("#text", MARKED);
    pictures(browser, "reading");
    browser.keys_onward(&ENTER.to_string());
    browser.wait_for("h1", "Take out a passage");
    accessible(browser);
    browser.press("button.primary");
    browser.wait_for("mark", MARKED);
}

fn describe_somebody(browser: &Browser) {
    go(browser, "/people");
    browser.picture("people-light");
    browser.press("table a");
    browser.wait_for("h1", "[");
    browser.tab_to("#role");
    browser.keys("Relative");
    browser.tab_to("#consent");
    browser.keys("Refused");
    browser.fill("#on", "05112026");
    browser.fill("#note", "Rang him");
    browser.keys_onward(&ENTER.to_string());
    browser.wait_for(".lead", "Relative");
    browser.wait_for(".warn", "Consent refused");
    accessible(browser);
    browser.picture("person-light");
}

fn register(browser: &Browser, name: &str) {
    if browser.script("return document.querySelector('details').open") == false {
        browser.tab_to("summary");
        browser.keys(&ENTER.to_string());
    }
    browser.fill("#new-name", name);
    browser.fill("#new-secret", &format!("the secret of {name}"));
    browser.fill("#new-again", &format!("the secret of {name}"));
    browser.keys_onward(&ENTER.to_string());
    browser.wait_for("#name", name);
}

fn sign(browser: &Browser) {
    go(browser, "/release");
    browser.wait_for(".check", "0 of 2 reviewers signed");
    register(browser, "P. Mallow");
    register(browser, "R. Vale");
    browser.press("a[href='/release/preview']");
    browser.wait_for("table", "redactions.csv");
    accessible(browser);
    browser.picture("preview-light");
    browser.press("table a");
    browser.wait("document.querySelector('pre.file')");
    accessible(browser);
    browser.press("a[href='/release/preview']");
    browser.wait_for("table", "redactions.csv");
    browser.press("a[href='/release']");
    browser.fill("#secret", "a guess at the secret");
    browser.keys_onward(&ENTER.to_string());
    browser.wait_for("main", "The reviewer's secret is wrong");
    accessible(browser);
    browser.press("a.button");
    go(browser, "/release");
    for (name, signed) in
        [("P. Mallow", "1 of 2 reviewers signed"), ("R. Vale", "2 of 2 reviewers signed")]
    {
        browser.wait_for("#name", name);
        browser.fill("#secret", &format!("the secret of {name}"));
        browser.keys_onward(&ENTER.to_string());
        browser.wait_for(".check", signed);
    }
    pictures(browser, "release");
    browser.press("form[action='/release/seal'] button");
    browser.wait_for("h2", "The bundle is sealed");
    accessible(browser);
    pictures(browser, "sealed");
}

fn finish(browser: &Browser, page: &mut Page) {
    browser.press("form[action='/finish'] button");
    browser.wait_for("h1", "Finished for now");
    accessible(browser);
    assert_eq!(page.wait(), 0);
}

/// No serious fault of accessibility: on the pages that only a form or a decided case leads to.
#[track_caller]
fn accessible(browser: &Browser) {
    assert_eq!(browser.violations(), Vec::<String>::new());
}

fn pictures(browser: &Browser, name: &str) {
    for scheme in ["light", "dark"] {
        browser.prefer(scheme);
        browser.picture(&format!("{name}-{scheme}"));
    }
    browser.prefer("light");
}

/// The bundle is what was decided.
fn released(case: &Reviewed) {
    let status = case.run("status", &[], 0).json();
    assert_eq!(status["case"]["open"], 0);
    assert_eq!(status["case"]["kept"], 1);
    let out = case.world.work("2026-0101.zip");
    let sealed = case.run("release", &["--out", out.to_str().unwrap()], 0).json();
    assert_eq!(sealed["status"], "sealed");
    assert_eq!(sealed["redactions"], status["case"]["redacted"]);
    let bundle = Opened::read(&out);
    assert!(!bundle.data_has(MARKED) && !bundle.data_has("Quillfeather"));
    assert!(bundle.data_has("@quote, please"), "what was kept is not there");
    let grounds = bundle.text("redactions.csv");
    assert!(grounds.contains("Crime and taxation"), "{grounds}");
    let log = case.run("audit", &[], 0);
    assert!(log.stdout.contains("P. Mallow") && !log.stdout.contains("Quillfeather"), "{log}");
    assert!(case.file().as_ref().is_file());
}
