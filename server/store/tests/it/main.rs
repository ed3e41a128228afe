//! The store on both engines, each test on a database of its own.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod buyer;
mod buyer_views;
mod companies;
mod declarations;
mod file;
mod keeping;
mod lists;
mod outbox;
mod people;
mod queue;
mod roles;
mod support;
mod writing;
