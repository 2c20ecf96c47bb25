//! Which passages are listed and which is looked at, as an address says it.

use crate::case::{Filter, PartyId, State};
use crate::page::fields::{Fields, query};

/// What of the queue is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::page) struct View {
    /// Passages in this state; `None` for those to decide.
    pub(in crate::page) state: Option<Shown>,
    pub(in crate::page) kind: Option<String>,
    pub(in crate::page) table: Option<(String, String)>,
    pub(in crate::page) party: Option<PartyId>,
    pub(in crate::page) row: Option<u64>,
    /// The number of a search.
    pub(in crate::page) search: Option<u64>,
    /// Each by itself, not one for all that are alike.
    pub(in crate::page) each: bool,
    /// The rank after which the page starts.
    pub(in crate::page) after: Option<u64>,
    /// The passage that is looked at; `last` for the last of the page.
    pub(in crate::page) at: Option<String>,
    /// What was decided last.
    pub(in crate::page) done: Option<String>,
}

/// The states that can be listed besides those to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::page) enum Shown {
    All,
    In(State),
}

/// Every choice of states with its word in the address and its name.
pub(super) const STATES: [(Option<Shown>, &str, &str); 5] = [
    (None, "", "To decide"),
    (Some(Shown::In(State::ByPolicy)), "policy", "Taken out by policy"),
    (Some(Shown::In(State::Redacted)), "taken", "Taken out by somebody"),
    (Some(Shown::In(State::Kept)), "kept", "Kept"),
    (Some(Shown::All), "all", "All"),
];

impl View {
    /// Reads a query; what it does not know it leaves out.
    pub(super) fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.some(name).map(str::to_owned);
        let number = |name: &str| fields.get(name).parse().ok();
        let state = STATES.iter().find(|(_, word, _)| *word == fields.get("state"));
        Self {
            state: state.and_then(|(state, ..)| *state),
            kind: text("kind"),
            table: text("source").zip(text("table")),
            party: fields.get("person").parse().ok(),
            row: number("row"),
            search: number("search"),
            each: fields.some("each").is_some(),
            after: number("after"),
            at: text("at"),
            done: text("done"),
        }
    }

    /// Returns the address of this view.
    pub(in crate::page) fn link(&self) -> String {
        let query = self.query();
        if query.is_empty() { "/queue".to_owned() } else { format!("/queue?{query}") }
    }

    /// Returns this view as a query.
    pub(super) fn query(&self) -> String {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let state = STATES.iter().find(|(state, ..)| *state == self.state);
        let (source, table) = self.table.clone().unwrap_or_default();
        query([
            ("state", state.map_or("", |(_, word, _)| word).to_owned()),
            ("kind", text(&self.kind)),
            ("source", source),
            ("table", table),
            ("person", self.party.map(|party| party.to_string()).unwrap_or_default()),
            ("row", number(self.row)),
            ("search", number(self.search)),
            ("each", if self.each { "1" } else { "" }.to_owned()),
            ("after", number(self.after)),
            ("at", text(&self.at)),
            ("done", text(&self.done)),
        ])
    }

    /// Returns the same filter, at its start.
    pub(super) fn at_start(&self) -> Self {
        Self { after: None, at: None, done: None, ..self.clone() }
    }

    /// Returns what the case is asked; `text` is what is searched for.
    pub(super) fn filter(&self, text: Option<String>) -> Filter {
        Filter {
            state: match self.state {
                None => Some(State::Open),
                Some(Shown::All) => None,
                Some(Shown::In(state)) => Some(state),
            },
            kind: self.kind.clone(),
            table: self.table.clone(),
            party: self.party,
            row: self.row,
            text,
            each: self.each,
        }
    }

    /// Returns whether more than the state narrows it.
    pub(super) fn is_narrowed(&self) -> bool {
        let Self { kind, table, party, row, search, .. } = self;
        kind.is_some() || table.is_some() || party.is_some() || row.is_some() || search.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_the_whole_view() {
        let view = View {
            state: Some(Shown::In(State::Kept)),
            kind: Some("email".into()),
            table: Some(("a&b".into(), "c d=é".into())),
            party: Some(7),
            row: Some(3),
            search: Some(2),
            each: true,
            after: Some(u64::MAX),
            at: Some("ab".into()),
            done: Some("cd".into()),
        };
        assert_eq!(View::of(&Fields::parse(view.query().as_bytes())), view);
        assert_eq!(View::of(&Fields::parse(b"state=nonsense&row=x")), View::default());
        assert_eq!(View::default().link(), "/queue");
    }
}
