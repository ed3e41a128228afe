//! The one file that calls `leptos_axum`: pages rendered whole, and server functions, each with its contexts.
//!
//! Leptos's redirections to the `Referer` never happen here: a server function does not see `Accept` nor `Referer`, and what
//! it wants to answer is read from [`Reply`]. Pages are rendered completely before the first byte leaves.

use std::sync::{Arc, OnceLock};

use app::error::AppError;
use app::pages::public::ErrorKind;
use app::reply::{Reply, ReplyParts, RequestId};
use app::shell::{NavRole, error_shell, shell};
use app::visitor::{AccountRole, Visitor};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::IntoView;
use leptos::nonce::use_nonce;
use leptos::prelude::provide_context;
use leptos_axum::{
    AxumRouteListing, generate_route_list, handle_server_fns_with_context,
    render_app_async_with_context,
};
use memchr::memmem;

use super::areas::{Area, within};
use super::context::RequestContext;
use super::fault::Fault;
use super::frame::accepts_html;
use super::session::SignedIn;
use super::{headers, referer};
use crate::state::AppState;

/// Pages whose address may hold a token, or that lead to one.
const SIGN_IN: &str = app::routes::path::SIGN_IN;
/// How a server function called by a script says where to go.
const SCRIPT_REDIRECT: HeaderName = HeaderName::from_static("serverfnredirect");
/// The mark of a server function that answered an error.
const FUNCTION_ERROR: HeaderName = HeaderName::from_static("serverfnerror");

/// One route for each page of the application, and one for the server functions.
pub(super) fn routes(state: &AppState) -> Router<AppState> {
    let mut router = Router::new().route("/fn/{*name}", post(function));
    for page in pages(state) {
        let keepable = is_the_same_for_everyone(page.path());
        router = router.route(
            page.path(),
            get(
                async move |State(state): State<AppState>, request: Request| {
                    render(&state, request, keepable).await
                },
            ),
        );
    }
    router
}

/// True for the pages whose content depends on nothing but the language: public, without parameters, neither the mails of
/// the demonstration nor sign-in, but for its first page.
fn is_the_same_for_everyone(route: &str) -> bool {
    !route.contains('{')
        && Area::of(route) == Area::Public
        && !within(route, "/demo")
        && (route == SIGN_IN || !within(route, SIGN_IN))
}

/// The pages that the application names.
fn pages(state: &AppState) -> Vec<AxumRouteListing> {
    let contexts = Contexts::anonymous(state);
    generate_route_list(move || {
        contexts.provide();
        shell()
    })
}

/// The address of every page, for whoever checks that none is forgotten.
pub fn page_paths(state: &AppState) -> Vec<String> {
    pages(state)
        .iter()
        .map(|page| page.path().to_owned())
        .collect()
}

/// What every page and server function finds in context.
#[derive(Clone)]
struct Contexts {
    state: AppState,
    request: Option<RequestContext>,
    signed: Option<SignedIn>,
    reply: Reply,
    /// Filled while rendering: the nonce that Leptos gave this page.
    nonce: Arc<OnceLock<String>>,
    /// Contexts of one handler, such as the form that the sign-in page shows again.
    more: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl Contexts {
    fn anonymous(state: &AppState) -> Self {
        Self {
            state: state.clone(),
            request: None,
            signed: None,
            reply: Reply::default(),
            nonce: Arc::default(),
            more: None,
        }
    }

    fn of(state: &AppState, request: &Request) -> Self {
        Self {
            request: request.extensions().get().cloned(),
            signed: request.extensions().get().cloned(),
            ..Self::anonymous(state)
        }
    }

    fn provide(&self) {
        let state = &self.state;
        provide_context(Arc::clone(&state.config.site));
        provide_context(Arc::clone(&state.assets));
        provide_context(state.catalogues.on(state.clock.today()));
        provide_context(self.reply.clone());
        if let Some(request) = &self.request {
            provide_context(request.lang);
            provide_context(RequestId(request.id.clone()));
        }
        let visitor = self
            .signed
            .as_ref()
            .map_or(Visitor::Anonymous, SignedIn::visitor);
        provide_context(nav_role(visitor.role()));
        provide_context(crate::desks::reception(state, self.request.as_ref()));
        provide_context(visitor);
        provide_context(crate::desks::verification(state, self.request.as_ref()));
        provide_context(crate::desks::links(state));
        if let Some(mailbox) = crate::mail::demo_mailbox(&state.config) {
            provide_context(mailbox);
        }
        if let Some(more) = &self.more {
            more();
        }
        if let Some(nonce) = use_nonce() {
            let _set_once = self.nonce.set(nonce.to_string());
        }
    }
}

const fn nav_role(role: Option<AccountRole>) -> NavRole {
    match role {
        None => NavRole::Anonymous,
        Some(AccountRole::Supplier) => NavRole::Supplier,
        Some(AccountRole::Reviewer) => NavRole::Reviewer,
        Some(AccountRole::Administrator) => NavRole::Administrator,
    }
}

/// Renders the page of this request; an anonymous one is kept for the next visitor when it may be.
async fn render(state: &AppState, request: Request, keepable: bool) -> Response {
    let keepable = keepable && request.uri().query().is_none();
    let path = request.uri().path().to_owned();
    let contexts = Contexts::of(state, &request);
    let keep = match (&contexts.signed, &contexts.request) {
        (None, Some(context)) if keepable => Some((path, context.lang)),
        _ => None,
    };
    draw(contexts, request, shell, keep).await
}

/// Renders the page at the address of this request, with what a handler adds to its contexts, under another status.
pub async fn render_with(
    state: &AppState,
    request: Request,
    status: StatusCode,
    more: impl Fn() + Send + Sync + 'static,
) -> Response {
    let contexts = Contexts {
        more: Some(Arc::new(more)),
        ..Contexts::of(state, &request)
    };
    let mut response = draw(contexts, request, shell, None).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// The page of a refusal or of a failure; the caller sets the status.
pub(super) async fn error_page(
    state: &AppState,
    context: &RequestContext,
    signed: Option<SignedIn>,
    uri: &Uri,
    kind: ErrorKind,
) -> Response {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri.clone();
    let contexts = Contexts {
        request: Some(context.clone()),
        signed,
        ..Contexts::anonymous(state)
    };
    draw(contexts, request, move || error_shell(kind.clone()), None).await
}

async fn draw<V: IntoView + 'static>(
    contexts: Contexts,
    request: Request,
    view: impl Fn() -> V + Clone + Send + Sync + 'static,
    keep: Option<(String, domain::text::Lang)>,
) -> Response {
    let private = within(request.uri().path(), SIGN_IN);
    let provide = contexts.clone();
    let render = render_app_async_with_context(move || provide.provide(), view);
    let (parts, body) = render(request).await.into_parts();
    let asked = contexts.reply.parts();
    if let Some(location) = asked.location {
        return Redirect::to(&location).into_response();
    }
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Fault::Internal {
            code: "render".into(),
        }
        .into_response();
    };
    let status = asked
        .status
        .and_then(|code| StatusCode::from_u16(code).ok())
        .unwrap_or(parts.status);
    let body = without_leftovers(body);
    let nonce = contexts.nonce.get().filter(|nonce| holds(&body, nonce));
    if let (Some((path, lang)), StatusCode::OK, None) = (keep, status, nonce) {
        return contexts.state.pages.put(path, lang, body, private);
    }
    let mut response = (status, axum::response::Html(body)).into_response();
    let csp = nonce.and_then(|nonce| headers::nonce_csp(nonce));
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        csp.unwrap_or(headers::PAGE_CSP),
    );
    if private {
        response.headers_mut().insert(
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        );
    }
    response
}

/// Leptos ends every page with inline scripts for data that islands do not use. Without them a page needs no nonce, and is
/// the same bytes for everyone.
fn without_leftovers(body: Bytes) -> Bytes {
    const END: &[u8] = b"</html>";
    match memmem::rfind(&body, END) {
        Some(at) => body.slice(..at + END.len()),
        None => body,
    }
}

fn holds(body: &Bytes, nonce: &str) -> bool {
    !nonce.is_empty() && memmem::find(body, nonce.as_bytes()).is_some()
}

/// Runs a server function, then answers in the way of its caller: a page for a form, data for a script.
async fn function(State(state): State<AppState>, mut request: Request) -> Response {
    let html = accepts_html(request.headers());
    let back = referer::page_of(&state.config.origin, request.headers());
    request.headers_mut().remove(header::ACCEPT);
    request.headers_mut().remove(header::REFERER);
    let contexts = Contexts::of(&state, &request);
    let reply = contexts.reply.clone();
    let response = handle_server_fns_with_context(move || contexts.provide(), request)
        .await
        .into_response();
    let asked = reply.parts();
    let error = if response.headers().contains_key(FUNCTION_ERROR) {
        read_error(response.into_body()).await
    } else if response.status() == StatusCode::BAD_REQUEST {
        // No function has this name; what Leptos says then is for its developers.
        return Fault::NotFound.into_response();
    } else {
        return done(html, asked.location, back, response);
    };
    failed(html, asked, error)
}

/// A server function that succeeded.
fn done(
    html: bool,
    location: Option<String>,
    back: Option<String>,
    mut response: Response,
) -> Response {
    if html {
        let location = location.or(back).unwrap_or_else(|| "/".into());
        return Redirect::to(&location).into_response();
    }
    if let Some(location) = location.and_then(|path| HeaderValue::from_str(&path).ok()) {
        let headers = response.headers_mut();
        headers.insert(header::LOCATION, location);
        headers.insert(SCRIPT_REDIRECT, HeaderValue::from_static(""));
    }
    response
}

/// A server function that answered an error: the place that it chose, a page that says what happened, or the error as data.
/// Its text is never put in an address.
fn failed(html: bool, asked: ReplyParts, error: Option<AppError>) -> Response {
    let error = error.unwrap_or(AppError::Unreadable);
    if html {
        return match (asked.location, error) {
            (Some(location), _) => Redirect::to(&location).into_response(),
            (None, AppError::SignIn) => Redirect::to(SIGN_IN).into_response(),
            (None, error) => Fault::App(error).into_response(),
        };
    }
    let status = asked
        .status
        .and_then(|code| StatusCode::from_u16(code).ok())
        .or_else(|| StatusCode::from_u16(error.status()).ok())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(FUNCTION_ERROR, "1")], axum::Json(error)).into_response()
}

async fn read_error(body: Body) -> Option<AppError> {
    let bytes = to_bytes(body, usize::MAX).await.ok()?;
    serde_json::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_with_its_end() {
        for (body, expected) in [
            (
                "<html></html><script nonce=\"x\">A=[]</script>",
                "<html></html>",
            ),
            (
                "<html><p>&lt;/html></p></html>",
                "<html><p>&lt;/html></p></html>",
            ),
            ("text", "text"),
        ] {
            assert_eq!(
                without_leftovers(Bytes::from_static(body.as_bytes())),
                expected
            );
        }
    }

    #[test]
    fn only_pages_without_a_person_are_kept() {
        for (route, kept) in [
            ("/", true),
            ("/aide", true),
            ("/connexion", true),
            ("/connexion/envoye", false),
            ("/connexion/lien/{token}", false),
            ("/demo/courriels", false),
            ("/espace", false),
            ("/declarations/{id}", false),
            ("/instruction", false),
            ("/administration/envois", false),
        ] {
            assert_eq!(is_the_same_for_everyone(route), kept, "{route}");
        }
    }
}
