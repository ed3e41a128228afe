//! The pages and the doors of the agents and of the demonstration's mails, with fake desks, parsed as a browser does.
#![cfg(feature = "ssr")]
#![recursion_limit = "256"]
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod catalogue;
mod commitments;
mod contract;
mod doors;
mod exports;
mod fakes;
mod figure_states;
mod figures;
mod forms;
mod frozen;
#[path = "../it/html.rs"]
mod html;
mod import_states;
mod levers;
mod lists;
mod payments;
mod prepared;
mod published;
mod review;
mod soundness;
mod states;
mod verdict_doors;
mod visit;
