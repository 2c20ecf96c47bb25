//! What the texts of a profile say that cannot be right: law that is no longer in force, names
//! that were never filled in, somebody else's notice.

use super::Findings;
use crate::controller::{Activity, Dpo, Party, Profile};

/// Looks at the texts of the profile as a whole.
pub(super) fn lint_profile(profile: &Profile, found: &mut Findings) {
    let mut texts: Vec<&str> = vec![&profile.name];
    let lists = [
        &profile.trading_names,
        &profile.address,
        &profile.requests_to,
        &profile.notices,
        &profile.promises,
        &profile.rights,
    ];
    texts.extend(lists.into_iter().flatten().map(String::as_str));
    let parties = [&profile.joint_controllers, &profile.processors, &profile.other_controllers];
    texts.extend(parties.into_iter().flatten().flat_map(party));
    lint(&texts, found);
    if let Some(dpo) = &profile.dpo {
        officer(dpo, found);
    }
    let contacts = profile.requests_to.iter().chain(profile.dpo.iter().flat_map(|d| &d.email));
    let names_ico = is_regulator(&words(&profile.name), 0).is_some();
    found.when(
        contacts.into_iter().any(|text| text.to_lowercase().contains("@ico.org.uk")) && !names_ico,
        "regulator-as-controller",
        "requests are sent to the regulator",
        "name an address of your own",
    );
}

/// Looks at the texts of one activity.
pub(super) fn lint_activity(activity: &Activity, found: &mut Findings) {
    let mut texts: Vec<&str> = activity.title.as_deref().into_iter().collect();
    let lists = [&activity.purposes, &activity.interests, &activity.categories, &activity.sources];
    texts.extend(lists.into_iter().flatten().map(String::as_str));
    texts.extend(activity.recipients.iter().flat_map(party));
    for transfer in &activity.transfers {
        texts.push(&transfer.to);
        texts
            .extend([&transfer.safeguard, &transfer.why].into_iter().flatten().map(String::as_str));
    }
    if let Some(retention) = &activity.retention {
        texts.extend(retention.rule.as_deref());
    }
    lint(&texts, found);
}

fn party(party: &Party) -> impl Iterator<Item = &str> {
    let more = [&party.why, &party.contact].into_iter().flatten();
    std::iter::once(&party.name).chain(more).map(String::as_str)
}

fn officer(dpo: &Dpo, found: &mut Findings) {
    let texts = [&dpo.name, &dpo.email, &dpo.phone].into_iter().flatten().chain(&dpo.post);
    found.when(
        texts.into_iter().any(|text| is_placeholder(text)),
        "dpo-placeholder",
        "the data protection officer is not filled in",
        "write the officer's name and address in `[dpo]`",
    );
}

fn lint(texts: &[&str], found: &mut Findings) {
    let any = |test: fn(&[String]) -> bool| texts.iter().any(|text| test(&words(text)));
    found.when(
        texts.iter().any(|text| is_placeholder(text)),
        "placeholder",
        "a text was never filled in",
        "replace “???”, “TBC” and the like",
    );
    found.when(
        any(|w| has(w, &["privacy", "shield"])),
        "stale-safeguard",
        "the EU–US Privacy Shield has been invalid since 16 July 2020 (C-311/18, Schrems II)",
        "name the safeguard that replaced it: the UK–US data bridge, an IDTA, …",
    );
    found.when(
        any(|w| has(w, &["safe", "harbor"]) || has(w, &["safe", "harbour"])),
        "stale-safeguard",
        "Safe Harbor has been invalid since 6 October 2015 (C-362/14, Schrems)",
        "name the safeguard that replaced it: the UK–US data bridge, an IDTA, …",
    );
    found.when(
        any(speaks_of_1998),
        "stale-law",
        "the Data Protection Act 1998 is mentioned; it was repealed on 25 May 2018",
        "speak of the UK GDPR and the Data Protection Act 2018",
    );
    found.when(
        any(regulator_holds),
        "regulator-as-controller",
        "a text names the Information Commissioner's Office as if it held the data",
        "say who holds it; the ICO is where people may complain",
    );
    found.when(
        any(assumed_consent),
        "assumed-consent",
        "consent is said to be assumed, or given by not opting out; that is no consent",
        "ask for a clear act of the person, or rest on another basis (Art. 4(11), 7)",
    );
}

/// Phrases with a word that would mean something else alone.
const HARMLESS: [&str; 3] = ["health and safety", "european union", "credit union"];

/// Returns the words of a text in lower case, harmless phrases left out.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace(['\'', '\u{2019}'], "");
    let plain = HARMLESS.iter().fold(lower, |text, phrase| text.replace(phrase, " "));
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(Into::into).collect()
}

/// Returns whether the words follow one another.
fn has(words: &[String], phrase: &[&str]) -> bool {
    words.windows(phrase.len()).any(|window| window.iter().eq(phrase))
}

/// Other laws of 1998 (the Human Rights Act) are in force.
fn speaks_of_1998(words: &[String]) -> bool {
    const NAMES: [&[&str]; 5] = [
        &["data", "protection", "act", "1998"],
        &["data", "protection", "act", "of", "1998"],
        &["1998", "data", "protection", "act"],
        &["dpa", "1998"],
        &["the", "1998", "act"],
    ];
    NAMES.iter().any(|name| has(words, name))
}

/// Returns whether a text was never filled in: question marks, dots, `TBC`.
fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 9] =
        ["tbc", "tbd", "tba", "todo", "to be confirmed", "unknown", "xxx", "n/a", "name here"];
    let text = text.trim().to_lowercase();
    let marks = |c: char| c.is_ascii_punctuation() || c == '…' || c.is_whitespace();
    text.chars().all(marks) || text.contains("???") || WORDS.contains(&text.as_str())
}

/// Returns how many words from `at` on name the regulator.
fn is_regulator(words: &[String], at: usize) -> Option<usize> {
    // The longest first.
    const NAMES: [&[&str]; 4] = [
        &["information", "commissioners", "office", "ico"],
        &["information", "commissioners", "office"],
        &["information", "commissioner"],
        &["ico"],
    ];
    let rest = words.get(at..)?;
    let name = NAMES.into_iter().find(|name| rest.iter().take(name.len()).eq(*name))?;
    Some(name.len())
}

/// Returns whether the regulator is said to hold data: “the ICO will hold …”, “… held by the
/// ICO”, “the ICO is the controller”.
fn regulator_holds(words: &[String]) -> bool {
    const HELPERS: [&str; 7] = ["will", "may", "can", "must", "also", "only", "shall"];
    const DOES: [&str; 16] = [
        "hold",
        "holds",
        "collect",
        "collects",
        "use",
        "uses",
        "process",
        "processes",
        "keep",
        "keeps",
        "store",
        "stores",
        "share",
        "shares",
        "retain",
        "retains",
    ];
    const DONE: [&str; 7] =
        ["held", "collected", "used", "processed", "kept", "stored", "retained"];
    (0..words.len()).any(|at| {
        let Some(length) = is_regulator(words, at) else { return false };
        let after = words.get(at + length..).unwrap_or_default();
        let verb = after.iter().find(|word| !HELPERS.contains(&word.as_str()));
        let does = verb.is_some_and(|word| DOES.contains(&word.as_str()));
        let is_controller = after.first().is_some_and(|word| word == "is")
            && after.iter().take(5).any(|word| word == "controller");
        let before = words.get(..at).unwrap_or_default();
        let mut back = before.iter().rev().filter(|word| *word != "the");
        let by = back.next().is_some_and(|word| word == "by")
            && back.next().is_some_and(|word| DONE.contains(&word.as_str()));
        does || is_controller || by
    })
}

fn assumed_consent(words: &[String]) -> bool {
    let consent = words.iter().any(|word| word.starts_with("consent"));
    let assumed = words.iter().any(|word| {
        ["assume", "assumed", "implied", "deemed", "presumed"].contains(&word.as_str())
    });
    consent && (assumed || has(words, &["opt", "out", "consent"]))
}
