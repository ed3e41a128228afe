//! The imports of contracts and payments as agents see them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStage {
    Running,
    Done,
    /// It stopped before the end of the file; what it read counts.
    Failed,
    RollingBack,
    RolledBack,
}

impl ImportStage {
    /// It changes by itself.
    pub const fn moves(self) -> bool {
        matches!(self, Self::Running | Self::RollingBack)
    }

    /// It may be taken back.
    pub const fn holds(self) -> bool {
        matches!(self, Self::Running | Self::Done | Self::Failed)
    }
}

/// A file that was received and waits for its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    pub id: Uuid,
    pub name: String,
    pub by: String,
    pub size_bytes: u64,
    pub sent_at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    pub id: Uuid,
    /// Payments of the ledger, not contracts.
    pub payments: bool,
    pub file_name: String,
    /// SHA-256, in hexadecimal.
    pub sha256: Option<String>,
    pub format: String,
    pub stage: ImportStage,
    pub by: String,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Who took it back.
    pub ended_by: Option<String>,
    /// Why it failed, as a stable code.
    pub failure: Option<String>,
    /// Bytes read, of how many.
    pub progress: Option<(u64, u64)>,
    pub read: u64,
    pub kept: u64,
    pub known: u64,
    pub other_buyers: u64,
    pub concessions: u64,
    pub quarantined: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportsView {
    pub sent: Vec<SentFile>,
    pub rows: Vec<ImportRow>,
    pub page: u32,
    pub pages: u32,
    pub total: u64,
    /// The largest file that may be sent, in bytes.
    pub largest: u64,
}

/// What could not be used, as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// From 1, in the file.
    pub position: u64,
    /// A stable code.
    pub reason: String,
    pub text: String,
}

/// Which import, and which of its records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportAddress {
    pub id: Uuid,
    /// Records after this position.
    pub after: u64,
    /// The record to correct.
    pub correct: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportView {
    pub row: ImportRow,
    /// Those that nobody has corrected since, from after a position.
    pub set_aside: Vec<SetAside>,
    /// Set aside and not corrected, in all.
    pub left: u64,
    /// There are more after the last.
    pub more: bool,
    pub after: u64,
    /// The one to correct.
    pub correct: Option<SetAside>,
    /// Against the official schema; nothing for payments.
    pub conformity: Option<Conformity>,
}

/// How the records of a file stand against the official schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conformity {
    /// Its version; none when the format has no schema.
    pub schema: Option<String>,
    pub checked: u64,
    pub conforming: u64,
    /// The most frequent first.
    pub breaches: Vec<Breach>,
}

/// A rule of the schema that some records breach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Names from the record down; empty: the record itself.
    pub place: String,
    /// The keyword of the schema.
    pub rule: String,
    pub records: u64,
    /// Of the first, from 1, in the file.
    pub position: u64,
    /// What stands there, shortened.
    pub value: String,
}
