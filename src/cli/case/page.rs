//! `holdall review` without more: the review page in a browser.

use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;

use super::args::Review;
use crate::case::{By, Case};
use crate::cli::error::{CommandError, Exit};
use crate::cli::talk;
use crate::page::{End, Options, serve};

/// Serves the page until it ends.
pub(super) fn run(args: &Review, case: Case, by: By) -> Result<Exit, CommandError> {
    let options = Options { by: by.name, idle: Duration::from_secs(args.idle * 60) };
    let mut told = Ok(());
    let end = serve(case, &options, |address| told = tell(args, address));
    let end = end.map_err(|e| CommandError::failed("the review page ended", &e))?;
    told?;
    talk::say(match end {
        End::Finished => "Finished for now; everything that was decided is in the case",
        End::Idle => "Nobody asked for a page any more; everything that was decided is in the case",
    });
    Ok(Exit::Ok)
}

fn tell(args: &Review, address: &str) -> Result<(), CommandError> {
    talk::say(&format!(
        "The review page is at {address}\nThe address opens it once, in one browser. End it with Ctrl-C; every decision is saved at once"
    ));
    if args.file.json {
        talk::print_json(&json!({ "status": "reviewing", "url": address }))?;
    }
    if !args.no_browser && !open(address) {
        talk::say("No browser could be started: open the address yourself");
    }
    Ok(())
}

/// Opens the address in the user's browser; returns whether something was started.
fn open(address: &str) -> bool {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "windows") {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(first).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
