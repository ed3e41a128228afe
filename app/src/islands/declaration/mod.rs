//! The parts of a declaration's steps that the browser wakes up: questions that appear when they are asked, and the size.

#[cfg(feature = "hydrate")]
mod dom;
#[cfg(feature = "hydrate")]
mod follow_lines;
mod lines;
mod posted;
mod questions;
mod shown;
mod size;

pub use lines::{line_name, line_title, members, tie_words};
pub use posted::posted;
pub use questions::QuestionsFollowAnswers;
pub use shown::{ROWS, Rows, field_id, field_name, hidden, hidden_in, newly_asked};
pub use size::{ComputedSize, ours};
