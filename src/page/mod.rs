//! The review page: what was found and what stops the release, in a browser, on this computer alone.
//!
//! A server on 127.0.0.1 for one case and one browser. Pages are made here and work without script;
//! the script adds keys and selecting text. No page keeps anything: whatever is decided is in the case
//! at once, and every form carries the revision that it was shown at.
//!
//! | module | owns |
//! |---|---|
//! | `server` | the listener, the routes, when it ends |
//! | `desk` | the thread that owns the case |
//! | `session`, `guard` | who may ask: token, cookie, Host, Origin, CSRF; headers of every answer |
//! | `fields`, `failure` | what a form says; what went wrong, as a page |
//! | `frame`, `words`, `text`, `assets` | what all pages share |
//! | `overview`, `queue`, `reading`, `people`, `holds`, `release`, `preview`, `help` | the pages |

mod assets;
mod desk;
mod failure;
mod fields;
mod frame;
mod guard;
mod help;
mod holds;
mod overview;
mod people;
mod preview;
mod queue;
mod reading;
mod release;
mod server;
mod session;
mod text;
mod words;

pub use server::{End, Error, Options, serve};
