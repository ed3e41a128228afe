//! What the pages of both sides share: how a claim, a status, an act, a moment and a failure are put into words.

pub mod claim;
mod claim_commitment;
pub mod contest;
pub mod difference;
pub mod documents;
pub mod failure;
pub mod hours;
pub mod load;
pub mod mails;
pub mod moment;
pub mod paper;
pub mod pledge;
pub mod status;
pub mod timeline;
pub mod wording;
