//! Essential data of public contracts (DECP) read as they are published, and cleaned by rules R1 to R15 so that each figure
//! of the scheme follows from them whatever the order of the files.
//!
//! A published record becomes a [`Record`] ([`read`]); the records of one contract become a [`Contract`] ([`choose`]); a
//! contract has two states, as notified and as modified since ([`Contract::state`]). Nothing is guessed in silence: what was
//! repaired, set aside or doubtful is a [`Flag`].

mod amount;
mod choose;
mod concessions;
mod considerations;
mod correction;
mod cpv;
mod departments;
mod flag;
mod holders;
mod modifications;
mod record;
mod shares;
mod subcontracts;
mod typed;
mod value;

pub use amount::Amount;
pub use choose::{Contract, Mode, State, choose};
pub use concessions::{Concession, concession_key, is_concession, read_concession};
pub use considerations::Considerations;
pub use correction::{SETTLES, StillWrong, corrected, settles};
pub use cpv::CPV_DIVISIONS;
pub use departments::DEPARTMENTS;
pub use flag::{Flag, Flags};
pub use holders::{Holder, Party, parties};
pub use modifications::Modification;
pub use record::{Key, Place, Record, Unusable, civil_date, key, read};
pub use shares::{Shares, SharesRefused};
pub use subcontracts::Subcontract;
pub use typed::{ShareFault, ShareUnit, SharesFault, typed_shares};

/// The version of the rules that these figures follow, published beside each of them.
pub const RULE_VERSION: &str = "1";
