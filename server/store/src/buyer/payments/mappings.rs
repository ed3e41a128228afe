//! Which column of a ledger gives what: remembered by the headings of the file.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::buyer::{BuyerStore, bulk, rows::instant, schema::LEDGER_MAPPINGS};
use crate::error::StoreError;
use crate::store;

impl BuyerStore {
    /// The mapping saved for these headings, as JSON.
    pub async fn ledger_mapping(&self, headings: &str) -> Result<Option<String>, StoreError> {
        let connection = self.connection(false).await?;
        let done = read(&connection, headings).await;
        self.give_back(connection).await;
        done
    }

    /// Remembers a mapping for the next file with these headings.
    pub async fn save_ledger_mapping(
        &self,
        headings: &str,
        mapping: &str,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = &[headings, mapping, by, &instant(now)].map(|text| Some(text.to_owned()));
        let connection = self.connection(false).await?;
        let done = store::write(&connection, |txn| async move {
            let action = "UPDATE SET mapping = excluded.mapping, saved_by = excluded.saved_by,
                saved_at = excluded.saved_at";
            bulk::insert(&txn, &LEDGER_MAPPINGS, &[row.to_vec()], action).await?;
            Ok::<_, StoreError>(())
        })
        .await;
        self.give_back(connection).await;
        done
    }
}

async fn read(db: &DatabaseConnection, headings: &str) -> Result<Option<String>, StoreError> {
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT mapping FROM ledger_mappings WHERE headings = $1",
        [headings.into()],
    );
    let row = db.query_one_raw(statement).await?;
    row.map(|row| Ok(row.try_get_by_index(0)?)).transpose()
}
