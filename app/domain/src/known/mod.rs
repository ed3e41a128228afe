//! What public registers say of a company, fact by fact, with source and date; the statuses that they prove; and what the
//! supplier says instead. Both values are kept.

mod advice;
mod contest;
mod fact;
mod index;
mod proven;

pub use advice::{Advice, advice};
pub use contest::{Contest, Contested};
pub use fact::{Fact, KnownFact, Since, known};
pub use index::{PublishedIndex, published_index};
pub use proven::{Proven, proved, proven};
