//! The themes of the scheme, the plans of the buyer that each serves, and the figures that say how it goes.

use crate::text::{Text, text};

/// A theme of the scheme: its three axes, and what it says of small enterprises and innovation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Theme {
    Ecological,
    Inclusive,
    Economy,
    Steering,
}

/// A plan of the buyer that purchases serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plan {
    Climate,
    Waste,
    Food,
    Insertion,
    Equality,
}

impl Theme {
    pub const ALL: [Self; 4] = [
        Self::Ecological,
        Self::Inclusive,
        Self::Economy,
        Self::Steering,
    ];

    /// The theme of a figure, by its code (`I1w` as `I1`).
    pub fn of(figure: &str) -> Self {
        match figure.get(..2) {
            Some("I1") => Self::Ecological,
            Some("I2" | "I3" | "I5" | "I8") => Self::Inclusive,
            Some("I4" | "I6") => Self::Economy,
            _ => Self::Steering,
        }
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Ecological => text("Achat écologique", "Ecological purchasing"),
            Self::Inclusive => text(
                "Achat inclusif et équitable",
                "Inclusive and equitable purchasing",
            ),
            Self::Economy => text(
                "Accès des PME et innovation",
                "Access for SMEs and innovation",
            ),
            Self::Steering => text("Gouvernance et pilotage", "Governance and steering"),
        }
    }

    pub const fn plans(self) -> &'static [Plan] {
        match self {
            Self::Ecological => &[Plan::Climate, Plan::Waste, Plan::Food],
            Self::Inclusive => &[Plan::Insertion, Plan::Equality],
            Self::Economy | Self::Steering => &[],
        }
    }
}

impl Plan {
    pub const fn label(self) -> Text {
        match self {
            Self::Climate => text(
                "plan climat-air-énergie métropolitain (PCAEM)",
                "metropolitan climate, air and energy plan (PCAEM)",
            ),
            Self::Waste => text(
                "plan de prévention et de gestion des déchets",
                "waste prevention and management plan",
            ),
            Self::Food => text(
                "projet alimentaire territorial (PAT)",
                "territorial food project (PAT)",
            ),
            Self::Insertion => text("dispositifs d’insertion", "insertion schemes"),
            Self::Equality => text(
                "actions pour l’égalité entre les femmes et les hommes",
                "actions for equality between women and men",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_is_of_one_theme_and_its_variants_with_it() {
        for (figure, theme) in [
            ("I1", Theme::Ecological),
            ("I1v", Theme::Ecological),
            ("I2w", Theme::Inclusive),
            ("I3low", Theme::Inclusive),
            ("I3s", Theme::Inclusive),
            ("I4v", Theme::Economy),
            ("I5", Theme::Inclusive),
            ("I6", Theme::Economy),
            ("I7", Theme::Steering),
            ("I8r", Theme::Inclusive),
            ("", Theme::Steering),
            ("é", Theme::Steering),
        ] {
            assert_eq!(Theme::of(figure), theme, "{figure}");
        }
    }
}
