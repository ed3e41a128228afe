//! The browser before it has a session: the cookie that binds a sign-in link to the browser that asked for it.
//!
//! After a sign-in the cookie also holds, sealed, which account signed in: when the session has expired, this alone tells to
//! whom a form that arrives too late will be given back.

use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use store::Hash;
use uuid::Uuid;

use crate::http::cookies;
use crate::keys::{KeyError, Keys, Purpose, random};

/// Longer than a supplier's session, so that the account is still known when it has just expired.
const COOKIE_SECONDS: i64 = 8 * 24 * 3600;
/// Of a 256-bit number in base64.
const ID_LENGTH: usize = 43;

/// One browser, by its cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    id: String,
    /// The account that last signed in here.
    pub account: Option<Uuid>,
}

impl Browser {
    /// The browser of a request, if its cookie was made by this portal or could have been.
    pub fn of(headers: &HeaderMap, keys: &Keys) -> Option<Self> {
        let value = cookies::get(headers, cookies::BROWSER)?;
        let (id, sealed) = value
            .split_once('.')
            .map_or((value, None), |(id, sealed)| (id, Some(sealed)));
        let well_formed = id.len() == ID_LENGTH
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        well_formed.then(|| Self {
            id: id.to_owned(),
            account: sealed.and_then(|sealed| open(keys, id, sealed)),
        })
    }

    /// A browser never seen before.
    pub fn new() -> Result<Self, KeyError> {
        Ok(Self {
            id: random_token()?,
            account: None,
        })
    }

    /// What the database knows of it.
    pub fn hash(&self) -> Hash {
        Hash::of(&self.id)
    }

    /// The cookie that says who this browser is, and who signed in with it.
    pub fn cookie(&self, keys: &Keys) -> Result<Option<HeaderValue>, KeyError> {
        let value = match self.account {
            Some(account) => {
                let sealed = keys.seal(
                    Purpose::BrowserAccount,
                    self.id.as_bytes(),
                    account.as_bytes(),
                )?;
                format!("{}.{}", self.id, URL_SAFE_NO_PAD.encode(sealed))
            }
            None => self.id.clone(),
        };
        Ok(cookies::set(cookies::BROWSER, &value, Some(COOKIE_SECONDS)))
    }
}

fn open(keys: &Keys, id: &str, sealed: &str) -> Option<Uuid> {
    let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let plain = keys
        .open(Purpose::BrowserAccount, id.as_bytes(), &sealed)
        .ok()?;
    Uuid::from_slice(&plain).ok()
}

/// 256 random bits, in letters that cookies and addresses carry unchanged.
pub(super) fn random_token() -> Result<String, KeyError> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use axum::http::header;

    use super::*;

    fn sent_back(cookie: &HeaderValue) -> HeaderMap {
        let pair = cookie
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, pair.parse().unwrap());
        headers
    }

    #[test]
    fn the_account_is_read_back_only_with_the_key_and_the_browser() {
        let keys = Keys::from_bytes([1; 32]);
        let mut browser = Browser::new().unwrap();
        browser.account = Some(Uuid::from_u128(42));
        let cookie = browser.cookie(&keys).unwrap().unwrap();
        assert_eq!(Browser::of(&sent_back(&cookie), &keys).unwrap(), browser);
        let other_key = Keys::from_bytes([2; 32]);
        assert_eq!(
            Browser::of(&sent_back(&cookie), &other_key)
                .unwrap()
                .account,
            None
        );
        let other = Browser::new().unwrap();
        let moved = cookie.to_str().unwrap().replace(&browser.id, &other.id);
        let moved = Browser::of(&sent_back(&moved.parse().unwrap()), &keys).unwrap();
        assert_eq!(moved.account, None);
    }

    #[test]
    fn a_cookie_of_another_shape_is_nobody() {
        let keys = Keys::from_bytes([1; 32]);
        for value in [
            "",
            "x",
            "a.b",
            &"é".repeat(43),
            &"a".repeat(42),
            &"a".repeat(44),
        ] {
            let mut headers = HeaderMap::new();
            let line = format!("__Host-pre={value}");
            headers.insert(
                header::COOKIE,
                HeaderValue::from_bytes(line.as_bytes()).unwrap(),
            );
            assert_eq!(Browser::of(&headers, &keys), None, "{value}");
        }
    }
}
