//! Why a change of the catalogue was not recorded: a closed list of codes, the field of each and its sentence.

use domain::catalogue::ChangeError;

use crate::i18n::{Text, text};

/// Under which name what was typed is kept.
pub const FORM: &str = "catalogue";
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatalogueProblem {
    Change(ChangeError),
    /// The threshold is not a whole number.
    ThresholdWrong,
    DateWrong,
    DatePast,
    ReasonMissing,
    ReasonTooLong,
    /// Somebody recorded another version meanwhile.
    Conflict,
}

impl CatalogueProblem {
    const ALL: [Self; 15] = [
        Self::Change(ChangeError::LabelMissing),
        Self::Change(ChangeError::LabelTooLong),
        Self::Change(ChangeError::LabelTaken),
        Self::Change(ChangeError::UnknownTheme),
        Self::Change(ChangeError::UnknownPlan),
        Self::Change(ChangeError::UnknownFamily),
        Self::Change(ChangeError::Threshold),
        Self::Change(ChangeError::Unknown),
        Self::Change(ChangeError::Nothing),
        Self::ThresholdWrong,
        Self::DateWrong,
        Self::DatePast,
        Self::ReasonMissing,
        Self::ReasonTooLong,
        Self::Conflict,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Change(error) => match error {
                ChangeError::LabelMissing => "label_missing",
                ChangeError::LabelTooLong => "label_long",
                ChangeError::LabelTaken => "label_taken",
                ChangeError::UnknownTheme => "theme",
                ChangeError::UnknownPlan => "plan",
                ChangeError::UnknownFamily => "family",
                ChangeError::Threshold => "threshold",
                ChangeError::Unknown => "unknown",
                ChangeError::Nothing => "nothing",
            },
            Self::ThresholdWrong => "threshold_wrong",
            Self::DateWrong => "date_wrong",
            Self::DatePast => "date_past",
            Self::ReasonMissing => "reason_missing",
            Self::ReasonTooLong => "reason_long",
            Self::Conflict => "conflict",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }

    pub const fn field(self) -> &'static str {
        match self {
            Self::Change(error) => error.field(),
            Self::ThresholdWrong => "staff_from",
            Self::DateWrong | Self::DatePast => "from",
            Self::ReasonMissing | Self::ReasonTooLong => "reason",
            Self::Conflict => "label_fr",
        }
    }

    pub const fn message(self) -> Text {
        match self {
            Self::Change(error) => error.message(),
            Self::ThresholdWrong => ChangeError::Threshold.message(),
            Self::DateWrong => domain::dates::WRONG,
            Self::DatePast => text(
                "Une version ne peut pas valoir pour le passé\u{A0}: donnez aujourd’hui ou une date à venir.",
                "A version cannot hold for the past: give today or a coming date.",
            ),
            Self::ReasonMissing => text(
                "Donnez le motif\u{A0}: il reste dans l’historique.",
                "Give the reason: it stays in the history.",
            ),
            Self::ReasonTooLong => text(
                "Raccourcissez le motif à 500\u{A0}caractères au plus.",
                "Shorten the reason to 500 characters at most.",
            ),
            Self::Conflict => text(
                "Quelqu’un a enregistré une autre version entre-temps\u{A0}: elle est prise en compte ici, vérifiez vos réponses et enregistrez à nouveau.",
                "Somebody recorded another version meanwhile: it is taken into account here, check your answers and save again.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_leads_back_to_its_problem() {
        for problem in CatalogueProblem::ALL {
            assert_eq!(CatalogueProblem::from_code(problem.code()), Some(problem));
        }
        assert_eq!(CatalogueProblem::from_code(""), None);
    }
}
