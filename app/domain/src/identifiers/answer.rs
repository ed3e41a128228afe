//! The answer of `spaser check`: valid or not, and what is wrong.

use serde::Serialize;

use super::error::{IdentifierError, IdentifierKind};
use super::{FrenchVat, SiaeNumber, Siren, Siret, normalize};
use crate::text::Lang;

/// The identifiers that can be checked by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckKind {
    Siren,
    Siret,
    Vat,
    Siae,
}

impl CheckKind {
    pub const ALL: [Self; 4] = [Self::Siren, Self::Siret, Self::Vat, Self::Siae];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Siren => "siren",
            Self::Siret => "siret",
            Self::Vat => "vat",
            Self::Siae => "siae",
        }
    }

    /// Reads `siren`, `siret`, `vat` or `siae`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub const fn identifier(self) -> IdentifierKind {
        match self {
            Self::Siren => IdentifierKind::Siren,
            Self::Siret => IdentifierKind::Siret,
            Self::Vat => IdentifierKind::Vat,
            Self::Siae => IdentifierKind::Siae,
        }
    }
}

/// Serialises to the JSON that programs read. `code` exists only when the value is invalid; `siren` and `vat` only when it is
/// valid and they follow from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckAnswer {
    pub valid: bool,
    pub normalized: String,
    /// In French; `null` when valid.
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub siren: Option<Siren>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat: Option<FrenchVat>,
}

/// Checks one value. A SIREN gives its VAT number, a SIRET and a VAT number give their SIREN.
pub fn check(kind: CheckKind, value: &str) -> CheckAnswer {
    match derive(kind, value) {
        Ok((siren, vat)) => CheckAnswer {
            valid: true,
            normalized: normalize(kind.identifier(), value),
            reason: None,
            code: None,
            siren,
            vat,
        },
        Err(error) => CheckAnswer {
            valid: false,
            normalized: normalize(kind.identifier(), value),
            reason: Some(error.message(Lang::Fr)),
            code: Some(error.code()),
            siren: None,
            vat: None,
        },
    }
}

fn derive(
    kind: CheckKind,
    value: &str,
) -> Result<(Option<Siren>, Option<FrenchVat>), IdentifierError> {
    Ok(match kind {
        CheckKind::Siren => (None, Some(Siren::parse(value)?.vat())),
        CheckKind::Siret => (Some(Siret::parse(value)?.siren()), None),
        CheckKind::Vat => (FrenchVat::parse(value)?.siren(), None),
        CheckKind::Siae => SiaeNumber::parse(value).map(|_| (None, None))?,
    })
}
