//! The URL, the connection, the transaction.

use std::time::Duration;

use holdall_connector::Secret;
use postgres::config::SslMode;
use postgres::{Client, Config, NoTls, SimpleQueryMessage};
use serde::Deserialize;

use super::tls::{self, Proof};
use super::why;
use crate::Settings;
use crate::address::Address;
use crate::failure::Failure;

/// How long to wait for a server to answer, unless the URL says otherwise.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server's address, ready to connect to.
pub(crate) struct Server {
    config: Config,
    proof: Proof,
    root: Option<String>,
    timeout: Duration,
}

/// What the database says of itself.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Facts {
    /// Whether its text is UTF-8, so that the server counts characters as we do.
    pub(crate) is_utf8: bool,
    /// Whether text without a collation of its own is in the order of code points.
    pub(crate) is_code_points: bool,
    /// Where tables without a schema are looked for, in this order.
    pub(crate) schemas: Vec<String>,
    /// The name of the snapshot, for other connections.
    pub(crate) snapshot: Option<String>,
}

impl Server {
    /// Reads the address. Connects to nothing.
    ///
    /// # Errors
    /// If it is no address of a PostgreSQL server; it is not quoted.
    pub(crate) fn new(settings: &Settings) -> Result<Self, Failure> {
        let (config, proof, root) = parse(&settings.url)?;
        Ok(Self { config, proof, root, timeout: settings.timeout })
    }

    /// Connects and begins a transaction that sees the given snapshot, or a new one.
    pub(crate) fn begin(&self, snapshot: Option<&str>) -> Result<(Client, Facts), Failure> {
        let mut client = self.connect()?;
        let answers = client.simple_query(&self.opening(snapshot)).map_err(|e| why::failure(&e))?;
        let facts = answers.iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => serde_json::from_str(row.get(0)?).ok(),
            _ => None,
        });
        let facts = facts.ok_or_else(|| Failure::lasting("the server is no PostgreSQL server"))?;
        Ok((client, facts))
    }

    fn connect(&self) -> Result<Client, Failure> {
        let connected = if self.config.get_ssl_mode() == SslMode::Disable {
            self.config.connect(NoTls)
        } else {
            self.config.connect(tls::connector(self.proof, self.root.as_deref())?)
        };
        connected.map_err(|e| why::failure(&e))
    }

    /// Returns the statements that begin a session.
    ///
    /// Everything is set for this transaction alone. Functions and operators are taken from
    /// PostgreSQL itself only, so that no schema of the database can slip in one of its own. Code
    /// is not compiled for a statement: that takes longer than most lookups. A database in `SQL_ASCII` does not know what its bytes mean; it is made to send them as they
    /// are, or it would refuse those that are no UTF-8. The savepoint lets the transaction, and
    /// with it the snapshot, outlive a failed read.
    fn opening(&self, snapshot: Option<&str>) -> String {
        let import = snapshot
            .map(|name| format!("SET TRANSACTION SNAPSHOT '{}';", name.replace('\'', "''")));
        let export = if snapshot.is_none() { "pg_catalog.pg_export_snapshot()" } else { "NULL" };
        format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {import}
             SET LOCAL statement_timeout = {timeout}; SET LOCAL lock_timeout = '30s';
             SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL row_security = off;
             SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601';
             SET LOCAL TimeZone = 'UTC'; SET LOCAL bytea_output = 'hex';
             SET LOCAL extra_float_digits = 1; SET LOCAL cursor_tuple_fraction = 1;
             SET LOCAL standard_conforming_strings = on; SET LOCAL quote_all_identifiers = off;
             SELECT pg_catalog.set_config('jit', 'off', true)
               WHERE pg_catalog.current_setting('jit', true) IS NOT NULL;
             SELECT pg_catalog.set_config('client_encoding',
               CASE pg_catalog.current_setting('server_encoding')
                 WHEN 'SQL_ASCII' THEN 'SQL_ASCII' ELSE 'UTF8' END, true);
             SELECT pg_catalog.json_build_object(
               'is_utf8', pg_catalog.current_setting('server_encoding') = 'UTF8',
               'is_code_points', {CODE_POINTS},
               'schemas', pg_catalog.current_schemas(false),
               'snapshot', {export})
             FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database();
             SET LOCAL search_path = pg_catalog; SAVEPOINT holdall",
            import = import.unwrap_or_default(),
            timeout = self.timeout.as_millis(),
        )
    }
}

/// Whether the database's own collation is in the order of code points. Since PostgreSQL 15 the
/// column `datlocprovider` says whose collation it is: `c` libc, `i` ICU, `b` built in.
const CODE_POINTS: &str =
    "CASE coalesce(pg_catalog.to_json(d) ->> 'datlocprovider'::pg_catalog.text, 'c')
    WHEN 'c' THEN d.datcollate::pg_catalog.text IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8')
    ELSE coalesce(pg_catalog.to_json(d) ->> 'datlocprovider'::pg_catalog.text, '') = 'b' END";

fn parse(url: &Secret) -> Result<(Config, Proof, Option<String>), Failure> {
    let unusable = || {
        Failure::lasting(
            "the address that `url` refers to is none of a PostgreSQL server; write \
             postgres://name:password@host:5432/database",
        )
    };
    let mut address = Address::read(url.expose());
    if !matches!(address.scheme().as_deref(), Some("postgres" | "postgresql")) {
        return Err(unusable());
    }
    let (mode, proof) = match address.take(&["sslmode"]).as_deref() {
        Some("disable") => (SslMode::Disable, Proof::Nothing),
        None | Some("prefer" | "allow") => (SslMode::Prefer, Proof::Nothing),
        Some("require") => (SslMode::Require, Proof::Nothing),
        Some("verify-ca") => (SslMode::Require, Proof::Authority),
        Some("verify-full") => (SslMode::Require, Proof::Host),
        Some(_) => {
            return Err(Failure::lasting(
                "`sslmode` in the address must be one of disable, prefer, require, verify-ca, \
                 verify-full",
            ));
        }
    };
    let root = address.take(&["sslrootcert"]);
    let mut config: Config = address.rest("postgresql").parse().map_err(|_| unusable())?;
    // As with libpq, a certificate authority that is named is one that must be kept to.
    let proof = match (proof, mode, &root) {
        (Proof::Nothing, SslMode::Require, Some(_)) => Proof::Authority,
        (proof, _, _) => proof,
    };
    config.ssl_mode(mode).application_name("holdall").tcp_user_timeout(Duration::from_secs(60));
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    Ok((config, proof, root))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<(Config, Proof, Option<String>), Failure> {
        parse(&Secret::new(url.to_owned()))
    }

    #[test]
    fn sslmode_says_how_far_the_server_is_believed() {
        let mode = |url: &str| {
            let (config, proof, _) = read(url).unwrap();
            (config.get_ssl_mode(), proof)
        };
        let url = "postgresql://reader@db.example.org/crm";
        assert_eq!(mode(url), (SslMode::Prefer, Proof::Nothing));
        assert_eq!(mode(&format!("{url}?sslmode=disable")).0, SslMode::Disable);
        let full = mode(&format!("{url}?sslmode=verify-full&connect_timeout=3"));
        assert_eq!(full, (SslMode::Require, Proof::Host));
        let named = mode(&format!("{url}?sslrootcert=%2Fca.pem&sslmode=require"));
        assert_eq!(named, (SslMode::Require, Proof::Authority));
    }

    #[test]
    fn no_error_shows_the_address() {
        for url in [
            "hunter2",
            "mysql://u:hunter2@h/d",
            "postgres://u:hunter2@h:port/d",
            "postgres://u:hunter2@h/d?sslmode=hunter2",
            "postgres://u:hunter2@h/d?hunter2=1",
        ] {
            let Err(failure) = read(url) else { panic!("{url}") };
            assert!(!failure.why.contains("hunter2") && !failure.is_lost, "{url}");
        }
    }
}
