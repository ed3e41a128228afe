//! The records that an import set aside, as a file of contracts to correct and send again.

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::contracts::SETTLES;
use serde_json::{Value, json};
use store::StoreError;
use store::buyer::BuyerStore;
use store::buyer::contracts::Rejected;
use uuid::Uuid;

use crate::http::fault::Fault;
use crate::state::AppState;

/// Records read at a time.
const PAGE: u64 = 500;

pub(super) async fn download(
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
) -> Result<Response, Fault> {
    let import = id.to_string();
    state.buyer.prepare(state.clock.now()).await?;
    if state.buyer.import(&import).await?.is_none() {
        return Err(Fault::NotFound);
    }
    let name = format!("attachment; filename=\"a-corriger-{id}.json\"");
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    let body = Body::from_stream(pages(state.buyer.clone(), import));
    Ok((headers, body).into_response())
}

/// One page of the file after the other, asked for as the browser takes them.
fn pages(
    buyer: BuyerStore,
    import: String,
) -> impl futures::Stream<Item = Result<Bytes, StoreError>> {
    futures::stream::try_unfold(Some(0), move |after: Option<u64>| {
        let (buyer, import) = (buyer.clone(), import.clone());
        async move {
            let Some(after) = after else {
                return Ok(None);
            };
            let page = buyer.quarantined(&import, after, PAGE).await?;
            let mut text = String::new();
            if after == 0 {
                text.push_str("{\"marches\": {\"marche\": [");
            }
            for (rank, one) in page.iter().enumerate() {
                text.push_str(if after == 0 && rank == 0 { "\n" } else { ",\n" });
                text.push_str(&element(&import, one).to_string());
            }
            let last = page.last().map(|last| last.position);
            if last.is_none() {
                text.push_str("\n]}}\n");
            }
            Ok(Some((Bytes::from(text), last)))
        }
    })
}

/// The record as received, with what it is; one that was no record is quoted.
fn element(import: &str, one: &Rejected) -> Value {
    let is = json!({ "import": import, "position": one.position, "raison": one.reason });
    match serde_json::from_str(&one.text) {
        Ok(Value::Object(mut fields)) => {
            fields.insert(SETTLES.to_owned(), is);
            Value::Object(fields)
        }
        _ => json!({ SETTLES: is, "texte": one.text }),
    }
}
