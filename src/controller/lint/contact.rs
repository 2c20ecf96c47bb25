//! Who the controller is and how to reach it.

use super::Findings;
use crate::controller::{Activity, Dpo, Profile};

/// Mailboxes that sell: nobody there expects a request about personal data.
const SELLING: [&str; 5] = ["sales", "marketing", "orders", "shop", "bookings"];

/// Looks at the profile as a whole.
pub(super) fn lint(profile: &Profile, found: &mut Findings) {
    found.when(
        profile.address.is_empty(),
        "no-address",
        "the controller has no postal address",
        "add `address = [\"…\"]`: people may write by post",
    );
    requests_to(&profile.requests_to, found);
    officer(profile.dpo.as_ref(), found);
    let regulator = &profile.regulator;
    found.when(
        regulator.name.trim().is_empty() || regulator.url.trim().is_empty(),
        "no-regulator",
        "the supervisory authority has no name or no web address",
        "leave `[regulator]` out for the ICO, or fill it in",
    );
    found.when(
        profile.sign_off == 0,
        "no-sign-off",
        "a release needs no reviewer (`sign-off = 0`)",
        "set `sign-off = 1` or more, unless every release may go out unseen",
    );
    found.when(
        profile.activity.is_empty(),
        "no-activities",
        "the profile names no activity, so nothing can be said about why data is held",
        "add an `[activity.…]` for each use of data",
    );
    portability(profile, found);
}

fn requests_to(mailboxes: &[String], found: &mut Findings) {
    found.when(
        mailboxes.is_empty(),
        "no-requests-to",
        "the profile does not say where requests go",
        "add `requests-to = [\"privacy@…\"]`",
    );
    found.when(
        mailboxes.len() > 1,
        "several-requests-to",
        format!("requests go to {} addresses, so one may be overlooked", mailboxes.len()),
        "name the one that is watched, or make sure that all of them are",
    );
    let sells = |address: &String| {
        let local = address.split('@').next().unwrap_or_default().trim().to_lowercase();
        SELLING.contains(&local.as_str())
    };
    found.when(
        !mailboxes.is_empty() && mailboxes.iter().all(sells),
        "sales-contact",
        "the only contact for requests is a sales mailbox",
        "name an address whose readers know what a request is and that the month runs",
    );
}

fn officer(dpo: Option<&Dpo>, found: &mut Findings) {
    let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let reachable =
        dpo.is_some_and(|dpo| said(&dpo.email) || said(&dpo.phone) || !dpo.post.is_empty());
    found.when(
        !reachable,
        "no-dpo",
        "the profile gives no way to reach a data protection officer",
        "add `[dpo]` with `email` or `post`; if you need no officer, the person who answers requests",
    );
    let unnamed = dpo.is_some_and(|dpo| !said(&dpo.name));
    found.when(
        unnamed && reachable,
        "dpo-unnamed",
        "the data protection officer has an address and no name",
        "add `name` to `[dpo]`: a person or a post",
    );
}

/// What the notice says of portability, against what the bases allow.
fn portability(profile: &Profile, found: &mut Findings) {
    let claims = profile.rights.iter().any(|right| {
        let right = right.to_lowercase();
        right.contains("portab") || right == "transfer"
    });
    let portable = profile.activity.values().any(Activity::is_portable);
    found.when(
        claims && !portable && !profile.activity.is_empty(),
        "portability-without-basis",
        "the notice offers portability, and no activity rests on consent or a contract",
        "say in the notice that it is limited; a portability request will be answered with nothing",
    );
    found.when(
        portable && !claims && !profile.rights.is_empty(),
        "portability-unsaid",
        "some activity rests on consent or a contract, and the rights named leave portability out",
        "add it to `rights` and to the notice (Art. 13(2)(b))",
    );
}
