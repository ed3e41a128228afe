//! A form posted before anyone signed in: too early to belong to an account, it travels sealed in the address of the page that
//! will send it, and opens only in the browser that posted it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};

use super::browser::Browser;
use super::parked::PAGE;
use crate::http::areas::{DECLARE, within};
use crate::keys::{KeyError, Keys, Purpose};

/// Longer forms are not carried: an address must stay short enough for every browser and proxy.
const LONGEST: usize = 4_000;
const PARAMETER: &str = "form";

/// True for the forms that make sense before sign-in, and fit.
pub(super) fn may_carry(path: &str, body: &[u8]) -> bool {
    within(path, DECLARE) && body.len() <= LONGEST
}

/// The page that will send the form, with the form in its address.
pub(super) fn carry(
    keys: &Keys,
    browser: &Browser,
    path: &str,
    body: &[u8],
    now: DateTime<Utc>,
    lifetime: TimeDelta,
) -> Result<String, KeyError> {
    let until = (now + lifetime).timestamp().to_be_bytes();
    let plain = [until.as_slice(), path.as_bytes(), b"\n", body].concat();
    let sealed = keys.seal(Purpose::CarriedPost, browser.hash().as_bytes(), &plain)?;
    Ok(format!(
        "{PAGE}?{PARAMETER}={}",
        URL_SAFE_NO_PAD.encode(sealed)
    ))
}

/// Path and body of the form in this query, if this browser posted it less than its lifetime ago.
pub(super) fn open(
    keys: &Keys,
    browser: &Browser,
    query: &str,
    now: DateTime<Utc>,
) -> Option<(String, Vec<u8>)> {
    let text = query
        .split('&')
        .find_map(|pair| pair.strip_prefix(PARAMETER)?.strip_prefix('='))?;
    let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
    let plain = keys
        .open(Purpose::CarriedPost, browser.hash().as_bytes(), &sealed)
        .ok()?;
    let (until, rest) = plain.split_first_chunk::<8>()?;
    if now.timestamp() >= i64::from_be_bytes(*until) {
        return None;
    }
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (path, body) = rest.split_at_checked(end)?;
    Some((
        String::from_utf8(path.to_vec()).ok()?,
        body.split_first()?.1.to_vec(),
    ))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_form_opens_in_its_browser_for_its_time() {
        let keys = Keys::from_bytes([3; 32]);
        let (browser, other) = (Browser::new().unwrap(), Browser::new().unwrap());
        let now: DateTime<Utc> = "2026-05-04T08:00:00Z".parse().unwrap();
        let hour = TimeDelta::hours(1);
        let body = b"a=1\n&b=2";
        let address = carry(&keys, &browser, "/declarer/x", body, now, hour).unwrap();
        let (page, query) = address.split_once('?').unwrap();
        assert_eq!(page, PAGE);
        assert!(app::reply::is_local_path(&address));
        let opened = |browser, query, at| open(&keys, browser, query, at);
        assert_eq!(
            opened(&browser, query, now),
            Some(("/declarer/x".to_owned(), body.to_vec()))
        );
        assert_eq!(opened(&other, query, now), None);
        assert_eq!(opened(&browser, query, now + hour), None);
        assert_eq!(opened(&browser, &query[..query.len() - 3], now), None);
        assert_eq!(opened(&browser, "form=", now), None);
        assert_eq!(opened(&browser, "", now), None);
    }

    #[test]
    fn the_longest_form_still_makes_an_address_of_ours() {
        let keys = Keys::from_bytes([3; 32]);
        let browser = Browser::new().unwrap();
        let body = vec![b'a'; LONGEST];
        assert!(may_carry("/declarer/x", &body));
        let address = carry(
            &keys,
            &browser,
            "/declarer/x",
            &body,
            Utc::now(),
            TimeDelta::hours(1),
        );
        assert!(app::reply::is_local_path(&address.unwrap()));
        assert!(!may_carry("/declarer/x", &vec![b'a'; LONGEST + 1]));
        assert!(!may_carry("/fn/save-size", b""));
        assert!(!may_carry("/declarerx", b""));
    }
}
