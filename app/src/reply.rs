//! How a page or a server function says what the HTTP answer must be: a redirection, or a status. Never a cookie.
//!
//! The server puts a [`Reply`] in context and reads it afterwards; tests do the same. Leptos's own redirections are not
//! used: after a form they go back to the `Referer`, wherever it points.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::use_context;

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyParts {
    /// A path of this portal; the answer is a 303, which browsers follow with a GET.
    pub location: Option<String>,
    /// The status of the answer, when it is not a redirection.
    pub status: Option<u16>,
}

/// The answer being prepared; cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Reply(Arc<Mutex<ReplyParts>>);

impl Reply {
    /// Sends the browser to a path of this portal. A path that could lead elsewhere becomes the home page.
    pub fn redirect(&self, path: impl Into<String>) {
        let path = path.into();
        let path = if is_local_path(&path) {
            path
        } else {
            "/".to_owned()
        };
        self.with(|parts| parts.location = Some(path));
    }

    /// Sets the status: 404 for what does not exist here, 409 for a conflict, 422 for a form with errors…
    pub fn status(&self, code: u16) {
        self.with(|parts| parts.status = Some(code));
    }

    /// What was asked for so far.
    pub fn parts(&self) -> ReplyParts {
        self.with(|parts| parts.clone())
    }

    fn with<T>(&self, act: impl FnOnce(&mut ReplyParts) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The identifier of the present request, given in context by the server: people quote it, and the journal holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestId(pub String);

/// The answer of the present request; outside of one, an answer that nobody reads.
pub fn use_reply() -> Reply {
    use_context::<Reply>().unwrap_or_default()
}

/// Longer addresses are not followed: not every browser or proxy carries them.
const LONGEST_PATH: usize = 6_000;

/// True for a path that stays on this portal however a browser reads it: `/` then neither `/` nor `\`, printable ASCII,
/// and no `\` anywhere, because browsers take it for `/`.
pub fn is_local_path(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && path.len() <= LONGEST_PATH
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'<' | b'>' | b'"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_portal_are_local() {
        for local in [
            "/",
            "/a",
            "/declarations/1?etape=2#resume",
            "/%2F/x",
            "/a//b",
            "/?next=//evil",
        ] {
            assert!(is_local_path(local), "{local}");
        }
        for foreign in [
            "",
            "a",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/a\\b",
            "http://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            " /a",
            "/a b",
            "/a\r\nSet-Cookie: x=1",
            "/\t/evil.example",
            "/é",
            "data:text/html,x",
            "/\"onload",
        ] {
            assert!(!is_local_path(foreign), "{foreign}");
        }
        assert!(!is_local_path(&format!("/{}", "a".repeat(6_000))));
    }

    #[test]
    fn a_foreign_redirection_becomes_the_home_page() {
        let reply = Reply::default();
        reply.clone().redirect("//evil.example/x");
        assert_eq!(reply.parts().location.as_deref(), Some("/"));
        reply.redirect("/declarations");
        reply.status(409);
        assert_eq!(
            reply.parts(),
            ReplyParts {
                location: Some("/declarations".into()),
                status: Some(409)
            }
        );
    }
}
