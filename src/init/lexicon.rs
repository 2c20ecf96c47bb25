//! The words of names of columns and tables, in lower case; `|` stands between them. A line break
//! after a backslash is no part of a list.

/// Words that stand for a record's number.
pub(super) const IDS: &str = "id|ids|no|num|number|nr|ref|reference|code|key|uuid|guid|sku";

/// Words for somebody whom an organisation keeps records of; each makes a kind of identifier.
pub(super) const PEOPLE: &str = "\
    customer|client|member|patient|resident|tenant|pupil|student|learner|child|\
    candidate|applicant|claimant|complainant|subscriber|user|donor|volunteer|\
    participant|guest|passenger|policyholder|respondent|shopper|visitor|delegate|person|\
    individual|citizen|householder|leaseholder|borrower|debtor|insured|beneficiary|\
    enquirer|registrant|attendee|employee|trainee|apprentice|consumer";

/// Of those, words for a part that somebody plays in a matter: who they are has another number.
pub(super) const PARTS_PLAYED: &str = "\
    complainant|respondent|applicant|claimant|enquirer|registrant|attendee|participant|\
    delegate|beneficiary|debtor|visitor|guest|user|person|individual";

/// Words for other people in somebody's record.
pub(super) const THIRD: &str = "\
    next of kin|nok|kin|emergency|referee|referees|witness|witnesses|neighbour|neighbor|\
    neighbours|landlord|landlady|sibling|siblings|brother|sister|mother|father|parent|\
    parents|guardian|carer|carers|partner|spouse|wife|husband|relative|relatives|\
    household|family|friend|dependant|dependent|dependants|dependents|guarantor|\
    signatory|countersignatory|second|other|previous|former|participants|attendees|gift|\
    cc|bcc|co|joint|third|suspect|victim|perpetrator|son|daughter|placed with|\
    introduced by|referred by|copied";

/// What somebody else does to a thing that the person was sent.
pub(super) const RECEIVED: &str = "\
    signed for by|collected by|received by|accepted by|taken by|gift to|gift for";

/// Words for people who act for the organisation.
pub(super) const STAFF: &str = "\
    handler|officer|caseworker|worker|workers|assigned|assignee|author|staff|agent|\
    adviser|advisor|consultant|coach|mentor|panel|interviewer|gp|doctor|nurse|teacher|\
    tutor|trainer|driver|courier|fitter|engineer|technician|inspector|surveyor|auditor|\
    clerk|manager|supervisor|operator|receptionist|therapist|practitioner|counsellor|\
    assessor|reviewer|approver|operative|clinician|dentist|physician|caretaker|warden|\
    salesperson|rep|representative|investigator|examiner|keyworker|coordinator|\
    moderator|recruiter|instructor|lecturer|cashier|steward";

/// Words that may be the person or somebody else; the rest of the table decides.
pub(super) const EITHER: &str = "recipient|recipients|sender|from|addressee|caller|payee";

/// Words that leave open nothing: the person's own.
pub(super) const NEUTRAL: &str = "\
    work|home|contact|personal|primary|main|full|card|billing|delivery|shipping|site|\
    account|profile|current|private|daytime|evening|mobile|email|phone|preferred|legal|\
    correspondence|postal|residential|business|office|my|own|registered|new|details|\
    info|data|login|bank|identity|alternative|alternate|alt|secondary|the|emails|phones|\
    addresses|socials|accounts|vehicles|day";

/// Lists of which the elements are still the person's own.
pub(super) const OWN_LISTS: &str = "\
    emails|phones|addresses|socials|accounts|vehicles|contacts|names|identifiers";

/// Words for somebody whom the row is about, where it is not the one whose row it is.
pub(super) const ABOUT: &str = "about|against|accused|concerning|regarding";

/// Words of tables that are about other people than their owner.
pub(super) const OTHERS: &str = "\
    household|family|relatives|relative|siblings|sibling|dependants|dependents|referees|\
    references|kin|witnesses|neighbours|landlords|guarantors|carers|guardians|parents|\
    partners|emergency";

/// Kinds that are a person's name or where they live.
pub(super) const PLACES: &str = "\
    address|postcode|post code|addr|address line|street|zip|zip code|zipcode";

/// Names that are no one's in particular, or not to be compared.
pub(super) const NOT_NAMES: &str = "\
    company|trading|business|product|file|campaign|brand|event|course|school|bank|\
    street|organisation|organization|host|domain|site|team|department|project|job|role|\
    item|display|nick|screen|table|category|group|plan|city|country|employer|agency|\
    supplier|firm|service|town|branch|college|venue|pet|device|page";

/// Parts of a name: they identify nobody by themselves.
pub(super) const PARTS: &str = "\
    first name|last name|forename|forenames|surname|given name|given names|family name|\
    middle name|firstname|lastname|initials|maiden name|known as";

/// Last words that only say "number".
pub(super) const SAYS_NUMBER: &str = "number|no|num|nr|ref|reference|id|code|value|text";

/// Secrets that let somebody in.
pub(super) const SECRETS: &str = "\
    password|passwd|pwd|passphrase|passcode|pin|cvv|cvc|cvv 2|csc|secret|token|otp|salt|\
    hash|apikey|api key|access code|door code|gate code|entry code|alarm code|\
    security answer|security code|private key|memorable word|key safe|keysafe|\
    credentials|totp";

/// Free texts.
pub(super) const TEXTS: &str = "\
    note|notes|comment|comments|message|body|remark|remarks|narrative|description|\
    summary|feedback|instructions|text|statement|reason|observations|content|transcript|\
    memo|concerns|details|detail|explanation|minutes|finding|findings|response|reply|\
    complaint";

/// Things, organisations and classes.
pub(super) const THINGS: &str = "\
    company|employer|agency|firm|creditor|contractor|supplier|school|organisation|\
    organization|business|trading|brand|bank|publisher|campaign|department|team|\
    nationality|title|product|course|status|type|category|kind|channel|outcome|result|\
    role|job|position|occupation|location|place|region|town|city|county|country|\
    language|languages|currency|grade|band|event|service|tags|gender|sex|relation|\
    relationship|preference|method|reason|direction|tenure|document|recommendation|\
    network|branch|file";

/// What the organisation works out.
pub(super) const DERIVED: &str = "\
    score|segment|risk|sentiment|prediction|propensity|band|recommendation|churn";

/// Kinds of identifier by name: the kind, and the runs of words that end its name.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("email", "email|e mail|mail|email address|e mail address|emails"),
    ("phone", "phone|telephone|tel|mobile|cell|landline|fax|contact number|phones|msisdn"),
    ("birth-date", "dob|born|birth date|date of birth|birthdate|birthday|birth"),
    ("nino", "nino|ni|national insurance|nin"),
    ("nhs", "nhs"),
    ("upn", "upn"),
    ("utr", "utr"),
    ("dbs", "dbs|dbs certificate"),
    ("hcpc", "hcpc|hcpc registration"),
    ("passport", "passport"),
    (
        "driving-licence",
        "driving licence|driving license|driver licence|driver license|licence number|\
        drivers licence",
    ),
    (
        "vehicle",
        "vehicle|vrm|number plate|plate|vehicle registration|registration plate|vehicle reg|\
        car reg",
    ),
    ("blue-badge", "blue badge"),
    ("council-tax", "council tax|council tax account"),
    ("sort-code", "sort code|sortcode"),
    ("bank-account", "account number|bank account|acc no|acct no"),
    ("username", "username|user name|login|login name"),
    ("handle", "handle|twitter|instagram|mastodon"),
];

/// Special categories (UK GDPR Art. 9, Art. 10), and the words that name them.
pub(super) const SPECIAL: &[(&str, &str)] = &[
    ("ethnicity", "ethnicity|ethnic|race|racial"),
    (
        "health",
        "health|disability|disabilities|disabled|medical|diagnosis|allergy|allergies|fitness|\
        sickness|pregnant|pregnancy|medication|mental|blue badge|sdq|wellbeing",
    ),
    ("religion", "religion|religious|faith|belief|beliefs"),
    ("sexual-orientation", "sexuality|sexual|orientation"),
    ("politics", "political|politics"),
    ("trade-union", "union|trade union"),
    ("criminal", "conviction|convictions|criminal|offence|offences|cautions"),
    ("biometric", "biometric|biometrics|fingerprint|genetic|dna"),
];
