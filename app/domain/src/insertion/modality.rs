//! The ways of keeping an insertion commitment (`domain.md` 4.4).

use serde::{Deserialize, Serialize};

use crate::claims::Kind;
use crate::text::{Text, text};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    EmbaucheDirecte,
    MiseADisposition,
    SousTraitance,
    CoTraitance,
    FormationTutorat,
}

/// The kinds of structure through which hours may be worked.
pub const ACCEPTED_STRUCTURES: &[Kind] = &[
    Kind::Ei,
    Kind::Etti,
    Kind::Ai,
    Kind::Aci,
    Kind::Eiti,
    Kind::Ea,
    Kind::Eatt,
    Kind::Esat,
    Kind::Geiq,
];

impl Modality {
    pub const ALL: [Self; 5] = [
        Self::EmbaucheDirecte,
        Self::MiseADisposition,
        Self::SousTraitance,
        Self::CoTraitance,
        Self::FormationTutorat,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::EmbaucheDirecte => "embauche_directe",
            Self::MiseADisposition => "mise_a_disposition",
            Self::SousTraitance => "sous_traitance",
            Self::CoTraitance => "co_traitance",
            Self::FormationTutorat => "formation_tutorat",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|modality| modality.code() == code)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::EmbaucheDirecte => text(
                "Embauche directe (CDI, CDD, apprentissage, professionnalisation)",
                "Direct hiring (permanent, fixed-term, apprenticeship)",
            ),
            Self::MiseADisposition => text(
                "Mise à disposition (ETTI, AI, GEIQ, EATT)",
                "Workers made available (ETTI, AI, GEIQ, EATT)",
            ),
            Self::SousTraitance => text(
                "Sous-traitance à une structure inclusive",
                "Subcontracting to an inclusion structure",
            ),
            Self::CoTraitance => text(
                "Cotraitance avec une structure inclusive",
                "Joint bidding with an inclusion structure",
            ),
            Self::FormationTutorat => text("Formation ou tutorat", "Training or mentoring"),
        }
    }

    /// A structure must be named.
    pub const fn needs_structure(self) -> bool {
        matches!(
            self,
            Self::MiseADisposition | Self::SousTraitance | Self::CoTraitance
        )
    }

    /// Accessory: hours count only where the clause of the contract asks for some.
    pub const fn may_have_no_hours(self) -> bool {
        matches!(self, Self::FormationTutorat)
    }

    /// The number of persons must be given.
    pub const fn needs_persons(self) -> bool {
        matches!(self, Self::EmbaucheDirecte | Self::MiseADisposition)
    }

    /// The kinds of structure that the modality accepts.
    pub const fn accepts(self, kind: Kind) -> bool {
        match self {
            Self::MiseADisposition => {
                matches!(kind, Kind::Etti | Kind::Ai | Kind::Geiq | Kind::Eatt)
            }
            Self::SousTraitance | Self::CoTraitance => {
                matches!(
                    kind,
                    Kind::Ei
                        | Kind::Etti
                        | Kind::Ai
                        | Kind::Aci
                        | Kind::Eiti
                        | Kind::Ea
                        | Kind::Eatt
                        | Kind::Esat
                )
            }
            Self::EmbaucheDirecte | Self::FormationTutorat => false,
        }
    }
}
