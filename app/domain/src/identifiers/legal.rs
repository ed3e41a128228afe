//! Legal category (level III) of the nomenclature of INSEE, and what it says about membership of the ESS.

use serde::{Deserialize, Serialize};

use super::error::{IdentifierError, IdentifierKind};
use super::newtype::text_identifier;
use super::siren::parse_digits;
use crate::text::{Text, text};

/// Labels of the nomenclature, cleaned for display: INSEE, Licence Ouverte 2.0 (Etalab), through the label files of
/// `annuaire-entreprises-data-gouv-fr/search-api` (MIT, © 2025 DINUM).
const LABELS: &str = include_str!("legal_labels.csv");

/// Four digits. An unknown code is kept: the nomenclature grows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LegalCategory(String);

text_identifier!(LegalCategory);

/// The four historic families of article 1 of the law of 31 July 2014.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EssFamily {
    Association,
    Fondation,
    Mutuelle,
    Cooperative,
}

impl EssFamily {
    pub const fn label(self) -> Text {
        match self {
            Self::Association => text("Association", "Association"),
            Self::Fondation => text("Fondation", "Foundation"),
            Self::Mutuelle => text("Mutuelle", "Mutual society"),
            Self::Cooperative => text("Coopérative", "Cooperative"),
        }
    }
}

/// What the legal category proves. `No` never means that the enterprise is outside the ESS: its statutes may say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EssStatus {
    /// Belongs to the ESS by status.
    ByStatus(EssFamily),
    /// May belong: ask for the statutes.
    ToCheck(EssFamily),
    No,
}

impl LegalCategory {
    /// A sole trader: the name of the enterprise is that of a person (level I of the nomenclature, code 1).
    pub fn is_natural_person(&self) -> bool {
        self.0.starts_with('1')
    }

    pub fn parse(value: &str) -> Result<Self, IdentifierError> {
        match parse_digits(IdentifierKind::LegalCategory, value, 4) {
            // 0000 exists: a collective investment fund without legal personality.
            Err(IdentifierError::AllZeros { .. }) => Ok(Self("0000".to_owned())),
            other => other.map(Self),
        }
    }

    /// The official label, in French; `None` for a code that the nomenclature does not hold.
    pub fn label(&self) -> Option<&'static str> {
        LABELS
            .lines()
            .filter_map(|line| line.split_once(';'))
            .find_map(|(code, label)| (code == self.0).then_some(label))
    }

    /// Membership of the ESS as far as the category tells it (65 codes).
    pub fn ess_family(&self) -> EssStatus {
        use EssFamily::{Association, Cooperative, Fondation, Mutuelle};
        match self.number() {
            9220..=9223 | 9230 | 9260 => EssStatus::ByStatus(Association),
            9224 | 9240 => EssStatus::ToCheck(Association),
            9300 => EssStatus::ByStatus(Fondation),
            6411 | 8210 | 8250 => EssStatus::ByStatus(Mutuelle),
            8290 => EssStatus::ToCheck(Mutuelle),
            5191 | 5432 | 5532 | 5632 | 6532 => EssStatus::ToCheck(Cooperative),
            5192..=5196
            | 5203
            | 5307
            | 5309
            | 5443
            | 5451
            | 5453..=5455
            | 5458..=5460
            | 5543
            | 5547
            | 5551..=5555
            | 5558..=5560
            | 5643
            | 5647
            | 5651..=5655
            | 5658..=5660
            | 6100
            | 6316..=6318
            | 6543
            | 6551
            | 6554
            | 6558
            | 6560
            | 6595
            | 6596 => EssStatus::ByStatus(Cooperative),
            _ => EssStatus::No,
        }
    }

    fn number(&self) -> u16 {
        self.0.parse().unwrap_or_default()
    }
}
