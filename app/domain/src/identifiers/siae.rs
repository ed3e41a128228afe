//! Agreement number of an inclusion structure (SIAE): the number of its *annexe financière*.

use serde::{Deserialize, Serialize};

use super::error::{IdentifierError, IdentifierKind};
use super::newtype::text_identifier;

/// The measures that have such a number. EA, EATT and GEIQ have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SiaeMeasure {
    Aci,
    Ei,
    Ai,
    Etti,
    Eiti,
}

impl SiaeMeasure {
    const ALL: [Self; 5] = [Self::Aci, Self::Ei, Self::Ai, Self::Etti, Self::Eiti];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aci => "ACI",
            Self::Ei => "EI",
            Self::Ai => "AI",
            Self::Etti => "ETTI",
            Self::Eiti => "EITI",
        }
    }
}

/// Measure, department (3 characters), year (2), order (4), `A` and amendment, `M` and modification: `ACI051170013A0M1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiaeNumber(String);

text_identifier!(SiaeNumber);

/// Characters after the measure.
const TAIL: usize = 13;

impl SiaeNumber {
    pub fn parse(value: &str) -> Result<Self, IdentifierError> {
        let text = super::normalize(IdentifierKind::Siae, value);
        if text.is_empty() {
            return Err(IdentifierError::Empty {
                kind: IdentifierKind::Siae,
            });
        }
        if let Some(found) = text.chars().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(IdentifierError::SiaeCharacter { found });
        }
        // The letters before the first digit are the measure, since a department begins with two digits.
        let letters = text
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(text.len());
        let (measure, tail) = text.split_at(letters);
        if !SiaeMeasure::ALL
            .iter()
            .any(|known| known.as_str() == measure)
        {
            return Err(IdentifierError::SiaeMeasure);
        }
        if tail.len() != TAIL {
            return Err(IdentifierError::SiaeLength {
                found: tail.len(),
                expected: TAIL,
            });
        }
        let well_formed = tail.bytes().enumerate().all(|(index, byte)| match index {
            2 => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            9 => byte == b'A',
            11 => byte == b'M',
            _ => byte.is_ascii_digit(),
        });
        if well_formed {
            Ok(Self(text))
        } else {
            Err(IdentifierError::SiaeShape)
        }
    }

    /// The kind of structure that the number was given to.
    pub fn measure(&self) -> SiaeMeasure {
        let letters = self.0.len().saturating_sub(TAIL);
        let text = self.0.get(..letters).unwrap_or_default();
        SiaeMeasure::ALL
            .into_iter()
            .find(|known| known.as_str() == text)
            .unwrap_or(SiaeMeasure::Ei)
    }

    /// Department, three characters: `051`, `02A`.
    pub fn department(&self) -> &str {
        self.part(0, 3)
    }

    /// Year, two digits.
    pub fn year(&self) -> &str {
        self.part(3, 5)
    }

    /// Order in the year, four digits.
    pub fn order(&self) -> &str {
        self.part(5, 9)
    }

    /// Rank of the amendment, one digit.
    pub fn amendment(&self) -> &str {
        self.part(10, 11)
    }

    /// Rank of the modification, one digit.
    pub fn modification(&self) -> &str {
        self.part(12, 13)
    }

    fn part(&self, from: usize, to: usize) -> &str {
        let start = self.0.len().saturating_sub(TAIL);
        self.0.get(start + from..start + to).unwrap_or_default()
    }
}
