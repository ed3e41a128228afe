//! Anonymous pages that are the same for everyone: rendered once a language, then served from memory.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use domain::text::Lang;
use moka::sync::Cache;

use super::headers;

/// Pages that may be kept: routes without parameters, so at most a few dozen.
const CAPACITY: u64 = 512;

/// A page as it was rendered, with every header that it is answered with. It holds no nonce, because pages have no inline
/// script.
#[derive(Debug)]
struct CachedPage {
    body: Bytes,
    headers: HeaderMap,
}

/// The rendered pages of this process.
#[derive(Debug)]
pub struct PageCache {
    french: Cache<String, Arc<CachedPage>>,
    english: Cache<String, Arc<CachedPage>>,
    https: bool,
}

impl PageCache {
    /// `https`: browsers reach the portal over TLS.
    pub fn new(https: bool) -> Self {
        let cache = || Cache::builder().max_capacity(CAPACITY).build();
        Self {
            french: cache(),
            english: cache(),
            https,
        }
    }

    fn of(&self, lang: Lang) -> &Cache<String, Arc<CachedPage>> {
        lang.pick(&self.french, &self.english)
    }

    /// The answer for this path, if it was rendered before.
    pub fn get(&self, path: &str, lang: Lang) -> Option<Response> {
        self.of(lang).get(path).map(|page| page.response())
    }

    /// Keeps a page and answers it. `sign_in`: browsers neither keep it nor say where it came from.
    pub fn put(&self, path: String, lang: Lang, body: Bytes, sign_in: bool) -> Response {
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(header::CONTENT_SECURITY_POLICY, headers::PAGE_CSP);
        if sign_in {
            headers.insert(
                header::REFERRER_POLICY,
                HeaderValue::from_static("no-referrer"),
            );
        } else {
            headers::public_page(&mut headers);
        }
        headers::complete(&mut headers, self.https, sign_in);
        let page = Arc::new(CachedPage { body, headers });
        let response = page.response();
        self.of(lang).insert(path, page);
        response
    }
}

impl CachedPage {
    fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.headers_mut() = self.headers.clone();
        response
    }
}
