//! What some contracts are about and who holds them, for lists that know their numbers alone.

use std::collections::HashMap;

use domain::indicators::Asked;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::super::{BuyerStore, bulk};
use super::lines::{holders, named};
use crate::{error::StoreError, stored};

/// The object of a contract, and the names of its holders where they are known, identifiers otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractTitle {
    pub object: Option<String>,
    pub holder_names: Vec<String>,
}

impl BuyerStore {
    /// By SIRET of the buying establishment and number; those that are not in the data are left out.
    pub async fn contract_titles(
        &self,
        asked: &Asked,
        keys: &[(String, String)],
    ) -> Result<HashMap<(String, String), ContractTitle>, StoreError> {
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let connection = self.connection(false).await?;
        let done = read(&connection, asked, keys).await;
        self.give_back(connection).await;
        done
    }
}

async fn read(
    db: &DatabaseConnection,
    asked: &Asked,
    keys: &[(String, String)],
) -> Result<HashMap<(String, String), ContractTitle>, StoreError> {
    let backend = db.get_database_backend();
    let sql = format!(
        "SELECT c.buyer_siret, c.contract_id, c.object, {} FROM contracts c
         WHERE (c.buyer_siret, c.contract_id) IN (SELECT value ->> 0, value ->> 1 FROM {})",
        holders(asked),
        bulk::elements(backend)
    );
    let values = [stored::to_json(&keys)?.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut titles = HashMap::new();
    for row in db.query_all_raw(statement).await? {
        let key = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let holders = named(row.try_get_by_index(3)?).into_iter();
        let title = ContractTitle {
            object: row.try_get_by_index(2)?,
            holder_names: holders.map(|(name, _)| name).collect(),
        };
        titles.insert(key, title);
    }
    Ok(titles)
}
