//! Sealing from the page: by the same rules as `holdall release`.

use super::estate::{Page, Reviewed, field};
use crate::harness::files_below;

/// Takes out everything that is still to be decided.
fn decide(page: &Page) {
    loop {
        let queue = page.get("/queue").body;
        if queue.contains("Nothing is left to decide") {
            return;
        }
        let (id, seen) = (field(&queue, "id"), field(&queue, "seen"));
        let form = [("id", &*id), ("seen", &seen), ("choice", "redact")];
        assert_eq!(page.post("/queue/decide", &form).status, 303);
    }
}

fn sign(page: &Page) {
    let secret = "the secret of Vale";
    let form = [("name", "R. Vale"), ("secret", secret), ("again", secret)];
    assert_eq!(page.post("/release/register", &form).status, 303);
    let seen = field(&page.get("/release").body, "seen");
    let form = [("name", "R. Vale"), ("secret", secret), ("seen", &seen)];
    assert_eq!(page.post("/release/sign", &form).status, 303);
}

#[test]
fn a_bundle_is_sealed_once_everything_is_signed() {
    let case = Reviewed::small();
    let mut page = case.page();
    page.enter();
    let seal = |page: &Page, first: &str, again: &str| {
        let form = [("passphrase", first), ("again", again)];
        page.post("/release/seal", &form).status
    };
    let bundle = case.world.work("2026-0001.zip");
    assert_eq!(seal(&page, "", ""), 422, "nothing is decided");
    decide(&page);
    assert_eq!(seal(&page, "", ""), 422, "nobody has signed");
    sign(&page);
    assert_eq!(seal(&page, "a long pass-phrase", "another"), 422);
    assert_eq!(seal(&page, "short", "short"), 422);
    std::fs::write(&bundle, "somebody's file").unwrap();
    assert_eq!(seal(&page, "", ""), 422, "it would replace a file");
    assert_eq!(std::fs::read(&bundle).unwrap(), b"somebody's file");
    std::fs::remove_file(&bundle).unwrap();
    let before = files_below(&case.world.work("")).len();
    assert_eq!(seal(&page, "a long pass-phrase", "a long pass-phrase"), 303);
    assert!(page.get("/release").body.contains("The bundle is sealed"));
    assert_eq!(files_below(&case.world.work("")).len(), before + 1, "something was left");
    let verify = case.world.verify(&bundle).args(["--passphrase-env", "P"]);
    verify.env("P", "a long pass-phrase").exits(0);
    assert_eq!(seal(&page, "", ""), 422, "it is released already");
    assert_eq!(case.run("status", &[], 0).json()["status"], "released");
    case.run("audit", &[], 0);
}
