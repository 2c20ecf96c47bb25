//! What opens a case, and who works on it.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use jiff::Timestamp;

use super::args::{CaseFile, Key};
use super::wrong::wrong;
use crate::case::{By, Case, Lock};
use crate::cli::args::Passphrase;
use crate::cli::error::CommandError;
use crate::cli::passphrase;

/// How a plain SQLite file begins.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// Opens a case, and tidies up after a release that was cut off.
pub(super) fn open(file: &CaseFile) -> Result<(Case, By), CommandError> {
    let by = by(file)?;
    let mut case = look(file)?;
    case.recover(&by).map_err(|e| wrong(&e))?;
    Ok((case, by))
}

/// Opens a case to look at it: nobody has to say who they are.
pub(super) fn look(file: &CaseFile) -> Result<Case, CommandError> {
    let is_plain = is_plain(&file.case);
    let lock = if is_plain { Lock::Plain } else { Lock::Key(key(&file.key, false)?) };
    Case::open(&file.case, &lock).map_err(|e| wrong(&e))
}

/// Returns who works on the case, now.
pub(super) fn by(file: &CaseFile) -> Result<By, CommandError> {
    let user = || ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let name = file.by.clone().or_else(user).filter(|name| !name.trim().is_empty());
    let name = name.ok_or_else(|| {
        CommandError::usage("who are you? Everything done to a case stands in its log with a name")
            .hint("say it with --by NAME")
    })?;
    Ok(By { name, at: Timestamp::now() })
}

/// Returns the key that the options name, or asks for it.
pub(super) fn key(from: &Key, twice: bool) -> Result<holdall_connector::Secret, CommandError> {
    let options = Passphrase {
        passphrase_file: from.key_file.clone(),
        passphrase_env: from.key_env.clone(),
        passphrase_prompt: from.key_prompt,
    };
    match passphrase::given(&options, twice)? {
        Some(key) => Ok(key),
        None => passphrase::prompt(twice).map_err(|error| CommandError {
            hints: vec![
                "give the key of the case with --key-file or --key-env".to_owned(),
                "keep the key: without it nobody can open the case".to_owned(),
            ],
            ..error
        }),
    }
}

/// Returns whether a file is a case that is not encrypted.
pub(super) fn is_plain(path: &Path) -> bool {
    let mut start = [0; PLAIN.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *PLAIN
}
