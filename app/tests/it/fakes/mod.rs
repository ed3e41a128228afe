//! Desks that answer what a test puts in them.

pub(crate) mod hours;
mod scenes;
pub(crate) mod supplier;
