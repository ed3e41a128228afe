//! The pages and the components, rendered as the server renders them, then parsed as a browser does.
#![cfg(feature = "ssr")]
#![recursion_limit = "256"]
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "tests")]

mod components;
mod fakes;
mod group_unsaid;
mod html;
mod links;
mod prepared_draft;
mod public_pages;
mod renewal_changed;
mod simulator;
mod source_typography;
mod supplier_acts;
mod supplier_conflicts;
mod supplier_documents;
mod supplier_doors;
mod supplier_group;
mod supplier_group_doors;
mod supplier_hours;
mod supplier_insertion;
mod supplier_known;
mod supplier_mails;
mod supplier_opening;
mod supplier_pages;
mod supplier_people;
mod supplier_receipt;
mod supplier_renewal;
mod supplier_sources;
mod supplier_steps;
mod supplier_telling;
mod supplier_visit;
mod supplier_waiting;
mod support;
mod verification;
