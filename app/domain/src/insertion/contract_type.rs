//! The types of work contract of a direct hiring, by code (`domain.md` 4.4).

use serde::{Deserialize, Serialize};

use crate::form::Choice;
use crate::text::text;

/// A type of work contract, by its code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContractType(String);

pub const CONTRACT_TYPES: &[Choice] = &[
    Choice::new("cdi", text("CDI", "Permanent contract (CDI)")),
    Choice::new("cdd", text("CDD", "Fixed-term contract (CDD)")),
    Choice::new(
        "apprentissage",
        text("Contrat d’apprentissage", "Apprenticeship contract"),
    ),
    Choice::new(
        "professionnalisation",
        text(
            "Contrat de professionnalisation",
            "Vocational training contract",
        ),
    ),
];

impl ContractType {
    /// Reads the code of a type of the list.
    pub fn parse(code: &str) -> Option<Self> {
        CONTRACT_TYPES
            .iter()
            .any(|known| known.code == code)
            .then(|| Self(code.to_owned()))
    }

    pub fn code(&self) -> &str {
        &self.0
    }
}
