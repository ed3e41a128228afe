//! Drafts that agents prepare: what is told of the company before, preparing, sending again, cancelling. Nothing is filled in here.

use app::error::AppError;
use app::views::{
    NewDraft, Obstacle, Prepared, PreparedLine, PreparedState, Preparing, SearchOutcome,
};
use chrono::{DateTime, Utc};
use domain::civil::paris_day;
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use domain::links::read;
use domain::registry::RegistryState;
use store::prepared::{self, NewPrepared, Outcome, PreparedDraft};
use store::{companies, declarations, memberships};
use uuid::Uuid;

use super::BuyerService;
use crate::desks::common::account_of;
use crate::desks::error::DeskError;
use crate::desks::supplier::{Number, by_number, look_up};
use crate::sign_in::email;

/// How many are listed.
const MOST: u64 = 200;

impl BuyerService {
    pub(super) async fn read_prepared(&self) -> Result<Vec<PreparedLine>, DeskError> {
        let (db, now) = (self.0.state.store.read(), self.0.now());
        let found = prepared::latest(db, MOST).await?;
        Ok(found.into_iter().map(|one| line(one, now)).collect())
    }

    pub(super) async fn read_preparing(&self, typed: &str) -> Result<Preparing, DeskError> {
        let mut view = Preparing {
            company: SearchOutcome::Empty,
            obstacle: None,
            held: false,
            reference: None,
        };
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(view);
        }
        let Ok(number) = Number::parse(typed) else {
            view.company = by_number(&self.0.state, typed).await;
            view.obstacle = Some(Obstacle::Number);
            return Ok(view);
        };
        let (db, siren) = (self.0.state.store.read(), number.siren());
        view.company = by_number(&self.0.state, typed).await;
        let closed = matches!(&view.company, SearchOutcome::Found { hits, .. } if hits.iter().any(|hit| !hit.active));
        let members = memberships::of_company(db, &siren).await?;
        view.held = memberships::people(&members)
            .iter()
            .any(|person| person.role == MemberRole::Manager);
        let last = declarations::last_answers(db, &siren).await?;
        view.reference = last
            .filter(|last| last.status.is_open())
            .map(|last| last.reference);
        view.obstacle = if closed {
            Some(Obstacle::Closed)
        } else {
            self.waits(&siren).await?
        };
        Ok(view)
    }

    async fn waits(&self, siren: &Siren) -> Result<Option<Obstacle>, DeskError> {
        let found = prepared::waiting(self.0.state.store.read(), siren).await?;
        let open = found.is_some_and(|found| found.is_open(self.0.now()));
        Ok(open.then_some(Obstacle::Waiting))
    }

    pub(super) async fn prepare(&self, new: NewDraft) -> Result<Prepared, DeskError> {
        let Ok(number) = Number::parse(&new.number) else {
            return Ok(Prepared::Stopped(Obstacle::Number));
        };
        let Some(email) = email::normalize(&new.email) else {
            return Ok(Prepared::Email);
        };
        // The page that sent it proves nothing: what is proposed is read again, and must be whole.
        let whole = read(&new.proposals).is_ok_and(|link| link.refused.is_empty());
        if !whole {
            return Err(AppError::Unreadable.into());
        }
        let siren = number.siren();
        let registry = look_up(&self.0.state, &number).await.state();
        let facts = registry.facts();
        if facts.is_some_and(|facts| !facts.active) {
            return Ok(Prepared::Stopped(Obstacle::Closed));
        }
        let name = facts
            .and_then(|facts| facts.name.clone())
            .unwrap_or_else(|| siren.to_string());
        let (now, by) = (self.0.now(), account_of(&self.0));
        let draft = NewPrepared {
            siren: siren.clone(),
            email,
            contact_name: new.contact_name.trim().to_owned(),
            message: new.message.trim().to_owned(),
            language: self.0.identity.lang.tag().to_owned(),
            proposals: new.proposals,
            by,
        };
        let done = self
            .write_prepared(&siren, &name, &registry, draft, now)
            .await?;
        self.0.nudge();
        Ok(if done {
            Prepared::Done
        } else {
            Prepared::Stopped(Obstacle::Waiting)
        })
    }

    async fn write_prepared(
        &self,
        siren: &Siren,
        name: &str,
        registry: &RegistryState,
        draft: NewPrepared,
        now: DateTime<Utc>,
    ) -> Result<bool, DeskError> {
        self.0
            .state
            .store
            .write(async |txn| {
                companies::record(&txn, siren, name, registry, now).await?;
                let id = prepared::prepare(&txn, draft.clone(), now).await?;
                Ok::<_, DeskError>(id.is_some())
            })
            .await
    }

    /// Writes to the contact again, or takes the draft back; `Conflict` when it ended meanwhile.
    pub(super) async fn change_prepared(&self, id: Uuid, cancel: bool) -> Result<(), DeskError> {
        let (now, by) = (self.0.now(), account_of(&self.0));
        let done = self
            .0
            .state
            .store
            .write(async |txn| {
                if prepared::find(&txn, id).await?.is_none() {
                    return Err(DeskError::App(AppError::NotFound));
                }
                let done = if cancel {
                    prepared::cancel(&txn, id, by, now).await?
                } else {
                    prepared::send_again(&txn, id, by, now).await?
                };
                Ok::<_, DeskError>(done)
            })
            .await?;
        self.0.nudge();
        if done {
            Ok(())
        } else {
            Err(AppError::Conflict.into())
        }
    }
}

fn line(one: PreparedDraft, now: DateTime<Utc>) -> PreparedLine {
    PreparedLine {
        id: one.id,
        state: state(&one, now),
        siren: one.company.siren,
        company_name: one.company.name,
        contact_name: one.contact_name,
        email: one.email,
        by_name: one.by.name,
        at: one.prepared_at,
        until: paris_day(one.expires_at),
        proposed: read(&one.proposals).map_or(0, |link| link.given.len()),
    }
}

/// Where it stands at this moment.
pub(in crate::desks) fn state(one: &PreparedDraft, now: DateTime<Utc>) -> PreparedState {
    match one.outcome {
        Some(Outcome::Claimed) => PreparedState::Claimed,
        Some(Outcome::Declined) => PreparedState::Declined,
        Some(Outcome::Cancelled) => PreparedState::Cancelled,
        None if one.expires_at <= now => PreparedState::Expired,
        None => PreparedState::Waiting,
    }
}
