//! Words that are names and something else too, and words that say a name follows.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Titles after which a surname stands.
const TITLES: &str = "\
    mr mrs ms miss mx dr doctor prof professor sir dame lord lady rev revd reverend cllr \
    councillor hon rabbi imam master sister uncle";

/// What follows a name without being a part of it: generations, honours, degrees and callings. None
/// of them is a surname in use in Britain.
const AFTER: &str = "\
    jr jnr sr snr ii iii esq esquire obe mbe cbe kbe dbe bem bsc msc mba phd dphil pgce frcs frcp \
    mrcp mbbs rgn rmn qc kc jp mp";

/// Words that start sentences, name months, places, trades or ties, and are names as well.
const COMMON: &str = "\
    about after all also amber an and angel any april are art as ash at august aunt austin autumn \
    baby bailey baker bank banks barber basil bay be been bell berry best bill bird bishop black \
    bob bond boy bridge brook brother brown bus bush but butler by caller can car carol carolina \
    cash chad chance chase chelsea child china christian church clark client close cook cooper \
    could council court crystal customer dad daisy dale dan date daughter dawn day dean dear \
    december dee destiny did do doctor does dot drew driver each earl east ed england english eve \
    faith family farmer father february fern few field fields first fisher flat flora florence for \
    ford forest fox france frank friday friend from gail gardener gay gene georgia gill ginger \
    girl glass good grace grant gray green guy had hale hall harbour harmony harper harry has have \
    hazel he heath heather heaven hello her here hi hill him his holly home hope house how hunt \
    hunter husband if in ireland iris is israel it its ivory ivy jack jade january jasmine jean \
    jewel jordan josh joy july june junior justice kind kindly king kit knight lake lance landlord \
    lane last laurel lily lincoln little london long love major man manager march mark marsh mason \
    max may me meadow melody member mercy merry might miles mo monday more most mother mum must my \
    neighbour new nick no none north not note nova november nurse october of office officer old \
    olive on one or other our page parent paris park parker partner pat patient pearl penny pepper \
    pierce piers please poppy porter precious price prince queen rain ray reed reg rich river road \
    rob robin rock rod rose ruby sage saint sandy saturday school scotland september shall shaw \
    she shop should sky smith so some son sorry staff star steel sterling stone storm street sue \
    summer sunday sunny sydney taylor teacher team tenant terry than thanks that the their then \
    there these they this those thursday tiger to tom train trinity tuesday two unknown us van \
    victor victory violet virginia visitor wade wales was washington we wednesday wells were west \
    what when white who why wife will with wolf wood woods workman would yes you young your";

/// Returns whether the folded word is a title.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.split(' ').any(|title| title == word)
}

/// Returns whether the folded word follows a name without being a part of it.
pub(super) fn is_after_name(word: &str) -> bool {
    AFTER.split(' ').any(|after| after == word)
}

/// Returns whether the folded word says too little alone to be taken for a name.
pub(super) fn is_common(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| COMMON.split(' ').collect());
    WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        assert!(is_common("will") && is_common("about") && !is_common("amira"));
        assert!(is_title("mr") && is_title("cllr") && !is_title(""));
    }
}
