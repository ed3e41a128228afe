//! Why a case cannot be computed; each error names the enterprise or the key that is wrong.

use super::case::Figure;
use crate::decimal::DecimalError;
use crate::text::Lang;

/// Closed list of what can be wrong with a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseError {
    /// The text is not JSON.
    NotJson {
        line: usize,
        column: usize,
    },
    /// A value of the wrong type; `expected` is `object`, `list`, `text` or `number`.
    WrongType {
        path: String,
        expected: &'static str,
    },
    UnknownKey {
        path: String,
        key: String,
    },
    DuplicateKey {
        path: String,
        key: String,
    },
    MissingKey {
        path: String,
        key: &'static str,
    },
    /// A word outside its list: a kind, a control, a category.
    UnknownValue {
        path: String,
        value: String,
    },
    BadNumber {
        path: String,
        error: DecimalError,
    },
    MissingEnterprise {
        id: String,
    },
    /// A natural person or an administration as the enterprise asked about.
    TargetKind {
        id: String,
    },
    MissingFigure {
        id: String,
        figure: Figure,
    },
    NegativeFigure {
        id: String,
        figure: Figure,
    },
    HoldsItself {
        id: String,
    },
    /// A natural person cannot be held.
    PersonHeld {
        id: String,
    },
    PairTwice {
        holder: String,
        held: String,
    },
    /// More than 100 % of the capital, or of the votes, of one enterprise.
    Over100 {
        id: String,
        votes: bool,
    },
    /// In a list of persons, something that is not one.
    NotAPerson {
        id: String,
    },
}

impl CaseError {
    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not_json",
            Self::WrongType { .. } => "wrong_type",
            Self::UnknownKey { .. } => "unknown_key",
            Self::DuplicateKey { .. } => "duplicate_key",
            Self::MissingKey { .. } => "missing_key",
            Self::UnknownValue { .. } => "unknown_value",
            Self::BadNumber { error, .. } => error.code(),
            Self::MissingEnterprise { .. } => "missing_enterprise",
            Self::TargetKind { .. } => "target_not_an_enterprise",
            Self::MissingFigure { .. } => "missing_figure",
            Self::NegativeFigure { .. } => "number_negative",
            Self::HoldsItself { .. } => "holds_itself",
            Self::PersonHeld { .. } => "person_held",
            Self::PairTwice { .. } => "pair_twice",
            Self::Over100 { .. } => "over_100_percent",
            Self::NotAPerson { .. } => "not_a_person",
        }
    }

    /// The enterprise, or else the place in the file, that is wrong.
    pub fn subject(&self) -> &str {
        match self {
            Self::NotJson { .. } => "",
            Self::UnknownKey { key, .. } | Self::DuplicateKey { key, .. } => key,
            Self::MissingKey { key, .. } => key,
            Self::WrongType { path, .. }
            | Self::UnknownValue { path, .. }
            | Self::BadNumber { path, .. } => path,
            Self::PairTwice { holder, .. } => holder,
            Self::MissingEnterprise { id }
            | Self::TargetKind { id }
            | Self::MissingFigure { id, .. }
            | Self::NegativeFigure { id, .. }
            | Self::HoldsItself { id }
            | Self::PersonHeld { id }
            | Self::Over100 { id, .. }
            | Self::NotAPerson { id } => id,
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
            Self::NotJson { line, column } => {
                format!("Ce n’est pas du JSON\u{a0}: erreur à la ligne {line}, colonne {column}.")
            }
            Self::WrongType { path, expected } => {
                let expected = match *expected {
                    "object" => "un objet est attendu",
                    "list" => "une liste est attendue",
                    "text" => "un texte est attendu",
                    _ => "un nombre est attendu",
                };
                format!("{}\u{a0}: {expected}.", place(path, "Le fichier"))
            }
            Self::UnknownKey { path, key } => format!(
                "Clé inconnue «\u{202f}{key}\u{202f}»{}.",
                inside(path, "dans")
            ),
            Self::DuplicateKey { path, key } => {
                format!(
                    "La clé «\u{202f}{key}\u{202f}» figure deux fois{}.",
                    inside(path, "dans")
                )
            }
            Self::MissingKey { path, key } => format!(
                "Il manque la clé «\u{202f}{key}\u{202f}»{}.",
                inside(path, "dans")
            ),
            Self::UnknownValue { path, value } => {
                format!("{path}\u{a0}: la valeur «\u{202f}{value}\u{202f}» n’existe pas.")
            }
            Self::BadNumber { path, error } => format!("{path}\u{a0}: {}", error.message(Lang::Fr)),
            Self::MissingEnterprise { id } => {
                format!("«\u{202f}{id}\u{202f}» ne figure pas parmi les entreprises.")
            }
            Self::TargetKind { id } => format!(
                "«\u{202f}{id}\u{202f}» n’est pas une entreprise\u{a0}: la taille d’une personne ou d’une administration ne se calcule pas."
            ),
            Self::MissingFigure { id, figure } => format!(
                "Il manque une donnée de «\u{202f}{id}\u{202f}», qui entre dans le calcul\u{a0}: {} ({}).",
                figure.label().fr,
                figure.name()
            ),
            Self::NegativeFigure { id, figure } => format!(
                "«\u{202f}{id}\u{202f}»\u{a0}: {} ({}) ne peut pas être négatif.",
                figure.label().fr,
                figure.name()
            ),
            Self::HoldsItself { id } => {
                format!("«\u{202f}{id}\u{202f}» ne peut pas se détenir elle-même.")
            }
            Self::PersonHeld { id } => {
                format!(
                    "«\u{202f}{id}\u{202f}» est une personne physique\u{a0}: nul ne peut la détenir."
                )
            }
            Self::PairTwice { holder, held } => format!(
                "La participation de «\u{202f}{holder}\u{202f}» dans «\u{202f}{held}\u{202f}» figure deux fois."
            ),
            Self::Over100 { id, votes } => format!(
                "Plus de 100\u{a0}% {} de «\u{202f}{id}\u{202f}» sont détenus.",
                if *votes {
                    "des droits de vote"
                } else {
                    "du capital"
                }
            ),
            Self::NotAPerson { id } => {
                format!("«\u{202f}{id}\u{202f}» n’est pas une personne physique.")
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::NotJson { line, column } => {
                format!("This is not JSON: error at line {line}, column {column}.")
            }
            Self::WrongType { path, expected } => {
                format!("{}: {expected} expected.", place(path, "The file"))
            }
            Self::UnknownKey { path, key } => format!("Unknown key “{key}”{}.", inside(path, "in")),
            Self::DuplicateKey { path, key } => {
                format!("The key “{key}” appears twice{}.", inside(path, "in"))
            }
            Self::MissingKey { path, key } => {
                format!("The key “{key}” is missing{}.", inside(path, "in"))
            }
            Self::UnknownValue { path, value } => format!("{path}: there is no value “{value}”."),
            Self::BadNumber { path, error } => format!("{path}: {}", error.message(Lang::En)),
            Self::MissingEnterprise { id } => format!("“{id}” is not among the enterprises."),
            Self::TargetKind { id } => {
                format!(
                    "“{id}” is not an enterprise: a person or an administration has no size category."
                )
            }
            Self::MissingFigure { id, figure } => format!(
                "A figure of “{id}”, which enters the computation, is missing: {} ({}).",
                figure.label().en,
                figure.name()
            ),
            Self::NegativeFigure { id, figure } => {
                format!(
                    "“{id}”: {} ({}) cannot be negative.",
                    figure.label().en,
                    figure.name()
                )
            }
            Self::HoldsItself { id } => format!("“{id}” cannot hold itself."),
            Self::PersonHeld { id } => format!("“{id}” is a natural person and cannot be held."),
            Self::PairTwice { holder, held } => {
                format!("The holding of “{holder}” in “{held}” appears twice.")
            }
            Self::Over100 { id, votes } => {
                format!(
                    "More than 100% of the {} of “{id}” is held.",
                    if *votes { "votes" } else { "capital" }
                )
            }
            Self::NotAPerson { id } => format!("“{id}” is not a natural person."),
        }
    }
}

impl std::fmt::Display for CaseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.english())
    }
}

impl std::error::Error for CaseError {}

/// The place in the file, or the file itself at the top.
fn place<'a>(path: &'a str, file: &'a str) -> &'a str {
    if path.is_empty() { file } else { path }
}

/// ` dans enterprises.A`, or nothing at the top of the file.
fn inside(path: &str, preposition: &str) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!(" {preposition} {path}")
    }
}
