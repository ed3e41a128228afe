//! Saving while somebody types: the difference of one page joins what is stored, in one short transaction.
//!
//! Invariants: what others wrote meanwhile is never replaced; what cannot join is kept aside, whole, for its author.

use app::desk::StepAnswers;
use app::error::AppError;
use chrono::{DateTime, Utc};
use domain::form::{Difference, Joined, StepCode, Unreadable};
use domain::lifecycle::{Command, decide};
use store::Txn;
use store::declarations::{self, Change, Seen};
use uuid::Uuid;

use super::SupplierService;
use super::drafting::{keep, page_name, stored, to_json, with};
use crate::desks::common::account_of;
use crate::desks::error::DeskError;

/// What a page sends while somebody types.
pub(in crate::desks) struct TypedIn {
    pub(in crate::desks) seen: Seen,
    pub(in crate::desks) difference: Difference,
    /// Where the page's answers were kept aside before.
    pub(in crate::desks) copy: Option<Uuid>,
}

/// What became of it.
pub(in crate::desks) struct Kept {
    pub(in crate::desks) version: i64,
    pub(in crate::desks) at: DateTime<Utc>,
    /// The answers as they are now, when others wrote some of them.
    pub(in crate::desks) others: Option<StepAnswers>,
    /// Where the answers are that others changed too, and their names.
    pub(in crate::desks) aside: Option<(Uuid, Vec<String>)>,
}

impl SupplierService {
    pub(in crate::desks) async fn type_in(
        &self,
        id: Uuid,
        step: StepCode,
        typed: TypedIn,
    ) -> Result<Kept, AppError> {
        let kept = self.join(id, step, typed).await;
        self.0.settle(kept)
    }

    async fn join(&self, id: Uuid, step: StepCode, typed: TypedIn) -> Result<Kept, DeskError> {
        let (account, now, request) = (account_of(&self.0), self.0.now(), self.0.request_id());
        let TypedIn {
            mut seen,
            difference,
            copy,
        } = typed;
        seen.page.name = page_name(seen.page.name);
        let (seen, difference) = (&seen, &difference);
        self.0
            .state
            .store
            .write(async |txn| {
                let (answers, by) = declarations::lock_answers(&txn, id, account).await?;
                let mut kept = Kept {
                    version: seen.version,
                    at: now,
                    others: None,
                    aside: None,
                };
                if answers.typings.had(step, &seen.page) {
                    return Ok(kept);
                }
                let before = stored(&answers.draft, step);
                if !answers.declaration.status.is_editable() {
                    // It was sent, or withdrawn: nothing of it may change, and nothing typed may be lost.
                    let joined = joined(difference, &before, true)?;
                    if joined.stored != before {
                        let at = aside(&txn, (id, account), copy, &joined.stored, now).await?;
                        kept.aside = Some((at, Vec::new()));
                    }
                    return Ok(kept);
                }
                let in_step = answers.typings.in_step(step, &answers.steps, seen);
                let joined = joined(difference, &before, in_step)?;
                kept.version = answers.declaration.version;
                if joined.stored != before {
                    let draft = with(answers.draft.clone(), joined.stored.clone());
                    let decision = decide(&answers.declaration, &Command::Save, &by, now)?;
                    let change = Change {
                        decision: &decision,
                        by: &by,
                        at: now,
                        request: request.as_deref(),
                        answers: Some(&answers.typed(&draft, step, seen, &by)),
                    };
                    let applied = declarations::apply(&txn, &answers.declaration, &change).await?;
                    kept.version = applied.version;
                }
                if !in_step {
                    kept.others = Some(joined.stored);
                }
                if !joined.held.is_empty() {
                    let at = aside(&txn, (id, account), copy, &joined.typed, now).await?;
                    kept.aside = Some((at, joined.held));
                }
                Ok::<_, DeskError>(kept)
            })
            .await
    }
}

/// Keeps answers aside, in the place of those that the same page sent before.
async fn aside(
    txn: &Txn,
    (id, account): (Uuid, Uuid),
    copy: Option<Uuid>,
    answers: &StepAnswers,
    now: DateTime<Utc>,
) -> Result<Uuid, DeskError> {
    if let Some(copy) = copy {
        let (step, json) = (answers.code().slug(), to_json(answers));
        if declarations::replace_copy(txn, copy, id, account, step, &json).await? {
            return Ok(copy);
        }
    }
    Ok(keep(txn, id, account, answers, now).await?)
}

/// The difference joined to the answers of one step.
fn joined(
    difference: &Difference,
    before: &StepAnswers,
    in_step: bool,
) -> Result<Joined<StepAnswers>, DeskError> {
    let joined = match before {
        StepAnswers::Company(step) => wrapped(difference.join(step, in_step), StepAnswers::Company),
        StepAnswers::Size(step) => wrapped(difference.join(step, in_step), StepAnswers::Size),
        StepAnswers::Solidarity(step) => {
            wrapped(difference.join(step, in_step), StepAnswers::Solidarity)
        }
        StepAnswers::Insertion(step) => {
            wrapped(difference.join(step, in_step), StepAnswers::Insertion)
        }
        StepAnswers::Pledges(step) => wrapped(difference.join(step, in_step), StepAnswers::Pledges),
        // What is sworn is typed when it is signed.
        StepAnswers::Statement(_) => Err(Unreadable),
    };
    joined.map_err(|Unreadable| DeskError::App(AppError::Unreadable))
}

fn wrapped<S>(
    joined: Result<Joined<S>, Unreadable>,
    wrap: fn(S) -> StepAnswers,
) -> Result<Joined<StepAnswers>, Unreadable> {
    let joined = joined?;
    Ok(Joined {
        stored: wrap(joined.stored),
        typed: wrap(joined.typed),
        held: joined.held,
    })
}
