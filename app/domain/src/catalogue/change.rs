//! One change of the catalogue by the buyer, checked: it makes the next version, whole.

use std::collections::BTreeSet;

use super::{Catalogue, Label, Plan, Theme};
use crate::claims::Kind;
use crate::pledges::FAMILIES;
use crate::text::{Text, text};

/// The longest name, in characters.
pub const LONGEST_LABEL: usize = 160;

/// More staff than any threshold of the law.
const LARGEST_THRESHOLD: u32 = 100_000;

/// What an administrator changes at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Kind {
        kind: Kind,
        label: Label,
        offered: bool,
    },
    /// A theme by its code; a new one when there is none.
    Theme {
        code: Option<String>,
        label: Label,
        offered: bool,
        plans: Vec<String>,
    },
    Plan {
        code: Option<String>,
        label: Label,
        offered: bool,
    },
    Pledge {
        code: String,
        label: Label,
        offered: bool,
        theme: String,
        plans: Vec<String>,
        staff_from: Option<u32>,
        families: Vec<String>,
    },
}

/// Why a change is not possible, with the field to correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeError {
    LabelMissing,
    LabelTooLong,
    /// Another entry of the list has this name.
    LabelTaken,
    UnknownTheme,
    UnknownPlan,
    UnknownFamily,
    Threshold,
    /// The entry is not in the catalogue.
    Unknown,
    /// The version would say what the one before says.
    Nothing,
}

impl ChangeError {
    pub const fn message(self) -> Text {
        match self {
            Self::LabelMissing => text(
                "Donnez le nom dans les deux langues.",
                "Give the name in both languages.",
            ),
            Self::LabelTooLong => text(
                "Raccourcissez ce nom à 160\u{a0}caractères au plus.",
                "Shorten this name to 160 characters at most.",
            ),
            Self::LabelTaken => text(
                "Ce nom est déjà celui d’une autre ligne\u{a0}: choisissez-en un autre.",
                "Another line already has this name: choose another one.",
            ),
            Self::UnknownTheme => text(
                "Choisissez un thème de la liste.",
                "Choose a theme of the list.",
            ),
            Self::UnknownPlan => text(
                "Choisissez des plans de la liste.",
                "Choose plans of the list.",
            ),
            Self::UnknownFamily => text(
                "Choisissez des métiers de la liste.",
                "Choose trades of the list.",
            ),
            Self::Threshold => text(
                "Saisissez un seuil de 1 à 100\u{202f}000\u{a0}salariés, ou laissez vide.",
                "Type a threshold from 1 to 100,000 staff, or leave it empty.",
            ),
            Self::Unknown => text(
                "Cette ligne n’est plus au catalogue.",
                "This line is not in the catalogue any more.",
            ),
            Self::Nothing => text(
                "Rien n’a changé\u{a0}: modifiez une réponse, ou revenez à la liste.",
                "Nothing changed: change an answer, or go back to the list.",
            ),
        }
    }

    /// The field of the form that it is about.
    pub const fn field(self) -> &'static str {
        match self {
            Self::LabelMissing
            | Self::LabelTooLong
            | Self::LabelTaken
            | Self::Unknown
            | Self::Nothing => "label_fr",
            Self::UnknownTheme => "theme",
            Self::UnknownPlan => "plans",
            Self::UnknownFamily => "families",
            Self::Threshold => "staff_from",
        }
    }
}

impl Catalogue {
    /// The catalogue that a change makes of this one; its number is the next.
    pub fn changed(&self, change: Change) -> Result<Self, ChangeError> {
        let mut next = self.clone();
        match change {
            Change::Kind {
                kind,
                label,
                offered,
            } => {
                let label = named(label)?;
                let others = self.kinds.iter().filter(|entry| entry.kind != kind);
                free(&label, others.map(|entry| &entry.label))?;
                let entry = next.kinds.iter_mut().find(|entry| entry.kind == kind);
                let entry = entry.ok_or(ChangeError::Unknown)?;
                entry.label = label;
                entry.offered = offered;
            }
            Change::Theme {
                code,
                label,
                offered,
                plans,
            } => {
                let label = named(label)?;
                let others = self
                    .themes
                    .iter()
                    .filter(|theme| Some(&theme.code) != code.as_ref());
                free(&label, others.map(|theme| &theme.label))?;
                let taken = self.themes.iter().map(|theme| &theme.code);
                let theme = Theme {
                    code: code.clone().unwrap_or_else(|| new_code("theme", taken)),
                    label,
                    offered,
                    plans: self.known_plans(plans)?,
                };
                let same = |other: &Theme| Some(&other.code) == code.as_ref();
                put(&mut next.themes, theme, code.is_some(), same)?;
            }
            Change::Plan {
                code,
                label,
                offered,
            } => {
                let label = named(label)?;
                let others = self
                    .plans
                    .iter()
                    .filter(|plan| Some(&plan.code) != code.as_ref());
                free(&label, others.map(|plan| &plan.label))?;
                let taken = self.plans.iter().map(|plan| &plan.code);
                let plan = Plan {
                    code: code.clone().unwrap_or_else(|| new_code("plan", taken)),
                    label,
                    offered,
                };
                let same = |other: &Plan| Some(&other.code) == code.as_ref();
                put(&mut next.plans, plan, code.is_some(), same)?;
            }
            Change::Pledge {
                code,
                label,
                offered,
                theme,
                plans,
                staff_from,
                families,
            } => {
                let label = named(label)?;
                let others = self.pledges.iter().filter(|entry| entry.code != code);
                free(&label, others.map(|entry| &entry.label))?;
                self.theme(&theme).ok_or(ChangeError::UnknownTheme)?;
                if staff_from.is_some_and(|staff| staff == 0 || staff > LARGEST_THRESHOLD) {
                    return Err(ChangeError::Threshold);
                }
                let known = |code: &String| FAMILIES.iter().any(|family| family.code() == code);
                if !families.iter().all(known) {
                    return Err(ChangeError::UnknownFamily);
                }
                let plans = self.known_plans(plans)?;
                let entry = next.pledges.iter_mut().find(|entry| entry.code == code);
                let entry = entry.ok_or(ChangeError::Unknown)?;
                entry.label = label;
                entry.offered = offered;
                entry.theme = theme;
                entry.plans = plans;
                entry.staff_from = staff_from;
                entry.families = families;
            }
        }
        if next == *self {
            return Err(ChangeError::Nothing);
        }
        next.version = self.version + 1;
        Ok(next)
    }

    /// In the order of the catalogue, each once.
    fn known_plans(&self, codes: Vec<String>) -> Result<Vec<String>, ChangeError> {
        let mut asked: BTreeSet<String> = codes.into_iter().collect();
        let known = self
            .plans
            .iter()
            .filter(|plan| asked.remove(&plan.code))
            .map(|plan| plan.code.clone())
            .collect();
        if asked.is_empty() {
            Ok(known)
        } else {
            Err(ChangeError::UnknownPlan)
        }
    }
}

fn named(label: Label) -> Result<Label, ChangeError> {
    let label = Label {
        fr: label.fr.trim().to_owned(),
        en: label.en.trim().to_owned(),
    };
    if label.fr.is_empty() || label.en.is_empty() {
        return Err(ChangeError::LabelMissing);
    }
    let long = |words: &str| words.chars().count() > LONGEST_LABEL;
    if long(&label.fr) || long(&label.en) {
        return Err(ChangeError::LabelTooLong);
    }
    Ok(label)
}

fn free<'a>(label: &Label, others: impl Iterator<Item = &'a Label>) -> Result<(), ChangeError> {
    let same = |other: &Label| {
        other.fr.to_lowercase() == label.fr.to_lowercase()
            || other.en.to_lowercase() == label.en.to_lowercase()
    };
    let mut others = others;
    if others.any(same) {
        Err(ChangeError::LabelTaken)
    } else {
        Ok(())
    }
}

/// In the place of the one that it changes, or at the end.
fn put<T>(
    list: &mut Vec<T>,
    entry: T,
    there: bool,
    same: impl Fn(&T) -> bool,
) -> Result<(), ChangeError> {
    if there {
        let old = list.iter_mut().find(|other| same(other));
        *old.ok_or(ChangeError::Unknown)? = entry;
    } else {
        list.push(entry);
    }
    Ok(())
}

/// `theme-1`, `theme-2`…: plain enough for an address, and free of the name, which may change.
fn new_code<'a>(stem: &str, taken: impl Iterator<Item = &'a String> + Clone) -> String {
    (1..=taken.clone().count() + 1)
        .map(|number| format!("{stem}-{number}"))
        .find(|code| !taken.clone().any(|other| other == code))
        .unwrap_or_else(|| stem.to_owned())
}

#[cfg(test)]
mod tests;
