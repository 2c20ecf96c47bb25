//! What the words in the name of a column tell: whose it is, and what it holds.

/// Returns the words of a name: split at signs, at a change to upper case and before and after
/// digits, in lower case.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut last = ' ';
    for c in name.chars() {
        let turns = (c.is_uppercase() && last.is_lowercase())
            || (c.is_numeric() && last.is_alphabetic())
            || (c.is_alphabetic() && last.is_numeric());
        if (turns || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        last = c;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Returns an English plural in the singular, well enough for names of tables.
pub(super) fn singular(word: &str) -> String {
    match word {
        "people" => "person".into(),
        "children" => "child".into(),
        "addresses" => "address".into(),
        _ => match (word.strip_suffix("ies"), word.strip_suffix('s')) {
            (Some(stem), _) if stem.len() > 2 => format!("{stem}y"),
            (_, Some(stem)) if !stem.ends_with(['s', 'u', 'i']) && stem.len() > 2 => stem.into(),
            _ => word.into(),
        },
    }
}

/// Returns whether the words hold this run of words: `"next of kin"`.
pub(super) fn holds(words: &[String], run: &str) -> bool {
    let run: Vec<&str> = run.split(' ').collect();
    words.windows(run.len()).any(|window| window.iter().zip(&run).all(|(a, b)| a == b))
}

/// Returns whether the words hold any of these runs.
pub(super) fn holds_any(words: &[String], runs: &[&str]) -> bool {
    runs.iter().any(|run| holds(words, run))
}

/// Returns the words before this run, if they end in it.
fn before<'a>(words: &'a [String], run: &str) -> Option<&'a [String]> {
    let run: Vec<&str> = run.split(' ').collect();
    let (head, tail) = words.split_at_checked(words.len().checked_sub(run.len())?)?;
    tail.iter().zip(&run).all(|(a, b)| a == b).then_some(head)
}

/// Words that stand for a record's number.
pub(super) const IDS: &[&str] = &[
    "id",
    "ids",
    "no",
    "num",
    "number",
    "nr",
    "ref",
    "reference",
    "code",
    "key",
    "uuid",
    "guid",
    "sku",
];

/// Words for somebody whom an organisation keeps records of; each makes a kind of identifier.
pub(super) const PEOPLE: &[&str] = &[
    "customer",
    "client",
    "member",
    "patient",
    "resident",
    "tenant",
    "pupil",
    "student",
    "learner",
    "child",
    "candidate",
    "applicant",
    "claimant",
    "complainant",
    "subscriber",
    "user",
    "donor",
    "volunteer",
    "participant",
    "guest",
    "passenger",
    "policyholder",
    "respondent",
    "shopper",
    "visitor",
    "delegate",
    "person",
    "individual",
    "citizen",
    "householder",
    "leaseholder",
    "borrower",
    "debtor",
    "insured",
    "beneficiary",
    "enquirer",
    "registrant",
    "attendee",
    "employee",
    "trainee",
    "apprentice",
    "consumer",
];

/// Of those, words for a part that somebody plays in a matter: who they are has another number.
pub(super) const PARTS_PLAYED: &[&str] = &[
    "complainant",
    "respondent",
    "applicant",
    "claimant",
    "enquirer",
    "registrant",
    "attendee",
    "participant",
    "delegate",
    "beneficiary",
    "debtor",
    "visitor",
    "guest",
    "user",
    "person",
    "individual",
];

/// Words for other people in somebody's record.
const THIRD: &[&str] = &[
    "next of kin",
    "nok",
    "kin",
    "emergency",
    "referee",
    "referees",
    "witness",
    "witnesses",
    "neighbour",
    "neighbor",
    "neighbours",
    "landlord",
    "landlady",
    "sibling",
    "siblings",
    "brother",
    "sister",
    "mother",
    "father",
    "parent",
    "parents",
    "guardian",
    "carer",
    "carers",
    "partner",
    "spouse",
    "wife",
    "husband",
    "relative",
    "relatives",
    "household",
    "family",
    "friend",
    "dependant",
    "dependent",
    "dependants",
    "dependents",
    "guarantor",
    "signatory",
    "countersignatory",
    "second",
    "other",
    "previous",
    "former",
    "participants",
    "attendees",
    "gift",
    "cc",
    "bcc",
    "co",
    "joint",
    "third",
    "suspect",
    "victim",
    "perpetrator",
    "son",
    "daughter",
    "placed with",
    "introduced by",
    "referred by",
    "copied",
];

/// What somebody else does to a thing that the person was sent.
const RECEIVED: &[&str] = &[
    "signed for by",
    "collected by",
    "received by",
    "accepted by",
    "taken by",
    "gift to",
    "gift for",
];

/// Words for people who act for the organisation.
const STAFF: &[&str] = &[
    "handler",
    "officer",
    "caseworker",
    "worker",
    "workers",
    "assigned",
    "assignee",
    "author",
    "staff",
    "agent",
    "adviser",
    "advisor",
    "consultant",
    "coach",
    "mentor",
    "panel",
    "interviewer",
    "gp",
    "doctor",
    "nurse",
    "teacher",
    "tutor",
    "trainer",
    "driver",
    "courier",
    "fitter",
    "engineer",
    "technician",
    "inspector",
    "surveyor",
    "auditor",
    "clerk",
    "manager",
    "supervisor",
    "operator",
    "receptionist",
    "therapist",
    "practitioner",
    "counsellor",
    "assessor",
    "reviewer",
    "approver",
    "operative",
    "clinician",
    "dentist",
    "physician",
    "caretaker",
    "warden",
    "salesperson",
    "rep",
    "representative",
    "investigator",
    "examiner",
    "keyworker",
    "coordinator",
    "moderator",
    "recruiter",
];

/// Words that may be the person or somebody else; the rest of the table decides.
const EITHER: &[&str] =
    &["recipient", "recipients", "sender", "from", "addressee", "caller", "payee"];

/// Words that leave open nothing: the person's own.
const NEUTRAL: &[&str] = &[
    "work",
    "home",
    "contact",
    "personal",
    "primary",
    "main",
    "full",
    "card",
    "billing",
    "delivery",
    "shipping",
    "site",
    "account",
    "profile",
    "current",
    "private",
    "daytime",
    "evening",
    "mobile",
    "email",
    "phone",
    "preferred",
    "legal",
    "correspondence",
    "postal",
    "residential",
    "business",
    "office",
    "my",
    "own",
    "registered",
    "new",
    "details",
    "info",
    "data",
    "login",
    "bank",
    "identity",
    "alternative",
    "alternate",
    "alt",
    "secondary",
    "the",
    "emails",
    "phones",
    "addresses",
    "socials",
    "accounts",
    "vehicles",
    "day",
];

/// Lists of which the elements are still the person's own.
const OWN_LISTS: &[&str] = &[
    "emails",
    "phones",
    "addresses",
    "socials",
    "accounts",
    "vehicles",
    "contacts",
    "names",
    "identifiers",
];

/// Words for somebody whom the row is about, where it is not the one whose row it is.
const ABOUT: &[&str] = &["about", "against", "accused", "concerning", "regarding"];

/// Whose a column is, as far as its words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The person whose row it is.
    Own,
    /// Somebody else.
    Third,
    /// A member of staff.
    Staff,
    /// Somebody whom the row is about.
    About,
    /// The person or somebody else.
    Either,
    /// The words do not tell.
    Unknown,
}

/// Returns whose a column is by the words before what it holds. `listed`: it lies in a list, and a
/// row has one person and lists of others.
pub(super) fn whose(words: &[String], listed: bool) -> Whose {
    let is = |list: &[&str]| holds_any(words, list);
    let past = holds_any(words, &["employment", "previous", "former", "history"]);
    let by = words.last().is_some_and(|w| w == "by");
    if is(THIRD) || is(RECEIVED) || words == ["present"] || (past && is(STAFF)) {
        Whose::Third
    } else if is(ABOUT) {
        Whose::About
    } else if is(STAFF) || by {
        Whose::Staff
    } else if listed && !is(OWN_LISTS) {
        Whose::Third
    } else if is(EITHER) {
        Whose::Either
    } else if words.iter().all(|w| is_own(w)) {
        Whose::Own
    } else {
        Whose::Unknown
    }
}

fn is_own(word: &str) -> bool {
    PEOPLE.contains(&singular(word).as_str())
        || NEUTRAL.contains(&word)
        || word.chars().all(char::is_numeric)
}

/// Returns whether the words speak of somebody in particular, rather than of a thing.
pub(super) fn names_somebody(words: &[String]) -> bool {
    words == ["present"]
        || holds_any(words, THIRD)
        || holds_any(words, RECEIVED)
        || holds_any(words, STAFF)
        || holds_any(words, EITHER)
        || words.last().is_some_and(|w| w == "by")
        || before(words, "to").or(before(words, "for")).is_some_and(|w| !w.is_empty())
}

/// Returns whether the name of a table says that its rows are about other people than their owner.
pub(super) fn is_table_of_others(words: &[String]) -> bool {
    const OTHERS: &[&str] = &[
        "household",
        "family",
        "relatives",
        "relative",
        "siblings",
        "sibling",
        "dependants",
        "dependents",
        "referees",
        "references",
        "kin",
        "witnesses",
        "neighbours",
        "landlords",
        "guarantors",
        "carers",
        "guardians",
        "parents",
        "partners",
        "emergency",
    ];
    holds_any(words, OTHERS)
}

/// Kinds of identifier by name: the kind, and the runs of words that end its name.
const KINDS: &[(&str, &[&str])] = &[
    ("email", &["email", "e mail", "mail", "email address", "e mail address", "emails"]),
    (
        "phone",
        &[
            "phone",
            "telephone",
            "tel",
            "mobile",
            "cell",
            "landline",
            "fax",
            "contact number",
            "phones",
            "msisdn",
        ],
    ),
    (
        "birth-date",
        &["dob", "born", "birth date", "date of birth", "birthdate", "birthday", "birth"],
    ),
    ("nino", &["nino", "ni", "national insurance", "nin"]),
    ("nhs", &["nhs"]),
    ("upn", &["upn"]),
    ("utr", &["utr"]),
    ("dbs", &["dbs", "dbs certificate"]),
    ("hcpc", &["hcpc", "hcpc registration"]),
    ("passport", &["passport"]),
    (
        "driving-licence",
        &[
            "driving licence",
            "driving license",
            "driver licence",
            "driver license",
            "licence number",
            "drivers licence",
        ],
    ),
    (
        "vehicle",
        &[
            "vehicle",
            "vrm",
            "number plate",
            "plate",
            "vehicle registration",
            "registration plate",
            "vehicle reg",
            "car reg",
        ],
    ),
    ("blue-badge", &["blue badge"]),
    ("council-tax", &["council tax", "council tax account"]),
    ("sort-code", &["sort code", "sortcode"]),
    ("bank-account", &["account number", "bank account", "acc no", "acct no"]),
    ("username", &["username", "user name", "login", "login name"]),
    ("handle", &["handle", "twitter", "instagram", "mastodon"]),
];

/// Kinds that are a person's name or where they live.
const PLACES: &[&str] = &[
    "address",
    "postcode",
    "post code",
    "addr",
    "address line",
    "street",
    "zip",
    "zip code",
    "zipcode",
];

/// Names that are no one's in particular, or not to be compared.
const NOT_NAMES: &[&str] = &[
    "company",
    "trading",
    "business",
    "product",
    "file",
    "campaign",
    "brand",
    "event",
    "course",
    "school",
    "bank",
    "street",
    "organisation",
    "organization",
    "host",
    "domain",
    "site",
    "team",
    "department",
    "project",
    "job",
    "role",
    "item",
    "display",
    "nick",
    "screen",
    "table",
    "category",
    "group",
    "plan",
    "city",
    "country",
    "employer",
    "agency",
    "supplier",
    "firm",
    "service",
    "town",
    "branch",
    "college",
    "venue",
    "pet",
    "device",
    "page",
];

/// Parts of a name: they identify nobody by themselves.
const PARTS: &[&str] = &[
    "first name",
    "last name",
    "forename",
    "forenames",
    "surname",
    "given name",
    "given names",
    "family name",
    "middle name",
    "firstname",
    "lastname",
    "initials",
    "maiden name",
    "known as",
];

/// What a name of a column says that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds<'a> {
    /// An identifier of this kind; the words before it say whose.
    Identifier(&'static str, &'a [String]),
    /// A part of a name.
    NamePart(&'a [String]),
    /// Nothing that is known.
    Else,
}

/// Returns what the words say.
pub(super) fn what(words: &[String]) -> Holds<'_> {
    if let Some(head) = PARTS.iter().find_map(|run| before(words, run)) {
        return Holds::NamePart(head);
    }
    if let Some(head) =
        ["name", "full name", "fullname"].iter().filter_map(|r| before(words, r)).last()
    {
        let thing = head.last().is_some_and(|word| NOT_NAMES.contains(&word.as_str()));
        return if thing { Holds::Else } else { Holds::Identifier("name", head) };
    }
    let bare = without_suffix(words);
    let longest = |runs: &[&str]| {
        let heads = runs.iter().filter_map(|run| before(words, run).or_else(|| before(bare, run)));
        heads.min_by_key(|head| head.len()).map(<[String]>::len)
    };
    for (kind, runs) in KINDS {
        if let Some(length) = longest(runs) {
            return Holds::Identifier(kind, words.get(..length).unwrap_or_default());
        }
    }
    let digits = |w: &String| w.chars().all(char::is_numeric);
    let line = words.split_last().filter(|(last, _)| digits(last)).map_or(words, |(_, head)| head);
    match PLACES.iter().filter_map(|run| before(line, run)).min_by_key(|head| head.len()) {
        Some(head) => Holds::Identifier("address", head),
        None => Holds::Else,
    }
}

/// Returns the words without a last word that only says "number", and without a number after it.
fn without_suffix(words: &[String]) -> &[String] {
    const SAYS_NUMBER: &[&str] =
        &["number", "no", "num", "nr", "ref", "reference", "id", "code", "value", "text"];
    let digits = |w: &String| w.chars().all(char::is_numeric);
    let says = |w: &String| SAYS_NUMBER.contains(&w.as_str()) || digits(w);
    let mut rest = words;
    while let Some((last, head)) = rest.split_last().filter(|(_, head)| !head.is_empty()) {
        if !says(last) {
            break;
        }
        rest = head;
    }
    rest
}

/// Returns the kind of person whose number the words name (`customer_no`, `child.id`, `client`),
/// and the words before it.
pub(super) fn person_number(words: &[String]) -> Option<(&'static str, &[String])> {
    let (last, head) = words.split_last()?;
    let (noun, head) = if IDS.contains(&last.as_str()) { head.split_last()? } else { (last, head) };
    let noun = singular(noun);
    let kind = PEOPLE.iter().find(|known| **known == noun)?;
    Some((kind, head))
}

/// Returns whether the words name a secret that lets somebody in.
pub(super) fn is_secret(words: &[String]) -> bool {
    const SECRETS: &[&str] = &[
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "passcode",
        "pin",
        "cvv",
        "cvc",
        "cvv 2",
        "csc",
        "secret",
        "token",
        "otp",
        "salt",
        "hash",
        "apikey",
        "api key",
        "access code",
        "door code",
        "gate code",
        "entry code",
        "alarm code",
        "security answer",
        "security code",
        "private key",
        "memorable word",
        "key safe",
        "keysafe",
        "credentials",
        "totp",
    ];
    holds_any(words, SECRETS)
}

/// Returns whether the words name a free text.
pub(super) fn is_text(words: &[String]) -> bool {
    const TEXTS: &[&str] = &[
        "note",
        "notes",
        "comment",
        "comments",
        "message",
        "body",
        "remark",
        "remarks",
        "narrative",
        "description",
        "summary",
        "feedback",
        "instructions",
        "text",
        "statement",
        "reason",
        "observations",
        "content",
        "transcript",
        "memo",
        "concerns",
        "details",
        "detail",
        "explanation",
        "minutes",
        "finding",
        "findings",
        "response",
        "reply",
        "complaint",
    ];
    words.last().is_some_and(|last| TEXTS.contains(&last.as_str()))
}

/// Returns whether the words name a thing, an organisation or a class, whatever it is called.
pub(super) fn is_thing(words: &[String]) -> bool {
    const THINGS: &[&str] = &[
        "company",
        "employer",
        "agency",
        "firm",
        "creditor",
        "contractor",
        "supplier",
        "school",
        "organisation",
        "organization",
        "business",
        "trading",
        "brand",
        "bank",
        "publisher",
        "campaign",
        "department",
        "team",
        "nationality",
        "title",
        "product",
        "course",
        "status",
        "type",
        "category",
        "kind",
        "channel",
        "outcome",
        "result",
        "role",
        "job",
        "position",
        "occupation",
        "location",
        "place",
        "region",
        "town",
        "city",
        "county",
        "country",
        "language",
        "languages",
        "currency",
        "grade",
        "band",
        "event",
        "service",
        "tags",
        "gender",
        "sex",
        "relation",
        "relationship",
        "preference",
        "method",
        "reason",
        "direction",
        "tenure",
        "document",
        "recommendation",
        "network",
        "branch",
        "file",
    ];
    words.last().is_some_and(|last| THINGS.contains(&last.as_str()))
        || words
            .iter()
            .any(|w| matches!(w.as_str(), "trading" | "company" | "employer" | "display"))
}

/// Returns the special category of data (UK GDPR Art. 9, Art. 10) that the words name.
pub(super) fn special(words: &[String]) -> Option<&'static str> {
    const SPECIAL: &[(&str, &[&str])] = &[
        ("ethnicity", &["ethnicity", "ethnic", "race", "racial"]),
        (
            "health",
            &[
                "health",
                "disability",
                "disabilities",
                "disabled",
                "medical",
                "diagnosis",
                "allergy",
                "allergies",
                "fitness",
                "sickness",
                "pregnant",
                "pregnancy",
                "medication",
                "mental",
                "blue badge",
                "sdq",
                "wellbeing",
            ],
        ),
        ("religion", &["religion", "religious", "faith", "belief", "beliefs"]),
        ("sexual-orientation", &["sexuality", "sexual", "orientation"]),
        ("politics", &["political", "politics"]),
        ("trade-union", &["union", "trade union"]),
        ("criminal", &["conviction", "convictions", "criminal", "offence", "offences", "cautions"]),
        ("biometric", &["biometric", "biometrics", "fingerprint", "genetic", "dna"]),
    ];
    SPECIAL.iter().find(|(_, runs)| holds_any(words, runs)).map(|(name, _)| *name)
}

/// Returns whether the words name something that the organisation worked out.
pub(super) fn is_derived(words: &[String]) -> bool {
    const DERIVED: &[&str] = &[
        "score",
        "segment",
        "risk",
        "sentiment",
        "prediction",
        "propensity",
        "band",
        "recommendation",
        "churn",
    ];
    holds_any(words, &DERIVED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose_of(name: &str) -> Whose {
        let words = tokens(name);
        match what(&words) {
            Holds::Identifier(_, head) => whose(head, false),
            _ => whose(&words, false),
        }
    }

    #[test]
    fn names_fall_into_words() {
        assert_eq!(tokens("customerNo"), ["customer", "no"]);
        assert_eq!(tokens("Date-of Birth"), ["date", "of", "birth"]);
        assert_eq!(tokens("address.line1"), ["address", "line", "1"]);
        assert!(tokens("…").is_empty());
    }

    #[test]
    fn plurals_lose_their_ending() {
        for (many, one) in [
            ("customers", "customer"),
            ("enquiries", "enquiry"),
            ("addresses", "address"),
            ("status", "status"),
            ("children", "child"),
            ("staff", "staff"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn kinds_are_known_by_their_last_words() {
        let kind = |name: &str| match what(&tokens(name)) {
            Holds::Identifier(kind, _) => kind,
            _ => "",
        };
        for (name, wanted) in [
            ("emailAddress", "email"),
            ("ni_number", "nino"),
            ("NHS No", "nhs"),
            ("dob", "birth-date"),
            ("mobile", "phone"),
            ("full_name", "name"),
            ("council_tax.reference", "council-tax"),
            ("address_line_1", "address"),
            ("postcode", "address"),
            ("company_name", ""),
            ("dbs_expiry", ""),
            ("email_opt_in", ""),
            ("address_id", ""),
            ("council_tax.band", ""),
        ] {
            assert_eq!(kind(name), wanted, "{name}");
        }
    }

    #[test]
    fn the_words_before_say_whose() {
        assert_eq!(whose_of("work_email"), Whose::Own);
        assert_eq!(whose_of("complainant_name"), Whose::Own);
        assert_eq!(whose_of("next_of_kin_phone"), Whose::Third);
        assert_eq!(whose_of("previous_manager"), Whose::Third);
        assert_eq!(whose_of("line_manager"), Whose::Staff);
        assert_eq!(whose_of("answered_by"), Whose::Staff);
        assert_eq!(whose_of("collected_by"), Whose::Third);
        assert_eq!(whose_of("about_email"), Whose::About);
        assert_eq!(whose_of("trial_email"), Whose::Unknown);
        assert_eq!(whose(&tokens("children"), true), Whose::Third);
        assert_eq!(whose(&tokens("workers"), true), Whose::Staff);
    }

    #[test]
    fn numbers_of_people_are_told_from_numbers_of_things() {
        let kind = |name: &str| {
            let words = tokens(name);
            person_number(&words).map(|(kind, head)| (kind, head.len()))
        };
        assert_eq!(kind("customer_no"), Some(("customer", 0)));
        assert_eq!(kind("child.id"), Some(("child", 0)));
        assert_eq!(kind("relative_child"), Some(("child", 1)));
        assert_eq!(kind("order_id"), None);
    }
}
