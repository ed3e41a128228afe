//! Hands out a document, or the picture of its first page: to its company, and to the agents once it was signed and cleared.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::documents::Scan;
use domain::lifecycle::Actor;
use object_store::GetResult;
use store::accounts::Role;
use store::audit::Entry;
use store::declarations::actor_code;
use store::documents::{self, Owned};
use store::{StoreError, Txn, memberships};
use uuid::Uuid;

use super::storage::Part;
use crate::http::SignedIn;
use crate::http::fault::Fault;
use crate::state::AppState;

/// Nothing in it runs, even where a browser would show it.
const SANDBOX: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

pub(super) async fn content(
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
    signed: SignedIn,
) -> Result<Response, Fault> {
    let owned = allowed(&state, &signed, id).await?;
    let document = &owned.known.document;
    let found = stored(&state, Part::Content, &document.sha256).await?;
    if signed.account.role != Role::Supplier {
        note(&state, &signed, id, "document_opened").await?;
    }
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(document.kind.media_type()),
        ),
        (header::CONTENT_DISPOSITION, attachment(&document.name)),
        (header::CONTENT_LENGTH, HeaderValue::from(found.meta.size)),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
    ];
    Ok((headers, Body::from_stream(found.into_stream())).into_response())
}

pub(super) async fn preview(
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
    signed: SignedIn,
) -> Result<Response, Fault> {
    let owned = allowed(&state, &signed, id).await?;
    let found = stored(&state, Part::Preview, &owned.known.document.sha256).await?;
    if signed.account.role != Role::Supplier {
        note(&state, &signed, id, "document_first_page_seen").await?;
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CONTENT_LENGTH, HeaderValue::from(found.meta.size)),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
    ];
    Ok((headers, Body::from_stream(found.into_stream())).into_response())
}

/// The document, if this person may open it. What is somebody else's does not exist.
async fn allowed(state: &AppState, signed: &SignedIn, id: Uuid) -> Result<Owned, Fault> {
    let db = state.store.read();
    let owned = documents::find(db, id).await?.ok_or(Fault::NotFound)?;
    let scan = owned.known.scan;
    let may = if signed.account.role == Role::Supplier {
        let own = memberships::role_of(db, signed.account.id, &owned.siren).await?;
        own.is_some() && scan != Scan::Infected
    } else {
        // What is only in a draft is the supplier's own business.
        scan.may_be_opened() && documents::is_signed(db, &owned).await?
    };
    if may { Ok(owned) } else { Err(Fault::NotFound) }
}

async fn stored(state: &AppState, part: Part, sha256: &str) -> Result<GetResult, Fault> {
    match state.documents.storage.get(part, sha256).await {
        Ok(found) => Ok(found),
        Err(object_store::Error::NotFound { .. }) if part == Part::Preview => Err(Fault::NotFound),
        Err(error) => {
            tracing::error!(event = "document_not_found", error = %error);
            Err(Fault::Unavailable)
        }
    }
}

/// Who of the buyer's saw what, and when.
async fn note(state: &AppState, signed: &SignedIn, id: Uuid, act: &str) -> Result<(), Fault> {
    let actor = match signed.account.role {
        Role::Administrator => Actor::administrator(signed.account.id),
        Role::Reviewer | Role::Supplier => Actor::reviewer(signed.account.id),
    };
    let entry = &Entry {
        actor: actor_code(&actor),
        act: act.to_owned(),
        subject: format!("document:{id}"),
        details: serde_json::json!({}),
        at: state.clock.now(),
    };
    let noted = state.store.write(async |txn: Txn| {
        txn.audit(entry.clone());
        Ok::<_, StoreError>(())
    });
    Ok(noted.await?)
}

/// `attachment` with the name, in ASCII for old browsers and in UTF-8 for the others (RFC 6266).
fn attachment(name: &str) -> HeaderValue {
    use std::fmt::Write as _;
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded = name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    });
    HeaderValue::from_str(&format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    ))
    .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            attachment("agrément \"2026\"\r\n.pdf"),
            "attachment; filename=\"agr_ment _2026___.pdf\"; filename*=UTF-8''agr%C3%A9ment%20%222026%22%0D%0A.pdf"
        );
    }
}
