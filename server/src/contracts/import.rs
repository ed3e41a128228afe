//! Puts the elements of a file in the buyer database, batch by batch: whatever stops it, the same file goes on from there.

use anyhow::{Context, anyhow};
use domain::contracts;
use domain::identifiers::Siren;
use serde::Serialize;
use serde_json::Value;
use store::StoreError;
use store::buyer::BuyerStore;
use store::buyer::contracts::{
    Batch, Import, ImportCounts, ImportRefused, Incoming, IncomingConcession, Rejected,
};
use tokio::sync::mpsc;

use super::conformity::{Checker, Schema};
use super::element::{Broken, Element};
use super::source::Source;
use crate::clock::Clock;

/// Elements of one transaction.
const BATCH: u64 = 1000;
/// Bytes of their texts that are held at most.
const BATCH_BYTES: usize = 8 << 20;

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Imported {
    pub import_id: String,
    pub file_name: String,
    pub sha256: String,
    pub format: &'static str,
    /// True when an earlier attempt had stopped halfway.
    pub resumed: bool,
    pub read: u64,
    pub kept: u64,
    pub known: u64,
    pub other_buyers: u64,
    pub concessions: u64,
    pub quarantined: u64,
    /// The official schema that the records were compared with; none for XML and CSV.
    pub schema: Option<&'static str>,
    pub checked: u64,
    pub conforming: u64,
}

/// Why an import did not reach the end of the file.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("un autre import est en cours : {file_name}")]
    Busy { file_name: String },
    /// Canceled, or taken over by another run of the same file.
    #[error("l’import a été interrompu par quelqu’un d’autre")]
    Stopped,
    #[error("le fichier ne peut pas être lu jusqu’au bout : {0}")]
    Broken(#[from] Broken),
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// Imports a file for one buyer; `by` is who asked for it, `progress` hears of each batch.
pub async fn import(
    buyer: &BuyerStore,
    siren: &Siren,
    source: Source,
    by: &str,
    clock: &Clock,
    mut progress: impl FnMut(u64),
) -> Result<Imported, ImportError> {
    let now = clock.now();
    let wanted = Import {
        id: uuid::Uuid::now_v7().to_string(),
        subject: "contracts",
        file_name: source.name.clone(),
        sha256: Some(source.sha256.clone()),
        format: source.format.code(),
        size_bytes: Some(source.size_bytes),
        schema: source.schema.map(Schema::version),
        by: by.to_owned(),
    };
    let begun = match buyer.begin_import(&wanted, now).await {
        Ok(begun) => begun,
        Err(ImportRefused::Busy { file_name }) => return Err(ImportError::Busy { file_name }),
        Err(ImportRefused::Store(error)) => return Err(anyhow!(error).into()),
    };
    let running = begun.running;
    let today = domain::civil::paris_day(now);
    let (name, sha256, format) = (source.name.clone(), source.sha256.clone(), source.format);
    // Reading and writing overlap, two batches apart at most.
    let (sender, mut batches) = mpsc::channel::<Result<Batch, Broken>>(1);
    let schema = source.schema;
    let checker = schema.map(Checker::new).transpose()?;
    let (siren, skip) = (siren.clone(), begun.read);
    let reader =
        tokio::task::spawn_blocking(move || read(&source, &siren, checker.as_ref(), skip, &sender));
    let session = buyer
        .session()
        .await
        .context("opening the buyer database")?;
    let mut seen = begun.read;
    let failure = loop {
        match batches.recv().await {
            None => break None,
            Some(Err(broken)) => break Some(broken),
            Some(Ok(batch)) => {
                seen += batch.read;
                let added = session.add_records(&running, &batch, clock.now(), today);
                added.await.map_err(stopped)?;
                progress(seen);
            }
        }
    };
    session.close().await;
    reader.await.context("the reader stopped")?;
    let code = failure.as_ref().map(Broken::code);
    let ended = buyer.end_import(&running, code, clock.now()).await;
    let counts = ended.map_err(stopped)?;
    if let Some(broken) = failure {
        return Err(broken.into());
    }
    let ImportCounts {
        read,
        kept,
        known,
        other_buyers,
        concessions,
        quarantined,
        checked,
        conforming,
    } = counts;
    Ok(Imported {
        import_id: running.id,
        file_name: name,
        sha256,
        format: format.code(),
        resumed: begun.read > 0,
        read,
        kept,
        known,
        other_buyers,
        concessions,
        quarantined,
        schema: schema.map(Schema::version),
        checked,
        conforming,
    })
}

/// An import that may write no more was taken away.
pub(super) fn stopped(error: StoreError) -> ImportError {
    match error {
        StoreError::NotFound => ImportError::Stopped,
        error => ImportError::Other(anyhow!(error).context("writing to the buyer database")),
    }
}

/// Reads the file in batches; stops when nobody listens any more.
fn read(
    source: &Source,
    siren: &Siren,
    checker: Option<&Checker>,
    skip: u64,
    sender: &mpsc::Sender<Result<Batch, Broken>>,
) {
    let elements = match source.elements() {
        Ok(elements) => elements,
        Err(broken) => {
            let _nobody_listens = sender.blocking_send(Err(broken));
            return;
        }
    };
    let mut batch = Batch::default();
    let mut bytes = 0;
    for (position, element) in (1_u64..).zip(elements) {
        let element = match element {
            Ok(element) => element,
            Err(broken) => {
                let _nobody_listens = sender.blocking_send(Err(broken));
                return;
            }
        };
        // Read by the attempt that stopped.
        if position <= skip {
            continue;
        }
        let (element, settles) = settling(element);
        if let Some(checker) = checker {
            checker.compare(position, &element, &mut batch.conformity);
        }
        bytes += sort(position, element, settles, siren, &mut batch);
        if batch.read >= BATCH || bytes >= BATCH_BYTES {
            bytes = 0;
            batch.bytes = source.read_bytes();
            if sender
                .blocking_send(Ok(std::mem::take(&mut batch)))
                .is_err()
            {
                return;
            }
        }
    }
    if batch.read > 0 {
        batch.bytes = source.read_bytes();
        let _nobody_listens = sender.blocking_send(Ok(batch));
    }
}

/// Takes out of a record which one set aside it settles: that mark is ours, not the format's.
fn settling(element: Element) -> (Element, Option<(String, u64)>) {
    match element {
        Element::Contract(mut value) => {
            let settles = contracts::settles(&mut value);
            (Element::Contract(value), settles)
        }
        Element::Concession(mut value) => {
            let settles = contracts::settles(&mut value);
            (Element::Concession(value), settles)
        }
        other @ Element::Unreadable { .. } => (other, None),
    }
}

/// Puts an element where it belongs; how many bytes it holds there.
fn sort(
    position: u64,
    element: Element,
    settles: Option<(String, u64)>,
    siren: &Siren,
    batch: &mut Batch,
) -> usize {
    batch.read += 1;
    let mut reject = |reason: &str, text: String| {
        let bytes = text.len();
        batch.rejected.push(Rejected {
            position,
            reason: reason.to_owned(),
            // PostgreSQL keeps no zero character in a text.
            text: text.replace('\0', "\u{FFFD}"),
        });
        bytes
    };
    let value = match element {
        Element::Concession(value) => {
            batch.concessions += 1;
            return match concession(&value, siren) {
                Listed::Left => 0,
                Listed::Unusable(reason, json) => reject(reason, json),
                Listed::Kept(one, json) => {
                    let bytes = json.len();
                    batch.listed.push(IncomingConcession {
                        concession: *one,
                        json,
                        settles,
                    });
                    bytes
                }
            };
        }
        Element::Unreadable { reason, text } => return reject(reason, text),
        Element::Contract(value) => value,
    };
    if contracts::key(&value).is_ok_and(|key| !key.buyer_siret.starts_with(siren.as_str())) {
        batch.other_buyers += 1;
        return 0;
    }
    let json = value.to_string();
    match contracts::read(&value) {
        Ok(_) if json.contains("\\u0000") => reject("zero_character", json),
        Ok(record) => {
            let bytes = json.len();
            batch.records.push(Incoming {
                record,
                json,
                settles,
            });
            bytes
        }
        Err(unusable) => reject(unusable.code(), json),
    }
}

/// What becomes of a concession.
enum Listed {
    /// Of another authority, or without a text that could be read.
    Left,
    Unusable(&'static str, String),
    Kept(Box<contracts::Concession>, String),
}

fn concession(value: &Value, siren: &Siren) -> Listed {
    let of_other = contracts::concession_key(value)
        .is_ok_and(|key| !key.buyer_siret.starts_with(siren.as_str()));
    if of_other {
        return Listed::Left;
    }
    let json = value.to_string();
    match contracts::read_concession(value) {
        Ok(_) if json.contains("\\u0000") => Listed::Unusable("zero_character", json),
        Ok(one) => Listed::Kept(Box::new(one), json),
        Err(unusable) => {
            // Out of its envelope, a record without an authority would be taken for a contract once it is corrected.
            let mut named = value.clone();
            if let Some(fields) = named.as_object_mut()
                && !contracts::is_concession(value)
            {
                fields.insert("_type".to_owned(), "contrat-concession".into());
            }
            Listed::Unusable(unusable.code(), named.to_string())
        }
    }
}
