//! The parts of pages that the browser wakes up; the server draws them first, complete.

pub mod declaration;
pub mod documents;
#[cfg(feature = "hydrate")]
mod events;
pub mod group;
pub mod imports;
pub mod simulator;
pub mod typing;
