//! Statuses validated elsewhere before the portal, taken over into the buyer database.

use chrono::{DateTime, NaiveDate, Utc};
use domain::identifiers::{Siren, Siret};
use sea_orm::DatabaseConnection;

use super::super::{
    BuyerStore, bulk, changed,
    rows::{Row, instant},
    schema::TAKEN_OVER,
};
use super::rows::date;
use crate::error::StoreError;

/// One status, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenOver {
    pub siren: Siren,
    pub siret: Option<Siret>,
    pub kind: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub status: String,
    pub reference: Option<String>,
    pub authority: Option<String>,
    pub validated_on: Option<NaiveDate>,
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenOverDone {
    pub created: u64,
    pub unchanged: u64,
}

impl BuyerStore {
    /// Keeps statuses, all or none; one whose SIREN, SIRET, kind and first day are there changes nothing.
    pub async fn take_over(
        &self,
        import: &str,
        statuses: &[TakenOver],
        now: DateTime<Utc>,
    ) -> Result<TakenOverDone, StoreError> {
        let rows: Vec<Row> = statuses.iter().map(|one| row(one, import, now)).collect();
        let connection = self.connection(false).await?;
        let done = write(&connection, &rows).await;
        self.give_back(connection).await;
        done
    }
}

async fn write(connection: &DatabaseConnection, rows: &[Row]) -> Result<TakenOverDone, StoreError> {
    changed::write(connection, |txn| async move {
        let created = bulk::insert(&txn, &TAKEN_OVER, rows, "NOTHING").await?;
        Ok::<_, StoreError>(TakenOverDone {
            created,
            unchanged: (rows.len() as u64).saturating_sub(created),
        })
    })
    .await
}

fn row(one: &TakenOver, import: &str, now: DateTime<Utc>) -> Row {
    vec![
        Some(one.siren.to_string()),
        Some(
            one.siret
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        ),
        Some(one.kind.clone()),
        Some(date(one.valid_from)),
        one.valid_to.map(date),
        Some(one.status.clone()),
        one.reference.clone(),
        one.authority.clone(),
        one.validated_on.map(date),
        one.note.clone(),
        Some(import.to_owned()),
        Some(instant(now)),
    ]
}
