//! Adds payments. A line that another file gave already is there; two identical lines of one file are two payments.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::indicators::Payment;
use sea_orm::{ConnectionTrait, Statement};

use crate::buyer::contracts::{ImportCounts, Running, Session, imports};
use crate::buyer::{
    bulk, changed,
    rows::{Row, instant},
    schema::{IMPORT_REPEATS, PAYMENTS},
};
use crate::{error::StoreError, hash::Hash, stored, txn::Txn};

/// What one stretch of a ledger gave.
#[derive(Clone, Debug, Default)]
pub struct PaymentBatch {
    pub payments: Vec<Payment>,
    /// Lines read, those refused included.
    pub read: u64,
    pub refused: u64,
}

impl Session {
    /// Adds a batch of one import together with what it adds to the counts of the import; how many payments were not there.
    pub async fn add_payments(
        &self,
        import: &Running,
        batch: &PaymentBatch,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let mut by_hash: BTreeMap<String, (&Payment, u64)> = BTreeMap::new();
        for payment in &batch.payments {
            by_hash.entry(line_hash(payment)).or_insert((payment, 0)).1 += 1;
        }
        let by_hash = &by_hash;
        changed::write(self.connection(), |txn| async move {
            let given = given(&txn, by_hash, &import.id).await?;
            let (mut rows, mut repeats) = (Vec::new(), Vec::new());
            for (hash, (payment, count)) in by_hash {
                let before = given.get(hash).copied().unwrap_or(0);
                for occurrence in before + 1..=before + count {
                    rows.push(row(hash, occurrence, payment, &import.id, now));
                }
                let copies = (before + count).to_string();
                repeats.push(vec![
                    Some(hash.clone()),
                    Some(import.id.clone()),
                    Some(copies),
                ]);
            }
            let new = bulk::insert(&txn, &PAYMENTS, &rows, "NOTHING").await?;
            let copies = "UPDATE SET copies = excluded.copies";
            bulk::insert(&txn, &IMPORT_REPEATS, &repeats, copies).await?;
            let kept = batch.payments.len() as u64;
            let counts = ImportCounts {
                read: batch.read,
                kept,
                known: kept.saturating_sub(new),
                quarantined: batch.refused,
                ..ImportCounts::default()
            };
            imports::add_counts(&txn, import, counts, 0, now).await?;
            Ok::<_, StoreError>(new)
        })
        .await
    }
}

/// The same line in another notation is the same line.
fn line_hash(payment: &Payment) -> String {
    let text = [
        payment.paid_on.to_string(),
        payment.amount.millionths().to_string(),
        payment.party.clone(),
        payment
            .siret
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        payment.direction.clone().unwrap_or_default(),
        payment.reference.clone().unwrap_or_default(),
    ]
    .join("\u{1f}");
    Hash::of(text).to_hex()
}

/// How often this import gave each line so far.
async fn given(
    txn: &Txn,
    by_hash: &BTreeMap<String, (&Payment, u64)>,
    import: &str,
) -> Result<BTreeMap<String, u64>, StoreError> {
    let hashes: Vec<[&String; 1]> = by_hash.keys().map(|hash| [hash]).collect();
    let backend = txn.get_database_backend();
    let sql = format!(
        "SELECT record_hash, copies FROM import_repeats
         WHERE import_id = $2 AND record_hash IN (SELECT value ->> 0 FROM {})",
        bulk::elements(backend)
    );
    let values = [stored::to_json(&hashes)?.into(), import.into()];
    let mut given = BTreeMap::new();
    for row in txn
        .query_all_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?
    {
        let copies: i64 = row.try_get_by_index(1)?;
        given.insert(row.try_get_by_index(0)?, u64::try_from(copies).unwrap_or(0));
    }
    Ok(given)
}

fn row(hash: &str, occurrence: u64, payment: &Payment, import: &str, now: DateTime<Utc>) -> Row {
    vec![
        Some(hash.to_owned()),
        Some(occurrence.to_string()),
        Some(payment.paid_on.to_string()),
        Some(payment.amount.millionths().to_string()),
        Some(payment.party.clone()),
        payment.siren.as_ref().map(ToString::to_string),
        payment.siret.as_ref().map(ToString::to_string),
        payment.direction.clone(),
        payment.reference.clone(),
        Some(import.to_owned()),
        Some(instant(now)),
    ]
}
