//! The kinds of claims, their French labels, their scope and the sets in which they count.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{Text, text};

/// What a claim is about. The codes are the field's own, and stay French.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    Sme,
    EssStatus,
    EssCompany,
    Esus,
    Ei,
    Etti,
    Ai,
    Aci,
    Eiti,
    Ea,
    Eatt,
    Esat,
    Geiq,
    Sep,
    Rq,
    Tih,
    Commitment,
    /// A social, environmental or economic commitment other than insertion hours.
    Pledge,
}

impl Kind {
    pub const ALL: [Self; 18] = [
        Self::Sme,
        Self::EssStatus,
        Self::EssCompany,
        Self::Esus,
        Self::Ei,
        Self::Etti,
        Self::Ai,
        Self::Aci,
        Self::Eiti,
        Self::Ea,
        Self::Eatt,
        Self::Esat,
        Self::Geiq,
        Self::Sep,
        Self::Rq,
        Self::Tih,
        Self::Commitment,
        Self::Pledge,
    ];

    /// The kinds that a supplier picks from the list of the solidarity step, in the order shown; the catalogue says which are
    /// offered.
    pub const SOLIDARITY: [Self; 15] = [
        Self::EssStatus,
        Self::EssCompany,
        Self::Esus,
        Self::Ei,
        Self::Etti,
        Self::Ai,
        Self::Aci,
        Self::Eiti,
        Self::Ea,
        Self::Eatt,
        Self::Esat,
        Self::Geiq,
        Self::Sep,
        Self::Rq,
        Self::Tih,
    ];

    /// The stable code, as in the database, the feed and the files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sme => "SME",
            Self::EssStatus => "ESS_STATUS",
            Self::EssCompany => "ESS_COMPANY",
            Self::Esus => "ESUS",
            Self::Ei => "EI",
            Self::Etti => "ETTI",
            Self::Ai => "AI",
            Self::Aci => "ACI",
            Self::Eiti => "EITI",
            Self::Ea => "EA",
            Self::Eatt => "EATT",
            Self::Esat => "ESAT",
            Self::Geiq => "GEIQ",
            Self::Sep => "SEP",
            Self::Rq => "RQ",
            Self::Tih => "TIH",
            Self::Commitment => "COMMITMENT",
            Self::Pledge => "PLEDGE",
        }
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Sme => text("PME au sens européen", "SME (EU definition)"),
            Self::EssStatus => text(
                "Économie sociale et solidaire par son statut (association, coopérative, mutuelle, fondation)",
                "Social economy by legal form (association, cooperative, mutual society, foundation)",
            ),
            Self::EssCompany => text(
                "Société commerciale de l’économie sociale et solidaire",
                "Commercial company of the social economy",
            ),
            Self::Esus => text(
                "Entreprise solidaire d’utilité sociale (agrément ESUS)",
                "Solidarity enterprise of social utility (ESUS approval)",
            ),
            Self::Ei => text(
                "Entreprise d’insertion (EI)",
                "Work-integration enterprise (EI)",
            ),
            Self::Etti => text(
                "Entreprise de travail temporaire d’insertion (ETTI)",
                "Temporary-work integration enterprise (ETTI)",
            ),
            Self::Ai => text(
                "Association intermédiaire (AI)",
                "Intermediary association (AI)",
            ),
            Self::Aci => text(
                "Atelier et chantier d’insertion (ACI)",
                "Work-integration workshop (ACI)",
            ),
            Self::Eiti => text(
                "Entreprise d’insertion par le travail indépendant (EITI)",
                "Integration enterprise through self-employment (EITI)",
            ),
            Self::Ea => text("Entreprise adaptée (EA)", "Adapted enterprise (EA)"),
            Self::Eatt => text(
                "Entreprise adaptée de travail temporaire (EATT)",
                "Adapted temporary-work enterprise (EATT)",
            ),
            Self::Esat => text(
                "Établissement et service d’accompagnement par le travail (ESAT)",
                "Supported-employment establishment (ESAT)",
            ),
            Self::Geiq => text(
                "Groupement d’employeurs pour l’insertion et la qualification (GEIQ)",
                "Employers’ group for integration and qualification (GEIQ)",
            ),
            Self::Sep => text(
                "Structure employant des personnes détenues (SEP)",
                "Structure employing prisoners (SEP)",
            ),
            Self::Rq => text(
                "Régie de quartier ou de territoire",
                "Neighbourhood enterprise (régie de quartier)",
            ),
            Self::Tih => text(
                "Travailleur indépendant handicapé (TIH)",
                "Self-employed disabled worker (TIH)",
            ),
            Self::Commitment => text("Engagement d’insertion", "Insertion commitment"),
            Self::Pledge => text(
                "Engagement social ou environnemental",
                "Social or environmental commitment",
            ),
        }
    }

    /// Belongs to one establishment and not to the whole legal unit (`domain.md` 1.1 and 2.3).
    pub const fn is_siret_scoped(self) -> bool {
        matches!(self, Self::Esat)
    }

    /// May be declared for one establishment as well as for the legal unit.
    pub const fn may_be_siret_scoped(self) -> bool {
        matches!(
            self,
            Self::Esat
                | Self::Ei
                | Self::Etti
                | Self::Ai
                | Self::Aci
                | Self::Eiti
                | Self::Ea
                | Self::Eatt
                | Self::Sep
        )
    }

    /// A structure of insertion through economic activity, which has an agreement number of the State's service.
    pub const fn is_siae(self) -> bool {
        matches!(
            self,
            Self::Ei | Self::Etti | Self::Ai | Self::Aci | Self::Eiti
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text is not the code of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
            .ok_or(UnknownKind)
    }
}

/// A configurable set of kinds, such as the one that defines the solidarity enterprise of the 5 % target.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindSet(pub BTreeSet<Kind>);

impl KindSet {
    /// The default definition of the solidarity enterprise (`domain.md` 2.6): approval or inclusion structure, never the
    /// membership of the social economy alone.
    pub fn solidarity_default() -> Self {
        Self(
            [
                Kind::Esus,
                Kind::Ei,
                Kind::Etti,
                Kind::Ai,
                Kind::Aci,
                Kind::Eiti,
                Kind::Ea,
                Kind::Eatt,
                Kind::Esat,
                Kind::Sep,
            ]
            .into(),
        )
    }

    pub fn contains(&self, kind: Kind) -> bool {
        self.0.contains(&kind)
    }
}
