//! What several tests need.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use store::{
    Hash, Store, StoreError,
    accounts::{self, Account, NewAccount, Role},
};

/// The instant at which most tests begin.
pub(crate) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 12, 0, 0).unwrap()
}

pub(crate) fn minutes(n: i64) -> TimeDelta {
    TimeDelta::minutes(n)
}

pub(crate) fn hash(text: &str) -> Hash {
    Hash::of(text)
}

pub(crate) async fn account(store: &Store, email: &str, role: Role) -> Account {
    let new = NewAccount {
        email: email.to_owned(),
        name: "Camille Martin".to_owned(),
        quality: "Chargée de mission".to_owned(),
        role,
        language: "fr".to_owned(),
    };
    store
        .write(|txn| async move { accounts::create(&txn, new.clone(), noon()).await })
        .await
        .unwrap()
}

/// The code of the error that was expected.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    result.expect_err("a refusal").code()
}
