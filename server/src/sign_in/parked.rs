//! Forms that arrive after their session has expired: sealed, kept for an hour, and sent again by their author alone.

use app::pages::public::TOO_LONG;
use app::routes::path as page_path;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use store::Txn;
use store::parked_posts::{self, NewParkedPost};
use uuid::Uuid;

use super::browser::Browser;
use super::carried;
use crate::http::areas::home;
use crate::http::fault::Fault;
use crate::http::session::current;
use crate::http::{is_form, referer};
use crate::keys::Purpose;
use crate::state::AppState;

/// The page whose button sends a parked form again.
pub const PAGE: &str = "/connexion/reprise";
const LIFETIME: TimeDelta = TimeDelta::hours(1);
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// Where the person goes to sign in, and the browser's cookie when it had none.
pub(crate) struct Kept {
    pub(crate) next: Option<String>,
    pub(crate) cookie: Option<HeaderValue>,
}

/// Keeps a form that needs a session: for the account of the expired session, when the browser's cookie says whose it was;
/// for this browser, when the form makes sense before anyone signed in. Any other form is let go, and its page remembered.
pub(crate) async fn park(state: &AppState, request: Request) -> Result<Kept, Fault> {
    let (parts, body) = request.into_parts();
    let page = Kept {
        next: referer::page_of(&state.config.origin, &parts.headers),
        cookie: None,
    };
    if !is_form(&parts.headers) {
        return Ok(page);
    }
    // The layer above has read it within the limit.
    let bytes = to_bytes(body, state.config.limits.body_bytes)
        .await
        .map_err(|_| Fault::BadRequest)?;
    let path = parts.uri.path();
    let browser = Browser::of(&parts.headers, &state.keys);
    if let Some((browser, account)) = browser
        .as_ref()
        .and_then(|browser| Some((browser, browser.account?)))
    {
        store_for(state, browser, account, path, &bytes).await?;
        return Ok(page);
    }
    if !carried::may_carry(path) {
        return Ok(page);
    }
    let browser = match browser {
        Some(browser) => browser,
        None => Browser::new()?,
    };
    let now = state.clock.now();
    // A form too long for an address goes back to its page, which says so.
    let next = carried::carry(&state.keys, &browser, path, &bytes, now, LIFETIME)?
        .unwrap_or_else(|| format!("{}?{TOO_LONG}", page_path::SIMULATOR));
    Ok(Kept {
        next: Some(next),
        cookie: browser.cookie(&state.keys)?,
    })
}

async fn store_for(
    state: &AppState,
    browser: &Browser,
    account: Uuid,
    path: &str,
    body: &[u8],
) -> Result<(), Fault> {
    let sealed = state
        .keys
        .seal(Purpose::ParkedPost, &bound_to(account, path), body)?;
    let post = NewParkedPost {
        browser: browser.hash(),
        account,
        path: path.to_owned(),
        body: sealed,
        lifetime: LIFETIME,
    };
    let now = state.clock.now();
    state
        .store
        .write(|txn: Txn| async move { parked_posts::park(&txn, post, now).await })
        .await?;
    Ok(())
}

/// Replaces the request of the page's button by the form that waits; any other request passes unchanged.
pub(crate) async fn resume(state: &AppState, request: Request) -> Result<Request, Response> {
    if request.method() != Method::POST || request.uri().path() != PAGE {
        return Ok(request);
    }
    match take(state, request).await {
        Ok(answer) => answer,
        Err(fault) => Err(fault.into_response()),
    }
}

async fn take(state: &AppState, request: Request) -> Result<Result<Request, Response>, Fault> {
    let query = request.uri().query().map(ToOwned::to_owned);
    let Some(signed) = current(state, request.headers(), true).await? else {
        let again = query.map_or_else(|| PAGE.to_owned(), |query| format!("{PAGE}?{query}"));
        return Ok(Err(
            Redirect::to(&super::address(Some(&again))).into_response()
        ));
    };
    let nothing = || Ok(Err(Redirect::to(home(signed.account.role)).into_response()));
    let Some(browser) = Browser::of(request.headers(), &state.keys) else {
        return nothing();
    };
    let kept = match query {
        Some(query) => carried::open(&state.keys, &browser, &query, state.clock.now()),
        None => take_from_store(state, &browser, signed.account.id).await?,
    };
    match kept {
        Some((path, body)) => Ok(Ok(rebuilt(request, &path, body)?)),
        None => nothing(),
    }
}

async fn take_from_store(
    state: &AppState,
    browser: &Browser,
    account: Uuid,
) -> Result<Option<(String, Vec<u8>)>, Fault> {
    let now = state.clock.now();
    let hash = browser.hash();
    let Some(waiting) = parked_posts::waiting(state.store.read(), hash, account, now).await? else {
        return Ok(None);
    };
    let taken =
        state
            .store
            .write(|txn: Txn| async move {
                parked_posts::take(&txn, waiting.id, hash, account, now).await
            })
            .await?;
    let Some(post) = taken else {
        return Ok(None);
    };
    let context = bound_to(account, &post.path);
    let body = state.keys.open(Purpose::ParkedPost, &context, &post.body)?;
    Ok(Some((post.path, body)))
}

/// The request of the button, turned into the form that waited.
fn rebuilt(request: Request, path: &str, body: Vec<u8>) -> Result<Request, Fault> {
    let (mut parts, _) = request.into_parts();
    parts.uri = path.parse().map_err(|_| Fault::Internal {
        code: "parked_path".into(),
    })?;
    parts.headers.insert(header::CONTENT_TYPE, FORM);
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    parts.headers.remove(header::TRANSFER_ENCODING);
    Ok(Request::from_parts(parts, Body::from(body)))
}

fn bound_to(account: Uuid, path: &str) -> Vec<u8> {
    [account.as_bytes().as_slice(), path.as_bytes()].concat()
}
