//! Payments of the ledger in the buyer database: the exact source of the solidarity purchases.

mod add;
mod counted;
mod figures;
mod lines;
mod mappings;
mod parties;

pub use add::PaymentBatch;
pub use figures::PaidByDirection;
pub use lines::{PaidLine, PaidLines, PaymentKey};
pub use parties::{PaidParties, PaidParty};
