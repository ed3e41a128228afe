//! Qualifications whose end is near or past, and the reminders given of it: each once.

use chrono::{Days, NaiveDate, TimeDelta};
use domain::lifecycle::reminder_window;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{
    entities::{
        closure,
        qualification::{Column, Entity},
        reminder,
    },
    error::StoreError,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reminder {
    Expiring60,
    Expiring30,
    Expiring7,
    Expired,
}

impl Reminder {
    pub const ALL: [Self; 4] = [
        Self::Expiring60,
        Self::Expiring30,
        Self::Expiring7,
        Self::Expired,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Expiring60 => "expiring-60",
            Self::Expiring30 => "expiring-30",
            Self::Expiring7 => "expiring-7",
            Self::Expired => "expired",
        }
    }

    /// How many days before the end it is given; `None` once the end is past.
    pub const fn days(self) -> Option<u16> {
        match self {
            Self::Expiring60 => Some(60),
            Self::Expiring30 => Some(30),
            Self::Expiring7 => Some(7),
            Self::Expired => None,
        }
    }

    pub(super) fn of_days(days: u16) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|reminder| reminder.days() == Some(days))
    }
}

/// A reminder to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub qualification: Uuid,
    pub reminder: Reminder,
}

/// How far back an end that nobody was told of is still told: longer than any outage.
const LOOK_BACK_DAYS: u64 = 60;

/// The reminders due on a day and not given yet, for qualifications that no closure has ended.
pub async fn due(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    reminder: Reminder,
    limit: u64,
) -> Result<Vec<Due>, StoreError> {
    let ends = match reminder.days() {
        Some(days) => {
            let window = reminder_window(days).unwrap_or(0..=0);
            let day = |left: i64| today + TimeDelta::days(left);
            Column::ValidTo.between(day(*window.start()), day(*window.end()))
        }
        None => Column::ValidTo
            .lt(today)
            .and(Column::ValidTo.gte(today - Days::new(LOOK_BACK_DAYS))),
    };
    let given = Query::select()
        .column(reminder::Column::QualificationId)
        .from(reminder::Entity)
        .and_where(reminder::Column::Kind.eq(reminder.code()))
        .take();
    let closed = Query::select()
        .column(closure::Column::QualificationId)
        .from(closure::Entity)
        .and_where(
            Expr::col((closure::Entity, closure::Column::StartsOn))
                .lte(Expr::col((Entity, Column::ValidTo))),
        )
        .and_where(
            Expr::col((closure::Entity, closure::Column::QualificationId))
                .eq(Expr::col((Entity, Column::Id))),
        )
        .take();
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(ends)
        .filter(Column::Id.not_in_subquery(given))
        .filter(Expr::exists(closed).not())
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids
        .into_iter()
        .map(|qualification| Due {
            qualification,
            reminder,
        })
        .collect())
}
