//! The arguments of the commands that work on a case.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::cli::args::Passphrase;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum CaseCommand {
    /// Open a case for a request: an encrypted file that keeps everything until it is answered
    Open(Open),
    /// Record that the person's identity was proved, and how
    VerifyId(VerifyId),
    /// Record that something was asked for: the clock stands, or starts later
    ///
    /// While the person has not said what they mean, the clock stands (requests from 5 February
    /// 2026). It starts only once the identity, the authority or the fee that was asked for is
    /// there. A question about the form of the answer stops nothing: do not record it.
    Pause(Pause),
    /// Record that what was asked for is there
    Resume(Resume),
    /// Record that the person was told, with reasons, that it takes up to three months
    Extend(Extend),
    /// List cases with their due dates, the most urgent first
    List(List),
    /// Find the person's records and put them into the case; again, to see what changed
    Collect(Collect),
    /// Decide what is taken out: in the browser, or as a table for a spreadsheet
    Review(Review),
    /// Register a reviewer with a secret of their own
    Reviewer(Reviewer),
    /// Sign, as a registered reviewer, what is decided now
    Sign(Reviewer),
    /// Check that everything is decided and signed, and seal the bundle
    Release(Release),
    /// Show how far a case is and what still stops the release
    Status(Status),
    /// Print the audit chain of a case and verify it
    Audit(Audit),
    /// Close a case; with --destroy, remove its personal data and leave the log
    Close(Close),
}

/// A case, and what opens it.
#[derive(Debug, Args)]
pub(in crate::cli) struct CaseFile {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(in crate::cli) case: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) key: Key,
    /// Who you are: stands in the log with everything that you do [default: your user name]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: Option<String>,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// Where the key of a case comes from.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Key {
    /// Read the key of the case from the first line of this file
    #[arg(long, value_name = "FILE", group = "key_source")]
    pub(in crate::cli) key_file: Option<PathBuf>,
    /// Read the key of the case from this environment variable
    #[arg(long, value_name = "NAME", group = "key_source")]
    pub(in crate::cli) key_env: Option<String>,
    /// Ask for the key of the case
    #[arg(long, group = "key_source")]
    pub(in crate::cli) key_prompt: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Open {
    /// The data map
    #[arg(long, value_name = "FILE", default_value = "holdall.toml")]
    pub(in crate::cli) map: PathBuf,
    /// The request: TOML, or OpenDSR 2.0 JSON
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) request: PathBuf,
    /// Do not encrypt the case: whoever has the file can read it
    #[arg(long, conflicts_with = "key_source")]
    pub(in crate::cli) plain: bool,
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Collect {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Review {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
    /// Write what there is to decide as a table for a spreadsheet
    #[arg(long, value_name = "FILE", group = "review_what")]
    pub(in crate::cli) export: Option<PathBuf>,
    /// Replace an existing table
    #[arg(long, requires = "export")]
    pub(in crate::cli) force: bool,
    /// Take the decisions from such a table; one wrong row, and nothing is changed
    #[arg(long, value_name = "FILE", group = "review_what")]
    pub(in crate::cli) import: Option<PathBuf>,
    /// Resolve a hold, by the id that `holdall status` shows
    #[arg(long, value_name = "ID", group = "review_what", requires_all = ["how", "reason"])]
    pub(in crate::cli) resolve: Option<String>,
    /// How: theirs, not-theirs (whose a row is); give, withhold=GROUND (a column); done
    #[arg(long, value_name = "HOW", requires = "resolve")]
    pub(in crate::cli) how: Option<String>,
    /// Hold the release until something was looked at by hand: film, paper
    #[arg(long, value_name = "TEXT", group = "review_what")]
    pub(in crate::cli) add_hold: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: Option<String>,
    /// End the page after so many minutes without a request
    #[arg(long, value_name = "MINUTES", default_value_t = 30,
        conflicts_with = "review_what", value_parser = clap::value_parser!(u64).range(1..=1440))]
    pub(in crate::cli) idle: u64,
    /// Do not open a browser; the address is printed all the same
    #[arg(long, conflicts_with = "review_what")]
    pub(in crate::cli) no_browser: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Reviewer {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
    /// The reviewer's name
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,
    /// Read the reviewer's own secret from the first line of this file
    #[arg(long, value_name = "FILE", group = "secret_source")]
    pub(in crate::cli) secret_file: Option<PathBuf>,
    /// Read the reviewer's own secret from this environment variable
    #[arg(long, value_name = "NAME", group = "secret_source")]
    pub(in crate::cli) secret_env: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Release {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
    /// Where the bundle goes [default: the reference, with .zip]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Replace an existing bundle
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Seal a bundle although a source was not read in full; the bundle says so
    #[arg(long)]
    pub(in crate::cli) allow_incomplete: bool,
    /// Encrypt the bundle (AES-256); without a pass-phrase option one is made and shown once
    #[arg(long)]
    pub(in crate::cli) encrypt: bool,
    #[command(flatten)]
    pub(in crate::cli) passphrase: Passphrase,
    /// Write the officer's own record, with every decision and the audit chain
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) dpo_record: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Status {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Audit {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
    /// The hash of the last entry as it was printed before: it must still be in the chain
    #[arg(long, value_name = "HASH")]
    pub(in crate::cli) expect: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Close {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
    /// Remove the personal data from the file; the log stays
    #[arg(long)]
    pub(in crate::cli) destroy: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: String,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyId {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
    /// How it was proved
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) how: String,
    /// On which day [default: today]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) on: Option<Date>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Pause {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
    /// What was asked for
    #[arg(long = "for", value_enum, value_name = "WHAT", default_value = "clarification")]
    pub(in crate::cli) what: Asked,
    /// Why, or which question
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) why: String,
    /// On which day [default: today]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) on: Option<Date>,
}

/// What can be asked for before a request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Asked {
    /// What the person means
    Clarification,
    /// Proof of who they are
    Identity,
    /// Proof that somebody may ask on their behalf
    Authority,
    /// A fee
    Fee,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Resume {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
    /// What is there; for the identity see `verify-id`
    #[arg(long = "for", value_enum, value_name = "WHAT", default_value = "clarification")]
    pub(in crate::cli) what: Asked,
    /// What was said
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) why: Option<String>,
    /// On which day [default: today]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) on: Option<Date>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Extend {
    #[command(flatten)]
    pub(in crate::cli) file: CaseFile,
    /// The reasons that the person was told: complexity, or the number of their requests
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) why: String,
    /// On which day they were told [default: today]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) on: Option<Date>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// Case files, and folders with files named `*.case` [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) key: Key,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub(in crate::cli) json: bool,
}
