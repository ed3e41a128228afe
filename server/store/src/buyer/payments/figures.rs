//! The payments of a year summed, each with the status valid on its own day. Sums come in two parts, euros and millionths, so
//! that none overflows.

use domain::indicators::{Asked, LedgerFacts};
use sea_orm::DatabaseConnection;

use crate::buyer::BuyerStore;
use crate::buyer::contracts::figures::{all, count};
use crate::buyer::contracts::groups::whole;
use crate::buyer::contracts::scope::kinds_in;
use crate::error::StoreError;

impl BuyerStore {
    /// What the ledger says of a year.
    pub async fn ledger_facts(&self, asked: &Asked) -> Result<LedgerFacts, StoreError> {
        let connection = self.connection(false).await?;
        let done = facts(&connection, asked).await;
        self.give_back(connection).await;
        done
    }
}

async fn facts(db: &DatabaseConnection, asked: &Asked) -> Result<LedgerFacts, StoreError> {
    let sum = |condition: &str| {
        format!(
            "CAST(COALESCE(SUM(CASE WHEN {condition} THEN amount / 1000000 ELSE 0 END), 0) AS BIGINT),
             CAST(COALESCE(SUM(CASE WHEN {condition} THEN amount % 1000000 ELSE 0 END), 0) AS BIGINT)"
        )
    };
    let sql = format!(
        "WITH counted AS (
            SELECT p.line_hash, p.occurrence, p.amount,
                MAX(CASE WHEN s.kind IN ({kinds}) AND (s.siret IS NULL OR s.siret = p.siret)
                    THEN 1 ELSE 0 END) AS solidarity,
                MAX(CASE WHEN s.kind IN ({kinds}) AND (s.siret IS NULL OR s.siret = p.siret OR p.siret IS NULL)
                    THEN 1 ELSE 0 END) AS solidarity_high,
                MAX(CASE WHEN (s.kind = 'SME' AND (s.siret IS NULL OR s.siret = p.siret))
                    OR r.register_category = 'PME' THEN 1 ELSE 0 END) AS sme
            FROM payments p
            LEFT JOIN statuses s ON s.siren = p.siren AND s.valid_from <= p.paid_on
                AND (s.valid_to IS NULL OR s.valid_to >= p.paid_on)
                AND (s.closed_from IS NULL OR s.closed_from > p.paid_on)
            LEFT JOIN suppliers r ON r.siren = p.siren
            WHERE p.paid_on BETWEEN '{year:04}-01-01' AND '{year:04}-12-31'
            GROUP BY p.line_hash, p.occurrence, p.amount
        )
        SELECT COUNT(*), {}, {}, {}, {},
            (SELECT SUBSTR(CAST(MAX(ended_at) AS TEXT), 1, 10) FROM imports
                WHERE subject = 'payments' AND state = 'done')
        FROM counted",
        sum("true"),
        sum("solidarity = 1"),
        sum("solidarity_high = 1"),
        sum("sme = 1"),
        kinds = kinds_in(&asked.kinds),
        year = asked.year,
    );
    let rows = all(db, sql).await?;
    let Some(row) = rows.first() else {
        return Ok(LedgerFacts::default());
    };
    Ok(LedgerFacts {
        payments: count(row, 0)?,
        total: whole(row, 1)?,
        solidarity: whole(row, 3)?,
        solidarity_high: whole(row, 5)?,
        sme: whole(row, 7)?,
        data_date: row.try_get_by_index(9)?,
    })
}
