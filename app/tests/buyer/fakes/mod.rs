//! Fake desks and what they show.

pub(crate) mod desk;
pub(crate) mod scenes;
