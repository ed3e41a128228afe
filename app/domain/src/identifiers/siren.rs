//! SIREN: the nine digits of a legal unit.

use super::error::{IdentifierError, IdentifierKind};
use super::luhn;
use super::newtype::text_identifier;
use super::vat::FrenchVat;

/// Nine digits with a right check digit. Status (ESS, ESUS, SME) belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siren(String);

text_identifier!(Siren);

impl Siren {
    pub fn parse(value: &str) -> Result<Self, IdentifierError> {
        let digits = parse_digits(IdentifierKind::Siren, value, 9)?;
        if luhn::passes(&digits) {
            Ok(Self(digits))
        } else {
            Err(IdentifierError::CheckDigit {
                kind: IdentifierKind::Siren,
            })
        }
    }

    /// For the types that contain a SIREN and have checked it.
    pub(super) fn from_checked(digits: &str) -> Self {
        Self(digits.to_owned())
    }

    /// The VAT number that follows from the SIREN, with its numeric key.
    pub fn vat(&self) -> FrenchVat {
        FrenchVat::of(self)
    }

    /// `732 829 320`, with non-breaking spaces.
    pub fn formatted(&self) -> String {
        grouped(&self.0, &[3, 6])
    }
}

/// The digits of a SIREN or a SIRET: not empty, only digits, the right number of them, not all zeros.
pub(super) fn parse_digits(
    kind: IdentifierKind,
    value: &str,
    expected: usize,
) -> Result<String, IdentifierError> {
    let digits = super::normalize(kind, value);
    if digits.is_empty() {
        return Err(IdentifierError::Empty { kind });
    }
    if let Some(found) = digits.chars().find(|c| !c.is_ascii_digit()) {
        return Err(IdentifierError::NotADigit { kind, found });
    }
    if digits.len() != expected {
        return Err(IdentifierError::DigitCount {
            kind,
            found: digits.len(),
            expected,
        });
    }
    if digits.bytes().all(|byte| byte == b'0') {
        return Err(IdentifierError::AllZeros { kind });
    }
    Ok(digits)
}

/// The text with a non-breaking space before each of the given positions.
pub(super) fn grouped(text: &str, cuts: &[usize]) -> String {
    let mut out = String::with_capacity(text.len() + cuts.len() * 2);
    for (index, c) in text.chars().enumerate() {
        if cuts.contains(&index) {
            out.push('\u{a0}');
        }
        out.push(c);
    }
    out
}
