//! Desks that answer what a test puts in them.

pub(crate) mod supplier;
