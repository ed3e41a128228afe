//! The frame of one field: label, hint and error, tied to the input by their ids.

use leptos::prelude::*;

use super::MaybeWords;
use crate::i18n::{Lang, Words};

/// The ids that an input names in `aria-describedby`: its error first, then its hint.
pub fn described_by(id: &str, error: &MaybeWords, hint: &MaybeWords) -> Option<String> {
    match (error.is_some(), hint.is_some()) {
        (true, true) => Some(format!("{id}-error {id}-hint")),
        (true, false) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-hint")),
        (false, false) => None,
    }
}

/// The value of `aria-invalid`: absent when nothing is wrong.
pub(super) fn invalid(error: &MaybeWords) -> Option<&'static str> {
    error.is_some().then_some("true")
}

/// Label, hint, error, and the input given as children, which must carry `id` and [`described_by`].
#[component]
pub fn Field(
    lang: Lang,
    #[prop(into)] id: Words,
    #[prop(into)] label: Words,
    #[prop(optional, into)] hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    /// Adds "(facultatif)" to the label; every field without it is needed to send the form.
    #[prop(optional)]
    optional: bool,
    children: Children,
) -> AnyView {
    let class = if error.is_some() {
        "field field-wrong"
    } else {
        "field"
    };
    view! {
        <div class=class>
            <label class="label" for=id.clone()>
                {label}
                {optional_mark(lang, optional)}
            </label>
            {hint_line(&id, hint)}
            {error_line(lang, &id, error)}
            {children()}
        </div>
    }
    .into_any()
}

pub(super) fn optional_mark(lang: Lang, optional: bool) -> Option<impl IntoView> {
    optional.then(
        || view! { <span class="label-note">{lang.pick(" (facultatif)", " (optional)")}</span> },
    )
}

pub(super) fn hint_line(id: &str, hint: MaybeWords) -> Option<impl IntoView + use<>> {
    let id = format!("{id}-hint");
    hint.0
        .map(|hint| view! { <p class="hint" id=id>{hint}</p> })
}

pub(super) fn error_line(lang: Lang, id: &str, error: MaybeWords) -> Option<impl IntoView + use<>> {
    let id = format!("{id}-error");
    error.0.map(|error| {
        view! {
            <p class="error" id=id>
                <span class="visually-hidden">{lang.pick("Erreur\u{A0}: ", "Error: ")}</span>
                {error}
            </p>
        }
    })
}
