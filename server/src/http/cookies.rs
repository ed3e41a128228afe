//! The four cookies of the portal: session, browser before sign-in, language, and their one way of being written.

use axum::http::{HeaderMap, HeaderValue, header};

/// The signed-in session.
pub const SESSION: &str = "__Host-session";
/// The browser, before it has a session: it asked for a link, or its session expired.
pub const BROWSER: &str = "__Host-pre";
/// The language that the visitor chose.
pub const LANGUAGE: &str = "__Host-lang";

/// The value of one cookie of a request; several lines and several cookies a line are read alike.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.trim_matches('"'))
        .filter(|value| !value.is_empty())
}

/// `Set-Cookie` for a value of ours (letters, digits, `-`, `_`); `max_age` in seconds, or until the browser closes.
pub fn set(name: &str, value: &str, max_age: Option<i64>) -> Option<HeaderValue> {
    let age = max_age.map_or_else(String::new, |age| format!("; Max-Age={age}"));
    HeaderValue::from_str(&format!(
        "{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}"
    ))
    .ok()
}

/// `Set-Cookie` that erases.
pub fn clear(name: &str) -> Option<HeaderValue> {
    set(name, "", Some(0))
}

/// Adds a cookie to an answer.
pub fn append(headers: &mut HeaderMap, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        headers.append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=1; __Host-session=x; b=2"),
        );
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-pre=\"y\""));
        assert_eq!(get(&headers, SESSION), Some("x"));
        assert_eq!(get(&headers, BROWSER), Some("y"));
        assert_eq!(get(&headers, LANGUAGE), None);
        assert_eq!(get(&headers, "session"), None);
    }

    #[test]
    fn cookies_carry_every_attribute() {
        assert_eq!(
            set(SESSION, "v", None).unwrap(),
            "__Host-session=v; Path=/; Secure; HttpOnly; SameSite=Lax"
        );
        assert_eq!(
            clear(SESSION).unwrap(),
            "__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
        );
        assert!(set(SESSION, "a\r\nb", None).is_none());
    }
}
