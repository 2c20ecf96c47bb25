//! A case from request to bundle, by the binary: open, collect, review, sign, release, close.

mod clock;
mod desk;
mod interrupted;
mod refused;
mod steps;
mod wrong;
