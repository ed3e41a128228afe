//! A document of a status, of another commitment, or of a contest: whether there is room for one more, and attaching it.

use app::error::AppError;
use app::views::Typed;
use axum::body::Bytes;
use domain::documents::{Document, DocumentRefusal, Scan};
use domain::form::{Draft, Place};
use domain::lifecycle::{Command, decide};
use serde_json::json;
use store::audit::Entry;
use store::declarations::{self, actor_code};
use store::documents::{self, NewDocument};
use uuid::Uuid;

use super::SupplierService;
use super::drafting::member;
use crate::desks::common::{account_of, decide_and_apply};
use crate::desks::error::DeskError;

/// A file that came whole, was judged, and is stored.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) document: Document,
    pub(crate) preview: bool,
    pub(crate) content: Bytes,
    /// The document of the place that goes.
    pub(crate) replaces: Option<Uuid>,
}

/// What became of attaching it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attached {
    New,
    /// The same file is there already, with these dates.
    Already,
    /// It is there already, and its dates are new.
    Redated,
}

/// What the upload may ask of the supplier's desk.
pub(crate) struct DocumentsDesk(pub(in crate::desks) SupplierService);

impl DocumentsDesk {
    /// Whether the place is there and may be changed; said before a byte is read.
    pub(crate) async fn room(
        &self,
        id: Uuid,
        place: Place,
    ) -> Result<Result<(), DocumentRefusal>, AppError> {
        let service = &self.0;
        let asked = async {
            let (record, by) = service.mine(id).await?;
            if !record.declaration.status.is_editable() || record.draft.at(place).is_none() {
                return Ok(Err(DocumentRefusal::Moved));
            }
            // Whoever may only read is told before a byte is read, in the words of a save.
            decide(&record.declaration, &Command::Save, &by, service.0.now())?;
            Ok::<_, DeskError>(Ok(()))
        };
        service.0.settle(asked.await)
    }

    /// Writes the document and names it at its place, in one transaction.
    pub(crate) async fn attach(
        &self,
        (id, place): (Uuid, Place),
        mark: &str,
        sent: &Sent,
    ) -> Result<Result<Attached, DocumentRefusal>, AppError> {
        let desk = &self.0.0;
        let (account, now, request) = (account_of(desk), desk.now(), desk.request_id());
        let config = &desk.state.config.documents;
        let most = config.limits.per_claim;
        let scan = if config.clamd.is_some() {
            Scan::Waiting
        } else {
            Scan::NotScanned
        };
        let written = desk
            .state
            .store
            .write(async |txn| {
                let record = declarations::lock(&txn, id, None).await?;
                let by = member(&txn, account, &record).await?;
                let open = record.declaration.status.is_editable();
                let here = record
                    .draft
                    .at(place)
                    .filter(|(here, _)| open && here == mark);
                let Some((_, attached_ids)) = here else {
                    return Ok(Err(DocumentRefusal::Moved));
                };
                let (siren, new) = (&record.company.siren, &sent.document);
                let same = documents::with_content(&txn, siren, &[&new.sha256]).await?;
                let there = same.iter().find(|known| {
                    known.document.name == new.name && attached_ids.contains(&known.id.to_string())
                });
                let dates = |document: &Document| (document.valid_from, document.valid_to);
                if there.is_some_and(|known| dates(&known.document) == dates(new)) {
                    return Ok(Ok(Attached::Already));
                }
                let (attached, act) = match there {
                    Some(_) => (Attached::Redated, "document_redated"),
                    None => (Attached::New, "document_added"),
                };
                let gone = sent.replaces.map(|id| id.to_string());
                let stays = attached_ids.iter().filter(|id| Some(*id) != gone.as_ref());
                if there.is_none() && stays.count() >= most {
                    return Ok(Err(DocumentRefusal::TooMany));
                }
                let new = NewDocument {
                    siren: record.company.siren.clone(),
                    document: sent.document.clone(),
                    preview: sent.preview,
                    scan,
                    by: account,
                };
                let document = documents::keep(&txn, &new, now).await?;
                let draft = match attached {
                    Attached::New => with(record.draft.clone(), place, document, gone.as_deref()),
                    Attached::Already | Attached::Redated => record.draft.clone(),
                };
                let (command, request) = (Command::Save, request.as_deref());
                decide_and_apply(&txn, &record, &command, &by, now, request, Some(&draft)).await?;
                txn.audit(Entry {
                    actor: actor_code(&by),
                    act: act.to_owned(),
                    subject: format!("document:{document}"),
                    details: json!({ "declaration": id, "sha256": sent.document.sha256 }),
                    at: now,
                });
                Ok::<_, DeskError>(Ok(attached))
            })
            .await;
        desk.settle(written)
    }

    pub(crate) async fn keep_typed(&self, id: Uuid, typed: Typed) -> Result<Uuid, AppError> {
        app::desk::SupplierDesk::keep_typed(&self.0, id, typed).await
    }
}

/// The draft with the document at its place.
fn with(mut draft: Draft, place: Place, document: Uuid, gone: Option<&str>) -> Draft {
    if let Some(documents) = draft.at_mut(place) {
        let name = document.to_string();
        let rank = documents.iter().position(|id| Some(id.as_str()) == gone);
        match rank.and_then(|rank| documents.get_mut(rank)) {
            Some(old) => *old = name,
            None => documents.push(name),
        }
    }
    draft
}
