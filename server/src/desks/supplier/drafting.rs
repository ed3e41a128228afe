//! Saving and sending answers. A save accepts anything; what comes too late is kept aside; sending twice sends once.
//!
//! Two people may answer two steps at the same time; the same step changed meanwhile is a conflict, and so is sending what
//! changed since it was read.

use std::sync::Arc;

use app::desk::{Saved, Seen, StepAnswers, Submitted};
use domain::documents::KnownDocument;
use domain::form::{
    CompanyContext, Draft, STATEMENT_VERSION, SignedStatement, StatementStep, Step as _, StepCode,
};
use domain::lifecycle::{Actor, Command, Status, decide};
use domain::links::Settled;
use serde_json::json;
use store::StoreError;
use store::audit::Entry;
use store::companies;
use store::declarations::{self, Change, Page, Record, actor_code};
use store::documents;
use store::lists;
use store::memberships;
use uuid::Uuid;

use super::SupplierService;
use crate::desks::common::{account_of, context, decide_and_apply, not_found};
use crate::desks::error::DeskError;

impl SupplierService {
    pub(super) async fn save(
        &self,
        id: Uuid,
        seen: Seen,
        answers: StepAnswers,
    ) -> Result<Saved, DeskError> {
        let settles = seen.settles;
        let seen = page_of(seen);
        let (account, now, request) = (account_of(&self.0), self.0.now(), self.0.request_id());
        let saved = self
            .0
            .state
            .store
            .write(async |txn| {
                let record = declarations::lock(&txn, id, None).await?;
                let by = member(&txn, account, &record).await?;
                let step = answers.code();
                let editable = record.declaration.status.is_editable();
                let mut draft = with(record.draft.clone(), answers.clone());
                let settled = if settles && editable {
                    draft.settle(&[step])
                } else {
                    Settled::default()
                };
                let same = stored(&record.draft, step) == answers;
                if same && settled.is_empty() {
                    return Ok(Saved::Done {
                        version: record.declaration.version,
                    });
                }
                let current = editable && record.typings.in_step(step, &record.steps, &seen);
                if !current && !same {
                    let copy = keep(&txn, id, account, &answers, now).await?;
                    return Ok(Saved::Conflict { copy });
                }
                let decision = decide(&record.declaration, &Command::Save, &by, now)?;
                let change = Change {
                    decision: &decision,
                    by: &by,
                    at: now,
                    request: request.as_deref(),
                    answers: Some(&record.answered_by(&draft, step, &seen)),
                };
                let applied = declarations::apply(&txn, &record.declaration, &change).await?;
                told_settled(&txn, id, &by, &settled, now);
                Ok::<_, DeskError>(Saved::Done {
                    version: applied.version,
                })
            })
            .await?;
        Ok(saved)
    }

    pub(super) async fn send(
        &self,
        id: Uuid,
        version: i64,
        statement: StatementStep,
    ) -> Result<Submitted, DeskError> {
        let (account, now, today) = (account_of(&self.0), self.0.now(), self.0.today());
        let (request, client) = (self.0.request_id(), self.0.client());
        let catalogue = self.0.catalogue();
        let submitted = self
            .0
            .state
            .store
            .write(async |txn| {
                let record = declarations::lock(&txn, id, None).await?;
                let by = member(&txn, account, &record).await?;
                let known = known_documents(&txn, &record).await?;
                let listed =
                    lists::proofs(&txn, std::slice::from_ref(&record.company.siren)).await?;
                let context = context(&record, Arc::clone(&catalogue), known, &listed, today);
                if already_sent(&record, &context, today) {
                    return Ok(Submitted::Done);
                }
                if !record.declaration.status.is_editable() || record.declaration.version != version
                {
                    let answers = StepAnswers::Statement(unticked(statement.clone()));
                    let copy = keep(&txn, id, account, &answers, now).await?;
                    return Ok(Submitted::Conflict { copy });
                }
                let mut draft = with(
                    record.draft.clone(),
                    StepAnswers::Statement(statement.clone()),
                );
                let incomplete = match draft.parse(&context, today) {
                    Err(errors) => {
                        Some(errors.first().map_or(StepCode::Company, |(step, _)| *step))
                    }
                    Ok(_) if !statement.errors(today).is_empty() => Some(StepCode::Statement),
                    Ok(snapshot) => {
                        companies::call(&txn, &snapshot.siren, &snapshot.name, now).await?;
                        // Whoever signs what others proposed makes it theirs.
                        told_settled(&txn, id, &by, &draft.settle(&StepCode::ALL), now);
                        let command = Command::Submit {
                            snapshot: Box::new(snapshot),
                            statement: SignedStatement {
                                text_version: STATEMENT_VERSION.to_owned(),
                                signer_name: statement.signer_name.trim().to_owned(),
                                signer_quality: statement.signer_quality.trim().to_owned(),
                                capacity: statement.capacity.clone(),
                                accepted: statement.accepted == "yes",
                                account,
                                signed_at: now,
                                ip: client.clone(),
                            },
                        };
                        decide_and_apply(
                            &txn,
                            &record,
                            &command,
                            &by,
                            now,
                            request.as_deref(),
                            Some(&draft),
                        )
                        .await?;
                        None
                    }
                };
                if let Some(step) = incomplete {
                    // What was typed is still there when the page comes back.
                    decide_and_apply(
                        &txn,
                        &record,
                        &Command::Save,
                        &by,
                        now,
                        request.as_deref(),
                        Some(&draft),
                    )
                    .await?;
                    return Ok(Submitted::Incomplete(step));
                }
                Ok::<_, DeskError>(Submitted::Done)
            })
            .await?;
        Ok(submitted)
    }
}

/// The trail says which proposals were confirmed and which were changed: the questions, never the answers.
fn told_settled(
    txn: &store::Txn,
    id: Uuid,
    by: &Actor,
    settled: &Settled,
    at: chrono::DateTime<chrono::Utc>,
) {
    if !settled.is_empty() {
        txn.audit(Entry {
            actor: actor_code(by),
            act: "prefill_settled".to_owned(),
            subject: format!("declaration:{id}"),
            details: json!({ "confirmed": settled.confirmed, "changed": settled.changed }),
            at,
        });
    }
}

/// Who the person is for the company; a stranger finds nothing.
pub(super) async fn member(
    txn: &store::Txn,
    account: Uuid,
    record: &Record,
) -> Result<Actor, DeskError> {
    let role = memberships::role_of(txn, account, &record.company.siren).await?;
    Ok(Actor::supplier(
        account,
        record.company.siren.clone(),
        not_found(role)?,
    ))
}

/// The documents that the draft names, among those of its company.
async fn known_documents(
    txn: &store::Txn,
    record: &Record,
) -> Result<Vec<KnownDocument>, StoreError> {
    documents::of_company(txn, &record.company.siren, &record.draft.documents()).await
}

/// A second click, or a retry after a cut: the same answers were already sent.
fn already_sent(record: &Record, context: &CompanyContext, today: chrono::NaiveDate) -> bool {
    record.declaration.status == Status::Submitted
        && record.revision.as_ref().is_some_and(|revision| {
            record
                .draft
                .parse(context, today)
                .is_ok_and(|snapshot| snapshot.hash() == revision.hash)
        })
}

pub(super) async fn keep(
    txn: &store::Txn,
    id: Uuid,
    account: Uuid,
    answers: &StepAnswers,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Uuid, StoreError> {
    declarations::keep_copy(
        txn,
        id,
        account,
        answers.code().slug(),
        &to_json(answers),
        now,
    )
    .await
}

/// The longest name that a page may give itself.
const LONGEST_NAME: usize = 40;

/// The name of a page; a page whose name is none is one without a script.
pub(super) fn page_name(name: String) -> String {
    if name.len() <= LONGEST_NAME && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        name
    } else {
        String::new()
    }
}

/// The page that sends its form, whatever it saved before.
fn page_of(seen: Seen) -> declarations::Seen {
    let page = Page {
        name: page_name(seen.page),
        after: String::new(),
        turn: i64::MAX,
    };
    declarations::Seen {
        version: seen.version,
        page,
    }
}

/// The answers of one step, as stored.
pub(super) fn stored(draft: &Draft, step: StepCode) -> StepAnswers {
    match step {
        StepCode::Company => StepAnswers::Company(draft.company.clone()),
        StepCode::Size => StepAnswers::Size(draft.size.clone()),
        StepCode::Solidarity => StepAnswers::Solidarity(draft.solidarity.clone()),
        StepCode::Insertion => StepAnswers::Insertion(draft.insertion.clone()),
        StepCode::Pledges => StepAnswers::Pledges(draft.pledges.clone()),
        StepCode::Statement => StepAnswers::Statement(draft.statement.clone()),
    }
}

/// The draft with one step replaced. The tick of the statement is never stored.
pub(super) fn with(mut draft: Draft, answers: StepAnswers) -> Draft {
    match answers {
        StepAnswers::Company(step) => draft.company = step,
        StepAnswers::Size(step) => draft.size = step,
        StepAnswers::Solidarity(step) => draft.solidarity = step,
        StepAnswers::Insertion(step) => draft.insertion = step,
        StepAnswers::Pledges(step) => draft.pledges = step,
        StepAnswers::Statement(step) => draft.statement = unticked(step),
    }
    draft
}

fn unticked(mut statement: StatementStep) -> StatementStep {
    statement.accepted.clear();
    statement
}

pub(in crate::desks) fn to_json(answers: &StepAnswers) -> serde_json::Value {
    let json = match answers {
        StepAnswers::Company(step) => serde_json::to_value(step),
        StepAnswers::Size(step) => serde_json::to_value(step),
        StepAnswers::Solidarity(step) => serde_json::to_value(step),
        StepAnswers::Insertion(step) => serde_json::to_value(step),
        StepAnswers::Pledges(step) => serde_json::to_value(step),
        StepAnswers::Statement(step) => serde_json::to_value(step),
    };
    // Plain texts: their serialisation has no way to fail.
    json.unwrap_or_default()
}

/// Answers that were kept aside, read back.
pub(super) fn from_json(step: StepCode, json: serde_json::Value) -> Option<StepAnswers> {
    match step {
        StepCode::Company => serde_json::from_value(json).ok().map(StepAnswers::Company),
        StepCode::Size => serde_json::from_value(json).ok().map(StepAnswers::Size),
        StepCode::Solidarity => serde_json::from_value(json)
            .ok()
            .map(StepAnswers::Solidarity),
        StepCode::Insertion => serde_json::from_value(json)
            .ok()
            .map(StepAnswers::Insertion),
        StepCode::Pledges => serde_json::from_value(json).ok().map(StepAnswers::Pledges),
        StepCode::Statement => serde_json::from_value(json)
            .ok()
            .map(StepAnswers::Statement),
    }
}
