//! What one column is, by its name and by what its values look like.

use super::draft::Role;
use super::estate::{Column, Table};
use super::shape::Form;
use super::words::{self, Holds, Whose};

/// What was made of a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// Its role, or `None` if it stays unmapped.
    pub(super) role: Option<Role>,
    /// For an unmapped one: what it may be.
    pub(super) maybe: Option<Role>,
    /// Whose it is, as far as the words tell.
    pub(super) whose: Option<Whose>,
    /// The number of a person of this kind: `customer`.
    pub(super) number_of: Option<&'static str>,
    pub(super) special: Option<&'static str>,
    pub(super) origin: Option<&'static str>,
    pub(super) why: String,
}

impl Verdict {
    fn is(role: Role, why: impl Into<String>) -> Self {
        Self { role: Some(role), why: why.into(), ..Self::default() }
    }

    /// Leaves a column to a person.
    pub(super) fn open(maybe: Option<Role>, why: impl Into<String>) -> Self {
        Self { maybe, why: why.into(), ..Self::default() }
    }

    fn whose(self, whose: Whose) -> Self {
        Self { whose: Some(whose), ..self }
    }
}

/// Returns what a column is, as far as it tells by itself.
pub(super) fn judge(column: &Column, table: &Table) -> Verdict {
    let mut verdict = secret(column)
        .or_else(|| withheld(column, table))
        .or_else(|| person_number(column, table))
        .or_else(|| identifier(column, table))
        .or_else(|| relation(column))
        .or_else(|| text(column))
        .or_else(|| thing(column))
        .unwrap_or_else(|| by_shape(column));
    let own = matches!(verdict.role, Some(Role::Data | Role::Text | Role::Person(_)));
    if own {
        verdict.special = words::special(&column.words);
    }
    if matches!(verdict.role, Some(Role::Data)) && words::is_derived(&column.words) {
        verdict.origin = Some("derived");
        verdict.special = verdict.special.or(words::special(&table.words));
    }
    verdict
}

/// A password, token, PIN: by name, or long random texts that are nobody's number.
fn secret(column: &Column) -> Option<Verdict> {
    let shape = &column.shape;
    if words::is_secret(&column.leaf) && !shape.is_mostly(&[Form::Date, Form::Flag], 50) {
        return Some(Verdict::is(Role::Credential, "its name is that of a secret"));
    }
    let number = column.leaf.last().is_some_and(|w| words::is_number(w));
    let random = shape.is_mostly(&[Form::Secret], 70) && !number;
    random.then(|| Verdict::is(Role::Credential, "long random texts, as tokens and hashes are"))
}

/// A confidential reference or legal advice (DPA 2018 Sch 2 paras 24 and 19).
fn withheld(column: &Column, table: &Table) -> Option<Verdict> {
    let wordy = column.shape.is_empty() || column.shape.is_mostly(&[Form::Text, Form::Words], 50);
    let last = column.leaf.last()?;
    let referees = words::holds_any(&table.words, "references|reference")
        || table.columns.iter().any(|c| words::holds(&c.words, "referee"));
    if wordy && last == "reference" && referees {
        let why = "a reference given in confidence, as it seems (Sch 2 para 24)";
        return Some(Verdict::is(Role::Withhold("sch2-24"), why));
    }
    let legal = words::holds_any(&table.words, "advice|legal|litigation")
        || words::holds_any(&column.leaf, "legal|counsel|privileged");
    let why = "a lawyer's advice, as it seems (Sch 2 para 19)";
    let advice = wordy && matches!(last.as_str(), "advice" | "opinion" | "privileged") && legal;
    advice.then(|| Verdict::is(Role::Withhold("sch2-19"), why))
}

/// The number of a customer, patient, member …
fn person_number(column: &Column, table: &Table) -> Option<Verdict> {
    let (kind, head) = words::person_number(&column.words)?;
    let bare = column.leaf.len() == 1;
    if !column.shape.is_empty() && !column.shape.is_number() {
        return None;
    }
    let key = table.columns.first().is_some_and(|first| first.name == column.name)
        || table.keys.primary.first() == Some(&column.name);
    if key && words::is_table_of_others(&table.words) {
        return Some(Verdict::is(Role::Row, "the number of the row"));
    }
    let whose = words::whose(head, column.listed);
    let why = format!("the number of a {kind}, by its name");
    let role = match whose {
        Whose::Third => Role::ThirdParty(Some(kind.into())),
        Whose::Staff => Role::Staff(Some(kind.into())),
        Whose::About => Role::Mentions(kind.into()),
        Whose::Unknown if !bare => {
            let maybe = Some(Role::ThirdParty(Some(kind.into())));
            return Some(Verdict::open(maybe, format!("the number of a {kind}: whose?")));
        }
        _ => Role::Person(kind.into()),
    };
    Some(Verdict { number_of: Some(kind), ..Verdict::is(role, why).whose(whose) })
}

/// An e-mail address, name, NI number … by name, if the values look like one.
fn identifier(column: &Column, table: &Table) -> Option<Verdict> {
    let (kind, head) = match words::what(&column.words) {
        Holds::Identifier(kind, head) => (kind, head),
        Holds::NamePart(head) => return name_part(column, head),
        Holds::Else => return None,
    };
    let banks = |c: &Column| words::holds_any(&c.words, "sort code|bank|iban|sortcode");
    let elsewhere = kind == "bank-account" && !table.columns.iter().any(banks);
    if elsewhere || !fits(kind, column) {
        return None;
    }
    let whose = words::whose(head, column.listed);
    Some(of_kind(kind, whose, "by its name"))
}

/// A first name or surname identifies nobody by itself, and compares with no full name.
fn name_part(column: &Column, head: &[String]) -> Option<Verdict> {
    let whose = words::whose(head, column.listed);
    Some(
        match whose {
            Whose::Third | Whose::About | Whose::Unknown => Verdict::is(
                Role::ThirdParty(Some("name".into())),
                "a part of another person's name",
            ),
            Whose::Staff => Verdict::is(Role::Staff(Some("name".into())), "a part of a staff name"),
            _ => Verdict::is(Role::Data, "a part of a name: it identifies nobody by itself"),
        }
        .whose(whose),
    )
}

/// Returns the verdict on an identifier of this kind.
pub(super) fn of_kind(kind: &'static str, whose: Whose, because: &str) -> Verdict {
    let why = format!("{}, {because}", words_for(kind));
    let pulls = !matches!(kind, "name" | "birth-date" | "address" | "phone");
    let other = || Role::ThirdParty(Some(kind.into()));
    match whose {
        Whose::Own | Whose::Either => Verdict::is(Role::Person(kind.into()), why),
        Whose::Staff => Verdict::is(Role::Staff(Some(kind.into())), format!("{why}: of staff")),
        Whose::About if pulls => {
            Verdict::is(Role::Mentions(kind.into()), format!("{why}: whom the row is about"))
        }
        Whose::Third | Whose::About => Verdict::is(other(), format!("{why}: another person's")),
        Whose::Unknown => Verdict::open(Some(other()), format!("{why}: whose?")),
    }
    .whose(whose)
}

fn words_for(kind: &str) -> &str {
    match kind {
        "email" => "an e-mail address",
        "phone" => "a telephone number",
        "name" => "a name",
        "birth-date" => "a birth date",
        "nino" => "an NI number",
        "nhs" => "an NHS number",
        "address" => "an address",
        "vehicle" => "a number plate",
        "username" => "a user name",
        "handle" => "a name on a network",
        "upn" => "a UPN",
        "utr" => "a UTR",
        "dbs" => "a DBS number",
        "hcpc" => "an HCPC number",
        "passport" => "a passport",
        "driving-licence" => "a driving licence",
        "blue-badge" => "a blue badge",
        "council-tax" => "a council tax account",
        "sort-code" => "a sort code",
        "bank-account" => "a bank account",
        other => other,
    }
}

/// Returns whether the values may be of this kind; none at all may be.
fn fits(kind: &str, column: &Column) -> bool {
    use Form::{
        Address, Code, Date, Email, Integer, Name, Nhs, Nino, Phone, Text, Upn, Vehicle, Words,
    };
    let shape = &column.shape;
    if shape.is_empty() {
        return true;
    }
    match kind {
        "email" => shape.is_mostly(&[Email], 50),
        "phone" => shape.is_mostly(&[Phone, Integer, Code, Nhs], 60),
        "name" => shape.is_mostly(&[Name], 40),
        "birth-date" => shape.is_mostly(&[Date], 60),
        "nino" => shape.is_mostly(&[Nino], 40),
        "nhs" => shape.is_mostly(&[Nhs, Phone, Integer], 60),
        "upn" => shape.is_mostly(&[Upn, Code], 60),
        "vehicle" => shape.is_mostly(&[Vehicle, Code], 50),
        "address" => shape.is_mostly(&[Address, Words, Name, Text], 60),
        "username" | "handle" => !shape.is_mostly(&[Text, Date], 30),
        _ => !shape.is_mostly(&[Text, Date, Name, Words], 50),
    }
}

/// Somebody named by what they are to the person or the organisation: `witness`, `handler`; and
/// what is said of somebody else in an object or list of their own.
fn relation(column: &Column) -> Option<Verdict> {
    let (shape, leaf) = (&column.shape, &column.leaf);
    if words::is_thing(leaf) || words::is_text(leaf) {
        return None;
    }
    let third = words::whose(&column.words, false) == Whose::Third;
    let own = words::whose(leaf, false);
    let named = shape.is_mostly(&[Form::Name], 40) && words::names_somebody(leaf);
    let empty = shape.is_empty() && matches!(own, Whose::Third | Whose::Staff);
    if named || empty {
        let open = matches!(own, Whose::Own | Whose::Unknown);
        let whose = if third || open { Whose::Third } else { own };
        return Some(of_kind("name", whose, "by its name"));
    }
    let nested = column.words.len() > leaf.len();
    let wordy = shape.is_mostly(&[Form::Words, Form::Name, Form::Text], 50);
    let dated = shape.is_mostly(&[Form::Date, Form::Flag], 50);
    (third && (wordy || (nested && !dated)) && !leaf.iter().any(|w| w == "by"))
        .then(|| Verdict::is(Role::ThirdParty(None), "what is said of another person"))
        .map(|verdict| verdict.whose(Whose::Third))
}

fn text(column: &Column) -> Option<Verdict> {
    use Form::{Code, Date, Flag, Integer, Number};
    let shape = &column.shape;
    let named = words::is_text(&column.leaf)
        && (shape.is_empty() || !shape.is_mostly(&[Code, Date, Flag, Integer, Number], 50));
    let whose = words::whose(&column.words, column.listed);
    if named {
        return Some(Verdict::is(Role::Text, "a text, by its name").whose(whose));
    }
    let long = shape.is_mostly(&[Form::Text], 40);
    long.then(|| Verdict::is(Role::Text, "sentences").whose(whose))
}

/// A class, a thing, an organisation.
fn thing(column: &Column) -> Option<Verdict> {
    let shape = &column.shape;
    let personal = [Form::Email, Form::Phone, Form::Nino, Form::Nhs, Form::Upn, Form::Secret];
    if shape.is_mostly(&personal, 20) {
        return None;
    }
    if matches!(column.leaf.last().map(String::as_str), Some("subject" | "topic" | "headline")) {
        return Some(Verdict::is(Role::Text, "typed freely, by its name"));
    }
    let special = words::special(&column.leaf).is_some();
    (words::is_thing(&column.leaf) || special)
        .then(|| Verdict::is(Role::Data, "a thing or a class, by its name"))
}

/// What no name explains.
fn by_shape(column: &Column) -> Verdict {
    use Form::{
        Address, Code, Date, Email, Flag, Integer, Ip, Name, Nhs, Nino, Number, Phone, Upn, Url,
        Vehicle,
    };
    let shape = &column.shape;
    let whose = words::whose(&column.words, column.listed);
    if shape.is_empty() {
        return Verdict::open(None, "no values were seen");
    }
    for (form, kind) in [
        (Email, "email"),
        (Phone, "phone"),
        (Nino, "nino"),
        (Nhs, "nhs"),
        (Upn, "upn"),
        (Address, "address"),
        (Name, "name"),
    ] {
        if shape.is_mostly(&[form], 40) {
            let maybe = Some(Role::ThirdParty(Some(kind.into())));
            let why = format!("its values look like {}: whose?", words_for(kind));
            return Verdict::open(maybe, why).whose(whose);
        }
    }
    if shape.is_mostly(&[Form::Bytes], 10) {
        return Verdict::open(Some(Role::Data), "bytes: what is in them?");
    }
    let plain = [Code, Date, Flag, Integer, Ip, Number, Url, Vehicle];
    if shape.is_mostly(&plain, 70) {
        return Verdict::is(Role::Data, "numbers, dates or codes").whose(whose);
    }
    let free = shape.has(Form::Text);
    if shape.distinct() * 2 <= shape.filled && !free {
        return Verdict::is(Role::Data, "a few values, often the same").whose(whose);
    }
    Verdict::is(Role::Text, "words that differ from row to row").whose(whose)
}
