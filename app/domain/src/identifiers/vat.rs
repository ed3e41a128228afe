//! French VAT numbers: FR, a key of two characters, and the SIREN.

use super::error::{IdentifierError, IdentifierKind};
use super::luhn;
use super::newtype::text_identifier;
use super::siren::{Siren, grouped};

/// The characters of a key: neither I nor O, which read like 1 and 0.
const KEY_ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// `FR`, two characters of key, nine digits. Monegasque numbers (digits that begin with 000) are French VAT numbers too, but
/// hold no SIREN.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrenchVat(String);

text_identifier!(FrenchVat);

impl FrenchVat {
    pub fn parse(value: &str) -> Result<Self, IdentifierError> {
        let text = super::normalize(IdentifierKind::Vat, value);
        let Some(rest) = text.strip_prefix("FR") else {
            return Err(without_country(&text));
        };
        if let Some(found) = rest.chars().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(IdentifierError::VatCharacter { found });
        }
        let (key, digits) = rest.split_at(rest.len().min(2));
        if let Some(found) = key.chars().find(|c| !KEY_ALPHABET.contains(*c)) {
            return Err(IdentifierError::VatKeyLetter { found });
        }
        if let Some(found) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(IdentifierError::VatCharacter { found });
        }
        if rest.len() != 11 {
            return Err(IdentifierError::VatLength { found: rest.len() });
        }
        if digits == "000000000" {
            return Err(IdentifierError::AllZeros {
                kind: IdentifierKind::Vat,
            });
        }
        if !digits.starts_with("000") && !luhn::passes(digits) {
            return Err(IdentifierError::SirenPart {
                kind: IdentifierKind::Vat,
            });
        }
        check_key(key, digits)?;
        Ok(Self(text))
    }

    /// The number with the numeric key of a SIREN.
    pub(super) fn of(siren: &Siren) -> Self {
        Self(format!("FR{}{siren}", numeric_key(siren.as_str())))
    }

    /// The key, two characters.
    pub fn key(&self) -> &str {
        self.0.get(2..4).unwrap_or_default()
    }

    /// True for a number of Monaco, from which no SIREN follows.
    pub fn is_monegasque(&self) -> bool {
        self.digits().starts_with("000")
    }

    /// The legal unit, unless the number is Monegasque.
    pub fn siren(&self) -> Option<Siren> {
        (!self.is_monegasque()).then(|| Siren::from_checked(self.digits()))
    }

    /// `FR 44 732 829 320`, with non-breaking spaces.
    pub fn formatted(&self) -> String {
        grouped(&self.0, &[2, 4, 7, 10])
    }

    fn digits(&self) -> &str {
        self.0.get(4..).unwrap_or_default()
    }
}

/// Without FR: say so, and give the whole number when the rest tells it.
fn without_country(text: &str) -> IdentifierError {
    if text.is_empty() {
        return IdentifierError::Empty {
            kind: IdentifierKind::Vat,
        };
    }
    let suggestion = match FrenchVat::parse(&format!("FR{text}")) {
        Ok(vat) => Some(vat),
        Err(_) => Siren::parse(text).ok().map(|siren| siren.vat()),
    };
    IdentifierError::VatCountry {
        suggestion: suggestion.map(|vat| vat.0),
    }
}

fn check_key(key: &str, digits: &str) -> Result<(), IdentifierError> {
    if key.bytes().all(|byte| byte.is_ascii_digit()) {
        let expected = numeric_key(digits);
        if key == expected {
            return Ok(());
        }
        return Err(IdentifierError::VatKey { expected });
    }
    let position = |c: char| KEY_ALPHABET.find(c).unwrap_or_default();
    let mut characters = key.chars().map(position);
    let (first, second) = (
        characters.next().unwrap_or_default(),
        characters.next().unwrap_or_default(),
    );
    // With a digit first, the second is a letter, hence at least 10; with a letter first, 34 × 10 is above 100.
    let check = if first < 10 {
        (first * 24 + second).saturating_sub(10)
    } else {
        (first * 34 + second).saturating_sub(100)
    };
    let number = usize::try_from(number(digits)).unwrap_or_default();
    if (number + 1 + check / 11) % 11 == check % 11 {
        Ok(())
    } else {
        Err(IdentifierError::VatLetterKey {
            expected: numeric_key(digits),
        })
    }
}

/// (SIREN followed by 12) modulo 97, in two digits.
fn numeric_key(digits: &str) -> String {
    format!("{:02}", (number(digits) * 100 + 12) % 97)
}

fn number(digits: &str) -> u64 {
    digits.bytes().fold(0, |value, byte| {
        value * 10 + u64::from(byte.wrapping_sub(b'0'))
    })
}
