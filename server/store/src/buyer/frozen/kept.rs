//! Editions as they are kept: written once, read back by pages.

use chrono::{DateTime, TimeDelta, Utc};
use domain::contracts::Mode;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::{FrozenYear, columns};
use crate::buyer::{
    bulk,
    contracts::imports::parsed,
    rows::{Row, instant},
    schema::{FROZEN_LINES, FROZEN_YEARS},
};
use crate::{error::StoreError, txn::Txn};

/// Lines written or read at a time.
const PAGE: usize = 1000;
/// Editions of one page.
const EDITIONS: u64 = 25;
/// Within this time the same act is the same press of a button.
const TWICE: TimeDelta = TimeDelta::minutes(1);

/// What became of a year to freeze.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub edition: u32,
    /// False for an edition that was there already.
    pub new: bool,
}

pub(super) async fn keep(
    txn: Txn,
    states: &[(FrozenYear, Vec<Row>)],
    begun: DateTime<Utc>,
) -> Result<Kept, StoreError> {
    let backend = txn.get_database_backend();
    if backend == DbBackend::Postgres {
        txn.execute_unprepared("SELECT pg_advisory_xact_lock(7309943016)")
            .await?;
    }
    let year = states.first().map_or(0, |(frozen, _)| frozen.year);
    let latest = format!(
        "WHERE year = {year} AND edition = (SELECT MAX(edition) FROM frozen_years WHERE year = {year})"
    );
    let latest = years(&txn, &latest).await?;
    let last = latest.first().map_or(0, |frozen| frozen.edition);
    if last > 0
        && states
            .iter()
            .all(|(frozen, _)| is_there(frozen, &latest, begun))
    {
        return Ok(Kept {
            edition: last,
            new: false,
        });
    }
    let edition = last.saturating_add(1);
    for (frozen, lines) in states {
        let own = |frozen: &FrozenYear| {
            [
                frozen.year.to_string(),
                edition.to_string(),
                frozen.mode.code().to_owned(),
            ]
            .map(Some)
        };
        let mut head = own(frozen).to_vec();
        head.extend([
            Some(frozen.buyer_siren.clone()),
            Some(frozen.kinds.clone()),
            Some(frozen.rule_version.clone()),
            frozen.data_date.clone(),
            Some(frozen.sha256.clone()),
            Some(frozen.figures.clone()),
            Some(frozen.note.clone()),
            Some(frozen.frozen_by.clone()),
            Some(instant(frozen.frozen_at)),
        ]);
        bulk::insert(&txn, &FROZEN_YEARS, &[head], "NOTHING").await?;
        for (page, lines) in lines.chunks(PAGE).enumerate() {
            let rows: Vec<Row> = (page * PAGE + 1..)
                .zip(lines)
                .map(|(position, line)| {
                    let mut row = own(frozen).to_vec();
                    row.push(Some(position.to_string()));
                    row.extend(line.iter().cloned());
                    row
                })
                .collect();
            bulk::insert(&txn, &FROZEN_LINES, &rows, "NOTHING").await?;
        }
    }
    Ok(Kept { edition, new: true })
}

/// By all that a person sees of it; the hash of the lines is another each time, for the numbers drawn in them are.
fn is_there(frozen: &FrozenYear, latest: &[FrozenYear], begun: DateTime<Utc>) -> bool {
    let seen = |one: &FrozenYear| FrozenYear {
        edition: 0,
        sha256: String::new(),
        frozen_at: begun,
        ..one.clone()
    };
    latest
        .iter()
        .any(|there| seen(there) == seen(frozen) && begun - there.frozen_at < TWICE)
}

pub(super) async fn page(
    db: &DatabaseConnection,
    page: u64,
) -> Result<(Vec<FrozenYear>, u64), StoreError> {
    let editions = "SELECT DISTINCT year, edition FROM frozen_years";
    let statement = Statement::from_string(
        db.get_database_backend(),
        format!("SELECT COUNT(*) FROM ({editions}) e"),
    );
    let row = db.query_one_raw(statement).await?;
    let total: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let offset = page.saturating_sub(1).saturating_mul(EDITIONS);
    let of_page = format!(
        "JOIN ({editions} ORDER BY year DESC, edition DESC LIMIT {EDITIONS} OFFSET {offset}) e
            ON e.year = f.year AND e.edition = f.edition"
    );
    let found = years(db, &of_page).await?;
    Ok((found, u64::try_from(total).unwrap_or(0)))
}

/// The states that `which` chooses, the latest year and edition first.
pub(super) async fn years(
    db: &impl ConnectionTrait,
    which: &str,
) -> Result<Vec<FrozenYear>, StoreError> {
    let sql = format!(
        "SELECT CAST(f.year AS BIGINT), CAST(f.edition AS BIGINT), f.mode, f.buyer_siren, f.kinds, f.rule_version,
            SUBSTR(CAST(f.data_date AS TEXT), 1, 10), f.sha256, f.figures, f.note, f.frozen_by,
            CAST(f.frozen_at AS TEXT)
        FROM frozen_years f {which} ORDER BY f.year DESC, f.edition DESC, f.mode DESC"
    );
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let mut found = Vec::new();
    for row in db.query_all_raw(statement).await? {
        let (year, edition): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let mode: String = row.try_get_by_index(2)?;
        found.push(FrozenYear {
            year: i32::try_from(year).unwrap_or_default(),
            edition: u32::try_from(edition).unwrap_or_default(),
            mode: Mode::ALL
                .into_iter()
                .find(|one| one.code() == mode)
                .ok_or_else(|| StoreError::corrupt("frozen_years.mode"))?,
            buyer_siren: row.try_get_by_index(3)?,
            kinds: row.try_get_by_index(4)?,
            rule_version: row.try_get_by_index(5)?,
            data_date: row.try_get_by_index(6)?,
            sha256: row.try_get_by_index(7)?,
            figures: row.try_get_by_index(8)?,
            note: row.try_get_by_index(9)?,
            frozen_by: row.try_get_by_index(10)?,
            frozen_at: parsed(&row.try_get_by_index::<String>(11)?)
                .ok_or_else(|| StoreError::corrupt("frozen_years.frozen_at"))?,
        });
    }
    Ok(found)
}

pub(super) async fn lines(
    db: &DatabaseConnection,
    of: &FrozenYear,
    after: usize,
) -> Result<Vec<Row>, StoreError> {
    let page = format!("AND position > {after} ORDER BY position LIMIT {PAGE}");
    read(db, of, &page).await
}

pub(super) async fn whole(
    db: &DatabaseConnection,
    of: &FrozenYear,
) -> Result<Vec<Row>, StoreError> {
    read(db, of, "ORDER BY position").await
}

async fn read(
    db: &DatabaseConnection,
    of: &FrozenYear,
    which: &str,
) -> Result<Vec<Row>, StoreError> {
    let names: Vec<String> = columns()
        .map(|(name, _)| format!("CAST({name} AS TEXT)"))
        .collect();
    let sql = format!(
        "SELECT {} FROM frozen_lines WHERE year = {} AND edition = {} AND mode = '{}' {which}",
        names.join(", "),
        of.year,
        of.edition,
        of.mode.code()
    );
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            (0..names.len())
                .map(|at| row.try_get_by_index(at))
                .collect::<Result<Row, _>>()
                .map_err(StoreError::from)
        })
        .collect()
}
