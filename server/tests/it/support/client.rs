//! A client that behaves like a browser: it keeps cookies, says where its forms come from, and follows nothing by itself.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use reqwest::header::{self, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};

/// One browser.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    pub(crate) origin: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

/// An answer, read whole.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Client {
    pub(crate) fn new(origin: &str) -> Self {
        Self {
            http: reqwest::Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .build()
                .expect("a client"),
            origin: origin.to_owned(),
            cookies: Arc::default(),
        }
    }

    /// Another browser with the same cookies, as a thief would have.
    pub(crate) fn copy(&self) -> Self {
        self.at(&self.origin)
    }

    /// The same browser in front of another process that serves the same portal.
    pub(crate) fn at(&self, origin: &str) -> Self {
        let copy = Self::new(origin);
        *copy.cookies.lock().unwrap() = self.cookies.lock().unwrap().clone();
        copy
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies
            .lock()
            .unwrap()
            .insert(name.to_owned(), value.to_owned());
    }

    /// A request with the cookies and nothing else that a browser adds.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let line = self.cookies();
        let request = self.http.request(method, format!("{}{path}", self.origin));
        if line.is_empty() {
            request
        } else {
            request.header(header::COOKIE, line)
        }
    }

    /// All of them, as a browser sends them.
    pub(crate) fn cookies(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        let line: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        line.join("; ")
    }

    /// Sends a request and keeps the cookies of its answer.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Page {
        self.try_send(request).await.expect("an answer")
    }

    pub(crate) async fn try_send(&self, request: RequestBuilder) -> reqwest::Result<Page> {
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        self.keep(&headers);
        let body = String::from_utf8_lossy(&response.bytes().await?).into_owned();
        Ok(Page {
            status,
            headers,
            body,
        })
    }

    fn keep(&self, headers: &HeaderMap) {
        let mut jar = self.cookies.lock().unwrap();
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("a cookie");
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            // What a browser demands of a `__Host-` cookie.
            assert!(name.starts_with("__Host-"), "{line}");
            for attribute in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
                assert!(line.contains(attribute), "{line}");
            }
            assert!(!line.contains("Domain"), "{line}");
            if value.is_empty() || line.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(
            self.request(Method::GET, path)
                .header(header::ACCEPT, "text/html"),
        )
        .await
    }

    /// A form as a page of ours would send it.
    pub(crate) fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        self.request(Method::POST, path)
            .header(header::ACCEPT, "text/html")
            .header(header::ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
            .form(fields)
    }

    /// A post from a page of ours, with a body of any kind.
    pub(crate) fn body(
        &self,
        path: &str,
        kind: &str,
        body: impl Into<reqwest::Body>,
    ) -> RequestBuilder {
        self.request(Method::POST, path)
            .header(header::ACCEPT, "text/html")
            .header(header::ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind)
            .body(body)
    }

    /// A form sent by a page of another site.
    pub(crate) async fn post_from_elsewhere(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self
            .request(Method::POST, path)
            .header(header::ACCEPT, "text/html")
            .header(header::ORIGIN, "https://evil.example")
            .header("sec-fetch-site", "cross-site")
            .form(fields);
        self.send(request).await
    }

    /// Sends a form.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.form(path, fields)).await
    }

    /// Follows a redirection, one step.
    pub(crate) async fn follow(&self, page: &Page) -> Page {
        let location = page.location().expect("a redirection").to_owned();
        self.get(&location).await
    }
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn location(&self) -> Option<&str> {
        self.header("location")
    }

    #[track_caller]
    pub(crate) fn expect_status(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    #[track_caller]
    pub(crate) fn expect_redirect(&self, location: &str) -> &Self {
        assert_eq!(
            (self.status, self.location()),
            (303, Some(location)),
            "{}",
            self.body
        );
        self
    }

    #[track_caller]
    pub(crate) fn expect_text(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "no « {text} » in {}", self.body);
        self
    }
}
