//! The services behind the pages: HTTP, sign-in, workers, mail, feed, and the commands of `spaser`.
//!
//! Invariants: [`clock`] is the only reader of the time; [`http::leptos`] the only caller of `leptos_axum`; cookies and
//! guards are settled in axum layers, before Leptos runs; nothing personal goes to the journal.

mod carried_text;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod contracts;
pub mod demo;
pub mod desks;
pub mod documents;
pub mod export;
pub mod feed;
pub mod http;
pub mod jws;
pub mod keys;
pub mod lists;
pub mod mail;
pub mod outbox;
pub mod papers;
pub mod registry;
pub mod reminders;
pub mod shutdown;
pub mod sign_in;
pub mod state;
pub mod telemetry;
pub mod uploads;
pub mod workers;
