//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::civil::Date;

use super::case::args::CaseCommand;

/// Everything you hold about a person, packed to hand over.
///
/// Answers subject access requests (UK GDPR Art. 15) and portability requests (Art. 20): finds one
/// person's records, takes out what is about other people, and packs the rest.
#[derive(Debug, Parser)]
#[command(name = "holdall", version, propagate_version = true, disable_help_subcommand = true)]
#[command(after_help = "Exit codes: 0 sealed or ok, 1 failed, 2 usage or map error, \
    3 incomplete (a source was not read in full), 4 held for a decision.")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Look at sources and write a draft of the data map to correct
    Init(Init),
    /// Make a draft of the data map from what others have described
    #[command(subcommand)]
    Import(Import),
    /// Find a person's records, redact them and seal a bundle
    Export(Export),
    #[command(flatten)]
    Case(CaseCommand),
    /// Check the data map, the profile and the sources; say what would be searched
    Check(Check),
    /// Verify a bundle: every byte listed and whole, nothing active inside
    Verify(Verify),
    /// Find identifiers and people in texts: JSON Lines from standard input to standard output
    Detect,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folders of CSV or JSON files, such files, SQLite databases; of a server env:NAME or file:PATH
    #[arg(value_name = "PATH|URL", required = true)]
    pub(super) places: Vec<String>,
    /// Where the draft goes; a draft of the controller profile goes beside it if there is none
    #[arg(short, long, value_name = "FILE", default_value = "holdall.toml")]
    pub(super) out: PathBuf,
    /// Replace an existing map (never an existing profile)
    #[arg(long)]
    pub(super) force: bool,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// From Fides datasets (YAML or JSON)
    Fides(Fides),
}

#[derive(Debug, Args)]
pub(super) struct Fides {
    /// The file with the datasets
    #[arg(value_name = "DATASET")]
    pub(super) dataset: PathBuf,
    /// Where the draft goes; a draft of the controller profile goes beside it if there is none
    #[arg(short, long, value_name = "FILE", default_value = "holdall.toml")]
    pub(super) out: PathBuf,
    /// Replace an existing map (never an existing profile)
    #[arg(long)]
    pub(super) force: bool,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The data map
    #[arg(long, value_name = "FILE", default_value = "holdall.toml")]
    pub(super) map: PathBuf,
    /// The request: TOML, or OpenDSR 2.0 JSON
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "subject",
        required_unless_present = "subject"
    )]
    pub(super) request: Option<PathBuf>,
    /// An identifier of the data subject, instead of a request file; may be given several times
    #[arg(long, value_name = "KIND=VALUE", num_args = 1..)]
    pub(super) subject: Vec<String>,
    /// Your reference for a request given by --subject
    #[arg(long, value_name = "TEXT", requires = "subject")]
    pub(super) reference: Option<String>,
    /// The right exercised by a request given by --subject
    #[arg(long, value_enum, requires = "subject", default_value = "access")]
    pub(super) right: RightArg,
    /// The day a request given by --subject was received [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", requires = "subject")]
    pub(super) received: Option<Date>,
    /// Who verified the identity of the person who asks
    #[arg(long, value_name = "NAME")]
    pub(super) verified_by: Option<String>,
    /// How it was verified
    #[arg(long, value_name = "TEXT", requires = "verified_by")]
    pub(super) verified_how: Option<String>,
    /// When it was verified
    #[arg(long, value_name = "YYYY-MM-DD", requires = "verified_by")]
    pub(super) verified_on: Option<Date>,
    /// Where the bundle goes [default: the reference, with .zip]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace an existing bundle
    #[arg(long)]
    pub(super) force: bool,
    /// Seal a bundle although a source was not read in full; the bundle says so
    #[arg(long)]
    pub(super) allow_incomplete: bool,
    /// Encrypt the bundle (AES-256); without a pass-phrase option one is made and shown once
    #[arg(long)]
    pub(super) encrypt: bool,
    #[command(flatten)]
    pub(super) passphrase: Passphrase,
    /// Write the officer's own record: where each row stood, why it is the person's, every redaction
    #[arg(long, value_name = "FILE")]
    pub(super) dpo_record: Option<PathBuf>,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum RightArg {
    Access,
    Portability,
}

/// Where a pass-phrase comes from.
#[derive(Debug, Default, Args)]
pub(super) struct Passphrase {
    /// Read the pass-phrase from the first line of this file
    #[arg(long, value_name = "FILE", group = "passphrase_source")]
    pub(super) passphrase_file: Option<PathBuf>,
    /// Read the pass-phrase from this environment variable
    #[arg(long, value_name = "NAME", group = "passphrase_source")]
    pub(super) passphrase_env: Option<String>,
    /// Ask for the pass-phrase
    #[arg(long, group = "passphrase_source")]
    pub(super) passphrase_prompt: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The data map
    #[arg(long, value_name = "FILE", default_value = "holdall.toml")]
    pub(super) map: PathBuf,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The bundle
    #[arg(value_name = "BUNDLE")]
    pub(super) bundle: PathBuf,
    #[command(flatten)]
    pub(super) passphrase: Passphrase,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub(super) json: bool,
}
