//! The subcontracts behind the indirect solidarity purchases of a year (I3s): their sum, a page of them, or all of them one
//! span after another.
//!
//! One counts when its amount is usable (R6) and its subcontractor is a solidarity enterprise on its day (R11), by the same
//! condition as a holder. The day is its own, else that of its contract; one that is to come counts from then on. It is of the
//! whole year: a narrowed question has none.

use chrono::NaiveDate;
use domain::contracts::Amount;
use domain::identifiers::Siret;
use domain::indicators::Asked;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement, Value};

use super::super::BuyerStore;
use super::figures::{all, count, in_years};
use super::held;
use super::lines::{holders, named};
use super::scope::{HOLDS, kinds_in};
use super::status::{self, StatusFound, date_text, day};
use crate::buyer::register::{NAME, joined};
use crate::declarations::PAGE_SIZE;
use crate::error::StoreError;

/// The place of a subcontract in the order of notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubcontractKey {
    counted_on: NaiveDate,
    buyer_siret: String,
    contract_id: String,
    position: i64,
}

/// A subcontract that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubcontractLine {
    pub buyer_siret: String,
    pub contract_id: String,
    /// Its rank in the contract, from 1.
    pub position: i64,
    /// As published.
    pub number: String,
    /// Of the contract.
    pub object: Option<String>,
    /// Names of the holders of the contract where they are known, identifiers otherwise.
    pub holder_names: Vec<String>,
    /// The SIREN of the subcontractor.
    pub party: String,
    pub siret: Option<Siret>,
    pub name: Option<String>,
    /// `None`: it counts on the day of its contract.
    pub notified_on: Option<NaiveDate>,
    pub counted_on: NaiveDate,
    pub amount: Amount,
    /// Those that make it count.
    pub statuses: Vec<StatusFound>,
}

impl SubcontractLine {
    fn key(&self) -> SubcontractKey {
        SubcontractKey {
            counted_on: self.counted_on,
            buyer_siret: self.buyer_siret.clone(),
            contract_id: self.contract_id.clone(),
            position: self.position,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubcontractLines {
    pub rows: Vec<SubcontractLine>,
    /// Of all pages.
    pub total: u64,
    pub amount: Amount,
}

impl BuyerStore {
    /// The subcontracts that count, the greatest amounts first; `page` from 1.
    pub async fn subcontract_lines(
        &self,
        asked: &Asked,
        today: NaiveDate,
        page: u64,
    ) -> Result<SubcontractLines, StoreError> {
        let connection = self.connection(false).await?;
        let done = lines(&connection, asked, today, page).await;
        self.give_back(connection).await;
        done
    }

    /// The next `size` of them in the order of their days, and where to go on from; `None` at the end.
    pub async fn subcontract_lines_after(
        &self,
        asked: &Asked,
        today: NaiveDate,
        after: Option<&SubcontractKey>,
        size: u64,
    ) -> Result<(Vec<SubcontractLine>, Option<SubcontractKey>), StoreError> {
        let connection = self.connection(false).await?;
        let done = after_key(&connection, asked, today, after, size).await;
        self.give_back(connection).await;
        let rows = done?;
        let is_last = u64::try_from(rows.len()).is_ok_and(|count| count < size);
        let last = rows.last().filter(|_| !is_last).map(SubcontractLine::key);
        Ok((rows, last))
    }
}

/// The sum of the year, in millionths of a euro.
pub(super) async fn amount(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
) -> Result<i128, StoreError> {
    Ok(sum(db, asked, today).await?.1.millionths())
}

/// How many, and their sum.
async fn sum(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
) -> Result<(u64, Amount), StoreError> {
    let sql = format!(
        "{} SELECT COUNT(*), CAST(COALESCE(SUM(h.amount / 1000000), 0) AS BIGINT),
            CAST(COALESCE(SUM(h.amount % 1000000), 0) AS BIGINT) FROM counted h",
        counted(asked, today)
    );
    let rows = all(db, sql).await?;
    let Some(row) = rows.first() else {
        return Ok((0, Amount::default()));
    };
    let (euros, rest): (i64, i64) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    let amount = i128::from(euros) * 1_000_000 + i128::from(rest);
    Ok((count(row, 0)?, Amount::from_millionths(amount)))
}

/// The statuses `s` that make a subcontractor `h` count.
fn counting(asked: &Asked) -> String {
    format!(
        "s.siren = h.siren AND {HOLDS} AND s.kind IN ({})",
        kinds_in(&asked.kinds)
    )
}

/// The table `counted`. Nothing in it was typed by anyone: a SIREN, dates and codes.
fn counted(asked: &Asked, today: NaiveDate) -> String {
    format!(
        "WITH counted AS (
            SELECT h.* FROM (SELECT u.buyer_siret, u.contract_id, u.position, u.subcontract_id, u.party,
                    u.siren, u.siret, u.notified_on AS own_day, u.counted_on AS notified_on,
                    u.{mode}_amount AS amount
                FROM subcontracts u
                WHERE {} AND u.counted_on <= '{today}'
                AND u.buyer_siret >= '{buyer}' AND u.buyer_siret < '{buyer}Z') AS h
            WHERE h.amount IS NOT NULL AND EXISTS (SELECT 1 FROM statuses s WHERE {})
        )",
        in_years("u.counted_on", asked.year, asked.year),
        counting(asked),
        mode = asked.mode.code(),
        buyer = asked.buyer
    )
}

async fn lines(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
    page: u64,
) -> Result<SubcontractLines, StoreError> {
    let (total, amount) = sum(db, asked, today).await?;
    let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
    let mut rows = Vec::new();
    if offset < total {
        let order = "h.amount DESC, h.buyer_siret, h.contract_id, h.position";
        let limit = format!("LIMIT {PAGE_SIZE} OFFSET {offset}");
        let sql = explained(
            db.get_database_backend(),
            asked,
            today,
            "true",
            order,
            &limit,
        );
        rows = grouped(&all(db, sql).await?)?;
    }
    Ok(SubcontractLines {
        rows,
        total,
        amount,
    })
}

async fn after_key(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
    after: Option<&SubcontractKey>,
    size: u64,
) -> Result<Vec<SubcontractLine>, StoreError> {
    let order = "h.notified_on, h.buyer_siret, h.contract_id, h.position";
    let beyond = after.map_or_else(
        || "true".to_owned(),
        |key| {
            format!(
                "({order}) > ('{}', $1, $2, {})",
                key.counted_on, key.position
            )
        },
    );
    let bound = after.into_iter().flat_map(|key| {
        [&key.buyer_siret, &key.contract_id].map(|text| Value::from(text.as_str()))
    });
    let backend = db.get_database_backend();
    let sql = explained(
        backend,
        asked,
        today,
        &beyond,
        order,
        &format!("LIMIT {size}"),
    );
    let statement = Statement::from_sql_and_values(backend, sql, bound);
    grouped(&db.query_all_raw(statement).await?)
}

/// Some of those that count, each once for each status that makes it count.
fn explained(
    backend: DbBackend,
    asked: &Asked,
    today: NaiveDate,
    which: &str,
    order: &str,
    limit: &str,
) -> String {
    format!(
        "{}, page AS (SELECT h.* FROM counted h WHERE {which} ORDER BY {order} {limit})
        SELECT h.buyer_siret, h.contract_id, h.position, h.subcontract_id, h.party, h.siret, {NAME},
            {}, {}, h.amount, c.object, {}, {}
        FROM page h
        JOIN contracts c ON c.buyer_siret = h.buyer_siret AND c.contract_id = h.contract_id
        {}
        JOIN statuses s ON {}
        {}
        ORDER BY {order}, s.kind, s.valid_from, s.siret, s.origin",
        counted(asked, today),
        date_text("h.own_day"),
        date_text("h.notified_on"),
        holders(asked),
        held::columns(backend),
        joined("h.siren"),
        counting(asked),
        status::origins(),
    )
}

/// The rows of one subcontract follow each other.
fn grouped(rows: &[QueryResult]) -> Result<Vec<SubcontractLine>, StoreError> {
    let mut lines: Vec<SubcontractLine> = Vec::new();
    for row in rows {
        let line = line(row)?;
        if lines.last().is_none_or(|last| last.key() != line.key()) {
            lines.push(line);
        }
        let Some(last) = lines.last_mut() else {
            continue;
        };
        let status = held::read(row, 12, last.siret.as_ref())?;
        last.statuses.extend(status);
    }
    Ok(lines)
}

fn line(row: &QueryResult) -> Result<SubcontractLine, StoreError> {
    let siret: Option<String> = row.try_get_by_index(5)?;
    let amount: i64 = row.try_get_by_index(9)?;
    let holders = named(row.try_get_by_index(11)?);
    Ok(SubcontractLine {
        buyer_siret: row.try_get_by_index(0)?,
        contract_id: row.try_get_by_index(1)?,
        position: row.try_get_by_index(2)?,
        number: row.try_get_by_index(3)?,
        party: row.try_get_by_index(4)?,
        siret: siret.and_then(|siret| Siret::parse(&siret).ok()),
        name: row.try_get_by_index(6)?,
        notified_on: day(row, 7)?,
        counted_on: day(row, 8)?.ok_or_else(|| StoreError::corrupt("subcontracts.counted_on"))?,
        amount: Amount::from_millionths(amount.into()),
        object: row.try_get_by_index(10)?,
        holder_names: holders.into_iter().map(|(name, _)| name).collect(),
        statuses: Vec::new(),
    })
}
