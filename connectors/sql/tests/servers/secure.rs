//! Secure connections: a server that lets nobody in without one, and how far it has to prove itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use holdall_testkit::Collect;

use crate::server::{Kind, PASSWORD, Server};
use crate::{connect, filled, settings};

const EXTENSIONS: &str = "[req]\ndistinguished_name = name\n[name]\n\
    [authority]\nbasicConstraints = critical, CA:TRUE\nkeyUsage = keyCertSign\n\
    [server]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = IP:127.0.0.1\n";

/// A certificate authority, in a folder of its own.
struct Authority(tempfile::TempDir);

impl Authority {
    fn new() -> Self {
        let authority = Self(tempfile::tempdir().unwrap());
        fs::write(authority.file("cnf"), EXTENSIONS).unwrap();
        authority.openssl(&format!(
            "req -x509 {KEY} -keyout ca.key -out ca.pem -days 2 -subj /CN=Test -config cnf -extensions authority"
        ));
        authority
    }

    /// Returns a certificate for 127.0.0.1 and its key.
    fn certificate(&self) -> (String, String) {
        self.openssl(&format!(
            "req -new {KEY} -keyout server.key -out server.csr -subj /CN=server -config cnf"
        ));
        self.openssl(
            "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
             -extfile cnf -extensions server -out server.crt",
        );
        let read = |name| fs::read_to_string(self.file(name)).unwrap();
        (read("server.crt"), read("server.key"))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn openssl(&self, words: &str) {
        let mut openssl = Command::new("openssl");
        let output = openssl.args(words.split_whitespace()).current_dir(self.0.path()).output();
        let output = output.unwrap_or_else(|e| panic!("OpenSSL is missing (`make tools`): {e}"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

const KEY: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";

/// Connects as the address says; returns what was wrong.
fn attempt(server: &Server, database: &str, host: &str, query: &str) -> Result<(), String> {
    let url = server.url(database).replace("127.0.0.1", host);
    let source = connect(server.kind, settings(&format!("{url}?{query}"), &["t"]));
    let checked = source.check().map_err(|e| e.to_string());
    if let Err(why) = &checked {
        assert!(!why.contains(PASSWORD) && !why.contains(host), "{why}");
        assert!(why.contains("secure connection"), "{:?} {query}: {why}", server.kind);
        return checked;
    }
    let everyone = holdall_testkit::ask("t", "id", holdall_connector::Compare::Exact, &["1"]);
    assert_eq!(Collect::read(source.as_ref(), &everyone).unwrap().0.records.len(), 1);
    checked
}

fn tries(server: &Server, database: &str, known: &Path, other: &Path) {
    let [off, prefer, require, authority, host, root] = match server.kind {
        Kind::Postgres => [
            "sslmode=disable",
            "sslmode=prefer",
            "sslmode=require",
            "sslmode=verify-ca",
            "sslmode=verify-full",
            "sslrootcert",
        ],
        Kind::Mariadb => [
            "ssl-mode=DISABLED",
            "ssl-mode=PREFERRED",
            "ssl-mode=REQUIRED",
            "ssl-mode=VERIFY_CA",
            "ssl-mode=VERIFY_IDENTITY",
            "ssl-ca",
        ],
    };
    let rooted = |mode: &str, file: &Path| format!("{mode}&{root}={}", file.display());
    let try_at = |at: &str, query: &str| attempt(server, database, at, query);
    for query in ["", prefer, require, &rooted(authority, known), &rooted(host, known)] {
        try_at("127.0.0.1", query).unwrap();
    }
    // The certificate is for 127.0.0.1 alone.
    try_at("localhost", &rooted(authority, known)).unwrap();
    try_at("localhost", &rooted(host, known)).unwrap_err();
    for query in [off, authority, host, &rooted(authority, other), &rooted(host, other)] {
        try_at("127.0.0.1", query).unwrap_err();
    }
    try_at("127.0.0.1", &rooted(host, Path::new("/nowhere.pem"))).unwrap_err();
}

#[test]
fn a_server_proves_itself_as_far_as_the_address_asks() {
    let (known, other) = (Authority::new(), Authority::new());
    let (certificate, key) = known.certificate();
    for kind in [Kind::Postgres, Kind::Mariadb] {
        let server = Server::start_secure(kind, &certificate, &key);
        let sql = "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)";
        let (database, _) = filled(&server, sql, &[]);
        server.require_secure();
        tries(&server, &database, &known.file("ca.pem"), &other.file("ca.pem"));
    }
}
