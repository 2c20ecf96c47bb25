//! The URL, the connection, the transaction.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use holdall_connector::Secret;
use mysql::prelude::Queryable;
use mysql::{Conn, DriverError, Error, Opts, OptsBuilder, SslOpts};

use super::why;
use crate::Settings;
use crate::address::Address;
use crate::failure::Failure;

/// How long to wait for a server to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server's address, ready to connect to.
pub(crate) struct Server {
    opts: Opts,
    secure: Secure,
    timeout: Duration,
}

/// How a connection is kept from others.
enum Secure {
    Never,
    IfOffered(SslOpts),
    Always(SslOpts),
}

/// What the server says of itself.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) is_mariadb: bool,
    /// Where tables without a schema are looked for.
    pub(crate) database: Option<String>,
}

impl Server {
    /// Reads the address. Connects to nothing.
    ///
    /// # Errors
    /// If it is no address of a MariaDB or MySQL server; it is not quoted.
    pub(crate) fn new(settings: &Settings) -> Result<Self, Failure> {
        let (opts, secure) = parse(&settings.url)?;
        Ok(Self { opts, secure, timeout: settings.timeout })
    }

    /// Connects and begins the transaction.
    pub(crate) fn begin(&self) -> Result<(Conn, Facts), Failure> {
        let mut conn = self.connect().map_err(|e| why::failure(&e))?;
        let facts = self.prepare(&mut conn).map_err(|e| why::failure(&e))?;
        Ok((conn, facts))
    }

    fn connect(&self) -> Result<Conn, Error> {
        let with = |ssl: Option<&SslOpts>| {
            Conn::new(OptsBuilder::from_opts(self.opts.clone()).ssl_opts(ssl.cloned()))
        };
        match &self.secure {
            Secure::Never => with(None),
            Secure::Always(ssl) => with(Some(ssl)),
            Secure::IfOffered(ssl) => match with(Some(ssl)) {
                Err(Error::DriverError(DriverError::TlsNotSupported)) => with(None),
                result => result,
            },
        }
    }

    /// Settles what the session's values look like and how long a statement may take, and begins
    /// the transaction.
    fn prepare(&self, conn: &mut Conn) -> Result<Facts, Error> {
        let first: Option<(String, Option<String>)> =
            conn.query_first("SELECT VERSION(), DATABASE()")?;
        let (version, database) = first.unwrap_or_default();
        let is_mariadb = version.to_ascii_lowercase().contains("mariadb");
        let limit = if is_mariadb {
            format!("max_statement_time = {}", self.timeout.as_secs_f64())
        } else {
            format!("max_execution_time = {}", self.timeout.as_millis())
        };
        conn.query_drop("SET NAMES utf8mb4")?;
        conn.query_drop(format!(
            "SET SESSION time_zone = '+00:00', sql_mode = '', lock_wait_timeout = 30, \
             net_write_timeout = 600, {limit}"
        ))?;
        conn.query_drop("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
        conn.query_drop("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")?;
        Ok(Facts { is_mariadb, database })
    }
}

fn parse(url: &Secret) -> Result<(Opts, Secure), Failure> {
    let unusable = || {
        Failure::lasting(
            "the address that `url` refers to is none of a MariaDB or MySQL server; write \
             mysql://name:password@host:3306/database",
        )
    };
    let mut address = Address::read(url.expose());
    if !matches!(address.scheme().as_deref(), Some("mysql" | "mariadb")) {
        return Err(unusable());
    }
    let mode = address.take(&["ssl-mode", "ssl_mode", "sslmode"]);
    let root = address.take(&["ssl-ca", "ssl_ca", "sslrootcert"]);
    let secure = secure(mode.as_deref(), root)?;
    let opts = Opts::from_url(&address.rest("mysql")).map_err(|_| unusable())?;
    let name = HashMap::from([("program_name".to_owned(), "holdall".to_owned())]);
    let builder = OptsBuilder::from_opts(opts)
        .prefer_socket(false)
        .tcp_connect_timeout(Some(PATIENCE))
        .tcp_keepalive_time_ms(Some(30_000))
        .connect_attrs(Some(name));
    Ok((builder.into(), secure))
}

/// Reads `ssl-mode` (MySQL's manual, "Command Options for Encrypted Connections").
fn secure(mode: Option<&str>, root: Option<String>) -> Result<Secure, Failure> {
    let unproven = SslOpts::default()
        .with_danger_accept_invalid_certs(true)
        .with_danger_skip_domain_validation(true);
    let proven = SslOpts::default().with_root_cert_path(root.map(PathBuf::from));
    let mode = mode.unwrap_or("PREFERRED").to_ascii_uppercase().replace('-', "_");
    Ok(match mode.as_str() {
        "DISABLED" | "DISABLE" => Secure::Never,
        "PREFERRED" | "PREFER" => Secure::IfOffered(unproven),
        "REQUIRED" | "REQUIRE" => Secure::Always(unproven),
        "VERIFY_CA" => Secure::Always(proven.with_danger_skip_domain_validation(true)),
        "VERIFY_IDENTITY" | "VERIFY_FULL" => Secure::Always(proven),
        _ => {
            return Err(Failure::lasting(
                "`ssl-mode` in the address must be one of DISABLED, PREFERRED, REQUIRED, \
                 VERIFY_CA, VERIFY_IDENTITY",
            ));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ssl_mode_says_how_far_the_server_is_believed() {
        let mode = |query: &str| {
            let url = format!("mariadb://reader:x@db.example.org/crm{query}");
            parse(&Secret::new(url)).unwrap().1
        };
        assert!(matches!(mode(""), Secure::IfOffered(_)));
        assert!(matches!(mode("?sslmode=disable"), Secure::Never));
        let Secure::Always(ssl) = mode("?ssl-mode=VERIFY_CA&ssl-ca=/ca.pem") else { panic!() };
        assert!(ssl.skip_domain_validation() && !ssl.accept_invalid_certs());
        assert!(ssl.root_cert_path().is_some());
        let Secure::Always(ssl) = mode("?ssl-mode=verify-identity") else { panic!() };
        assert!(!ssl.skip_domain_validation() && !ssl.accept_invalid_certs());
    }

    #[test]
    fn no_error_shows_the_address() {
        for url in [
            "hunter2",
            "postgres://u:hunter2@h/d",
            "mysql://u:hunter2@h:port/d",
            "mysql://u:hunter2@h/d?ssl-mode=hunter2",
            "mysql://u:hunter2@h/d?hunter2=1",
        ] {
            let Err(failure) = parse(&Secret::new(url.to_owned())) else { panic!("{url}") };
            assert!(!failure.why.contains("hunter2") && !failure.is_lost, "{url}");
        }
    }
}
