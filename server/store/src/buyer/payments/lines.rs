//! The payments themselves: those of one party, a page of them, the latest first; or all of a part of the ledger, one stretch
//! after another.

use chrono::NaiveDate;
use domain::contracts::Amount;
use domain::identifiers::{Siren, Siret};
use domain::indicators::{Asked, LedgerPart, Paid};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement};

use super::counted::{Counted, paid, sums, year};
use crate::buyer::BuyerStore;
use crate::buyer::contracts::StatusFound;
use crate::buyer::contracts::status::{self, date_text, day};
use crate::buyer::register::{NAME, joined};
use crate::declarations::PAGE_SIZE;
use crate::error::StoreError;

/// The place of a payment in the order of the days: they are told apart by their hash, and identical ones by their rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentKey {
    paid_on: NaiveDate,
    line_hash: String,
    occurrence: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidLine {
    pub key: PaymentKey,
    pub paid_on: NaiveDate,
    pub amount: Amount,
    /// The SIREN, else the identifier as written.
    pub party: String,
    pub name: Option<String>,
    pub siret: Option<Siret>,
    pub direction: Option<String>,
    pub reference: Option<String>,
    pub solidarity: bool,
    /// Known by SIREN alone, and a status of one establishment holds: it may count, and does not.
    pub possible: bool,
    pub sme: bool,
}

/// The payments of one party.
#[derive(Clone, Debug, Default)]
pub struct PaidLines {
    /// When it is known in the buyer database.
    pub name: Option<String>,
    /// Of all pages.
    pub paid: Paid,
    pub rows: Vec<PaidLine>,
    /// All its statuses, whether they hold or not, commitments left out.
    pub statuses: Vec<StatusFound>,
}

impl BuyerStore {
    /// A page of the payments of the party that `part` names; `page` from 1.
    pub async fn paid_lines(
        &self,
        asked: &Asked,
        part: &LedgerPart,
        page: u64,
    ) -> Result<PaidLines, StoreError> {
        let connection = self.connection(false).await?;
        let done = lines(&connection, asked, part, page).await;
        self.give_back(connection).await;
        done
    }

    /// Those of a part of the ledger among its next `size` payments in the order of the days, and where to go on from; `None`
    /// at the end. Two queries, whatever was read before.
    pub async fn paid_lines_after(
        &self,
        asked: &Asked,
        part: &LedgerPart,
        after: Option<&PaymentKey>,
        size: u64,
    ) -> Result<(Vec<PaidLine>, Option<PaymentKey>), StoreError> {
        let connection = self.connection(false).await?;
        let done = stretch(&connection, asked, part, after, size).await;
        self.give_back(connection).await;
        done
    }
}

async fn lines(
    db: &DatabaseConnection,
    asked: &Asked,
    part: &LedgerPart,
    page: u64,
) -> Result<PaidLines, StoreError> {
    let counted = Counted::of(asked, part);
    let (wanted, party) = (counted.wanted(), part.party.as_deref().unwrap_or_default());
    let sql = format!(
        "SELECT (SELECT {NAME} FROM (SELECT CAST(${} AS TEXT) AS siren) AS asked {}), {}
        FROM counted c WHERE {wanted}",
        counted.next(),
        joined("asked.siren"),
        sums()
    );
    let mut found = PaidLines::default();
    if let Some(row) = counted.all(db, &sql, vec![party.into()]).await?.first() {
        found.name = row.try_get_by_index(0)?;
        found.paid = paid(row, 1)?;
    }
    let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
    if offset < found.paid.payments {
        let sql = format!(
            "SELECT {} FROM counted c {} WHERE {wanted}
            ORDER BY c.paid_on DESC, c.line_hash, c.occurrence LIMIT {PAGE_SIZE} OFFSET {offset}",
            columns(),
            joined("c.party")
        );
        let rows = counted.all(db, &sql, Vec::new()).await?;
        found.rows = rows.iter().map(line).collect::<Result<_, _>>()?;
    }
    if let Ok(siren) = Siren::parse(party) {
        found.statuses = statuses(db, &siren).await?;
    }
    Ok(found)
}

async fn stretch(
    db: &DatabaseConnection,
    asked: &Asked,
    part: &LedgerPart,
    after: Option<&PaymentKey>,
    size: u64,
) -> Result<(Vec<PaidLine>, Option<PaymentKey>), StoreError> {
    // Dates, hashes and numbers of ours: nothing that anyone typed.
    let beyond = |key: &PaymentKey, side: &str| {
        let hash: String = key
            .line_hash
            .chars()
            .filter(char::is_ascii_hexdigit)
            .collect();
        format!(
            "p.paid_on {side}= '{day}' AND (p.paid_on, p.line_hash, p.occurrence) {side}{equal}
                ('{day}', '{hash}', {})",
            key.occurrence,
            day = key.paid_on,
            equal = if side == "<" { "=" } else { "" }
        )
    };
    let mut within: Vec<String> = after.iter().map(|key| beyond(key, ">")).collect();
    let last = last(db, asked, &within, size).await?;
    within.extend(last.iter().map(|key| beyond(key, "<")));
    let counted = Counted::within(asked, part, &within);
    let sql = format!(
        "SELECT {} FROM counted c {} WHERE {}
        ORDER BY c.paid_on, c.line_hash, c.occurrence",
        columns(),
        joined("c.party"),
        counted.wanted()
    );
    let rows = counted.all(db, &sql, Vec::new()).await?;
    Ok((rows.iter().map(line).collect::<Result<_, _>>()?, last))
}

/// The last of the next `size` payments of the year, whoever is paid; `None` when the year ends before.
async fn last(
    db: &DatabaseConnection,
    asked: &Asked,
    within: &[String],
    size: u64,
) -> Result<Option<PaymentKey>, StoreError> {
    let mut conditions = vec![year(asked)];
    conditions.extend_from_slice(within);
    let sql = format!(
        "SELECT {}, p.line_hash, p.occurrence FROM payments p WHERE {}
        ORDER BY p.paid_on, p.line_hash, p.occurrence LIMIT 1 OFFSET {}",
        date_text("p.paid_on"),
        conditions.join(" AND "),
        size.saturating_sub(1)
    );
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await?;
    row.map(|row| key(&row)).transpose()
}

async fn statuses(db: &DatabaseConnection, siren: &Siren) -> Result<Vec<StatusFound>, StoreError> {
    let backend = db.get_database_backend();
    let sql = format!(
        "SELECT {} FROM statuses s {} WHERE s.siren = '{siren}' AND s.kind NOT IN ('COMMITMENT', 'PLEDGE')
        ORDER BY s.kind, s.valid_from, s.siret, s.origin",
        status::columns(backend),
        status::origins()
    );
    let rows = db
        .query_all_raw(Statement::from_string(backend, sql))
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        found.extend(status::read(row, 0)?);
    }
    Ok(found)
}

/// What [`line`] reads of a payment `c` and of whom the register names.
fn columns() -> String {
    format!(
        "SUBSTR(CAST(c.paid_on AS TEXT), 1, 10), c.line_hash, c.occurrence, c.amount,
            c.party, {NAME}, c.siret, c.direction, c.reference, c.solidarity, c.possible, c.sme"
    )
}

fn line(row: &QueryResult) -> Result<PaidLine, StoreError> {
    let key = key(row)?;
    let amount: i64 = row.try_get_by_index(3)?;
    let siret: Option<String> = row.try_get_by_index(6)?;
    let yes = |at: usize| -> Result<bool, StoreError> {
        let flag: i32 = row.try_get_by_index(at)?;
        Ok(flag == 1)
    };
    Ok(PaidLine {
        paid_on: key.paid_on,
        key,
        amount: Amount::from_millionths(amount.into()),
        party: row.try_get_by_index(4)?,
        name: row.try_get_by_index(5)?,
        siret: siret.and_then(|siret| Siret::parse(&siret).ok()),
        direction: row
            .try_get_by_index::<Option<String>>(7)?
            .filter(|name| !name.is_empty()),
        reference: row.try_get_by_index(8)?,
        solidarity: yes(9)?,
        possible: yes(10)?,
        sme: yes(11)?,
    })
}

/// The first three columns.
fn key(row: &QueryResult) -> Result<PaymentKey, StoreError> {
    Ok(PaymentKey {
        paid_on: day(row, 0)?.ok_or_else(|| StoreError::corrupt("payments.paid_on"))?,
        line_hash: row.try_get_by_index(1)?,
        occurrence: row.try_get_by_index(2)?,
    })
}
