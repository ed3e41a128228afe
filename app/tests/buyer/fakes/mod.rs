//! Fake desks and what they show.

pub(crate) mod contract;
pub(crate) mod desk;
pub(crate) mod figures;
mod lists;
pub(crate) mod scenes;
