//! A world: a temporary folder with a home, a place for temporary files, sources and an output
//! folder. The binary runs in it with nothing of this process's environment but `PATH`.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::{files_below, repository};

/// A temporary folder to run in, gone when dropped.
pub(crate) struct World {
    root: TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        let root = TempDir::new().unwrap();
        for folder in ["home", "tmp", "out", "work"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        Self { root }
    }

    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// Returns a path in the folder for sources, maps and requests.
    pub(crate) fn work(&self, name: &str) -> PathBuf {
        self.root().join("work").join(name)
    }

    /// Returns the folder that bundles are written to.
    pub(crate) fn out_folder(&self) -> PathBuf {
        self.root().join("out")
    }

    /// Returns where bundles are written to unless a test says otherwise.
    pub(crate) fn out(&self) -> PathBuf {
        self.out_folder().join("bundle.zip")
    }

    fn temporary(&self) -> PathBuf {
        self.root().join("tmp")
    }

    /// Writes a file of the working folder, with the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.work(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Starts a command line.
    pub(crate) fn holdall(&self) -> Run<'_> {
        self.program(env!("CARGO_BIN_EXE_holdall"))
    }

    /// Starts a command line of another program, in the same bare environment.
    pub(crate) fn program(&self, program: impl AsRef<OsStr>) -> Run<'_> {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.root().join("home"))
            .env("TMPDIR", self.temporary())
            .current_dir(repository("."))
            .stdin(Stdio::null());
        Run { world: self, command }
    }

    /// Starts `holdall export` with this map and request, to [`out`](Self::out).
    pub(crate) fn export(&self, map: impl AsRef<Path>, request: impl AsRef<Path>) -> Run<'_> {
        let out = self.out();
        self.holdall()
            .args(["export", "--map"])
            .arg(map.as_ref())
            .arg("--request")
            .arg(request.as_ref())
            .arg("--out")
            .arg(out)
    }

    /// Starts `holdall verify` of the bundle.
    pub(crate) fn verify(&self, bundle: impl AsRef<Path>) -> Run<'_> {
        self.holdall().arg("verify").arg(bundle.as_ref())
    }
}

/// A command line in the making.
pub(crate) struct Run<'w> {
    world: &'w World,
    command: Command,
}

impl Run<'_> {
    #[must_use]
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    #[must_use]
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    #[must_use]
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it and lets it run.
    pub(crate) fn spawn(mut self) -> Child {
        self.command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Runs to the end and checks what holds for every run: no panic, an exit code, and no
    /// temporary file left.
    #[track_caller]
    pub(crate) fn run(mut self) -> Outcome {
        let output = self.command.output().unwrap();
        let outcome = Outcome::new(&self.command, &output);
        assert!(!outcome.stderr.contains("panicked"), "{outcome}");
        let left = files_below(&self.world.temporary());
        assert!(left.is_empty(), "temporary files left: {left:?}\n{outcome}");
        outcome
    }

    /// Starts it and goes on; it is killed when dropped. Its standard output can be read.
    #[track_caller]
    pub(crate) fn start(mut self) -> Started {
        let child = self.command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        Started { child }
    }

    /// Runs to the end and expects this exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Outcome {
        let outcome = self.run();
        assert_eq!(outcome.code, code, "{outcome}");
        outcome
    }
}

/// A program that runs beside the test.
pub(crate) struct Started {
    child: Child,
}

impl Started {
    /// Returns the next line that it prints.
    #[track_caller]
    pub(crate) fn line(&mut self) -> String {
        let mut line = Vec::new();
        let mut byte = [0];
        let out = self.child.stdout.as_mut().unwrap();
        while out.read(&mut byte).unwrap() == 1 && byte != *b"\n" {
            line.push(byte[0]);
        }
        String::from_utf8(line).unwrap()
    }

    /// Waits for its end and returns its exit code.
    #[track_caller]
    pub(crate) fn wait(&mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a run ended.
pub(crate) struct Outcome {
    command: String,
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    fn new(command: &Command, output: &Output) -> Self {
        Self {
            command: format!("{command:?}"),
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Returns the one JSON object that stdout holds; anything else fails.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let value: Value = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("stdout is not one JSON value ({error})\n{self}"));
        assert!(value.is_object(), "stdout is no JSON object\n{self}");
        value
    }

    /// Expects every one of these texts on stderr.
    #[track_caller]
    pub(crate) fn says(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(self.stderr.contains(text), "stderr does not say `{text}`\n{self}");
        }
        self
    }

    /// Expects none of these texts on stdout or stderr.
    #[track_caller]
    pub(crate) fn keeps_quiet_about(&self, texts: &[&str]) -> &Self {
        for text in texts {
            let said = self.stdout.contains(text) || self.stderr.contains(text);
            assert!(!said, "`{text}` was said\n{self}");
        }
        self
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { command, code, stdout, stderr } = self;
        write!(f, "$ {command}\nexit {code}\n--- stdout\n{stdout}\n--- stderr\n{stderr}")
    }
}
