//! The contracts whose shares were entered (R12): few, so that they are read one by one.

use std::collections::BTreeSet;

use domain::claims::{Kind, KindSet};
use domain::contracts::{Holder, Mode};
use domain::identifiers::{Siren, Siret};
use domain::indicators::{Dimension, Group, SharedContract, SharedHolder, SupplierSize};
use sea_orm::{DatabaseConnection, QueryResult};

use super::figures::{all, count};
use super::groups::{COUNTED, key};
use super::scope::{ENTERED, Scope};
use crate::error::StoreError;

/// Contracts of the scope whose shares were entered, by number alone or with the establishment.
pub(in crate::buyer) async fn shared(
    db: &DatabaseConnection,
    scope: &Scope,
    mode: Mode,
) -> Result<Vec<SharedContract>, StoreError> {
    // Mostly none was ever entered: the contracts are not read to find none again.
    let any = "SELECT 1 FROM contract_shares LIMIT 1".to_owned();
    if all(db, any).await?.is_empty() {
        return Ok(Vec::new());
    }
    let flags = COUNTED.map(|flag| format!("CAST(c.{flag} AS BIGINT)"));
    let sql = format!(
        "SELECT c.buyer_siret, c.contract_id, e.holder, e.share,
            SUBSTR(CAST(c.notified_on AS TEXT), 1, 10), {}, {},
            CASE WHEN c.excluded = 1 THEN NULL ELSE c.amount END, CAST(c.holders AS BIGINT),
            CAST(COALESCE(m.solidarity, 0) AS BIGINT), CAST(COALESCE(m.sme, 0) AS BIGINT), {}
        FROM scope c JOIN {ENTERED}
        LEFT JOIN matched m ON m.buyer_siret = c.buyer_siret AND m.contract_id = c.contract_id
        ORDER BY c.buyer_siret, c.contract_id, e.holder",
        key(Dimension::Place),
        key(Dimension::Family),
        flags.join(", ")
    );
    let mut found: Vec<SharedContract> = Vec::new();
    for row in scope.all(db, &sql).await? {
        let (buyer_siret, contract_id): (String, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let entry = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let notified_on: String = row.try_get_by_index(4)?;
        match found.last_mut() {
            Some(last) if last.buyer_siret == buyer_siret && last.contract_id == contract_id => {
                last.entries.push(entry);
            }
            _ => found.push(SharedContract {
                buyer_siret,
                contract_id,
                notified_on: notified_on
                    .parse()
                    .map_err(|_| StoreError::corrupt("contracts.notified_on"))?,
                contract: alone(&row)?,
                place: row.try_get_by_index(5)?,
                family: row.try_get_by_index(6)?,
                entries: vec![entry],
                holders: Vec::new(),
            }),
        }
    }
    if !found.is_empty() {
        holders(db, scope, mode, &mut found).await?;
    }
    Ok(found)
}

/// The group of one contract.
fn alone(row: &QueryResult) -> Result<Group, StoreError> {
    let amount: Option<i64> = row.try_get_by_index(7)?;
    let group = Group {
        in_amounts: amount.is_some(),
        holders: count(row, 8)?,
        solidarity: count(row, 9)?,
        sme: count(row, 10)?,
        contracts: 1,
        environmental_clause: count(row, 11)?,
        environmental_any: count(row, 12)?,
        social_clause: count(row, 13)?,
        social_any: count(row, 14)?,
        reserved: count(row, 15)?,
        innovative: count(row, 16)?,
        amount: amount.unwrap_or_default().into(),
        ..Group::default()
    };
    Ok(Group {
        environmental_amount: group.amount * i128::from(group.environmental_clause),
        social_amount: group.amount * i128::from(group.social_clause),
        ..group
    })
}

/// Their holders, with what each counts as; a holder of several kinds stands on several rows.
async fn holders(
    db: &DatabaseConnection,
    scope: &Scope,
    mode: Mode,
    found: &mut [SharedContract],
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT h.buyer_siret, h.contract_id, h.id_type, h.id, h.siren, h.siret,
            CAST(f.solidarity AS BIGINT), CAST(f.sme_declared AS BIGINT),
            CAST(f.sme_registered AS BIGINT), k.kind
        FROM contract_holders h JOIN found f ON f.buyer_siret = h.buyer_siret
            AND f.contract_id = h.contract_id AND f.party = h.party
        LEFT JOIN kinds k ON k.buyer_siret = h.buyer_siret AND k.contract_id = h.contract_id
            AND k.party = h.party
        WHERE h.mode = '{}' AND EXISTS (SELECT 1 FROM contract_shares e
            WHERE e.contract_ref IN (h.contract_id, h.buyer_siret || '/' || h.contract_id))
        ORDER BY h.buyer_siret, h.contract_id, h.position",
        mode.code()
    );
    for row in scope.all(db, &sql).await? {
        let (buyer_siret, contract_id): (String, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let one = holder(&row)?;
        let kind: Option<String> = row.try_get_by_index(9)?;
        let kind: Option<Kind> = kind.and_then(|kind| kind.parse().ok());
        let Some(contract) = found
            .iter_mut()
            .find(|one| one.buyer_siret == buyer_siret && one.contract_id == contract_id)
        else {
            continue;
        };
        let same = |last: &&mut SharedHolder| last.holder == one.holder;
        match contract.holders.last_mut().filter(same) {
            Some(last) => last.kinds.0.extend(kind),
            None => contract.holders.push(SharedHolder {
                kinds: KindSet(kind.into_iter().collect()),
                ..one
            }),
        }
    }
    Ok(())
}

fn holder(row: &QueryResult) -> Result<SharedHolder, StoreError> {
    let (siren, siret): (Option<String>, Option<String>) =
        (row.try_get_by_index(4)?, row.try_get_by_index(5)?);
    Ok(SharedHolder {
        holder: Holder {
            id_type: row.try_get_by_index(2)?,
            id: row.try_get_by_index(3)?,
            siren: siren.and_then(|siren| Siren::parse(&siren).ok()),
            siret: siret.and_then(|siret| Siret::parse(&siret).ok()),
        },
        solidarity: count(row, 6)? == 1,
        size: SupplierSize::of(count(row, 7)? == 1, count(row, 8)? == 1),
        kinds: KindSet(BTreeSet::new()),
    })
}
