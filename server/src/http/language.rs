//! The language of an answer: the one asked for in the address, else chosen before, else preferred by the browser, else French.

use axum::http::{HeaderMap, Uri, header};
use domain::text::Lang;

use super::cookies;

/// One year, under the thirteen months that the CNIL allows.
pub const COOKIE_SECONDS: i64 = 31_536_000;

/// Chooses from the cookie and the preferences of the browser.
pub fn choose(headers: &HeaderMap) -> Lang {
    cookies::get(headers, cookies::LANGUAGE)
        .and_then(Lang::from_tag)
        .or_else(|| preferred(headers))
        .unwrap_or_default()
}

/// The first language of ours in `Accept-Language`, by weight and then by rank.
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    let line = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(u32, Lang)> = None;
    for item in line.split(',') {
        let mut parts = item.split(';');
        let Some(lang) = parts.next().and_then(|tag| Lang::from_tag(tag.trim())) else {
            continue;
        };
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1_000, thousandths);
        if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// `0.75` is 750; anything unreadable is 0.
fn thousandths(text: &str) -> u32 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let decimals: String = decimals.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), decimals.parse::<u32>()) {
        (Ok(whole), Ok(decimals)) => (whole.min(1) * 1_000 + decimals).min(1_000),
        _ => 0,
    }
}

/// The language asked for by `?lang=`, and the address without it.
pub fn asked(uri: &Uri) -> Option<(Lang, String)> {
    let query = uri.query()?;
    let lang = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))
        .and_then(Lang::from_tag)?;
    let rest: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.starts_with("lang=") && !pair.is_empty())
        .collect();
    let path = uri.path();
    Some((
        lang,
        if rest.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", rest.join("&"))
        },
    ))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn from(accept: &str, cookie: &str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        choose(&headers)
    }

    #[test]
    fn the_cookie_then_the_browser_then_french() {
        for (accept, cookie, expected) in [
            ("", "", Lang::Fr),
            ("de, it", "", Lang::Fr),
            ("en-GB,en;q=0.9", "", Lang::En),
            ("fr;q=0.4, en;q=0.8", "", Lang::En),
            ("en;q=0, fr;q=0.1", "", Lang::Fr),
            ("en;q=x, fr;q=0.1", "", Lang::Fr),
            ("de, en;q=0.5, fr;q=0.5", "", Lang::En),
            ("en", "__Host-lang=fr", Lang::Fr),
            ("fr", "__Host-lang=en", Lang::En),
            ("en", "__Host-lang=de", Lang::En),
        ] {
            assert_eq!(from(accept, cookie), expected, "{accept} / {cookie}");
        }
    }

    #[test]
    fn the_address_loses_the_language_and_keeps_the_rest() {
        let asked = |uri: &str| asked(&uri.parse().unwrap());
        assert_eq!(asked("/a?lang=en"), Some((Lang::En, "/a".into())));
        assert_eq!(
            asked("/a?x=1&lang=fr&y=2"),
            Some((Lang::Fr, "/a?x=1&y=2".into()))
        );
        assert_eq!(asked("/a?lang=de"), None);
        assert_eq!(asked("/a?slang=en"), None);
        assert_eq!(asked("/a"), None);
    }
}
