//! Declarations: opened, found, changed by decisions only, and queued for the reviewers.
//!
//! Invariant: `apply` is the only writer of `status`.

mod apply;
mod claims;
mod compared;
mod copies;
mod cycle;
mod drafts;
mod find;
mod forgotten;
mod open;
mod queue;
mod steps;
mod typing;
mod waiting;

pub use apply::{Applied, Change, apply};
pub use compared::{Compared, compared};
pub use copies::{DraftCopy, copy, keep_copy, purge_copies, replace_copy};
pub use cycle::{Cycle, Decided, Opened as OpenOne, cycle};
pub use drafts::{Answers, LastAnswers, last_answers, lock_answers};
pub use find::{
    Line, Record, Revision, Signature, find, lock, of_companies, revision, timeline,
    timeline_and_lists,
};
pub use forgotten::{Forgotten, forgotten, remind};
pub use open::{Opened, open};
pub use queue::{Counts, PAGE_SIZE, QueueAsked, QueuePage, QueueRow, QueueSort, TOTAL_CAP, queue};

pub use steps::{Answered, StepVersions};
pub use typing::{Page, Seen, Typings};
pub use waiting::{Waiting, WaitingFiles, waiting};

pub(crate) use queue::words;

use domain::lifecycle::Actor;
use uuid::Uuid;

/// What the audit trail and the outbox call a declaration.
pub fn subject(id: Uuid) -> String {
    format!("declaration:{id}")
}

/// What the audit trail calls an actor: its role and its account, never its name.
pub fn actor_code(actor: &Actor) -> String {
    match actor.account {
        Some(account) => format!("{}:{account}", actor.kind()),
        None => actor.kind().to_owned(),
    }
}
