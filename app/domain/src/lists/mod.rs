//! Published lists that prove something of a company: ESUS, ESS France, Marché de l’inclusion, Egapro. What an administrator may
//! import, what each row proves, and how a claim compares with it.
//!
//! Invariants: absence from a list never proves a claim false (a list is dated, and commercial companies of the social economy
//! are missing from them); where rows of one list contradict each other, the list says nothing of what they disagree on.

mod cells;
mod columns;
#[cfg(test)]
mod columns_tests;
mod compare;
mod merge;
mod outcome;
mod proof;
mod row;
#[cfg(test)]
mod tests;

pub use columns::{Field, Mapping, WrongMapping, folded, guess, heading_line, mapping};
pub use compare::{ListComparison, compare};
pub use merge::{Contradiction, Placing, Tally};
pub use outcome::{
    Difference, Example, Failure, ImportState, LineProblem, Outcome, SHOWN, shrinks,
};
pub use proof::{Edition, Listed, Proof, ProofState};
pub use row::{Facts, Problem, ProblemKind, Row, RowRead, Score, read_row};

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::claims::{Claim, ClaimBody, Kind};
use crate::text::{Text, text};

/// The greatest number of rows of a list: what is remembered of each while a file is read stays under 100 MB.
pub const MOST_ROWS: u64 = 1_000_000;
/// The pledge that the Egapro list is about.
pub const EGAPRO_PLEDGE: &str = "SOC-EGA-01";

/// One of the lists that an administrator imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// The national list of approved ESUS (DG Trésor).
    Esus,
    /// The enterprises of the social economy, by ESS France.
    EssFrance,
    /// The directory of the Marché de l’inclusion: SIAE, EA, ESAT, GEIQ, SEP.
    Inclusion,
    /// The published indexes of professional equality.
    Egapro,
}

impl ListKind {
    pub const ALL: [Self; 4] = [Self::Esus, Self::EssFrance, Self::Inclusion, Self::Egapro];

    /// The word in addresses, commands and tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Esus => "esus",
            Self::EssFrance => "ess_france",
            Self::Inclusion => "inclusion",
            Self::Egapro => "egapro",
        }
    }

    /// The word in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::EssFrance => "ess-france",
            other => other.code(),
        }
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Esus => text(
                "Liste nationale des agréments ESUS",
                "National list of ESUS approvals",
            ),
            Self::EssFrance => text(
                "Liste des entreprises de l’ESS (ESS France)",
                "List of social-economy enterprises (ESS France)",
            ),
            Self::Inclusion => text(
                "Annuaire du Marché de l’inclusion",
                "Directory of the Marché de l’inclusion",
            ),
            Self::Egapro => text(
                "Index Egapro publiés",
                "Published professional equality indexes (Egapro)",
            ),
        }
    }

    /// Inside a sentence, with its article.
    pub const fn named(self) -> Text {
        match self {
            Self::Esus => text("la liste nationale ESUS", "the national ESUS list"),
            Self::EssFrance => text("la liste d’ESS France", "the ESS France list"),
            Self::Inclusion => text(
                "l’annuaire du Marché de l’inclusion",
                "the directory of the Marché de l’inclusion",
            ),
            Self::Egapro => text("la liste Egapro", "the Egapro list"),
        }
    }

    /// Who publishes it, and so who can correct it.
    pub const fn publisher(self) -> Text {
        match self {
            Self::Esus => text(
                "Direction générale du Trésor, d’après les préfectures",
                "Directorate General of the Treasury, from the prefectures",
            ),
            Self::EssFrance => text("ESS France, d’après l’Insee", "ESS France, from Insee"),
            Self::Inclusion => text(
                "Plateforme de l’inclusion",
                "Plateforme de l’inclusion (State platform)",
            ),
            Self::Egapro => text("Ministère du travail", "Ministry of labour"),
        }
    }

    /// What a row of it proves.
    pub const fn proves(self) -> Text {
        match self {
            Self::Esus => text(
                "L’agrément «\u{202F}entreprise solidaire d’utilité sociale\u{202F}» d’une entreprise (SIREN), avec ses dates si la liste les donne.",
                "The approval “solidarity enterprise of social utility” of a company (SIREN), with its dates where the list has them.",
            ),
            Self::EssFrance => text(
                "L’appartenance d’une entreprise (SIREN) à l’économie sociale et solidaire. Des sociétés commerciales de l’ESS en sont absentes.",
                "That a company (SIREN) belongs to the social economy. Commercial companies of the social economy are missing from it.",
            ),
            Self::Inclusion => text(
                "Qu’un établissement (SIRET) est une structure d’insertion ou de travail adapté ou protégé, et laquelle.",
                "That an establishment (SIRET) is a structure of insertion or of adapted or sheltered work, and which.",
            ),
            Self::Egapro => text(
                "L’index d’égalité professionnelle publié par une entreprise (SIREN) pour une année.",
                "The professional equality index that a company (SIREN) published for a year.",
            ),
        }
    }

    /// After so many days the list in force is called old: its publisher has put out another since.
    pub const fn fresh_days(self) -> i64 {
        match self {
            Self::Esus | Self::Inclusion => 62,
            // Indexes are due each year by 1 March.
            Self::EssFrance | Self::Egapro => 400,
        }
    }

    /// Whether a claim of this kind may be found in it.
    pub const fn concerns(self, kind: Kind) -> bool {
        match self {
            Self::Esus => matches!(kind, Kind::Esus),
            Self::EssFrance => matches!(kind, Kind::EssStatus | Kind::EssCompany),
            Self::Inclusion => is_in_directory(kind),
            Self::Egapro => false,
        }
    }

    /// The same for a claim, which may be a commitment that names a structure or a pledge about the index.
    pub fn concerns_claim(self, claim: &Claim) -> bool {
        match &claim.body {
            ClaimBody::Status(_) => self.concerns(claim.kind()),
            ClaimBody::Commitment(commitment) => commitment
                .structure
                .as_ref()
                .is_some_and(|structure| self.concerns(structure.kind)),
            ClaimBody::Pledge(pledge) => self == Self::Egapro && pledge.code == EGAPRO_PLEDGE,
            ClaimBody::Sme(_) => false,
        }
    }
}

/// The kinds of the directory of the Marché de l’inclusion.
pub(crate) const fn is_in_directory(kind: Kind) -> bool {
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
            | Kind::Geiq
            | Kind::Sep
    )
}

impl fmt::Display for ListKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown list")]
pub struct UnknownList;

impl FromStr for ListKind {
    type Err = UnknownList;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let code = code.replace('-', "_");
        let mut all = Self::ALL.into_iter();
        all.find(|list| list.code() == code).ok_or(UnknownList)
    }
}
