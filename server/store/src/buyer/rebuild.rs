//! Makes the buyer database anew from its sources: the portal for the companies, the publications for the contracts. At no time
//! does a reader find it empty: each stretch is replaced in one transaction.

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::Key;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::{
    BuyerStore, bulk, changed,
    contracts::remake,
    rows::{CompanyState, Row},
    schema::{CLOSURES, COMMITMENTS, PLEDGES, QUALIFICATIONS, REALISED_HOURS, SUPPLIERS, Table},
};
use crate::error::StoreError;

/// Contracts of one transaction.
const PAGE: usize = 1000;

impl BuyerStore {
    /// Replaces the companies whose SIREN is after `after` and not after `until` by those given, which are all that the portal
    /// has there. Open ends replace everything.
    pub async fn replace_companies(
        &self,
        states: &[CompanyState],
        after: Option<&str>,
        until: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        self.prepare(now).await?;
        let connection = self.connection(false).await?;
        let done = replace(&connection, states, after, until).await;
        self.give_back(connection).await;
        done
    }

    /// Makes every contract anew from its publications; how many contracts.
    pub async fn rebuild_contracts(&self, today: NaiveDate) -> Result<u64, StoreError> {
        let session = self.session().await?;
        let done = contracts(session.connection(), today).await;
        session.close().await;
        done
    }
}

async fn replace(
    connection: &DatabaseConnection,
    states: &[CompanyState],
    after: Option<&str>,
    until: Option<&str>,
) -> Result<u64, StoreError> {
    let of = |rows: fn(&CompanyState) -> &[Row]| -> Vec<Row> {
        states.iter().flat_map(rows).cloned().collect()
    };
    let tables: &[(&Table, Vec<Row>); 6] = &[
        (
            &SUPPLIERS,
            of(|state| std::slice::from_ref(&state.supplier)),
        ),
        (&QUALIFICATIONS, of(|state| &state.qualifications)),
        (&COMMITMENTS, of(|state| &state.commitments)),
        (&PLEDGES, of(|state| &state.pledges)),
        (&CLOSURES, of(|state| &state.closures)),
        (&REALISED_HOURS, of(|state| &state.realised)),
    ];
    let (after, until) = (after.unwrap_or_default(), until.unwrap_or("A"));
    changed::write(connection, |txn| async move {
        let backend = txn.get_database_backend();
        let mut rows = 0;
        for (table, wanted) in tables {
            // A SIREN is made of digits: "A" comes after all of them.
            let sql = format!(
                "DELETE FROM {} WHERE siren > $1 AND siren <= $2",
                table.name
            );
            let values = [after.into(), until.into()];
            txn.execute_raw(Statement::from_sql_and_values(backend, sql, values))
                .await?;
            rows += bulk::insert(&txn, table, wanted, "NOTHING").await?;
        }
        Ok::<_, StoreError>(rows)
    })
    .await
}

async fn contracts(connection: &DatabaseConnection, today: NaiveDate) -> Result<u64, StoreError> {
    let mut made = 0;
    let mut after = Key {
        buyer_siret: String::new(),
        id: String::new(),
    };
    loop {
        let keys = keys(connection, &after).await?;
        let until = keys.last().filter(|_| keys.len() == PAGE).cloned();
        let (from, to, wanted) = (&after, &until, &keys);
        changed::write(connection, |txn| async move {
            // What follows from no publication goes as well.
            remake::remove_between(&txn, from, to.as_ref()).await?;
            let by_key = remake::with(&txn, &wanted.iter().collect(), Vec::new(), today).await?;
            remake::wait(&txn, &by_key, today).await
        })
        .await?;
        made += keys.len() as u64;
        let Some(last) = until else {
            return Ok(made);
        };
        after = last;
    }
}

async fn keys(connection: &DatabaseConnection, after: &Key) -> Result<Vec<Key>, StoreError> {
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        format!(
            "SELECT DISTINCT buyer_siret, contract_id FROM contract_records
             WHERE (buyer_siret, contract_id) > ($1, $2) ORDER BY buyer_siret, contract_id LIMIT {PAGE}"
        ),
        [after.buyer_siret.clone().into(), after.id.clone().into()],
    );
    let rows = connection.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            Ok(Key {
                buyer_siret: row.try_get_by_index(0)?,
                id: row.try_get_by_index(1)?,
            })
        })
        .collect()
}
