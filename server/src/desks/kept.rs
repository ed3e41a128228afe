//! What a person typed in a form about no declaration, kept for an hour for its author alone, sealed as parked forms are.

use app::error::AppError;
use app::views::Typed;
use chrono::TimeDelta;
use store::Hash;
use store::parked_posts::{self, NewParkedPost};
use uuid::Uuid;

use super::common::{Desk, account_of};
use super::error::DeskError;
use crate::keys::Purpose;

const LIFETIME: TimeDelta = TimeDelta::hours(1);

impl Desk {
    /// No browser has this hash: what is kept here is never offered as a form of an expired session.
    fn kept_for(&self) -> Hash {
        let account = account_of(self);
        self.state
            .keys
            .digest(Purpose::ParkedPost, account.as_bytes())
    }

    /// A sealed text opens for its form and its author only.
    fn bound(&self, form: &str) -> Vec<u8> {
        [account_of(self).as_bytes(), form.as_bytes()].concat()
    }

    pub(super) async fn keep_form(&self, form: &str, typed: &Typed) -> Result<Uuid, DeskError> {
        let plain = serde_json::to_vec(typed).unwrap_or_default();
        let sealed = self
            .state
            .keys
            .seal(Purpose::ParkedPost, &self.bound(form), &plain)
            .map_err(|_| AppError::Unreadable)?;
        let new = &NewParkedPost {
            browser: self.kept_for(),
            account: account_of(self),
            path: form.to_owned(),
            body: sealed,
            lifetime: LIFETIME,
        };
        let now = self.now();
        self.state
            .store
            .write(async |txn| {
                Ok::<_, DeskError>(parked_posts::park(&txn, new.clone(), now).await?)
            })
            .await
    }

    pub(super) async fn kept_form(
        &self,
        form: &str,
        copy: Uuid,
    ) -> Result<Option<Typed>, DeskError> {
        let (db, account) = (self.state.store.read(), account_of(self));
        let sealed = parked_posts::read(db, copy, self.kept_for(), account, self.now()).await?;
        let open = |sealed: Vec<u8>| {
            self.state
                .keys
                .open(Purpose::ParkedPost, &self.bound(form), &sealed)
                .ok()
        };
        Ok(sealed
            .and_then(open)
            .and_then(|plain| serde_json::from_slice(&plain).ok()))
    }
}
