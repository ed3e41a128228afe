//! The pages of an administrator.

pub mod catalogue;
pub mod lists;
mod outbox;

pub use catalogue::{CatalogueEntryPage, CataloguePage};
pub use lists::{ListImportPage, ListPage, ListsPage};
pub use outbox::Outbox;
