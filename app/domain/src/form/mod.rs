//! The declaration as a form: each step described once, then rendered, checked, parsed and printed many times.

#[macro_use]
mod step;
mod changes;
mod company;
mod contest;
mod difference;
mod draft;
mod error;
mod field;
mod group;
mod group_case;
mod group_edit;
mod insertion;
mod lines;
mod parse;
mod place;
mod pledges;
pub mod rules;
mod size;
mod snapshot;
mod solidarity;
mod solidarity_errors;
mod statement;
mod warning;

pub use changes::{Changes, step_of};
pub use company::CompanyStep;
pub use contest::ContestRow;
pub use difference::{Difference, Joined, MOST_LINES, Unreadable};
pub use draft::{CompanyContext, Draft, FORM_VERSION, contest_path};
pub use error::{FieldError, Rule};
pub use field::{Choice, Field, Offered, Widget};
pub use group::{CONTROLS, DIRECTIONS, GROUP_KINDS, GroupRow, JOINT_GROUPS, LINK, OURS};
pub use group_case::Computed;
pub use group_edit::GroupAct;
pub use insertion::{CommitmentRow, InsertionStep, MODALITIES, OTHER_BASES, STRUCTURES, UNITS};
pub(crate) use parse::claim_of;
pub use place::{Place, UnknownPlace};
pub use pledges::{NOT_CALCULABLE, PledgeRow, PledgeStep, TRADES, due_needed};
pub use size::{CATEGORIES, PERIODS, SizeStep};
pub use snapshot::{Contact, SignedStatement, Snapshot, sha256_hex, sha256_json};
pub use solidarity::{AGREEMENT_STATES, CONDITIONS, SolidarityStep, StatusRow};
pub use statement::{CAPACITIES, STATEMENT_VERSION, StatementStep, statement_text};
pub use step::{Answers, Step, StepCode};
pub use warning::Warning;
