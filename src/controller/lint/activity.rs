//! What each activity must say (Art. 13–15).

use super::Findings;
use super::wording::words;
use crate::controller::{Activity, Basis, Retention};

/// Words, by how they begin, that make a category special (Art. 9(1)).
const SPECIAL: [&str; 16] = [
    "health",
    "medical",
    "illness",
    "diagnos",
    "mental",
    "pregnan",
    "disab",
    "ethnic",
    "racial",
    "religi",
    "belief",
    "faith",
    "politic",
    "genetic",
    "biometric",
    "sexual",
];

/// Whole words that make a category special.
const SPECIAL_WORDS: [&str; 4] = ["race", "union", "unions", "religion"];

/// Words, by how they begin, of criminal offence data (Art. 10).
const CRIMINAL: [&str; 5] = ["crim", "convict", "offence", "offend", "antecedent"];

/// Phrases that say nothing about how long.
const VAGUE: [&str; 6] = [
    "reasonable time",
    "reasonable period",
    "as long as necessary",
    "as long as needed",
    "as long as required",
    "as necessary",
];

/// Looks at one activity.
pub(super) fn lint(activity: &Activity, found: &mut Findings) {
    facts(activity, found);
    bases(activity, found);
    retention(activity.retention.as_ref(), found);
    special(activity, found);
    transfers(activity, found);
    let silent = |said: &Option<String>| said.as_ref().is_none_or(|text| text.trim().is_empty());
    for decision in &activity.automated_decisions {
        found.when(
            silent(&decision.logic) || silent(&decision.effect),
            "automated-decision-unexplained",
            format!("the automated decision “{}” lacks its logic or its effect", decision.what),
            "add `logic` and `effect`: the person is to be told both (Art. 15(1)(h))",
        );
    }
}

fn facts(activity: &Activity, found: &mut Findings) {
    found.when(
        activity.purposes.is_empty(),
        "no-purposes",
        "no purpose is stated",
        "add `purposes = [\"…\"]` (Art. 15(1)(a))",
    );
    found.when(
        activity.categories.is_empty(),
        "no-categories",
        "no categories of data are stated",
        "add `categories = [\"…\"]` (Art. 15(1)(b))",
    );
    found.when(
        activity.recipients.is_empty(),
        "no-recipients",
        "no recipients are named; the answer will say “Not stated”",
        "name who receives the data, or leave it so if nobody does (Art. 15(1)(c))",
    );
    found.when(
        activity.sources.is_empty(),
        "no-sources",
        "it is not said where the data comes from",
        "add `sources = [\"you\"]` or whoever it is (Art. 15(1)(g))",
    );
}

fn bases(activity: &Activity, found: &mut Findings) {
    found.when(
        activity.basis.is_empty(),
        "no-basis",
        "no lawful basis is stated, so nothing of it is portable",
        "add `basis = [\"…\"]` (Art. 13(1)(c))",
    );
    let legitimate = activity.basis.contains(&Basis::LegitimateInterests);
    found.when(
        legitimate && activity.interests.is_empty(),
        "no-interests",
        "it rests on legitimate interests and does not say which",
        "add `interests = [\"…\"]` (Art. 13(1)(d))",
    );
}

fn retention(retention: Option<&Retention>, found: &mut Findings) {
    let Some(retention) = retention else {
        return found.when(
            true,
            "no-retention",
            "it is not said how long the data is kept",
            "add `retention = { keep = \"2 years\", from = \"closed_at\" }` or `{ rule = \"…\" }`",
        );
    };
    let rule = retention.rule.as_deref().unwrap_or_default().trim();
    found.when(
        retention.keep.is_none() && rule.is_empty(),
        "no-retention",
        "the retention gives neither a span nor a rule",
        "add `keep` and `from`, or `rule`",
    );
    found.when(
        retention.keep.is_some() && retention.from.is_none(),
        "retention-without-trigger",
        "it is said how long the data is kept, and not from when",
        "add `from`: the column whose date starts the span",
    );
    if let Some(Err(bad)) = retention.span() {
        found.when(true, "retention-unreadable", bad.to_string(), "write whole numbers with units");
    }
    let lower = rule.to_lowercase();
    found.when(
        retention.keep.is_none() && VAGUE.iter().any(|phrase| lower.contains(phrase)),
        "retention-vague",
        "the rule for keeping the data gives no criterion that can be checked",
        "say what ends it: a period, or an event (Art. 15(1)(d))",
    );
}

fn special(activity: &Activity, found: &mut Findings) {
    let matching = |test: fn(&str) -> bool| -> Vec<&str> {
        let categories = activity.categories.iter().map(String::as_str);
        categories.filter(|text| words(text).iter().any(|word| test(word))).collect()
    };
    let special = matching(is_special);
    found.when(
        !special.is_empty() && activity.article_9.is_empty(),
        "no-article-9",
        format!("special categories without a condition: {}", special.join(", ")),
        "add `article-9 = [\"…\"]`, or take the category out if it is not held (Art. 9(2))",
    );
    found.when(
        special.is_empty() && !activity.article_9.is_empty(),
        "article-9-without-category",
        "a condition for special categories is given, and no special category is named",
        "name the categories, or leave `article-9` out",
    );
    let criminal = matching(|word| CRIMINAL.iter().any(|start| word.starts_with(start)));
    found.when(
        !criminal.is_empty(),
        "criminal-data",
        format!("criminal offence data is named: {}", criminal.join(", ")),
        "make sure that a condition of DPA 2018 Sch. 1 is met and documented (Art. 10)",
    );
}

fn is_special(word: &str) -> bool {
    SPECIAL_WORDS.contains(&word) || SPECIAL.iter().any(|start| word.starts_with(start))
}

fn transfers(activity: &Activity, found: &mut Findings) {
    for transfer in &activity.transfers {
        let safeguard = transfer.safeguard.as_deref().unwrap_or_default();
        found.when(
            safeguard.trim().is_empty(),
            "transfer-without-safeguard",
            format!("data goes to {} and no safeguard is named", transfer.to),
            "add `safeguard = \"…\"`: adequacy regulations, an IDTA, … (Art. 15(2), 46)",
        );
    }
}
