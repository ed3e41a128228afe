//! The pages that the law asks for: personal data, legal notice, cookies, accessibility.

use leptos::prelude::*;

use super::prose::{Prose, Reading, markdown};
use crate::i18n::{Text, text, use_lang};
use crate::ui::PageTitle;

static PRIVACY: Prose = Prose::new(
    || markdown(include_str!("texts/privacy.fr.md")),
    || markdown(include_str!("texts/privacy.en.md")),
);
static LEGAL: Prose = Prose::new(
    || markdown(include_str!("texts/legal.fr.md")),
    || markdown(include_str!("texts/legal.en.md")),
);
static COOKIES: Prose = Prose::new(
    || markdown(include_str!("texts/cookies.fr.md")),
    || markdown(include_str!("texts/cookies.en.md")),
);
static ACCESSIBILITY: Prose = Prose::new(
    || markdown(include_str!("texts/accessibility.fr.md")),
    || markdown(include_str!("texts/accessibility.en.md")),
);

fn notice(title: Text, prose: &'static Prose) -> impl IntoView {
    let lang = use_lang();
    let title = title.get(lang);
    view! {
        <PageTitle title=title/>
        <div class="page">
            <h1>{title}</h1>
            <Reading lang=lang prose=prose/>
        </div>
    }
}

#[component]
pub fn Privacy() -> impl IntoView {
    notice(text("Données personnelles", "Personal data"), &PRIVACY)
}

#[component]
pub fn Legal() -> impl IntoView {
    notice(text("Mentions légales", "Legal notice"), &LEGAL)
}

#[component]
pub fn Cookies() -> impl IntoView {
    notice(text("Cookies", "Cookies"), &COOKIES)
}

#[component]
pub fn Accessibility() -> impl IntoView {
    notice(
        text("Déclaration d’accessibilité", "Accessibility statement"),
        &ACCESSIBILITY,
    )
}
