//! Adds publications to the buyer database and makes anew the contracts that they touch, in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::{Concession, Key, Record};
use sea_orm::{ConnectionTrait, Statement};

use super::super::{
    bulk, changed,
    rows::Row,
    schema::{CONTRACT_RECORDS, IMPORT_REPEATS, QUARANTINE},
};
use super::{
    concessions,
    conformity::{self, Conformity},
    imports::{self, ImportCounts, Running},
    remake::{self, More},
    rows,
    session::Session,
};
use crate::{error::StoreError, stored, txn::Txn};

/// A publication that can be used, with its JSON as received.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub record: Record,
    pub json: String,
    /// The record set aside that it corrects: its import, and its position in the file.
    pub settles: Option<(String, u64)>,
}

/// A concession, with its JSON as received: it is listed apart and changes no contract.
#[derive(Clone, Debug)]
pub struct IncomingConcession {
    pub concession: Concession,
    pub json: String,
    /// As of [`Incoming`].
    pub settles: Option<(String, u64)>,
}

/// What cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// From 1, in the file.
    pub position: u64,
    pub reason: String,
    pub text: String,
}

/// What one stretch of a file gave.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub records: Vec<Incoming>,
    pub rejected: Vec<Rejected>,
    /// Elements read, those left out included.
    pub read: u64,
    /// How far in the file the batch ends, when that is known.
    pub bytes: u64,
    pub other_buyers: u64,
    /// Concessions read, those of other authorities included; and those to keep.
    pub concessions: u64,
    pub listed: Vec<IncomingConcession>,
    pub conformity: Conformity,
}

/// What a batch changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Publications that were not known.
    pub new: u64,
}

impl Session {
    /// Adds a batch of one import together with what it adds to the counts of the import: both are kept, or neither.
    pub async fn add_records(
        &self,
        import: &Running,
        batch: &Batch,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Added, StoreError> {
        let merged = &merged(&batch.records);
        let quarantine: &Vec<Row> = &batch
            .rejected
            .iter()
            .map(|one| rows::rejected(one, &import.id))
            .collect();
        let records = batch.records.iter().filter_map(|one| one.settles.as_ref());
        let listed = batch.listed.iter().filter_map(|one| one.settles.as_ref());
        let settled: &Vec<&(String, u64)> = &records.chain(listed).collect();
        changed::write(self.connection(), |txn| async move {
            let known = known(&txn, merged, &import.id).await?;
            let plan = Plan::new(merged, &known, &import.id);
            let records = plan.records.iter().map(|(one, copies)| {
                let waits = one.record.next_day(today);
                rows::record(&one.record, &one.json, *copies, &import.id, now, waits)
            });
            let written = bulk::insert_each(&txn, &CONTRACT_RECORDS, records, COPIES);
            remake::while_writing(&txn, &plan.touched, plan.more, today, written).await?;
            bulk::insert(&txn, &IMPORT_REPEATS, &plan.repeats, COPIES).await?;
            bulk::insert(&txn, &QUARANTINE, quarantine, "NOTHING").await?;
            concessions::add(&txn, &batch.listed, &import.id, now).await?;
            settle(&txn, settled, &import.id).await?;
            conformity::add(&txn, &import.id, &batch.conformity).await?;
            let counts = ImportCounts {
                read: batch.read,
                kept: batch.records.len() as u64,
                known: (batch.records.len() as u64).saturating_sub(plan.new),
                other_buyers: batch.other_buyers,
                concessions: batch.concessions,
                quarantined: batch.rejected.len() as u64,
                checked: batch.conformity.checked,
                conforming: batch.conformity.conforming,
            };
            imports::add_counts(&txn, import, counts, batch.bytes, now).await?;
            Ok::<_, StoreError>(Added { new: plan.new })
        })
        .await
    }
}

/// Notes which records set aside were corrected by this import.
async fn settle(txn: &Txn, settled: &[&(String, u64)], import: &str) -> Result<(), StoreError> {
    for (of, position) in settled {
        let statement = Statement::from_sql_and_values(
            txn.get_database_backend(),
            "UPDATE quarantine SET settled_by = $1
             WHERE import_id = $2 AND position = $3 AND settled_by IS NULL",
            [
                import.into(),
                of.clone().into(),
                i64::try_from(*position).unwrap_or(i64::MAX).into(),
            ],
        );
        txn.execute_raw(statement).await?;
    }
    Ok(())
}

/// A publication that is there: how often one import gave it matters, not its text.
const COPIES: &str = "UPDATE SET copies = excluded.copies";

/// Each publication of a batch once, with how often it is there.
fn merged(batch: &[Incoming]) -> BTreeMap<&str, (&Incoming, u64)> {
    let mut merged: BTreeMap<&str, (&Incoming, u64)> = BTreeMap::new();
    for one in batch {
        merged.entry(&one.record.hash).or_insert((one, 0)).1 += 1;
    }
    merged
}

/// What the database has of a publication.
struct Known {
    /// The import that brought it.
    import: String,
    /// The greatest number of times that one import gave it.
    copies: u64,
    /// How often the present import gave it so far, when that is noted.
    here: u64,
}

async fn known(
    txn: &Txn,
    merged: &BTreeMap<&str, (&Incoming, u64)>,
    import: &str,
) -> Result<BTreeMap<String, Known>, StoreError> {
    let hashes: Vec<[&str; 1]> = merged.keys().map(|hash| [*hash]).collect();
    let backend = txn.get_database_backend();
    let sql = format!(
        "SELECT r.record_hash, r.import_id, r.copies, COALESCE(h.copies, 0) FROM contract_records r
         LEFT JOIN import_repeats h ON h.record_hash = r.record_hash AND h.import_id = $2
         WHERE r.record_hash IN (SELECT value ->> 0 FROM {})",
        bulk::elements(backend)
    );
    let values = [stored::to_json(&hashes)?.into(), import.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut known = BTreeMap::new();
    for row in txn.query_all_raw(statement).await? {
        let (copies, here): (i64, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let one = Known {
            import: row.try_get_by_index(1)?,
            copies: u64::try_from(copies).unwrap_or(0),
            here: u64::try_from(here).unwrap_or(0),
        };
        known.insert(row.try_get_by_index(0)?, one);
    }
    Ok(known)
}

/// What a batch writes.
#[derive(Default)]
struct Plan<'b> {
    /// The publications to write, and how often one import gave each.
    records: Vec<(&'b Incoming, u64)>,
    repeats: Vec<Row>,
    /// The contracts that are no longer the same, and what is new of them.
    touched: BTreeSet<&'b Key>,
    more: Vec<More<'b>>,
    new: u64,
}

impl<'b> Plan<'b> {
    fn new(
        merged: &BTreeMap<&str, (&'b Incoming, u64)>,
        known: &BTreeMap<String, Known>,
        import: &str,
    ) -> Self {
        let mut plan = Self::default();
        for (hash, (one, given)) in merged {
            let before = known.get(*hash);
            let here = match before {
                None => *given,
                // Its first copy in the import that brought it is not noted apart.
                Some(known) if known.import == import => known.here.max(1) + given,
                Some(known) => known.here + given,
            };
            let first_alone = before.is_none() && here == 1;
            if !first_alone {
                let repeat = [(*hash).to_owned(), import.to_owned(), here.to_string()];
                plan.repeats.push(repeat.map(Some).to_vec());
            }
            let copies = here.max(before.map_or(0, |known| known.copies));
            plan.new += u64::from(before.is_none());
            // Two say as much as twenty: published more than once.
            let more = match before {
                None => copies.min(2),
                Some(known) => copies.min(2) - known.copies.min(2),
            };
            if before.is_none_or(|known| known.copies != copies) {
                plan.records.push((one, copies));
            }
            if more > 0 {
                plan.touched.insert(&one.record.key);
                plan.more.push((&one.record, more));
            }
        }
        plan
    }
}
