//! What the figures of a year are made of, asked in few queries whatever the number of contracts.
//!
//! Amounts are summed in two parts, euros and millionths, so that no sum overflows and none is rounded. Contracts are grouped
//! by how many of their holders count: the exact share of each group follows without reading the contracts one by one.

use chrono::{Datelike, NaiveDate};
use domain::indicators::{Asked, Cover, Dimension, Facts, Hours};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};

use super::super::{BuyerStore, changed};
use super::entered::shared;
use super::groups::groups;
use super::hours::hours;
use super::indirect;
use super::remembered::{Parts, Question, Years};
use super::scope::Scope;
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
    ) -> Result<Years, StoreError> {
        let connection = self.connection(false).await?;
        let done = match self.question(&connection, asked, today, first, None).await {
            Ok(question) => {
                let computed = facts(&connection, asked, first, today);
                self.remembered.years(question, computed).await
            }
            Err(error) => Err(error),
        };
        self.give_back(connection).await;
        done
    }

    /// The groups of each part of the year, in one query.
    pub async fn broken_down(
        &self,
        asked: &Asked,
        today: NaiveDate,
        dimension: Dimension,
    ) -> Result<Parts, StoreError> {
        let connection = self.connection(false).await?;
        let question = self.question(&connection, asked, today, asked.year, Some(dimension));
        let done = match question.await {
            Ok(question) => {
                let computed = parts(&connection, asked, today, dimension);
                self.remembered.parts(question, computed).await
            }
            Err(error) => Err(error),
        };
        self.give_back(connection).await;
        done
    }

    async fn question(
        &self,
        connection: &DatabaseConnection,
        asked: &Asked,
        today: NaiveDate,
        first: i32,
        by: Option<Dimension>,
    ) -> Result<Question, StoreError> {
        Ok(Question {
            mark: changed::last(connection).await?,
            asked: asked.clone(),
            today,
            first,
            by,
        })
    }
}

async fn parts(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
    dimension: Dimension,
) -> Result<Parts, StoreError> {
    let scope = Scope::years(asked, asked.year, today);
    let found = groups(db, &scope, Some(dimension)).await?;
    Ok(found
        .into_iter()
        .map(|found| (found.key, found.group))
        .collect())
}

/// Hours of commitments and subcontracts are not broken down: they are of no part.
async fn facts(
    db: &DatabaseConnection,
    asked: &Asked,
    first: i32,
    today: NaiveDate,
) -> Result<Years, StoreError> {
    let all_years = Scope::years(asked, first, today);
    let of_year = Scope::years(asked, asked.year, today);
    let rest = async {
        let shared = shared(db, &all_years, asked.mode).await?;
        let (cover, data_date) = cover(db, &of_year).await?;
        let (hours, indirect) = if of_year.is_narrowed() {
            (Hours::default(), 0)
        } else {
            (
                hours(db, asked).await?,
                indirect::amount(db, asked, today).await?,
            )
        };
        let year = Facts {
            cover,
            data_date,
            hours,
            indirect,
            flags: flags(db, &of_year, asked).await?,
            ..Facts::default()
        };
        Ok((shared, year))
    };
    let grouped = groups(db, &all_years, None);
    // A file has one connection: two questions at once would wait for each other.
    let (grouped, (shared, year)) = match db.get_database_backend() {
        DbBackend::Postgres => tokio::try_join!(grouped, rest)?,
        _ => (grouped.await?, rest.await?),
    };
    let mut years = Years::from([(asked.year, year)]);
    for found in grouped {
        let groups = &mut years.entry(found.year).or_default().groups;
        groups.push(found.group);
    }
    for contract in shared {
        let year = contract.notified_on.year();
        years.entry(year).or_default().shared.push(contract);
    }
    for facts in years.values_mut() {
        facts.narrowing = asked.narrowing.clone();
    }
    Ok(years)
}

/// The civil years of a date.
pub(super) fn in_years(column: &str, first: i32, last: i32) -> String {
    format!("{column} BETWEEN '{first:04}-01-01' AND '{last:04}-12-31'")
}

async fn cover(
    db: &DatabaseConnection,
    scope: &Scope,
) -> Result<(Cover, Option<String>), StoreError> {
    // The whole year needs no contract to know its holders.
    let of_part = if scope.is_narrowed() {
        format!(
            "JOIN scope c ON c.buyer_siret = g.buyer_siret AND c.contract_id = g.contract_id
            WHERE {}",
            scope.slices(None).has_holder()
        )
    } else {
        String::new()
    };
    let sql = format!(
        "SELECT COUNT(*), CAST(COALESCE(SUM(declared), 0) AS BIGINT),
            CAST(COALESCE(SUM(by_register), 0) AS BIGINT),
            (SELECT SUBSTR(CAST(MAX(ended_at) AS TEXT), 1, 10) FROM imports
                WHERE subject = 'contracts' AND state = 'done')
        FROM (SELECT MAX(g.declared) AS declared,
                MAX(CASE WHEN g.sme_declared = 0 AND g.sme_registered = 1 THEN 1 ELSE 0 END) AS by_register
            FROM found g {of_part} GROUP BY g.party) AS parties"
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

/// What was found in the contracts of the year, and in the publications that count in no year.
async fn flags(
    db: &DatabaseConnection,
    scope: &Scope,
    asked: &Asked,
) -> Result<Vec<(String, String, String)>, StoreError> {
    let buyer = &asked.buyer;
    let of_part = scope.slices(None).exists();
    let whole = !scope.is_narrowed();
    let sql = format!(
        "SELECT f.buyer_siret, f.contract_id, f.flag FROM contract_flags f
            JOIN scope c ON c.buyer_siret = f.buyer_siret AND c.contract_id = f.contract_id
            WHERE {of_part}
        UNION SELECT f.buyer_siret, f.contract_id, f.flag FROM contract_flags f
            WHERE {whole} AND f.flag = 'DATE_QUARANTINED'
            AND f.buyer_siret >= '{buyer}' AND f.buyer_siret < '{buyer}Z'
        UNION SELECT c.buyer_siret, c.contract_id, 'SUBSEQUENT_EXCLUDED' FROM scope c
            WHERE c.excluded = 1 AND {of_part}
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

pub(in crate::buyer) async fn all(
    db: &DatabaseConnection,
    sql: String,
) -> Result<Vec<QueryResult>, StoreError> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    Ok(db.query_all_raw(statement).await?)
}

pub(in crate::buyer) fn count(row: &QueryResult, at: usize) -> Result<u64, StoreError> {
    let value: i64 = row.try_get_by_index(at)?;
    Ok(u64::try_from(value).unwrap_or(0))
}
