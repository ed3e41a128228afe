//! What was found wrong or doubtful in a contract: stable codes, with a sentence for people.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::text::{Text, text};

/// The flags of one contract, in a fixed order.
pub type Flags = BTreeSet<Flag>;

/// Closed list; the codes are those that programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Flag {
    /// Several records say the same contract, date and amount.
    Duplicate,
    /// Records of one contract disagree on its date or amount: one was chosen.
    Conflict,
    /// A holder written outside its envelope, or in lists within lists.
    HolderUnwrapped,
    /// White space within the identifier of a holder.
    IdTrimmed,
    /// A French VAT number that led to a SIREN.
    VatResolved,
    InvalidSiret,
    /// Leading zeros given back to a SIRET.
    Repaired,
    /// No usable amount: the contract counts in numbers only.
    AberrantAmount,
    /// An amount of exactly one euro.
    PlaceholderAmount,
    /// The notification date is not one, or is to come: the record is not counted.
    DateQuarantined,
    /// "No consideration" beside a consideration.
    Contradiction,
    /// A holder that names nobody.
    MalformedHolder,
    /// A holder whose identifier leads to no SIREN.
    NotMatchable,
    /// A contract drawn from a framework that is counted already.
    SubsequentExcluded,
    /// Shares entered for other holders than those of the contract.
    SharesIgnored,
}

impl Flag {
    pub const ALL: [Self; 15] = [
        Self::Duplicate,
        Self::Conflict,
        Self::HolderUnwrapped,
        Self::IdTrimmed,
        Self::VatResolved,
        Self::InvalidSiret,
        Self::Repaired,
        Self::AberrantAmount,
        Self::PlaceholderAmount,
        Self::DateQuarantined,
        Self::Contradiction,
        Self::MalformedHolder,
        Self::NotMatchable,
        Self::SubsequentExcluded,
        Self::SharesIgnored,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Duplicate => "DUPLICATE",
            Self::Conflict => "CONFLICT",
            Self::HolderUnwrapped => "HOLDER_UNWRAPPED",
            Self::IdTrimmed => "ID_TRIMMED",
            Self::VatResolved => "VAT_RESOLVED",
            Self::InvalidSiret => "INVALID_SIRET",
            Self::Repaired => "REPAIRED",
            Self::AberrantAmount => "ABERRANT_AMOUNT",
            Self::PlaceholderAmount => "PLACEHOLDER_AMOUNT",
            Self::DateQuarantined => "DATE_QUARANTINED",
            Self::Contradiction => "CONTRADICTION",
            Self::MalformedHolder => "MALFORMED_HOLDER",
            Self::NotMatchable => "NOT_MATCHABLE",
            Self::SubsequentExcluded => "SUBSEQUENT_EXCLUDED",
            Self::SharesIgnored => "SHARES_IGNORED",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.code() == code)
    }

    /// What it means for the figures.
    pub const fn meaning(self) -> Text {
        match self {
            Self::Duplicate => text(
                "Marché publié plusieurs fois à l’identique\u{A0}: compté une fois.",
                "Contract published several times alike: counted once.",
            ),
            Self::Conflict => text(
                "Publications qui se contredisent sur la date ou le montant\u{A0}: la plus récente est retenue.",
                "Publications that disagree on the date or the amount: the latest is kept.",
            ),
            Self::HolderUnwrapped => text(
                "Titulaire écrit hors du format\u{A0}: lu quand même.",
                "Holder written outside the format: read nevertheless.",
            ),
            Self::IdTrimmed => text(
                "Espaces retirés de l’identifiant d’un titulaire.",
                "White space removed from the identifier of a holder.",
            ),
            Self::VatResolved => text(
                "Titulaire rapproché par son numéro de TVA français.",
                "Holder matched by its French VAT number.",
            ),
            Self::InvalidSiret => text(
                "SIRET de titulaire invalide\u{A0}: ce titulaire ne peut pas être rapproché.",
                "Invalid SIRET of a holder: this holder cannot be matched.",
            ),
            Self::Repaired => text(
                "Zéros de tête rendus au SIRET d’un titulaire.",
                "Leading zeros given back to the SIRET of a holder.",
            ),
            Self::AberrantAmount => text(
                "Montant absent ou aberrant\u{A0}: le marché compte en nombre, pas en montant.",
                "Missing or aberrant amount: the contract counts in numbers, not in amounts.",
            ),
            Self::PlaceholderAmount => text(
                "Montant de 1\u{A0}€, sans doute provisoire.",
                "Amount of €1, probably a placeholder.",
            ),
            Self::DateQuarantined => text(
                "Date de notification impossible ou à venir\u{A0}: la publication n’est pas comptée.",
                "Notification date impossible or to come: the publication is not counted.",
            ),
            Self::Contradiction => text(
                "«\u{202F}Pas de considération\u{202F}» à côté d’une considération\u{A0}: la considération l’emporte.",
                "“No consideration” beside a consideration: the consideration wins.",
            ),
            Self::MalformedHolder => text(
                "Titulaire sans identifiant\u{A0}: ignoré.",
                "Holder without identifier: ignored.",
            ),
            Self::NotMatchable => text(
                "Titulaire sans SIREN\u{A0}: il ne peut pas être rapproché.",
                "Holder without SIREN: it cannot be matched.",
            ),
            Self::SubsequentExcluded => text(
                "Marché subséquent\u{A0}: son montant est déjà dans celui de l’accord-cadre.",
                "Contract under a framework: its amount is within that of the framework.",
            ),
            Self::SharesIgnored => text(
                "Répartition saisie pour d’autres titulaires\u{A0}: parts égales.",
                "Shares entered for other holders: equal shares.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_serde_and_lead_back() {
        for flag in Flag::ALL {
            assert_eq!(
                serde_json::to_value(flag).ok(),
                Some(serde_json::Value::from(flag.code()))
            );
            assert_eq!(Flag::from_code(flag.code()), Some(flag));
        }
    }
}
