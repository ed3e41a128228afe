//! Who was paid in a year, the most paid first.

use domain::contracts::Amount;
use domain::indicators::{Asked, LedgerPart};
use sea_orm::{DatabaseConnection, Value};

use super::counted::{Counted, amount};
use crate::buyer::BuyerStore;
use crate::buyer::contracts::figures::count;
use crate::buyer::register::{NAME, joined};
use crate::declarations::PAGE_SIZE;
use crate::error::StoreError;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidParty {
    /// The SIREN, else the identifier as written.
    pub party: String,
    /// When it is known in the buyer database.
    pub name: Option<String>,
    pub payments: u64,
    pub total: Amount,
    pub solidarity: Amount,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaidParties {
    pub rows: Vec<PaidParty>,
    pub total: u64,
}

impl BuyerStore {
    /// A page of those who are paid in a part of the ledger; `page` from 1.
    pub async fn paid_parties(
        &self,
        asked: &Asked,
        part: &LedgerPart,
        page: u64,
    ) -> Result<PaidParties, StoreError> {
        let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
        let limits = format!("LIMIT {PAGE_SIZE} OFFSET {offset}");
        let connection = self.connection(false).await?;
        let done = async {
            let mut found = read(&connection, asked, part, None, &limits).await?;
            if found.rows.is_empty() && offset > 0 {
                // Beyond the last page no row tells how many there are.
                found.total = read(&connection, asked, part, None, "LIMIT 1").await?.total;
            }
            Ok(found)
        };
        let done = done.await;
        self.give_back(connection).await;
        done
    }

    /// The next of them in the same order, at most `size`.
    pub async fn paid_parties_after(
        &self,
        asked: &Asked,
        part: &LedgerPart,
        after: Option<&PaidParty>,
        size: u64,
    ) -> Result<Vec<PaidParty>, StoreError> {
        let connection = self.connection(false).await?;
        let done = read(&connection, asked, part, after, &format!("LIMIT {size}")).await;
        self.give_back(connection).await;
        Ok(done?.rows)
    }
}

async fn read(
    db: &DatabaseConnection,
    asked: &Asked,
    part: &LedgerPart,
    after: Option<&PaidParty>,
    limits: &str,
) -> Result<PaidParties, StoreError> {
    let counted = Counted::of(asked, part);
    let mut bound: Vec<Value> = Vec::new();
    let beyond = after.map(|last| {
        let millionths = last.total.millionths();
        let (euros, rest) = (
            millionths.div_euclid(1_000_000),
            millionths.rem_euclid(1_000_000),
        );
        bound.push(last.party.as_str().into());
        format!(
            "WHERE t.euros < {euros} OR (t.euros = {euros}
                AND (t.rest < {rest} OR (t.rest = {rest} AND t.party > ${})))",
            counted.next()
        )
    });
    let sum = |what: &str, name: &str| {
        format!(
            "CAST(SUM({what} / 1000000) AS BIGINT) AS {name}_euros,
                CAST(SUM({what} % 1000000) AS BIGINT) AS {name}_rest"
        )
    };
    let total = sum("c.amount", "total");
    let counts = "(CASE WHEN c.solidarity = 1 THEN c.amount ELSE 0 END)";
    let solidarity = sum(counts, "solidarity");
    let wanted = counted.wanted();
    let counted = counted.and(&format!(
        "parties AS (
            SELECT c.party, COUNT(*) AS payments, {total}, {solidarity}
            FROM counted c WHERE {wanted} GROUP BY c.party
        )"
    ));
    // The remainder of a negative sum is negative: it is brought back between 0 and a euro.
    let sql = format!(
        "SELECT t.party, t.name, t.payments, t.euros, t.rest, t.solidarity_euros, t.solidarity_rest, t.parties
        FROM (SELECT p.party, {NAME} AS name, p.payments, p.solidarity_euros, p.solidarity_rest,
                p.total_euros + p.total_rest / 1000000
                    - CASE WHEN p.total_rest % 1000000 < 0 THEN 1 ELSE 0 END AS euros,
                p.total_rest % 1000000
                    + CASE WHEN p.total_rest % 1000000 < 0 THEN 1000000 ELSE 0 END AS rest,
                COUNT(*) OVER () AS parties
            FROM parties p {}) AS t
        {} ORDER BY t.euros DESC, t.rest DESC, t.party {limits}",
        joined("p.party"),
        beyond.unwrap_or_default()
    );
    let mut found = PaidParties::default();
    for row in counted.all(db, &sql, bound).await? {
        found.total = count(&row, 7)?;
        found.rows.push(PaidParty {
            party: row.try_get_by_index(0)?,
            name: row.try_get_by_index(1)?,
            payments: count(&row, 2)?,
            total: amount(&row, 3)?,
            solidarity: amount(&row, 5)?,
        });
    }
    Ok(found)
}
