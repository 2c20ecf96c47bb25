//! The known name that a mistyped one probably means.

/// Returns the known name that is nearest to `name`, if one is near at all: at most a third of
/// its letters differ, or one holds the other.
fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let wanted = plain(name);
    let length = wanted.chars().count();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &plain(candidate)), candidate))
        .filter(|(distance, candidate)| {
            let longest = length.max(candidate.chars().count());
            *distance <= longest.div_ceil(3) && *distance < longest
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns "did you mean `x`?", where a known name is near.
pub(crate) fn did_you_mean<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(name, known).map(|found| format!("did you mean `{found}`?"))
}

/// Returns "did you mean `x`?", or else the known names (not more than sixteen).
pub(crate) fn one_of<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    const SHOWN: usize = 16;
    let known: Vec<&str> = known.into_iter().collect();
    if known.is_empty() {
        return None;
    }
    did_you_mean(name, known.iter().copied()).or_else(|| {
        let some: Vec<String> = known.iter().take(SHOWN).map(|k| format!("`{k}`")).collect();
        let more = if known.len() > SHOWN { ", …" } else { "" };
        Some(format!("known: {}{more}", some.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let known = ["email", "phone", "birth-date"];
        assert_eq!(did_you_mean("emial", known).unwrap(), "did you mean `email`?");
        assert_eq!(did_you_mean("birth_date", known).unwrap(), "did you mean `birth-date`?");
        assert_eq!(did_you_mean("Phone", known).unwrap(), "did you mean `phone`?");
        assert_eq!(did_you_mean("warehouse", known), None);
        assert_eq!(did_you_mean("", known), None);
    }

    #[test]
    fn without_a_near_name_the_known_ones_are_listed() {
        assert_eq!(one_of("warehouse", ["crm", "shop"]).unwrap(), "known: `crm`, `shop`");
        assert_eq!(one_of("x", []), None);
    }
}
