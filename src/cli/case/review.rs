//! `holdall review`, `reviewer`, `sign`: decisions without the page.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use holdall_connector::Secret;
use serde_json::json;

use super::args::{Review, Reviewer};
use super::key;
use super::wrong::wrong;
use crate::bundle;
use crate::case::{By, Case};
use crate::cli::args::Passphrase;
use crate::cli::error::{CommandError, Exit};
use crate::cli::summary::count;
use crate::cli::{destination, passphrase, talk};
use crate::find::HoldKind;
use crate::review::{HoldId, Resolution};

/// Runs `holdall review`.
pub(super) fn run(args: &Review) -> Result<Exit, CommandError> {
    let (mut case, by) = key::open(&args.file)?;
    if let Some(out) = &args.export {
        return export(args, &case, out);
    }
    if let Some(table) = &args.import {
        return import(args, &mut case, table, &by);
    }
    if let Some(id) = &args.resolve {
        return resolve(args, &mut case, id, &by);
    }
    if let Some(what) = &args.add_hold {
        let id = case.add_hold(HoldKind::Manual, what, "look at it by hand", &by);
        let id = id.map_err(|e| wrong(&e))?;
        return done(args, &format!("Held the release: {}", id.0), &json!({ "hold": id }));
    }
    page(args, case, by)
}

/// Serves the review page until it ends.
#[cfg(feature = "review")]
fn page(args: &Review, case: Case, by: By) -> Result<Exit, CommandError> {
    super::page::run(args, case, by)
}

#[cfg(not(feature = "review"))]
fn page(_: &Review, _: Case, _: By) -> Result<Exit, CommandError> {
    Err(CommandError::usage("this build has no review page (feature `review`)")
        .hint("say what to do: --export, --import, --resolve or --add-hold"))
}

fn done(args: &Review, text: &str, object: &serde_json::Value) -> Result<Exit, CommandError> {
    talk::say(text);
    if args.file.json {
        talk::print_json(object)?;
    }
    Ok(Exit::Ok)
}

fn export(args: &Review, case: &Case, out: &Path) -> Result<Exit, CommandError> {
    if out.exists() && !args.force {
        return Err(CommandError::usage(format!("`{}` exists already", out.display()))
            .hint("choose another name, or pass --force to replace it"));
    }
    let failed = |e: &dyn std::error::Error| {
        CommandError::failed(&format!("cannot write `{}`", out.display()), e)
    };
    let mut file = bundle::temporary_file(destination::parent(out)).map_err(|e| failed(&e))?;
    let rows = case.export_decisions(&mut file).map_err(|e| wrong(&e))?;
    file.flush().map_err(|e| failed(&e))?;
    file.persist(out).map_err(|e| failed(&e))?;
    let rows_text = count(rows, "row", "rows");
    let text = format!(
        "Wrote {rows_text} to {}. It holds what is to be taken out: keep it apart, and delete it when you are done",
        out.display()
    );
    done(args, &text, &json!({ "status": "exported", "rows": rows }))
}

fn import(args: &Review, case: &mut Case, table: &Path, by: &By) -> Result<Exit, CommandError> {
    let content = fs::read(table)
        .map_err(|e| CommandError::failed(&format!("cannot read `{}`", table.display()), &e))?;
    let changed = case.import_decisions(&content, by).map_err(|e| wrong(&e))?;
    let text = format!("Decided {}", count(changed, "item", "items"));
    done(args, &text, &json!({ "status": "imported", "changed": changed }))
}

fn resolve(args: &Review, case: &mut Case, id: &str, by: &By) -> Result<Exit, CommandError> {
    let how = args.how.as_deref().unwrap_or_default();
    let resolution = match how.split_once('=').unwrap_or((how, "")) {
        ("theirs", "") => Resolution::Theirs,
        ("not-theirs", "") => Resolution::NotTheirs,
        ("give", "") => Resolution::Give,
        ("done", "") => Resolution::Done,
        ("withhold", ground) => Resolution::Withhold { ground: ground.to_owned() },
        _ => {
            return Err(CommandError::usage(format!("--how: `{how}` is no way to resolve a hold"))
                .hint("write theirs, not-theirs, give, withhold=GROUND or done"));
        }
    };
    let seen = case.revision().map_err(|e| wrong(&e))?;
    let reason = args.reason.as_deref().unwrap_or_default();
    case.resolve_hold(&HoldId(id.to_owned()), Some(&resolution), reason, seen, by)
        .map_err(|e| wrong(&e))?;
    let overview = case.overview().map_err(|e| wrong(&e))?;
    let mut text = format!("Resolved; {} open", count(overview.holds_open, "hold", "holds"));
    if overview.collect_again {
        text.push_str(". The row may lead to more: run `holdall collect` again");
    }
    done(args, &text, &json!({ "status": "resolved", "case": overview }))
}

/// Runs `holdall reviewer`.
pub(super) fn register(args: &Reviewer) -> Result<Exit, CommandError> {
    let (mut case, by) = key::open(&args.file)?;
    let secret = secret(args, true)?;
    case.register(&args.name, &secret, &by).map_err(|e| wrong(&e))?;
    said(args, "registered", "Registered")
}

/// Runs `holdall sign`.
pub(super) fn sign(args: &Reviewer) -> Result<Exit, CommandError> {
    let (mut case, by) = key::open(&args.file)?;
    let secret = secret(args, false)?;
    let seen = case.revision().map_err(|e| wrong(&e))?;
    case.sign(&args.name, &secret, seen, &by).map_err(|e| wrong(&e))?;
    said(args, "signed", "Signed what is decided now, as")
}

fn said(args: &Reviewer, status: &str, text: &str) -> Result<Exit, CommandError> {
    talk::say(&format!("{text} {}", args.name));
    if args.file.json {
        talk::print_json(&json!({ "status": status, "reviewer": args.name }))?;
    }
    Ok(Exit::Ok)
}

fn secret(args: &Reviewer, twice: bool) -> Result<Secret, CommandError> {
    let from = Passphrase {
        passphrase_file: args.secret_file.clone(),
        passphrase_env: args.secret_env.clone(),
        passphrase_prompt: false,
    };
    match passphrase::given(&from, twice)? {
        Some(secret) => Ok(secret),
        None => passphrase::prompt(twice).map_err(|error| CommandError {
            hints: vec!["give the reviewer's own secret with --secret-file or --secret-env".into()],
            ..error
        }),
    }
}
