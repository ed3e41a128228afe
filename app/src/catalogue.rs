//! The catalogue in force, for the page that is drawn: how the buyer calls kinds, themes, plans and pledges today.

use std::sync::Arc;

use domain::catalogue::{Catalogue, Profile};
use domain::claims::Kind;
use domain::form::{Draft, Offered};
use domain::identifiers::StaffBand;
use domain::registry::RegistryState;
use leptos::prelude::use_context;

use crate::i18n::Lang;
use crate::ui::Choice;

/// The server gives it with each request; without it, the program's own.
pub fn use_catalogue() -> Arc<Catalogue> {
    use_context::<Arc<Catalogue>>().unwrap_or_default()
}

/// What decides which pledges are shown: the staff declared, else the most that the register allows, and the trades.
pub fn profile(draft: &Draft, registry: &RegistryState) -> Profile {
    let mut profile = draft.profile();
    if profile.staff.is_none() {
        profile.staff = registry
            .facts()
            .and_then(|facts| facts.staff_band.as_deref())
            .and_then(|code| StaffBand::parse(code).ok())
            .and_then(StaffBand::most);
    }
    profile
}

/// The choices of a list of the catalogue. The present answer stays in it even when it is not offered any more.
pub fn choices(lang: Lang, list: Offered, profile: &Profile, present: &str) -> Vec<Choice> {
    let catalogue = use_catalogue();
    let mut choices: Vec<Choice> = match list {
        Offered::Kinds => Kind::SOLIDARITY
            .into_iter()
            .filter(|kind| catalogue.offers(*kind))
            .map(|kind| Choice::new(kind.code(), catalogue.kind_label(kind, lang).to_owned()))
            .collect(),
        Offered::Pledges => catalogue
            .shown_to(profile)
            .into_iter()
            .flat_map(|(theme, pledges)| {
                let theme = theme.label.get(lang).to_owned();
                pledges.into_iter().map(move |entry| {
                    Choice::new(entry.code.clone(), entry.label.get(lang).to_owned())
                        .group(theme.clone())
                })
            })
            .collect(),
    };
    if !present.is_empty() && !choices.iter().any(|choice| choice.value == present) {
        let label = label_of(lang, list, present).unwrap_or_else(|| present.to_owned());
        choices.push(Choice::new(present.to_owned(), label));
    }
    choices
}

/// The name of an answer to a list of the catalogue.
pub fn label_of(lang: Lang, list: Offered, code: &str) -> Option<String> {
    let catalogue = use_catalogue();
    match list {
        Offered::Kinds => {
            let kind: Kind = code.parse().ok()?;
            Some(catalogue.kind_label(kind, lang).to_owned())
        }
        Offered::Pledges => Some(catalogue.pledge(code)?.label.get(lang).to_owned()),
    }
}
