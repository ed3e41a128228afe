//! Who holds contracts of the year without any validated status, on their dates or today, the greatest amounts first.

use chrono::NaiveDate;
use domain::contracts::Amount;
use domain::indicators::{self, Asked};
use sea_orm::{DatabaseConnection, QueryResult, Value};

use super::super::BuyerStore;
use super::entered::shared;
use super::figures::count;
use super::rows::party;
use super::scope::Scope;
use crate::buyer::register::{NAME, joined};
use crate::declarations::PAGE_SIZE;
use crate::error::StoreError;

/// A holder that no declaration covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undeclared {
    /// The SIREN, else type and identifier.
    pub party: String,
    /// When it is known in the buyer database.
    pub name: Option<String>,
    /// Its part of the amounts that count; parts are cut to the millionth of a euro.
    pub amount: Amount,
    pub contracts: u64,
    /// An SME by the register.
    pub sme: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndeclaredHolders {
    pub rows: Vec<Undeclared>,
    pub total: u64,
    /// Of all of them.
    pub amount: Amount,
}

impl BuyerStore {
    /// A page of the holders without status; `page` from 1.
    pub async fn undeclared(
        &self,
        asked: &Asked,
        today: NaiveDate,
        page: u64,
    ) -> Result<UndeclaredHolders, StoreError> {
        let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
        let limits = format!("LIMIT {PAGE_SIZE} OFFSET {offset}");
        let connection = self.connection(false).await?;
        let done = read(&connection, asked, today, None, &limits).await;
        self.give_back(connection).await;
        done
    }

    /// The next of them in the same order, at most `size`, without counting the others.
    pub async fn undeclared_after(
        &self,
        asked: &Asked,
        today: NaiveDate,
        after: Option<&Undeclared>,
        size: u64,
    ) -> Result<Vec<Undeclared>, StoreError> {
        let connection = self.connection(false).await?;
        let done = read(&connection, asked, today, after, &format!("LIMIT {size}")).await;
        self.give_back(connection).await;
        Ok(done?.rows)
    }
}

async fn read(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
    after: Option<&Undeclared>,
    limits: &str,
) -> Result<UndeclaredHolders, StoreError> {
    let scope = Scope::years(asked, asked.year, today);
    let corrections = corrections(db, &scope, asked).await?;
    let values: Vec<String> = (0..corrections.len())
        .map(|n| {
            let first = scope.next() + 2 * n;
            format!("(${first}, CAST(${} AS BIGINT))", first + 1)
        })
        .collect();
    let entered = if values.is_empty() {
        String::new()
    } else {
        format!(
            "UNION ALL SELECT v.column1, v.column2, 0, 0, 0 FROM (VALUES {}) AS v",
            values.join(", ")
        )
    };
    let mut bound: Vec<Value> = corrections
        .into_iter()
        .flat_map(|(party, part)| [Value::from(party), Value::from(part)])
        .collect();
    let beyond = after.map(|last| {
        let millionths = last.amount.millionths();
        let (euros, rest) = (
            millionths.div_euclid(1_000_000),
            millionths.rem_euclid(1_000_000),
        );
        let party = scope.next() + bound.len();
        bound.push(last.party.as_str().into());
        format!(
            "WHERE t.euros < {euros} OR (t.euros = {euros}
                AND (t.rest < {rest} OR (t.rest = {rest} AND t.party > ${party})))"
        )
    });
    let beyond = beyond.unwrap_or_default();
    // Sums are kept in two parts, euros and millionths, so that none overflows.
    let scope = scope.and(&format!(
        "parts AS (
            SELECT f.party, CASE WHEN c.amount IS NULL OR c.excluded = 1 THEN 0
                    ELSE c.amount / c.holders END AS part,
                1 AS contracts, f.declared, f.sme_registered
            FROM found f JOIN scope c
                ON c.buyer_siret = f.buyer_siret AND c.contract_id = f.contract_id
            {entered}
        ), holders AS (
            SELECT party, CAST(SUM(part / 1000000) AS BIGINT) AS euros,
                CAST(SUM(part % 1000000) AS BIGINT) AS rest,
                CAST(SUM(contracts) AS BIGINT) AS contracts,
                CAST(MAX(sme_registered) AS BIGINT) AS sme
            FROM parts GROUP BY party HAVING MAX(declared) = 0
        )"
    ));
    // The remainder of a negative sum is negative: it is brought back between 0 and a euro.
    let sql = format!(
        "SELECT t.party, t.name, t.euros, t.rest, t.contracts, t.sme, t.holders, t.all_euros, t.all_rest
        FROM (SELECT h.party, {NAME} AS name, h.contracts, h.sme,
                h.euros + h.rest / 1000000 - CASE WHEN h.rest % 1000000 < 0 THEN 1 ELSE 0 END AS euros,
                h.rest % 1000000 + CASE WHEN h.rest % 1000000 < 0 THEN 1000000 ELSE 0 END AS rest,
                COUNT(*) OVER () AS holders, CAST(SUM(h.euros) OVER () AS BIGINT) AS all_euros,
                CAST(SUM(h.rest) OVER () AS BIGINT) AS all_rest
            FROM holders h {}
            WHERE NOT EXISTS (SELECT 1 FROM statuses n WHERE n.siren = h.party
                AND n.valid_from <= '{today}' AND (n.valid_to IS NULL OR n.valid_to >= '{today}')
                AND (n.closed_from IS NULL OR n.closed_from > '{today}'))) AS t
        {beyond} ORDER BY t.euros DESC, t.rest DESC, t.party {limits}",
        joined("h.party")
    );
    let rows = scope.all_with(db, &sql, bound).await?;
    let mut found = UndeclaredHolders::default();
    for row in rows {
        (found.total, found.amount) = (count(&row, 6)?, amount(&row, 7)?);
        found.rows.push(Undeclared {
            party: row.try_get_by_index(0)?,
            name: row.try_get_by_index(1)?,
            amount: amount(&row, 2)?,
            contracts: count(&row, 4)?,
            sme: count(&row, 5)? == 1,
        });
    }
    Ok(found)
}

/// What the entered shares take from the equal ones or add to them, by party, in millionths of a euro.
async fn corrections(
    db: &DatabaseConnection,
    scope: &Scope,
    asked: &Asked,
) -> Result<Vec<(String, i64)>, StoreError> {
    let mut corrections = Vec::new();
    for contract in shared(db, scope, asked.mode).await? {
        for (who, part) in indicators::corrections(&contract) {
            let part = i64::try_from(part).map_err(|_| StoreError::corrupt("contracts.amount"))?;
            corrections.push((party(&who), part));
        }
    }
    Ok(corrections)
}

/// A sum in two parts, from a column on.
fn amount(row: &QueryResult, at: usize) -> Result<Amount, StoreError> {
    let (euros, rest): (i64, i64) = (row.try_get_by_index(at)?, row.try_get_by_index(at + 1)?);
    Ok(Amount::from_millionths(
        i128::from(euros) * 1_000_000 + i128::from(rest),
    ))
}
