//! One-line inputs: text, and amounts of money.

use leptos::prelude::*;

use super::field::{described_by, invalid};
use super::{Field, MaybeWords};
use crate::i18n::{Lang, Words};

/// A one-line text field. The value is rendered by the server with `value=`, escaped.
#[component]
pub fn TextInput(
    lang: Lang,
    #[prop(into)] name: Words,
    #[prop(into)] label: Words,
    #[prop(optional, into)] value: Words,
    #[prop(optional, into)] hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    /// Defaults to the name.
    #[prop(optional, into)]
    id: MaybeWords,
    #[prop(optional)] optional: bool,
    /// `text`, `email`, `tel`, `search` or `password`: never `number`, which changes with the mouse wheel.
    #[prop(default = "text")]
    kind: &'static str,
    /// A token of the HTML standard such as `email` or `organization`.
    #[prop(optional, into)]
    autocomplete: MaybeWords,
    #[prop(optional, into)] inputmode: MaybeWords,
    /// How many characters the field should look made for: `short`, `medium` or `long`.
    #[prop(default = "long")]
    width: &'static str,
    /// Written after the field, such as a unit.
    #[prop(optional, into)]
    suffix: MaybeWords,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional)] readonly: bool,
    /// Takes the focus when the page opens: after a row was added, never on a first visit.
    #[prop(optional)]
    autofocus: bool,
) -> AnyView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described = described_by(&id, &error, &hint);
    let wrong = invalid(&error);
    let class = format!("input input-{width}");
    let input = view! {
        <input
            class=class
            type=kind
            id=id.clone()
            name=name
            value=value
            aria-describedby=described
            aria-invalid=wrong
            autocomplete=autocomplete.0
            inputmode=inputmode.0
            maxlength=maxlength
            readonly=readonly
            autofocus=autofocus
            spellcheck="false"
        />
    };
    let input = match suffix.0 {
        Some(suffix) => view! {
            <span class="input-group">
                {input}
                <span class="input-suffix" aria-hidden="true">{suffix}</span>
            </span>
        }
        .into_any(),
        None => input.into_any(),
    };
    view! {
        <Field lang=lang id=id label=label hint=hint error=error optional=optional>
            {input}
        </Field>
    }
    .into_any()
}

/// An amount in euros, typed as people type it: the server reads spaces, commas and points.
#[component]
pub fn MoneyInput(
    lang: Lang,
    #[prop(into)] name: Words,
    /// Names the unit, such as "Chiffre d’affaires hors taxes, en euros": the sign beside the field is decoration.
    #[prop(into)]
    label: Words,
    #[prop(optional, into)] value: Words,
    #[prop(optional, into)] hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    #[prop(optional, into)] id: MaybeWords,
    #[prop(optional)] optional: bool,
) -> AnyView {
    view! {
        <TextInput
            lang=lang
            name=name
            label=label
            value=value
            hint=hint
            error=error
            id=id
            optional=optional
            inputmode="decimal"
            autocomplete="off"
            width="medium"
            suffix="€"
        />
    }
    .into_any()
}
