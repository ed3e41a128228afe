//! What can be asked of a declaration.

use chrono::NaiveDate;
use uuid::Uuid;

use super::Verdict;
use crate::claims::ClaimKey;
use crate::form::{SignedStatement, Snapshot};

/// A command with what it carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Store the answers as typed.
    Save,
    /// Send the declaration: the answers parsed, and the sworn statement.
    Submit {
        snapshot: Box<Snapshot>,
        statement: SignedStatement,
    },
    /// Give up a draft that was never sent.
    Discard,
    /// Take back what was sent, before anybody examines it.
    TakeBack,
    StartReview,
    GiveVerdict {
        claim: ClaimKey,
        verdict: Verdict,
    },
    /// Put the declaration back in the queue.
    Release,
    /// Give up a declaration that was sent.
    Withdraw,
    /// Close the examination: the outcome follows from the verdicts.
    Sign {
        signature: ReviewSignature,
        closures: Vec<EarlyClosure>,
    },
}

/// L212-1 CRPA: first name, name and quality of the agent who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewSignature {
    pub name: String,
    pub quality: String,
}

/// A qualification that the signature ends, because its claim was refused or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlyClosure {
    pub qualification: Uuid,
    pub from: NaiveDate,
    pub reason: String,
}

/// The name of a command, without what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommandKind {
    Save,
    Submit,
    Discard,
    TakeBack,
    StartReview,
    GiveVerdict,
    Release,
    Withdraw,
    Sign,
}

impl CommandKind {
    pub const ALL: [Self; 9] = [
        Self::Save,
        Self::Submit,
        Self::Discard,
        Self::TakeBack,
        Self::StartReview,
        Self::GiveVerdict,
        Self::Release,
        Self::Withdraw,
        Self::Sign,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Save => "save",
            Self::Submit => "submit",
            Self::Discard => "discard",
            Self::TakeBack => "take_back",
            Self::StartReview => "start_review",
            Self::GiveVerdict => "give_verdict",
            Self::Release => "release",
            Self::Withdraw => "withdraw",
            Self::Sign => "sign",
        }
    }
}

impl Command {
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Save => CommandKind::Save,
            Self::Submit { .. } => CommandKind::Submit,
            Self::Discard => CommandKind::Discard,
            Self::TakeBack => CommandKind::TakeBack,
            Self::StartReview => CommandKind::StartReview,
            Self::GiveVerdict { .. } => CommandKind::GiveVerdict,
            Self::Release => CommandKind::Release,
            Self::Withdraw => CommandKind::Withdraw,
            Self::Sign { .. } => CommandKind::Sign,
        }
    }
}
