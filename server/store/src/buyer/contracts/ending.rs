//! Solidarity enterprises of the year whose status ends before their contract does.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use domain::indicators::{Asked, Status};
use sea_orm::DatabaseConnection;

use super::super::BuyerStore;
use super::scope::{Scope, kinds_in};
use super::what_if::{date, period, status};
use crate::buyer::register::{NAME, joined};
use crate::error::StoreError;

/// A contract that outlives the status of one of its holders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub siren: String,
    /// When it is known in the buyer database.
    pub name: Option<String>,
    /// The last day of its last status.
    pub ends_on: NaiveDate,
    pub contract_id: String,
    pub object: Option<String>,
    /// The last day of the contract.
    pub contract_ends_on: NaiveDate,
}

impl BuyerStore {
    /// Holders that count on the notification date, whose last status ends before their contract, which still runs on
    /// `today`; those whose status ends first come first.
    pub async fn ending(&self, asked: &Asked, today: NaiveDate) -> Result<Vec<Ending>, StoreError> {
        let connection = self.connection(false).await?;
        let done = read(&connection, asked, today).await;
        self.give_back(connection).await;
        done
    }
}

/// A contract and a holder, with the statuses of the holder.
struct Running {
    ending: Ending,
    statuses: Vec<Status>,
}

async fn read(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
) -> Result<Vec<Ending>, StoreError> {
    // A month more than needed is read: both engines count months alike, and days differently.
    let scope = Scope::years(asked, asked.year, today).and(
        "running AS (
            SELECT c.*, CAST(SUBSTR(CAST(c.notified_on AS TEXT), 1, 4) AS BIGINT) * 12
                + CAST(SUBSTR(CAST(c.notified_on AS TEXT), 6, 2) AS BIGINT)
                + c.duration_months AS last_month
            FROM scope c WHERE c.duration_months IS NOT NULL
        )",
    );
    let sql = format!(
        "SELECT DISTINCT r.buyer_siret, r.contract_id, r.object,
            SUBSTR(CAST(r.notified_on AS TEXT), 1, 10), r.duration_months,
            h.siren, {NAME}, s.siret, {}
        FROM running r
        JOIN found f ON f.buyer_siret = r.buyer_siret AND f.contract_id = r.contract_id
            AND f.solidarity = 1
        JOIN contract_holders h ON h.buyer_siret = f.buyer_siret
            AND h.contract_id = f.contract_id AND h.party = f.party AND h.mode = '{}'
        JOIN statuses s ON s.siren = h.siren AND s.kind IN ({})
            AND (s.siret IS NULL OR s.siret = h.siret)
        {}
        WHERE r.last_month >= {}
        ORDER BY 1, 2, 6",
        period("s"),
        asked.mode.code(),
        kinds_in(&asked.kinds),
        joined("h.siren"),
        months(today)
    );
    let mut found: BTreeMap<(String, String, String), Running> = BTreeMap::new();
    for row in scope.all(db, &sql).await? {
        let duration: i64 = row.try_get_by_index(4)?;
        let notified_on = date(&row, 3)?.ok_or_else(|| StoreError::corrupt("notified_on"))?;
        // A duration beyond all calendars is no duration.
        let Some(last) = u32::try_from(duration)
            .ok()
            .and_then(|months| notified_on.checked_add_months(Months::new(months)))
            .and_then(|day| day.pred_opt())
        else {
            continue;
        };
        let contract_id: String = row.try_get_by_index(1)?;
        let siren: String = row.try_get_by_index(5)?;
        let key = (row.try_get_by_index(0)?, contract_id.clone(), siren.clone());
        let one = found.entry(key).or_insert(Running {
            ending: Ending {
                siren,
                name: row.try_get_by_index(6)?,
                ends_on: NaiveDate::MIN,
                contract_id,
                object: row.try_get_by_index(2)?,
                contract_ends_on: last,
            },
            statuses: Vec::new(),
        });
        one.statuses.push(status(&row, 7)?);
    }
    let mut endings: Vec<Ending> = found
        .into_values()
        .filter(|one| one.ending.contract_ends_on >= today)
        .filter_map(|one| {
            let ends_on = last_day(&one.statuses)?;
            let early = ends_on < one.ending.contract_ends_on;
            early.then_some(Ending {
                ends_on,
                ..one.ending
            })
        })
        .collect();
    endings.sort_by(|a, b| {
        (a.ends_on, &a.siren, &a.contract_id).cmp(&(b.ends_on, &b.siren, &b.contract_id))
    });
    Ok(endings)
}

/// The last day of the last status; `None` when one is open.
fn last_day(statuses: &[Status]) -> Option<NaiveDate> {
    let mut last = NaiveDate::MIN;
    for status in statuses {
        let end = status.last_day()?;
        // Closed from its first day: it never held.
        if end >= status.validity.from {
            last = last.max(end);
        }
    }
    Some(last)
}

/// Months since the beginning of our era, as the query counts them.
fn months(day: NaiveDate) -> i64 {
    use chrono::Datelike;
    i64::from(day.year()) * 12 + i64::from(day.month())
}
