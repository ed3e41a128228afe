//! Verdicts given together, in one transaction: all that differ from what stands, or none.

use domain::lifecycle::{ClaimUnderReview, Command, Refusal, Verdict};
use store::declarations::{self, Record};
use uuid::Uuid;

use super::BuyerService;
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

fn reviewed<'a>(record: &'a Record, claim: &str) -> Result<&'a ClaimUnderReview, Refusal> {
    let mut claims = record.declaration.claims.iter();
    claims
        .find(|reviewed| reviewed.claim.key.to_string() == claim)
        .ok_or(Refusal::UnknownClaim)
}
