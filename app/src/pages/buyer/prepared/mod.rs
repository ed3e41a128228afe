//! Drafts that agents prepare: those sent and what became of them, and preparing one for a company.

mod form;

pub use form::{FORM, issues, proposals};

use leptos::prelude::*;
use uuid::Uuid;

use super::frame::{Done, Lists};
use crate::doors::buyer_desk;
use crate::error::AppError;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::long_moment;
use crate::routes::path;
use crate::ui::{
    Actions, Button, ButtonKind, DescriptionList, EmptyState, Entry, MaybeWords, Notice, PageTitle,
    StatusChip, TextInput, Tone,
};
use crate::views::{PreparedLine, PreparedState};

/// In the address of the page: the company for which a draft is prepared.
const NUMBER: &str = "siret";

#[component]
pub fn PreparedDrafts() -> impl IntoView {
    let lang = use_lang();
    let (done, number) = (query("fait"), query(NUMBER));
    let copy = query("saisie").map(|copy| Uuid::parse_str(&copy).map_err(|_| AppError::NotFound));
    let desk = buyer_desk();
    let load = async move {
        let desk = desk?;
        let Some(number) = number else {
            return Ok((desk.prepared_drafts().await?, None));
        };
        let typed = match copy {
            Some(copy) => desk.kept_form(FORM, copy?).await?,
            None => None,
        };
        let found = desk.preparing(&number).await?;
        Ok((vec![], Some((number, found, typed))))
    };
    page(load, move |(lines, preparing)| match preparing {
        Some((number, found, typed)) => form::draw(lang, &number, &found, typed.as_ref()),
        None => draw(lang, done.as_deref(), lines),
    })
}

/// Asks for the company; a reading, whose address can be kept.
pub(super) fn search(lang: Lang, typed: &str, error: Option<String>) -> impl IntoView + use<> {
    view! {
        <form class="search" method="get" action=path::PREPARED novalidate>
            <TextInput
                lang=lang
                name=NUMBER
                label=lang.pick("SIRET ou SIREN de l’entreprise", "SIRET or SIREN of the company")
                hint=lang.pick("14 ou 9 chiffres, par exemple 732 829 320 00074", "14 or 9 digits, for example 732 829 320 00074")
                value=typed.to_owned()
                error=MaybeWords::from(error)
                inputmode="numeric"
                autocomplete="off"
            />
            <Actions>
                <Button label=lang.pick("Préparer un brouillon", "Prepare a draft")/>
            </Actions>
        </form>
    }
}

fn draw(lang: Lang, done: Option<&str>, lines: Vec<PreparedLine>) -> AnyView {
    let title = lang.pick("Brouillons préparés", "Prepared drafts");
    let list = if lines.is_empty() {
        view! {
            <EmptyState
                title=lang.pick("Aucun brouillon préparé", "No draft was prepared")
                text=lang
                    .pick(
                        "Préparez celui d’un fournisseur qui ne déclare pas encore\u{A0}: il n’aura qu’à vérifier et signer.",
                        "Prepare that of a supplier that does not declare yet: it will only have to check and sign.",
                    )
            />
        }
        .into_any()
    } else {
        lines
            .into_iter()
            .map(|line| card(lang, line))
            .collect_view()
            .into_any()
    };
    view! {
        <PageTitle title=title/>
        <div class="page agent">
            <h1>{title}</h1>
            <Lists lang=lang current=path::PREPARED/>
            <p class="lead">
                {lang
                    .pick(
                        "Vous proposez des réponses, et la personne de l’entreprise décide\u{A0}: rien n’est déclaré, signé ni transmis à sa place.",
                        "You propose answers, and the person of the company decides: nothing is declared, signed or sent in their place.",
                    )}
            </p>
            {done.map(|code| told(lang, code))}
            {search(lang, "", None)}
            <section aria-labelledby="drafts-title">
                <h2 id="drafts-title">{lang.pick("Envoyés", "Sent")}</h2>
                {list}
            </section>
        </div>
    }
    .into_any()
}

fn told(lang: Lang, code: &str) -> AnyView {
    let words = match code {
        "envoi" => lang.pick(
            "Brouillon préparé\u{A0}: un courriel part à son contact.",
            "Draft prepared: a mail goes to its contact.",
        ),
        "renvoi" => lang.pick(
            "Le courriel est renvoyé, et le brouillon attend trente jours de plus.",
            "The mail is sent again, and the draft waits for thirty more days.",
        ),
        "annulation" => lang.pick(
            "Brouillon retiré\u{A0}: son lien ne l’ouvre plus.",
            "Draft taken back: its link does not open it any more.",
        ),
        _ => {
            let words = lang.pick(
                "Quelqu’un y avait répondu entre-temps\u{A0}: rien n’a été fait.",
                "Somebody had answered in the meantime: nothing was done.",
            );
            return view! { <Notice tone=Tone::Warning live=true><p>{words}</p></Notice> }
                .into_any();
        }
    };
    view! { <Done text=words/> }.into_any()
}

fn state_words(lang: Lang, state: PreparedState) -> (&'static str, Tone) {
    match state {
        PreparedState::Waiting => (
            lang.pick("Envoyé, sans réponse", "Sent, no answer yet"),
            Tone::Info,
        ),
        PreparedState::Claimed => (lang.pick("Repris", "Taken"), Tone::Success),
        PreparedState::Declined => (
            lang.pick("Refusé par le contact", "Declined by the contact"),
            Tone::Warning,
        ),
        PreparedState::Cancelled => (lang.pick("Retiré", "Taken back"), Tone::Neutral),
        PreparedState::Expired => (lang.pick("Expiré", "Expired"), Tone::Neutral),
    }
}

fn card(lang: Lang, line: PreparedLine) -> AnyView {
    let id = line.id.to_string();
    let (title_id, heading_id) = (format!("draft-{id}"), format!("draft-{id}"));
    let (label, tone) = state_words(lang, line.state);
    let entries = vec![
        Entry::view(
            lang.pick("État", "State"),
            view! { <StatusChip label=label tone=tone/> }.into_any(),
        ),
        Entry::new(
            lang.pick("Contact", "Contact"),
            format!("{}\n{}", line.contact_name, line.email),
        ),
        Entry::new(
            lang.pick("Réponses proposées", "Proposed answers"),
            line.proposed.to_string(),
        ),
        Entry::new(
            lang.pick("Préparé", "Prepared"),
            match lang {
                Lang::Fr => format!("par {}, le {}", line.by_name, long_moment(lang, line.at)),
                Lang::En => format!("by {}, on {}", line.by_name, long_moment(lang, line.at)),
            },
        ),
        Entry::new(
            lang.pick("Attend jusqu’au", "Waits until"),
            long_date(lang, line.until),
        ),
    ];
    let open = matches!(line.state, PreparedState::Waiting | PreparedState::Expired);
    let about = format!("({})", line.company_name);
    let acts = open.then(|| {
        view! {
            <form method="post" action="/fn/change-prepared">
                <input type="hidden" name="id" value=id/>
                <Actions>
                    <Button
                        label=lang.pick("Renvoyer le courriel", "Send the mail again")
                        kind=ButtonKind::Secondary
                        name="intent"
                        value="send"
                        about=about.clone()
                    />
                    <Button
                        label=lang.pick("Retirer", "Take back")
                        kind=ButtonKind::Quiet
                        name="intent"
                        value="cancel"
                        about=about
                    />
                </Actions>
            </form>
        }
    });
    view! {
        <article class="card" aria-labelledby=title_id>
            <h3 id=heading_id>{line.company_name} <span class="row-note">"SIREN " {line.siren.formatted()}</span></h3>
            <DescriptionList entries=entries/>
            {acts}
        </article>
    }
    .into_any()
}
