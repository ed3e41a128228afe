//! The contracts behind a figure: a page of them, the greatest amounts first, or all of them one span after another.

use chrono::NaiveDate;
use domain::contracts::Amount;
use domain::identifiers::Siren;
use domain::indicators::{Asked, Measure};
use sea_orm::{DatabaseConnection, QueryResult};

use super::super::BuyerStore;
use super::figures::count;
use super::scope::Scope;
use super::span::{ContractKey, Span};
use crate::buyer::register::{NAME, joined};
use crate::declarations::PAGE_SIZE;
use crate::error::StoreError;

/// A contract of the year as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractLine {
    pub buyer_siret: String,
    pub contract_id: String,
    pub object: Option<String>,
    pub notified_on: NaiveDate,
    /// `None`: unusable.
    pub amount: Option<Amount>,
    /// Its amount is within that of its framework.
    pub excluded: bool,
    /// Distinct holders, and how many of them count.
    pub holders: u64,
    pub solidarity: u64,
    pub sme: u64,
    /// Names where they are known, identifiers otherwise; then the identifiers, in the same order.
    pub holder_names: Vec<String>,
    pub holder_ids: Vec<String>,
    /// Codes of what was found.
    pub flags: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractLines {
    pub rows: Vec<ContractLine>,
    pub total: u64,
}

impl BuyerStore {
    /// The contracts of a measure, of one holder when it is named; `page` from 1.
    pub async fn contract_lines(
        &self,
        asked: &Asked,
        today: NaiveDate,
        measure: Measure,
        supplier: Option<&Siren>,
        page: u64,
    ) -> Result<ContractLines, StoreError> {
        let connection = self.connection(false).await?;
        let done = lines(&connection, asked, today, (measure, supplier), page).await;
        self.give_back(connection).await;
        done
    }

    /// Those of them among the next `size` contracts of the year, in the order of their notification, and where to go on from;
    /// `None` at the end. Two queries, whatever was read before.
    pub async fn contract_lines_after(
        &self,
        asked: &Asked,
        today: NaiveDate,
        (measure, supplier): (Measure, Option<&Siren>),
        after: Option<&ContractKey>,
        size: u64,
    ) -> Result<(Vec<ContractLine>, Option<ContractKey>), StoreError> {
        let connection = self.connection(false).await?;
        let done = after_key(&connection, asked, today, (measure, supplier), after, size).await;
        self.give_back(connection).await;
        done
    }
}

const fn condition(measure: Measure) -> &'static str {
    match measure {
        Measure::All => "true",
        Measure::Environmental => "c.environmental_clause = 1",
        Measure::EnvironmentalWide => "c.environmental_any = 1",
        Measure::NotEnvironmental => "c.environmental_clause = 0",
        Measure::Social => "c.social_clause = 1",
        Measure::SocialWide => "c.social_any = 1",
        Measure::NotSocial => "c.social_clause = 0",
        Measure::Amounts => "c.amount IS NOT NULL AND c.excluded = 0",
        Measure::Solidarity => "m.solidarity > 0 AND c.amount IS NOT NULL AND c.excluded = 0",
        Measure::SolidarityAlone => {
            "m.solidarity > 0 AND m.solidarity = c.holders AND c.amount IS NOT NULL AND c.excluded = 0"
        }
        Measure::Sme => "m.sme > 0",
        Measure::Reserved => "c.reserved = 1",
        Measure::Innovative => "c.innovative = 1",
        Measure::Flagged => {
            "(c.excluded = 1 OR EXISTS (SELECT 1 FROM contract_flags f
                WHERE f.buyer_siret = c.buyer_siret AND f.contract_id = c.contract_id))"
        }
    }
}

/// The contracts `c` of a measure, of one holder when it is named.
fn from(scope: &Scope, asked: &Asked, (measure, supplier): (Measure, Option<&Siren>)) -> String {
    let held = supplier.map_or_else(String::new, |supplier| {
        // A parsed number: nothing that anyone typed.
        format!(
            " AND EXISTS (SELECT 1 FROM contract_holders t WHERE t.buyer_siret = c.buyer_siret
                AND t.contract_id = c.contract_id AND t.mode = '{}' AND t.siren = '{supplier}')",
            asked.mode.code()
        )
    });
    format!(
        "FROM scope c LEFT JOIN matched m
            ON m.buyer_siret = c.buyer_siret AND m.contract_id = c.contract_id
        WHERE {} AND {}{held}",
        condition(measure),
        scope.slices(None).exists()
    )
}

/// What [`line`] reads of a contract `c`.
fn columns(asked: &Asked) -> String {
    format!(
        "c.buyer_siret, c.contract_id, c.object,
            SUBSTR(CAST(c.notified_on AS TEXT), 1, 10), c.amount, CAST(c.excluded AS BIGINT),
            CAST(c.holders AS BIGINT), CAST(COALESCE(m.solidarity, 0) AS BIGINT),
            CAST(COALESCE(m.sme, 0) AS BIGINT),
            {},
            (SELECT string_agg(f.flag, '\n') FROM contract_flags f
                WHERE f.buyer_siret = c.buyer_siret AND f.contract_id = c.contract_id)",
        holders(asked)
    )
}

/// The holders of a contract `c` as one text, which [`named`] reads.
pub(super) fn holders(asked: &Asked) -> String {
    format!(
        "(SELECT string_agg(h.party || '\t' || COALESCE({NAME}, h.party), '\n') FROM contract_holders h
            {}
            WHERE h.buyer_siret = c.buyer_siret AND h.contract_id = c.contract_id
            AND h.mode = '{}')",
        joined("h.siren"),
        asked.mode.code()
    )
}

/// Names and identifiers of holders, in the order of the names.
pub(super) fn named(text: Option<String>) -> Vec<(String, String)> {
    let mut holders: Vec<(String, String)> = text
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|holder| holder.split_once('\t'))
        .map(|(id, name)| (name.to_owned(), id.to_owned()))
        .collect();
    holders.sort_unstable();
    holders.dedup();
    holders
}

async fn lines(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
    wanted: (Measure, Option<&Siren>),
    page: u64,
) -> Result<ContractLines, StoreError> {
    let scope = Scope::years(asked, asked.year, today);
    let from = from(&scope, asked, wanted);
    let totals = scope.all(db, &format!("SELECT COUNT(*) {from}")).await?;
    let total = totals.first().map_or(Ok(0), |row| count(row, 0))?;
    let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
    if offset >= total {
        return Ok(ContractLines {
            rows: Vec::new(),
            total,
        });
    }
    let sql = format!(
        "SELECT {} {from} ORDER BY COALESCE(c.amount, 0) DESC, c.buyer_siret, c.contract_id
        LIMIT {PAGE_SIZE} OFFSET {offset}",
        columns(asked)
    );
    let found = scope.all(db, &sql).await?;
    Ok(ContractLines {
        rows: found.iter().map(line).collect::<Result<_, _>>()?,
        total,
    })
}

async fn after_key(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
    wanted: (Measure, Option<&Siren>),
    after: Option<&ContractKey>,
    size: u64,
) -> Result<(Vec<ContractLine>, Option<ContractKey>), StoreError> {
    let span = Span::after(db, asked, after, size).await?;
    let scope = Scope::span(asked, today, &span);
    let sql = format!(
        "SELECT {} {} ORDER BY c.notified_on, c.buyer_siret, c.contract_id",
        columns(asked),
        from(&scope, asked, wanted)
    );
    let found = scope.all(db, &sql).await?;
    let rows = found.iter().map(line).collect::<Result<_, _>>()?;
    Ok((rows, span.last))
}

fn line(row: &QueryResult) -> Result<ContractLine, StoreError> {
    let notified_on: String = row.try_get_by_index(3)?;
    let amount: Option<i64> = row.try_get_by_index(4)?;
    let (holder_names, holder_ids) = named(row.try_get_by_index(9)?).into_iter().unzip();
    let flags: Option<String> = row.try_get_by_index(10)?;
    let lines = flags.iter().flat_map(|text| text.lines());
    let mut flags: Vec<String> = lines.map(str::to_owned).collect();
    flags.sort_unstable();
    flags.dedup();
    Ok(ContractLine {
        buyer_siret: row.try_get_by_index(0)?,
        contract_id: row.try_get_by_index(1)?,
        object: row.try_get_by_index(2)?,
        notified_on: notified_on
            .parse()
            .map_err(|_| StoreError::corrupt("contracts.notified_on"))?,
        amount: amount.map(|amount| Amount::from_millionths(amount.into())),
        excluded: count(row, 5)? == 1,
        holders: count(row, 6)?,
        solidarity: count(row, 7)?,
        sme: count(row, 8)?,
        holder_names,
        holder_ids,
        flags,
    })
}
