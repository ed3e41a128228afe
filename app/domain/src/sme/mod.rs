//! The size of an enterprise: European definition (Recommendation 2003/361/EC) and French category beside it.
//!
//! Everything is exact: figures are whole hundredths, percentages keep all their decimals, and ceilings are compared before
//! anything is rounded. The result carries its explanation, enterprise by enterprise, as data.

mod case;
mod consolidate;
mod error;
mod explain;
mod graph;
mod groups;
mod json;
mod kind;
mod links;
mod naming;
mod outcome;
mod partners;
mod public_control;
mod read;
mod sentences;
mod thresholds;
mod tree;

pub use case::{Case, Control, Enterprise, Figure, Figures, Holding};
pub use consolidate::simulate;
pub use error::CaseError;
pub use explain::{Reason, ReasonCode};
pub use kind::Kind;
pub use naming::named;
pub use outcome::{Consolidated, Explanation, Outcome, Relation};
pub use read::{Answer, Question, answer, read};
pub use thresholds::{Category, FrCategory, french_category, raw_category, two_periods};
pub use tree::{Tie, Tree, TreeNode, tree};
