//! Every request passes here first, and every answer last.
//!
//! Host and Origin defend against other pages in the same browser (DNS rebinding, cross-site
//! requests), the cookie against other people on the same computer, the token of the forms against
//! whatever gets past both. Nothing is cached, and nothing runs or loads but what is served here.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::failure::{Failure, Rule};
use super::fields::Fields;
use super::server::Shared;
use super::session::Session;

/// The most bytes of a form.
const LARGEST: usize = 64 * 1024;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Lets a request through, or says why not.
pub(super) async fn guard(State(page): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = match admitted(&page, request).await {
        Ok(request) => next.run(request).await,
        Err(failure) => failure.into_response(),
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response = Failure::Method.into_response();
    }
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn admitted(page: &Shared, request: Request) -> Result<Request, Failure> {
    let method = request.method().clone();
    let headers = request.headers();
    check_host(headers, &page.session)?;
    check_origin(headers, &method, &page.session)?;
    if ![Method::GET, Method::HEAD, Method::POST].contains(&method) {
        return Err(Failure::Method);
    }
    if is_open(&method, request.uri().path()) {
        return Ok(request);
    }
    let mut cookies = headers.get_all(header::COOKIE).iter().filter_map(|c| c.to_str().ok());
    if !cookies.any(|cookie| page.session.knows(cookie)) {
        return Err(Failure::Forbidden(Rule::Cookie));
    }
    page.activity.touch();
    if method == Method::POST { form(page, request).await } else { Ok(request) }
}

/// What may be had without a cookie: the exchange of the token, and the look of the refusal.
fn is_open(method: &Method, path: &str) -> bool {
    method == Method::GET && (path.starts_with("/start/") || path.starts_with("/assets/"))
}

fn check_host(headers: &HeaderMap, session: &Session) -> Result<(), Failure> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let right = host == Some(session.host().as_str()) && hosts.next().is_none();
    if right { Ok(()) } else { Err(Failure::Forbidden(Rule::Host)) }
}

/// A form must say that it comes from here. Because of `Referrer-Policy: no-referrer` a browser says
/// `Origin: null` for it (Fetch, "append a request Origin header"); then its `Sec-Fetch-Site`, which
/// no page can set, has to say so.
fn check_origin(headers: &HeaderMap, method: &Method, session: &Session) -> Result<(), Failure> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text("sec-fetch-site");
    let fine = match text("origin") {
        Some("null") => site == Some("same-origin"),
        Some(origin) => origin == session.origin(),
        None => *method != Method::POST,
    };
    let from_here = matches!(site, None | Some("same-origin" | "none"));
    if fine && from_here { Ok(()) } else { Err(Failure::Forbidden(Rule::Origin)) }
}

/// Reads the form and checks its token; the handlers get its fields.
async fn form(page: &Shared, request: Request) -> Result<Request, Failure> {
    let (mut parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Failure::NoForm);
    }
    let bytes = to_bytes(body, LARGEST).await.map_err(|_| Failure::TooLarge)?;
    let fields = Fields::parse(&bytes);
    if !page.session.is_csrf(fields.get("csrf")) {
        return Err(Failure::Forbidden(Rule::Csrf));
    }
    parts.extensions.insert(fields);
    Ok(Request::from_parts(parts, Body::empty()))
}
