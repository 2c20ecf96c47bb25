//! Who may ask: the token of the address, exchanged once for a cookie; the token of every form.

use std::sync::{Mutex, PoisonError};

/// Random bytes of each secret.
const BYTES: usize = 32;

/// The secrets of one run of the page.
pub(super) struct Session {
    /// What the address holds until it is used.
    token: Mutex<Option<String>>,
    cookie: String,
    csrf: String,
    port: u16,
}

impl Session {
    /// Makes new secrets.
    pub(super) fn new(port: u16) -> Result<Self, getrandom::Error> {
        let token = Mutex::new(Some(random()?));
        Ok(Self { token, cookie: random()?, csrf: random()?, port })
    }

    /// Returns the address to open; `None` once it was used.
    pub(super) fn address(&self) -> Option<String> {
        let token = self.token.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        Some(format!("{}/start/{token}", self.origin()))
    }

    /// Returns the origin of the pages.
    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.host())
    }

    /// Returns the only `Host` that is answered.
    pub(super) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Exchanges the token for the cookie, once.
    pub(super) fn exchange(&self, token: &str) -> Option<String> {
        let mut kept = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.as_ref().is_some_and(|kept| same(kept, token)) {
            return None;
        }
        *kept = None;
        let name = self.cookie_name();
        Some(format!("{name}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie))
    }

    /// Returns whether a `Cookie` header holds the cookie.
    pub(super) fn knows(&self, header: &str) -> bool {
        let name = self.cookie_name();
        let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(key, _)| *key == name).any(|(_, value)| same(&self.cookie, value))
    }

    /// Returns the token that every form carries.
    pub(super) fn csrf(&self) -> &str {
        &self.csrf
    }

    /// Returns whether a form carries the token.
    pub(super) fn is_csrf(&self, given: &str) -> bool {
        same(&self.csrf, given)
    }

    /// Cookies know no port: the name keeps two pages apart.
    fn cookie_name(&self) -> String {
        format!("holdall-{}", self.port)
    }
}

/// Compares two secrets in a time that does not tell where they differ.
fn same(a: &str, b: &str) -> bool {
    let differs = a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    a.len() == b.len() && differs == 0
}

fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_taken_once() {
        let session = Session::new(4242).unwrap();
        let address = session.address().unwrap();
        let token = address.strip_prefix("http://127.0.0.1:4242/start/").unwrap();
        assert_eq!(token.len(), 2 * BYTES);
        assert!(session.exchange("").is_none() && session.exchange(&token.repeat(2)).is_none());
        let cookie = session.exchange(token).unwrap();
        assert!(session.exchange(token).is_none() && session.address().is_none());
        let pair = cookie.split(';').next().unwrap();
        assert!(session.knows(pair) && session.knows(&format!("a=b; {pair}")));
        assert!(!session.knows("holdall-4242=") && !session.knows(&pair.replace("4242", "4243")));
    }
}
