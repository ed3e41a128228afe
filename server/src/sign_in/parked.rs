//! Forms that arrive after their session has expired: sealed, kept for an hour, and sent again by their author alone.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use store::Txn;
use store::parked_posts::{self, NewParkedPost};
use uuid::Uuid;

use super::browser::Browser;
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

/// Keeps a form whose session has expired, when the browser's cookie says whose it was. Answers the page that it came from.
pub(crate) async fn park(state: &AppState, request: Request) -> Result<Option<String>, Fault> {
    let (parts, body) = request.into_parts();
    let page = referer::page_of(&state.config.origin, &parts.headers);
    let Some(browser) = Browser::of(&parts.headers, &state.keys) else {
        return Ok(page);
    };
    let Some(account) = browser.account.filter(|_| is_form(&parts.headers)) else {
        return Ok(page);
    };
    let path = parts.uri.path().to_owned();
    // The layer above has read it within the limit.
    let bytes = to_bytes(body, state.config.limits.body_bytes)
        .await
        .map_err(|_| Fault::BadRequest)?;
    let sealed = state
        .keys
        .seal(Purpose::ParkedPost, &bound_to(account, &path), &bytes)?;
    let post = NewParkedPost {
        browser: browser.hash(),
        account,
        path,
        body: sealed,
        lifetime: LIFETIME,
    };
    let now = state.clock.now();
    state
        .store
        .write(|txn: Txn| async move { parked_posts::park(&txn, post, now).await })
        .await?;
    Ok(page)
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
    let Some(signed) = current(state, request.headers(), true).await? else {
        return Ok(Err(
            Redirect::to(&super::address(Some(PAGE))).into_response()
        ));
    };
    let account = signed.account.id;
    let nothing = || Ok(Err(Redirect::to(home(signed.account.role)).into_response()));
    let Some(browser) = Browser::of(request.headers(), &state.keys) else {
        return nothing();
    };
    let now = state.clock.now();
    let hash = browser.hash();
    let Some(waiting) = parked_posts::waiting(state.store.read(), hash, account, now).await? else {
        return nothing();
    };
    let taken =
        state
            .store
            .write(|txn: Txn| async move {
                parked_posts::take(&txn, waiting.id, hash, account, now).await
            })
            .await?;
    let Some(post) = taken else {
        return nothing();
    };
    let body = state.keys.open(
        Purpose::ParkedPost,
        &bound_to(account, &post.path),
        &post.body,
    )?;
    let (mut parts, _) = request.into_parts();
    parts.uri = post.path.parse().map_err(|_| Fault::Internal {
        code: "parked_path".into(),
    })?;
    parts.headers.insert(header::CONTENT_TYPE, FORM);
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    parts.headers.remove(header::TRANSFER_ENCODING);
    Ok(Ok(Request::from_parts(parts, Body::from(body))))
}

fn bound_to(account: Uuid, path: &str) -> Vec<u8> {
    [account.as_bytes().as_slice(), path.as_bytes()].concat()
}
