//! Hours of the insertion commitments of a year: promised, and realised of them so far as the buyer checked it.

use domain::indicators::{Asked, Hours};
use sea_orm::DatabaseConnection;

use super::figures::{all, in_years};
use crate::error::StoreError;

/// A commitment counts in the year in which its contract was notified, or in which it begins when it names none. A quarter
/// belongs to the commitment of its key that began last before its end, unless that one was closed before the quarter began,
/// and counts by its last statement.
pub(super) async fn hours(db: &DatabaseConnection, asked: &Asked) -> Result<Hours, StoreError> {
    let sql = format!(
        "WITH held AS (
            SELECT k.* FROM commitments k
            WHERE NOT EXISTS (SELECT 1 FROM closures x WHERE x.siren = k.siren
                AND x.claim_key = k.claim_key AND x.valid_from = k.valid_from
                AND x.revision = k.revision AND x.closed_from <= k.valid_from)
        ), of_year AS (
            SELECT k.* FROM held k WHERE (k.contract IS NULL AND k.{})
                OR EXISTS (SELECT 1 FROM contracts c WHERE c.contract_id = k.contract
                    AND c.buyer_siret >= '{buyer}' AND c.buyer_siret < '{buyer}Z' AND c.{})
        )
        SELECT (SELECT {} FROM of_year k),
            (SELECT {} FROM of_year k
                JOIN realised_hours r ON r.siren = k.siren AND r.claim_key = k.claim_key
                    AND r.quarter_ends >= k.valid_from
                WHERE NOT EXISTS (SELECT 1 FROM realised_hours n WHERE n.siren = r.siren
                        AND n.claim_key = r.claim_key AND n.quarter = r.quarter AND n.number > r.number)
                    AND NOT EXISTS (SELECT 1 FROM closures x WHERE x.siren = k.siren
                        AND x.claim_key = k.claim_key AND x.valid_from = k.valid_from
                        AND x.revision = k.revision AND x.closed_from <= r.quarter)
                    AND NOT EXISTS (SELECT 1 FROM held n WHERE n.siren = k.siren
                        AND n.claim_key = k.claim_key AND n.valid_from > k.valid_from
                        AND n.valid_from <= r.quarter_ends))",
        in_years("valid_from", asked.year, asked.year),
        in_years("notified_on", asked.year, asked.year),
        hundredths("k.hours"),
        hundredths("r.hours"),
        buyer = asked.buyer
    );
    let rows = all(db, sql).await?;
    let Some(row) = rows.first() else {
        return Ok(Hours::default());
    };
    let (committed, realised): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(Hours {
        committed: committed.into(),
        realised: realised.into(),
    })
}

fn hundredths(column: &str) -> String {
    format!("CAST(COALESCE(SUM(CAST(ROUND({column} * 100) AS BIGINT)), 0) AS BIGINT)")
}
