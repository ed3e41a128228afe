//! A link followed by nobody we know, or by an agent: what it proposes, and what will happen.

use domain::links::{Link, Outcome, PAGE, Parameter, Proposal, value_of_query};
use leptos::prelude::*;

use super::ask_company;
use super::company::{card, is_closed, name};
use super::words::{proposals, refused};
use crate::i18n::Lang;
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{ButtonLink, Notice, PageTitle, Tone};
use crate::views::SearchOutcome;

/// Sign-in, which comes back here with the same link.
fn sign_in(query: &str) -> String {
    let next = value_of_query(&format!("{PAGE}?{query}"));
    format!("{}?next={next}", path::SIGN_IN)
}

pub(super) fn show(
    lang: Lang,
    query: &str,
    link: &Link,
    company: &SearchOutcome,
    agent: bool,
) -> AnyView {
    let site = use_site();
    let title = lang.pick("Une déclaration à commencer", "A declaration to start");
    let lead = match (name(company), lang) {
        (Some(name), Lang::Fr) => format!(
            "Ce lien propose de commencer la déclaration de {name} auprès de\u{A0}: {}.",
            site.buyer_name
        ),
        (Some(name), Lang::En) => format!(
            "This link proposes to start the declaration of {name} to {}.",
            site.buyer_name
        ),
        (None, Lang::Fr) => format!(
            "Ce lien propose de commencer une déclaration auprès de\u{A0}: {}. Dites d’abord pour quelle entreprise.",
            site.buyer_name
        ),
        (None, Lang::En) => format!(
            "This link proposes to start a declaration to {}. First say for which company.",
            site.buyer_name
        ),
    };
    let lines: Vec<Proposal> = link
        .given
        .iter()
        .filter(|given| given.parameter != Parameter::Siret)
        .map(|given| Proposal {
            given: given.clone(),
            outcome: Outcome::Fills,
        })
        .collect();
    let list = (!lines.is_empty()).then(|| {
        view! {
            <section aria-labelledby="proposed-title">
                <h2 id="proposed-title">{lang.pick("Ce que le lien propose", "What the link proposes")}</h2>
                {proposals(lang, &lines, false)}
            </section>
        }
    });
    let act = match (agent, link.number.is_some(), is_closed(company)) {
        (_, _, true) => ().into_any(),
        (true, ..) => view! {
            <Notice tone=Tone::Info title=lang.pick("Ce lien s’adresse aux fournisseurs", "This link is for suppliers")>
                <p>
                    {lang
                        .pick(
                            "Vous êtes connecté comme agent\u{A0}: vous voyez ce qu’un fournisseur verra, et rien ne peut être rempli d’ici.",
                            "You are signed in as an agent: you see what a supplier will see, and nothing can be filled in from here.",
                        )}
                </p>
            </Notice>
        }
        .into_any(),
        (false, false, _) => ask_company(lang, query, link).into_any(),
        (false, true, _) => view! {
            {next(lang)}
            <p>
                <ButtonLink
                    href=sign_in(query)
                    label=lang.pick("Se connecter pour continuer", "Sign in to continue")
                />
            </p>
        }
        .into_any(),
    };
    view! {
        <PageTitle title=title/>
        <div class="page declaring">
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {card(lang, company)}
            {list}
            {refused(lang, link)}
            {act}
        </div>
    }
    .into_any()
}

fn next(lang: Lang) -> impl IntoView {
    view! {
        <section aria-labelledby="next-title">
            <h2 id="next-title">{lang.pick("Ce qui va se passer", "What happens next")}</h2>
            <ol>
                <li>
                    {lang
                        .pick(
                            "Vous vous connectez avec votre adresse électronique, sans mot de passe. Le lien est gardé, même si vous recopiez le code sur un autre appareil.",
                            "You sign in with your e-mail address, without a password. The link is kept, even if you type the code on another device.",
                        )}
                </li>
                <li>
                    {lang
                        .pick(
                            "Vous revoyez ce qu’il propose, et vous seul décidez de le reprendre. Rien n’est enregistré avant.",
                            "You see again what it proposes, and you alone decide to take it. Nothing is stored before.",
                        )}
                </li>
                <li>
                    {lang
                        .pick(
                            "Vous vérifiez, complétez et signez la déclaration. Un lien ne répond jamais à votre place.",
                            "You check, complete and sign the declaration. A link never answers for you.",
                        )}
                </li>
            </ol>
        </section>
    }
}
