//! Verdicts given together, in one transaction: all that differ from what stands, or none.

use domain::lifecycle::{ClaimUnderReview, Command, Refusal, Verdict};
use store::declarations::{self, Record};
use store::{Txn, documents};
use uuid::Uuid;

use super::BuyerService;
use super::review::{contents, signed_documents};
use crate::desks::common::decide_and_apply;
use crate::desks::error::DeskError;

impl BuyerService {
    pub(super) async fn judge(
        &self,
        id: Uuid,
        version: i64,
        verdicts: Vec<(String, Verdict)>,
    ) -> Result<(), DeskError> {
        let (by, now, request) = (self.actor(), self.0.now(), self.0.request_id());
        self.0
            .state
            .store
            .write(async |txn| {
                let mut record = declarations::lock(&txn, id, None).await?;
                let mut changes = Vec::new();
                for (claim, verdict) in &verdicts {
                    let reviewed = reviewed(&record, claim)?;
                    if reviewed.verdict != *verdict {
                        changes.push((reviewed.claim.key.clone(), verdict.clone()));
                    }
                }
                // A second click, or cards that were posted as they stood.
                if changes.is_empty() {
                    return Ok(());
                }
                if record.declaration.version != version {
                    return Err(DeskError::App(app::error::AppError::Conflict));
                }
                for (claim, verdict) in &changes {
                    if *verdict == Verdict::Accepted {
                        cleared(&txn, &record, &claim.to_string()).await?;
                    }
                }
                for (claim, verdict) in changes {
                    let command = Command::GiveVerdict { claim, verdict };
                    let applied = decide_and_apply(
                        &txn,
                        &record,
                        &command,
                        &by,
                        now,
                        request.as_deref(),
                        None,
                    )
                    .await?;
                    // All that one verdict changes for the next one.
                    record.declaration.version = applied.version;
                }
                Ok::<_, DeskError>(())
            })
            .await
    }
}

/// Nothing is accepted on a document that the scanner has not cleared.
async fn cleared(txn: &Txn, record: &Record, claim: &str) -> Result<(), DeskError> {
    let under_review = std::slice::from_ref(reviewed(record, claim)?);
    let contents = contents(under_review);
    let named: Vec<&str> = contents.iter().map(String::as_str).collect();
    let known = documents::with_content(txn, &record.company.siren, &named).await?;
    let signed = under_review
        .iter()
        .flat_map(|reviewed| signed_documents(&reviewed.claim, &known));
    if signed.into_iter().all(|known| known.scan.may_be_opened()) {
        Ok(())
    } else {
        Err(Refusal::DocumentNotCleared.into())
    }
}

fn reviewed<'a>(record: &'a Record, claim: &str) -> Result<&'a ClaimUnderReview, Refusal> {
    let mut claims = record.declaration.claims.iter();
    claims
        .find(|reviewed| reviewed.claim.key.to_string() == claim)
        .ok_or(Refusal::UnknownClaim)
}
