//! The form of a step, drawn from its description: nothing here knows what a step asks.

mod ask;
mod frame;
mod group;
mod kept_state;
mod question;
mod rows;
mod sign_in_again;
mod typing_state;

pub use ask::{Marks, YES_NO, ask};
pub use frame::{Carried, frame};
pub use group::group_rows;
pub use kept_state::kept_state;
pub use question::{Question, line_questions, questions};
pub use rows::rows;
