//! The catalogue that comes with the program: the themes that the scheme names, the plans that it serves (`domain.md` 5.1).

use super::{Catalogue, KindEntry, Label, Plan, PledgeEntry, Theme};
use crate::claims::Kind;
use crate::pledges::TAXONOMY;
use crate::text::{Text, text};

/// The themes to which the figures of a year belong: they may be renamed or taken off the form, not removed.
pub const ECOLOGICAL: &str = "ecological";
pub const INCLUSIVE: &str = "inclusive";
pub const ECONOMY: &str = "economy";
pub const STEERING: &str = "steering";

const THEMES: [(&str, Text, &[&str]); 4] = [
    (
        ECOLOGICAL,
        text("Achat écologique", "Ecological purchasing"),
        &["climate", "waste", "food"],
    ),
    (
        INCLUSIVE,
        text(
            "Achat inclusif et équitable",
            "Inclusive and equitable purchasing",
        ),
        &["insertion", "equality"],
    ),
    (
        ECONOMY,
        text(
            "Accès des PME et innovation",
            "Access for SMEs and innovation",
        ),
        &[],
    ),
    (
        STEERING,
        text("Gouvernance et pilotage", "Governance and steering"),
        &[],
    ),
];

const PLANS: [(&str, Text); 5] = [
    (
        "climate",
        text(
            "plan climat-air-énergie métropolitain (PCAEM)",
            "metropolitan climate, air and energy plan (PCAEM)",
        ),
    ),
    (
        "waste",
        text(
            "plan de prévention et de gestion des déchets",
            "waste prevention and management plan",
        ),
    ),
    (
        "food",
        text(
            "projet alimentaire territorial (PAT)",
            "territorial food project (PAT)",
        ),
    ),
    (
        "insertion",
        text("dispositifs d’insertion", "insertion schemes"),
    ),
    (
        "equality",
        text(
            "actions pour l’égalité entre les femmes et les hommes",
            "actions for equality between women and men",
        ),
    ),
];

impl Default for Catalogue {
    fn default() -> Self {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Self {
            version: 0,
            kinds: Kind::ALL
                .into_iter()
                .map(|kind| KindEntry {
                    kind,
                    label: kind.label().into(),
                    // Declaring it reveals a person's disability: it waits for a review by the data protection officer.
                    offered: kind != Kind::Tih,
                })
                .collect(),
            themes: THEMES
                .iter()
                .map(|(code, label, plans)| Theme {
                    code: (*code).to_owned(),
                    label: Label::from(*label),
                    plans: owned(plans),
                    offered: true,
                })
                .collect(),
            plans: PLANS
                .iter()
                .map(|(code, label)| Plan {
                    code: (*code).to_owned(),
                    label: Label::from(*label),
                    offered: true,
                })
                .collect(),
            pledges: TAXONOMY
                .iter()
                .map(|definition| PledgeEntry {
                    code: definition.code.to_owned(),
                    label: definition.label.into(),
                    offered: true,
                    theme: definition.theme.to_owned(),
                    plans: owned(definition.plans),
                    staff_from: definition.staff_from,
                    families: definition
                        .families
                        .iter()
                        .map(|family| family.code().to_owned())
                        .collect(),
                })
                .collect(),
        }
    }
}

impl Catalogue {
    /// A stored version, with what the program learnt since: a kind or pledge that it did not know then is taken as it comes.
    #[must_use]
    pub fn completed(mut self) -> Self {
        let standard = Self::default();
        for entry in standard.kinds {
            if self.kind(entry.kind).is_none() {
                self.kinds.push(entry);
            }
        }
        for theme in standard.themes {
            if self.theme(&theme.code).is_none() {
                self.themes.push(theme);
            }
        }
        for entry in standard.pledges {
            if self.pledge(&entry.code).is_none() {
                self.pledges.push(entry);
            }
        }
        self
    }
}
