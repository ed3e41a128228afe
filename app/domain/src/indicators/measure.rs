//! The lists of contracts behind the figures: which contracts a number counts, and which it misses.

use crate::text::{Text, text};

/// A list of contracts of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    #[default]
    All,
    Environmental,
    NotEnvironmental,
    Social,
    NotSocial,
    /// Those whose amount counts.
    Amounts,
    Solidarity,
    Sme,
    Reserved,
    Innovative,
    Flagged,
}

impl Measure {
    pub const ALL: [Self; 11] = [
        Self::All,
        Self::Environmental,
        Self::NotEnvironmental,
        Self::Social,
        Self::NotSocial,
        Self::Amounts,
        Self::Solidarity,
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
            Self::NotEnvironmental => "sans-clause-environnementale",
            Self::Social => "clause-sociale",
            Self::NotSocial => "sans-clause-sociale",
            Self::Amounts => "montants",
            Self::Solidarity => "solidaires",
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
            Self::NotEnvironmental => text(
                "Sans clause environnementale",
                "Without environmental clause",
            ),
            Self::Social => text("Avec clause sociale", "With a social clause"),
            Self::NotSocial => text("Sans clause sociale", "Without social clause"),
            Self::Amounts => text("Dont le montant compte", "Whose amount counts"),
            Self::Solidarity => text(
                "Avec un titulaire solidaire",
                "With a solidarity enterprise",
            ),
            Self::Sme => text("Avec une PME titulaire", "With an SME"),
            Self::Reserved => text("Réservés", "Reserved"),
            Self::Innovative => text("Innovants", "Innovative"),
            Self::Flagged => text("Avec un signalement", "With a flag"),
        }
    }
}
