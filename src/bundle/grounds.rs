//! The grounds on which something is withheld, in plain words.
//!
//! A code names its provision; the paragraph is printed as the code has it and no other is named.

use crate::redact::Ground;

/// Returns what the code of a ground refers to.
pub(super) fn title(ground: &Ground) -> String {
    match ground.code() {
        "sch2-16" => "Information about other people (Data Protection Act 2018, Schedule 2, \
                      paragraph 16)"
            .into(),
        "sch2-19" => "Legal professional privilege (Data Protection Act 2018, Schedule 2, \
                      paragraph 19)"
            .into(),
        "sch2-24" => {
            "Confidential references (Data Protection Act 2018, Schedule 2, paragraph 24)".into()
        }
        "security" => "Security: passwords, codes and the like (UK GDPR Article 32)".into(),
        "art15-4" => "The rights and freedoms of others (UK GDPR Article 15(4))".into(),
        "art20-4" => "The rights and freedoms of others (UK GDPR Article 20(4))".into(),
        code => provision(code).unwrap_or_else(|| code.to_owned()),
    }
}

/// Returns the provision that a code like `sch2-5` or `art20-1` names.
fn provision(code: &str) -> Option<String> {
    let (act, rest) = code.split_once('-')?;
    if let Some(schedule) = act.strip_prefix("sch").filter(|s| is_number(s)) {
        return Some(format!("Data Protection Act 2018, Schedule {schedule}, paragraph {rest}"));
    }
    let article = act.strip_prefix("art").filter(|a| is_number(a))?;
    let parts: String = rest.split('-').map(|part| format!("({part})")).collect();
    Some(format!("UK GDPR Article {article}{parts}"))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_provisions() {
        for (code, words) in [
            ("sch2-5", "Data Protection Act 2018, Schedule 2, paragraph 5"),
            ("art20-1-a", "UK GDPR Article 20(1)(a)"),
            ("house-rule", "house-rule"),
        ] {
            assert_eq!(title(&Ground::new(code)), words);
        }
        assert!(title(&Ground::new("sch2-16")).contains("paragraph 16"));
    }
}
