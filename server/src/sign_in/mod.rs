//! Signing in by a link or a code sent by e-mail, and signing out.
//!
//! Invariants: reading a page consumes nothing; the same answer, after the same work, whoever asks; what is stored of a
//! link, a code or a session is a hash; a link is bound to the browser that asked for it, elsewhere its code is needed too.

mod beside;
pub mod browser;
mod carried;
pub mod email;
mod forms;
mod link;
pub mod mail;
pub mod parked;
mod redeem;
mod request;
pub mod session_cache;

use app::pages::sign_in::CODE_FORM;
use app::reply::is_local_path;
use app::routes::path;
use axum::Router;
use axum::middleware::from_fn;
use axum::routing::post;

use crate::state::AppState;

/// The forms of sign-in. Their pages are drawn by Leptos at the same addresses; cookies are set here.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(path::SIGN_IN, post(forms::ask))
        .route(CODE_FORM, post(forms::code))
        .layer(from_fn(beside::answer))
        .route("/connexion/lien/{token}", post(forms::link))
        .route(path::SIGN_OUT, post(forms::sign_out))
}

/// The sign-in page, which will lead to `next` when that is a page of ours. Where that makes an address too long to be carried
/// everywhere, the page is remembered without its question, or not at all.
pub fn address(next: Option<&str>) -> String {
    let page = next.and_then(|next| next.split(['?', '#']).next());
    let leads = |next: &str| {
        let address = format!("{}?next={}", path::SIGN_IN, encode(next));
        (leads_somewhere(next) && is_local_path(&address)).then_some(address)
    };
    next.and_then(leads)
        .or_else(|| page.and_then(leads))
        .unwrap_or_else(|| path::SIGN_IN.to_owned())
}

/// True for a page of ours to which a person may be sent after signing in.
pub(crate) fn leads_somewhere(next: &str) -> bool {
    let page = next.split(['?', '#']).next().unwrap_or(next);
    is_local_path(next)
        && !page.starts_with("/fn/")
        && !crate::http::areas::within(page, path::SIGN_OUT)
        && (page == parked::PAGE || !crate::http::areas::within(page, path::SIGN_IN))
}

/// Percent-encodes what would end or change a value in a query.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex::encode_upper([byte]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_ours_or_none() {
        for (next, expected) in [
            ("/espace?x=1&y=é", "/connexion?next=/espace"),
            (
                "/espace?x=1&y=2#z",
                "/connexion?next=/espace%3Fx%3D1%26y%3D2%23z",
            ),
            ("/connexion/reprise", "/connexion?next=/connexion/reprise"),
            ("/connexion", "/connexion"),
            ("/connexion/lien/abc", "/connexion"),
            ("/deconnexion", "/connexion"),
            ("/fn/save", "/connexion"),
            ("//evil.example", "/connexion"),
            ("https://evil.example", "/connexion"),
            ("/\\evil.example", "/connexion"),
        ] {
            assert_eq!(address(Some(next)), expected, "{next}");
        }
        assert_eq!(address(None), "/connexion");
        let long = |start: &str| format!("{start}{}", "é%".repeat(1_000).replace('é', "%C3"));
        assert_eq!(
            address(Some(&long("/espace?x="))),
            "/connexion?next=/espace"
        );
        assert_eq!(address(Some(&long("/espace/"))), "/connexion");
    }
}
