//! Pet forms of first names that are not their beginning: `Terry` for Terence, `Bill` for William.

/// Pet forms, folded, each with the names that it is short for.
const PETS: [(&str, &[&str]); 83] = [
    ("abi", &["abigail"]),
    ("ally", &["alistair", "alasdair", "alison"]),
    ("andy", &["andrew", "andrea"]),
    ("annie", &["anne", "anna", "ann"]),
    ("archie", &["archibald"]),
    ("becca", &["rebecca"]),
    ("becky", &["rebecca"]),
    ("bella", &["isabella", "arabella"]),
    ("bertie", &["albert", "robert", "herbert"]),
    ("bess", &["elizabeth"]),
    ("beth", &["elizabeth", "bethany", "bethan"]),
    ("betty", &["elizabeth"]),
    ("bill", &["william"]),
    ("billy", &["william"]),
    ("bob", &["robert"]),
    ("bobby", &["robert", "roberta"]),
    ("carrie", &["caroline"]),
    ("cathy", &["catherine", "cathleen"]),
    ("cissie", &["cecilia", "cecily"]),
    ("debbie", &["deborah"]),
    ("dick", &["richard"]),
    ("dickie", &["richard"]),
    ("dolly", &["dorothy", "dolores"]),
    ("dot", &["dorothy"]),
    ("dottie", &["dorothy"]),
    ("eddie", &["edward", "edmund", "edwin"]),
    ("ellie", &["eleanor", "elizabeth", "ellen"]),
    ("frank", &["francis"]),
    ("frankie", &["francis", "frances", "franklin"]),
    ("gerry", &["gerald", "gerard", "geraldine"]),
    ("ginny", &["virginia"]),
    ("greg", &["gregory"]),
    ("hal", &["henry", "harold"]),
    ("hank", &["henry"]),
    ("harry", &["henry", "harold", "harrison"]),
    ("hattie", &["harriet"]),
    ("jack", &["john", "jackson"]),
    ("jackie", &["jacqueline"]),
    ("jacqui", &["jacqueline"]),
    ("jem", &["jeremy", "jemima"]),
    ("jenny", &["jennifer"]),
    ("jerry", &["gerald", "jeremy", "jerome"]),
    ("jim", &["james"]),
    ("jimmy", &["james"]),
    ("jock", &["john"]),
    ("johnny", &["john", "jonathan"]),
    ("jude", &["judith"]),
    ("kate", &["katherine", "catherine", "kathryn"]),
    ("kathy", &["katherine", "kathleen", "kathryn"]),
    ("katie", &["katherine", "catherine", "kathryn"]),
    ("kit", &["christopher", "katherine"]),
    ("kitty", &["katherine", "catherine"]),
    ("larry", &["laurence", "lawrence"]),
    ("liz", &["elizabeth"]),
    ("lizzie", &["elizabeth"]),
    ("lottie", &["charlotte"]),
    ("maggie", &["margaret", "magdalena"]),
    ("meg", &["margaret", "megan"]),
    ("mick", &["michael"]),
    ("mickey", &["michael"]),
    ("mike", &["michael"]),
    ("millie", &["mildred", "amelia", "camilla", "emily"]),
    ("molly", &["mary", "margaret"]),
    ("nancy", &["anne", "agnes"]),
    ("nell", &["eleanor", "ellen", "helen"]),
    ("nellie", &["eleanor", "ellen", "helen"]),
    ("nick", &["nicholas", "nicola"]),
    ("ollie", &["oliver", "olivia"]),
    ("paddy", &["patrick", "padraig"]),
    ("peggy", &["margaret"]),
    ("penny", &["penelope"]),
    ("polly", &["mary", "pauline"]),
    ("rick", &["richard"]),
    ("ricky", &["richard"]),
    ("sadie", &["sarah"]),
    ("sally", &["sarah"]),
    ("sandy", &["alexander", "alexandra", "sandra"]),
    ("sasha", &["alexander", "alexandra"]),
    ("ted", &["edward", "theodore", "edmund"]),
    ("teddy", &["edward", "theodore"]),
    ("terry", &["terence", "terrence", "teresa", "theresa"]),
    ("tina", &["christina", "martina"]),
    ("tony", &["anthony", "antony", "antonia"]),
];

/// Returns whether a word is a pet form of a name; both are folded.
pub(super) fn is_pet(word: &str, name: &str) -> bool {
    let at = PETS.binary_search_by(|(pet, _)| (*pet).cmp(word));
    at.ok().and_then(|at| PETS.get(at)).is_some_and(|(_, names)| names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pet_form_is_short_for_some_names() {
        assert!(is_pet("terry", "terence"));
        assert!(is_pet("ted", "edward"));
        assert!(!is_pet("ted", "thomas"));
        assert!(PETS.is_sorted(), "the list is searched in order");
    }
}
