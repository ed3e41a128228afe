//! Has the documents scanned by clamd, as they come; a scanner that is down keeps them waiting, and never loses one.

use std::time::Duration;

use chrono::TimeDelta;
use clamav_client::tokio::{Socket, Tcp, scan_buffer};
use store::documents::{self, Outcome, ToScan};
use store::{StoreError, Txn};

use super::storage::Part;
use crate::config::ClamdAddress;
use crate::state::AppState;

/// Between two rounds when nobody sends anything.
const IDLE: Duration = Duration::from_secs(15);
/// Documents of one round.
const MOST: u64 = 20;
/// How long the scanner may take for one.
const PATIENCE: Duration = Duration::from_mins(2);
/// The first pause after a scan that did not happen; each next one is twice as long, up to the longest.
const FIRST_PAUSE: i64 = 10;
const LONGEST_PAUSE: i64 = 600;

/// Starts the worker of this process; without a scanner there is nothing to do.
pub fn spawn(state: &AppState) {
    if state.config.documents.clamd.is_none() {
        return;
    }
    let owned = state.clone();
    state.shutdown.spawn_worker("document scans", move || {
        let state = owned.clone();
        async move {
            begin(&state).await;
            while !state.shutdown.is_draining() {
                tokio::select! {
                    () = state.shutdown.announced() => return,
                    _ = round(&state) => {}
                }
                tokio::select! {
                    () = state.shutdown.announced() => return,
                    () = state.documents.wake.notified() => {}
                    () = tokio::time::sleep(IDLE) => {}
                }
            }
        }
    });
}

/// What was taken while there was no scanner is scanned too.
async fn begin(state: &AppState) {
    let now = state.clock.now();
    let again = state
        .store
        .write(async |txn: Txn| documents::rescan_all(&txn, now).await);
    match again.await {
        Ok(0) => {}
        Ok(count) => tracing::info!(event = "documents_to_scan", count),
        Err(error) => tracing::warn!(event = "documents_not_scanned", error = error.code()),
    }
}

/// Scans what waits; says how many were settled.
pub async fn round(state: &AppState) -> u64 {
    let Some(address) = &state.config.documents.clamd else {
        return 0;
    };
    let mut settled = 0;
    loop {
        let now = state.clock.now();
        let waiting = match documents::to_scan(state.store.read(), now, MOST).await {
            Ok(waiting) => waiting,
            Err(error) => {
                tracing::warn!(event = "documents_not_scanned", error = error.code());
                return settled;
            }
        };
        if waiting.is_empty() {
            return settled;
        }
        for one in waiting {
            let outcome = scanned(state, address, &one).await;
            settled += u64::from(!matches!(outcome, Outcome::Later(_)));
            if let Err(error) = settle(state, &one, &outcome).await {
                tracing::warn!(event = "scan_not_noted", error = error.code());
                return settled;
            }
        }
    }
}

async fn settle(state: &AppState, one: &ToScan, outcome: &Outcome) -> Result<(), StoreError> {
    let (id, now) = (one.id, state.clock.now());
    state
        .store
        .write(async |txn: Txn| documents::settle(&txn, id, outcome, now).await)
        .await
}

async fn scanned(state: &AppState, address: &ClamdAddress, one: &ToScan) -> Outcome {
    let answer = async {
        let found = state.documents.storage.get(Part::Content, &one.sha256);
        let content = found.await?.bytes().await?;
        let asked = async {
            match address {
                ClamdAddress::Tcp(host_address) => {
                    scan_buffer(&content, Tcp { host_address }, None).await
                }
                ClamdAddress::Unix(socket_path) => {
                    scan_buffer(&content, Socket { socket_path }, None).await
                }
            }
        };
        Ok::<_, anyhow::Error>(tokio::time::timeout(PATIENCE, asked).await??)
    };
    match answer.await {
        Ok(answer) if is_clean(&answer) => Outcome::Clean,
        Ok(answer) => match signature(&answer) {
            Some(found) => Outcome::Infected(found),
            // Its own limits, or its own faults: the file is not cleared.
            None => later(state, one, "scanner_refused"),
        },
        Err(error) => {
            tracing::debug!(error = %error, "scan");
            later(state, one, "scanner_down")
        }
    }
}

/// Nothing but the whole answer clears a file.
fn is_clean(answer: &[u8]) -> bool {
    matches!(answer, b"stream: OK\0" | b"stream: OK\n" | b"stream: OK")
}

/// What was found, from `stream: Name FOUND`.
fn signature(answer: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(answer);
    let text = text.trim_matches(['\0', '\n', ' ']);
    let found = text.strip_suffix(" FOUND")?;
    Some(
        found
            .trim_start_matches("stream: ")
            .chars()
            .take(200)
            .collect(),
    )
}

fn later(state: &AppState, one: &ToScan, event: &'static str) -> Outcome {
    tracing::warn!(event, document = %one.id, attempts = one.attempts);
    Outcome::Later(state.clock.now() + pause(one.attempts))
}

fn pause(attempts: u32) -> TimeDelta {
    let seconds = FIRST_PAUSE.saturating_mul(1_i64.checked_shl(attempts.min(16)).unwrap_or(1));
    TimeDelta::seconds(seconds.min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_scanner_says_is_understood() {
        assert_eq!(
            signature(b"stream: Spaser.Test.UNOFFICIAL FOUND\0").as_deref(),
            Some("Spaser.Test.UNOFFICIAL")
        );
        assert_eq!(signature(b"stream: OK\0"), None);
        assert_eq!(signature(b"INSTREAM size limit exceeded. ERROR\0"), None);
        assert_eq!(signature(b""), None);
        assert!(is_clean(b"stream: OK\0"));
        for other in [
            &b""[..],
            b"OK",
            b"stream: OKAY FOUND\0",
            b"UNKNOWN COMMAND\0",
        ] {
            assert!(!is_clean(other));
        }
    }

    #[test]
    fn pauses_grow_and_stop_growing() {
        let seconds: Vec<_> = (0..9).map(|n| pause(n).num_seconds()).collect();
        assert_eq!(seconds, [10, 20, 40, 80, 160, 320, 600, 600, 600]);
        assert_eq!(pause(u32::MAX).num_seconds(), 600);
    }
}
