//! Published lists that prove: the files that were sent, the one of each list that is in force, and what it says of a company.
//!
//! Invariants: one import of each list is in force, and a change of it is one row of one transaction, so that a reader sees the
//! whole old list or the whole new one; what was in force when is never changed. The rows of the import in force and of the two
//! before it are kept, those of older ones are not: their counts, differences and checksums are.

mod beside;
mod force;
mod imports;
mod proofs;
mod rows;

pub(crate) use beside::with_events;
pub use force::{KEPT_BEFORE, NotPut, Turn, TurnAct, put_in_force, roll_back, turns};
pub use imports::{
    Failure, Import, NewImport, State, abandoned, change, discard, find, hold, imports, in_force,
    mapping, open, pending, record_failure, record_outcome, start,
};
pub use proofs::{editions, proofs};
pub use rows::{clear, count_anew, difference, insert, prune};
