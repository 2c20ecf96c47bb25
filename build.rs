//! Makes the table of words that the search for people looks words up in: `lexicon.bin`, from the
//! lists in `src/redact/detect/names`.

use std::path::Path;
use std::{env, fs, io};

use class::{Class, Digest, ENTRIES, SECTIONS, SET_BITS};

#[allow(dead_code, reason = "the search uses the rest")]
#[path = "src/redact/detect/person/class.rs"]
mod class;

const LISTS: &str = "src/redact/detect/names";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed={LISTS}");
    let read = |name: &str| fs::read_to_string(Path::new(LISTS).join(name));
    let mut table = vec![0; ENTRIES];
    add(&mut table, &read("given.txt")?, Class::GIVEN.or(Class::USUAL))?;
    add(&mut table, &read("surname.txt")?, Class::SURNAME)?;
    let mut section = Class::default();
    for line in read("words.txt")?.lines() {
        match SECTIONS.iter().find(|(head, _)| *head == line) {
            Some((_, class)) => section = *class,
            None => add(&mut table, line, section)?,
        }
    }
    add(&mut table, &read("given-more.txt")?, Class::GIVEN)?;
    add(&mut table, &read("surname-more.txt")?, Class::SURNAME)?;
    add(&mut table, &read("ordinary.txt")?, Class::STOP.or(Class::LEXICAL))?;
    let bytes: Vec<u8> = table.iter().flat_map(|entry: &u64| entry.to_le_bytes()).collect();
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("lexicon.bin"), bytes)
}

/// Puts every word of a list at its place in the table, or at the next that is free.
fn add(table: &mut [u64], list: &str, class: Class) -> io::Result<()> {
    for word in list.split_ascii_whitespace() {
        if !word.is_ascii() {
            return Err(io::Error::other(format!("letters are folded to a-z in {LISTS}: {word}")));
        }
        let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
        let digest = Digest::of(letters);
        let is_free = |entry: u64| entry == 0 || entry >> SET_BITS == digest.key() >> SET_BITS;
        let places = (digest.place()..ENTRIES).chain(0..digest.place());
        let free =
            places.map(|at| at % ENTRIES).find(|at| table.get(*at).is_some_and(|e| is_free(*e)));
        let entry = free.and_then(|at| table.get_mut(at));
        let entry = entry.ok_or_else(|| io::Error::other("the table of words is full"))?;
        *entry |= digest.key() | u64::from(class.0);
    }
    Ok(())
}
