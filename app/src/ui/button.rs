//! Buttons that post, and links that look like buttons.

use leptos::prelude::*;

use super::MaybeWords;
use crate::i18n::Words;

/// The weight of a button: one primary button a page, at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Primary,
    Secondary,
    /// Looks like a link: removing a row, cancelling.
    Quiet,
    /// Cannot be undone: withdraw, revoke.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A submit button; `name` and `value` tell the server which button was used.
#[component]
pub fn Button(
    #[prop(into)] label: Words,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] name: MaybeWords,
    #[prop(optional, into)] value: MaybeWords,
    #[prop(optional, into)] id: MaybeWords,
    /// Completes the label for a screen reader when several buttons of the page say the same.
    #[prop(optional, into)]
    about: MaybeWords,
    #[prop(optional, into)] formaction: MaybeWords,
    #[prop(optional, into)] formmethod: MaybeWords,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    view! {
        <button
            class=kind.class()
            type="submit"
            id=id.0
            name=name.0
            value=value.0
            formaction=formaction.0
            formmethod=formmethod.0
            disabled=disabled
        >
            {label}
            {about.0.map(|about| view! { <span class="visually-hidden">" " {about}</span> })}
        </button>
    }
}

/// A link with the weight of a button; it never changes anything on the server.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: Words,
    #[prop(into)] label: Words,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] about: MaybeWords,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {label}
            {about.0.map(|about| view! { <span class="visually-hidden">" " {about}</span> })}
        </a>
    }
}

/// The row of buttons at the end of a form.
#[component]
pub fn Actions(children: Children) -> impl IntoView {
    view! { <div class="actions">{children()}</div> }
}
