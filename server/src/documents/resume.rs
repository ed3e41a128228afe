//! A file that comes in pieces: the browser asks how much is here, and sends the rest.

use std::time::Duration;

use axum::Extension;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::documents::DocumentRefusal;
use futures::StreamExt;
use serde::Deserialize;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use super::parts::finish;
use super::receive::{At, disk, place};
use crate::desks::documents_desk;
use crate::http::fault::Fault;
use crate::http::{RequestContext, SignedIn};
use crate::state::AppState;

/// A browser that sends nothing for so long has gone.
const PATIENCE: Duration = Duration::from_mins(1);

/// Which file, and from where the piece goes on.
#[derive(Debug, Deserialize)]
pub(super) struct Piece {
    #[serde(rename = "envoi")]
    upload: Uuid,
    #[serde(default, rename = "debut")]
    offset: u64,
}

/// How much of the file is here.
pub(super) async fn so_far(
    State(state): State<AppState>,
    Path((id, line)): At,
    Query(piece): Query<Piece>,
    signed: SignedIn,
    Extension(context): Extension<RequestContext>,
) -> Result<Response, Fault> {
    let (desk, line) = (documents_desk(&state, &signed, &context), place(&line)?);
    if let Err(refusal) = desk.room(id, line).await.map_err(Fault::App)? {
        return Ok(refused(&state, &context, refusal));
    }
    Ok(
        match state
            .documents
            .length(signed.account.id, piece.upload)
            .await
        {
            Ok(offset) => Json(json!({ "offset": offset })).into_response(),
            Err(error) => refused(&state, &context, disk(error)),
        },
    )
}

/// Adds a piece at the end of what is here; a piece from elsewhere is answered with where to go on.
pub(super) async fn more(
    State(state): State<AppState>,
    Path((id, line)): At,
    Query(piece): Query<Piece>,
    signed: SignedIn,
    Extension(context): Extension<RequestContext>,
    body: Body,
) -> Result<Response, Fault> {
    let (desk, line) = (documents_desk(&state, &signed, &context), place(&line)?);
    if let Err(refusal) = desk.room(id, line).await.map_err(Fault::App)? {
        return Ok(refused(&state, &context, refusal));
    }
    Ok(match add(&state, signed.account.id, &piece, body).await {
        Ok((status, offset)) => (status, Json(json!({ "offset": offset }))).into_response(),
        Err(refusal) => refused(&state, &context, refusal),
    })
}

async fn add(
    state: &AppState,
    account: Uuid,
    piece: &Piece,
    body: Body,
) -> Result<(StatusCode, u64), DocumentRefusal> {
    let documents = &state.documents;
    let part = documents
        .take_part(account, piece.upload)
        .ok_or(DocumentRefusal::Busy)?;
    let mut offset = documents
        .length(account, piece.upload)
        .await
        .map_err(disk)?;
    if offset != piece.offset {
        return Ok((StatusCode::CONFLICT, offset));
    }
    if offset == 0 && !documents.has_room(account).await.map_err(disk)? {
        return Err(DocumentRefusal::Busy);
    }
    let limit = state.config.documents.limits.bytes;
    let (mut file, mut body) = (part.open().await.map_err(disk)?, body.into_data_stream());
    loop {
        let chunk = tokio::time::timeout(PATIENCE, body.next()).await;
        match chunk.map_err(|_| DocumentRefusal::Interrupted)? {
            Some(Ok(chunk)) => {
                offset += chunk.len() as u64;
                if offset > limit {
                    part.throw_away().await;
                    return Err(DocumentRefusal::TooLarge);
                }
                file.write_all(&chunk).await.map_err(disk)?;
            }
            // What came stays: the rest goes on from there.
            Some(Err(_)) => {
                finish(file).await.map_err(disk)?;
                return Err(DocumentRefusal::Interrupted);
            }
            None => {
                finish(file).await.map_err(disk)?;
                return Ok((StatusCode::OK, offset));
            }
        }
    }
}

fn refused(state: &AppState, context: &RequestContext, refusal: DocumentRefusal) -> Response {
    let message = refusal.message(context.lang, &state.config.documents.limits);
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let body = json!({ "refusal": refusal.code(), "message": message });
    (status, Json(body)).into_response()
}
