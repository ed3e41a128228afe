//! Activity code (NAF, also called APE) with the nomenclature it belongs to.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::error::{IdentifierError, IdentifierKind};

/// NAF 2025 replaces revision 2 on 1 January 2027; the same code can mean different activities, so both are kept.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Nomenclature {
    #[default]
    Rev2,
    Naf2025,
}

/// `NN.NNL` with its nomenclature. The form is checked, never a closed list: nomenclatures change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Raw", deny_unknown_fields)]
pub struct Naf {
    code: String,
    nomenclature: Nomenclature,
}

/// What is read before it is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    code: String,
    #[serde(default)]
    nomenclature: Nomenclature,
}

impl TryFrom<Raw> for Naf {
    type Error = &'static str;

    fn try_from(raw: Raw) -> Result<Self, Self::Error> {
        Self::parse(&raw.code, raw.nomenclature).map_err(|error| error.code())
    }
}

impl Naf {
    /// Reads `62.01Z` or `6201Z`.
    pub fn parse(code: &str, nomenclature: Nomenclature) -> Result<Self, IdentifierError> {
        let text = super::normalize(IdentifierKind::Naf, code);
        if text.is_empty() {
            return Err(IdentifierError::Empty {
                kind: IdentifierKind::Naf,
            });
        }
        let well_formed = text.len() == 5
            && text.bytes().enumerate().all(|(index, byte)| match index {
                4 => byte.is_ascii_uppercase(),
                _ => byte.is_ascii_digit(),
            });
        if !well_formed {
            return Err(IdentifierError::NafShape);
        }
        let (division, rest) = text.split_at(2);
        Ok(Self {
            code: format!("{division}.{rest}"),
            nomenclature,
        })
    }

    /// `62.01Z`.
    pub fn as_str(&self) -> &str {
        &self.code
    }

    pub const fn nomenclature(&self) -> Nomenclature {
        self.nomenclature
    }

    /// The two digits of the division.
    pub fn division(&self) -> &str {
        self.code.get(..2).unwrap_or_default()
    }
}

impl fmt::Display for Naf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)
    }
}
