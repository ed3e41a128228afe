//! Identifiers that sort by the time they are given: UUID version 7, with time as an argument.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, SubsecRound, Utc};
use uuid::{Timestamp, Uuid};

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A new identifier. Two made by one process within a millisecond sort in the order they were made.
pub fn new_id(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    let counter = COUNTER.fetch_add(1, Ordering::Relaxed);
    Uuid::new_v7(Timestamp::from_unix_time(
        seconds,
        now.timestamp_subsec_nanos(),
        u128::from(counter),
        32,
    ))
}

/// The instant as both engines store it: microseconds.
pub(crate) fn stamp(now: DateTime<Utc>) -> DateTime<Utc> {
    now.trunc_subsecs(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_instant_sort_in_the_order_they_were_made() {
        let now = DateTime::UNIX_EPOCH;
        let ids: Vec<Uuid> = (0..1000).map(|_| new_id(now)).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }
}
