//! The tables as Rust types, one file per table; seen by this package only.

#![expect(
    unreachable_pub,
    reason = "the derive macro makes the rest public anyway"
)]

pub(crate) mod account;
pub(crate) mod attachment_letter;
pub(crate) mod attachment_request;
pub(crate) mod attestation;
pub(crate) mod audit_event;
pub(crate) mod catalogue_version;
pub(crate) mod claim;
pub(crate) mod closure;
pub(crate) mod company;
pub(crate) mod company_domain;
pub(crate) mod declaration;
pub(crate) mod document;
pub(crate) mod draft_copy;
pub(crate) mod draft_reminder;
pub(crate) mod former_member;
pub(crate) mod hours_check;
pub(crate) mod hours_statement;
pub(crate) mod invitation;
pub(crate) mod list_import;
pub(crate) mod list_in_force;
pub(crate) mod list_mapping;
pub(crate) mod list_turn;
pub(crate) mod membership;
pub(crate) mod outbox_message;
pub(crate) mod parked_post;
pub(crate) mod prepared_draft;
pub(crate) mod qualification;
pub(crate) mod rate_limit;
pub(crate) mod registry_entry;
pub(crate) mod reminder;
pub(crate) mod revision;
pub(crate) mod revocation_proposal;
pub(crate) mod session;
pub(crate) mod sign_in_link;
