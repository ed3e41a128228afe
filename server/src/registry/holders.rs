//! Asks the register about the companies that contracts and payments name and that declared nothing: their names, and whether they
//! are SMEs where nobody said so (rule R17). Nobody waits for it.

use std::time::Duration;

use chrono::TimeDelta;
use domain::identifiers::Siren;
use store::StoreError;
use store::buyer::RegisterAnswer;

use super::Lookup;
use crate::state::AppState;

/// Between two rounds: what an import brought is known soon after.
const EVERY: Duration = Duration::from_mins(5);
/// Between two questions: people who fill in a form ask the same register, and go first.
const PAUSE: Duration = Duration::from_millis(500);
/// Answers written at a time: figures are computed anew after each.
const BATCH: u64 = 200;
/// Size categories are published once a year.
const STALE: TimeDelta = TimeDelta::days(180);
/// A number that nobody bore may be entered since, or have been asked of another register.
const STALE_UNKNOWN: TimeDelta = TimeDelta::days(7);
/// After so many numbers in a row without an answer the register is left alone until the next round.
const SILENT: u32 = 3;

/// Starts the worker of this process. Two of them ask twice at most: answers are remembered in the portal database.
pub fn spawn(state: &AppState) {
    if state.registry.is_demonstration() && !state.config.demo {
        // Fictional companies say nothing of real ones.
        return;
    }
    let owned = state.clone();
    state.shutdown.spawn_worker("register_of_holders", move || {
        let state = owned.clone();
        async move {
            loop {
                let done = tokio::select! {
                    () = state.shutdown.announced() => return,
                    done = round(&state) => done,
                };
                if let Err(error) = done {
                    tracing::warn!(event = "holders_not_looked_up", error = error.code());
                }
                if !state.shutdown.sleep(EVERY).await {
                    return;
                }
            }
        }
    });
}

/// Asks about everyone who is not known; ends early when the register is silent. How many answers.
pub async fn round(state: &AppState) -> Result<u64, StoreError> {
    state.buyer.prepare(state.clock.now()).await?;
    state.buyer.forget_unnamed(state.clock.now()).await?;
    let mut answered = 0;
    let mut after = String::new();
    loop {
        let now = state.clock.now();
        let stale = (now - STALE, now - STALE_UNKNOWN);
        let sirens = state.buyer.companies_to_look_up(&after, stale, BATCH);
        let sirens = sirens.await?;
        let Some(last) = sirens.last() else {
            return Ok(answered);
        };
        last.clone_into(&mut after);
        let (answers, silent) = ask(state, &sirens).await;
        state.buyer.note_register(&answers).await?;
        answered += u64::try_from(answers.len()).unwrap_or_default();
        if silent {
            tracing::info!(event = "register_silent", answered);
            return Ok(answered);
        }
    }
}

/// The answers, and whether the register stopped answering. A number that it cannot answer for keeps no other waiting.
async fn ask(state: &AppState, sirens: &[String]) -> (Vec<RegisterAnswer>, bool) {
    let mut answers = Vec::with_capacity(sirens.len());
    let mut unanswered = 0;
    for siren in sirens {
        let Ok(siren) = Siren::parse(siren) else {
            continue;
        };
        let (facts, at) = match state.registry.company(&siren).await {
            Lookup::Known(entry) => {
                let at = entry.facts.fetched_at;
                (Some(entry.facts), at)
            }
            Lookup::Unknown { asked_at } => (None, asked_at),
            Lookup::Unresolved => {
                unanswered += 1;
                if unanswered == SILENT {
                    return (answers, true);
                }
                continue;
            }
        };
        unanswered = 0;
        answers.push(RegisterAnswer { siren, facts, at });
        if !state.registry.is_demonstration() {
            tokio::time::sleep(PAUSE).await;
        }
    }
    (answers, false)
}
