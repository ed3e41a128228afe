//! SIRET: the fourteen digits of an establishment, with the exception of La Poste.

use super::error::{IdentifierError, IdentifierKind};
use super::luhn;
use super::newtype::text_identifier;
use super::siren::{Siren, grouped, parse_digits};

/// La Poste gave its many establishments numbers whose digits sum to a multiple of 5; only its head office follows Luhn.
const LA_POSTE: &str = "356000000";
const LA_POSTE_HEAD_OFFICE: &str = "35600000000048";

/// SIREN (9 digits) and internal number of the establishment (5 digits), both with a right check digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret(String);

text_identifier!(Siret);

impl Siret {
    pub fn parse(value: &str) -> Result<Self, IdentifierError> {
        let digits = parse_digits(IdentifierKind::Siret, value, 14)?;
        let siren = digits.get(..9).unwrap_or_default();
        if siren == LA_POSTE && digits != LA_POSTE_HEAD_OFFICE {
            let sum = luhn::digit_sum(&digits);
            if !sum.is_multiple_of(5) {
                return Err(IdentifierError::LaPosteSum { sum });
            }
        } else if siren == "000000000" || !luhn::passes(siren) {
            return Err(IdentifierError::SirenPart {
                kind: IdentifierKind::Siret,
            });
        } else if !luhn::passes(&digits) {
            return Err(IdentifierError::CheckDigit {
                kind: IdentifierKind::Siret,
            });
        }
        Ok(Self(digits))
    }

    /// For imports only, never for a form: a spreadsheet drops the leading zeros of a number. Twelve or thirteen digits that
    /// become a valid SIRET once padded are taken as that SIRET.
    pub fn repair_leading_zero(value: &str) -> Option<Self> {
        let digits = super::normalize(IdentifierKind::Siret, value);
        if !matches!(digits.len(), 12 | 13) {
            return None;
        }
        Self::parse(&format!("{digits:0>14}")).ok()
    }

    /// The legal unit that the establishment belongs to.
    pub fn siren(&self) -> Siren {
        Siren::from_checked(self.0.get(..9).unwrap_or_default())
    }

    /// The five digits of the establishment within its legal unit.
    pub fn nic(&self) -> &str {
        self.0.get(9..).unwrap_or_default()
    }

    /// True when the establishment belongs to this legal unit.
    pub fn belongs_to(&self, siren: &Siren) -> bool {
        self.0.starts_with(siren.as_str())
    }

    /// `732 829 320 00074`, with non-breaking spaces.
    pub fn formatted(&self) -> String {
        grouped(&self.0, &[3, 6, 9])
    }
}
