//! The concessions: what each import gave of them, and the list that follows. Nothing of it enters a figure (R1).
//!
//! A row stands for one publication of one import, and the one that is shown is chosen when the list is read: so reading a
//! file again, in any order, changes nothing, and an import that is taken back takes its own rows with it. A concession
//! signed in the future is listed when its day comes.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::Amount;
use domain::identifiers::Siren;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, Value};

use super::super::{BuyerStore, bulk, rows::Row, schema::CONCESSIONS};
use super::add::IncomingConcession;
use super::figures::{all, count, in_years};
use super::rows;
use super::status::{date_text, day};
use crate::declarations::PAGE_SIZE;
use crate::{error::StoreError, stored, txn::Txn};

/// The place of a concession in the order of signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcessionKey {
    signed_on: NaiveDate,
    buyer_siret: String,
    concession_id: String,
}

/// A concession as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcessionLine {
    pub buyer_siret: String,
    pub concession_id: String,
    pub object: Option<String>,
    pub nature: Option<String>,
    pub procedure: Option<String>,
    pub signed_on: NaiveDate,
    pub begins_on: Option<NaiveDate>,
    pub duration_months: Option<u64>,
    /// `None`: unusable.
    pub amount: Option<Amount>,
    pub subsidy: Option<Amount>,
    /// As published; empty: none, or not published.
    pub social: String,
    pub environmental: String,
    pub holders: Vec<ConcessionHolder>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcessionHolder {
    pub id_type: String,
    pub id: String,
    pub siren: Option<Siren>,
    /// When it is a supplier of the buyer database.
    pub name: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConcessionLines {
    pub rows: Vec<ConcessionLine>,
    pub total: u64,
}

/// Which concessions: those of the authorities of a buyer, of one year of signature or of all.
#[derive(Clone, Copy, Debug)]
struct Wanted<'w> {
    buyer: &'w Siren,
    year: Option<i32>,
    today: NaiveDate,
}

impl BuyerStore {
    /// The latest signed first; `page` from 1. Of all years when none is given.
    pub async fn concession_lines(
        &self,
        buyer: &Siren,
        year: Option<i32>,
        today: NaiveDate,
        page: u64,
    ) -> Result<ConcessionLines, StoreError> {
        let wanted = Wanted { buyer, year, today };
        let connection = self.connection(false).await?;
        let done = lines(&connection, wanted, page).await;
        self.give_back(connection).await;
        done
    }

    /// The next `size` of them, the earliest signed first, and where to go on from; `None` at the end.
    pub async fn concession_lines_after(
        &self,
        buyer: &Siren,
        year: Option<i32>,
        today: NaiveDate,
        after: Option<&ConcessionKey>,
        size: u64,
    ) -> Result<(Vec<ConcessionLine>, Option<ConcessionKey>), StoreError> {
        let wanted = Wanted { buyer, year, today };
        let connection = self.connection(false).await?;
        let done = after_key(&connection, wanted, after, size).await;
        self.give_back(connection).await;
        let rows = done?;
        let is_last = u64::try_from(rows.len()).is_ok_and(|count| count < size);
        let last = rows.last().filter(|_| !is_last).map(|line| ConcessionKey {
            signed_on: line.signed_on,
            buyer_siret: line.buyer_siret.clone(),
            concession_id: line.concession_id.clone(),
        });
        Ok((rows, last))
    }
}

/// Notes what an import gave; the same publication twice in it is one.
pub(super) async fn add(
    txn: &Txn,
    listed: &[IncomingConcession],
    import: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = listed
        .iter()
        .map(|one| {
            let holders = one.concession.holders.iter();
            let holders: Vec<(&str, &str, Option<&str>)> = holders
                .map(|one| {
                    (
                        one.id_type.as_str(),
                        one.id.as_str(),
                        one.siren.as_ref().map(Siren::as_str),
                    )
                })
                .collect();
            let holders = stored::to_json(&holders)?;
            Ok(rows::concession(
                &one.concession,
                holders,
                &one.json,
                import,
                now,
            ))
        })
        .collect::<Result<Vec<Row>, StoreError>>()?;
    bulk::insert(txn, &CONCESSIONS, &rows, "NOTHING").await?;
    Ok(())
}

/// The table `chosen`: one publication of each concession. Nothing in it was typed by anyone: a SIREN and dates.
fn chosen(Wanted { buyer, year, today }: Wanted<'_>) -> String {
    let year = year.map_or_else(String::new, |year| {
        format!(" AND {}", in_years("signed_on", year, year))
    });
    format!(
        "WITH chosen AS (
            SELECT * FROM (SELECT c.*, ROW_NUMBER() OVER (
                    PARTITION BY c.buyer_siret, c.concession_id
                    ORDER BY COALESCE({}, '') DESC, c.signed_on DESC, COALESCE(c.amount, -1) DESC,
                        c.record_hash DESC, c.import_id) AS place
                FROM concessions c WHERE c.signed_on <= '{today}'
                AND c.buyer_siret >= '{buyer}' AND c.buyer_siret < '{buyer}Z') AS placed
            WHERE place = 1{year}
        )",
        date_text("c.published_on")
    )
}

fn columns() -> String {
    format!(
        "c.buyer_siret, c.concession_id, c.object, c.nature, c.procedure, {}, {}, c.duration_months,
            c.amount, c.subsidy, c.social, c.environmental, c.holders",
        date_text("c.signed_on"),
        date_text("c.begins_on")
    )
}

async fn lines(
    db: &DatabaseConnection,
    wanted: Wanted<'_>,
    page: u64,
) -> Result<ConcessionLines, StoreError> {
    let chosen = chosen(wanted);
    let counted = all(db, format!("{chosen} SELECT COUNT(*) FROM chosen c")).await?;
    let total = counted.first().map_or(Ok(0), |row| count(row, 0))?;
    let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
    let mut rows = Vec::new();
    if offset < total {
        let sql = format!(
            "{chosen} SELECT {} FROM chosen c
            ORDER BY c.signed_on DESC, c.buyer_siret, c.concession_id LIMIT {PAGE_SIZE} OFFSET {offset}",
            columns()
        );
        rows = named(db, &all(db, sql).await?).await?;
    }
    Ok(ConcessionLines { rows, total })
}

async fn after_key(
    db: &DatabaseConnection,
    wanted: Wanted<'_>,
    after: Option<&ConcessionKey>,
    size: u64,
) -> Result<Vec<ConcessionLine>, StoreError> {
    let order = "c.signed_on, c.buyer_siret, c.concession_id";
    let beyond = after.map_or_else(
        || "true".to_owned(),
        |key| format!("({order}) > ('{}', $1, $2)", key.signed_on),
    );
    let bound = after.into_iter().flat_map(|key| {
        [&key.buyer_siret, &key.concession_id].map(|text| Value::from(text.as_str()))
    });
    let sql = format!(
        "{} SELECT {} FROM chosen c WHERE {beyond} ORDER BY {order} LIMIT {size}",
        chosen(wanted),
        columns()
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, bound);
    named(db, &db.query_all_raw(statement).await?).await
}

/// The rows, with the names of the holders that are known, in one query.
async fn named(
    db: &DatabaseConnection,
    rows: &[QueryResult],
) -> Result<Vec<ConcessionLine>, StoreError> {
    let mut lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let holders = lines.iter().flat_map(|line| &line.holders);
    // Parsed numbers: nothing that anyone typed.
    let mut sirens: Vec<String> = holders
        .filter_map(|holder| Some(format!("'{}'", holder.siren.as_ref()?)))
        .collect();
    sirens.sort_unstable();
    sirens.dedup();
    if sirens.is_empty() {
        return Ok(lines);
    }
    let sql = format!(
        "SELECT siren, name FROM suppliers WHERE siren IN ({0})
        UNION ALL SELECT siren, name FROM register_facts WHERE siren IN ({0}) AND name IS NOT NULL
            AND siren NOT IN (SELECT siren FROM suppliers)",
        sirens.join(", ")
    );
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for row in all(db, sql).await? {
        names.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    }
    for holder in lines.iter_mut().flat_map(|line| &mut line.holders) {
        let siren = holder.siren.as_ref();
        holder.name = siren.and_then(|siren| names.get(siren.as_str()).cloned());
    }
    Ok(lines)
}

fn line(row: &QueryResult) -> Result<ConcessionLine, StoreError> {
    let amount = |at: usize| -> Result<Option<Amount>, StoreError> {
        let value: Option<i64> = row.try_get_by_index(at)?;
        Ok(value.map(|value| Amount::from_millionths(value.into())))
    };
    let text = |at: usize| -> Result<String, StoreError> {
        Ok(row
            .try_get_by_index::<Option<String>>(at)?
            .unwrap_or_default())
    };
    let duration: Option<i64> = row.try_get_by_index(7)?;
    let holders: Vec<(String, String, Option<String>)> =
        stored::json(&text(12)?, "concessions.holders")?;
    Ok(ConcessionLine {
        buyer_siret: row.try_get_by_index(0)?,
        concession_id: row.try_get_by_index(1)?,
        object: row.try_get_by_index(2)?,
        nature: row.try_get_by_index(3)?,
        procedure: row.try_get_by_index(4)?,
        signed_on: day(row, 5)?.ok_or_else(|| StoreError::corrupt("concessions.signed_on"))?,
        begins_on: day(row, 6)?,
        duration_months: duration.and_then(|months| u64::try_from(months).ok()),
        amount: amount(8)?,
        subsidy: amount(9)?,
        social: text(10)?,
        environmental: text(11)?,
        holders: holders
            .into_iter()
            .map(|(id_type, id, siren)| ConcessionHolder {
                siren: siren.and_then(|siren| Siren::parse(&siren).ok()),
                name: None,
                id_type,
                id,
            })
            .collect(),
    })
}
