//! Fake desks and what they show.

pub(crate) mod desk;
mod lists;
pub(crate) mod scenes;
