//! Where a pass-phrase comes from: a prompt, a file, the environment, or the system's random source.

use std::fs;
use std::io::IsTerminal;

use holdall_connector::Secret;

use super::args::Passphrase;
use super::error::CommandError;

/// The alphabet of made pass-phrases: no letter that looks like another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Groups of five characters in a made pass-phrase: 25 characters of 5 bits, 125 bits in all.
const GROUPS: usize = 5;

/// Returns the pass-phrase that the options name, if they name one.
///
/// # Errors
/// If it cannot be read, is empty, or was typed differently the second time.
pub(super) fn given(from: &Passphrase, twice: bool) -> Result<Option<Secret>, CommandError> {
    if let Some(path) = &from.passphrase_file {
        let text = fs::read_to_string(path).map_err(|e| {
            CommandError::failed(
                &format!("cannot read the pass-phrase file `{}`", path.display()),
                &e,
            )
        })?;
        return usable(text.lines().next().unwrap_or_default().to_owned()).map(Some);
    }
    if let Some(name) = &from.passphrase_env {
        let text = std::env::var(name).map_err(|_| {
            CommandError::usage(format!(
                "the environment variable `{name}` is not set, or not text"
            ))
        })?;
        return usable(text).map(Some);
    }
    if from.passphrase_prompt {
        return prompt(twice).map(Some);
    }
    Ok(None)
}

/// Returns whether no option names a pass-phrase, so that one that is used was made here and nobody
/// else has it.
pub(super) fn is_made(from: &Passphrase) -> bool {
    from.passphrase_file.is_none() && from.passphrase_env.is_none() && !from.passphrase_prompt
}

/// Asks on the terminal.
///
/// # Errors
/// If there is no terminal, nothing was typed, or the second time differed.
pub(super) fn prompt(twice: bool) -> Result<Secret, CommandError> {
    if !std::io::stdin().is_terminal() {
        return Err(CommandError::usage("there is no terminal to ask for a pass-phrase")
            .hint("use --passphrase-file or --passphrase-env"));
    }
    let ask = |what| {
        rpassword::prompt_password(what)
            .map_err(|e| CommandError::failed("cannot read the pass-phrase", &e))
    };
    let first = ask("Pass-phrase: ")?;
    if twice && ask("Again: ")? != first {
        return Err(CommandError::usage("the two pass-phrases differ"));
    }
    usable(first)
}

fn usable(text: String) -> Result<Secret, CommandError> {
    if text.trim().is_empty() {
        return Err(CommandError::usage("the pass-phrase is empty"));
    }
    Ok(Secret::new(text))
}

/// Makes a pass-phrase from the system's random source.
///
/// # Errors
/// If the system gives no random bytes.
pub(super) fn made() -> Result<Secret, CommandError> {
    let mut bytes = [0_u8; GROUPS * 5];
    getrandom::fill(&mut bytes).map_err(|e| {
        CommandError::failed(
            "the system gives no random bytes",
            &std::io::Error::other(e.to_string()),
        )
    })?;
    let letters: Vec<char> = bytes
        .iter()
        .filter_map(|b| ALPHABET.get(usize::from(b % 32)).copied().map(char::from))
        .collect();
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    Ok(Secret::new(groups.join("-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_ones_are_long_and_differ() {
        let (a, b) = (made().unwrap(), made().unwrap());
        assert_eq!(a.expose().len(), 29);
        assert_ne!(a.expose(), b.expose());
    }

    #[test]
    fn an_empty_one_is_refused() {
        assert!(usable(" ".into()).is_err());
    }
}
