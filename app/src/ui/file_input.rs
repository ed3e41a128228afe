//! A field that takes a file from the machine of the visitor.

use leptos::prelude::*;

use super::field::{described_by, invalid};
use super::{Field, MaybeWords};
use crate::i18n::{Lang, Words};

/// The form around it is sent as `multipart/form-data`.
#[component]
pub fn FileInput(
    lang: Lang,
    #[prop(into)] name: Words,
    #[prop(into)] label: Words,
    #[prop(optional, into)] hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    /// Endings and types that the browser offers first; others may be chosen all the same.
    #[prop(optional, into)]
    accept: MaybeWords,
) -> AnyView {
    let described = described_by(&name, &error, &hint);
    let wrong = invalid(&error);
    view! {
        <Field lang=lang id=name.clone() label=label hint=hint error=error>
            <input
                class="input input-file"
                type="file"
                id=name.clone()
                name=name
                accept=accept.0
                aria-describedby=described
                aria-invalid=wrong
            />
        </Field>
    }
    .into_any()
}
