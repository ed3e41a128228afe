//! The contracts that a question is about and, for each of their holders, what it counts as on the notification date: how
//! every query of the figures begins, so that a list, a page and a figure never count differently.

use chrono::NaiveDate;
use domain::indicators::Asked;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, Value};

use super::figures::in_years;
use crate::error::StoreError;

/// A status `s` holds for a holder `h` on the notification date (R11).
pub(super) const HOLDS: &str = "s.valid_from <= h.notified_on
                AND (s.valid_to IS NULL OR s.valid_to >= h.notified_on)
                AND (s.closed_from IS NULL OR s.closed_from > h.notified_on)
                AND (s.siret IS NULL OR s.siret = h.siret)";

/// The shares entered for a contract `c`: under its number and establishment, else under its number when no other
/// establishment uses it (R12).
pub(super) const ENTERED: &str = "contract_shares e
            ON e.contract_ref = c.buyer_siret || '/' || c.contract_id
            OR (e.contract_ref = c.contract_id AND NOT EXISTS (SELECT 1 FROM contract_shares f
                WHERE f.contract_ref = c.buyer_siret || '/' || c.contract_id)
                AND NOT EXISTS (SELECT 1 FROM contracts o WHERE o.contract_id = c.contract_id
                    AND o.buyer_siret <> c.buyer_siret
                    AND SUBSTR(o.buyer_siret, 1, 9) = SUBSTR(c.buyer_siret, 1, 9)))";

/// The tables `scope`, `found` and `matched`, with what was typed bound beside them.
pub(super) struct Scope {
    with: String,
    bound: Vec<Value>,
}

impl Scope {
    /// The contracts of the years from `first` to the one asked for. A framework notified after `today` is not in the data yet.
    pub(super) fn years(asked: &Asked, first: i32, today: NaiveDate) -> Self {
        let within = |of: &str| in_years(&format!("{of}.notified_on"), first, asked.year);
        Self {
            with: with(asked, today, &within("c"), &within("h")),
            bound: Vec::new(),
        }
    }

    /// One contract, whatever its year.
    pub(super) fn contract(
        asked: &Asked,
        today: NaiveDate,
        buyer_siret: &str,
        contract_id: &str,
    ) -> Self {
        let is = |of: &str| format!("{of}.buyer_siret = $1 AND {of}.contract_id = $2");
        Self {
            with: with(asked, today, &is("c"), &is("h")),
            bound: vec![buyer_siret.into(), contract_id.into()],
        }
    }

    /// The rows of a query that reads these tables.
    pub(super) async fn all(
        &self,
        db: &DatabaseConnection,
        query: &str,
    ) -> Result<Vec<QueryResult>, StoreError> {
        let sql = format!("{} {query}", self.with);
        let backend = db.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, self.bound.iter().cloned());
        Ok(db.query_all_raw(statement).await?)
    }
}

/// Nothing in it was typed by anyone: a SIREN, dates and codes.
fn with(asked: &Asked, today: NaiveDate, contracts: &str, holders: &str) -> String {
    let Asked {
        buyer, mode, kinds, ..
    } = asked;
    let mode = mode.code();
    let kinds: Vec<String> = kinds
        .0
        .iter()
        .map(|kind| format!("'{}'", kind.code()))
        .collect();
    let kinds = if kinds.is_empty() {
        "''".to_owned()
    } else {
        kinds.join(", ")
    };
    format!(
        "WITH scope AS (
            SELECT c.*, c.{mode}_amount AS amount, c.{mode}_holders AS holders,
                CASE WHEN c.framework_id IS NOT NULL AND EXISTS (
                    SELECT 1 FROM contract_records f WHERE f.buyer_siret = c.buyer_siret
                    AND f.contract_id = c.framework_id AND f.is_framework = 1
                    AND f.notified_on <= '{today}') THEN 1 ELSE 0 END AS excluded
            FROM contracts c
            WHERE c.buyer_siret >= '{buyer}' AND c.buyer_siret < '{buyer}Z' AND {contracts}
        ), found AS (
            SELECT h.buyer_siret, h.contract_id, h.party,
                MAX(CASE WHEN s.kind IN ({kinds}) THEN 1 ELSE 0 END) AS solidarity,
                MAX(CASE WHEN s.kind = 'SME' THEN 1 ELSE 0 END) AS sme_declared,
                MAX(CASE WHEN s.kind IS NOT NULL THEN 1 ELSE 0 END) AS declared,
                MAX(CASE WHEN r.register_category = 'PME' THEN 1 ELSE 0 END) AS sme_registered
            FROM contract_holders h
            LEFT JOIN statuses s ON s.siren = h.siren AND {HOLDS}
            LEFT JOIN suppliers r ON r.siren = h.siren
            WHERE h.mode = '{mode}' AND {holders}
                AND h.buyer_siret >= '{buyer}' AND h.buyer_siret < '{buyer}Z'
            GROUP BY h.buyer_siret, h.contract_id, h.party
        ), matched AS (
            SELECT buyer_siret, contract_id, SUM(solidarity) AS solidarity,
                SUM(CASE WHEN sme_declared = 1 OR sme_registered = 1 THEN 1 ELSE 0 END) AS sme
            FROM found GROUP BY buyer_siret, contract_id
        )"
    )
}
