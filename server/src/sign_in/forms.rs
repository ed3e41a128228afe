//! The forms of sign-in and sign-out: what they accept, and the cookies that they set.

use app::pages::sign_in::{SignInProblem, SignInView};
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::provide_context;
use serde::Deserialize;
use store::sign_in::{Denied, Proof};
use store::{Txn, parked_posts, sessions};

use super::browser::Browser;
use super::link::{code_hash, read_code, token_hash};
use super::redeem::{Begun, Outcome, entry, redeem};
use super::request::request;
use super::{email, leads_somewhere, parked};
use crate::http::areas::home;
use crate::http::fault::Fault;
use crate::http::{RequestContext, SignedIn, cookies, leptos as pages};
use crate::state::AppState;

const SENT: &str = "/connexion/envoye";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    next: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: String,
}

/// A page of sign-in shown again in answer to a form.
struct Again {
    path: String,
    status: StatusCode,
    view: SignInView,
}

/// Asks for a link. The browser gets its cookie here, not on reading the page.
pub(super) async fn ask(
    State(state): State<AppState>,
    context: RequestContext,
    headers: HeaderMap,
    form: Result<Form<AskForm>, FormRejection>,
) -> Result<Response, Fault> {
    let Form(form) = form.map_err(|_| Fault::BadRequest)?;
    let next = Some(form.next).filter(|next| leads_somewhere(next));
    let Some(address) = email::normalize(&form.email) else {
        let view = SignInView {
            email: form.email.chars().take(300).collect(),
            next,
            problem: Some(SignInProblem::Email),
        };
        return Ok(Again::new(app::routes::path::SIGN_IN, view)
            .show(&state, &context)
            .await);
    };
    let browser = match Browser::of(&headers, &state.keys) {
        Some(browser) => browser,
        None => Browser::new()?,
    };
    request(
        &state,
        &context,
        &browser,
        &address,
        next.as_deref(),
        context.lang,
    )
    .await?;
    let mut response = Redirect::to(SENT).into_response();
    cookies::append(response.headers_mut(), browser.cookie(&state.keys)?);
    Ok(response)
}

/// The code of the mail, typed in the browser that asked.
pub(super) async fn code(
    State(state): State<AppState>,
    context: RequestContext,
    headers: HeaderMap,
    form: Result<Form<CodeForm>, FormRejection>,
) -> Result<Response, Fault> {
    let Form(form) = form.map_err(|_| Fault::BadRequest)?;
    let Some(code) = read_code(&form.code) else {
        return Ok(again(SENT, SignInProblem::CodeShape)
            .show(&state, &context)
            .await);
    };
    let Some(browser) = Browser::of(&headers, &state.keys) else {
        return Ok(again(SENT, SignInProblem::NotAsked)
            .show(&state, &context)
            .await);
    };
    let proof = Proof::Code {
        code: code_hash(&state.keys, &code),
        browser: browser.hash(),
    };
    let outcome = redeem(&state, &context, &headers, proof).await?;
    finish(&state, &context, Some(browser), outcome, SENT).await
}

/// The button of the link's page, in the browser that asked; elsewhere, the button and the code.
pub(super) async fn link(
    State(state): State<AppState>,
    context: RequestContext,
    uri: Uri,
    Path(token): Path<String>,
    headers: HeaderMap,
    form: Result<Form<CodeForm>, FormRejection>,
) -> Result<Response, Fault> {
    // A button alone sends an empty body, which is a form too.
    let Form(form) = form.map_err(|_| Fault::BadRequest)?;
    let browser = Browser::of(&headers, &state.keys);
    let here = uri.path();
    let typed = form.code.trim();
    let proof = if typed.is_empty() {
        let Some(browser) = &browser else {
            return Ok(again(here, SignInProblem::Elsewhere)
                .show(&state, &context)
                .await);
        };
        Proof::Link {
            token: token_hash(&token),
            browser: browser.hash(),
        }
    } else {
        let Some(code) = read_code(typed) else {
            return Ok(again(here, SignInProblem::CodeShape)
                .show(&state, &context)
                .await);
        };
        Proof::LinkAndCode {
            token: token_hash(&token),
            code: code_hash(&state.keys, &code),
        }
    };
    let outcome = redeem(&state, &context, &headers, proof).await?;
    finish(&state, &context, browser, outcome, here).await
}

/// Ends the session everywhere it is remembered, and empties what the browser kept.
pub(super) async fn sign_out(
    State(state): State<AppState>,
    signed: Option<axum::Extension<SignedIn>>,
) -> Result<Response, Fault> {
    if let Some(axum::Extension(signed)) = signed {
        let now = state.clock.now();
        let (session, account) = (signed.session, signed.account);
        state
            .store
            .write(|txn: Txn| async move {
                txn.audit(entry(&account, "signed_out", now));
                sessions::end(&txn, session).await
            })
            .await?;
        state.sessions.forget(session);
    }
    let mut response = Redirect::to("/").into_response();
    let headers = response.headers_mut();
    headers.insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"storage\""),
    );
    cookies::append(headers, cookies::clear(cookies::SESSION));
    cookies::append(headers, cookies::clear(cookies::BROWSER));
    Ok(response)
}

async fn finish(
    state: &AppState,
    context: &RequestContext,
    browser: Option<Browser>,
    outcome: Outcome,
    path: &str,
) -> Result<Response, Fault> {
    let problem = match outcome {
        Outcome::Begun { token, begun } => return begin(state, browser, &token, begun).await,
        Outcome::Denied(Denied::WrongCode { left: 1.. }) => SignInProblem::WrongCode,
        Outcome::Denied(_) => SignInProblem::Dead,
        Outcome::Closed => SignInProblem::AccountClosed,
    };
    Ok(again(path, problem).show(state, context).await)
}

/// Sets the cookies of a new session and leads to where the person was going, or to a form that waits to be sent.
async fn begin(
    state: &AppState,
    browser: Option<Browser>,
    token: &str,
    begun: Begun,
) -> Result<Response, Fault> {
    let mut browser = match browser {
        Some(browser) => browser,
        None => Browser::new()?,
    };
    let account = begun.account.id;
    browser.account = Some(account);
    let waiting = parked_posts::waiting(
        state.store.read(),
        browser.hash(),
        account,
        state.clock.now(),
    )
    .await?;
    let next = match waiting {
        Some(_) => parked::PAGE.to_owned(),
        None => begun
            .next_path
            .filter(|next| leads_somewhere(next))
            .unwrap_or_else(|| home(begun.account.role).to_owned()),
    };
    let mut response = Redirect::to(&next).into_response();
    let headers = response.headers_mut();
    cookies::append(headers, cookies::set(cookies::SESSION, token, None));
    cookies::append(headers, browser.cookie(&state.keys)?);
    Ok(response)
}

fn again(path: &str, problem: SignInProblem) -> Again {
    Again::new(
        path,
        SignInView {
            problem: Some(problem),
            ..SignInView::default()
        },
    )
}

impl Again {
    fn new(path: &str, view: SignInView) -> Self {
        let status = match view.problem {
            None => StatusCode::OK,
            Some(SignInProblem::Dead) => StatusCode::GONE,
            Some(SignInProblem::AccountClosed) => StatusCode::FORBIDDEN,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self {
            path: path.to_owned(),
            status,
            view,
        }
    }

    /// Draws the page at its own address, with what the person typed.
    async fn show(self, state: &AppState, context: &RequestContext) -> Response {
        let mut page = Request::new(axum::body::Body::empty());
        *page.method_mut() = Method::GET;
        if let Ok(uri) = self.path.parse() {
            *page.uri_mut() = uri;
        }
        page.extensions_mut().insert(context.clone());
        let view = self.view;
        let problem = view.problem;
        let mut shown = pages::render_with(state, page, self.status, move || {
            provide_context(view.clone());
        })
        .await;
        if let Some(problem) = problem {
            shown.extensions_mut().insert(problem);
        }
        shown
    }
}
