//! A group of enterprises shown: its drawing with the same in text, and the arithmetic. The simulator, the declaration, the
//! reviewer and the browser all draw it with this.

mod arithmetic;
mod drawing;
mod plan;
mod words;

pub use arithmetic::{Arithmetic, periods};
pub use drawing::Drawing;
pub use words::{counted, relation, share_words};
