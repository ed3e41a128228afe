//! Refuses changes asked for by another site: `Sec-Fetch-Site` first, `Origin` for browsers that do not send it.

use axum::http::{HeaderMap, HeaderValue, Method, header};

use super::cookies;

/// Why a change was refused, as a word for the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    CrossSite,
    OtherOrigin,
    NoProof,
}

impl Foreign {
    pub const fn code(self) -> &'static str {
        match self {
            Self::CrossSite => "cross_site",
            Self::OtherOrigin => "other_origin",
            Self::NoProof => "no_proof",
        }
    }
}

/// GET, HEAD and OPTIONS change nothing here; every other method must come from our own pages.
///
/// `same-site` is not trusted: another service of the same domain is still another service. A request with neither header
/// passes only without a cookie of ours: it then speaks for nobody.
pub fn check(method: &Method, headers: &HeaderMap, origin: &str) -> Result<(), Foreign> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    // No browser sends either twice; whoever does must not choose which one is read.
    if headers.get_all(header::ORIGIN).iter().count() > 1
        || headers.get_all("sec-fetch-site").iter().count() > 1
    {
        return Err(Foreign::OtherOrigin);
    }
    let ours = headers
        .get(header::ORIGIN)
        .map(|value| value.as_bytes() == origin.as_bytes());
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        // A browser never lies about this one; a proxy that rewrites Origin must not open the door either.
        Some(b"same-origin") => Ok(()),
        Some(b"none") => match ours {
            None | Some(true) => Ok(()),
            Some(false) => Err(Foreign::OtherOrigin),
        },
        Some(_) => Err(Foreign::CrossSite),
        None => match ours {
            Some(false) => Err(Foreign::OtherOrigin),
            None if speaks_for_someone(headers) => Err(Foreign::NoProof),
            Some(true) | None => Ok(()),
        },
    }
}

fn speaks_for_someone(headers: &HeaderMap) -> bool {
    cookies::get(headers, cookies::SESSION).is_some()
        || cookies::get(headers, cookies::BROWSER).is_some()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    const ORIGIN: &str = "https://spaser.example";

    fn verdict(method: &Method, site: Option<&str>, origin: Option<&str>, cookie: bool) -> bool {
        let mut headers = HeaderMap::new();
        if let Some(site) = site {
            headers.insert("sec-fetch-site", site.parse().unwrap());
        }
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        if cookie {
            headers.insert(header::COOKIE, "__Host-session=x".parse().unwrap());
        }
        check(method, &headers, ORIGIN).is_ok()
    }

    #[test]
    fn the_whole_matrix() {
        let foreign = Some("https://evil.example");
        let ours = Some(ORIGIN);
        for (site, origin, without_cookie, with_cookie) in [
            (Some("same-origin"), None, true, true),
            (Some("same-origin"), ours, true, true),
            (Some("none"), None, true, true),
            (Some("none"), ours, true, true),
            (Some("none"), foreign, false, false),
            (Some("none"), Some("null"), false, false),
            (Some("same-site"), None, false, false),
            (Some("same-site"), ours, false, false),
            (Some("cross-site"), None, false, false),
            (Some("cross-site"), ours, false, false),
            (Some("Same-Origin"), None, false, false),
            (Some("garbage"), ours, false, false),
            (None, ours, true, true),
            (None, foreign, false, false),
            (None, Some("null"), false, false),
            (None, Some("https://spaser.example.evil"), false, false),
            (None, Some("http://spaser.example"), false, false),
            (None, Some("https://spaser.example/"), false, false),
            (None, None, true, false),
        ] {
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                assert_eq!(
                    verdict(&method, site, origin, false),
                    without_cookie,
                    "{method} {site:?} {origin:?} without a cookie"
                );
                assert_eq!(
                    verdict(&method, site, origin, true),
                    with_cookie,
                    "{method} {site:?} {origin:?} with a cookie"
                );
            }
            for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
                assert!(verdict(&method, site, origin, true), "{method}");
            }
        }
    }

    #[test]
    fn a_header_given_twice_is_refused() {
        for name in [header::ORIGIN.as_str(), "sec-fetch-site"] {
            let mut headers = HeaderMap::new();
            let ours = if name == "origin" {
                ORIGIN
            } else {
                "same-origin"
            };
            headers.append(name_of(name), ours.parse().unwrap());
            assert_eq!(check(&Method::POST, &headers, ORIGIN), Ok(()));
            headers.append(name_of(name), "https://evil.example".parse().unwrap());
            assert!(check(&Method::POST, &headers, ORIGIN).is_err(), "{name}");
        }
    }

    fn name_of(name: &str) -> axum::http::HeaderName {
        name.parse().unwrap()
    }
}
