//! The programs that a recipient may have. One that is missing fails the test and says what to do.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::harness::repository;

/// A program that opens bundles. `make test` brings them all.
#[derive(Clone, Copy, Debug)]
pub(super) enum Program {
    Unzip,
    SevenZip,
    Python,
    Frictionless,
}

impl Program {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Unzip => &["unzip"],
            Self::SevenZip => &["7z", "7zz", "7za"],
            Self::Python => &["python3"],
            Self::Frictionless => &["frictionless"],
        }
    }

    #[track_caller]
    fn path(self) -> PathBuf {
        let installed = std::env::var_os("PATH").unwrap_or_default();
        let mut folders = vec![repository("target/venv/bin")];
        folders.extend(std::env::split_paths(&installed));
        let files = self.names().iter().flat_map(|name| folders.iter().map(move |f| f.join(name)));
        files.into_iter().find(|file| file.is_file()).unwrap_or_else(|| {
            panic!("{self:?} is not installed ({}): run `make tools`", self.names().join(" or "))
        })
    }

    /// Runs to the end.
    #[track_caller]
    pub(super) fn output(self, args: &[&Path]) -> Output {
        Command::new(self.path()).args(args).output().unwrap()
    }

    /// Runs to the end and expects success.
    #[track_caller]
    pub(super) fn run(self, args: &[&Path]) {
        let output = self.output(args);
        let said = [output.stdout.as_slice(), &output.stderr].concat();
        assert!(output.status.success(), "{self:?}:\n{}", String::from_utf8_lossy(&said));
    }
}
