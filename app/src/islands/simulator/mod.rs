//! The SME simulator: one form, computed live in the browser and by the server without JavaScript, with the same rules.

mod answers;
mod case;
#[cfg(feature = "hydrate")]
mod dom;
mod entity_row;
mod form;
mod holding_row;
mod island;
mod live;
mod reading;
mod result;
mod result_lines;

pub use answers::{Act, Answers, Entity, MAX_ENTITIES, MAX_HOLDINGS, Share};
pub use case::{Checked, check};
pub use island::SmeSimulator;
pub(crate) use result::figures;
pub(crate) use result_lines::Lines;

/// The address of the page: the form sends its answers to it.
pub const PAGE: &str = "/simulateur-pme";
/// Where the answers are posted to start a declaration; the server reads them with [`Answers::from_pairs`].
pub const START_ACTION: &str = "/declarer/depuis-simulateur";
