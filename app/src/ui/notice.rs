//! Messages set apart from the text: notices, and what a list says when it is empty.

use leptos::prelude::*;

use super::MaybeWords;
use crate::i18n::Words;

/// What a message or a status means; its colour only repeats what its words say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Draft, withdrawn, expired: nothing is expected.
    #[default]
    Neutral,
    /// In progress on the other side.
    Info,
    /// Something is expected from the reader.
    Warning,
    Success,
    Danger,
}

impl Tone {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Success => "success",
            Self::Danger => "danger",
        }
    }

    /// The classes of a chip.
    pub const fn chip(self) -> &'static str {
        match self {
            Self::Neutral => "chip chip-neutral",
            Self::Info => "chip chip-info",
            Self::Warning => "chip chip-warning",
            Self::Success => "chip chip-success",
            Self::Danger => "chip chip-danger",
        }
    }
}

/// A message about the page or about what was just done.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: MaybeWords,
    /// Announced by screen readers when the page shows it after an action.
    #[prop(optional)]
    live: bool,
    #[prop(optional, into)] id: MaybeWords,
    children: Children,
) -> impl IntoView {
    let role = live.then_some(if tone == Tone::Danger {
        "alert"
    } else {
        "status"
    });
    view! {
        <div class=format!("notice notice-{}", tone.word()) role=role id=id.0>
            {title.0.map(|title| view! { <p class="notice-title">{title}</p> })}
            {children()}
        </div>
    }
}

/// What an empty list says: why it is empty, and what to do.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Words,
    #[prop(optional, into)] text: MaybeWords,
    /// The way out, such as a link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {text.0.map(|text| view! { <p>{text}</p> })}
            {children.map(|children| children())}
        </div>
    }
}
