//! What is taken out of whole cases: a map, rows, a request.

mod columns;
mod estate;
mod portability;
mod texts;
