//! The imports of the buyer database: files that wait, what runs, what was imported, taking back, correcting.

use app::error::AppError;
use app::views::{
    Breach, Conformity, ImportAddress, ImportRow, ImportStage, ImportView, ImportsView, SentFile,
    SetAside,
};
use serde_json::{Value, json};
use store::buyer::contracts::{
    Breach as Found, ImportState, PastImport, Rejected, RollBackRefused,
};
use store::declarations::actor_code;
use uuid::Uuid;

use super::{BuyerService, pages};
use crate::desks::error::DeskError;
use crate::uploads::Waiting;

/// What an import of contracts is about.
const CONTRACTS: &str = "contracts";
/// Records set aside on one page.
const SHOWN: u64 = 50;

impl BuyerService {
    pub(super) async fn read_imports(&self, page: u32) -> Result<ImportsView, DeskError> {
        let state = &self.0.state;
        state.buyer.prepare(self.0.now()).await?;
        let (rows, total) = state.buyer.imports(u64::from(page)).await?;
        let mut sent = state.uploads.waiting().await?;
        if rows.iter().any(|past| past.state == ImportState::Running) {
            // It is in the history already.
            let current = state.uploads.current();
            sent.retain(|file| Some(file.id) != current);
        }
        Ok(ImportsView {
            sent: sent.into_iter().map(sent_file).collect(),
            rows: rows.into_iter().filter_map(row).collect(),
            page,
            pages: pages(total),
            total,
            largest: state.config.limits.upload_bytes,
        })
    }

    pub(super) async fn read_import(&self, at: &ImportAddress) -> Result<ImportView, DeskError> {
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let id = at.id.to_string();
        let past = buyer.import(&id).await?.ok_or(AppError::NotFound)?;
        let conformity = self.conformity(&past).await?;
        let row = row(past).ok_or(AppError::NotFound)?;
        let mut set_aside = buyer.quarantined(&id, at.after, SHOWN + 1).await?;
        let more = set_aside.len() as u64 > SHOWN;
        set_aside.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
        let correct = match at.correct {
            Some(position) => buyer
                .quarantined(&id, position.saturating_sub(1), 1)
                .await?
                .into_iter()
                .find(|one| one.position == position),
            None => None,
        };
        Ok(ImportView {
            left: buyer.quarantined_left(&id).await?,
            row,
            set_aside: set_aside.into_iter().map(aside).collect(),
            more,
            after: at.after,
            correct: correct.map(aside),
            conformity,
        })
    }

    async fn conformity(&self, past: &PastImport) -> Result<Option<Conformity>, DeskError> {
        // Imported before files were compared, or taken back since.
        let untold = past.schema.is_none() && past.format == "json";
        if past.subject != CONTRACTS || past.state == ImportState::RolledBack || untold {
            return Ok(None);
        }
        let breaches = match &past.schema {
            Some(_) => self.0.state.buyer.breaches(&past.id).await?,
            None => Vec::new(),
        };
        Ok(Some(Conformity {
            schema: past.schema.clone(),
            checked: past.counts.checked,
            conforming: past.counts.conforming,
            breaches: breaches.into_iter().map(breach).collect(),
        }))
    }

    /// A file that waits is forgotten; an import is taken back by the worker, however long that takes.
    pub(super) async fn take_back(&self, id: Uuid) -> Result<(), DeskError> {
        let state = &self.0.state;
        let waits = state.uploads.waiting().await?;
        if state.uploads.current() == Some(id) {
            // Its turn came meanwhile: the import itself can be cancelled.
            return Err(AppError::Conflict.into());
        }
        if waits.iter().any(|file| file.id == id) {
            let gone = state.uploads.remove(id).await?;
            if gone {
                self.note("import_not_begun", format!("upload:{id}"), json!({}))
                    .await?;
            }
            return Ok(());
        }
        let started = state
            .buyer
            .start_roll_back(&id.to_string(), &self.name(), self.0.now())
            .await;
        match started {
            Ok(()) => {}
            Err(RollBackRefused::NotFound) => return Err(AppError::NotFound.into()),
            Err(RollBackRefused::Already) => return Err(AppError::Conflict.into()),
            Err(RollBackRefused::Store(error)) => return Err(error.into()),
        }
        state.uploads.wake();
        self.note("import_rolled_back", format!("import:{id}"), json!({}))
            .await
    }

    pub(super) async fn send_correction(
        &self,
        import: Uuid,
        position: u64,
        record: &Value,
    ) -> Result<(), DeskError> {
        let state = &self.0.state;
        let found = state.buyer.import(&import.to_string()).await?;
        let past = found.ok_or(AppError::NotFound)?;
        // In the form of its file, whose schema it is compared with.
        let file = match past.schema.as_deref() {
            Some("1.5.0") => json!({ "marches": [record] }),
            _ => json!({ "marches": { "marche": [record] } }),
        };
        let file = file.to_string();
        let now = self.0.now();
        let waiting = Waiting {
            id: store::new_id(now),
            name: format!("{}, {position}", past.file_name),
            actor: actor_code(&self.actor()),
            by: self.name(),
            size_bytes: file.len() as u64,
            sent_at: now,
        };
        self.note(
            "import_corrected",
            format!("import:{import}"),
            json!({ "position": position, "upload": waiting.id }),
        )
        .await?;
        Ok(state.uploads.put(&waiting, file.as_bytes()).await?)
    }
}

fn sent_file(waiting: Waiting) -> SentFile {
    SentFile {
        id: waiting.id,
        name: waiting.name,
        by: waiting.by,
        size_bytes: waiting.size_bytes,
        sent_at: waiting.sent_at,
    }
}

/// `None` for an identifier that this program did not make.
fn row(past: PastImport) -> Option<ImportRow> {
    Some(ImportRow {
        id: Uuid::parse_str(&past.id).ok()?,
        payments: past.subject != CONTRACTS,
        file_name: past.file_name,
        sha256: past.sha256,
        format: past.format,
        stage: match past.state {
            ImportState::Running => ImportStage::Running,
            ImportState::Done => ImportStage::Done,
            ImportState::Failed => ImportStage::Failed,
            ImportState::RollingBack => ImportStage::RollingBack,
            ImportState::RolledBack => ImportStage::RolledBack,
        },
        by: past.by,
        started_at: past.started_at,
        ended_at: past.ended_at,
        ended_by: past.ended_by,
        failure: past.failure,
        progress: past.progress,
        read: past.counts.read,
        kept: past.counts.kept,
        known: past.counts.known,
        other_buyers: past.counts.other_buyers,
        concessions: past.counts.concessions,
        quarantined: past.counts.quarantined,
    })
}

fn breach(one: Found) -> Breach {
    Breach {
        place: one.place,
        rule: one.rule,
        records: one.found.records,
        position: one.found.position,
        value: one.found.value,
    }
}

fn aside(rejected: Rejected) -> SetAside {
    SetAside {
        position: rejected.position,
        reason: rejected.reason,
        text: rejected.text,
    }
}
