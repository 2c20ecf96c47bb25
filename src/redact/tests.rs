//! What is taken out of whole cases: a map, rows, a request.

mod columns;
mod estate;
mod laws;
mod names;
mod portability;
mod texts;
