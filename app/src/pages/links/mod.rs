//! The page that links of others open, `/declarer`: what the link proposes, and for whom. Reading it changes nothing.

mod anonymous;
mod company;
mod help;
mod proposed;
mod words;

pub use company::card as company_card;
pub use help::LinksHelp;
pub use proposed::filled_notice;
pub use words::{parameter_words, proposed_words};

use domain::links::{Link, carried, read};
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

use crate::doors::{link_desk, supplier_desk};
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::page;
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{ButtonLink, Notice, PageTitle, Tone};
use crate::views::SearchOutcome;
use crate::visitor::{AccountRole, Visitor};

/// The query of the address, as it came.
fn raw_query() -> String {
    use_context::<RequestUrl>()
        .and_then(|url| {
            let (_, query) = url.as_ref().split_once('?')?;
            Some(query.split('#').next().unwrap_or_default().to_owned())
        })
        .unwrap_or_default()
}

#[component]
pub fn FollowLink() -> AnyView {
    let lang = use_lang();
    let query = carried(&raw_query());
    let Ok(link) = read(&query) else {
        use_reply().status(400);
        return too_long(lang).into_any();
    };
    let role = use_context::<Visitor>().and_then(|visitor| visitor.role());
    match role {
        Some(AccountRole::Supplier) => {
            let desk = supplier_desk();
            let asked = link.clone();
            let load = async move { desk?.link(&asked).await };
            view! { {page(load, move |view| proposed::show(lang, &query, &link, &view))} }
                .into_any()
        }
        role => {
            let agent = role.is_some();
            let (desk, number) = (link_desk(), link.number.clone());
            let load = async move {
                match number {
                    Some(number) => desk?.company(&number).await,
                    None => Ok(SearchOutcome::Empty),
                }
            };
            view! {
                {page(load, move |company| anonymous::show(lang, &query, &link, &company, agent))}
            }
            .into_any()
        }
    }
}

fn too_long(lang: Lang) -> impl IntoView {
    let title = lang.pick("Ce lien est trop long", "This link is too long");
    view! {
        <PageTitle title=title error=true/>
        <div class="page">
            <h1>{title}</h1>
            <Notice tone=Tone::Warning>
                <p>
                    {lang
                        .pick(
                            "Nous n’en reprenons rien. Prévenez la personne qui vous l’a donné, et commencez votre déclaration sans lui\u{A0}: rien ne manquera.",
                            "We take nothing from it. Tell whoever gave it to you, and start your declaration without it: nothing will be missing.",
                        )}
                </p>
            </Notice>
            <p>
                <ButtonLink
                    href=path::SUPPLIER
                    label=lang.pick("Commencer ma déclaration", "Start my declaration")
                />
            </p>
        </div>
    }
}

/// Without the company: which one.
fn ask_company(lang: Lang, query: &str, link: &Link) -> impl IntoView + use<> {
    use crate::ui::{Actions, Button, MaybeWords, TextInput};
    let wrong = link
        .refused
        .iter()
        .find(|refused| refused.name == domain::links::Parameter::Siret.name());
    let error = MaybeWords::from(wrong.map(|refused| refused.reason.message(lang)));
    let typed = wrong
        .map(|refused| refused.value.clone())
        .unwrap_or_default();
    let kept = domain::links::pairs(query)
        .into_iter()
        .filter(|(name, _)| name != domain::links::Parameter::Siret.name())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form class="search" method="get" action=domain::links::PAGE novalidate>
            <TextInput
                lang=lang
                name=domain::links::Parameter::Siret.name()
                label=lang.pick("SIRET ou SIREN de votre entreprise", "SIRET or SIREN of your company")
                hint=lang
                    .pick(
                        "14 ou 9 chiffres, inscrits sur vos factures. Par exemple 732 829 320 00074.",
                        "14 or 9 digits, printed on your invoices. For example 732 829 320 00074.",
                    )
                value=typed
                error=error
                inputmode="numeric"
                autocomplete="off"
            />
            {kept}
            <Actions>
                <Button label=lang.pick("Continuer", "Continue")/>
            </Actions>
        </form>
    }
}
