//! What the buyer database knows of some companies in a year: the contracts that they hold, and their statuses as they are.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::claims::Validity;
use domain::contracts::{Amount, Holder};
use domain::identifiers::{Siren, Siret};
use domain::indicators::{Asked, Held, Status};
use sea_orm::{DatabaseConnection, QueryResult};

use super::super::BuyerStore;
use super::figures::all;
use super::scope::{ENTERED, Scope, kinds_in};
use crate::{error::StoreError, stored};

/// The contracts and the statuses of some companies.
#[derive(Clone, Debug, Default)]
pub struct Companies {
    /// The contracts of the year whose amount counts and one of whose holders is asked for.
    pub contracts: Vec<Held>,
    /// The statuses that make a solidarity enterprise, by company.
    pub statuses: HashMap<Siren, Vec<HeldStatus>>,
}

/// A status as the figures see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldStatus {
    pub status: Status,
    /// Validated on the portal, which may replace it; otherwise taken over, and it stays as it is.
    pub on_portal: bool,
}

impl BuyerStore {
    /// What is known of these companies, in three queries whatever their number.
    pub async fn companies(
        &self,
        asked: &Asked,
        today: NaiveDate,
        sirens: &[Siren],
    ) -> Result<Companies, StoreError> {
        if sirens.is_empty() {
            return Ok(Companies::default());
        }
        self.bounded(async {
            let connection = self.connection(false).await?;
            let done = read(&connection, asked, today, sirens).await;
            self.give_back(connection).await;
            done
        })
        .await
    }
}

async fn read(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
    sirens: &[Siren],
) -> Result<Companies, StoreError> {
    // Parsed numbers: nothing that anyone typed.
    let sirens: Vec<String> = sirens.iter().map(|siren| format!("'{siren}'")).collect();
    let sirens = sirens.join(", ");
    let mode = asked.mode.code();
    let scope = Scope::years(asked, asked.year, today).and(&format!(
        "touched AS (SELECT DISTINCT t.buyer_siret, t.contract_id FROM contract_holders t
            WHERE t.siren IN ({sirens}) AND t.mode = '{mode}'
            AND t.notified_on BETWEEN '{year:04}-01-01' AND '{year:04}-12-31')",
        year = asked.year
    ));
    Ok(Companies {
        contracts: contracts(db, &scope, mode).await?,
        statuses: statuses(db, &sirens, asked).await?,
    })
}

async fn contracts(
    db: &DatabaseConnection,
    scope: &Scope,
    mode: &str,
) -> Result<Vec<Held>, StoreError> {
    let sql = format!(
        "SELECT c.buyer_siret, c.contract_id, c.amount,
            SUBSTR(CAST(c.notified_on AS TEXT), 1, 10), h.id_type, h.id, h.siren, h.siret
        FROM touched t
        JOIN scope c ON c.buyer_siret = t.buyer_siret AND c.contract_id = t.contract_id
        JOIN contract_holders h ON h.buyer_siret = t.buyer_siret
            AND h.contract_id = t.contract_id AND h.mode = '{mode}'
        WHERE c.amount IS NOT NULL AND c.excluded = 0
        ORDER BY c.buyer_siret, c.contract_id, h.position"
    );
    let mut found: BTreeMap<(String, String), Held> = BTreeMap::new();
    for row in scope.all(db, &sql).await? {
        let amount: i64 = row.try_get_by_index(2)?;
        let notified_on = date(&row, 3)?.ok_or_else(|| StoreError::corrupt("notified_on"))?;
        found
            .entry(key(&row)?)
            .or_insert_with(|| Held {
                notified_on,
                amount: Amount::from_millionths(amount.into()),
                holders: Vec::new(),
                entries: Vec::new(),
            })
            .holders
            .push(holder(&row, 4)?);
    }
    let sql = format!(
        "SELECT c.buyer_siret, c.contract_id, e.holder, e.share FROM touched t
        JOIN scope c ON c.buyer_siret = t.buyer_siret AND c.contract_id = t.contract_id
        JOIN {ENTERED} ORDER BY 1, 2, 3"
    );
    for row in scope.all(db, &sql).await? {
        if let Some(contract) = found.get_mut(&key(&row)?) {
            let entry = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            contract.entries.push(entry);
        }
    }
    Ok(found.into_values().collect())
}

async fn statuses(
    db: &DatabaseConnection,
    sirens: &str,
    asked: &Asked,
) -> Result<HashMap<Siren, Vec<HeldStatus>>, StoreError> {
    let sql = format!(
        "SELECT s.siren, s.siret, {}, CASE WHEN s.origin = 'portal' THEN 1 ELSE 0 END
        FROM statuses s WHERE s.siren IN ({sirens}) AND s.kind IN ({}) ORDER BY 1, 3",
        period("s"),
        kinds_in(&asked.kinds)
    );
    let mut found: HashMap<Siren, Vec<HeldStatus>> = HashMap::new();
    for row in all(db, sql).await? {
        let (siren, on_portal): (String, i32) =
            (row.try_get_by_index(0)?, row.try_get_by_index(5)?);
        found
            .entry(stored::siren(&siren)?)
            .or_default()
            .push(HeldStatus {
                status: status(&row, 1)?,
                on_portal: on_portal == 1,
            });
    }
    Ok(found)
}

/// The columns of the period of a status, as text.
pub(super) fn period(of: &str) -> String {
    ["valid_from", "valid_to", "closed_from"]
        .map(|column| format!("SUBSTR(CAST({of}.{column} AS TEXT), 1, 10)"))
        .join(", ")
}

/// An establishment and a period, from a column on.
pub(super) fn status(row: &QueryResult, at: usize) -> Result<Status, StoreError> {
    let siret: Option<String> = row.try_get_by_index(at)?;
    let siret = siret
        .map(|siret| Siret::parse(&siret).map_err(|_| StoreError::corrupt("statuses.siret")))
        .transpose()?;
    let from = date(row, at + 1)?.ok_or_else(|| StoreError::corrupt("statuses.valid_from"))?;
    Ok(Status {
        siret,
        validity: Validity {
            from,
            to: date(row, at + 2)?,
        },
        closed_from: date(row, at + 3)?,
    })
}

/// Type, identifier, SIREN and SIRET of a holder, from a column on.
pub(super) fn holder(row: &QueryResult, at: usize) -> Result<Holder, StoreError> {
    let (siren, siret): (Option<String>, Option<String>) =
        (row.try_get_by_index(at + 2)?, row.try_get_by_index(at + 3)?);
    Ok(Holder {
        id_type: row.try_get_by_index(at)?,
        id: row.try_get_by_index(at + 1)?,
        siren: siren.and_then(|siren| Siren::parse(&siren).ok()),
        siret: siret.and_then(|siret| Siret::parse(&siret).ok()),
    })
}

pub(super) fn date(row: &QueryResult, at: usize) -> Result<Option<NaiveDate>, StoreError> {
    let text: Option<String> = row.try_get_by_index(at)?;
    text.map(|text| text.parse().map_err(|_| StoreError::corrupt("date")))
        .transpose()
}

fn key(row: &QueryResult) -> Result<(String, String), StoreError> {
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
}
