//! A few seconds of memory of who is signed in, so that one page does not ask the database twice.

use chrono::{DateTime, Duration, Utc};
use moka::sync::Cache;
use store::Hash;

use crate::http::session::SignedIn;

/// How long an account closed by another process may still read. Changes never rely on this memory.
const TRUSTED_FOR: Duration = Duration::seconds(5);
const CAPACITY: u64 = 20_000;

/// The sessions seen lately by this process.
#[derive(Debug)]
pub struct SessionCache(Cache<Hash, Remembered>);

#[derive(Clone, Debug)]
struct Remembered {
    signed: SignedIn,
    checked_at: DateTime<Utc>,
}

impl Default for SessionCache {
    fn default() -> Self {
        Self::new()
    }
}

impl SessionCache {
    pub fn new() -> Self {
        Self(
            Cache::builder()
                .max_capacity(CAPACITY)
                .time_to_live(std::time::Duration::from_mins(1))
                .build(),
        )
    }

    /// The session, if it was checked a moment ago and has not ended since.
    pub fn get(&self, id: Hash, now: DateTime<Utc>) -> Option<SignedIn> {
        let remembered = self.0.get(&id)?;
        let fresh = now >= remembered.checked_at && now - remembered.checked_at < TRUSTED_FOR;
        (fresh && now < remembered.signed.idle_until && now < remembered.signed.expires_at)
            .then_some(remembered.signed)
    }

    pub fn remember(&self, id: Hash, signed: SignedIn, now: DateTime<Utc>) {
        self.0.insert(
            id,
            Remembered {
                signed,
                checked_at: now,
            },
        );
    }

    /// Signing out takes effect at once in this process.
    pub fn forget(&self, id: Hash) {
        self.0.invalidate(&id);
    }
}
