//! Redaction as a data protection officer tries it: the cases of REQUIREMENTS §3 through `export`,
//! and the labelled texts through the detectors.

mod cases;
mod known;
mod labelled;
mod outside;
