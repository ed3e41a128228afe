//! The contracts that a question is about and, for each of their holders, what it counts as on the notification date: how
//! every query of the figures begins, so that a list, a page and a figure never count differently.

use chrono::NaiveDate;
use domain::claims::{Kind, KindSet};
use domain::indicators::{Asked, Dimension, NO_KIND, SupplierSize};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, Value};

use super::figures::in_years;
use super::groups::key;
use super::span::Span;
use crate::buyer::register::{CATEGORY, joined};
use crate::error::StoreError;

/// A status `s` holds for a holder `h` on the notification date (R11).
pub(in crate::buyer) const HOLDS: &str = "s.valid_from <= h.notified_on
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

/// The tables `scope`, `found`, `matched` and `kinds`, with what was typed bound beside them.
pub(in crate::buyer) struct Scope {
    with: String,
    bound: Vec<Value>,
    /// What narrows the holders `f` of a contract and their kinds `k`; every value is of a closed list.
    holders: Vec<String>,
    by_kind: bool,
    narrowed: bool,
}

impl Scope {
    /// The contracts of the years from `first` to the one asked for, in the part asked for. A framework notified after `today`
    /// is not in the data yet.
    pub(in crate::buyer) fn years(asked: &Asked, first: i32, today: NaiveDate) -> Self {
        let within = |of: &str| in_years(&format!("{of}.notified_on"), first, asked.year);
        Self::within(asked, today, Vec::new(), within)
    }

    /// The same for a span of the contracts of the year.
    pub(super) fn span(asked: &Asked, today: NaiveDate, span: &Span) -> Self {
        Self::within(asked, today, span.bound(), |of| span.within(of))
    }

    /// `within` says which contracts and holders, with the values that it binds.
    fn within(
        asked: &Asked,
        today: NaiveDate,
        mut bound: Vec<Value>,
        within: impl Fn(&str) -> String,
    ) -> Self {
        let mut contracts = within("c");
        let mut holders = Vec::new();
        for (dimension, part) in asked.narrowing.parts() {
            if dimension.is_of_holders() {
                holders.push(format!(
                    "{} = '{}'",
                    key(dimension),
                    closed(dimension, part)
                ));
            } else {
                bound.push(part.into());
                contracts = format!("{contracts} AND {} = ${}", key(dimension), bound.len());
            }
        }
        Self {
            with: with(asked, today, &contracts, &within("h")),
            bound,
            holders,
            by_kind: asked.narrowing.get(Dimension::Kind).is_some(),
            narrowed: !asked.narrowing.is_empty(),
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
            holders: Vec::new(),
            by_kind: false,
            narrowed: false,
        }
    }

    /// Only a part of the year was asked for.
    pub(super) const fn is_narrowed(&self) -> bool {
        self.narrowed
    }

    /// How contracts are counted in this scope, and by these parts.
    pub(super) fn slices(&self, by: Option<Dimension>) -> Slices<'_> {
        let of_holders = by.is_some_and(Dimension::is_of_holders) || !self.holders.is_empty();
        Slices {
            of_holders,
            by_kind: self.by_kind || by == Some(Dimension::Kind),
            conditions: &self.holders,
        }
    }

    /// The same with one more table, `name AS (SELECT …)`.
    pub(super) fn and(mut self, table: &str) -> Self {
        self.with = format!("{}, {table}", self.with);
        self
    }

    /// The number of the first value that a query may bind itself.
    pub(super) const fn next(&self) -> usize {
        self.bound.len() + 1
    }

    /// The rows of a query that reads these tables.
    pub(in crate::buyer) async fn all(
        &self,
        db: &DatabaseConnection,
        query: &str,
    ) -> Result<Vec<QueryResult>, StoreError> {
        self.all_with(db, query, Vec::new()).await
    }

    /// The same for a query that binds values, from [`Self::next`] on.
    pub(super) async fn all_with(
        &self,
        db: &DatabaseConnection,
        query: &str,
        more: Vec<Value>,
    ) -> Result<Vec<QueryResult>, StoreError> {
        let sql = format!("{} {query}", self.with);
        let bound = self.bound.iter().cloned().chain(more);
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, bound);
        Ok(db.query_all_raw(statement).await?)
    }
}

/// Contracts counted whole, or by the parts of their holders.
pub(super) struct Slices<'s> {
    pub(super) of_holders: bool,
    by_kind: bool,
    conditions: &'s [String],
}

impl Slices<'_> {
    /// What joins the holders of a contract `c`; one without holder stays, once.
    pub(super) fn from(&self) -> String {
        let mut from = String::new();
        if self.of_holders {
            from.push_str(
                "LEFT JOIN found f ON f.buyer_siret = c.buyer_siret AND f.contract_id = c.contract_id",
            );
        }
        if self.by_kind {
            from.push_str(
                " LEFT JOIN kinds k ON k.buyer_siret = f.buyer_siret
                    AND k.contract_id = f.contract_id AND k.party = f.party",
            );
        }
        if !self.conditions.is_empty() {
            from.push_str(" WHERE ");
            from.push_str(&self.conditions.join(" AND "));
        }
        from
    }

    /// Among how many kinds the holder is divided, 0 for whole contracts; then what it counts as.
    pub(super) const fn part(&self) -> &'static str {
        match (self.of_holders, self.by_kind) {
            (false, _) => "CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT)",
            (true, false) => {
                "CAST(1 AS BIGINT), CAST(COALESCE(f.solidarity, 0) AS BIGINT),
                CAST(CASE WHEN f.sme_declared = 1 OR f.sme_registered = 1 THEN 1 ELSE 0 END AS BIGINT)"
            }
            (true, true) => {
                "CAST(COALESCE(k.among, 1) AS BIGINT), CAST(COALESCE(f.solidarity, 0) AS BIGINT),
                CAST(CASE WHEN f.sme_declared = 1 OR f.sme_registered = 1 THEN 1 ELSE 0 END AS BIGINT)"
            }
        }
    }

    /// Narrows a list of contracts `c` to those with a holder of the part.
    pub(super) fn exists(&self) -> String {
        self.exists_where("")
    }

    /// Narrows a list of holders `g` of contracts `c` to those of the part.
    pub(super) fn has_holder(&self) -> String {
        self.exists_where(" AND f.party = g.party")
    }

    fn exists_where(&self, more: &str) -> String {
        if self.conditions.is_empty() {
            return "true".to_owned();
        }
        format!(
            "EXISTS (SELECT 1 FROM (SELECT 1 AS one) AS whole {}{more})",
            self.from()
        )
    }
}

/// The part of a closed list, as the list writes it.
fn closed(dimension: Dimension, part: &str) -> &'static str {
    match dimension {
        Dimension::Size => SupplierSize::from_code(part).map_or("", SupplierSize::code),
        Dimension::Kind if part == NO_KIND => NO_KIND,
        _ => part.parse::<Kind>().map_or("", Kind::code),
    }
}

/// The codes of a set of kinds, for `IN`.
pub(in crate::buyer) fn kinds_in(kinds: &KindSet) -> String {
    let codes = kinds.0.iter().map(|kind| format!("'{}'", kind.code()));
    let codes: Vec<String> = codes.collect();
    if codes.is_empty() {
        return "''".to_owned();
    }
    codes.join(", ")
}

/// Nothing in it was typed by anyone: a SIREN, dates and codes.
fn with(asked: &Asked, today: NaiveDate, contracts: &str, holders: &str) -> String {
    let Asked {
        buyer, mode, kinds, ..
    } = asked;
    let mode = mode.code();
    let kinds = kinds_in(kinds);
    let holders = format!(
        "h.mode = '{mode}' AND {holders} AND h.buyer_siret >= '{buyer}' AND h.buyer_siret < '{buyer}Z'"
    );
    let register = joined("h.siren");
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
                MAX(CASE WHEN {CATEGORY} = 'PME' THEN 1 ELSE 0 END) AS sme_registered
            FROM contract_holders h
            LEFT JOIN statuses s ON s.siren = h.siren AND {HOLDS}
            {register}
            WHERE {holders}
            GROUP BY h.buyer_siret, h.contract_id, h.party
        ), matched AS (
            SELECT buyer_siret, contract_id, SUM(solidarity) AS solidarity,
                SUM(CASE WHEN sme_declared = 1 OR sme_registered = 1 THEN 1 ELSE 0 END) AS sme
            FROM found GROUP BY buyer_siret, contract_id
        ), kinds AS (
            SELECT d.buyer_siret, d.contract_id, d.party, d.kind,
                COUNT(*) OVER (PARTITION BY d.buyer_siret, d.contract_id, d.party) AS among
            FROM (SELECT DISTINCT h.buyer_siret, h.contract_id, h.party, s.kind
                FROM contract_holders h JOIN statuses s ON s.siren = h.siren AND {HOLDS}
                WHERE s.kind IN ({kinds}) AND {holders}) AS d
        )"
    )
}
