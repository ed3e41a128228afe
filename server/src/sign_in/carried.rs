//! A form posted before anyone signed in: too early to belong to an account, it travels sealed in the address of the page that
//! will send it, and opens only in the browser that posted it.

use chrono::{DateTime, TimeDelta, Utc};

use super::browser::Browser;
use super::parked::PAGE;
use crate::carried_text;
use crate::http::areas::{DECLARE, within};
use crate::keys::{KeyError, Keys, Purpose};

const PARAMETER: &str = "form";

/// True for the forms that make sense before sign-in.
pub(super) fn may_carry(path: &str) -> bool {
    within(path, DECLARE)
}

/// The page that will send the form, with the form in its address; `None` when the form is too long for that.
pub(super) fn carry(
    keys: &Keys,
    browser: &Browser,
    path: &str,
    body: &[u8],
    now: DateTime<Utc>,
    lifetime: TimeDelta,
) -> Result<Option<String>, KeyError> {
    let plain = [path.as_bytes(), b"\n", body].concat();
    let owner = browser.hash();
    let text = carried_text::seal(
        keys,
        Purpose::CarriedPost,
        owner.as_bytes(),
        &plain,
        now + lifetime,
    )?;
    Ok(text.map(|text| format!("{PAGE}?{PARAMETER}={text}")))
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
    let owner = browser.hash();
    let plain = carried_text::open(keys, Purpose::CarriedPost, owner.as_bytes(), text, now)?;
    let end = plain.iter().position(|byte| *byte == b'\n')?;
    let (path, body) = plain.split_at_checked(end)?;
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
        let address = carry(&keys, &browser, "/declarer/x", body, now, hour)
            .unwrap()
            .unwrap();
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
    fn only_what_begins_a_declaration_is_carried() {
        assert!(may_carry("/declarer/x"));
        assert!(!may_carry("/fn/save-size"));
        assert!(!may_carry("/declarerx"));
    }
}
