//! Cancelling what was sent and beginning again with the same answers: one transaction, so that nobody is left between the two.

use app::desk::Opening;
use domain::form::{Draft, StatementStep};
use domain::lifecycle::{Command, Refusal, Sequel, Status, sequels};
use store::declarations;
use uuid::Uuid;

use super::SupplierService;
use super::drafting::member;
use crate::desks::common::{account_of, decide_and_apply};
use crate::desks::error::DeskError;

impl SupplierService {
    pub(super) async fn cancel_and_redo(&self, id: Uuid, seen: i64) -> Result<Opening, DeskError> {
        let (account, now, request) = (account_of(&self.0), self.0.now(), self.0.request_id());
        self.0
            .state
            .store
            .write(async |txn| {
                let record = declarations::lock(&txn, id, None).await?;
                let by = member(&txn, account, &record).await?;
                // Pressed twice, or cancelled in another tab: only the beginning is left to do.
                let cancelled = record.declaration.status == Status::Withdrawn;
                if !cancelled {
                    if !sequels(&record.declaration, &by).contains(&Sequel::Redo) {
                        return Err(Refusal::WrongStatus {
                            status: record.declaration.status,
                        }
                        .into());
                    }
                    if record.declaration.version != seen {
                        return Err(app::error::AppError::Conflict.into());
                    }
                    let (command, request) = (Command::Withdraw, request.as_deref());
                    decide_and_apply(&txn, &record, &command, &by, now, request, None).await?;
                } else if !by.can_edit() {
                    return Err(Refusal::NotYourRole.into());
                }
                let draft = Draft {
                    statement: StatementStep::default(),
                    ..record.draft
                };
                let siren = &record.company.siren;
                let opened = declarations::open(&txn, siren, &draft, Some(id), &by, now).await?;
                Ok::<_, DeskError>(Opening::Declaration(opened.id()))
            })
            .await
    }
}
