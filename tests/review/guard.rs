//! The rules that keep others out, one by one.

use std::time::Duration;

use super::estate::{Page, Reviewed, body, field};
use super::http::send;
use holdall::case::{By, Case, Lock, Sources};
use holdall::page::{End, Options, serve};

const PAGES: [&str; 9] = [
    "/",
    "/queue",
    "/queue?state=all",
    "/people",
    "/holds",
    "/release",
    "/rows/0",
    "/help",
    "/none",
];

fn entered(case: &Reviewed) -> Page {
    let mut page = case.page();
    page.enter();
    page
}

#[test]
fn the_token_lets_one_browser_in_once() {
    let case = Reviewed::small();
    let mut page = case.page();
    let host = page.host();
    let get = |path: &str| send(page.port, "GET", path, &[("Host", &host)], "");
    assert_eq!(get("/").status, 403);
    let cut = page.start[..page.start.len() - 1].to_owned();
    for wrong in ["/start/", "/start/0", &cut, &format!("{}0", page.start)] {
        assert!([403, 404].contains(&get(wrong).status), "{wrong}");
    }
    let answer = page.enter();
    assert_eq!(answer.header("location"), "/");
    let cookie = answer.header("set-cookie").to_owned();
    for part in ["; HttpOnly", "; SameSite=Strict", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let start = page.start.clone();
    assert!(!page.cookie.contains(start.trim_start_matches("/start/")));
    let again = send(page.port, "GET", &start, &[("Host", &host), ("Cookie", &page.cookie)], "");
    assert_eq!(again.status, 403, "a token was taken twice");
    assert!(again.header("set-cookie").is_empty());
    assert_eq!(page.get("/").status, 200);
    let (name, value) = page.cookie.split_once('=').unwrap();
    for wrong in
        [String::new(), format!("{name}="), format!("{name}={}", &value[1..]), format!("x={value}")]
    {
        let headers = [("Host", &*host), ("Cookie", &wrong)];
        assert_eq!(send(page.port, "GET", "/", &headers, "").status, 403, "{wrong}");
    }
}

#[test]
fn only_its_own_host_and_origin_are_answered() {
    let case = Reviewed::small();
    let page = entered(&case);
    let port = page.port;
    let with = |headers: &[(&str, &str)]| {
        send(port, "GET", "/", &[headers, &[("Cookie", &page.cookie)]].concat(), "").status
    };
    let host = page.host();
    assert_eq!(with(&[("Host", &host)]), 200);
    let localhost = format!("localhost:{port}");
    let other_port = format!("127.0.0.1:{}", port.wrapping_add(1));
    for wrong in ["evil.example", "127.0.0.1", &localhost, &other_port, ""] {
        assert_eq!(with(&[("Host", wrong)]), 403, "{wrong}");
    }
    assert!([400, 403].contains(&with(&[])), "a request without Host");
    let origin = page.origin();
    assert_eq!(with(&[("Host", &host), ("Origin", &origin)]), 200);
    let https = origin.replace("http:", "https:");
    for wrong in ["http://evil.example", "null", "", &https, &format!("{origin}.evil.example")] {
        assert_eq!(with(&[("Host", &host), ("Origin", wrong)]), 403, "{wrong}");
    }
    for site in ["cross-site", "same-site"] {
        assert_eq!(with(&[("Host", &host), ("Sec-Fetch-Site", site)]), 403, "{site}");
    }
}

/// A form that adds a hold, with this token.
fn form(csrf: &str) -> String {
    body(&[("csrf", csrf), ("kind", "manual"), ("what", "Film of the yard")])
}

fn holds(page: &Page) -> usize {
    page.get("/holds").body.matches("Film of the yard").count()
}

#[test]
fn a_form_has_to_come_from_the_page() {
    let case = Reviewed::small();
    let page = entered(&case);
    let own = page.origin();
    let form = form(&field(&page.get("/holds").body, "csrf"));
    for headers in [
        &[][..],
        &[("Origin", "http://evil.example")],
        &[("Origin", "null")],
        &[("Origin", "null"), ("Sec-Fetch-Site", "cross-site")],
        &[("Origin", "null"), ("Sec-Fetch-Site", "same-site")],
        &[("Origin", &own), ("Sec-Fetch-Site", "cross-site")],
    ] {
        assert_eq!(page.post_as("/holds/add", headers, &form).status, 403, "{headers:?}");
    }
    assert_eq!(holds(&page), 0, "a refused form was taken");
    // So a browser says it that sends no referrer.
    let hidden = [("Origin", "null"), ("Sec-Fetch-Site", "same-origin")];
    assert_eq!(page.post_as("/holds/add", &hidden, &form).status, 303);
    assert_eq!(holds(&page), 1);
}

#[test]
fn a_form_has_to_be_whole() {
    let case = Reviewed::small();
    let page = entered(&case);
    let (host, origin) = (page.host(), page.origin());
    let csrf = field(&page.get("/holds").body, "csrf");
    let from = [("Origin", &*origin)];
    let short: String = csrf.chars().skip(1).collect();
    let large = form(&"x".repeat(70_000));
    for (name, body, status) in [
        ("no form token", "kind=manual&what=x", 403),
        ("a wrong form token", &form(&short), 403),
        ("too large", &large, 413),
        ("nothing", "", 403),
    ] {
        assert_eq!(page.post_as("/holds/add", &from, body).status, status, "{name}");
    }
    let text = [
        ("Host", &*host),
        ("Cookie", &page.cookie),
        ("Origin", &origin),
        ("Content-Type", "text/plain"),
    ];
    assert_eq!(send(page.port, "POST", "/holds/add", &text, &form(&csrf)).status, 415);
    let encoded = "application/x-www-form-urlencoded";
    let stranger = [("Host", &*host), ("Origin", &origin), ("Content-Type", encoded)];
    assert_eq!(send(page.port, "POST", "/holds/add", &stranger, &form(&csrf)).status, 403);
    assert_eq!(holds(&page), 0, "a refused form was taken");
}

#[test]
fn only_get_and_post_are_answered() {
    let case = Reviewed::small();
    let page = entered(&case);
    let host = page.host();
    let headers = [("Host", &*host), ("Cookie", &page.cookie)];
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        for path in ["/", "/queue/decide", "/none"] {
            assert_eq!(send(page.port, method, path, &headers, "").status, 405, "{method} {path}");
        }
    }
    for path in ["/queue/decide", "/release/sign", "/finish"] {
        assert_eq!(page.get(path).status, 405, "{path}");
    }
    assert_eq!(page.post("/people", &[]).status, 405);
}

#[test]
fn every_answer_is_locked_down() {
    let case = Reviewed::small();
    let page = entered(&case);
    let inline =
        regex::Regex::new(r#"<script(?: [^>]*)?>[^<]|<style|\sstyle=|\son[a-z]+=|javascript:"#)
            .unwrap();
    let outside = regex::Regex::new(r#"(?:src|href|action)="(?:https?:|//|data:)"#).unwrap();
    let assets = ["/assets/page.css", "/assets/page.js", "/assets/icon.svg", "/assets/none"];
    for path in PAGES.into_iter().chain(assets) {
        let answer = page.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        for part in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        if answer.header("content-type").starts_with("text/html") {
            assert!(!inline.is_match(&answer.body), "inline code or style in {path}");
            assert!(!outside.is_match(&answer.body), "an outside address in {path}");
        }
    }
    let refused = send(page.port, "GET", "/", &[("Host", "evil.example")], "");
    assert!(refused.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(refused.header("cache-control"), "no-store");
}

#[test]
fn what_is_searched_for_stands_in_no_address() {
    let case = Reviewed::small();
    let page = entered(&case);
    let answer = page.post("/queue/search", &[("text", "Amira"), ("view", "state=all")]);
    assert_eq!(answer.status, 303);
    assert!(!answer.header("location").contains("Amira"));
    let found = page.get(answer.header("location")).body;
    assert!(found.contains("value=\"Amira\"") && found.contains("Amira Khan"), "{found}");
}

#[test]
fn somebody_ends_it_or_it_ends_when_nobody_asks() {
    let case = Reviewed::small();
    let mut page = entered(&case);
    assert_eq!(page.post("/finish", &[]).status, 200);
    assert_eq!(page.wait(), 0);

    let read = |name: &str| {
        let path = case.world.work(name);
        let text = std::fs::read_to_string(&path).unwrap();
        (path, text)
    };
    let sources = Sources {
        map: read("holdall.toml"),
        profile: read("controller.toml"),
        request: read("request.toml"),
    };
    let by = By { name: "P. Mallow".into(), at: "2026-11-21T22:00:00Z".parse().unwrap() };
    let other = Case::begin(&case.world.work("b.case"), &Lock::Plain, &by, &sources).unwrap();
    let options = Options { by: by.name, idle: Duration::from_millis(100) };
    let mut address = String::new();
    let end = serve(other, &options, |told| address = told.to_owned()).unwrap();
    assert_eq!(end, End::Idle);
    assert!(address.starts_with("http://127.0.0.1:"));
}
