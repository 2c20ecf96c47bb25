//! The URL of a server, taken apart without ever showing it.

use holdall_connector::Secret;

/// Whose language a server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// PostgreSQL.
    Postgres,
    /// MariaDB or MySQL.
    Mysql,
}

impl Dialect {
    /// Returns the dialect that an address names by its scheme (`postgres://…`), if it is one of
    /// these.
    pub fn of(url: &Secret) -> Option<Self> {
        match Address::read(url.expose()).scheme()?.as_str() {
            "postgres" | "postgresql" => Some(Self::Postgres),
            "mysql" | "mariadb" => Some(Self::Mysql),
            _ => None,
        }
    }
}

/// A URL without its parameters, and the parameters. No `Debug`: it may hold a password.
pub(crate) struct Address {
    base: String,
    parameters: Vec<(String, String)>,
}

impl Address {
    /// Takes a URL apart. Nothing is decoded but the parameters' values.
    pub(crate) fn read(url: &str) -> Self {
        let url = url.trim();
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let parameters = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.to_owned(), value.to_owned())
        });
        Self { base: base.to_owned(), parameters: parameters.collect() }
    }

    /// Takes out a parameter, whichever of these names it has; names compare caseless.
    pub(crate) fn take(&mut self, names: &[&str]) -> Option<String> {
        let is = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
        let at = self.parameters.iter().position(|(name, _)| is(name))?;
        Some(decoded(&self.parameters.remove(at).1))
    }

    /// Returns the scheme, in lower case.
    pub(crate) fn scheme(&self) -> Option<String> {
        self.base.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase())
    }

    /// Returns the URL with another scheme and the parameters that were not taken.
    pub(crate) fn rest(&self, scheme: &str) -> String {
        let after = self.base.split_once("://").map_or(self.base.as_str(), |(_, after)| after);
        let pairs: Vec<String> =
            self.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{scheme}://{after}{mark}{}", pairs.join("&"))
    }
}

/// Undoes percent-encoding; what is not encoded rightly stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let code = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_taken_out() {
        let mut address =
            Address::read("MariaDB://a:b%40@h:1/d?x=1&SSL-mode=REQUIRED&ssl-ca=%2Fa%zz");
        assert_eq!(address.scheme().as_deref(), Some("mariadb"));
        assert_eq!(address.take(&["sslmode", "ssl-mode"]).as_deref(), Some("REQUIRED"));
        assert_eq!(address.take(&["ssl-ca"]).as_deref(), Some("/a%zz"));
        assert_eq!(address.take(&["y"]), None);
        assert_eq!(address.rest("mysql"), "mysql://a:b%40@h:1/d?x=1");
        assert_eq!(Address::read("host=h").scheme(), None);
    }

    #[test]
    fn the_scheme_says_the_dialect() {
        let of = |url: &str| Dialect::of(&Secret::new(url.to_owned()));
        assert_eq!(of(" PostgreSQL://h/d"), Some(Dialect::Postgres));
        assert_eq!(of("mariadb://h/d"), Some(Dialect::Mysql));
        assert_eq!((of("https://h/d"), of("h/d")), (None, None));
    }
}
