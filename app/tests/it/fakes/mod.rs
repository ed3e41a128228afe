//! Desks that answer what a test puts in them.

mod scenes;
pub(crate) mod supplier;
