//! The `holdall` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    holdall::cli::main()
}
