//! Staff bands of the register: salaried staff of the legal unit in a past year. A sign of plausibility, never a proof.

use serde::{Deserialize, Serialize};

use super::error::{IdentifierError, IdentifierKind};
use crate::decimal::Hundredths;
use crate::text::{Text, text};

/// The sixteen bands, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum StaffBand {
    /// No employee, or not known.
    Unknown,
    None,
    From1To2,
    From3To5,
    From6To9,
    From10To19,
    From20To49,
    From50To99,
    From100To199,
    From200To249,
    From250To499,
    From500To999,
    From1000To1999,
    From2000To4999,
    From5000To9999,
    From10000,
}

impl StaffBand {
    pub const ALL: [Self; 16] = [
        Self::Unknown,
        Self::None,
        Self::From1To2,
        Self::From3To5,
        Self::From6To9,
        Self::From10To19,
        Self::From20To49,
        Self::From50To99,
        Self::From100To199,
        Self::From200To249,
        Self::From250To499,
        Self::From500To999,
        Self::From1000To1999,
        Self::From2000To4999,
        Self::From5000To9999,
        Self::From10000,
    ];

    /// Reads a code of the register: `NN`, `00`, `01` … `53`.
    pub fn parse(value: &str) -> Result<Self, IdentifierError> {
        let code = super::normalize(IdentifierKind::StaffBand, value);
        if code.is_empty() {
            return Err(IdentifierError::Empty {
                kind: IdentifierKind::StaffBand,
            });
        }
        Self::ALL
            .into_iter()
            .find(|band| band.code() == code)
            .ok_or(IdentifierError::StaffBandUnknown)
    }

    /// The largest staff of the band; `None` where it has none, or says nothing.
    pub const fn most(self) -> Option<u32> {
        match self {
            Self::Unknown | Self::From10000 => None,
            Self::None => Some(0),
            Self::From1To2 => Some(2),
            Self::From3To5 => Some(5),
            Self::From6To9 => Some(9),
            Self::From10To19 => Some(19),
            Self::From20To49 => Some(49),
            Self::From50To99 => Some(99),
            Self::From100To199 => Some(199),
            Self::From200To249 => Some(249),
            Self::From250To499 => Some(499),
            Self::From500To999 => Some(999),
            Self::From1000To1999 => Some(1_999),
            Self::From2000To4999 => Some(4_999),
            Self::From5000To9999 => Some(9_999),
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "NN",
            Self::None => "00",
            Self::From1To2 => "01",
            Self::From3To5 => "02",
            Self::From6To9 => "03",
            Self::From10To19 => "11",
            Self::From20To49 => "12",
            Self::From50To99 => "21",
            Self::From100To199 => "22",
            Self::From200To249 => "31",
            Self::From250To499 => "32",
            Self::From500To999 => "41",
            Self::From1000To1999 => "42",
            Self::From2000To4999 => "51",
            Self::From5000To9999 => "52",
            Self::From10000 => "53",
        }
    }

    /// Least and greatest headcount; no greatest for the last band, nothing at all for `NN`.
    pub const fn bounds(self) -> Option<(u32, Option<u32>)> {
        Some(match self {
            Self::Unknown => return None,
            Self::None => (0, Some(0)),
            Self::From1To2 => (1, Some(2)),
            Self::From3To5 => (3, Some(5)),
            Self::From6To9 => (6, Some(9)),
            Self::From10To19 => (10, Some(19)),
            Self::From20To49 => (20, Some(49)),
            Self::From50To99 => (50, Some(99)),
            Self::From100To199 => (100, Some(199)),
            Self::From200To249 => (200, Some(249)),
            Self::From250To499 => (250, Some(499)),
            Self::From500To999 => (500, Some(999)),
            Self::From1000To1999 => (1000, Some(1999)),
            Self::From2000To4999 => (2000, Some(4999)),
            Self::From5000To9999 => (5000, Some(9999)),
            Self::From10000 => (10_000, None),
        })
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Unknown => text(
                "Aucun salarié, ou effectif inconnu",
                "No employee, or not known",
            ),
            Self::None => text("0 salarié", "0 employees"),
            Self::From1To2 => text("1 ou 2 salariés", "1 or 2 employees"),
            Self::From3To5 => text("3 à 5 salariés", "3 to 5 employees"),
            Self::From6To9 => text("6 à 9 salariés", "6 to 9 employees"),
            Self::From10To19 => text("10 à 19 salariés", "10 to 19 employees"),
            Self::From20To49 => text("20 à 49 salariés", "20 to 49 employees"),
            Self::From50To99 => text("50 à 99 salariés", "50 to 99 employees"),
            Self::From100To199 => text("100 à 199 salariés", "100 to 199 employees"),
            Self::From200To249 => text("200 à 249 salariés", "200 to 249 employees"),
            Self::From250To499 => text("250 à 499 salariés", "250 to 499 employees"),
            Self::From500To999 => text("500 à 999 salariés", "500 to 999 employees"),
            Self::From1000To1999 => text(
                "1\u{202f}000 à 1\u{202f}999 salariés",
                "1,000 to 1,999 employees",
            ),
            Self::From2000To4999 => text(
                "2\u{202f}000 à 4\u{202f}999 salariés",
                "2,000 to 4,999 employees",
            ),
            Self::From5000To9999 => text(
                "5\u{202f}000 à 9\u{202f}999 salariés",
                "5,000 to 9,999 employees",
            ),
            Self::From10000 => text("10\u{202f}000 salariés et plus", "10,000 employees or more"),
        }
    }

    /// The band of a number of annual work units: 9.9 lies in 6 to 9, since bands count whole persons.
    pub fn of_awu(awu: Hundredths) -> Self {
        let whole = awu.whole();
        Self::ALL
            .into_iter()
            .rev()
            .find(|band| {
                band.bounds()
                    .is_some_and(|(least, _)| i128::from(least) <= whole)
            })
            .unwrap_or(Self::None)
    }

    /// True when the declared staff is more than one band away from the register's: worth a warning, not an error.
    /// `NN` tells nothing, so it never contradicts.
    pub fn contradicts(self, awu: Hundredths) -> bool {
        if self == Self::Unknown {
            return false;
        }
        let rank = |band: Self| {
            Self::ALL
                .into_iter()
                .position(|known| known == band)
                .unwrap_or_default()
        };
        rank(self).abs_diff(rank(Self::of_awu(awu))) > 1
    }
}

impl TryFrom<String> for StaffBand {
    type Error = &'static str;

    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value).map_err(|error| error.code())
    }
}

impl From<StaffBand> for &'static str {
    fn from(band: StaffBand) -> Self {
        band.code()
    }
}
