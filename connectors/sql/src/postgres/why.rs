//! What PostgreSQL's errors mean, without its own words: those can quote values.

use postgres::error::SqlState;

use crate::failure::Failure;

/// Returns what went wrong with a connection or a statement.
pub(crate) fn failure(error: &postgres::Error) -> Failure {
    match error.code() {
        Some(state) => answer(state),
        None if error.to_string().contains("TLS") => Failure::lasting(
            "no secure connection could be agreed; check `sslmode` and `sslrootcert` in the \
             address, and the server's certificate",
        ),
        None if is_unusable(error) => Failure::lasting(
            "the address that `url` refers to cannot be used: a user name, host or password is \
             missing, or the server asks for a kind of proof that is not supported",
        ),
        None => Failure::lost(
            "the server cannot be reached, or the connection was lost; check that it is running \
             and that its host and port in the address are right",
        ),
    }
}

/// Returns whether the error comes from the settings, not from the network.
fn is_unusable(error: &postgres::Error) -> bool {
    // The kinds of the client's errors are told apart by their fixed words alone.
    let words = error.to_string();
    ["invalid configuration", "invalid connection string", "authentication error"]
        .iter()
        .any(|start| words.starts_with(start))
}

fn answer(state: &SqlState) -> Failure {
    let lasting = |why: &str| Failure::lasting(why);
    match state.code() {
        "28000" => lasting(
            "the server does not let this user in: perhaps only over a secure connection (then put \
             `sslmode=require` into the address), or not from this machine; its administrator \
             knows",
        ),
        "28P01" => lasting(
            "the server refused the user name or password; correct them in the address that \
             `url` refers to, or let the server's administrator allow this user",
        ),
        "3D000" => lasting("the server has no database of that name; correct it in the address"),
        "42501" => lasting(
            "the user may not read it, or row-level security would hide rows from them; ask for \
             SELECT on the table (and BYPASSRLS where it has row-level security)",
        ),
        "42P01" => lasting("the table is not there any more; run `holdall check`"),
        "57014" => lasting(
            "the server stopped the statement, most likely because it took longer than the time \
             limit; `holdall check` says which index would help",
        ),
        "55P03" => {
            lasting("another program has the table locked; try again when that has finished")
        }
        "40001" | "40P01" => lasting("the server needed the rows for itself; run it again"),
        "53300" => {
            Failure::lost("the server has no connection left for this user; try again later")
        }
        "57P03" => Failure::lost("the server is starting or stopping; try again shortly"),
        "57P01" | "57P02" | "57P05" => Failure::lost("the server closed the connection"),
        code if code.starts_with("08") => Failure::lost("the connection to the server was lost"),
        code if code.starts_with("53") => {
            lasting("the server has run out of memory, disk space or another resource")
        }
        code if code.starts_with("XX") => {
            lasting("the server found damaged data or an error of its own; its log says more")
        }
        code => Failure::lasting(format!(
            "PostgreSQL answered with error {code} (SQLSTATE); the server's log says more"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_says_what_to_do() {
        let lost = |code| answer(&SqlState::from_code(code)).is_lost;
        assert!(lost("57P01") && lost("08006") && lost("53300"));
        assert!(!lost("28P01") && !lost("57014") && !lost("42601"));
        assert!(answer(&SqlState::from_code("42601")).why.contains("42601"));
    }
}
