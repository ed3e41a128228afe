//! Shares of co-contractors, entered by the buyer (R12): a new entry for a contract takes the place of the old one.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, Value};

use super::super::{
    BuyerStore, bulk, changed, replaced,
    rows::{Row, instant},
    schema::CONTRACT_SHARES,
};
use crate::{error::StoreError, txn::Txn};

/// The share of one holder of one contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Normalised number, or `SIRET of the buyer/number` when several establishments use it.
    pub contract: String,
    /// SIREN or SIRET.
    pub holder: String,
    /// In decimal notation; the shares of a contract are divided by their sum.
    pub share: String,
    pub source: String,
}

impl BuyerStore {
    /// Keeps the shares of these contracts; those they had before are gone.
    pub async fn enter_shares(
        &self,
        shares: &[Share],
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let connection = self.connection(false).await?;
        let done = write(&connection, shares, by, now).await;
        self.give_back(connection).await;
        done
    }

    /// Takes the shares of a contract away, under whichever of its references they are: they are equal again.
    pub async fn forget_shares(
        &self,
        buyer_siret: &str,
        contract_id: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let connection = self.connection(false).await?;
        let done = forget(&connection, buyer_siret, contract_id, now).await;
        self.give_back(connection).await;
        done
    }
}

async fn forget(
    connection: &DatabaseConnection,
    buyer_siret: &str,
    contract_id: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    // The number alone may be that of a contract of another establishment.
    let which = "contract_ref = $1 OR (contract_ref = $2
        AND NOT EXISTS (SELECT 1 FROM contracts o WHERE o.contract_id = $2
            AND o.buyer_siret <> $3
            AND SUBSTR(o.buyer_siret, 1, 9) = SUBSTR($3, 1, 9)))";
    let values = &[
        format!("{buyer_siret}/{contract_id}").into(),
        contract_id.into(),
        buyer_siret.into(),
    ];
    changed::write(connection, |txn| async move {
        remove(&txn, which, values, now).await
    })
    .await
}

/// Removes shares and keeps what they said.
async fn remove(
    txn: &Txn,
    which: &str,
    values: &[Value],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    replaced::keep_shares(txn, which, values, now).await?;
    let statement = Statement::from_sql_and_values(
        txn.get_database_backend(),
        format!("DELETE FROM contract_shares WHERE {which}"),
        values.iter().cloned(),
    );
    txn.execute_raw(statement).await?;
    Ok(())
}

async fn write(
    connection: &DatabaseConnection,
    shares: &[Share],
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows: &Vec<Row> = &shares
        .iter()
        .map(|one| {
            vec![
                Some(one.contract.clone()),
                Some(one.holder.clone()),
                Some(one.share.clone()),
                Some(one.source.clone()),
                Some(by.to_owned()),
                Some(instant(now)),
            ]
        })
        .collect();
    let contracts: &BTreeSet<&str> = &shares.iter().map(|one| one.contract.as_str()).collect();
    changed::write(connection, |txn| async move {
        for contract in contracts {
            remove(&txn, "contract_ref = $1", &[(*contract).into()], now).await?;
        }
        bulk::insert(&txn, &CONTRACT_SHARES, rows, "NOTHING").await?;
        Ok::<_, StoreError>(())
    })
    .await
}
