//! A span of the contracts of a year in the order of their notification: lists without end are read span after span, each
//! found from the key where the one before ended.

use chrono::NaiveDate;
use domain::indicators::Asked;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, Value};

use crate::error::StoreError;

/// The place of a contract in the order of notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractKey {
    notified_on: NaiveDate,
    buyer_siret: String,
    contract_id: String,
}

/// The contracts after `first` up to `last`, within a year.
#[derive(Debug)]
pub(super) struct Span {
    year: i32,
    first: Option<ContractKey>,
    /// `None`: up to the end of the year.
    pub(super) last: Option<ContractKey>,
}

impl Span {
    /// The next `size` contracts of the year.
    pub(super) async fn after(
        db: &DatabaseConnection,
        asked: &Asked,
        after: Option<&ContractKey>,
        size: u64,
    ) -> Result<Self, StoreError> {
        let mut span = Self {
            year: asked.year,
            first: after.cloned(),
            last: None,
        };
        let sql = format!(
            "SELECT SUBSTR(CAST(c.notified_on AS TEXT), 1, 10), c.buyer_siret, c.contract_id
            FROM contracts c WHERE {} AND c.buyer_siret >= '{buyer}' AND c.buyer_siret < '{buyer}Z'
            ORDER BY c.notified_on, c.buyer_siret, c.contract_id LIMIT 1 OFFSET {}",
            span.within("c"),
            size.saturating_sub(1),
            buyer = asked.buyer
        );
        let backend = db.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, span.bound());
        if let Some(row) = db.query_one_raw(statement).await? {
            let day: String = row.try_get_by_index(0)?;
            span.last = Some(ContractKey {
                notified_on: day
                    .parse()
                    .map_err(|_| StoreError::corrupt("contracts.notified_on"))?,
                buyer_siret: row.try_get_by_index(1)?,
                contract_id: row.try_get_by_index(2)?,
            });
        }
        Ok(span)
    }

    /// What [`Self::within`] binds, from `$1` on.
    pub(super) fn bound(&self) -> Vec<Value> {
        [&self.first, &self.last]
            .into_iter()
            .flatten()
            .flat_map(|key| [&key.buyer_siret, &key.contract_id])
            .map(|text| Value::from(text.as_str()))
            .collect()
    }

    /// Contracts, or holders, `of` the span: first their days, which have an index.
    pub(super) fn within(&self, of: &str) -> String {
        let mut bound = 0;
        let mut beyond = |key: &ContractKey, side: char, or_equal: &str| {
            bound += 2;
            let (day, buyer, contract) = (key.notified_on, bound - 1, bound);
            format!(
                " AND ({of}.notified_on {side} '{day}' OR {of}.buyer_siret {side} ${buyer}
                    OR ({of}.buyer_siret = ${buyer} AND {of}.contract_id {side}{or_equal} ${contract}))"
            )
        };
        let first = self.first.as_ref().map(|key| beyond(key, '>', ""));
        let last = self.last.as_ref().map(|key| beyond(key, '<', "="));
        let day = |key: &Option<ContractKey>, end: &str| {
            key.as_ref().map_or_else(
                || format!("{:04}-{end}", self.year),
                |key| key.notified_on.to_string(),
            )
        };
        format!(
            "{of}.notified_on BETWEEN '{}' AND '{}'{}{}",
            day(&self.first, "01-01"),
            day(&self.last, "12-31"),
            first.unwrap_or_default(),
            last.unwrap_or_default()
        )
    }
}
