//! A draft that an agent prepared: shown to the person of its address alone, claimed or declined.

use app::desk::Opening;
use app::error::AppError;
use app::views::{ClaimPage, ClaimView, PreparedState};
use chrono::{DateTime, Utc};
use domain::civil::paris_day;
use domain::form::StepCode;
use domain::lifecycle::{MemberRole, Refusal};
use domain::links::{Origin, read};
use store::memberships::{self, Holding};
use store::{Txn, prepared};
use uuid::Uuid;

use super::{SupplierService, Wish};
use crate::desks::buyer::prepared_state;
use crate::desks::common::{account_of, not_found};
use crate::desks::error::DeskError;

impl SupplierService {
    pub(super) async fn read_prepared(&self, id: Uuid) -> Result<ClaimPage, DeskError> {
        let db = self.0.state.store.read();
        let found = not_found(prepared::find(db, id).await?)?;
        if found.email != self.0.identity.email {
            return Ok(ClaimPage::OtherAddress);
        }
        let state = prepared_state(&found, self.0.now());
        let me = account_of(&self.0);
        let members = memberships::of_company(db, &found.company.siren).await?;
        let people = memberships::people(&members);
        let held = state == PreparedState::Waiting
            && people.iter().all(|person| person.account != me)
            && people
                .iter()
                .any(|person| person.role == MemberRole::Manager);
        let mine = found.ended_by == Some(me);
        Ok(ClaimPage::Draft(Box::new(ClaimView {
            id,
            company_name: found.company.name,
            siren: found.company.siren,
            by_name: found.by.name,
            by_quality: found.by.quality,
            at: found.prepared_at,
            until: paris_day(found.expires_at),
            message: found.message,
            state,
            proposals: read(&found.proposals)
                .map(|link| link.given)
                .unwrap_or_default(),
            held,
            declaration: found.declaration.filter(|_| mine),
        })))
    }

    /// The claim, the attachment, the declaration and its answers: one transaction.
    pub(super) async fn claim(&self, id: Uuid) -> Result<(Opening, Option<StepCode>), DeskError> {
        let found = prepared::find(self.0.state.store.read(), id).await?;
        let found = not_found(found.filter(|found| found.email == self.0.identity.email))?;
        let link = read(&found.proposals).unwrap_or_default();
        let number = link
            .number
            .unwrap_or_else(|| found.company.siren.as_str().to_owned());
        let wish = Wish {
            given: &link.given,
            prepared: Some(id),
            ..Wish::default()
        };
        self.open(&number, wish).await
    }

    /// Within the transaction that opens the declaration: the draft is taken once, and its person attached. `None`, and the draft
    /// stays, when those who manage the company are asked first.
    pub(super) async fn take(
        &self,
        txn: &Txn,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Origin>, DeskError> {
        let (account, email) = (account_of(&self.0), self.0.identity.email.as_str());
        let found = not_found(prepared::find(txn, id).await?)?;
        let (siren, agent) = (&found.company.siren, found.by.id);
        if found.email == email && found.is_open(now) {
            match memberships::attach_by_agent(txn, siren, account, agent, now).await? {
                Holding::HeldByAnother => return Ok(None),
                Holding::Yours(role) if !role.can_edit() => {
                    return Err(Refusal::NotYourRole.into());
                }
                Holding::Yours(_) => {}
            }
        }
        let taken = prepared::answer(txn, id, (account, email), true, now).await?;
        taken.ok_or(DeskError::App(AppError::Conflict))?;
        Ok(Some(Origin::Buyer))
    }

    pub(super) async fn decline(&self, id: Uuid) -> Result<(), DeskError> {
        let (account, now) = (account_of(&self.0), self.0.now());
        let email = self.0.identity.email.as_str();
        let ended = self
            .0
            .state
            .store
            .write(async |txn| {
                let answered = prepared::answer(&txn, id, (account, email), false, now).await?;
                Ok::<_, DeskError>(answered)
            })
            .await?;
        ended.map(|_| ()).ok_or_else(|| AppError::Conflict.into())
    }
}
