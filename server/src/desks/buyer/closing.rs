//! The end of a qualification, decided by agents: proposed by one, confirmed by another.

use app::desk::Answer;
use domain::lifecycle::{ClosingCommand, closing_already_done, decide_closing};
use store::qualifications::{self, Closing};
use uuid::Uuid;

use super::BuyerService;
use crate::desks::error::DeskError;

impl BuyerService {
    pub(super) async fn close(&self, id: Uuid, command: ClosingCommand) -> Answer<()> {
        let (by, now, request) = (self.actor(), self.0.now(), self.0.request_id());
        let result = self
            .0
            .state
            .store
            .write(async |txn| {
                let found = qualifications::lock(&txn, id).await?;
                let proposal = found.proposal.as_ref();
                if closing_already_done(&found.qualification, proposal, &command, &by) {
                    return Ok(());
                }
                let decision = decide_closing(&found.qualification, proposal, &command, &by, now)?;
                let closing = Closing {
                    decision: &decision,
                    by: &by,
                    at: now,
                    request: request.as_deref(),
                };
                qualifications::apply(&txn, &found, &closing).await?;
                Ok::<_, DeskError>(())
            })
            .await;
        self.0.nudge();
        self.0.settle(result)
    }
}
