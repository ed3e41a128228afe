//! The key of a claim: (kind, scope, commitment code, contract), the same from one declaration to the next.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::identifiers::{Siren, Siret};

/// The perimeter of a claim: the legal unit, or one of its establishments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "level", content = "id", rename_all = "lowercase")]
pub enum Scope {
    Siren(Siren),
    Siret(Siret),
}

impl Scope {
    pub fn siret(&self) -> Option<&Siret> {
        match self {
            Self::Siren(_) => None,
            Self::Siret(siret) => Some(siret),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Siren(siren) => write!(f, "siren:{}", siren.as_str()),
            Self::Siret(siret) => write!(f, "siret:{}", siret.as_str()),
        }
    }
}

/// Identifies a claim of a company across declarations. Its text form is the key of the feed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClaimKey {
    pub kind: Kind,
    pub scope: Scope,
    /// For a commitment: its code of the taxonomy, then the modality and the structure, such as
    /// `SOC-INS-01:sous_traitance:73282932000074`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    /// For a commitment taken on one contract: its normalised identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
}

impl fmt::Display for ClaimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.kind, self.scope)?;
        if let Some(commitment) = &self.commitment {
            write!(f, "/{commitment}")?;
        }
        if let Some(contract) = &self.contract {
            write!(f, "#{contract}")?;
        }
        Ok(())
    }
}
