//! Fake desks and what they show.

pub(crate) mod apart;
pub(crate) mod catalogue;
pub(crate) mod contract;
pub(crate) mod desk;
pub(crate) mod figures;
pub(crate) mod frozen;
pub(crate) mod imports;
pub(crate) mod levers;
mod lists;
pub(crate) mod payments;
pub(crate) mod published;
pub(crate) mod scenes;
