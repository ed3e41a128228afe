//! The payments of a year summed, in whole and by the department that pays.

use domain::indicators::{Asked, LedgerFacts, LedgerPart, Paid};
use sea_orm::DatabaseConnection;

use super::counted::{Counted, paid, sums};
use crate::buyer::BuyerStore;
use crate::buyer::contracts::figures::all;
use crate::error::StoreError;

/// What a department paid; `None`: the ledger names none.
pub type PaidByDirection = (Option<String>, Paid);

impl BuyerStore {
    /// What the ledger says of a year.
    pub async fn ledger_facts(&self, asked: &Asked) -> Result<LedgerFacts, StoreError> {
        let connection = self.connection(false).await?;
        let done = facts(&connection, asked).await;
        self.give_back(connection).await;
        done
    }

    /// The same by department: their sums are those of the year. Then the day of the data.
    pub async fn paid_by_direction(
        &self,
        asked: &Asked,
    ) -> Result<(Vec<PaidByDirection>, Option<String>), StoreError> {
        let connection = self.connection(false).await?;
        let done = async {
            let directions = directions(&connection, asked).await?;
            Ok((directions, data_date(&connection).await?))
        };
        let done = done.await;
        self.give_back(connection).await;
        done
    }
}

async fn facts(db: &DatabaseConnection, asked: &Asked) -> Result<LedgerFacts, StoreError> {
    let counted = Counted::of(asked, &LedgerPart::default());
    let sql = format!("SELECT {} FROM counted c", sums());
    let rows = counted.all(db, &sql, Vec::new()).await?;
    Ok(LedgerFacts {
        paid: rows
            .first()
            .map_or_else(|| Ok(Paid::default()), |row| paid(row, 0))?,
        data_date: data_date(db).await?,
    })
}

async fn directions(
    db: &DatabaseConnection,
    asked: &Asked,
) -> Result<Vec<PaidByDirection>, StoreError> {
    let counted = Counted::of(asked, &LedgerPart::default());
    let sql = format!(
        "SELECT COALESCE(c.direction, ''), {} FROM counted c GROUP BY 1",
        sums()
    );
    let rows = counted.all(db, &sql, Vec::new()).await?;
    rows.iter()
        .map(|row| {
            let name: String = row.try_get_by_index(0)?;
            Ok((Some(name).filter(|name| !name.is_empty()), paid(row, 1)?))
        })
        .collect()
}

async fn data_date(db: &DatabaseConnection) -> Result<Option<String>, StoreError> {
    let sql = "SELECT SUBSTR(CAST(MAX(ended_at) AS TEXT), 1, 10) FROM imports
        WHERE subject = 'payments' AND state = 'done'";
    let rows = all(db, sql.to_owned()).await?;
    rows.first()
        .map_or(Ok(None), |row| Ok(row.try_get_by_index(0)?))
}
