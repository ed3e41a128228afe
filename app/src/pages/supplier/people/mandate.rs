//! Where a firm or a network says for which company it prepares.

use domain::people::PeopleProblem;
use leptos::prelude::*;
use uuid::Uuid;

use super::fields::{self, Fields};
use crate::doors::people::MANDATE;
use crate::doors::people_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{page, query};
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{Actions, Button, ErrorSummary, MaybeWords, PageTitle, TextInput};
use crate::views::Typed;

#[component]
pub fn MandatePage() -> impl IntoView {
    let lang = use_lang();
    let desk = people_desk();
    let copy = query("saisie").and_then(|copy| Uuid::parse_str(&copy).ok());
    let load = async move {
        let desk = desk?;
        Ok(match copy {
            Some(copy) => desk.kept_form(MANDATE, copy).await?,
            None => None,
        })
    };
    page(load, move |typed: Option<Typed>| draw(lang, typed.as_ref()))
}

/// The id of the field that a problem is about.
const fn field(problem: PeopleProblem) -> &'static str {
    match problem {
        PeopleProblem::Organisation => "organisation",
        _ => "number",
    }
}

fn draw(lang: Lang, typed: Option<&Typed>) -> AnyView {
    let issues = fields::issues(lang, typed, field);
    let asked = Fields {
        lang,
        typed,
        issues: &issues,
    };
    if !issues.is_empty() {
        use_reply().status(422);
    }
    let title = lang.pick("Préparer pour une entreprise", "Prepare for a company");
    view! {
        <PageTitle title=title error=!issues.is_empty()/>
        <div class="page declaring">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title}</h1>
            <p class="lead">
                {lang
                    .pick(
                        "Expert-comptable, réseau, groupement\u{a0}: vous remplissez la déclaration, l’entreprise confirme votre mandat, signe et transmet. Vous retrouvez toutes vos entreprises dans votre espace.",
                        "Accountant, network, group: you fill in the declaration; the company confirms your mandate, signs and sends. All your companies are in your account.",
                    )}
            </p>
            <form method="post" action="/fn/prepare-for" novalidate>
                <TextInput
                    lang=lang
                    name="number"
                    label=lang.pick("SIRET ou SIREN de l’entreprise", "SIRET or SIREN of the company")
                    value=asked.said("number")
                    error=issues.of("number")
                    inputmode="numeric"
                    autocomplete="off"
                    width="medium"
                />
                {asked.my_organisation(MaybeWords::default(), false)}
                <Actions>
                    <Button label=lang.pick("Commencer à préparer", "Start preparing")/>
                </Actions>
            </form>
        </div>
    }
    .into_any()
}
