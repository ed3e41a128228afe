//! What the figures of a year are made of, asked in few queries whatever the number of contracts.
//!
//! Amounts are summed in two parts, euros and millionths, so that no sum overflows and none is rounded. Contracts are grouped
//! by how many of their holders count: the exact share of each group follows without reading the contracts one by one.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::contracts::{Amount, Holder, Mode};
use domain::identifiers::{Siren, Siret};
use domain::indicators::{Asked, Cover, Facts, Group, SharedContract, SharedHolder};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement};

use super::super::BuyerStore;
use super::scope::{ENTERED, Scope};
use crate::error::StoreError;

impl BuyerStore {
    /// What the figures of a year are made of. A framework notified after `today` is not in the data yet.
    pub async fn year_facts(&self, asked: &Asked, today: NaiveDate) -> Result<Facts, StoreError> {
        let mut years = self.years_facts(asked, asked.year, today).await?;
        Ok(years.remove(&asked.year).unwrap_or_default())
    }

    /// The same for the years from `first` on; those before the one asked for have what the rates need, and no more.
    pub async fn years_facts(
        &self,
        asked: &Asked,
        first: i32,
        today: NaiveDate,
    ) -> Result<BTreeMap<i32, Facts>, StoreError> {
        let connection = self.connection(false).await?;
        let done = facts(&connection, asked, first, today).await;
        self.give_back(connection).await;
        done
    }
}

async fn facts(
    db: &DatabaseConnection,
    asked: &Asked,
    first: i32,
    today: NaiveDate,
) -> Result<BTreeMap<i32, Facts>, StoreError> {
    let all_years = Scope::years(asked, first, today);
    let mut years: BTreeMap<i32, Facts> = BTreeMap::new();
    for (year, group) in groups(db, &all_years).await? {
        years.entry(year).or_default().groups.push(group);
    }
    for contract in shared(db, &all_years, asked.mode).await? {
        let year = contract.notified_on.year();
        years.entry(year).or_default().shared.push(contract);
    }
    let of_year = Scope::years(asked, asked.year, today);
    let year = years.entry(asked.year).or_default();
    (year.cover, year.data_date) = cover(db, &of_year).await?;
    year.hours_committed = hours(db, asked).await?;
    year.flags = flags(db, &of_year, asked).await?;
    Ok(years)
}

/// The civil years of a date.
pub(super) fn in_years(column: &str, first: i32, last: i32) -> String {
    format!("{column} BETWEEN '{first:04}-01-01' AND '{last:04}-12-31'")
}

pub(super) async fn groups(
    db: &DatabaseConnection,
    scope: &Scope,
) -> Result<Vec<(i32, Group)>, StoreError> {
    let sum = |what: &str| format!("CAST(COALESCE(SUM({what}), 0) AS BIGINT)");
    let parts = |of: &str| {
        let amount = format!("CASE WHEN {of} AND excluded = 0 THEN amount ELSE 0 END");
        format!(
            "{}, {}",
            sum(&format!("({amount}) / 1000000")),
            sum(&format!("({amount}) % 1000000"))
        )
    };
    let counts = [
        "environmental_clause",
        "environmental_any",
        "social_clause",
        "social_any",
        "reserved",
        "innovative",
    ]
    .map(sum)
    .join(", ");
    let sql = format!(
        "SELECT CASE WHEN amount IS NULL OR excluded = 1 THEN 0 ELSE 1 END AS in_amounts,
            CAST(holders AS BIGINT) AS held, CAST(COALESCE(m.solidarity, 0) AS BIGINT) AS solidarity,
            CAST(COALESCE(m.sme, 0) AS BIGINT) AS sme, COUNT(*), {counts}, {}, {}, {},
            CAST(SUBSTR(CAST(c.notified_on AS TEXT), 1, 4) AS BIGINT) AS year
        FROM scope c LEFT JOIN matched m
            ON m.buyer_siret = c.buyer_siret AND m.contract_id = c.contract_id
        GROUP BY 1, 2, 3, 4, 18",
        parts("amount IS NOT NULL"),
        parts("amount IS NOT NULL AND environmental_clause = 1"),
        parts("amount IS NOT NULL AND social_clause = 1")
    );
    let rows = scope.all(db, &sql).await?;
    rows.iter()
        .map(|row| {
            let in_amounts: i32 = row.try_get_by_index(0)?;
            let year: i64 = row.try_get_by_index(17)?;
            let group = Group {
                in_amounts: in_amounts == 1,
                holders: count(row, 1)?,
                solidarity: count(row, 2)?,
                sme: count(row, 3)?,
                contracts: count(row, 4)?,
                environmental_clause: count(row, 5)?,
                environmental_any: count(row, 6)?,
                social_clause: count(row, 7)?,
                social_any: count(row, 8)?,
                reserved: count(row, 9)?,
                innovative: count(row, 10)?,
                amount: whole(row, 11)?,
                environmental_amount: whole(row, 13)?,
                social_amount: whole(row, 15)?,
            };
            Ok((i32::try_from(year).unwrap_or_default(), group))
        })
        .collect()
}

async fn cover(
    db: &DatabaseConnection,
    scope: &Scope,
) -> Result<(Cover, Option<String>), StoreError> {
    let sql = format!(
        "SELECT COUNT(*), CAST(COALESCE(SUM(declared), 0) AS BIGINT),
            CAST(COALESCE(SUM(by_register), 0) AS BIGINT),
            (SELECT SUBSTR(CAST(MAX(ended_at) AS TEXT), 1, 10) FROM imports
                WHERE subject = 'contracts' AND state = 'done')
        FROM (SELECT MAX(declared) AS declared,
                MAX(CASE WHEN sme_declared = 0 AND sme_registered = 1 THEN 1 ELSE 0 END) AS by_register
            FROM found GROUP BY party) AS parties"
    );
    let rows = scope.all(db, &sql).await?;
    let Some(row) = rows.first() else {
        return Ok((Cover::default(), None));
    };
    let cover = Cover {
        holders: count(row, 0)?,
        covered: count(row, 1)?,
        sme_by_register: count(row, 2)?,
    };
    Ok((cover, row.try_get_by_index(3)?))
}

/// Contracts of the year whose shares were entered, by number alone or with the establishment.
async fn shared(
    db: &DatabaseConnection,
    scope: &Scope,
    mode: Mode,
) -> Result<Vec<SharedContract>, StoreError> {
    let sql = format!(
        "SELECT c.buyer_siret, c.contract_id,
            CASE WHEN c.excluded = 1 THEN NULL ELSE c.amount END, e.holder, e.share,
            SUBSTR(CAST(c.notified_on AS TEXT), 1, 10)
        FROM scope c JOIN {ENTERED}
        ORDER BY c.buyer_siret, c.contract_id, e.holder"
    );
    let mut found: Vec<SharedContract> = Vec::new();
    for row in scope.all(db, &sql).await? {
        let (buyer_siret, contract_id): (String, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let amount: Option<i64> = row.try_get_by_index(2)?;
        let entry = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
        let notified_on: String = row.try_get_by_index(5)?;
        let notified_on = notified_on
            .parse()
            .map_err(|_| StoreError::corrupt("contracts.notified_on"))?;
        match found.last_mut() {
            Some(last) if last.buyer_siret == buyer_siret && last.contract_id == contract_id => {
                last.entries.push(entry);
            }
            _ => found.push(SharedContract {
                buyer_siret,
                contract_id,
                notified_on,
                amount: amount.map(|amount| Amount::from_millionths(amount.into())),
                entries: vec![entry],
                holders: Vec::new(),
            }),
        }
    }
    if !found.is_empty() {
        holders_of_shared(db, scope, mode, &mut found).await?;
    }
    Ok(found)
}

async fn holders_of_shared(
    db: &DatabaseConnection,
    scope: &Scope,
    mode: Mode,
    found: &mut [SharedContract],
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT h.buyer_siret, h.contract_id, h.id_type, h.id, h.siren, h.siret,
            CAST(f.solidarity AS BIGINT),
            CAST(CASE WHEN f.sme_declared = 1 OR f.sme_registered = 1 THEN 1 ELSE 0 END AS BIGINT)
        FROM contract_holders h JOIN found f ON f.buyer_siret = h.buyer_siret
            AND f.contract_id = h.contract_id AND f.party = h.party
        WHERE h.mode = '{}' AND EXISTS (SELECT 1 FROM contract_shares e
            WHERE e.contract_ref IN (h.contract_id, h.buyer_siret || '/' || h.contract_id))
        ORDER BY h.buyer_siret, h.contract_id, h.position",
        mode.code()
    );
    for row in scope.all(db, &sql).await? {
        let (buyer_siret, contract_id): (String, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let (siren, siret): (Option<String>, Option<String>) =
            (row.try_get_by_index(4)?, row.try_get_by_index(5)?);
        let holder = SharedHolder {
            holder: Holder {
                id_type: row.try_get_by_index(2)?,
                id: row.try_get_by_index(3)?,
                siren: siren.and_then(|siren| Siren::parse(&siren).ok()),
                siret: siret.and_then(|siret| Siret::parse(&siret).ok()),
            },
            solidarity: count(&row, 6)? == 1,
            sme: count(&row, 7)? == 1,
        };
        if let Some(contract) = found
            .iter_mut()
            .find(|one| one.buyer_siret == buyer_siret && one.contract_id == contract_id)
        {
            contract.holders.push(holder);
        }
    }
    Ok(())
}

/// Hours of the commitments whose contract was notified in the year, or that begin in it when they name no contract.
async fn hours(db: &DatabaseConnection, asked: &Asked) -> Result<i128, StoreError> {
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(CAST(ROUND(k.hours * 100) AS BIGINT)), 0) AS BIGINT) FROM commitments k
        WHERE NOT EXISTS (SELECT 1 FROM closures x WHERE x.siren = k.siren
                AND x.claim_key = k.claim_key AND x.valid_from = k.valid_from
                AND x.revision = k.revision AND x.closed_from <= k.valid_from)
            AND ((k.contract IS NULL AND k.{})
            OR EXISTS (SELECT 1 FROM contracts c WHERE c.contract_id = k.contract
                AND c.buyer_siret >= '{buyer}' AND c.buyer_siret < '{buyer}Z' AND c.{}))",
        in_years("valid_from", asked.year, asked.year),
        in_years("notified_on", asked.year, asked.year),
        buyer = asked.buyer
    );
    let rows = all(db, sql).await?;
    let committed: i64 = rows.first().map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(committed.into())
}

/// What was found in the contracts of the year, and in the publications that count in no year.
async fn flags(
    db: &DatabaseConnection,
    scope: &Scope,
    asked: &Asked,
) -> Result<Vec<(String, String, String)>, StoreError> {
    let buyer = &asked.buyer;
    let sql = format!(
        "SELECT f.buyer_siret, f.contract_id, f.flag FROM contract_flags f
            JOIN scope c ON c.buyer_siret = f.buyer_siret AND c.contract_id = f.contract_id
        UNION SELECT f.buyer_siret, f.contract_id, f.flag FROM contract_flags f
            WHERE f.flag = 'DATE_QUARANTINED'
            AND f.buyer_siret >= '{buyer}' AND f.buyer_siret < '{buyer}Z'
        UNION SELECT c.buyer_siret, c.contract_id, 'SUBSEQUENT_EXCLUDED' FROM scope c
            WHERE c.excluded = 1
        ORDER BY 1, 2, 3"
    );
    scope
        .all(db, &sql)
        .await?
        .iter()
        .map(|row| {
            Ok((
                row.try_get_by_index(0)?,
                row.try_get_by_index(1)?,
                row.try_get_by_index(2)?,
            ))
        })
        .collect()
}

async fn all(db: &DatabaseConnection, sql: String) -> Result<Vec<QueryResult>, StoreError> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    Ok(db.query_all_raw(statement).await?)
}

pub(super) fn count(row: &QueryResult, at: usize) -> Result<u64, StoreError> {
    let value: i64 = row.try_get_by_index(at)?;
    Ok(u64::try_from(value).unwrap_or(0))
}

/// A sum kept in two parts, euros then millionths.
fn whole(row: &QueryResult, at: usize) -> Result<i128, StoreError> {
    let (euros, rest): (i64, i64) = (row.try_get_by_index(at)?, row.try_get_by_index(at + 1)?);
    Ok(i128::from(euros) * 1_000_000 + i128::from(rest))
}
