//! The payments that a question is about, each with what it counts as on its own day: how every query of the ledger begins,
//! so that a list, a page and a figure never count differently.
//!
//! Amounts are summed in two parts, euros and millionths, so that no sum overflows and none is rounded.

use domain::contracts::Amount;
use domain::indicators::{Asked, LedgerPart, Paid, Payer, Purchases};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, Value};

use crate::buyer::contracts::figures::count;
use crate::buyer::contracts::groups::whole;
use crate::buyer::contracts::scope::kinds_in;
use crate::buyer::register::{CATEGORY, joined};
use crate::error::StoreError;

/// The table `counted`, with what was typed bound beside it.
pub(super) struct Counted {
    with: String,
    bound: Vec<Value>,
    purchases: Purchases,
}

impl Counted {
    pub(super) fn of(asked: &Asked, part: &LedgerPart) -> Self {
        Self::within(asked, part, &[])
    }

    /// Narrowed further by conditions on a payment `p`, in which nothing was typed by anyone.
    pub(super) fn within(asked: &Asked, part: &LedgerPart, more: &[String]) -> Self {
        let mut bound: Vec<Value> = Vec::new();
        let mut conditions = vec![year(asked)];
        match &part.payer {
            Payer::Any => {}
            Payer::Unnamed => conditions.push("COALESCE(p.direction, '') = ''".to_owned()),
            Payer::Named(name) => {
                bound.push(name.as_str().into());
                conditions.push(format!("p.direction = ${}", bound.len()));
            }
        }
        if let Some(party) = &part.party {
            bound.push(party.as_str().into());
            conditions.push(format!("p.party = ${}", bound.len()));
        }
        conditions.extend_from_slice(more);
        Self {
            with: with(asked, &conditions.join(" AND ")),
            bound,
            purchases: part.purchases,
        }
    }

    /// Which of the payments `c` the question is about.
    pub(super) const fn wanted(&self) -> &'static str {
        match self.purchases {
            Purchases::All => "true",
            Purchases::Solidarity => "c.solidarity = 1",
            Purchases::Others => "c.solidarity = 0",
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

    pub(super) async fn all(
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

/// The civil year of a payment `p`.
pub(super) fn year(asked: &Asked) -> String {
    format!(
        "p.paid_on BETWEEN '{year:04}-01-01' AND '{year:04}-12-31'",
        year = asked.year
    )
}

/// The statuses are asked once for all payments of a day to an establishment. A payment without SIRET may be to any of them: a
/// status of one may count, and does not.
fn with(asked: &Asked, conditions: &str) -> String {
    format!(
        "WITH held AS (
            SELECT d.siren, d.siret, d.paid_on,
                MAX(CASE WHEN s.kind IN ({kinds}) AND (s.siret IS NULL OR s.siret = d.siret)
                    THEN 1 ELSE 0 END) AS solidarity,
                MAX(CASE WHEN s.kind IN ({kinds}) AND (s.siret IS NULL OR s.siret = d.siret OR d.siret = '')
                    THEN 1 ELSE 0 END) AS possible,
                MAX(CASE WHEN s.kind = 'SME' AND (s.siret IS NULL OR s.siret = d.siret)
                    THEN 1 ELSE 0 END) AS sme
            FROM (SELECT DISTINCT p.siren, COALESCE(p.siret, '') AS siret, p.paid_on
                FROM payments p WHERE {conditions}) AS d
            JOIN statuses s ON s.siren = d.siren AND s.valid_from <= d.paid_on
                AND (s.valid_to IS NULL OR s.valid_to >= d.paid_on)
                AND (s.closed_from IS NULL OR s.closed_from > d.paid_on)
            GROUP BY d.siren, d.siret, d.paid_on
        ), counted AS (
            SELECT p.line_hash, p.occurrence, p.paid_on, p.amount, p.party, p.siret, p.direction,
                p.reference, COALESCE(h.solidarity, 0) AS solidarity,
                COALESCE(h.possible, 0) AS possible,
                CASE WHEN h.sme = 1 OR {CATEGORY} = 'PME' THEN 1 ELSE 0 END AS sme
            FROM payments p
            LEFT JOIN held h ON h.siren = p.siren AND h.paid_on = p.paid_on
                AND h.siret = COALESCE(p.siret, '')
            {register}
            WHERE {conditions}
        )",
        kinds = kinds_in(&asked.kinds),
        register = joined("p.siren"),
    )
}

/// What [`paid`] reads of payments `c`: how many, then five sums.
pub(super) fn sums() -> String {
    let sum = |condition: &str| {
        format!(
            "CAST(COALESCE(SUM(CASE WHEN {condition} THEN c.amount / 1000000 ELSE 0 END), 0) AS BIGINT),
             CAST(COALESCE(SUM(CASE WHEN {condition} THEN c.amount % 1000000 ELSE 0 END), 0) AS BIGINT)"
        )
    };
    let sums = [
        "true",
        "c.solidarity = 1",
        "c.solidarity = 1 OR (c.possible = 1 AND c.amount < 0)",
        "c.solidarity = 1 OR (c.possible = 1 AND c.amount > 0)",
        "c.sme = 1",
    ]
    .map(sum);
    format!("COUNT(*), {}", sums.join(", "))
}

/// From a column on, eleven columns.
pub(super) fn paid(row: &QueryResult, at: usize) -> Result<Paid, StoreError> {
    Ok(Paid {
        payments: count(row, at)?,
        total: whole(row, at + 1)?,
        solidarity: whole(row, at + 3)?,
        solidarity_low: whole(row, at + 5)?,
        solidarity_high: whole(row, at + 7)?,
        sme: whole(row, at + 9)?,
    })
}

pub(super) fn amount(row: &QueryResult, at: usize) -> Result<Amount, StoreError> {
    Ok(Amount::from_millionths(whole(row, at)?))
}
