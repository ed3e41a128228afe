//! The frame around every request: what must hold for all answers, whatever made them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::text::Lang;
use futures::FutureExt;

use super::context::{RequestContext, RequestIds};
use super::fault::Fault;
use super::{cookies, csrf, headers, language, leptos, log, session};
use crate::sign_in::parked;
use crate::state::AppState;

/// The longest time that a file may take to come.
const UPLOAD: Duration = Duration::from_hours(12);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the frame needs from one request to the next.
#[derive(Clone)]
pub(super) struct Frame {
    state: AppState,
    ids: Arc<RequestIds>,
}

impl Frame {
    pub(super) fn new(state: AppState) -> Self {
        let (_, _, _, random) = state.process.as_fields();
        let seed = random
            .iter()
            .skip(4)
            .fold(0_u32, |seed, byte| seed << 8 | u32::from(*byte));
        Self {
            state,
            ids: Arc::new(RequestIds::new(seed)),
        }
    }
}

/// What is remembered of a request once it was handed over.
struct Seen {
    method: Method,
    uri: Uri,
    html: bool,
    context: RequestContext,
}

pub(super) async fn frame(
    State(frame): State<Frame>,
    mut request: Request,
    next: Next,
) -> Response {
    let state = &frame.state;
    let started = state.clock.monotonic();
    let private = cookies::get(request.headers(), cookies::SESSION).is_some();
    let lang = language::choose(request.headers());
    let id = frame.ids.next();
    if let Some(page) = known_page(state, &request, private, lang) {
        return with_id(page, &id);
    }
    let seen = Seen {
        method: request.method().clone(),
        uri: request.uri().clone(),
        html: accepts_html(request.headers()),
        context: RequestContext {
            id,
            client: client(state, &request),
            lang,
        },
    };
    request.extensions_mut().insert(seen.context.clone());
    let response = answer(state, &seen, request, next).await;
    let (mut response, fault) = explain(state, &seen, response).await;
    let private = private && !headers::is_static(response.headers());
    headers::complete(response.headers_mut(), state.config.is_https(), private);
    let elapsed = state.clock.monotonic().saturating_sub(started);
    log::request(
        &seen.context,
        &seen.method,
        fault.as_ref().map(Fault::code),
        u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
        &response,
    );
    with_id(response, &seen.context.id)
}

/// An anonymous page rendered before. Served first and without a journal line: nothing was decided, and nobody asked.
fn known_page(state: &AppState, request: &Request, private: bool, lang: Lang) -> Option<Response> {
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if private || !reading || request.uri().query().is_some() {
        return None;
    }
    state.pages.get(request.uri().path(), lang)
}

fn with_id(mut response: Response, id: &str) -> Response {
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

async fn answer(state: &AppState, seen: &Seen, request: Request, next: Next) -> Response {
    let reading = matches!(seen.method, Method::GET | Method::HEAD);
    if reading && let Some((lang, path)) = language::asked(&seen.uri) {
        return switch_language(lang, &path);
    }
    if let Err(reason) = csrf::check(&seen.method, request.headers(), &state.config.origin) {
        tracing::warn!(
            event = "foreign_request",
            request_id = seen.context.id,
            reason = reason.code()
        );
        return Fault::Foreign.into_response();
    }
    // A large file may take hours; whoever receives it looks that something comes.
    let limit = if session::is_upload(&request) {
        UPLOAD
    } else {
        state.config.limits.request
    };
    let run = async {
        match parked::resume(state, request).await {
            Ok(request) => next.run(request).await,
            Err(response) => response,
        }
    };
    let run = tokio::time::timeout(limit, run);
    match AssertUnwindSafe(run).catch_unwind().await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Fault::Timeout.into_response(),
        // What a panic says may quote data: the journal gets the fact and the request.
        Err(_) => Fault::Internal {
            code: "panic".into(),
        }
        .into_response(),
    }
}

/// Turns a fault into a page in the visitor's language, or into JSON for a program.
async fn explain(
    state: &AppState,
    seen: &Seen,
    mut response: Response,
) -> (Response, Option<Fault>) {
    let Some(fault) = response
        .extensions_mut()
        .remove::<Fault>()
        .or_else(|| untold(&response))
    else {
        return (response, None);
    };
    let mut page = if seen.html || matches!(seen.method, Method::GET | Method::HEAD) {
        let kind = fault.kind(seen.context.lang, &seen.context.id);
        let signed = response.extensions().get().cloned();
        let page = leptos::error_page(state, &seen.context, signed, &seen.uri, kind);
        match AssertUnwindSafe(page).catch_unwind().await {
            Ok(page) => page,
            Err(_) => last_resort(&seen.context),
        }
    } else {
        axum::Json(serde_json::json!({ "code": fault.code(), "request_id": seen.context.id }))
            .into_response()
    };
    *page.status_mut() = fault.status();
    fault.add_headers(page.headers_mut());
    if fault == Fault::MethodNotAllowed
        && let Some(allowed) = response.headers_mut().remove(header::ALLOW)
    {
        page.headers_mut().insert(header::ALLOW, allowed);
    }
    // The route and the account, for the journal.
    *page.extensions_mut() = std::mem::take(response.extensions_mut());
    (page, Some(fault))
}

/// A refusal by axum itself, which only says it in plain text.
fn untold(response: &Response) -> Option<Fault> {
    let bare = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !bare {
        return None;
    }
    match response.status() {
        StatusCode::NOT_FOUND => Some(Fault::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Fault::MethodNotAllowed),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Fault::TooLarge { limit: 1_000_000 }),
        StatusCode::SERVICE_UNAVAILABLE => Some(Fault::Unavailable),
        status if status.is_server_error() => Some(Fault::Internal {
            code: "unexplained".into(),
        }),
        StatusCode::BAD_REQUEST
        | StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Fault::BadRequest),
        _ => None,
    }
}

/// When even the error page fails.
fn last_resort(context: &RequestContext) -> Response {
    let text = format!(
        "{} ({})\n",
        context.lang.pick(
            "Le service rencontre une difficulté. Réessayez dans quelques minutes.",
            "The service is having difficulties. Try again in a few minutes.",
        ),
        context.id
    );
    text.into_response()
}

fn switch_language(lang: Lang, path: &str) -> Response {
    let target = if app::reply::is_local_path(path) {
        path
    } else {
        "/"
    };
    let mut response = axum::response::Redirect::to(target).into_response();
    cookies::append(
        response.headers_mut(),
        cookies::set(
            cookies::LANGUAGE,
            lang.tag(),
            Some(language::COOKIE_SECONDS),
        ),
    );
    response
}

/// The address of the browser: the peer's, or what our own proxies say of it.
fn client(state: &AppState, request: &Request) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    let forwarded: Vec<_> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    state
        .config
        .trusted_proxies
        .client(peer, forwarded.into_iter())
}

/// True for a page asked for by a browser, false for a call made by a script.
pub(crate) fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}
