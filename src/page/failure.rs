//! What went wrong, as a page: what happened, and what to do next. Never holds a value.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};

use super::frame;
use super::text::sentence;
use crate::case::Error;

/// Why a request is not answered with what was asked for.
#[derive(Debug)]
pub(super) enum Failure {
    /// The case says so.
    Case(Error),
    /// Whoever asks may not: the rule that was broken.
    Forbidden(Rule),
    /// There is no such page.
    NotFound,
    /// Only GET and POST are answered.
    Method,
    /// The form is too large.
    TooLarge,
    /// The form is not sent as a form.
    NoForm,
    /// A field is missing or wrong.
    Malformed(&'static str),
    /// What somebody filled in does not do.
    Refused(&'static str),
    /// Something broke here.
    Internal,
}

/// The rules that keep others out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Host,
    Origin,
    Token,
    Cookie,
    Csrf,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Case(error)
    }
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::Case(error) => of_case(error),
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn heading(&self) -> &'static str {
        match self {
            Self::Case(Error::Stale) => "This was changed since you looked at it",
            Self::Case(Error::Busy) => "The case is in use",
            Self::Forbidden(_) => "This page is not open to you",
            Self::NotFound | Self::Case(Error::Unknown(_)) => "There is nothing here",
            Self::Internal => "Something went wrong",
            _ => "This was not done",
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Case(Error::Stale) => {
                "Another tab, or another person, changed it. Nothing of theirs was overwritten, \
                 and what you just sent was not saved."
                    .into()
            }
            Self::Case(error) => sentence(&error.to_string()),
            Self::Forbidden(rule) => rule.message().into(),
            Self::NotFound => "The address leads to no page of this case.".into(),
            Self::Method => "Pages are asked for with GET, and forms sent with POST.".into(),
            Self::TooLarge => {
                "What was sent is longer than any form here. Nothing was saved.".into()
            }
            Self::NoForm => "What was sent is not a form. Nothing was saved.".into(),
            Self::Malformed(field) => {
                format!("The field \u{201C}{field}\u{201D} is missing or wrong. Nothing was saved.")
            }
            Self::Refused(why) => (*why).into(),
            Self::Internal => {
                "Nothing was half saved. Try again; if it stays like this, end the command and \
                 start it again."
                    .into()
            }
        }
    }

    fn next(&self) -> Markup {
        match self {
            Self::Forbidden(Rule::Token | Rule::Cookie) => html! {
                p { "Run " code { "holdall review" } " again, and open the address that it prints." }
            },
            Self::Forbidden(_) | Self::Method => html! {},
            Self::Case(Error::Stale) => html! {
                p { "Look at it as it is now, then decide." }
                p { a.button href="/queue" { "Look again" } " " a href="/" { "To the overview" } }
            },
            _ => html! {
                p { "Go back in your browser to change what you sent, or go on from the overview." }
                p { a.button href="/" { "To the overview" } }
            },
        }
    }
}

impl Rule {
    fn message(self) -> &'static str {
        match self {
            Self::Host => "It answers only at the address that the command printed.",
            Self::Origin => "Another page asked for this. Nothing was done.",
            Self::Token => "The address was used already, or it is not the one that was printed.",
            Self::Cookie => "This browser has not been let in.",
            Self::Csrf => "The form does not come from this page. Nothing was done.",
        }
    }
}

fn of_case(error: &Error) -> StatusCode {
    match error {
        Error::Stale | Error::Registered => StatusCode::CONFLICT,
        Error::Unknown(_) => StatusCode::NOT_FOUND,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Secret => StatusCode::FORBIDDEN,
        Error::Refused(_)
        | Error::Blocked(_)
        | Error::Unsettled(_)
        | Error::HoldsOpen(_)
        | Error::CollectAgain
        | Error::NotCollected
        | Error::Incomplete
        | Error::Over(_)
        | Error::Exists(_)
        | Error::ShortSecret(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = html! {
            h1 tabindex="-1" autofocus { (self.heading()) }
            p.lead { (self.message()) }
            (self.next())
        };
        let page = frame::bare(self.heading(), &body).into_string();
        (self.status(), Html(page)).into_response()
    }
}
