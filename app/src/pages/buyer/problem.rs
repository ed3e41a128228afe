//! Why a form of an agent was not carried out: a closed list of codes for addresses, and the sentence of each.

use domain::lifecycle::{Refusal, Status};

use crate::error::AppError;
use crate::i18n::{Lang, Text, text};

/// What stopped a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Somebody acted in the meantime.
    Conflict,
    /// The company took its declaration back.
    Gone,
    /// The request was settled by somebody else.
    Settled,
    /// No verdict was chosen.
    VerdictMissing,
    /// A date that cannot be read.
    DateWrong,
    Refused(Refusal),
}

/// The refusals that carry nothing, and that a form of an agent may meet.
const REFUSALS: [Refusal; 16] = [
    Refusal::NotYourRole,
    Refusal::HeldByAnother,
    Refusal::UnknownClaim,
    Refusal::DocumentNotCleared,
    Refusal::ReasonMissing,
    Refusal::ReasonTooLong,
    Refusal::SignatureMissing,
    Refusal::UnknownQualification,
    Refusal::ClosureOfAcceptedClaim,
    Refusal::ClosureOutsideValidity,
    Refusal::ClosureBeforeDecision,
    Refusal::AlreadyClosed,
    Refusal::SecondPersonNeeded,
    Refusal::NoProposal,
    Refusal::StatementSettled,
    Refusal::NotACommitment,
];

impl Problem {
    /// What a desk answered, when a page can say it; other errors have a page of their own.
    pub fn of(error: &AppError) -> Option<Self> {
        match error {
            AppError::Conflict => Some(Self::Conflict),
            AppError::Refused { refusal } => Some(Self::Refused(refusal.clone())),
            _ => None,
        }
    }

    pub fn code(&self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Gone => "gone",
            Self::Settled => "settled",
            Self::VerdictMissing => "verdict_missing",
            Self::DateWrong => "date_wrong",
            Self::Refused(refusal) => refusal.code(),
        }
    }

    /// Reads a code of an address; `status` and `pending` are those of the page that shows it.
    pub fn from_code(code: &str, status: Status, pending: usize) -> Option<Self> {
        let plain = [
            Self::Conflict,
            Self::Gone,
            Self::Settled,
            Self::VerdictMissing,
            Self::DateWrong,
            Self::Refused(Refusal::WrongStatus { status }),
            Self::Refused(Refusal::ClaimsPending { count: pending }),
        ];
        plain
            .into_iter()
            .chain(REFUSALS.map(Self::Refused))
            .find(|problem| problem.code() == code)
    }

    /// The field that a person must correct, in the form of a verdict, a signature or a proposal.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::VerdictMissing => Some("verdict"),
            Self::DateWrong | Self::Refused(Refusal::ClosureOutsideValidity) => Some("from"),
            Self::Refused(Refusal::ReasonMissing | Refusal::ReasonTooLong) => Some("reason"),
            Self::Refused(Refusal::SignatureMissing) => Some("name"),
            _ => None,
        }
    }

    /// Somebody else was faster: the page says who and when.
    pub const fn is_race(&self) -> bool {
        matches!(
            self,
            Self::Conflict | Self::Refused(Refusal::WrongStatus { .. } | Refusal::HeldByAnother)
        )
    }

    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Refused(refusal) => refusal.message(lang),
            Self::Conflict => CONFLICT.get(lang).to_owned(),
            Self::Gone => GONE.get(lang).to_owned(),
            Self::Settled => SETTLED.get(lang).to_owned(),
            Self::VerdictMissing => VERDICT.get(lang).to_owned(),
            Self::DateWrong => domain::dates::WRONG.get(lang).to_owned(),
        }
    }
}

const CONFLICT: Text = text(
    "Quelqu’un a agi sur cette déclaration pendant que vous la lisiez. Rien de ce que vous avez envoyé n’a été appliqué.",
    "Somebody acted on this declaration while you were reading it. Nothing that you sent was applied.",
);
const GONE: Text = text(
    "L’entreprise a repris sa déclaration pour la modifier\u{a0}: elle reviendra dans la file quand elle la transmettra à nouveau.",
    "The company took its declaration back to change it: it returns to the queue when it is sent again.",
);
const SETTLED: Text = text(
    "Quelqu’un d’autre s’en est déjà occupé. Rien n’a été fait une seconde fois.",
    "Somebody else has already dealt with it. Nothing was done twice.",
);
const VERDICT: Text = text(
    "Choisissez un verdict\u{a0}: accepter, demander une correction ou refuser.",
    "Choose a verdict: accept, ask for a correction, or refuse.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_back_with_its_sentence() {
        let problems = [
            Problem::Conflict,
            Problem::Gone,
            Problem::Settled,
            Problem::VerdictMissing,
            Problem::DateWrong,
        ]
        .into_iter()
        .chain(REFUSALS.map(Problem::Refused))
        .chain([
            Problem::Refused(Refusal::WrongStatus {
                status: Status::Refused,
            }),
            Problem::Refused(Refusal::ClaimsPending { count: 3 }),
        ]);
        for problem in problems {
            let read = Problem::from_code(problem.code(), Status::Refused, 3);
            assert_eq!(read.as_ref(), Some(&problem));
            assert!(problem.message(Lang::Fr).len() > 20, "{problem:?}");
            assert!(problem.message(Lang::En).len() > 20, "{problem:?}");
        }
        assert_eq!(Problem::from_code("<script>", Status::Draft, 0), None);
    }
}
