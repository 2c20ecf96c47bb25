//! What a field is: by what Fides says of it, and by whose its row is.

use super::dataset::Field;
use super::graph::{FieldLink, Standing};
use crate::init::{Entry, Role};

/// Returns the column that a field becomes.
pub(super) fn entry(field: &Field, name: String, standing: Standing, link: FieldLink) -> Entry {
    let said = Said::of(field);
    let decided = role(field, &said, standing, link);
    let (role, maybe, why) = match decided {
        Decision::Is(role, why) => (Some(role), None, why),
        Decision::Open(maybe, why) => (None, maybe, why),
    };
    let own = matches!(role, Some(Role::Data | Role::Text | Role::Person(_)));
    let plain = role == Some(Role::Data);
    Entry {
        name,
        maybe,
        special: said.special().filter(|_| own || role.is_none()).map(str::to_owned),
        category: field.categories.first().cloned().filter(|_| role != Some(Role::Row)),
        origin: said.origin().filter(|_| own),
        data_type: said.data_type().filter(|_| plain),
        concerns: None,
        role,
        why,
    }
}

enum Decision {
    Is(Role, String),
    Open(Option<Role>, String),
}

fn is(role: Role, why: &str) -> Decision {
    Decision::Is(role, why.into())
}

fn open(maybe: Option<Role>, why: &str) -> Decision {
    Decision::Open(maybe, why.into())
}

fn role(field: &Field, said: &Said<'_>, standing: Standing, link: FieldLink) -> Decision {
    if said.is_credential() {
        return is(Role::Credential, "category");
    }
    if let Some(identity) = &field.identity {
        let person = Role::Person(kind_of(identity));
        return if field.is_listed() {
            open(Some(person), "an identity in a list of objects: whose?")
        } else {
            is(person, "identity")
        };
    }
    match link {
        FieldLink::Identity(identity) => {
            return is(Role::Person(kind_of(&identity)), "reference to an identity");
        }
        FieldLink::Open(why) if !field.primary => return Decision::Open(None, why),
        _ => {}
    }
    if field.primary {
        return is(Role::Row, "primary key");
    }
    if link == FieldLink::Key {
        return is(Role::Data, "reference");
    }
    by_category(field, said, standing)
}

fn by_category(field: &Field, said: &Said<'_>, standing: Standing) -> Decision {
    if field.categories.is_empty() {
        return open(None, "no category: the dataset does not say what it holds");
    }
    if said.is_system() {
        return match standing {
            Standing::Nobodys => open(Some(Role::Data), "whose rows these are is not said"),
            _ => is(Role::Data, "category: the system's own"),
        };
    }
    if field.is_listed() {
        return open(Some(Role::ThirdParty(None)), "in a list of objects: whose?");
    }
    match standing {
        Standing::Nobodys => return open(said.maybe(), "whose rows these are is not said"),
        Standing::Context => {
            return open(said.maybe(), "rows that several people may share: whose?");
        }
        Standing::Owned | Standing::Child => {}
    }
    if said.is_of_others() {
        return open(Some(Role::ThirdParty(None)), "of children: the person's own, or another's?");
    }
    if said.names_somebody() {
        return open(said.maybe(), "it names somebody: the person, or another?");
    }
    if said.is_free() {
        return is(Role::Text, "category: what people write");
    }
    is(Role::Data, "category")
}

/// Returns the kind of identifier that an identity is.
fn kind_of(identity: &str) -> String {
    match identity {
        "phone_number" | "phone" => "phone".into(),
        "date_of_birth" => "birth-date".into(),
        other => {
            let words: Vec<String> = other
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            if words.is_empty() { "identity".into() } else { words.join("-") }
        }
    }
}

/// What the categories of a field say.
struct Said<'a> {
    field: &'a Field,
}

impl<'a> Said<'a> {
    fn of(field: &'a Field) -> Self {
        Self { field }
    }

    /// Returns whether a category has any of these among its parts, whatever stands above them: the
    /// taxonomy has changed its upper levels (`user.provided.identifiable.contact.email`).
    fn has(&self, parts: &[&str]) -> bool {
        self.field.categories.iter().any(|c| c.split('.').any(|part| parts.contains(&part)))
    }

    fn is_credential(&self) -> bool {
        self.has(&["authorization", "credentials", "password", "authentication"])
    }

    fn is_system(&self) -> bool {
        self.field.categories.iter().all(|category| category.split('.').next() == Some("system"))
    }

    fn is_of_others(&self) -> bool {
        self.has(&["childrens", "children"])
    }

    fn is_free(&self) -> bool {
        let text = self.field.data_type.as_deref().is_none_or(|kind| kind.starts_with("string"));
        let general = self.field.categories.iter().all(|category| category == "user");
        text && (general || self.has(&["content", "user_content", "correspondence", "messages"]))
    }

    /// Returns whether the category is that of an identifier.
    fn names_somebody(&self) -> bool {
        self.maybe().is_some_and(|role| role != Role::Data)
            || self.has(&[
                "name",
                "contact",
                "government_id",
                "unique_id",
                "user_id",
                "pseudonymous",
                "account_number",
                "bank_account",
                "device_id",
                "cookie_id",
                "biometric",
            ])
    }

    /// Returns what a field may be that nobody but a person can decide.
    fn maybe(&self) -> Option<Role> {
        const KINDS: [(&str, &[&str]); 5] = [
            ("email", &["email"]),
            ("phone", &["phone_number", "phone"]),
            ("address", &["address", "street", "postal_code", "city"]),
            ("birth-date", &["date_of_birth"]),
            ("name", &["name"]),
        ];
        let found = KINDS.iter().find(|(_, parts)| self.has(parts));
        Some(found.map_or(Role::Data, |(kind, _)| Role::Person((*kind).to_owned())))
    }

    /// Returns the special category of data (UK GDPR Art. 9, Art. 10).
    fn special(&self) -> Option<&'static str> {
        const SPECIAL: [(&str, &[&str]); 8] = [
            (
                "health",
                &["health_and_medical", "health", "medical", "medical_record", "disability"],
            ),
            ("ethnicity", &["race", "ethnicity", "race_ethnicity", "ethnic_origin"]),
            ("religion", &["religious_belief", "religion", "philosophical_belief"]),
            ("sexual-orientation", &["sexual_orientation", "sexual_history", "sex_life"]),
            ("politics", &["political_opinion", "political"]),
            ("trade-union", &["trade_union", "union_membership"]),
            ("biometric", &["biometric", "biometric_health", "genetic", "fingerprint"]),
            ("criminal", &["criminal_history", "criminal"]),
        ];
        SPECIAL.iter().find(|(_, parts)| self.has(parts)).map(|(name, _)| *name)
    }

    /// Returns how the controller came by it, where an older category says so.
    fn origin(&self) -> Option<&'static str> {
        let second =
            |word: &str| self.field.categories.iter().any(|c| c.split('.').nth(1) == Some(word));
        match () {
            () if second("provided") => Some("given"),
            () if second("derived") => Some("derived"),
            () => None,
        }
    }

    fn data_type(&self) -> Option<&'static str> {
        match self.field.data_type.as_deref()? {
            "integer" => Some("integer"),
            "float" => Some("number"),
            "boolean" => Some("boolean"),
            _ => None,
        }
    }
}
