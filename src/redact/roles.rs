//! Health, social-work and education workers, as texts name them: by the role beside the name. What
//! they did in that role is disclosed with their names (DPA 2018 Sch 2 para 17), once somebody has
//! confirmed the role: a text alone does not prove it.

use std::ops::Range;

/// In lower case.
const ROLES: [&str; 50] = [
    "doctor",
    "dr",
    "gp",
    "nurse",
    "matron",
    "midwife",
    "health visitor",
    "paediatrician",
    "pediatrician",
    "psychologist",
    "psychiatrist",
    "psychotherapist",
    "therapist",
    "physiotherapist",
    "dietitian",
    "surgeon",
    "consultant physician",
    "physician",
    "radiographer",
    "paramedic",
    "pharmacist",
    "dentist",
    "optometrist",
    "audiologist",
    "anaesthetist",
    "cardiologist",
    "neurologist",
    "oncologist",
    "geriatrician",
    "podiatrist",
    "orthotist",
    "registrar",
    "social worker",
    "social work assistant",
    "approved mental health professional",
    "independent reviewing officer",
    "family support worker",
    "children's guardian",
    "youth justice worker",
    "teacher",
    "headteacher",
    "head teacher",
    "senco",
    "teaching assistant",
    "learning mentor",
    "tutor",
    "lecturer",
    "school nurse",
    "education welfare officer",
    "class teacher",
];

/// How much of the text on either side is looked at.
const NEAR: usize = 60;

/// What may stand between a name and the role after it.
const BEFORE_ROLE: [&str; 9] =
    [", the ", ", a ", ", an ", ", his ", ", her ", ", their ", ", my ", ", ", " ("];

/// Returns whether one of the roles stands right before the name, its title aside, or right after.
pub(super) fn is_professional(text: &str, name: &Range<usize>) -> bool {
    let earliest = name.start.saturating_sub(NEAR);
    let from = (earliest..name.start).find(|at| text.is_char_boundary(*at)).unwrap_or(name.start);
    let before = text.get(from..name.start).unwrap_or_default().to_lowercase();
    let before = without_title(before.trim_end().trim_end_matches(['.', ',', ':']).trim_end());
    let leads = |role: &str| {
        before.strip_suffix(role).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    ROLES.iter().any(|role| leads(role)) || is_followed(text.get(name.end..).unwrap_or_default())
}

/// Returns the text without a title at its end that says nothing of a role.
fn without_title(text: &str) -> &str {
    let titles = [" mr", " mrs", " ms", " miss", " mx"];
    let bare = titles.iter().find_map(|title| text.strip_suffix(title)).unwrap_or(text);
    bare.trim_end_matches([',', ':', ' '])
}

fn is_followed(after: &str) -> bool {
    let after: String = after.chars().take(NEAR).collect::<String>().to_lowercase();
    let rest = BEFORE_ROLE.iter().find_map(|between| after.strip_prefix(between));
    let Some(rest) = rest.map(|rest| rest.trim_start_matches("consultant ")) else { return false };
    ROLES.iter().any(|role| {
        rest.strip_prefix(role).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_beside_the_name_counts() {
        for text in [
            "seen by Dr «Anjali Rao» today",
            "her social worker, Mrs «Priya Nair», rang",
            "«Anjali Rao», consultant paediatrician, wrote",
            "«Anjali Rao» (health visitor) came",
            "«Anjali Rao», her teacher",
        ] {
            assert!(of(text), "{text}");
        }
        for text in [
            "«Anjali Rao» went to the dentist",
            "Mr «Anjali Rao», builder",
            "the teacher's neighbour «Anjali Rao»",
        ] {
            assert!(!of(text), "{text}");
        }
    }

    fn of(marked: &str) -> bool {
        let start = marked.find('«').unwrap();
        let text = marked.replace(['«', '»'], "");
        is_professional(&text, &(start..start + "Anjali Rao".len()))
    }
}
