//! The only reader of the clock; everything else receives the time as an argument.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::civil::paris_day;

/// Tells the time: the system's, or in tests one that the test moves.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Source>);

#[derive(Debug)]
enum Source {
    System {
        start: Instant,
    },
    /// Microseconds since 1970.
    Manual(AtomicI64),
}

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self(Arc::new(Source::System {
            start: Instant::now(),
        }))
    }

    /// A clock that stands still until [`Clock::advance`] moves it.
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self(Arc::new(Source::Manual(AtomicI64::new(
            start.timestamp_micros(),
        ))))
    }

    /// The present instant, cut to the microsecond because databases keep no more.
    pub fn now(&self) -> DateTime<Utc> {
        let micros = match self.0.as_ref() {
            Source::System { .. } => Utc::now().timestamp_micros(),
            Source::Manual(micros) => micros.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }

    /// Time that never goes back, for rate limits: an operator who sets the wall clock neither locks nor unlocks anyone.
    pub fn monotonic(&self) -> std::time::Duration {
        match self.0.as_ref() {
            Source::System { start } => start.elapsed(),
            Source::Manual(micros) => std::time::Duration::from_micros(
                u64::try_from(micros.load(Ordering::SeqCst)).unwrap_or_default(),
            ),
        }
    }

    /// The present day in Paris.
    pub fn today(&self) -> NaiveDate {
        paris_day(self.now())
    }

    /// Moves a manual clock; the system's does not obey.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(micros) = self.0.as_ref() {
            micros.fetch_add(by.num_microseconds().unwrap_or_default(), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let clock = Clock::manual(at("2026-05-01T10:00:00Z"));
        let before = clock.monotonic();
        assert_eq!(clock.now(), at("2026-05-01T10:00:00Z"));
        clock.advance(Duration::minutes(10));
        assert_eq!(clock.now(), at("2026-05-01T10:10:00Z"));
        assert_eq!(
            clock.monotonic().checked_sub(before),
            Some(std::time::Duration::from_mins(10))
        );
    }

    #[test]
    fn the_system_clock_ignores_advance() {
        let clock = Clock::system();
        clock.advance(Duration::days(40));
        assert!((clock.now() - Utc::now()).abs() < Duration::hours(1));
    }
}
