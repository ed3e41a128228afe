//! The rules of the portal: identifiers, SME arithmetic, claims, commitments, the life cycle of a declaration, and contracts.
//!
//! Invariant: nothing here reads a clock, a file, a database or the network; every function is a plain computation, and the
//! same code runs in the browser and on the server.

pub mod attestation;
pub mod catalogue;
pub mod civil;
pub mod claims;
pub mod contracts;
pub mod dates;
pub mod decimal;
pub mod documents;
pub mod form;
pub mod identifiers;
pub mod indicators;
pub mod insertion;
pub mod known;
pub mod lifecycle;
pub mod links;
pub mod lists;
pub mod people;
pub mod pledges;
pub mod registry;
pub mod renewal;
pub mod sme;
pub mod text;
