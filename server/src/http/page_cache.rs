//! Anonymous pages that are the same for everyone: rendered once a language, then served from memory.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::text::Lang;
use moka::sync::Cache;

use super::headers;

/// Pages that may be kept: routes without parameters, so at most a few dozen.
const CAPACITY: u64 = 512;

/// A page as it was rendered. It holds no nonce, because pages have no inline script.
#[derive(Clone, Debug)]
pub struct CachedPage {
    body: Bytes,
    csp: HeaderValue,
}

/// The rendered pages of this process.
#[derive(Debug)]
pub struct PageCache {
    french: Cache<String, Arc<CachedPage>>,
    english: Cache<String, Arc<CachedPage>>,
}

impl Default for PageCache {
    fn default() -> Self {
        Self::new()
    }
}

impl PageCache {
    pub fn new() -> Self {
        let cache = || Cache::builder().max_capacity(CAPACITY).build();
        Self {
            french: cache(),
            english: cache(),
        }
    }

    fn of(&self, lang: Lang) -> &Cache<String, Arc<CachedPage>> {
        lang.pick(&self.french, &self.english)
    }

    /// The answer for this path, if it was rendered before.
    pub fn get(&self, path: &str, lang: Lang) -> Option<Response> {
        self.of(lang).get(path).map(|page| page.response())
    }

    /// Keeps a page and answers it.
    pub fn put(&self, path: String, lang: Lang, body: Bytes, csp: HeaderValue) -> Response {
        let page = Arc::new(CachedPage { body, csp });
        let response = page.response();
        self.of(lang).insert(path, page);
        response
    }
}

impl CachedPage {
    fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(header::CONTENT_SECURITY_POLICY, self.csp.clone());
        headers::public_page(headers);
        response
    }
}
