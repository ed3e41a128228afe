//! One journal line a request: the route and not the address, the account and not the person.

use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::context::RequestContext;
use super::headers::is_static;
use super::session::SignedIn;

/// The template of the route that answered, such as `/connexion/lien/{token}`: it holds no token and no identifier.
#[derive(Clone, Debug)]
pub(super) struct Route(MatchedPath);

/// Leaves the template of the route on the answer.
pub(super) async fn note_route(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(matched) = matched {
        response.extensions_mut().insert(Route(matched));
    }
    response
}

/// Writes the line. Addresses, queries, cookies and bodies are never in it. Files are only worth a line when debugging.
pub(super) fn request(
    context: &RequestContext,
    method: &Method,
    fault: Option<&str>,
    millis: u64,
    response: &Response,
) {
    let status = response.status();
    let extensions = response.extensions();
    let route = extensions
        .get::<Route>()
        .map_or("-", |Route(path)| path.as_str());
    let account = extensions
        .get::<SignedIn>()
        .map(|signed| signed.account.id.to_string());
    let account = account.as_deref().unwrap_or("-");
    let method = known(method);
    let (id, fault) = (context.id.as_str(), fault.unwrap_or("-"));
    macro_rules! line {
        ($level:ident, $event:literal) => {
            tracing::$level!(
                event = $event,
                request_id = id,
                method,
                route,
                status = status.as_u16(),
                millis,
                account,
                fault
            )
        };
    }
    match status {
        status if status.is_server_error() => line!(error, "request"),
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS => {
            line!(warn, "request_denied");
        }
        _ if is_static(response.headers()) => line!(debug, "request"),
        _ => line!(info, "request"),
    }
}

/// A method is free text that a client chooses: only the usual ones are repeated.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
