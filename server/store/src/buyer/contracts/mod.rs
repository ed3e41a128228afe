//! The contracts in the buyer database: publications received, the contracts that they make, and the figures of a year.

mod add;
mod as_of;
mod contract;
mod entered;
mod figures;
mod groups;
mod imports;
mod lines;
mod rows;
mod scope;
mod shares;
mod taken_over;

pub use add::{Added, Batch, Incoming, Rejected};
pub use contract::{ContractFound, HolderFound, Origin, ShareEntry, StatusFound};
pub use imports::{Begun, Import, ImportCounts, ImportRefused, ImportState, Running};
pub use lines::{ContractLine, ContractLines};
pub use shares::Share;
pub use taken_over::{TakenOver, TakenOverDone};
