//! A status as the pages explain it: its period, its evidence, and where it was validated.

use chrono::{DateTime, NaiveDate, Utc};
use domain::identifiers::Siret;
use domain::indicators::{NotCounted, Period};
use sea_orm::{DbBackend, QueryResult};

use super::super::{schema::Kind as Sort, verify::as_text};
use crate::{error::StoreError, stored};

/// A status of a company, wherever it was validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusFound {
    pub kind: String,
    pub period: Period,
    /// Why it does not count, where that was asked; `None`: it does.
    pub missed: Option<NotCounted>,
    pub reference: Option<String>,
    pub authority: Option<String>,
    pub origin: Origin,
}

impl StatusFound {
    /// Decided on the portal, which has its qualification.
    pub const fn is_of_portal(&self) -> bool {
        matches!(self.origin, Origin::Portal { .. })
    }
}

/// Where a status was validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// On the portal: what finds its qualification there.
    Portal {
        claim_key: String,
        revision: u32,
        accepted_at: DateTime<Utc>,
    },
    TakenOver {
        recorded_at: DateTime<Utc>,
        validated_on: Option<NaiveDate>,
        note: Option<String>,
    },
}

/// What [`read`] reads of a status `s` with its [`origins`].
pub(in crate::buyer) fn columns(backend: DbBackend) -> String {
    let instant = |of: &str| as_text(of, Sort::Instant, backend);
    format!(
        "s.kind, s.siret, {}, {}, {}, COALESCE(q.reference, t.reference),
            COALESCE(q.authority, t.authority), q.claim_key, q.revision, {}, {}, {}, t.note",
        date_text("s.valid_from"),
        date_text("s.valid_to"),
        date_text("s.closed_from"),
        instant("q.accepted_at"),
        instant("t.recorded_at"),
        date_text("t.validated_on"),
    )
}

/// What joins a status `s` to where it comes from.
pub(in crate::buyer) fn origins() -> String {
    let same = |of: &str| {
        format!(
            "{of}.siren = s.siren AND {of}.kind = s.kind AND {of}.valid_from = s.valid_from
                AND COALESCE({of}.siret, '') = COALESCE(s.siret, '')"
        )
    };
    format!(
        "LEFT JOIN qualifications q ON s.origin = 'portal' AND {}
        LEFT JOIN taken_over_qualifications t ON s.origin = 'taken_over' AND {}",
        same("q"),
        same("t")
    )
}

/// From a column on, thirteen columns.
pub(in crate::buyer) fn read(
    row: &QueryResult,
    at: usize,
) -> Result<Option<StatusFound>, StoreError> {
    let Some(kind) = row.try_get_by_index::<Option<String>>(at)? else {
        return Ok(None);
    };
    let siret: Option<String> = row.try_get_by_index(at + 1)?;
    let period = Period {
        siret: siret.and_then(|siret| Siret::parse(&siret).ok()),
        valid_from: day(row, at + 2)?.ok_or_else(|| StoreError::corrupt("statuses.valid_from"))?,
        valid_to: day(row, at + 3)?,
        closed_from: day(row, at + 4)?,
    };
    let origin = match row.try_get_by_index::<Option<String>>(at + 7)? {
        Some(claim_key) => Origin::Portal {
            claim_key,
            revision: stored::number(row.try_get_by_index(at + 8)?, "qualifications.revision")?,
            accepted_at: moment(row, at + 9)?,
        },
        None => Origin::TakenOver {
            recorded_at: moment(row, at + 10)?,
            validated_on: day(row, at + 11)?,
            note: row.try_get_by_index(at + 12)?,
        },
    };
    Ok(Some(StatusFound {
        kind,
        period,
        missed: None,
        reference: row.try_get_by_index(at + 5)?,
        authority: row.try_get_by_index(at + 6)?,
        origin,
    }))
}

pub(in crate::buyer) fn date_text(column: &str) -> String {
    format!("SUBSTR(CAST({column} AS TEXT), 1, 10)")
}

pub(in crate::buyer) fn day(row: &QueryResult, at: usize) -> Result<Option<NaiveDate>, StoreError> {
    let text: Option<String> = row.try_get_by_index(at)?;
    text.map(|text| text.parse().map_err(|_| StoreError::corrupt("a date")))
        .transpose()
}

pub(in crate::buyer) fn moment(row: &QueryResult, at: usize) -> Result<DateTime<Utc>, StoreError> {
    let text: String = row.try_get_by_index(at)?;
    text.parse().map_err(|_| StoreError::corrupt("an instant"))
}
