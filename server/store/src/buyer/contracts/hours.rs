//! Hours of the insertion commitments of a year: promised, and realised of them so far as the buyer checked it; the sums, a page
//! of the commitments, or all of them one stretch after another.

use chrono::NaiveDate;
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::indicators::{Asked, Hours};
use domain::insertion::Modality;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, Value};

use super::super::BuyerStore;
use super::figures::{all, count, in_years};
use super::status::{date_text, day};
use crate::buyer::register::{NAME, joined};
use crate::declarations::PAGE_SIZE;
use crate::{error::StoreError, stored};

/// A commitment of the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitmentHours {
    pub siren: Siren,
    pub name: Option<String>,
    pub claim_key: String,
    pub revision: u32,
    pub valid_from: NaiveDate,
    pub ends_on: NaiveDate,
    pub modality: Option<Modality>,
    /// As the company named it.
    pub contract: Option<String>,
    /// The notification of the contract, else the first day of the commitment.
    pub counted_on: NaiveDate,
    pub promised: Hundredths,
    pub realised: Hundredths,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitmentsOfYear {
    pub rows: Vec<CommitmentHours>,
    /// Of all pages.
    pub total: u64,
    pub hours: Hours,
}

impl BuyerStore {
    /// The commitments of the year, in the order of the days on which they count; `page` from 1.
    pub async fn commitment_hours(
        &self,
        asked: &Asked,
        page: u64,
    ) -> Result<CommitmentsOfYear, StoreError> {
        let connection = self.connection(false).await?;
        let done = of_year(&connection, asked, page).await;
        self.give_back(connection).await;
        done
    }

    /// The next of them in the same order, at most `size`.
    pub async fn commitment_hours_after(
        &self,
        asked: &Asked,
        after: Option<&CommitmentHours>,
        size: u64,
    ) -> Result<Vec<CommitmentHours>, StoreError> {
        let connection = self.connection(false).await?;
        let done = lines(&connection, asked, after, &format!("LIMIT {size}")).await;
        self.give_back(connection).await;
        done
    }
}

async fn of_year(
    db: &DatabaseConnection,
    asked: &Asked,
    page: u64,
) -> Result<CommitmentsOfYear, StoreError> {
    let (total, hours) = sums(db, asked).await?;
    let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
    let rows = if offset < total {
        lines(
            db,
            asked,
            None,
            &format!("LIMIT {PAGE_SIZE} OFFSET {offset}"),
        )
        .await?
    } else {
        Vec::new()
    };
    Ok(CommitmentsOfYear { rows, total, hours })
}

/// What the figures say: the sum of what [`lines`] lists.
pub(super) async fn hours(db: &DatabaseConnection, asked: &Asked) -> Result<Hours, StoreError> {
    Ok(sums(db, asked).await?.1)
}

async fn sums(db: &DatabaseConnection, asked: &Asked) -> Result<(u64, Hours), StoreError> {
    let sql = format!(
        "{} SELECT COUNT(*), CAST(COALESCE(SUM(promised), 0) AS BIGINT),
            CAST(COALESCE(SUM(realised), 0) AS BIGINT) FROM counted",
        counted(asked)
    );
    let rows = all(db, sql).await?;
    let Some(row) = rows.first() else {
        return Ok((0, Hours::default()));
    };
    let (committed, realised): (i64, i64) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    let hours = Hours {
        committed: committed.into(),
        realised: realised.into(),
    };
    Ok((count(row, 0)?, hours))
}

async fn lines(
    db: &DatabaseConnection,
    asked: &Asked,
    after: Option<&CommitmentHours>,
    limit: &str,
) -> Result<Vec<CommitmentHours>, StoreError> {
    let mut bound: Vec<Value> = Vec::new();
    let beyond = after.map(|last| {
        bound.push(last.claim_key.as_str().into());
        format!(
            "WHERE (k.counted_on, k.siren, k.claim_key, k.valid_from) > ('{}', '{}', $1, '{}')",
            last.counted_on, last.siren, last.valid_from
        )
    });
    let sql = format!(
        "{} SELECT k.siren, {NAME}, k.claim_key, CAST(k.revision AS BIGINT), {}, {}, k.modality,
            k.contract, {}, k.promised, k.realised
        FROM counted k {} {}
        ORDER BY k.counted_on, k.siren, k.claim_key, k.valid_from {limit}",
        counted(asked),
        date_text("k.valid_from"),
        date_text("k.ends_on"),
        date_text("k.counted_on"),
        joined("k.siren"),
        beyond.unwrap_or_default()
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, bound);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(line).collect()
}

fn line(row: &QueryResult) -> Result<CommitmentHours, StoreError> {
    let corrupt = |what| move || StoreError::corrupt(what);
    let (siren, modality): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(6)?);
    let hours = |at| -> Result<Hundredths, StoreError> {
        let value: i64 = row.try_get_by_index(at)?;
        Ok(Hundredths::from_hundredths(value.into()))
    };
    Ok(CommitmentHours {
        siren: Siren::parse(&siren).map_err(|_| StoreError::corrupt("commitments.siren"))?,
        name: row.try_get_by_index(1)?,
        claim_key: row.try_get_by_index(2)?,
        revision: stored::number(row.try_get_by_index(3)?, "commitments.revision")?,
        valid_from: day(row, 4)?.ok_or_else(corrupt("commitments.valid_from"))?,
        ends_on: day(row, 5)?.ok_or_else(corrupt("commitments.ends_on"))?,
        modality: Modality::from_code(&modality),
        contract: row.try_get_by_index(7)?,
        counted_on: day(row, 8)?.ok_or_else(corrupt("contracts.notified_on"))?,
        promised: hours(9)?,
        realised: hours(10)?,
    })
}

/// The commitments of the year that promise hours, table `counted`. One counts in the year in which its contract was notified, the first one of
/// that number if two establishments use it, or in which it begins when it names none. A quarter belongs to the commitment of its key that began last before its end, unless that one
/// was closed before the quarter began, and counts by its last statement.
fn counted(asked: &Asked) -> String {
    format!(
        "WITH held AS (
            SELECT k.* FROM commitments k
            WHERE NOT EXISTS (SELECT 1 FROM closures x WHERE x.siren = k.siren
                AND x.claim_key = k.claim_key AND x.valid_from = k.valid_from
                AND x.revision = k.revision AND x.closed_from <= k.valid_from)
        ), dated AS (
            SELECT k.*, CASE WHEN k.contract IS NULL THEN k.valid_from ELSE (
                SELECT MIN(c.notified_on) FROM contracts c WHERE c.contract_id = k.contract
                    AND c.buyer_siret >= '{buyer}' AND c.buyer_siret < '{buyer}Z') END AS counted_on
            FROM held k
        ), of_year AS (
            SELECT k.* FROM dated k
            WHERE k.counted_on IS NOT NULL AND k.basis <> 'no_hours' AND k.{counts}
        ), done AS (
            SELECT k.siren, k.claim_key, k.valid_from, SUM({worked}) AS realised
            FROM of_year k
            JOIN realised_hours r ON r.siren = k.siren AND r.claim_key = k.claim_key
                AND r.quarter_ends >= k.valid_from
            WHERE NOT EXISTS (SELECT 1 FROM realised_hours n WHERE n.siren = r.siren
                    AND n.claim_key = r.claim_key AND n.quarter = r.quarter AND n.number > r.number)
                AND NOT EXISTS (SELECT 1 FROM closures x WHERE x.siren = k.siren
                    AND x.claim_key = k.claim_key AND x.valid_from = k.valid_from
                    AND x.revision = k.revision AND x.closed_from <= r.quarter)
                AND NOT EXISTS (SELECT 1 FROM held n WHERE n.siren = k.siren
                    AND n.claim_key = k.claim_key AND n.valid_from > k.valid_from
                    AND n.valid_from <= r.quarter_ends)
            GROUP BY k.siren, k.claim_key, k.valid_from
        ), counted AS (
            SELECT k.*, {promised} AS promised, CAST(COALESCE(d.realised, 0) AS BIGINT) AS realised
            FROM of_year k LEFT JOIN done d ON d.siren = k.siren AND d.claim_key = k.claim_key
                AND d.valid_from = k.valid_from
        )",
        buyer = asked.buyer,
        counts = in_years("counted_on", asked.year, asked.year),
        worked = hundredths("r.hours"),
        promised = hundredths("k.hours"),
    )
}

fn hundredths(column: &str) -> String {
    format!("CAST(ROUND({column} * 100) AS BIGINT)")
}
