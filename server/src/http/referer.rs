//! The page of ours that a form came from.

use app::reply::is_local_path;
use axum::http::{HeaderMap, header};

/// Path and query of the `Referer`, when it is one of our pages. Never followed as it is: browsers and others write it.
pub(crate) fn page_of(origin: &str, headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let path = referer.strip_prefix(origin)?;
    is_local_path(path).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn only_a_page_of_ours_is_gone_back_to() {
        let origin = "https://spaser.example";
        for (referer, expected) in [
            ("https://spaser.example/espace?x=1", Some("/espace?x=1")),
            ("https://spaser.example", None),
            ("https://spaser.example.evil/espace", None),
            ("https://spaser.example@evil/espace", None),
            ("https://spaser.example//evil", None),
            ("http://spaser.example/espace", None),
            ("/espace", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, referer.parse().unwrap());
            assert_eq!(page_of(origin, &headers).as_deref(), expected, "{referer}");
        }
    }
}
