//! Worked cases of our own for each rule of consolidation that the shared vectors leave open.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod exempt;
mod links;
mod notation;
mod partners;
mod public;
