//! The databases: entities, migrations and queries, on `SQLite` and `PostgreSQL`.
//!
//! Invariants: this is the only package that names sea-orm; every write goes through
//! `Store::write` (or `buyer::BuyerStore`), readers are held to reading by the database itself;
//! nothing here reads the clock of the process.

pub mod accounts;
pub mod attestations;
pub mod audit;
pub mod buyer;
pub mod catalogue;
pub mod companies;
mod config;
mod connect;
pub mod crash;
pub mod declarations;
pub mod documents;
mod effects;
mod entities;
mod error;
pub mod feed;
mod hash;
pub mod hours;
mod ids;
pub mod lists;
pub mod memberships;
mod migrations;
pub mod outbox;
pub mod parked_posts;
pub mod prepared;
pub mod qualifications;
pub mod queries;
pub mod rate_limits;
mod reader;
pub mod registry_cache;
mod remembered;
mod search;
pub mod sessions;
pub mod sign_in;
mod sql;
mod store;
mod stored;
#[cfg(feature = "test-support")]
pub mod testing;
mod txn;
mod workers;

pub use config::{Engine, StoreConfig, UnknownEngine};
pub use effects::{
    BuyerMail, FeedOrder, InvitationMail, PreparedMail, SupplierMail, routes, send_again,
};
pub use error::{Conflict, StoreError};
pub use hash::Hash;
pub use ids::new_id;
pub use reader::Reader;
pub use store::Store;
pub use txn::Txn;
pub use workers::WorkerLock;
