//! The features of the server, each against a real server in this process, with its own database and its own clock.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod access;
mod bodies;
mod cli;
mod contracts;
mod csrf;
mod demo;
mod desks;
mod documents;
mod every_claim;
mod exports;
mod fault_pages;
mod feed;
mod filled_in;
mod frozen;
mod fuzz;
mod group;
mod headers;
mod health;
mod imports;
mod journal;
mod known;
mod language;
mod limits;
mod links;
mod lists;
mod mail;
mod outbox;
mod pages;
mod papers;
mod parked;
mod prepared;
mod processes;
mod proved;
mod query_counts;
mod readme;
mod registry;
mod reminders;
mod renewal;
mod server_functions;
mod serving;
mod sessions;
mod sign_in;
mod sign_in_beside;
mod sign_in_links;
mod simulation;
mod static_files;
mod support;
mod typing;
