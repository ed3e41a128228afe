//! Who is asking, and whether they may: settled here, before any page or handler runs.

use std::sync::Arc;

use app::routes::path;
use app::visitor::{AccountRole, Identity, Visitor};
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Duration, Utc};
use domain::text::Lang;
use store::accounts::{Account, Role};
use store::{Hash, StoreError, Txn, sessions};

use super::areas::Area;
use super::context::RequestContext;
use super::fault::Fault;
use super::frame::accepts_html;
use super::limits::Act;
use super::{body, cookies};
use crate::sign_in::parked;
use crate::state::AppState;

/// A session is marked as seen at most once in this time, so that reading stays reading.
const SEEN_EVERY: Duration = Duration::minutes(1);

/// Below it, the answers to the codes of attestations.
const VERIFIED: &str = "/verifier/";

/// The signed-in person of a request.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The hash of the session's identifier.
    pub session: Hash,
    pub account: Arc<Account>,
    /// When the session ends if nothing more is asked.
    pub idle_until: DateTime<Utc>,
    /// When it ends in any case.
    pub expires_at: DateTime<Utc>,
}

impl SignedIn {
    /// The person, as pages and desks know them.
    pub fn visitor(&self) -> Visitor {
        Visitor::SignedIn(self.identity())
    }

    /// The same, of who is certain to be somebody.
    pub fn identity(&self) -> Identity {
        let account = &self.account;
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Identity {
            account: account.id,
            role: match account.role {
                Role::Supplier => AccountRole::Supplier,
                Role::Reviewer => AccountRole::Reviewer,
                Role::Administrator => AccountRole::Administrator,
            },
            email: account.email.clone(),
            name: given(&account.name),
            quality: given(&account.quality),
            lang: Lang::from_tag(&account.language).unwrap_or_default(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(Fault::SignedOut)
    }
}

pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let shown = cookies::get(request.headers(), cookies::SESSION).is_some();
    let (mut response, signed) = match admit(&state, request).await {
        Ok((request, signed)) if is_upload(&request) => (receive(request, next).await, signed),
        Ok((request, signed)) => (next.run(request).await, signed),
        Err(refusal) => refusal,
    };
    // While the database is away or fails, nobody knows whether the session lives: its cookie is kept for when it is back.
    // The page of a fault is made anew, without this header; what is not made anew must keep the cookie as well.
    let stale = shown && !response.status().is_server_error();
    match signed {
        Some(signed) => {
            // For the journal, and for the header of an error page.
            response.extensions_mut().insert(signed);
        }
        // A dead cookie would keep the browser away from the cached pages.
        None if stale && !sets_session(response.headers()) => {
            cookies::append(response.headers_mut(), cookies::clear(cookies::SESSION));
        }
        None => {}
    }
    response
}

/// Hands a file on its way to whoever receives it, and reads what they left of it.
async fn receive(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let rest = body::Shared::new(body);
    let request = Request::from_parts(parts, Body::from_stream(rest.clone()));
    let response = next.run(request).await;
    body::discard(rest).await;
    response
}

/// Lets a request in with its body read, or says where it must go instead.
async fn admit(
    state: &AppState,
    request: Request,
) -> Result<(Request, Option<SignedIn>), (Response, Option<SignedIn>)> {
    let changing = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let signed = match current(state, request.headers(), changing).await {
        Ok(signed) => signed,
        Err(fault) => return Err((fault.into_response(), None)),
    };
    let upload = is_upload(&request);
    let before_upload = page_of_upload(request.uri().path());
    let request = if changing && !upload {
        match with_body(state, request, signed.as_ref()).await {
            Ok(request) => request,
            Err(fault) => return Err((fault.into_response(), signed)),
        }
    } else {
        request
    };
    if is_lookup(request.uri())
        && let Err(fault) = count(state, &request, signed.as_ref(), Act::Lookup)
    {
        return Err((fault.into_response(), signed));
    }
    let act = if crate::documents::is_piece(request.uri().path()) {
        Act::Piece
    } else {
        Act::Form
    };
    if upload && let Err(fault) = count(state, &request, signed.as_ref(), act) {
        return Err((fault.into_response(), signed));
    }
    let area = Area::of(request.uri().path());
    let role = signed.as_ref().map(|signed| signed.account.role);
    if area.admits(role) {
        let mut request = request;
        if let Some(signed) = &signed {
            request.extensions_mut().insert(signed.clone());
        }
        return Ok((request, signed));
    }
    if upload {
        // A file is not kept for later: the browser reads the answer once it has sent some of it.
        body::discard(request.into_body().into_data_stream()).await;
        return Err(match signed {
            Some(_) => (Fault::Forbidden.into_response(), signed),
            None => (sign_in_first(Some(&before_upload)), None),
        });
    }
    if signed.is_some() {
        return Err((Fault::Forbidden.into_response(), signed));
    }
    if changing && !accepts_html(request.headers()) {
        return Err((Fault::SignedOut.into_response(), None));
    }
    let next = request.uri().path_and_query().map(ToString::to_string);
    if !changing {
        return Err((sign_in_first(next.as_deref()), None));
    }
    match parked::park(state, request).await {
        Ok(kept) => {
            let mut response = sign_in_first(kept.next.as_deref());
            cookies::append(response.headers_mut(), kept.cookie);
            Err((response, None))
        }
        Err(fault) => Err((fault.into_response(), None)),
    }
}

/// The session of this request, if it lives. Changes always ask the database; reading may rely on a few seconds of memory.
pub async fn current(
    state: &AppState,
    headers: &HeaderMap,
    changing: bool,
) -> Result<Option<SignedIn>, Fault> {
    let Some(token) = cookies::get(headers, cookies::SESSION) else {
        return Ok(None);
    };
    let id = Hash::of(token);
    let now = state.clock.now();
    if !changing && let Some(signed) = state.sessions.get(id, now) {
        return Ok(Some(signed));
    }
    let Some(session) = sessions::find(state.store.read(), id, now).await? else {
        state.sessions.forget(id);
        return Ok(None);
    };
    if now - session.seen_at >= SEEN_EVERY {
        let touched = state
            .store
            .write(|txn: Txn| async move { sessions::touch(&txn, id, session.idle, now).await })
            .await;
        match touched {
            // It ended between the two statements.
            Err(StoreError::NotFound) => return Ok(None),
            // Reading goes on while the database cannot be written.
            Err(error) => tracing::warn!(event = "session_not_marked", error = error.code()),
            Ok(()) => {}
        }
    }
    let signed = SignedIn {
        session: id,
        account: Arc::new(session.account),
        idle_until: session.idle_until,
        expires_at: session.expires_at,
    };
    state.sessions.remember(id, signed.clone(), now);
    Ok(Some(signed))
}

/// Counts the form, then reads it.
async fn with_body(
    state: &AppState,
    request: Request,
    signed: Option<&SignedIn>,
) -> Result<Request, Fault> {
    let act = if is_typing(request.uri().path()) {
        Act::Typing
    } else {
        Act::Form
    };
    count(state, &request, signed, act)?;
    let (parts, stream) = request.into_parts();
    let bytes = body::read(&parts.headers, stream, state.config.limits.body_bytes).await?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// A page that saves while somebody types: many times a minute, a little each time.
fn is_typing(at: &str) -> bool {
    at.starts_with("/declarations/") && at.ends_with("/saisie")
}

/// A file on its way: its body is read as it comes, by whom it is for.
pub(super) fn is_upload(request: &Request) -> bool {
    let at = request.uri().path();
    request.method() == Method::POST
        && (at == path::IMPORT_UPLOAD
            || crate::documents::takes_files(at)
            || crate::lists::takes_files(at))
}

/// The page whose form sends files to this address.
fn page_of_upload(at: &str) -> String {
    at.rsplit_once('/')
        .map_or_else(String::new, |(page, _)| page.to_owned())
}

/// Counts one act of this session, or of this network when there is none.
fn count(
    state: &AppState,
    request: &Request,
    signed: Option<&SignedIn>,
    act: Act,
) -> Result<(), Fault> {
    let counted = match (signed, request.extensions().get::<RequestContext>()) {
        (Some(signed), _) => state.limits.check(act, signed.session),
        (None, Some(context)) => state.limits.check(act, context.network()),
        (None, None) => Ok(()),
    };
    counted.map_err(|limit| Fault::TooMany {
        retry_after: limit.retry_after,
    })
}

/// True for what asks the register of companies, which many share, and for what tries a code.
fn is_lookup(uri: &Uri) -> bool {
    match uri.path() {
        "/espace/recherche" | path::PREPARED | path::VERIFY | path::FOLLOW_LINK => {
            uri.query().is_some()
        }
        // A code could be guessed, and companies listed, by trying many.
        at if at.starts_with(VERIFIED) || at.starts_with(path::JOINING) => true,
        at => [
            "/fn/open-company",
            "/fn/open-by-link",
            "/fn/answer-prepared",
            "/fn/prepare-draft",
            "/fn/prepare-for",
            "/fn/amend-declaration",
            path::START_FROM_SIMULATOR,
        ]
        .contains(&at),
    }
}

/// Sends to the sign-in page, which comes back to `next`.
fn sign_in_first(next: Option<&str>) -> Response {
    Redirect::to(&crate::sign_in::address(next)).into_response()
}

fn sets_session(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::SET_COOKIE)
        .iter()
        .any(|cookie| cookie.as_bytes().starts_with(cookies::SESSION.as_bytes()))
}
