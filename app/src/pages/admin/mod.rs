//! The pages of an administrator.

pub mod catalogue;
mod outbox;

pub use catalogue::{CatalogueEntryPage, CataloguePage};
pub use outbox::Outbox;
