//! A declaration begins: one open at a time for each company.

use chrono::{DateTime, Datelike, Utc};
use domain::{
    form::{Draft, FORM_VERSION},
    identifiers::Siren,
    lifecycle::{Act, Actor, Status},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde_json::json;
use uuid::Uuid;

use super::{StepVersions, Typings, actor_code, subject};
use crate::{
    audit::Entry,
    entities::declaration::{ActiveModel, Column, Entity},
    error::StoreError,
    ids::{new_id, stamp},
    stored,
    txn::Txn,
};

/// The open declaration of the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    New(Uuid),
    /// It was open already: the answers given are not used.
    Existing(Uuid),
}

impl Opened {
    pub const fn id(self) -> Uuid {
        match self {
            Self::New(id) | Self::Existing(id) => id,
        }
    }
}

/// Opens a declaration, or finds the one that is open. `previous` is the one that it amends or renews.
pub async fn open(
    txn: &Txn,
    siren: &Siren,
    draft: &Draft,
    previous: Option<Uuid>,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<Opened, StoreError> {
    let account = by.account.ok_or(StoreError::NotFound)?;
    let id = new_id(now);
    let row = ActiveModel {
        id: Set(id),
        siren: Set(siren.as_str().to_owned()),
        status: Set(Status::Draft.code().to_owned()),
        version: Set(1),
        form_version: Set(i64::from(FORM_VERSION)),
        answers: Set(stored::to_json(draft)?),
        step_versions: Set(stored::to_json(&StepVersions::default())?),
        typing: Set(stored::to_json(&Typings::default())?),
        reference: Set(reference(id, now)),
        previous: Set(previous),
        opened_at: Set(stamp(now)),
        opened_by: Set(account),
        updated_at: Set(stamp(now)),
        updated_by: Set(actor_code(by)),
        ..ActiveModel::default()
    };
    // Two people who open at the same instant: the index on open declarations lets one through.
    let inserted = Entity::insert_many([row])
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    if inserted == 0 {
        let open = Status::ALL.into_iter().filter(|status| status.is_open());
        let existing = Entity::find()
            .filter(Column::Siren.eq(siren.as_str()))
            .filter(Column::Status.is_in(open.map(Status::code)))
            .one(txn)
            .await?
            .ok_or_else(|| StoreError::Constraint("declarations_open_key".to_owned()))?;
        return Ok(Opened::Existing(existing.id));
    }
    txn.audit(Entry {
        actor: actor_code(by),
        act: Act::Opened.code().to_owned(),
        subject: subject(id),
        details: json!({ "siren": siren, "previous": previous }),
        at: now,
    });
    if let Some(previous) = previous {
        txn.audit(Entry {
            actor: actor_code(by),
            act: Act::Continued.code().to_owned(),
            subject: subject(previous),
            details: json!({ "next": id }),
            at: now,
        });
    }
    Ok(Opened::New(id))
}

/// A reference that can be read aloud: the year, then 40 random bits of the identifier without the
/// letters that look like digits.
fn reference(id: Uuid, now: DateTime<Utc>) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = id.as_u128() & ((1 << 40) - 1);
    let mut text = format!("SPA-{}-", now.year());
    for n in (0..8).rev() {
        let digit = usize::try_from((bits >> (n * 5)) & 31).unwrap_or(0);
        text.push(char::from(*LETTERS.get(digit).unwrap_or(&b'0')));
        if n == 4 {
            text.push('-');
        }
    }
    text
}
