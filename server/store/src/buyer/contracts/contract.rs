//! One contract, down to the statuses of its holders: what a page needs to explain what it brings to each figure.
//!
//! What counts is asked of the same tables as the figures, and computed from the same facts.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::claims::KindSet;
use domain::contracts::{Amount, Holder, Record, read};
use domain::identifiers::{Siren, Siret};
use domain::indicators::{Asked, Facts, SharedContract, SharedHolder, SupplierSize};
use sea_orm::{DatabaseConnection, QueryResult};

use super::super::{BuyerStore, schema::Kind as Sort, verify::as_text};
use super::figures::count;
use super::groups::groups;
use super::held;
use super::scope::{ENTERED, Scope};
use super::status::{self, StatusFound, date_text, day, moment};
use crate::buyer::register::{CATEGORY, NAME, joined};
use crate::{error::StoreError, stored};

/// The most publications that are shown.
const MOST_RECORDS: u32 = 50;

/// A contract that counts, in one of its states.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractFound {
    pub buyer_siret: String,
    pub contract_id: String,
    pub notified_on: NaiveDate,
    /// The publication that was kept, as the rules read it.
    pub record: Record,
    /// As notified, and as modified since; `None`: unusable.
    pub initial_amount: Option<Amount>,
    pub current_amount: Option<Amount>,
    /// Its amount is within that of its framework.
    pub excluded: bool,
    /// Codes of what was found.
    pub flags: Vec<String>,
    /// In the order of the publication; a company with several establishments has several.
    pub holders: Vec<HolderFound>,
    pub entered: Vec<ShareEntry>,
    /// What the figures count of it.
    pub facts: Facts,
    /// The publications in JSON, the one that was kept first.
    pub records: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderFound {
    pub holder: Holder,
    pub name: Option<String>,
    /// The size category of the register.
    pub register_category: Option<String>,
    /// What the company counts as on the notification date, by any of its establishments.
    pub solidarity: bool,
    pub sme_declared: bool,
    pub sme_registered: bool,
    /// Commitments are left out: they make nobody a solidarity enterprise.
    pub statuses: Vec<StatusFound>,
}

/// One entered share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareEntry {
    /// Under which reference of the contract.
    pub contract: String,
    pub holder: String,
    pub share: String,
    pub source: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

impl BuyerStore {
    /// A contract of this buyer; `None` when no publication makes it count.
    pub async fn contract(
        &self,
        asked: &Asked,
        today: NaiveDate,
        buyer_siret: &str,
        contract_id: &str,
    ) -> Result<Option<ContractFound>, StoreError> {
        let scope = Scope::contract(asked, today, buyer_siret, contract_id);
        let connection = self.connection(false).await?;
        let done = contract(&connection, &scope, asked).await;
        self.give_back(connection).await;
        done
    }
}

async fn contract(
    db: &DatabaseConnection,
    scope: &Scope,
    asked: &Asked,
) -> Result<Option<ContractFound>, StoreError> {
    let Some(mut found) = published(db, scope).await? else {
        return Ok(None);
    };
    found.holders = holders(db, scope, asked).await?;
    found.entered = entered(db, scope).await?;
    found.facts.groups = groups(db, scope, None)
        .await?
        .into_iter()
        .map(|found| found.group)
        .collect();
    if !found.entered.is_empty() {
        found.facts.shared = vec![shared(&found)];
    }
    Ok(Some(found))
}

/// The contract as the figures see a contract whose shares were entered; it is not broken down, so that its place and kinds do
/// not matter.
fn shared(found: &ContractFound) -> SharedContract {
    SharedContract {
        buyer_siret: found.buyer_siret.clone(),
        contract_id: found.contract_id.clone(),
        notified_on: found.notified_on,
        contract: found.facts.groups.first().copied().unwrap_or_default(),
        place: String::new(),
        family: String::new(),
        entries: found
            .entered
            .iter()
            .map(|entry| (entry.holder.clone(), entry.share.clone()))
            .collect(),
        holders: found
            .holders
            .iter()
            .map(|one| SharedHolder {
                holder: one.holder.clone(),
                solidarity: one.solidarity,
                size: SupplierSize::of(one.sme_declared, one.sme_registered),
                kinds: KindSet(BTreeSet::new()),
            })
            .collect(),
    }
}

async fn published(
    db: &DatabaseConnection,
    scope: &Scope,
) -> Result<Option<ContractFound>, StoreError> {
    let sql = format!(
        "SELECT c.buyer_siret, c.contract_id, {}, c.initial_amount, c.current_amount,
            CAST(c.excluded AS BIGINT),
            (SELECT string_agg(f.flag, '\n') FROM contract_flags f
                WHERE f.buyer_siret = c.buyer_siret AND f.contract_id = c.contract_id),
            r.record
        FROM scope c JOIN contract_records r
            ON r.buyer_siret = c.buyer_siret AND r.contract_id = c.contract_id
        ORDER BY CASE WHEN r.record_hash = c.record_hash THEN 0 ELSE 1 END, r.record_hash
        LIMIT {MOST_RECORDS}",
        date_text("c.notified_on")
    );
    let rows = scope.all(db, &sql).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let records = rows
        .iter()
        .map(|row| row.try_get_by_index(7))
        .collect::<Result<Vec<String>, _>>()?;
    let kept = records.first().map_or("", String::as_str);
    let amount = |at: usize| -> Result<Option<Amount>, StoreError> {
        let value: Option<i64> = row.try_get_by_index(at)?;
        Ok(value.map(|value| Amount::from_millionths(value.into())))
    };
    let flags: Option<String> = row.try_get_by_index(6)?;
    let excluded = count(row, 5)? == 1;
    Ok(Some(ContractFound {
        buyer_siret: row.try_get_by_index(0)?,
        contract_id: row.try_get_by_index(1)?,
        notified_on: day(row, 2)?.ok_or_else(|| StoreError::corrupt("contracts.notified_on"))?,
        record: read(&stored::json(kept, "contract_records.record")?)
            .map_err(|_| StoreError::corrupt("contract_records.record"))?,
        initial_amount: amount(3)?,
        current_amount: amount(4)?,
        excluded,
        flags: flags
            .iter()
            .flat_map(|flags| flags.lines())
            .map(str::to_owned)
            .chain(excluded.then(|| "SUBSEQUENT_EXCLUDED".to_owned()))
            .collect(),
        holders: Vec::new(),
        entered: Vec::new(),
        facts: Facts::default(),
        records,
    }))
}

/// The holders in the state asked for, each with what it counts as and the statuses behind it.
async fn holders(
    db: &DatabaseConnection,
    scope: &Scope,
    asked: &Asked,
) -> Result<Vec<HolderFound>, StoreError> {
    let backend = sea_orm::ConnectionTrait::get_database_backend(db);
    let sql = format!(
        "SELECT h.position, h.id_type, h.id, h.siren, h.siret, {NAME}, {CATEGORY},
            CAST(f.solidarity AS BIGINT), CAST(f.sme_declared AS BIGINT),
            CAST(f.sme_registered AS BIGINT), {}
        FROM scope c JOIN contract_holders h
            ON h.buyer_siret = c.buyer_siret AND h.contract_id = c.contract_id AND h.mode = '{}'
        JOIN found f ON f.buyer_siret = h.buyer_siret AND f.contract_id = h.contract_id
            AND f.party = h.party
        {}
        LEFT JOIN statuses s ON s.siren = h.siren AND s.kind NOT IN ('COMMITMENT', 'PLEDGE')
        {}
        ORDER BY h.position, s.kind, s.valid_from, s.siret, s.origin",
        held::columns(backend),
        asked.mode.code(),
        joined("h.siren"),
        status::origins(),
    );
    let mut holders: Vec<(i64, HolderFound)> = Vec::new();
    for row in scope.all(db, &sql).await? {
        let position: i64 = row.try_get_by_index(0)?;
        if holders.last().is_none_or(|(last, _)| *last != position) {
            holders.push((position, holder(&row)?));
        }
        let Some((_, last)) = holders.last_mut() else {
            continue;
        };
        if let Some(status) = held::read(&row, 10, last.holder.siret.as_ref())? {
            last.statuses.push(status);
        }
    }
    Ok(holders.into_iter().map(|(_, holder)| holder).collect())
}

fn holder(row: &QueryResult) -> Result<HolderFound, StoreError> {
    let (siren, siret): (Option<String>, Option<String>) =
        (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
    Ok(HolderFound {
        holder: Holder {
            id_type: row.try_get_by_index(1)?,
            id: row.try_get_by_index(2)?,
            siren: siren.and_then(|siren| Siren::parse(&siren).ok()),
            siret: siret.and_then(|siret| Siret::parse(&siret).ok()),
        },
        name: row.try_get_by_index(5)?,
        register_category: row.try_get_by_index(6)?,
        solidarity: count(row, 7)? == 1,
        sme_declared: count(row, 8)? == 1,
        sme_registered: count(row, 9)? == 1,
        statuses: Vec::new(),
    })
}

async fn entered(db: &DatabaseConnection, scope: &Scope) -> Result<Vec<ShareEntry>, StoreError> {
    let backend = sea_orm::ConnectionTrait::get_database_backend(db);
    let sql = format!(
        "SELECT e.contract_ref, e.holder, e.share, e.source, e.entered_by, {}
        FROM scope c JOIN {ENTERED} ORDER BY e.holder",
        as_text("e.entered_at", Sort::Instant, backend)
    );
    scope
        .all(db, &sql)
        .await?
        .iter()
        .map(|row| {
            Ok(ShareEntry {
                contract: row.try_get_by_index(0)?,
                holder: row.try_get_by_index(1)?,
                share: row.try_get_by_index(2)?,
                source: row.try_get_by_index(3)?,
                by: row.try_get_by_index(4)?,
                at: moment(row, 5)?,
            })
        })
        .collect()
}
