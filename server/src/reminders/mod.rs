//! Says in time that a qualification will end: 60, 30 and 7 days before, and once it has; and that a draft is not sent, once it
//! has been left alone for two weeks, and for six.
//!
//! Invariants: the calendar day is that of Paris; a reminder, its event and its messages are one transaction; a reminder is
//! given once, whoever runs this, because the table of reminders has it once; the letter looks again before it leaves.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::civil::paris_day;
use domain::lifecycle::{Actor, ClosingCommand, decide_closing};
use store::declarations::{self, Forgotten};
use store::qualifications::{self, Closing, Due, Reminder};
use store::{Store, StoreError};

use crate::state::AppState;

const EVERY: Duration = Duration::from_hours(1);
/// How many qualifications are read at a time.
const PAGE: u64 = 200;

/// Starts the worker: at once, then every hour, so that a night without the portal costs no reminder.
pub fn spawn(state: &AppState) {
    let owned = state.clone();
    state.shutdown.spawn_worker("reminders", move || {
        let state = owned.clone();
        async move {
            loop {
                match run(&state.store, state.clock.now()).await {
                    Ok(0) => {}
                    Ok(given) => {
                        tracing::info!(event = "reminders_given", given);
                        state.outbox.notify_waiters();
                    }
                    Err(error) => tracing::warn!(event = "reminders_failed", error = error.code()),
                }
                if !state.shutdown.sleep(EVERY).await {
                    return;
                }
            }
        }
    });
}

/// Gives every reminder that is due; says how many.
pub async fn run(store: &Store, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let today = paris_day(now);
    let mut given = 0;
    for reminder in Reminder::ALL {
        loop {
            let due = qualifications::due(store.read(), today, reminder, PAGE).await?;
            let before = given;
            for one in &due {
                given += u64::from(give(store, *one, now).await?);
            }
            // A page of which none could be given would come back for ever.
            if u64::try_from(due.len()).is_ok_and(|found| found < PAGE) || given == before {
                break;
            }
        }
    }
    Ok(given + of_drafts(store, now).await?)
}

async fn of_drafts(store: &Store, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let mut given = 0;
    for how in Forgotten::ALL {
        loop {
            let due = declarations::forgotten(store.read(), how, now, PAGE).await?;
            let before = given;
            for id in &due {
                let told = store
                    .write(async |txn| declarations::remind(&txn, *id, how, now).await)
                    .await?;
                given += u64::from(told);
            }
            if u64::try_from(due.len()).is_ok_and(|found| found < PAGE) || given == before {
                break;
            }
        }
    }
    Ok(given)
}

/// Decides again under the lock of the company: somebody may have renewed or closed it since it was read.
async fn give(store: &Store, due: Due, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let command = match due.reminder.days() {
        Some(days) => ClosingCommand::Remind { days },
        None => ClosingCommand::Expire,
    };
    store
        .write(async |txn| {
            let found = qualifications::lock(&txn, due.qualification).await?;
            let proposal = found.proposal.as_ref();
            let by = &Actor::SYSTEM;
            let Ok(decision) = decide_closing(&found.qualification, proposal, &command, by, now)
            else {
                return Ok(false);
            };
            let closing = Closing {
                decision: &decision,
                by,
                at: now,
                request: None,
            };
            qualifications::apply(&txn, &found, &closing).await
        })
        .await
}
