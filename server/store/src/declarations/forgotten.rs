//! Drafts that nobody finishes, and the reminders given of them: each once in its cycle.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    civil::paris_day,
    lifecycle::{Effect, Status, SupplierNotice},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{OnConflict, Query},
};
use uuid::Uuid;

use super::{lock, subject};
use crate::{
    audit::Entry,
    effects::{self, About},
    entities::{
        declaration::{Column, Entity},
        draft_reminder,
    },
    error::StoreError,
    ids::stamp,
    txn::Txn,
};

/// How long a draft has been left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Forgotten {
    TwoWeeks,
    SixWeeks,
}

/// How long ago a draft may have been left and still be told of: later, nobody waits for it.
const LOOK_BACK_DAYS: i64 = 120;

impl Forgotten {
    pub const ALL: [Self; 2] = [Self::TwoWeeks, Self::SixWeeks];

    pub const fn code(self) -> &'static str {
        match self {
            Self::TwoWeeks => "forgotten-14",
            Self::SixWeeks => "forgotten-45",
        }
    }

    pub const fn days(self) -> i64 {
        match self {
            Self::TwoWeeks => 14,
            Self::SixWeeks => 45,
        }
    }

    /// When a draft of which this is told now was last saved: not before, and before.
    fn span(self, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let longest = match self {
            Self::TwoWeeks => Self::SixWeeks.days(),
            Self::SixWeeks => LOOK_BACK_DAYS,
        };
        let ago = |days| stamp(now - TimeDelta::days(days));
        (ago(longest), ago(self.days()))
    }
}

/// The drafts left alone for so long, of which it was not told.
pub async fn forgotten(
    db: &impl ConnectionTrait,
    how: Forgotten,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, StoreError> {
    let (from, to) = how.span(now);
    let given = Query::select()
        .column(draft_reminder::Column::DeclarationId)
        .from(draft_reminder::Entity)
        .and_where(draft_reminder::Column::Kind.eq(how.code()))
        .take();
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Status.eq(Status::Draft.code()))
        .filter(Column::UpdatedAt.gte(from))
        .filter(Column::UpdatedAt.lt(to))
        .filter(Column::Id.not_in_subquery(given))
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Tells the people of the company, once; `false` when it was told, or is not true any more.
pub async fn remind(
    txn: &Txn,
    id: Uuid,
    how: Forgotten,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let record = lock(txn, id, None).await?;
    let (from, to) = how.span(now);
    if record.declaration.status != Status::Draft || !(from..to).contains(&record.updated_at) {
        return Ok(false);
    }
    let row = draft_reminder::ActiveModel {
        declaration_id: Set(id),
        kind: Set(how.code().to_owned()),
        given_at: Set(stamp(now)),
    };
    let given = draft_reminder::Entity::insert_many([row])
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    if given == 0 {
        return Ok(false);
    }
    let event = txn.audit(Entry {
        actor: "system".to_owned(),
        act: "draft_reminded".to_owned(),
        subject: subject(id),
        details: serde_json::json!({ "kind": how.code() }),
        at: now,
    });
    let about = About {
        event,
        subject: subject(id),
        siren: &record.declaration.siren,
        declaration: Some(id),
        revision: record.declaration.revision,
    };
    let notice = SupplierNotice::DraftForgotten {
        saved_on: paris_day(record.updated_at),
    };
    effects::enqueue(txn, &about, &[Effect::TellSupplier(notice)], now).await?;
    Ok(true)
}
