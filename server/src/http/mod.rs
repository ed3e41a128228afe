//! The HTTP side: one frame around everything, then files, health, and the pages behind the session.
//!
//! Order: [`frame`] (request id, language, refusal of foreign posts, cached pages, panics, time limit, security headers,
//! journal) → routing → [`session`] (body limit, rate limit, who is asking, what needs a role) → handlers and pages.
//! Cookies and guards are settled before Leptos runs.

pub mod areas;
pub mod assets;
mod body;
pub mod context;
pub mod cookies;
pub mod csrf;
pub mod fault;
mod frame;
pub mod headers;
pub mod health;
pub mod language;
pub mod leptos;
pub mod limits;
mod log;
pub mod page_cache;
pub(crate) mod referer;
pub mod serve;
pub mod session;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;

use crate::sign_in;
use crate::state::AppState;
use fault::Fault;

pub(crate) use body::{is_form, is_form_type};
pub use context::RequestContext;
pub(crate) use frame::accepts_html;
pub use session::SignedIn;

/// The whole portal, as one router. Call it once a process: it lists the pages of Leptos, which must happen before serving.
pub fn router(state: &AppState) -> Router {
    let inside = Router::new()
        .merge(sign_in::routes())
        .merge(crate::desks::routes())
        .merge(crate::uploads::routes())
        .merge(crate::documents::routes())
        .merge(crate::lists::routes())
        .merge(leptos::routes(state))
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async { Fault::MethodNotAllowed })
        .layer(from_fn_with_state(state.clone(), session::layer))
        .layer(from_fn(log::note_route));
    let routes = Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .merge(inside)
        .merge(assets::routes(state))
        .with_state(state.clone());
    framed(state, routes)
}

/// Puts the frame around routes: around the whole, so that it acts before routing and on what no route matches.
pub fn framed(state: &AppState, routes: Router) -> Router {
    Router::new()
        .fallback_service(routes)
        .layer(from_fn_with_state(
            frame::Frame::new(state.clone()),
            frame::frame,
        ))
}
