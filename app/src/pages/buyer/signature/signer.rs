//! Who signs a decision: name and quality, prefilled from the account.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::ui::{Issues, TextInput};
use crate::views::Typed;
use crate::visitor::Visitor;

/// The name and the quality of the account, which every decision bears.
pub(in crate::pages::buyer) fn prefilled(visitor: &Visitor) -> Typed {
    let identity = visitor.identity();
    let given = |value: Option<&String>| value.cloned().unwrap_or_default();
    Typed {
        problem: String::new(),
        fields: [
            (
                "name".to_owned(),
                given(identity.and_then(|identity| identity.name.as_ref())),
            ),
            (
                "quality".to_owned(),
                given(identity.and_then(|identity| identity.quality.as_ref())),
            ),
        ]
        .into(),
    }
}

/// Who signs: prefilled from the account, and may be corrected.
#[component]
pub(in crate::pages::buyer) fn SignerFields(lang: Lang, typed: Typed, issues: Issues) -> AnyView {
    view! {
        <p>
            {lang
                .pick(
                    "Toute décision porte le prénom, le nom et la qualité de son auteur (article L212-1 du CRPA). L’entreprise les lit.",
                    "Every decision bears the first name, name and quality of its author (article L212-1 CRPA). The company reads them.",
                )}
        </p>
        <TextInput
            lang=lang
            name="name"
            label=lang.pick("Prénom et nom", "First and last name")
            value=typed.get("name").to_owned()
            error=issues.of("name")
            autocomplete="name"
            maxlength=200
        />
        <TextInput
            lang=lang
            name="quality"
            label=lang.pick("Qualité", "Quality")
            hint=lang.pick("Par exemple\u{a0}: cheffe du service des achats responsables", "For example: head of responsible purchasing")
            value=typed.get("quality").to_owned()
            autocomplete="organization-title"
            maxlength=200
        />
    }
    .into_any()
}
