//! The listener, the routes, and when it ends.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::desk::Desk;
use super::failure::{Failure, Rule};
use super::preview::Previews;
use super::session::Session;
use super::{
    assets, frame, guard, help, holds, overview, people, preview, queue, reading, release,
};
use crate::case::{By, Case};

/// How often the idle time is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// How the page is served.
#[derive(Clone, Debug)]
pub struct Options {
    /// Who decides: their name stands in the log.
    pub by: String,
    /// After how long without a request it ends.
    pub idle: Duration,
}

/// Why the page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nobody asked for anything for as long as the options say.
    Idle,
    /// Somebody ended it in the browser.
    Finished,
}

/// Why the page could not be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The port could not be opened, or the server broke.
    #[error("the page cannot be served on 127.0.0.1: {0}")]
    Server(#[from] std::io::Error),
    /// The system gives no random bytes for the token.
    #[error("the system gives no random bytes: {0}")]
    Random(String),
}

/// What every handler has at hand.
pub(super) struct Page {
    pub(super) desk: Desk,
    pub(super) session: Session,
    pub(super) activity: Activity,
    pub(super) searches: queue::Searches,
    pub(super) previews: Previews,
    by: String,
    finished: Notify,
}

pub(super) type Shared = Arc<Page>;

impl Page {
    /// Returns who decides, now.
    pub(super) fn by(&self) -> By {
        By { name: self.by.clone(), at: Timestamp::now() }
    }

    /// Returns what the frame of every page shows.
    pub(super) fn frame(&self) -> frame::Frame<'_> {
        frame::Frame { csrf: self.session.csrf(), by: &self.by }
    }
}

/// When somebody asked last.
pub(super) struct Activity(Mutex<Instant>);

impl Activity {
    pub(super) fn touch(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn idle(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// Serves the case on 127.0.0.1 and a free port until it ends. `ready` is told the address to open,
/// which lets one browser in, once.
///
/// # Errors
/// [`Error`].
pub fn serve(case: Case, options: &Options, ready: impl FnOnce(&str)) -> Result<End, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let session = Session::new(port).map_err(|error| Error::Random(error.to_string()))?;
        let address = session.address().unwrap_or_default();
        let page = Arc::new(Page {
            desk: Desk::new(case),
            session,
            activity: Activity(Mutex::new(Instant::now())),
            searches: queue::Searches::default(),
            previews: Previews::default(),
            by: options.by.clone(),
            finished: Notify::new(),
        });
        ready(&address);
        let end = Arc::new(Mutex::new(End::Finished));
        let ended = over(Arc::clone(&page), options.idle, Arc::clone(&end));
        axum::serve(listener, routes(page)).with_graceful_shutdown(ended).await?;
        let end = *end.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(end)
    })
}

/// Waits until somebody ends it or nobody asks any more.
async fn over(page: Shared, idle: Duration, end: Arc<Mutex<End>>) {
    loop {
        let finished = tokio::time::timeout(LOOK, page.finished.notified()).await.is_ok();
        if finished {
            return;
        }
        if page.activity.idle() >= idle {
            *end.lock().unwrap_or_else(PoisonError::into_inner) = End::Idle;
            return;
        }
    }
}

fn routes(page: Shared) -> Router {
    Router::new()
        .route("/", get(overview::show))
        .route("/start/{token}", get(start))
        .route("/assets/{name}", get(assets::serve))
        .route("/help", get(help::show))
        .route("/queue", get(queue::show))
        .route("/queue/search", post(queue::search))
        .route("/queue/decide", post(queue::decide))
        .route("/queue/part", post(queue::part))
        .route("/queue/note", post(queue::note))
        .route("/queue/undo", post(queue::undo))
        .route("/rows/{row}", get(reading::show))
        .route("/rows/{row}/passage", post(reading::passage))
        .route("/rows/{row}/mark", post(reading::mark))
        .route("/people", get(people::list))
        .route("/people/{id}", get(people::show))
        .route("/people/{id}/describe", post(people::describe))
        .route("/people/{id}/decide", post(people::decide))
        .route("/people/{id}/merge", post(people::merge))
        .route("/people/{id}/split", post(people::split))
        .route("/holds", get(holds::show))
        .route("/holds/resolve", post(holds::resolve))
        .route("/holds/add", post(holds::add))
        .route("/release", get(release::show))
        .route("/release/register", post(release::register))
        .route("/release/sign", post(release::sign))
        .route("/release/seal", post(release::seal))
        .route("/release/preview", get(preview::list))
        .route("/release/preview/{number}", get(preview::entry))
        .route("/finish", post(finish))
        .fallback(nowhere)
        .layer(middleware::from_fn_with_state(Arc::clone(&page), guard::guard))
        .with_state(page)
}

/// Exchanges the token of the address for the cookie.
async fn start(State(page): State<Shared>, Path(token): Path<String>) -> Result<Response, Failure> {
    let cookie = page.session.exchange(&token).ok_or(Failure::Forbidden(Rule::Token))?;
    page.activity.touch();
    Ok(([(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())], StatusCode::SEE_OTHER)
        .into_response())
}

async fn nowhere() -> Failure {
    Failure::NotFound
}

/// Ends the page.
async fn finish(State(page): State<Shared>) -> Html<String> {
    page.finished.notify_one();
    Html(frame::ended().into_string())
}

/// Sends the browser on after a form, so that a reload does not send it again.
pub(super) fn go(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response()
}
