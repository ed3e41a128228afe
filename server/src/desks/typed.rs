//! What a person typed in a form that could not be carried out: kept beside the copies of drafts, for its author alone.

use app::views::Typed;
use store::declarations;
use uuid::Uuid;

use super::common::{Desk, account_of};
use super::error::DeskError;

/// Not a step of the form: the page of a draft's conflict does not read it.
const STEP: &str = "typed";

impl Desk {
    pub(super) async fn keep_aside(
        &self,
        declaration: Uuid,
        typed: &Typed,
    ) -> Result<Uuid, DeskError> {
        let (account, now) = (account_of(self), self.now());
        let answers = serde_json::to_value(typed).unwrap_or_default();
        self.state
            .store
            .write(async |txn| {
                Ok::<_, DeskError>(
                    declarations::keep_copy(&txn, declaration, account, STEP, &answers, now)
                        .await?,
                )
            })
            .await
    }

    pub(super) async fn kept_aside(
        &self,
        declaration: Uuid,
        copy: Uuid,
    ) -> Result<Option<Typed>, DeskError> {
        let db = self.state.store.read();
        let found = declarations::copy(db, copy, declaration, account_of(self)).await?;
        Ok(found
            .filter(|copy| copy.step == STEP)
            .and_then(|copy| serde_json::from_value(copy.answers).ok()))
    }
}
