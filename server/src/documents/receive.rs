//! Receives a document as the form of its page sends it, whole or as the end of one that came in pieces.

use std::time::Duration;

use app::views::Typed;
use axum::Extension;
use axum::Json;
use axum::body::Bytes;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::documents::{Document, DocumentRefusal, clean_name};
use domain::form::{Place, rules, sha256_hex};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use super::parts::{Part, finish};
use super::read::read;
use super::storage::Part as Stored;
use crate::desks::{Attached, Sent, documents_desk};
use crate::http::fault::Fault;
use crate::http::{RequestContext, SignedIn, accepts_html};
use crate::state::AppState;

/// A browser that sends nothing for so long has gone.
const PATIENCE: Duration = Duration::from_mins(1);
/// How much of a file that is too large is thrown away, so that the browser is still there to read why.
const DISCARDED: u64 = 300_000_000;
const DISCARD_TIME: Duration = Duration::from_mins(2);
/// The longest answer beside the file.
const ANSWER: usize = 1_000;

/// The place in a declaration, from the address.
pub(super) type At = Path<(Uuid, String)>;

/// What is no place is no page.
pub(super) fn place(code: &str) -> Result<Place, Fault> {
    code.parse().map_err(|_| Fault::NotFound)
}

/// The page of the place.
pub(super) fn page(id: Uuid, line: Place) -> String {
    format!("/declarations/{id}/pieces/{line}")
}

/// Whoever opens the address by hand, or reloads it, sees the page.
pub(super) async fn elsewhere(Path((id, line)): At) -> Result<Redirect, Fault> {
    Ok(Redirect::to(&page(id, place(&line)?)))
}

/// What the form says beside the file.
#[derive(Debug, Default)]
struct Answers {
    /// The mark of the place, as the page showed it.
    status: String,
    valid_from: String,
    valid_to: String,
    /// The file came in pieces, under this name.
    upload: Option<Uuid>,
    name: String,
    /// The document that goes when this one comes.
    replaces: Option<Uuid>,
}

pub(super) async fn receive(
    State(state): State<AppState>,
    Path((id, line)): At,
    signed: SignedIn,
    Extension(context): Extension<RequestContext>,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, Fault> {
    let (desk, line) = (documents_desk(&state, &signed, &context), place(&line)?);
    // Somebody else's declaration does not exist; one that was sent takes no document.
    let room = desk.room(id, line).await.map_err(Fault::App)?;
    let mut answers = Answers::default();
    let outcome = match room {
        Ok(()) => take(&state, &signed, (id, line), form, &mut answers, &context).await?,
        Err(refusal) => {
            discard(form).await;
            Err(refusal)
        }
    };
    if !accepts_html(&headers) {
        return Ok(told(&state, &context, (id, line), outcome));
    }
    Ok(match outcome {
        Ok(attached) => Redirect::to(&next(id, line, attached)).into_response(),
        Err(refusal) => {
            let typed = Typed {
                problem: refusal.code().to_owned(),
                fields: [
                    ("valid_from".to_owned(), answers.valid_from),
                    ("valid_to".to_owned(), answers.valid_to),
                ]
                .into(),
            };
            let why = match desk.keep_typed(id, typed).await {
                Ok(copy) => format!("saisie={copy}"),
                Err(_) => format!("refus={}", refusal.code()),
            };
            Redirect::to(&format!("{}?{why}#errors", page(id, line))).into_response()
        }
    })
}

/// Where the browser goes once the document is there.
fn next(id: Uuid, line: Place, attached: Attached) -> String {
    let done = match attached {
        Attached::New => "ajoutee",
        Attached::Already => "deja",
        Attached::Redated => "dates",
    };
    format!("{}?fait={done}", page(id, line))
}

/// The same for a script.
fn told(
    state: &AppState,
    context: &RequestContext,
    (id, line): (Uuid, Place),
    outcome: Result<Attached, DocumentRefusal>,
) -> Response {
    match outcome {
        Ok(attached) => Json(json!({ "next": next(id, line, attached) })).into_response(),
        Err(refusal) => {
            let message = refusal.message(context.lang, &state.config.documents.limits);
            let status =
                StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            let body = json!({ "refusal": refusal.code(), "message": message });
            (status, Json(body)).into_response()
        }
    }
}

/// Reads the form to its file, keeps it, and attaches it.
async fn take(
    state: &AppState,
    signed: &SignedIn,
    (id, line): (Uuid, Place),
    mut form: Multipart,
    answers: &mut Answers,
    context: &RequestContext,
) -> Result<Result<Attached, DocumentRefusal>, Fault> {
    let account = signed.account.id;
    loop {
        let field = tokio::time::timeout(PATIENCE, form.next_field()).await;
        let Ok(Ok(field)) = field else {
            return Ok(Err(DocumentRefusal::Interrupted));
        };
        let Some(field) = field else {
            // The file came before, in pieces.
            let Some(upload) = answers.upload else {
                return Ok(Err(DocumentRefusal::NoFile));
            };
            let Some(part) = state.documents.take_part(account, upload) else {
                return Ok(Err(DocumentRefusal::Busy));
            };
            return keep(state, signed, (id, line), answers, &part, context).await;
        };
        match field.name().unwrap_or_default().to_owned().as_str() {
            "file" => {
                answers.name = clean_name(field.file_name().unwrap_or_default());
                if answers.name.is_empty() {
                    return Ok(Err(DocumentRefusal::NoFile));
                }
                let upload = store::new_id(state.clock.now());
                let Some(part) = state.documents.take_part(account, upload) else {
                    return Ok(Err(DocumentRefusal::Busy));
                };
                // Nobody can go on with it: it goes with this request, even one that the browser cuts.
                let part = part.whole();
                let limit = state.config.documents.limits.bytes;
                let filled = fill(state, account, &part, field, limit).await;
                let kept = match filled {
                    Ok(()) => keep(state, signed, (id, line), answers, &part, context).await,
                    Err(refusal) => Ok(Err(refusal)),
                };
                drop(part);
                if matches!(kept, Ok(Err(_))) {
                    discard(form).await;
                }
                return kept;
            }
            "status" => answers.status = text(field).await,
            "valid_from" => answers.valid_from = text(field).await,
            "valid_to" => answers.valid_to = text(field).await,
            "name" => answers.name = clean_name(&text(field).await),
            "replaces" => answers.replaces = Uuid::parse_str(&text(field).await).ok(),
            "upload" => answers.upload = Uuid::parse_str(&text(field).await).ok(),
            _ => {}
        }
    }
}

/// A short answer; what is longer is cut.
async fn text(mut field: Field<'_>) -> String {
    let mut bytes = Vec::new();
    while let Ok(Ok(Some(chunk))) = tokio::time::timeout(PATIENCE, field.chunk()).await {
        let room = ANSWER.saturating_sub(bytes.len());
        bytes.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Writes the file as it comes, up to the limit.
async fn fill(
    state: &AppState,
    account: Uuid,
    part: &Part<'_>,
    mut field: Field<'_>,
    limit: u64,
) -> Result<(), DocumentRefusal> {
    if !state.documents.has_room(account).await.map_err(disk)? {
        return Err(DocumentRefusal::Busy);
    }
    let mut file = part.open().await.map_err(disk)?;
    let mut bytes = 0;
    loop {
        let chunk = tokio::time::timeout(PATIENCE, field.chunk()).await;
        match chunk.map_err(|_| DocumentRefusal::Interrupted)? {
            Ok(Some(chunk)) => {
                bytes += chunk.len() as u64;
                if bytes > limit {
                    drain(field).await;
                    return Err(DocumentRefusal::TooLarge);
                }
                file.write_all(&chunk).await.map_err(disk)?;
            }
            Ok(None) => return finish(file).await.map_err(disk),
            Err(_) => return Err(DocumentRefusal::Interrupted),
        }
    }
}

pub(super) fn disk(error: std::io::Error) -> DocumentRefusal {
    tracing::error!(event = "document_not_written", error = %error.kind());
    DocumentRefusal::Storage
}

async fn drain(mut field: Field<'_>) {
    let mut seen = 0;
    let reading = async {
        while let Ok(Some(chunk)) = field.chunk().await {
            seen += chunk.len() as u64;
            if seen > DISCARDED {
                break;
            }
        }
    };
    let _time_is_up = tokio::time::timeout(DISCARD_TIME, reading).await;
}

async fn discard(mut form: Multipart) {
    let reading = async {
        while let Ok(Some(field)) = form.next_field().await {
            drain(field).await;
        }
    };
    let _time_is_up = tokio::time::timeout(DISCARD_TIME, reading).await;
}

/// The dates of validity, both optional.
fn dates(
    answers: &Answers,
    today: NaiveDate,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), DocumentRefusal> {
    let date = |typed: &str| match typed.trim() {
        "" => Ok(None),
        typed => rules::parse_date(typed)
            .map(Some)
            .ok_or(DocumentRefusal::Dates),
    };
    let (from, to) = (date(&answers.valid_from)?, date(&answers.valid_to)?);
    match (from, to) {
        (Some(from), Some(to)) if to < from => Err(DocumentRefusal::EndBeforeStart),
        (_, Some(to)) if to < today => Err(DocumentRefusal::AlreadyEnded),
        dates => Ok(dates),
    }
}

/// Judges the file, stores it, then attaches it.
async fn keep(
    state: &AppState,
    signed: &SignedIn,
    (id, line): (Uuid, Place),
    answers: &Answers,
    part: &Part<'_>,
    context: &RequestContext,
) -> Result<Result<Attached, DocumentRefusal>, Fault> {
    let sent = match judged(state, answers, part).await {
        Ok(sent) => sent,
        Err(refusal) => {
            // Wrong dates are typed again; the file that came in pieces need not be sent again for them.
            if refusal.field() == "file" && refusal != DocumentRefusal::Busy {
                part.throw_away().await;
            }
            return Ok(Err(refusal));
        }
    };
    let desk = documents_desk(state, signed, context);
    let attached = desk
        .attach((id, line), &answers.status, &sent)
        .await
        .map_err(Fault::App)?;
    part.throw_away().await;
    if attached.is_ok() {
        state.documents.wake();
        verify(state, &sent).await;
    }
    Ok(attached)
}

async fn judged(
    state: &AppState,
    answers: &Answers,
    part: &Part<'_>,
) -> Result<Sent, DocumentRefusal> {
    let (valid_from, valid_to) = dates(answers, state.clock.today())?;
    let file = tokio::fs::File::open(&part.path).await;
    let file = file.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => DocumentRefusal::Interrupted,
        _ => disk(error),
    })?;
    let reading = read(&state.documents, file.into_std().await).await?;
    let content = Bytes::from(part.read().await.map_err(disk)?);
    let sha256 = sha256_hex(&content);
    let storage = &state.documents.storage;
    // Nothing is removed when this fails: the same content may be there already, as the signed document of somebody.
    let kept = storage.put(Stored::Content, &sha256, content.clone()).await;
    kept.map_err(|error| refused_by_storage(&error))?;
    let mut preview = false;
    if let Some(picture) = &reading.preview {
        let picture = Bytes::from(picture.clone());
        // The document is whole without its picture.
        preview = storage.put(Stored::Preview, &sha256, picture).await.is_ok();
    }
    Ok(Sent {
        document: Document {
            sha256,
            name: answers.name.clone(),
            kind: reading.kind,
            size: content.len() as u64,
            valid_from,
            valid_to,
        },
        preview,
        replaces: answers.replaces,
        content,
    })
}

fn refused_by_storage(error: &object_store::Error) -> DocumentRefusal {
    // The address of the storage may be in its words: only the journal gets them.
    tracing::error!(event = "document_not_stored", error = %error);
    DocumentRefusal::Storage
}

/// The sweep may have removed the same content, nobody's until now, at the same moment: then it is put again.
async fn verify(state: &AppState, sent: &Sent) {
    let storage = &state.documents.storage;
    let sha256 = &sent.document.sha256;
    if let Ok(false) = storage.has(Stored::Content, sha256).await {
        let again = storage.put(Stored::Content, sha256, sent.content.clone());
        if let Err(error) = again.await {
            tracing::error!(event = "document_content_lost", error = %error);
        }
    }
}
