//! The pages of the buyer's agents: the queue, the review of a declaration, its signature, qualifications, attachments, figures.
//!
//! Invariants: reading a page changes nothing; every act is a form that posts to a door; what was typed in a form that was
//! not carried out comes back with the page.

pub mod address;
mod attachments;
mod commitments;
mod comparison;
mod concessions;
mod export;
mod frame;
pub mod frozen;
pub mod imports;
mod indicators;
mod legal;
mod letter;
mod levers;
mod list;
mod mails;
pub mod payments;
pub mod prepared;
pub mod problem;
mod qualification;
mod qualifications;
mod queue;
mod review;
pub mod shares;
mod signature;

pub use attachments::Attachments;
pub use commitments::Commitments;
pub use comparison::AgentComparison;
pub use concessions::Concessions;
pub use frame::{Back, Done};
pub use frozen::{FrozenYears, Restated};
pub use imports::{ImportPage, Imports};
pub use indicators::{
    ContractPage, Contracts, Indicators, Subcontracts, YearHours, figure_words, holder_words,
    measures, plan_words,
};
pub use letter::LetterPage;
pub use levers::Levers;
pub use mails::AgentMails;
pub use payments::{Payments, SupplierPayments};
pub use prepared::PreparedDrafts;
pub use qualification::AgentQualification;
pub use qualifications::Qualifications;
pub use queue::Queue;
pub use review::Review;
pub use signature::Signature;

/// The identifier of what was kept aside when a form was not carried out.
fn copy_of_address() -> Option<uuid::Uuid> {
    let copy = crate::pages::shared::load::query("saisie")?;
    uuid::Uuid::parse_str(&copy).ok()
}
