//! The SME simulator: one form, computed live in the browser and by the server without JavaScript, with the same rules.
//!
//! Invariant: the form belongs to the browser. The server draws it whole; the island only follows it, redraws the answer,
//! and adds or removes rows by copying the ones that the server drew, so nothing typed is ever lost.

mod answer;
mod answer_lines;
mod answers;
mod case;
#[cfg(feature = "hydrate")]
mod dom;
mod reading;
#[cfg(feature = "hydrate")]
mod rows;

pub use answer::{body, headline};
pub use answer_lines::Lines;
pub use answers::{Act, Answers, Entity, MAX_ENTITIES, MAX_HOLDINGS, Share};
pub use case::{Checked, check, display_name, kind};

use leptos::prelude::*;

/// The address of the page: the form sends its answers to it.
pub const PAGE: &str = "/simulateur-pme";
/// Where the answers are posted to start a declaration; the server reads them with [`Answers::from_pairs`].
pub const START_ACTION: &str = "/declarer/depuis-simulateur";
/// The number of the rows that the browser copies to make new ones; no other row has it.
pub const MODEL_ROW: u32 = 9999;

/// Put inside the form: follows it from the moment the browser wakes it up. Draws nothing of its own.
#[island]
pub fn SmeSimulator() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    dom::follow();
}
