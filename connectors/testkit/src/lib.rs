//! The conformance suite that every connector must pass.
