//! Real servers for tests: started on loopback in a temporary folder as an unprivileged user, gone
//! with the test process however that ends.
//!
//! Each server is the child of a small shell script that waits for its standard input to close. The
//! test process holds the other end: when it exits, panics or is killed, the script stops the
//! server and removes the folder. A server that cannot be started fails the test.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail, and no test uses all of this"
)]

use std::fs;
use std::io::Read as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use mysql::prelude::Queryable as _;

/// The password of every user that the tests make. No message may show it.
pub(crate) const PASSWORD: &str = "hunter2-never-shown";

/// The user (and group) `nobody`, as whom servers run when the tests run as root.
const NOBODY: u32 = 65534;

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Postgres,
    Mariadb,
}

/// A running server.
pub(crate) struct Server {
    pub(crate) kind: Kind,
    pub(crate) port: u16,
    folder: PathBuf,
    script: Child,
}

/// Stops the server and removes its folder when dropped.
impl Drop for Server {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}

/// Returns the PostgreSQL server that the tests of this binary share.
pub(crate) fn postgres() -> &'static Server {
    static SHARED: OnceLock<Server> = OnceLock::new();
    SHARED.get_or_init(|| Server::start(Kind::Postgres))
}

/// Returns the MariaDB server that the tests of this binary share.
pub(crate) fn mariadb() -> &'static Server {
    static SHARED: OnceLock<Server> = OnceLock::new();
    SHARED.get_or_init(|| Server::start(Kind::Mariadb))
}

impl Server {
    /// Starts a server of one's own, to be stopped or killed.
    pub(crate) fn start(kind: Kind) -> Self {
        Self::start_with(kind, &[])
    }

    /// Starts a server of one's own that offers secure connections, with this certificate and key in
    /// PEM.
    pub(crate) fn start_secure(kind: Kind, certificate: &str, key: &str) -> Self {
        Self::start_with(kind, &[("server.crt", certificate), ("server.key", key)])
    }

    /// Starts a server that has these files beside its data.
    fn start_with(kind: Kind, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::Builder::new().prefix("holdall-db-").tempdir().unwrap().keep();
        if is_root() {
            chown(&folder, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        fs::write(folder.join("password"), PASSWORD).unwrap();
        for (name, content) in files {
            let file = folder.join(name);
            fs::write(&file, content).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
            if is_root() {
                chown(&file, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        set_up(kind, &folder);
        for _ in 0..5 {
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            let script = run(kind, &folder, port);
            let mut server = Self { kind, port, folder: folder.clone(), script };
            if server.answers() {
                return server;
            }
            // Another program may have taken the port: the folder stays for the next attempt.
            fs::write(folder.join("keep"), "").unwrap();
            drop(server);
            fs::remove_file(folder.join("keep")).unwrap();
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        fs::remove_dir_all(&folder).unwrap();
        panic!("{kind:?} does not start; is the Debian package there (`make tools`)?\n{log}");
    }

    fn answers(&mut self) -> bool {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(60) {
            if !self.is_alive() {
                return false;
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() && self.lets_in() {
                return true;
            }
            sleep(Duration::from_millis(50));
        }
        false
    }

    /// Returns whether the server runs; the script only waits for us.
    fn is_alive(&mut self) -> bool {
        let Ok(pid) = fs::read_to_string(self.folder.join("pid")) else {
            return self.script.try_wait().unwrap().is_none();
        };
        // The script does not look after a server that ended: it is then a zombie, or gone.
        let stat = fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
        stat.split(") ").nth(1).is_some_and(|rest| !rest.starts_with('Z'))
    }

    fn lets_in(&self) -> bool {
        match self.kind {
            Kind::Postgres => {
                ::postgres::Client::connect(&self.url("postgres"), ::postgres::NoTls).is_ok()
            }
            Kind::Mariadb => mysql::Conn::new(self.url("mysql").as_str()).is_ok(),
        }
    }

    /// Returns the address of a database, for the user who may do everything.
    pub(crate) fn url(&self, database: &str) -> String {
        self.url_as("tester", PASSWORD, database)
    }

    /// Returns the address of a database for a user.
    pub(crate) fn url_as(&self, user: &str, password: &str, database: &str) -> String {
        let scheme = match self.kind {
            Kind::Postgres => "postgres",
            Kind::Mariadb => "mysql",
        };
        format!("{scheme}://{user}:{password}@127.0.0.1:{}/{database}", self.port)
    }

    /// Returns a name that no database has.
    pub(crate) fn name(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        format!("t{}", COUNT.fetch_add(1, Ordering::Relaxed))
    }

    /// Makes a database of a new name, and returns the name.
    pub(crate) fn database(&self) -> String {
        let name = self.name();
        match self.kind {
            Kind::Postgres => self.run("postgres", &format!("CREATE DATABASE {name}")),
            Kind::Mariadb => self.run("mysql", &format!("CREATE DATABASE {name}")),
        }
        name
    }

    /// Drops a database, with whoever is still connected.
    pub(crate) fn forget(&self, name: &str) {
        match self.kind {
            Kind::Postgres => self.run("postgres", &format!("DROP DATABASE {name} WITH (FORCE)")),
            Kind::Mariadb => self.run("mysql", &format!("DROP DATABASE {name}")),
        }
    }

    /// Runs statements in a database.
    pub(crate) fn run(&self, database: &str, sql: &str) {
        match self.kind {
            Kind::Postgres => self.pg(database).batch_execute(sql).unwrap(),
            Kind::Mariadb => {
                let mut result = self.my(database);
                let mut result = result.query_iter(sql).unwrap();
                while let Some(set) = result.iter() {
                    set.for_each(|row| drop(row.unwrap()));
                }
            }
        }
    }

    /// Returns a connection of the user who may do everything.
    pub(crate) fn pg(&self, database: &str) -> ::postgres::Client {
        ::postgres::Client::connect(&self.url(database), ::postgres::NoTls).unwrap()
    }

    /// Returns a connection of the user who may do everything.
    pub(crate) fn my(&self, database: &str) -> mysql::Conn {
        mysql::Conn::new(self.url(database).as_str()).unwrap()
    }

    /// Lets nobody in any more without a secure connection.
    pub(crate) fn require_secure(&self) {
        match self.kind {
            Kind::Postgres => {
                let rules = self.folder.join("data/pg_hba.conf");
                fs::write(rules, "hostssl all all all scram-sha-256\n").unwrap();
                self.run("postgres", "SELECT pg_reload_conf()");
                while ::postgres::Client::connect(&self.url("postgres"), ::postgres::NoTls).is_ok()
                {
                    sleep(Duration::from_millis(20));
                }
            }
            Kind::Mariadb => self.run("mysql", "SET GLOBAL require_secure_transport = ON"),
        }
    }

    /// Returns all statements that the server was sent so far.
    pub(crate) fn statements(&self) -> String {
        // The log of another thread's statement may be a moment late.
        sleep(Duration::from_millis(200));
        let file = if self.kind == Kind::Postgres { "log" } else { "statements" };
        let mut bytes = Vec::new();
        fs::File::open(self.folder.join(file)).unwrap().read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Ends the server at once, as a crash would.
    pub(crate) fn kill(&self) {
        let pid = fs::read_to_string(self.folder.join("pid")).unwrap();
        let signal = if self.kind == Kind::Postgres { "-QUIT" } else { "-KILL" };
        assert!(Command::new("kill").args([signal, pid.trim()]).status().unwrap().success());
        while TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
            sleep(Duration::from_millis(10));
        }
    }

    /// Starts the server again after it was killed.
    pub(crate) fn revive(&mut self) {
        fs::write(self.folder.join("keep"), "").unwrap();
        drop(self.script.stdin.take());
        self.script.wait().unwrap();
        fs::remove_file(self.folder.join("keep")).unwrap();
        self.script = run(self.kind, &self.folder, self.port);
        assert!(self.answers(), "the server does not come back");
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

/// Returns the start of a command line that runs as an unprivileged user.
fn unprivileged() -> Vec<String> {
    let drop = format!("setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups");
    let words = if is_root() { drop } else { "env".to_owned() };
    words.split(' ').map(str::to_owned).collect()
}

/// Returns the newest PostgreSQL's folder of programs; Debian does not put them on the path.
fn postgres_programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().map(Result::unwrap);
    let number = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.map(|entry| entry.path()).max_by_key(|path| number(path));
    newest.unwrap_or_else(|| panic!("PostgreSQL is missing: run `make tools`")).join("bin")
}

fn set_up(kind: Kind, folder: &Path) {
    let data = format!("{}/data", folder.display());
    let password = format!("--pwfile={}/password", folder.display());
    let program: Vec<String> = match kind {
        Kind::Postgres => vec![
            postgres_programs().join("initdb").to_str().unwrap().to_owned(),
            format!("--pgdata={data}"),
            "--username=tester".to_owned(),
            password,
            "--auth=scram-sha-256".to_owned(),
            "--encoding=UTF8".to_owned(),
            "--locale=C.UTF-8".to_owned(),
            "--no-sync".to_owned(),
        ],
        Kind::Mariadb => vec![
            "mariadb-install-db".to_owned(),
            "--no-defaults".to_owned(),
            format!("--datadir={data}"),
            "--auth-root-authentication-method=normal".to_owned(),
            "--skip-test-db".to_owned(),
        ],
    };
    let words: Vec<String> = unprivileged().into_iter().chain(program).collect();
    let output = Command::new(&words[0]).args(&words[1..]).current_dir(folder).output();
    let output = output.unwrap_or_else(|e| panic!("{kind:?} is missing (`make tools`): {e}"));
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        fs::remove_dir_all(folder).unwrap();
        panic!("{kind:?} cannot be set up: {}", String::from_utf8_lossy(&said));
    }
    if kind == Kind::Mariadb {
        let sql = format!(
            "CREATE USER IF NOT EXISTS tester@'%' IDENTIFIED BY '{PASSWORD}';\n\
             GRANT ALL ON *.* TO tester@'%' WITH GRANT OPTION;\n"
        );
        fs::write(folder.join("init.sql"), sql).unwrap();
    }
}

/// Starts the script that runs the server until its standard input closes.
fn run(kind: Kind, folder: &Path, port: u16) -> Child {
    let _ = fs::remove_file(folder.join("pid"));
    const SCRIPT: &str = "folder=$1; signal=$2; shift 2; \"$@\" >>\"$folder/log\" 2>&1 & pid=$!; \
        echo $pid >\"$folder/pid\"; \
        cat >/dev/null; kill -$signal $pid 2>/dev/null; wait $pid; \
        [ -e \"$folder/keep\" ] || rm -rf \"$folder\"";
    let at = folder.display();
    let mut words: Vec<String> = match kind {
        Kind::Postgres => vec![
            postgres_programs().join("postgres").to_str().unwrap().to_owned(),
            format!("-D{at}/data"),
            format!("-p{port}"),
            "-clisten_addresses=127.0.0.1".to_owned(),
            "-cunix_socket_directories=".to_owned(),
            "-cfsync=off".to_owned(),
            // Hundreds of databases are made here: the log of what a crash would need stays small.
            "-cmax_wal_size=64MB".to_owned(),
            "-clog_statement=all".to_owned(),
            "-clog_line_prefix=[%a|%p] ".to_owned(),
        ],
        Kind::Mariadb => vec![
            "/usr/sbin/mariadbd".to_owned(),
            "--no-defaults".to_owned(),
            format!("--datadir={at}/data"),
            format!("--port={port}"),
            "--bind-address=127.0.0.1".to_owned(),
            format!("--socket={at}/s"),
            format!("--pid-file={at}/server.pid"),
            format!("--tmpdir={at}"),
            format!("--init-file={at}/init.sql"),
            "--general-log=1".to_owned(),
            format!("--general-log-file={at}/statements"),
            "--innodb-flush-log-at-trx-commit=2".to_owned(),
            "--character-set-server=utf8mb4".to_owned(),
            "--sql-mode=".to_owned(),
        ],
    };
    if folder.join("server.key").exists() {
        words.extend(match kind {
            Kind::Postgres => vec![
                "-cssl=on".to_owned(),
                format!("-cssl_cert_file={at}/server.crt"),
                format!("-cssl_key_file={at}/server.key"),
            ],
            Kind::Mariadb => {
                vec![format!("--ssl-cert={at}/server.crt"), format!("--ssl-key={at}/server.key")]
            }
        });
    }
    let signal = if kind == Kind::Postgres { "QUIT" } else { "KILL" };
    let sh = ["sh", "-c", SCRIPT, "sh", at.to_string().as_str(), signal].map(str::to_owned);
    let all: Vec<String> = unprivileged().into_iter().chain(sh).chain(words).collect();
    let mut command = Command::new(&all[0]);
    command.args(&all[1..]).current_dir(folder).stdin(Stdio::piped());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}
