//! What MariaDB's and MySQL's errors mean, without their own words: those can quote values.

use std::error::Error as _;
use std::io::{self, ErrorKind};

use mysql::{DriverError, Error};

use crate::failure::Failure;

/// Returns what went wrong with a connection or a statement.
pub(crate) fn failure(error: &Error) -> Failure {
    match kind(error) {
        // A handshake that fails is told as an answer that makes no sense.
        Some(ErrorKind::InvalidData) => return unproven(),
        Some(ErrorKind::NotFound | ErrorKind::PermissionDenied) => {
            return Failure::lasting(
                "no secure connection: the file that `ssl-ca` names cannot be read as certificates",
            );
        }
        _ => {}
    }
    match error {
        Error::MySqlError(answer) => code(answer.code),
        Error::TlsError(_) | Error::DriverError(DriverError::TlsNotSupported) => unproven(),
        Error::DriverError(
            DriverError::UnknownAuthPlugin(_)
            | DriverError::OldMysqlPasswordDisabled
            | DriverError::CleartextPluginDisabled,
        ) => Failure::lasting("the server asks for a kind of proof that is not supported"),
        Error::IoError(_)
        | Error::CodecError(_)
        | Error::DriverError(
            DriverError::ConnectTimeout
            | DriverError::CouldNotConnect(_)
            | DriverError::PacketOutOfSync
            | DriverError::UnexpectedPacket
            | DriverError::Timeout,
        ) => Failure::lost(
            "the server cannot be reached, or the connection was lost; check that it is running \
             and that its host and port in the address are right",
        ),
        _ => Failure::lasting("the server gave an answer that was not expected"),
    }
}

/// Returns what sort of failure the system told of.
fn kind(error: &Error) -> Option<ErrorKind> {
    match error {
        Error::IoError(error) => Some(error.kind()),
        Error::CodecError(error) => error.source()?.downcast_ref().map(io::Error::kind),
        _ => None,
    }
}

fn unproven() -> Failure {
    Failure::lasting(
        "no secure connection could be agreed; check `ssl-mode` and `ssl-ca` in the address, and \
         the server's certificate",
    )
}

fn code(code: u16) -> Failure {
    let lasting = |why: &str| Failure::lasting(why);
    match code {
        1045 | 1698 | 1251 => lasting(
            "the server refused the user name or password; correct them in the address that \
             `url` refers to, or let the server's administrator allow this user (some are let in \
             over a secure connection only: `ssl-mode=REQUIRED`)",
        ),
        3159 | 1835 => lasting(
            "the server wants a secure connection; put `ssl-mode=REQUIRED` into the address",
        ),
        1044 => lasting("the user may not use this database; ask for SELECT on it"),
        1046 => lasting("the address names no database; add it: mysql://…/database"),
        1049 => lasting("the server has no database of that name; correct it in the address"),
        1142 | 1143 | 1356 => {
            lasting("the user may not read all of the table; ask for SELECT on it")
        }
        1146 => lasting("the table is not there any more; run `holdall check`"),
        1317 | 1969 | 3024 => lasting(
            "the server stopped the statement, most likely because it took longer than the time \
             limit; `holdall check` says which index would help",
        ),
        1205 => lasting("another program has the table locked; try again when that has finished"),
        1213 | 1412 => lasting("the table was changed meanwhile; run it again"),
        1040 | 1203 | 1226 => {
            Failure::lost("the server has no connection left for this user; try again later")
        }
        1053 | 1077 | 1079 | 1927 => Failure::lost("the server closed the connection"),
        1021 | 1037 | 1041 | 1114 => lasting("the server has run out of memory or disk space"),
        other => Failure::lasting(format!(
            "the server answered with error {other}; its manual and its log say more"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_says_what_to_do() {
        assert!(code(1040).is_lost && code(1927).is_lost);
        assert!(!code(1045).is_lost && !code(1969).is_lost);
        assert!(code(1064).why.contains("1064"));
    }
}
