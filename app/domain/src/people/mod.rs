//! The people of a company: what proves that they belong, who may do what to whom, and why not.

mod problem;
mod proof;
mod rules;
mod words;

pub use problem::PeopleProblem;
pub use proof::Proof;
pub use rules::{Person, change_role, invite, leave, manage, remove};
pub use words::{proof_label, role_label, role_means};

use chrono::TimeDelta;

/// How long an invitation may be answered.
pub const INVITATION_LIFE: TimeDelta = TimeDelta::days(30);
/// How long the managers alone are asked, before the buyer is asked too.
pub const MANAGERS_ALONE: TimeDelta = TimeDelta::days(7);
/// How long the code of a letter may be typed: the post, and a holiday.
pub const LETTER_LIFE: TimeDelta = TimeDelta::days(45);
/// Wrong codes after which a letter is dead.
pub const LETTER_ATTEMPTS: u32 = 5;
/// Invitations that wait in one company.
pub const MOST_INVITATIONS: usize = 30;
/// Invitations that one person makes in a day, whatever became of them: the portal writes to addresses that nobody proved.
pub const MOST_INVITED_A_DAY: u64 = 40;
/// How long the mail of an invitation is not sent again.
pub const INVITED_AGAIN_AFTER: TimeDelta = TimeDelta::hours(1);
/// The message of a request or an invitation.
pub const LONGEST_MESSAGE: usize = 1_000;
/// The name of a firm or a network.
pub const LONGEST_ORGANISATION: usize = 200;
