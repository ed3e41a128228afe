//! When to try again, and when to stop trying.

use chrono::{DateTime, TimeDelta, Utc};
use store::outbox::Message;

use super::Route;

/// Doubling waits with some disorder, up to an age.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// After the first failure.
    pub first: TimeDelta,
    /// Never longer than this.
    pub longest: TimeDelta,
    /// A message older than this is parked at its next failure.
    pub max_age: TimeDelta,
    /// After so many panics of its handler a message is parked.
    pub panics: i64,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            first: TimeDelta::seconds(10),
            longest: TimeDelta::minutes(30),
            max_age: TimeDelta::hours(72),
            panics: 5,
        }
    }
}

impl Schedule {
    /// The next try of a message that failed at `now`; `None` when it is too old for one. The buyer database is waited for
    /// as long as it takes: it must end equal to the portal, and what is too old for a mail is not for a row.
    pub fn next(
        &self,
        route: Route,
        message: &Message,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        if route != Route::Feed && now - message.created_at >= self.max_age {
            return None;
        }
        Some(now + self.wait(message))
    }

    /// From 80 % to 120 % of the doubled wait, drawn from the message itself: messages that failed together do not come
    /// back together, and a test can tell when they do.
    fn wait(&self, message: &Message) -> TimeDelta {
        let doublings = u32::try_from(message.attempt.saturating_sub(1))
            .unwrap_or(0)
            .min(20);
        let wait = self
            .first
            .checked_mul(1 << doublings)
            .map_or(self.longest, |wait| wait.min(self.longest));
        let seed = message
            .id
            .as_bytes()
            .iter()
            .fold(message.attempt.unsigned_abs(), |seed, byte| {
                (seed ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let percent = 80 + i64::try_from((seed >> 24) % 41).unwrap_or(20);
        TimeDelta::milliseconds(wait.num_milliseconds() / 100 * percent)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn message(n: u64, attempt: i64) -> Message {
        let created_at = "2026-03-02T12:00:00Z".parse().unwrap();
        Message {
            id: uuid::Uuid::from_u128(u128::from(n) << 64 | 7),
            route: "mail.supplier".into(),
            dedup_key: String::new(),
            subject: String::new(),
            recipient: String::new(),
            payload: serde_json::Value::Null,
            created_at,
            available_at: created_at,
            attempt,
            delivered_at: None,
            parked_at: None,
            last_error: None,
            batch: None,
        }
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let schedule = Schedule::default();
        for (attempt, seconds) in [
            (1, 10),
            (2, 20),
            (3, 40),
            (6, 320),
            (8, 1280),
            (9, 1800),
            (90, 1800),
        ] {
            let wait = schedule.wait(&message(1, attempt)).num_milliseconds();
            assert!(
                (seconds * 800..=seconds * 1200).contains(&wait),
                "{attempt}: {wait}"
            );
        }
    }

    #[test]
    fn messages_that_fail_together_do_not_come_back_together() {
        let waits: std::collections::HashSet<_> = (0..100)
            .map(|n| Schedule::default().wait(&message(n, 4)).num_milliseconds())
            .collect();
        assert!(waits.len() > 20, "{}", waits.len());
    }

    #[test]
    fn after_three_days_nothing_is_tried_again() {
        let schedule = Schedule::default();
        let message = message(1, 40);
        let last = message.created_at + TimeDelta::hours(72);
        assert!(
            schedule
                .next(Route::Supplier, &message, last - TimeDelta::seconds(1))
                .is_some()
        );
        assert_eq!(schedule.next(Route::Supplier, &message, last), None);
        assert!(schedule.next(Route::Feed, &message, last).is_some());
    }
}
