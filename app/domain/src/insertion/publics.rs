//! The publics of insertion, by category only: never a person, a health datum or a benefit of somebody (`domain.md` 4.3).

use serde::{Deserialize, Serialize};

use crate::form::Choice;
use crate::text::text;

/// A category of public, by its code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Public(String);

/// CCAG 2021, art. 16.1.1: by structure and by situation.
pub const PUBLICS: &[Choice] = &[
    Choice::new(
        "structure_iae",
        text(
            "Salariés d’une structure d’insertion (EI, ETTI, AI, ACI)",
            "Workers of an integration structure (EI, ETTI, AI, ACI)",
        ),
    ),
    Choice::new(
        "structure_handicap",
        text(
            "Salariés d’une EA, d’une EATT ou usagers d’un ESAT",
            "Workers of an EA, EATT or ESAT",
        ),
    ),
    Choice::new(
        "regie_quartier",
        text(
            "Salariés d’une régie de quartier",
            "Workers of a neighbourhood enterprise",
        ),
    ),
    Choice::new(
        "epide_e2c",
        text(
            "Jeunes de l’EPIDE ou de l’École de la deuxième chance",
            "Young people of EPIDE or second-chance schools",
        ),
    ),
    Choice::new(
        "deld",
        text(
            "Demandeurs d’emploi de longue durée (12 mois et plus)",
            "Long-term unemployed (12 months or more)",
        ),
    ),
    Choice::new(
        "minima_sociaux",
        text(
            "Allocataires de minima sociaux",
            "Recipients of minimum benefits",
        ),
    ),
    Choice::new(
        "boeth",
        text(
            "Bénéficiaires de l’obligation d’emploi (L5212-13)",
            "People covered by the employment obligation (L5212-13)",
        ),
    ),
    Choice::new(
        "jeune_peu_qualifie",
        text(
            "Jeunes de moins de 26 ans peu qualifiés",
            "Low-qualified people under 26",
        ),
    ),
    Choice::new(
        "senior",
        text("Personnes de 50 ans et plus", "People of 50 and over"),
    ),
    Choice::new(
        "qpv",
        text(
            "Habitants d’un quartier prioritaire (QPV)",
            "Residents of a priority neighbourhood (QPV)",
        ),
    ),
    Choice::new(
        "justice",
        text(
            "Personnes placées sous main de justice",
            "People under judicial supervision",
        ),
    ),
    Choice::new("refugie", text("Personnes réfugiées", "Refugees")),
    Choice::new("parent_isole", text("Parents isolés", "Single parents")),
];

impl Public {
    pub fn parse(code: &str) -> Option<Self> {
        PUBLICS
            .iter()
            .any(|choice| choice.code == code)
            .then(|| Self(code.to_owned()))
    }

    pub fn code(&self) -> &str {
        &self.0
    }
}
