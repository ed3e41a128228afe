//! The lists of contracts behind the figures: which contracts a number counts, and which it misses.

use crate::text::{Text, text};

/// A list of contracts of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    #[default]
    All,
    Environmental,
    EnvironmentalWide,
    NotEnvironmental,
    Social,
    SocialWide,
    NotSocial,
    /// Those whose amount counts.
    Amounts,
    Solidarity,
    /// All of their holders.
    SolidarityAlone,
    Sme,
    Reserved,
    Innovative,
    Flagged,
}

impl Measure {
    pub const ALL: [Self; 14] = [
        Self::All,
        Self::Environmental,
        Self::EnvironmentalWide,
        Self::NotEnvironmental,
        Self::Social,
        Self::SocialWide,
        Self::NotSocial,
        Self::Amounts,
        Self::Solidarity,
        Self::SolidarityAlone,
        Self::Sme,
        Self::Reserved,
        Self::Innovative,
        Self::Flagged,
    ];

    /// As addresses write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "tous",
            Self::Environmental => "clause-environnementale",
            Self::EnvironmentalWide => "clause-ou-critere-environnemental",
            Self::NotEnvironmental => "sans-clause-environnementale",
            Self::Social => "clause-sociale",
            Self::SocialWide => "clause-ou-critere-social",
            Self::NotSocial => "sans-clause-sociale",
            Self::Amounts => "montants",
            Self::Solidarity => "solidaires",
            Self::SolidarityAlone => "tous-solidaires",
            Self::Sme => "pme",
            Self::Reserved => "reserves",
            Self::Innovative => "innovants",
            Self::Flagged => "signales",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.code() == code)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::All => text("Tous les marchés de l’année", "All contracts of the year"),
            Self::Environmental => text(
                "Avec clause environnementale",
                "With an environmental clause",
            ),
            Self::EnvironmentalWide => text(
                "Avec clause ou critère environnemental",
                "With an environmental clause or criterion",
            ),
            Self::NotEnvironmental => text(
                "Sans clause environnementale",
                "Without environmental clause",
            ),
            Self::Social => text("Avec clause sociale", "With a social clause"),
            Self::SocialWide => text(
                "Avec clause ou critère social, ou réservés",
                "With a social clause or criterion, or reserved",
            ),
            Self::NotSocial => text("Sans clause sociale", "Without social clause"),
            Self::Amounts => text("Dont le montant compte", "Whose amount counts"),
            Self::Solidarity => text(
                "Avec un titulaire solidaire",
                "With a solidarity enterprise",
            ),
            Self::SolidarityAlone => text(
                "Dont tous les titulaires sont solidaires",
                "Held by solidarity enterprises alone",
            ),
            Self::Sme => text("Avec une PME titulaire", "With an SME"),
            Self::Reserved => text("Réservés", "Reserved"),
            Self::Innovative => text("Innovants", "Innovative"),
            Self::Flagged => text("Avec un signalement", "With a flag"),
        }
    }
}
