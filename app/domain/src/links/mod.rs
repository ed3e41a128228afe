//! Links that open a declaration with proposed answers: what an address may propose, how it is read, and what it fills.
//!
//! Invariants: only the parameters listed here fill anything; none of them is a contact, a free text, the statement or the
//! signature; a proposal fills what is empty and replaces nothing.

mod fill;
mod mark;
mod parameter;
mod read;
#[cfg(test)]
mod tests;

pub use fill::{Outcome, Proposal, first_step, propose};
pub use mark::{Origin, Prefilled, Settled};
pub use parameter::{Parameter, TRADE_CODES, Takes, kind_code, kind_of};
pub use read::{
    Given, LONGEST, Link, MOST, Reason, Refused, TooLong, carried, pairs, read, value_of_query,
};

/// The page that such links open.
pub const PAGE: &str = "/declarer";
