//! The outbox's workers: what was written with a change of state is told, once at least, whatever falls in between.
//!
//! Invariants: nothing is sent while a transaction is open; a message is claimed by lease and marked under the number of its
//! attempt, so that a worker that was too slow changes nothing; hints only save time; a message that nobody can deliver is
//! parked in sight of a person, with a code that holds no personal data.

mod batch;
mod dispatch;
mod lane;
mod schedule;
mod worker;

use std::borrow::Cow;

use async_trait::async_trait;

pub use batch::Batch;
pub use dispatch::{Dispatch, open};
pub use lane::{spawn, start};
pub use schedule::Schedule;
pub use worker::{Report, Settings, Worker};

/// Where a message goes. The dispatch matches all of them: a route without a handler does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    SignIn,
    Supplier,
    Buyer,
    Invitation,
    Prepared,
    Feed,
}

impl Route {
    pub const ALL: [Self; 6] = [
        Self::SignIn,
        Self::Supplier,
        Self::Buyer,
        Self::Invitation,
        Self::Prepared,
        Self::Feed,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::SignIn => store::routes::SIGN_IN,
            Self::Supplier => store::routes::SUPPLIER,
            Self::Buyer => store::routes::BUYER,
            Self::Invitation => store::routes::INVITATION,
            Self::Prepared => store::routes::PREPARED,
            Self::Feed => store::routes::FEED,
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|route| route.code() == code)
    }
}

/// What became of a delivery that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Delivered,
    /// There was nothing left to tell, or nobody to tell it to.
    Moot(&'static str),
}

/// A delivery that failed: try later, or never again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// A stable word, seen by administrators; never an address nor a text.
    pub code: Cow<'static, str>,
    pub is_final: bool,
}

impl Failure {
    pub fn later(code: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: code.into(),
            is_final: false,
        }
    }

    pub fn never(code: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: code.into(),
            is_final: true,
        }
    }
}

/// Our own database: when it cannot be read now, the message waits; when it says something impossible, a person looks.
impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::Unavailable(_) | store::StoreError::Conflict(_) => {
                Self::later(error.code())
            }
            store::StoreError::NotFound
            | store::StoreError::Constraint(_)
            | store::StoreError::Schema(_)
            | store::StoreError::Other(_) => Self::never(error.code()),
        }
    }
}

/// Delivers what is claimed. Doing it twice must be harmless, or recognisable.
#[async_trait]
pub trait Deliver: Send + Sync {
    async fn deliver(&self, batch: &Batch) -> Result<Outcome, Failure>;
}
