//! A group of enterprises shown: its drawing with the same in text, and the arithmetic. The simulator, the declaration, the
//! reviewer and the browser all draw it with this.

mod arithmetic;
mod drawing;
mod node;
mod place;
mod plan;
mod words;

pub use arithmetic::periods;
#[cfg(feature = "hydrate")]
pub use place::fill;
pub use place::{Arithmetic, Drawing};
pub use words::{counted, relation, share_words};
