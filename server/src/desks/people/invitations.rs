//! An invitation, read and answered by the account of its address.

use app::desk::{InvitationAnswer, Opening};
use app::views::{InvitationState, InvitationView};
use domain::civil::paris_day;
use domain::people::Proof;
use store::accounts;
use store::memberships::{self, Answered, Invitation, Outcome};
use uuid::Uuid;

use super::PeopleService;
use crate::desks::common::{account_of, not_found};
use crate::desks::error::DeskError;
use crate::desks::supplier::{SupplierService, Wish};

impl PeopleService {
    pub(super) async fn read_invitation(&self, id: Uuid) -> Result<InvitationView, DeskError> {
        let db = self.0.state.store.read();
        let found = not_found(memberships::invitation(db, id).await?)?;
        let state = self.state_of(&found);
        let told = state != InvitationState::OtherAddress;
        let shown = |text: String| if told { text } else { String::new() };
        Ok(InvitationView {
            id,
            siren: found.company.siren,
            company_name: shown(found.company.name),
            role: found.role,
            organisation: found.organisation.filter(|_| told),
            message: shown(found.message),
            by_name: shown(found.by.name),
            by_email: shown(found.by.email),
            by_firm: found.proof == Proof::None,
            until: paris_day(found.expires_at),
            state,
        })
    }

    fn state_of(&self, found: &Invitation) -> InvitationState {
        if found.email != self.0.identity.email {
            return InvitationState::OtherAddress;
        }
        if found.ended.is_none() && found.by.disabled_at.is_some() {
            return InvitationState::Revoked;
        }
        match found.ended {
            Some((Outcome::Accepted, ..)) => InvitationState::Accepted,
            Some((Outcome::Declined, ..)) => InvitationState::Declined,
            Some((Outcome::Revoked, ..)) => InvitationState::Revoked,
            None if !found.is_open(self.0.now()) => InvitationState::Expired,
            None => InvitationState::Open,
        }
    }

    pub(super) async fn answer(
        &self,
        id: Uuid,
        accept: bool,
    ) -> Result<InvitationAnswer, DeskError> {
        let (db, me, now) = (self.0.state.store.read(), account_of(&self.0), self.0.now());
        let person = not_found(accounts::by_id(db, me).await?)?;
        let found = not_found(memberships::invitation(db, id).await?)?;
        let answered = self
            .0
            .state
            .store
            .write(async |txn| {
                Ok::<_, DeskError>(memberships::answer(&txn, id, &person, accept, now).await?)
            })
            .await?;
        let siren = found.company.siren;
        Ok(match answered {
            Answered::Over => InvitationAnswer::Over,
            Answered::Done if !accept => InvitationAnswer::Declined,
            Answered::Done => InvitationAnswer::Joined(siren),
            Answered::HoldIt => {
                let desk = SupplierService(self.0.clone());
                match desk.open(siren.as_str(), Wish::default()).await?.0 {
                    Opening::HeldByAnother(siren) => InvitationAnswer::Held(siren),
                    _ => InvitationAnswer::Joined(siren),
                }
            }
        })
    }
}
