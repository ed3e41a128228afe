//! Payments of the ledger in the buyer database: the exact source of the solidarity purchases.

mod add;
mod figures;
mod mappings;

pub use add::PaymentBatch;
