//! The code that a letter carries to the seat of a company: made by an agent, typed once by the person who asked to join.

use chrono::{DateTime, Utc};
use domain::{
    civil::paris_day,
    identifiers::Siren,
    lifecycle::{MemberRole, SupplierNotice},
    people::{LETTER_ATTEMPTS, LETTER_LIFE, PeopleProblem},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use super::{Decided, Decider, decide, requests};
use crate::{
    audit::Entry,
    companies,
    effects::{self, About},
    entities::{
        attachment_letter::{ActiveModel, Column, Entity},
        attachment_request,
    },
    error::StoreError,
    hash::Hash,
    ids::{new_id, stamp},
    txn::Txn,
};

/// What an agent sends by post.
#[derive(Clone, Debug)]
pub struct Letter {
    pub request: Uuid,
    pub code: Hash,
    /// Where to, as printed.
    pub address: String,
    pub by: Uuid,
}

/// Records a letter; the code of the one before it is dead. `NotFound` when the request was decided meanwhile.
pub async fn make_letter(txn: &Txn, letter: Letter, now: DateTime<Utc>) -> Result<(), StoreError> {
    let asked = requests::request(txn, letter.request)
        .await?
        .filter(|asked| asked.decided.is_none())
        .ok_or(StoreError::NotFound)?;
    let until = now + LETTER_LIFE;
    let row = ActiveModel {
        id: Set(new_id(now)),
        request_id: Set(letter.request),
        code_hash: Set(letter.code.to_vec()),
        address: Set(letter.address.clone()),
        made_by: Set(letter.by),
        made_at: Set(stamp(now)),
        expires_at: Set(stamp(until)),
        attempts: Set(0),
    };
    let again = OnConflict::column(Column::RequestId)
        .update_columns([
            Column::CodeHash,
            Column::Address,
            Column::MadeBy,
            Column::MadeAt,
            Column::ExpiresAt,
            Column::Attempts,
        ])
        .to_owned();
    Entity::insert_many([row])
        .on_conflict(again)
        .exec_without_returning(txn)
        .await?;
    let siren = &asked.company.siren;
    let event = txn.audit(Entry {
        actor: format!("reviewer:{}", letter.by),
        act: "attachment_letter_made".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "request": letter.request }),
        at: now,
    });
    let notice = SupplierNotice::LetterMade {
        address: letter.address,
        until: paris_day(until),
    };
    let about = About::company(event, siren);
    effects::tell_person(txn, &about, asked.account.id, notice, now).await
}

/// The person types the code: right, they are attached as a manager. A wrong code counts as a try before it is compared.
pub async fn type_code(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    code: Hash,
    now: DateTime<Utc>,
) -> Result<Result<Decided, PeopleProblem>, StoreError> {
    companies::lock(txn, siren).await?;
    let asked = attachment_request::Entity::find()
        .filter(attachment_request::Column::Siren.eq(siren.as_str()))
        .filter(attachment_request::Column::AccountId.eq(account))
        .filter(attachment_request::Column::DecidedAt.is_null())
        .one(txn)
        .await?;
    let Some(asked) = asked else {
        return Ok(Err(PeopleProblem::Gone));
    };
    let letter = Entity::update_many()
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::RequestId.eq(asked.id))
        .filter(Column::ExpiresAt.gt(stamp(now)))
        .filter(Column::Attempts.lt(i64::from(LETTER_ATTEMPTS)))
        .exec_with_returning(txn)
        .await?
        .pop();
    let Some(letter) = letter else {
        return Ok(Err(PeopleProblem::DeadCode));
    };
    if letter.code_hash != code.to_vec() {
        let left = i64::from(LETTER_ATTEMPTS) - letter.attempts;
        return Ok(Err(if left > 0 {
            PeopleProblem::WrongCode
        } else {
            PeopleProblem::DeadCode
        }));
    }
    // The seat has given the code to this person: a third party excepted, they manage.
    let role = if asked.organisation.is_some() {
        MemberRole::Editor
    } else {
        MemberRole::Manager
    };
    let by = Decider::Letter {
        person: account,
        made_by: letter.made_by,
    };
    decide(txn, asked.id, Some(role), by, now).await.map(Ok)
}
