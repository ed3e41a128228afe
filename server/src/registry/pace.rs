//! One queue for all questions: at most one start every so often, nobody waits beyond their patience.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Gives starts in the order they are asked for.
#[derive(Debug)]
pub(super) struct Pace {
    interval: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    next: Option<Instant>,
    failures: u32,
}

/// After so many failures in a row the register is left alone for a while.
const FAILURES: u32 = 3;
const REST: Duration = Duration::from_secs(20);

impl Pace {
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            interval,
            state: Mutex::default(),
        }
    }

    /// Waits for the next start; `false`, at once, when it lies after `deadline`.
    pub(super) async fn start(&self, deadline: Instant) -> bool {
        let Some(at) = self.reserve(Instant::now(), deadline) else {
            return false;
        };
        tokio::time::sleep_until(at).await;
        true
    }

    fn reserve(&self, now: Instant, deadline: Instant) -> Option<Instant> {
        let mut state = self.lock();
        let at = state.next.map_or(now, |next| next.max(now));
        if at > deadline {
            return None;
        }
        state.next = Some(at + self.interval);
        Some(at)
    }

    /// The register asked for silence.
    pub(super) fn hold(&self, silence: Duration) {
        let until = Instant::now() + silence;
        let mut state = self.lock();
        state.next = Some(state.next.map_or(until, |next| next.max(until)));
    }

    /// Notes whether the register answered; one that is down is not waited for by everybody in turn.
    pub(super) fn note(&self, answered: bool) {
        let rest = {
            let mut state = self.lock();
            state.failures = if answered { 0 } else { state.failures + 1 };
            state.failures >= FAILURES
        };
        if rest {
            self.hold(REST);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn starts_are_spaced_and_the_impatient_are_told_at_once() {
        let pace = Pace::new(Duration::from_millis(200));
        let begin = Instant::now();
        let deadline = begin + Duration::from_secs(1);
        for _ in 0..6 {
            assert!(pace.start(deadline).await);
        }
        assert_eq!(begin.elapsed(), Duration::from_secs(1));
        assert!(!pace.start(deadline).await);
        assert_eq!(begin.elapsed(), Duration::from_secs(1));
        assert!(pace.start(begin + Duration::from_secs(9)).await);
        assert_eq!(begin.elapsed(), Duration::from_millis(1200));
    }

    #[tokio::test(start_paused = true)]
    async fn three_failures_in_a_row_give_the_register_a_rest() {
        let pace = Pace::new(Duration::ZERO);
        for answered in [false, false, true, false, false] {
            pace.note(answered);
        }
        assert!(pace.start(Instant::now()).await);
        pace.note(false);
        assert!(!pace.start(Instant::now() + Duration::from_secs(10)).await);
        assert!(pace.start(Instant::now() + Duration::from_mins(1)).await);
    }
}
