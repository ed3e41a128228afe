//! What is wrong with an identifier, in words that help to correct it.

use crate::text::{Lang, Text, text};

/// The kinds of identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdentifierKind {
    Siren,
    Siret,
    Vat,
    Siae,
    Naf,
    LegalCategory,
    StaffBand,
}

impl IdentifierKind {
    /// The identifier with its article, inside a sentence.
    pub const fn label(self) -> Text {
        match self {
            Self::Siren => text("un SIREN", "a SIREN"),
            Self::Siret => text("un SIRET", "a SIRET"),
            Self::Vat => text("un numéro de TVA", "a VAT number"),
            Self::Siae => text("un numéro d’annexe financière", "an agreement number"),
            Self::Naf => text("un code NAF", "a NAF code"),
            Self::LegalCategory => text("une catégorie juridique", "a legal category"),
            Self::StaffBand => text("une tranche d’effectif", "a staff band"),
        }
    }
}

/// Why a text is not the identifier it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentifierError {
    Empty {
        kind: IdentifierKind,
    },
    NotADigit {
        kind: IdentifierKind,
        found: char,
    },
    DigitCount {
        kind: IdentifierKind,
        found: usize,
        expected: usize,
    },
    AllZeros {
        kind: IdentifierKind,
    },
    CheckDigit {
        kind: IdentifierKind,
    },
    /// The nine digits inside a SIRET or a VAT number are not a SIREN.
    SirenPart {
        kind: IdentifierKind,
    },
    /// A SIRET of La Poste whose digits do not sum to a multiple of 5.
    LaPosteSum {
        sum: u32,
    },
    /// No `FR` in front; the whole number, when the rest tells it.
    VatCountry {
        suggestion: Option<String>,
    },
    VatCharacter {
        found: char,
    },
    VatLength {
        found: usize,
    },
    /// A letter that no key holds: I or O.
    VatKeyLetter {
        found: char,
    },
    /// A wrong numeric key, and the right one.
    VatKey {
        expected: String,
    },
    /// A wrong key with letters, and the numeric key of the same digits.
    VatLetterKey {
        expected: String,
    },
    SiaeCharacter {
        found: char,
    },
    SiaeMeasure,
    SiaeLength {
        found: usize,
        expected: usize,
    },
    SiaeShape,
    NafShape,
    StaffBandUnknown,
}

impl IdentifierError {
    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "empty",
            Self::NotADigit { .. } => "not_a_digit",
            Self::DigitCount {
                found, expected, ..
            } if *found < *expected => "too_few_digits",
            Self::DigitCount { .. } => "too_many_digits",
            Self::AllZeros { .. } => "all_zeros",
            Self::CheckDigit { .. } => "wrong_check_digit",
            Self::SirenPart { .. } => "wrong_siren_part",
            Self::LaPosteSum { .. } => "la_poste_sum",
            Self::VatCountry { .. } => "vat_without_fr",
            Self::VatCharacter { .. } => "vat_character",
            Self::VatLength { .. } => "vat_length",
            Self::VatKeyLetter { .. } => "vat_key_letter",
            Self::VatKey { .. } | Self::VatLetterKey { .. } => "vat_wrong_key",
            Self::SiaeCharacter { .. } => "siae_character",
            Self::SiaeMeasure => "siae_measure",
            Self::SiaeLength { .. } => "siae_length",
            Self::SiaeShape => "siae_shape",
            Self::NafShape => "naf_shape",
            Self::StaffBandUnknown => "staff_band_unknown",
        }
    }

    /// A sentence for a person.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> String {
        match self {
            Self::Empty { kind } => format!("Saisie vide\u{a0}: indiquez {}.", kind.label().fr),
            Self::NotADigit { kind, found } => format!(
                "Caractère «\u{202f}{}\u{202f}» inattendu\u{a0}: {} ne contient que des chiffres.",
                shown(*found),
                kind.label().fr
            ),
            Self::DigitCount { kind, found, expected } => format!(
                "{found} chiffre{}\u{a0}: {} ({} en compte {expected}).",
                if *found > 1 { "s" } else { "" },
                match (expected.checked_sub(*found), found.saturating_sub(*expected)) {
                    (Some(1), _) => "il en manque un".to_owned(),
                    (Some(missing), _) => format!("il en manque {missing}"),
                    (None, 1) => "il y en a un de trop".to_owned(),
                    (None, excess) => format!("il y en a {excess} de trop"),
                },
                kind.label().fr
            ),
            Self::AllZeros { kind } => {
                format!("Des zéros partout\u{a0}: ce n’est pas {}.", kind.label().fr)
            }
            Self::CheckDigit { kind } => format!(
                "La clé de contrôle ne correspond pas\u{a0}: un chiffre est faux ou deux sont inversés. Recopiez {} complet.",
                kind.label().fr
            ),
            Self::SirenPart { kind: IdentifierKind::Siret } => {
                "Les 9 premiers chiffres ne forment pas un SIREN valable\u{a0}: l’un d’eux est faux.".to_owned()
            }
            Self::SirenPart { .. } => {
                "Les 9 derniers chiffres ne forment pas un SIREN valable\u{a0}: l’un d’eux est faux.".to_owned()
            }
            Self::LaPosteSum { sum } => format!(
                "La somme des chiffres d’un SIRET de La Poste est un multiple de 5\u{202f}; ici elle vaut {sum}."
            ),
            Self::VatCountry { suggestion: Some(number) } => format!(
                "Un numéro de TVA français commence par FR\u{a0}: écrivez {number}."
            ),
            Self::VatCountry { suggestion: None } => {
                "Un numéro de TVA français commence par FR.".to_owned()
            }
            Self::VatCharacter { found } => format!(
                "Caractère «\u{202f}{}\u{202f}» inattendu\u{a0}: après FR viennent 2 caractères de clé puis 9 chiffres.",
                shown(*found)
            ),
            Self::VatLength { found } => format!(
                "{found} caractère{} après FR\u{a0}: il en faut 11 (2 de clé puis les 9 chiffres du SIREN).",
                if *found > 1 { "s" } else { "" }
            ),
            Self::VatKeyLetter { found } => format!(
                "La lettre «\u{202f}{}\u{202f}» n’existe pas dans une clé de TVA\u{a0}: I et O sont exclus, pensez à 1 ou 0.",
                shown(*found)
            ),
            Self::VatKey { expected } => {
                format!("La clé de TVA est fausse\u{a0}: pour ces 9 chiffres, elle devrait être {expected}.")
            }
            Self::VatLetterKey { expected } => format!(
                "La clé de TVA est fausse\u{a0}: pour ces 9 chiffres, la clé numérique est {expected}."
            ),
            Self::SiaeCharacter { found } => format!(
                "Caractère «\u{202f}{}\u{202f}» inattendu\u{a0}: un numéro d’annexe financière ne contient que des lettres et des chiffres.",
                shown(*found)
            ),
            Self::SiaeMeasure => {
                "Un numéro d’annexe financière commence par ACI, EI, AI, ETTI ou EITI.".to_owned()
            }
            Self::SiaeLength { found, expected } => format!(
                "{found} caractère{} après le type de structure\u{a0}: il en faut {expected}, par exemple ACI051170013A0M1.",
                if *found > 1 { "s" } else { "" }
            ),
            Self::SiaeShape => "Forme inattendue\u{a0}: département, année, numéro, puis A et un chiffre, M et un chiffre, \
                par exemple ACI051170013A0M1."
                .to_owned(),
            Self::NafShape => {
                "Un code NAF compte quatre chiffres et une lettre, par exemple 62.01Z.".to_owned()
            }
            Self::StaffBandUnknown => "Cette tranche d’effectif n’existe pas.".to_owned(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Empty { kind } => format!("Nothing entered: give {}.", kind.label().en),
            Self::NotADigit { kind, found } => {
                format!("Unexpected character “{}”: {} holds digits only.", shown(*found), kind.label().en)
            }
            Self::DigitCount { kind, found, expected } => format!(
                "{found} digit{}: {} ({} has {expected}).",
                if *found == 1 { "" } else { "s" },
                match (expected.checked_sub(*found), found.saturating_sub(*expected)) {
                    (Some(1), _) => "one is missing".to_owned(),
                    (Some(missing), _) => format!("{missing} are missing"),
                    (None, 1) => "there is one too many".to_owned(),
                    (None, excess) => format!("there are {excess} too many"),
                },
                kind.label().en
            ),
            Self::AllZeros { kind } => format!("Zeros only: this is not {}.", kind.label().en),
            Self::CheckDigit { kind } => format!(
                "The check digit does not match: one digit is wrong or two are swapped. Copy {} in full again.",
                kind.label().en
            ),
            Self::SirenPart { kind: IdentifierKind::Siret } => {
                "The first 9 digits are not a valid SIREN: one of them is wrong.".to_owned()
            }
            Self::SirenPart { .. } => {
                "The last 9 digits are not a valid SIREN: one of them is wrong.".to_owned()
            }
            Self::LaPosteSum { sum } => {
                format!("The digits of a SIRET of La Poste add up to a multiple of 5; here they make {sum}.")
            }
            Self::VatCountry { suggestion: Some(number) } => {
                format!("A French VAT number begins with FR: write {number}.")
            }
            Self::VatCountry { suggestion: None } => "A French VAT number begins with FR.".to_owned(),
            Self::VatCharacter { found } => format!(
                "Unexpected character “{}”: after FR come 2 characters of key, then 9 digits.",
                shown(*found)
            ),
            Self::VatLength { found } => format!(
                "{found} character{} after FR: there must be 11 (2 of key, then the 9 digits of the SIREN).",
                if *found == 1 { "" } else { "s" }
            ),
            Self::VatKeyLetter { found } => format!(
                "The letter “{}” never appears in a VAT key: I and O are excluded, think of 1 or 0.",
                shown(*found)
            ),
            Self::VatKey { expected } => {
                format!("The VAT key is wrong: for these 9 digits it should be {expected}.")
            }
            Self::VatLetterKey { expected } => {
                format!("The VAT key is wrong: for these 9 digits the numeric key is {expected}.")
            }
            Self::SiaeCharacter { found } => format!(
                "Unexpected character “{}”: an agreement number holds letters and digits only.",
                shown(*found)
            ),
            Self::SiaeMeasure => "An agreement number begins with ACI, EI, AI, ETTI or EITI.".to_owned(),
            Self::SiaeLength { found, expected } => format!(
                "{found} character{} after the kind of structure: there must be {expected}, as in ACI051170013A0M1.",
                if *found == 1 { "" } else { "s" }
            ),
            Self::SiaeShape => "Unexpected form: department, year, order, then A and a digit, M and a digit, as in \
                ACI051170013A0M1."
                .to_owned(),
            Self::NafShape => "A NAF code is four digits and a letter, for instance 62.01Z.".to_owned(),
            Self::StaffBandUnknown => "This staff band does not exist.".to_owned(),
        }
    }
}

impl std::fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.english())
    }
}

impl std::error::Error for IdentifierError {}

/// A character as it can be printed: a control character would break the line, or worse.
fn shown(found: char) -> char {
    if found.is_control() {
        '\u{fffd}'
    } else {
        found
    }
}
