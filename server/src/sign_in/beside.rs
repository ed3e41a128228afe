//! The forms of sign-in for a page that stays where it is: what a redirection or a page would say, as names and values.

use app::pages::sign_in::SignInProblem;
use axum::Form;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::http::{RequestContext, is_form_type};

pub(super) async fn answer(request: Request, next: Next) -> Response {
    let asked = request
        .headers()
        .get(header::ACCEPT)
        .is_some_and(is_form_type);
    let lang = request
        .extensions()
        .get::<RequestContext>()
        .map(|context| context.lang);
    let mut response = next.run(request).await;
    let Some(lang) = lang.filter(|_| asked) else {
        return response;
    };
    if response.status().is_redirection() {
        let cookies = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .cloned();
        let mut told = Form([("done", "1")]).into_response();
        for cookie in cookies {
            told.headers_mut().append(header::SET_COOKIE, cookie);
        }
        return told;
    }
    match response.extensions_mut().remove::<SignInProblem>() {
        Some(problem) => {
            let words = problem.words().get(lang);
            (response.status(), Form([("problem", words)])).into_response()
        }
        None => response,
    }
}
