//! Desks that answer what a test puts in them.

pub(crate) mod hours;
pub(crate) mod people;
mod scenes;
pub(crate) mod supplier;
