//! Pages in a real browser: no serious fault of accessibility, nothing that runs from a record, text
//! that is marked by selecting it.

use super::driver::Browser;
use super::estate::Reviewed;
use super::markup::{hostile, pages};

#[test]
fn axe_finds_nothing_serious_on_any_page_and_no_record_runs() {
    let case = hostile();
    case.run("review", &["--add-hold", "Film of the yard"], 0);
    let page = case.page();
    let browser = Browser::start();
    browser.open(&page.address);
    browser.wait_for("h1", "Request");
    let origin = page.origin();
    let mut page = page;
    page.cookie = cookie(&browser, &origin);
    let mut all = pages(&page);
    all.dedup_by_key(|path| path.split('=').next().unwrap().to_owned());
    all.push("/nowhere".to_owned());
    let mut wrong = Vec::new();
    for scheme in ["light", "dark"] {
        browser.prefer(scheme);
        for path in &all {
            browser.open(&format!("{origin}{path}"));
            browser.wait("document.querySelector('h1')");
            assert_ne!(browser.script("return document.title"), "owned", "a record ran: {path}");
            wrong.extend(
                browser.violations().into_iter().map(|v| format!("{path} ({scheme}): {v}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Asks chromedriver, for no script can read the cookie.
fn cookie(browser: &Browser, origin: &str) -> String {
    assert_eq!(browser.script("return document.cookie"), "", "a script can read the cookie");
    let port = origin.rsplit(':').next().unwrap();
    let cookies = browser.cookies();
    let name = format!("holdall-{port}");
    let mine = cookies.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
    assert_eq!((&mine["httpOnly"], &mine["sameSite"]), (&true.into(), &"Strict".into()));
    format!("{name}={}", mine["value"].as_str().unwrap())
}

#[test]
fn text_that_is_selected_is_taken_out_wherever_it_stands() {
    let case = Reviewed::small();
    let page = case.page();
    let browser = Browser::start();
    browser.open(&page.address);
    browser.wait_for("h1", "Request");
    let row = (0..5)
        .find(|row| {
            browser.open(&format!("{}/rows/{row}", page.origin()));
            browser.text("[data-cell='/text']").contains("plinth")
        })
        .unwrap();
    browser.script(
        "const piece = document.querySelector(\"[data-cell='/text'] [data-at]\").firstChild;
         const at = piece.data.indexOf('plinth');
         document.getSelection().setBaseAndExtent(piece, at, piece, at + 6);",
    );
    browser.wait("document.getElementById('text').value === 'plinth'");
    browser.press("form[data-select] button.primary");
    browser.wait_for("main", "In all 2 places");
    browser.press("button.primary");
    browser.wait_for("h1", &format!("Record {}", row + 1));
    assert_eq!(browser.script("return document.querySelectorAll('mark').length"), 2);
    assert!(browser.text("[data-cell='/text'] + td").contains("The word [withheld] stands"));
    browser.press("mark a");
    browser.wait_for(".detail h2", "Passage marked by hand, in 2 places");
    browser.keys_onward("u");
    browser.open(&format!("{}/rows/{row}", page.origin()));
    assert_eq!(browser.script("return document.querySelectorAll('mark').length"), 0);
}

#[test]
fn keys_can_be_turned_off() {
    let case = Reviewed::small();
    let page = case.page();
    let browser = Browser::start();
    browser.open(&page.address);
    browser.open(&format!("{}/help", page.origin()));
    browser.wait_for("button", "Turn the keys off");
    browser.tab_to("[data-shortcuts]");
    browser.keys(" ");
    browser.wait_for("button", "Turn the keys on");
    browser.open(&format!("{}/queue?state=all", page.origin()));
    browser.script("window.before = true");
    browser.keys("jr");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(browser.script("return window.before"), true, "a key did something");
}
