//! What happens on Ctrl-C, on termination and on a panic: nothing is left behind, nothing is told.

use crate::bundle;

/// The exit code after an interrupt, as shells give it (128 + SIGINT).
const INTERRUPTED: i32 = 130;

/// Installs the handlers.
pub(super) fn prepare() {
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic can hold a value; its place cannot.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        super::talk::say(&format!("internal error at {place}; please report it"));
    }));
    #[expect(clippy::exit, reason = "a signal handler has nowhere to return to")]
    let handled = ctrlc::set_handler(|| {
        bundle::remove_temporary_files();
        std::process::exit(INTERRUPTED);
    });
    if let Err(error) = handled {
        super::talk::say(&format!("warning: an interrupt may leave a temporary file: {error}"));
    }
}
