//! What the supplier says instead of a register: kept in the draft, beside what the register said.

use app::desk::Contesting;
use app::error::AppError;
use domain::form::{ContestRow, Draft};
use domain::known::{Contest, Fact, KnownFact, known};
use domain::lifecycle::Command;
use store::{declarations, lists};
use uuid::Uuid;

use super::SupplierService;
use super::drafting::member;
use crate::desks::common::{account_of, decide_and_apply};
use crate::desks::error::DeskError;

impl SupplierService {
    pub(super) async fn say_otherwise(
        &self,
        id: Uuid,
        fact: Fact,
        seen: &str,
        answers: ContestRow,
    ) -> Result<Contesting, DeskError> {
        self.change_contests(id, fact, |draft, facts| {
            let place = draft.contests.iter().position(|one| one.fact == fact);
            let stored = place.and_then(|place| draft.contests.get_mut(place));
            if stored
                .as_ref()
                .is_some_and(|stored| stored.answers == answers)
            {
                return Ok(Contesting::Done);
            }
            if stored
                .as_ref()
                .map(|stored| stored.mark())
                .unwrap_or_default()
                != seen
            {
                return Ok(Contesting::Changed);
            }
            if let Some(stored) = stored {
                stored.answers = answers.clone();
                return Ok(Contesting::Done);
            }
            let Some(known) = facts.iter().find(|known| known.fact == fact) else {
                return Err(AppError::NotFound.into());
            };
            draft.contests.push(Contest {
                fact,
                said: known.said.clone(),
                source: known.source.clone(),
                read_on: known.read_on,
                answers: answers.clone(),
            });
            Ok(Contesting::Done)
        })
        .await
    }

    pub(super) async fn agree_after_all(&self, id: Uuid, fact: Fact) -> Result<(), DeskError> {
        self.change_contests(id, fact, |draft, _| {
            draft.contests.retain(|contest| contest.fact != fact);
            Ok(())
        })
        .await
    }

    /// Changes the contests of the draft, in one transaction; nothing is written when nothing changed.
    async fn change_contests<T: Send>(
        &self,
        id: Uuid,
        fact: Fact,
        change: impl Fn(&mut Draft, &[KnownFact]) -> Result<T, DeskError> + Send + Sync,
    ) -> Result<T, DeskError> {
        let (account, now, request) = (account_of(&self.0), self.0.now(), self.0.request_id());
        let names = self.0.catalogue();
        self.0
            .state
            .store
            .write(async |txn| {
                let record = declarations::lock(&txn, id, None).await?;
                let by = member(&txn, account, &record).await?;
                let company = &record.company;
                // Only a status may come from a list.
                let listed = if matches!(fact, Fact::Status(_)) {
                    lists::proofs(&txn, std::slice::from_ref(&company.siren)).await?
                } else {
                    domain::lists::Listed::default()
                };
                let facts = known((&company.siren, &company.registry), &listed, &names);
                let mut draft = record.draft.clone();
                let outcome = change(&mut draft, &facts)?;
                if draft != record.draft {
                    let (save, request) = (Command::Save, request.as_deref());
                    decide_and_apply(&txn, &record, &save, &by, now, request, Some(&draft)).await?;
                }
                Ok::<_, DeskError>(outcome)
            })
            .await
    }
}
