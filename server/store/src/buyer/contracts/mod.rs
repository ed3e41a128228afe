//! The contracts in the buyer database: publications received, the contracts that they make, and the figures of a year.

mod add;
mod as_of;
mod conformity;
mod contract;
mod ending;
pub(super) mod entered;
pub(super) mod figures;
pub(super) mod groups;
mod held;
mod history;
mod hours;
pub(super) mod imports;
mod indexes;
mod indirect;
mod lines;
pub(super) mod remake;
mod remembered;
mod roll_back;
pub(super) mod rows;
pub(super) mod scope;
mod session;
mod shares;
mod span;
pub(super) mod status;
mod taken_over;
mod undeclared;
mod what_if;

pub(super) use remembered::Remembered;

pub use add::{Added, Batch, Incoming, Rejected};
pub use conformity::{Breach, Breached, Conformity};
pub use contract::{ContractFound, HolderFound, ShareEntry};
pub use ending::Ending;
pub use history::PastImport;
pub use imports::{Begun, Import, ImportCounts, ImportRefused, ImportState, Running};
pub use indirect::{SubcontractKey, SubcontractLine, SubcontractLines};
pub use lines::{ContractLine, ContractLines};
pub use roll_back::RollBackRefused;
pub use session::Session;
pub use shares::Share;
pub use span::ContractKey;
pub use status::{Origin, StatusFound};
pub use taken_over::{TakenOver, TakenOverDone};
pub use undeclared::{Undeclared, UndeclaredHolders};
pub use what_if::{Companies, HeldStatus};
