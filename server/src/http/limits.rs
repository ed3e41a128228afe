//! Rate limits kept in the memory of this process: forms sent, saves while typing, companies looked up. Those of sign-in are in the database.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock as LimiterClock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;
use crate::config::Limits;

/// The portal's clock, as the limiter wants it.
#[derive(Clone, Debug)]
struct Ticks(Clock);

impl LimiterClock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.0.monotonic())
    }
}

type Limiter = RateLimiter<u64, DashMapStateStore<u64>, Ticks, NoOpMiddleware<Nanos>>;

/// Pieces of files for each form that may be sent in a minute.
const PIECES_PER_FORM: u32 = 20;

/// What is limited here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A form was sent.
    Form,
    /// A piece of a file was sent: one file is many.
    Piece,
    /// A page saved what changed while somebody types.
    Typing,
    /// A company is looked up, or the code of an attestation is tried.
    Lookup,
}

/// The limiters of this process.
#[derive(Debug)]
pub struct RateLimits {
    forms: Limiter,
    pieces: Limiter,
    typing: Limiter,
    lookups: Limiter,
    clock: Ticks,
    hasher: std::hash::RandomState,
}

/// The limit was reached; trying again makes sense after this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    pub retry_after: Duration,
}

impl RateLimits {
    pub fn new(limits: &Limits, clock: &Clock) -> Self {
        let limiter = |per_minute: u32| {
            let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
            RateLimiter::new(quota, DashMapStateStore::default(), Ticks(clock.clone()))
        };
        Self {
            forms: limiter(limits.actions_per_minute),
            pieces: limiter(limits.actions_per_minute.saturating_mul(PIECES_PER_FORM)),
            typing: limiter(limits.typing_per_minute),
            lookups: limiter(limits.lookups_per_minute),
            clock: Ticks(clock.clone()),
            hasher: std::hash::RandomState::new(),
        }
    }

    /// Counts one act of this key; the key itself is not kept.
    pub fn check(&self, act: Act, key: impl std::hash::Hash) -> Result<(), TooMany> {
        use std::hash::BuildHasher;
        let limiter = match act {
            Act::Form => &self.forms,
            Act::Piece => &self.pieces,
            Act::Typing => &self.typing,
            Act::Lookup => &self.lookups,
        };
        limiter
            .check_key(&self.hasher.hash_one(key))
            .map_err(|until| TooMany {
                retry_after: until.wait_time_from(self.clock.now()),
            })
    }

    /// Forgets the keys that are back to their full allowance, so that memory stays flat.
    pub fn forget_idle(&self) {
        for limiter in [&self.forms, &self.pieces, &self.typing, &self.lookups] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// What stands for a browser when it has no session: its address, or for IPv6 its network, since one home holds 2⁶⁴ of them.
pub fn network_of(client: IpAddr) -> [u8; 16] {
    let mut bytes = match client {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    };
    if client.is_ipv6() {
        for byte in bytes.iter_mut().skip(8) {
            *byte = 0;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn limits(forms: u32) -> (RateLimits, Clock) {
        let clock = Clock::manual("2026-05-01T10:00:00Z".parse().unwrap());
        let mut config = crate::config::load(None, []).unwrap().config.limits;
        config.actions_per_minute = forms;
        (RateLimits::new(&config, &clock), clock)
    }

    #[test]
    fn the_allowance_ends_and_comes_back_with_time() {
        let (limits, clock) = limits(3);
        for _ in 0..3 {
            limits.check(Act::Form, 1).unwrap();
        }
        let wait = limits.check(Act::Form, 1).unwrap_err().retry_after;
        assert_eq!(wait, Duration::from_secs(20));
        limits.check(Act::Form, 2).unwrap();
        limits.check(Act::Lookup, 1).unwrap();
        clock.advance(chrono::Duration::seconds(20));
        limits.check(Act::Form, 1).unwrap();
        assert!(limits.check(Act::Form, 1).is_err());
    }

    #[test]
    fn idle_keys_are_forgotten() {
        let (limits, clock) = limits(3);
        for key in 0..100 {
            limits.check(Act::Form, key).unwrap();
        }
        limits.forget_idle();
        assert_eq!(limits.forms.len(), 100);
        clock.advance(chrono::Duration::minutes(2));
        limits.forget_idle();
        assert_eq!(limits.forms.len(), 0);
    }

    #[test]
    fn neighbours_of_one_ipv6_network_share_the_limit() {
        let network = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
