//! The life cycle of a declaration: one pure function decides every change of status.

mod actor;
mod closing;
mod command;
mod decide;
mod declaration;
mod effect;
mod event;
mod hours;
mod labels;
mod refusal;
mod sequel;
mod signing;
mod status;

pub use actor::{Actor, ActorRole, MemberRole};
pub use closing::{
    ClosingCommand, ClosingDecision, REMINDERS, RevocationProposal, closing_already_done,
    decide_closing, reminder_window,
};
pub use command::{Command, CommandKind, EarlyClosure, ReviewSignature};
pub use decide::{allowed, decide};
pub use declaration::{ClaimUnderReview, Declaration};
pub use effect::{BuyerNotice, Effect, Ended, Remark, Signed, SupplierNotice};
pub use event::{Act, Decision, Event, NewClosure, NewQualification, NewRevision};
pub use hours::{HoursCommand, HoursDecision, decide_hours, hours_already_done, hours_quarters};
pub use labels::{Side, next_holder, status_label, status_sentence};
pub use refusal::Refusal;
pub use sequel::{Sequel, sequels};
pub use signing::{LONGEST_REASON, if_accepted};
pub use status::{Status, Verdict};
