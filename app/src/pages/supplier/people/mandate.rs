//! Where a firm or a network says for which company it prepares.

use domain::people::{LONGEST_ORGANISATION, PeopleProblem};
use leptos::prelude::*;
use uuid::Uuid;

use crate::doors::people::MANDATE;
use crate::doors::people_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{page, query};
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{Actions, Button, ErrorSummary, Issue, Issues, PageTitle, TextInput};
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

fn draw(lang: Lang, typed: Option<&Typed>) -> AnyView {
    let said = |name: &str| typed.map_or(String::new(), |typed| typed.get(name).to_owned());
    let issues: Issues = typed
        .and_then(|typed| match PeopleProblem::from_code(&typed.problem) {
            Some(problem) => Some(Issue::new("organisation", problem.words().get(lang))),
            None if typed.problem.is_empty() => None,
            None => Some(Issue::new(
                "number",
                lang.pick(
                    "Ce n’est ni un SIRET (14 chiffres) ni un SIREN (9 chiffres) valide. Relisez-le sur une facture de l’entreprise.",
                    "This is neither a valid SIRET (14 digits) nor a valid SIREN (9 digits). Read it again on an invoice of the company.",
                ),
            )),
        })
        .into_iter()
        .collect();
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
                    value=said("number")
                    error=issues.of("number")
                    inputmode="numeric"
                    autocomplete="off"
                    width="medium"
                />
                <TextInput
                    lang=lang
                    name="organisation"
                    label=lang.pick("Votre cabinet ou réseau", "Your firm or network")
                    value=said("organisation")
                    error=issues.of("organisation")
                    autocomplete="organization"
                    maxlength=u32::try_from(LONGEST_ORGANISATION).unwrap_or_default()
                />
                <Actions>
                    <Button label=lang.pick("Commencer à préparer", "Start preparing")/>
                </Actions>
            </form>
        </div>
    }
    .into_any()
}
