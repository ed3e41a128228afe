//! Why a text is not a number that the rules accept.

use crate::text::Lang;

/// Why a text is not the number asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    #[error("empty")]
    Empty,
    #[error("not a number")]
    NotANumber,
    #[error("negative")]
    Negative,
    #[error("too many decimals")]
    TooManyDecimals,
    #[error("too large")]
    TooLarge,
    #[error("percentage outside 0 to 100")]
    OutOfRange,
}

impl DecimalError {
    /// A stable code for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "number_empty",
            Self::NotANumber => "not_a_number",
            Self::Negative => "number_negative",
            Self::TooManyDecimals => "too_many_decimals",
            Self::TooLarge => "number_too_large",
            Self::OutOfRange => "percentage_out_of_range",
        }
    }

    /// A sentence for a person.
    pub const fn message(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Empty, Lang::Fr) => "Indiquez un nombre.",
            (Self::Empty, Lang::En) => "Enter a number.",
            (Self::NotANumber, Lang::Fr) => {
                "Ce n’est pas un nombre\u{a0}: n’écrivez que des chiffres et une virgule."
            }
            (Self::NotANumber, Lang::En) => {
                "This is not a number: use digits and a decimal point only."
            }
            (Self::Negative, Lang::Fr) => "Le nombre ne peut pas être négatif.",
            (Self::Negative, Lang::En) => "The number cannot be negative.",
            (Self::TooManyDecimals, Lang::Fr) => {
                "Trop de décimales\u{a0}: deux au plus pour un montant ou un effectif."
            }
            (Self::TooManyDecimals, Lang::En) => {
                "Too many decimals: at most two for an amount or a headcount."
            }
            (Self::TooLarge, Lang::Fr) => "Le nombre est trop grand.",
            (Self::TooLarge, Lang::En) => "The number is too large.",
            (Self::OutOfRange, Lang::Fr) => "Un pourcentage est compris entre 0 et 100.",
            (Self::OutOfRange, Lang::En) => "A percentage lies between 0 and 100.",
        }
    }
}
