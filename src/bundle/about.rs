//! The information that goes with the data (UK GDPR Art. 15(1)–(2)), from the profile: for the
//! activities in which something was found, or for all of them where nothing was.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::controller::{Activity, Basis, Party};
use crate::request::Right;

use super::pack::Contents;
use super::words::{self, NONE, NOT_STATED};

/// What the bundle says of the controller and its uses of data.
pub(super) struct About<'a> {
    /// What the bundle is made of.
    pub(super) contents: Contents<'a>,
    /// The activities concerned, by key.
    pub(super) activities: Vec<(&'a str, &'a Activity)>,
}

/// A right that the person has, and what it means.
pub(super) struct RightTo {
    /// Its name.
    pub(super) name: &'static str,
    /// What it means.
    pub(super) means: &'static str,
}

impl<'a> About<'a> {
    /// Chooses the activities concerned.
    pub(super) fn new(contents: Contents<'a>) -> Self {
        let concerned: BTreeSet<&str> = contents
            .settled
            .rows()
            .iter()
            .filter_map(|row| contents.map.table(&row.table)?.activity.as_deref())
            .collect();
        let all = || contents.profile.activity.iter().map(|(key, a)| (key.as_str(), a));
        let mut activities: Vec<_> = all().filter(|(key, _)| concerned.contains(key)).collect();
        if activities.is_empty() {
            activities = all().collect();
        }
        Self { contents, activities }
    }

    /// Returns the rights that the person has with regard to this data (Art. 15(1)(e)).
    pub(super) fn rights(&self) -> Vec<RightTo> {
        let has = |basis: Basis| self.activities.iter().any(|(_, a)| a.basis.contains(&basis));
        let mut rights = vec![
            right("Access", "You can ask for a copy of your data at any time."),
            right("Rectification", "You can have what is wrong or incomplete put right."),
            right("Erasure", "You can ask for your data to be deleted, where the law allows it."),
            right("Restriction", "You can ask that your data is kept but not used for a while."),
            right(
                "Objection",
                "You can object to a use that rests on a public task or on \
                   legitimate interests, and to direct marketing in any case.",
            ),
        ];
        if self.activities.iter().any(|(_, a)| a.is_portable()) {
            rights.push(right("Data portability", "You can have what you provided, under your \
                 consent or a contract, in a machine-readable form, or sent to another organisation."));
        }
        if has(Basis::Consent) {
            rights.push(right(
                "Withdrawing consent",
                "Where a use rests on your consent, you can \
                 withdraw it at any time.",
            ));
        }
        rights.push(right(
            "Automated decisions",
            "You can ask for a person to look again at a \
             decision that a machine alone made about you, where it affects you significantly.",
        ));
        rights
    }

    /// Returns `about.json`.
    pub(super) fn json(&self) -> String {
        let Contents { profile, request, .. } = self.contents;
        let regulator = &profile.regulator;
        let value = json!({
            "request": {
                "reference": request.reference,
                "right": words::right_code(request.right),
                "received": request.received.to_string(),
            },
            "controller": {
                "name": profile.name,
                "trading-names": list(&profile.trading_names, NONE),
                "address": list(&profile.address, NOT_STATED),
                "requests-to": list(&profile.requests_to, NOT_STATED),
            },
            "data-protection-officer": self.dpo_json(),
            "joint-controllers": parties(&profile.joint_controllers, NONE),
            "processors": parties(&profile.processors, NONE),
            "other-controllers": parties(&profile.other_controllers, NONE),
            "activities": self.activities.iter().map(|(key, a)| activity_json(key, a))
                .collect::<Vec<_>>(),
            "rights": self.rights().iter().map(|r| json!({"right": r.name, "means": r.means}))
                .collect::<Vec<_>>(),
            "rights-in-the-notice": list(&profile.rights, NOT_STATED),
            "complaint": {
                "name": regulator.name,
                "url": regulator.url,
                "address": regulator.address,
                "phone": regulator.phone,
            },
            "notices": list(&profile.notices, NONE),
            "promises": list(&profile.promises, NONE),
        });
        // A `Value` with string keys always serialises.
        serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
    }

    fn dpo_json(&self) -> Value {
        match &self.contents.profile.dpo {
            None => NOT_STATED.into(),
            Some(dpo) => json!({
                "name": said(dpo.name.as_deref()),
                "email": said(dpo.email.as_deref()),
                "post": list(&dpo.post, NOT_STATED),
                "phone": said(dpo.phone.as_deref()),
            }),
        }
    }

    /// Returns whether the answer is one to a portability request.
    pub(super) fn is_portability(&self) -> bool {
        self.contents.request.right == Right::Portability
    }
}

fn right(name: &'static str, means: &'static str) -> RightTo {
    RightTo { name, means }
}

/// Returns the activity's title for people.
pub(super) fn title(key: &str, activity: &Activity) -> String {
    activity.title.clone().unwrap_or_else(|| key.to_owned())
}

fn activity_json(key: &str, activity: &Activity) -> Value {
    let basis: Vec<&str> = activity.basis.iter().map(|b| words::basis(*b)).collect();
    let conditions: Vec<&str> = activity.article_9.iter().map(|c| words::article_9(*c)).collect();
    json!({
        "activity": key,
        "title": title(key, activity),
        "purposes": list(&activity.purposes, NOT_STATED),
        "basis": list(&basis, NOT_STATED),
        "legitimate-interests": list(&activity.interests, silent_interests(activity)),
        "special-category-conditions": list(&conditions, NONE),
        "categories": list(&activity.categories, NOT_STATED),
        "recipients": parties(&activity.recipients, NOT_STATED),
        "sources": list(&activity.sources, NOT_STATED),
        "retention": words::retention(activity.retention.as_ref()),
        "transfers": or(activity.transfers.iter().map(|t| json!({
            "to": t.to, "safeguard": said(t.safeguard.as_deref()), "why": said(t.why.as_deref()),
        })).collect(), NONE),
        "automated-decisions": or(activity.automated_decisions.iter().map(|d| json!({
            "what": d.what, "logic": said(d.logic.as_deref()), "effect": said(d.effect.as_deref()),
        })).collect(), NONE),
        "portable": activity.is_portable(),
    })
}

/// Returns what an empty list of interests means: they must be named where they are the basis.
pub(super) fn silent_interests(activity: &Activity) -> &'static str {
    if activity.basis.contains(&Basis::LegitimateInterests) { NOT_STATED } else { NONE }
}

fn said(text: Option<&str>) -> Value {
    text.unwrap_or(NOT_STATED).into()
}

fn list<T: serde::Serialize>(items: &[T], silent: &str) -> Value {
    or(items.iter().map(|item| json!(item)).collect(), silent)
}

fn parties(parties: &[Party], silent: &str) -> Value {
    let one = |p: &Party| {
        let contact = p.contact.as_deref().map_or(Value::Null, Value::from);
        let mut party = json!({ "name": p.name, "why": said(p.why.as_deref()) });
        if let (Some(object), false) = (party.as_object_mut(), contact.is_null()) {
            object.insert("contact".to_owned(), contact);
        }
        party
    };
    or(parties.iter().map(one).collect(), silent)
}

fn or(items: Vec<Value>, silent: &str) -> Value {
    if items.is_empty() { silent.into() } else { Value::Array(items) }
}
