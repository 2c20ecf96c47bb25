//! The command line: arguments, one call a stage, progress, errors with hints, exit codes.
