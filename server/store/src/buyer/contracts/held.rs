//! The statuses of the holders of contracts: each with whether it makes the holder count on its day, and why not.

use domain::identifiers::Siret;
use sea_orm::{DbBackend, QueryResult};

use super::scope::HOLDS;
use super::status::{self, StatusFound, date_text, day};
use crate::error::StoreError;

/// What [`read`] reads of a status `s` of a holder `h`, and where it comes from.
pub(super) fn columns(backend: DbBackend) -> String {
    format!(
        "{}, CASE WHEN {HOLDS} THEN 1 ELSE 0 END, {}",
        status::columns(backend),
        date_text("h.notified_on"),
    )
}

/// The status in the columns from `at` on, for a holder with this establishment; `None` when there is none.
pub(super) fn read(
    row: &QueryResult,
    at: usize,
    of: Option<&Siret>,
) -> Result<Option<StatusFound>, StoreError> {
    let Some(found) = status::read(row, at)? else {
        return Ok(None);
    };
    let counts: i32 = row.try_get_by_index(at + 13)?;
    let day = day(row, at + 14)?.ok_or_else(|| StoreError::corrupt("notified_on"))?;
    let missed = (counts == 0)
        .then(|| found.period.why_not(day, of))
        .flatten();
    Ok(Some(StatusFound { missed, ..found }))
}
