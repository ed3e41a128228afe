//! A declaration for its supplier: where it stands and who holds the pen, what the buyer said, what can be done.

use domain::lifecycle::{
    CommandKind, Refusal, Side, Status, next_holder, status_label, status_sentence,
};
use leptos::prelude::*;

use super::actions::{actions, confirmation};
use super::document_list::infected;
use super::known::{is_enough, known_path};
use super::qualification::qualification_list;
use super::remarks::claims;
use super::steps::{next_step, rank, save_state, step_list};
use super::verification::refusal_of;
use crate::doors::supplier::{declaration_path, step_path};
use crate::doors::supplier_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::pages::shared::mails::{mails_path, mails_title};
use crate::pages::shared::wording::{moments, status_tone};
use crate::routes::path;
use crate::ui::{ButtonKind, ButtonLink, Notice, PageTitle, StatusChip, Timeline, Tone};
use crate::views::DeclarationView;

/// What the address asks for besides the declaration.
struct Asked {
    done: Option<String>,
    refusal: Option<String>,
    moved: bool,
    /// The person signed in again, for a step that is open in another tab.
    back: bool,
    confirm: Option<String>,
}

#[component]
pub fn DeclarationPage() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), supplier_desk());
    let asked = Asked {
        done: query("fait"),
        refusal: query("refus"),
        moved: query("change").is_some(),
        back: query("reconnexion").is_some(),
        confirm: query("confirmer"),
    };
    page(async move { desk?.declaration(id?).await }, move |view| {
        show(lang, &view, &asked)
    })
}

fn show(lang: Lang, view: &DeclarationView, asked: &Asked) -> AnyView {
    let title = match lang {
        Lang::Fr => format!("Déclaration {}", view.reference),
        Lang::En => format!("Declaration {}", view.reference),
    };
    let editable = view.allowed.contains(&CommandKind::Save);
    let refused = asked
        .refusal
        .as_deref()
        .and_then(refusal_of)
        .map(|refusal| refusal.message(lang));
    view! {
        <PageTitle title=format!("{title}, {}", view.company_name) error=refused.is_some()/>
        <div class="page declaring">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <h1>
                {lang.pick("Déclaration ", "Declaration ")} <span class="nowrap">{view.reference.clone()}</span>
            </h1>
            <p class="lead">
                {view.company_name.clone()} ", "
                <span class="nowrap">"SIREN " {view.siren.formatted()}</span>
            </p>
            {notices(lang, asked, refused)}
            {infected(lang, view)}
            {confirmation(lang, view, asked.confirm.as_deref())}
            {state(lang, view, editable)}
            <div class="with-steps">
                <div class="with-steps-main">
                    {(!view.claims.is_empty()).then(|| said(lang, view))}
                    {editable.then(|| steps(lang, view))}
                    {actions(lang, view)}
                </div>
                <div class="with-steps-side">{history(lang, view)}</div>
            </div>
            {held(lang, view)}
        </div>
    }
    .into_any()
}

fn notices(lang: Lang, asked: &Asked, refused: Option<String>) -> impl IntoView + use<> {
    let done = asked.done.as_deref().and_then(|done| match done {
        "reprise" => Some(lang.pick(
            "Vous avez repris la déclaration\u{A0}: elle est de nouveau un brouillon. L’acheteur en est informé.",
            "You took the declaration back: it is a draft again. The buyer has been told.",
        )),
        "recommencee" => Some(lang.pick(
            "La déclaration précédente est annulée, et l’acheteur en est informé. Voici la nouvelle, avec les mêmes réponses\u{A0}: modifiez-les, puis transmettez-la.",
            "The former declaration is cancelled, and the buyer has been told. Here is the new one, with the same answers: change them, then send it.",
        )),
        "retrait" => Some(lang.pick(
            "La déclaration est retirée. L’acheteur en est informé.",
            "The declaration is withdrawn. The buyer has been told.",
        )),
        _ => None,
    });
    let moved = asked.moved.then(|| {
        lang.pick(
            "La déclaration a changé d’état entre-temps\u{A0}: voici où elle en est.",
            "The declaration has moved on in the meantime: here is where it stands.",
        )
    });
    let back = asked.back.then(|| {
        lang.pick(
            "Vous êtes de nouveau connecté. Revenez à l’onglet où vous saisissiez\u{A0}: vos réponses y sont envoyées. Vous pouvez fermer celui-ci.",
            "You are signed in again. Go back to the tab where you were typing: your answers are sent from there. You may close this one.",
        )
    });
    view! {
        {refused
            .map(|words| {
                view! {
                    <Notice tone=Tone::Danger live=true title=lang.pick("Action impossible", "Not possible")>
                        <p>{words}</p>
                    </Notice>
                }
            })}
        {done
            .map(|words| {
                view! {
                    <Notice tone=Tone::Success live=true>
                        <p>{words}</p>
                    </Notice>
                }
            })}
        {moved
            .or(back)
            .map(|words| {
                view! {
                    <Notice tone=Tone::Info live=true>
                        <p>{words}</p>
                    </Notice>
                }
            })}
    }
}

/// The state line, with the one thing to do.
fn state(lang: Lang, view: &DeclarationView, editable: bool) -> impl IntoView + use<> {
    let status = view.status;
    let holder = match next_holder(status) {
        Some(Side::Supplier) => Some(lang.pick("La main est à vous.", "It is your turn.")),
        Some(Side::Buyer) => {
            Some(lang.pick("La main est à l’acheteur.", "It is the buyer’s turn."))
        }
        None => None,
    };
    let next = next_step(view);
    let go_on = editable.then(|| {
        let label = if view.status == Status::ChangesRequested {
            lang.pick("Corriger la déclaration", "Correct the declaration")
        } else if view.draft == domain::form::Draft::default() {
            lang.pick("Commencer", "Start")
        } else {
            lang.pick("Reprendre", "Resume")
        };
        let about = match lang {
            Lang::Fr => format!("à l’étape {}, {}", rank(next), next.title().fr),
            Lang::En => format!("at step {}, {}", rank(next), next.title().en),
        };
        let where_to = match lang {
            Lang::Fr => format!("Étape {}\u{A0}: {}", rank(next), next.title().fr),
            Lang::En => format!("Step {}: {}", rank(next), next.title().en),
        };
        view! {
            <div class="state-next">
                <ButtonLink href=step_path(view.id, next) label=label about=about/>
                <p class="hint" aria-hidden="true">{where_to}</p>
            </div>
        }
    });
    let known = editable.then(|| {
        let words = if is_enough(view) {
            lang.pick(
                "Confirmer en une page ce que les registres savent déjà",
                "Confirm on one page what the registers already know",
            )
        } else {
            lang.pick(
                "Ce que les registres disent de votre entreprise",
                "What the registers say of your company",
            )
        };
        view! {
            <p>
                <a href=known_path(view.id)>{words}</a>
            </p>
        }
    });
    let receipt = view.revision.map(|_| {
        view! {
            <p>
                <a href=format!(
                    "{}/accuse",
                    declaration_path(view.id),
                )>{lang.pick("Voir l’accusé de réception", "See the acknowledgement of receipt")}</a>
            </p>
        }
    });
    // Whoever prepares for others does not send.
    let prepares = status == Status::Draft && !view.allowed.contains(&CommandKind::Submit);
    let sentence = if prepares {
        lang.pick(
            "Brouillon, non transmis. Une personne de l’entreprise qui en a le droit le signe et le transmet.",
            "Draft, not sent. A person of the company who may do so signs and sends it.",
        )
    } else {
        status_sentence(status, Side::Supplier).get(lang)
    };
    view! {
        <section class="state" aria-labelledby="state-title">
            <h2 id="state-title" class="visually-hidden">{lang.pick("Où en est la déclaration", "Where it stands")}</h2>
            <p class="state-line">
                <StatusChip label=status_label(status).get(lang) tone=status_tone(status)/>
                {holder.map(|words| view! { <strong>{words}</strong> })}
            </p>
            <p>{sentence}</p>
            {editable.then(|| save_state(lang, view))}
            {go_on}
            {known}
            {receipt}
        </section>
    }
}

fn said(lang: Lang, view: &DeclarationView) -> impl IntoView + use<> {
    let heading = match view.status {
        Status::Submitted | Status::InReview => {
            lang.pick("Ce que vous avez transmis", "What you sent")
        }
        Status::Draft | Status::Withdrawn => {
            lang.pick("Ce que vous aviez transmis", "What you had sent")
        }
        _ => lang.pick("La réponse de l’acheteur", "The buyer’s answer"),
    };
    view! {
        <section aria-labelledby="said-title">
            <h2 id="said-title">{heading}</h2>
            {claims(lang, view)}
        </section>
    }
}

fn steps(lang: Lang, view: &DeclarationView) -> impl IntoView + use<> {
    view! {
        <section aria-labelledby="steps-title">
            <h2 id="steps-title">{lang.pick("Les étapes", "The steps")}</h2>
            {step_list(lang, view, None)}
        </section>
    }
}

fn history(lang: Lang, view: &DeclarationView) -> impl IntoView + use<> {
    view! {
        <section aria-labelledby="history-title">
            <h2 id="history-title">{lang.pick("Historique", "History")}</h2>
            <Timeline moments=moments(&view.timeline, &declaration_path(view.id), lang)/>
            {view
                .revision
                .map(|_| {
                    view! {
                        <p>
                            <a href=mails_path(&declaration_path(view.id))>{mails_title(lang)}</a>
                        </p>
                    }
                })}
        </section>
    }
}

fn held(lang: Lang, view: &DeclarationView) -> Option<impl IntoView + use<>> {
    (!view.qualifications.is_empty()).then(|| {
        view! {
            <section class="wide" aria-labelledby="held-title">
                <h2 id="held-title">{lang.pick("Vos qualifications", "Your qualifications")}</h2>
                {qualification_list(lang, &view.qualifications)}
            </section>
        }
    })
}

/// A refusal that may stand in an address, for the pages that show one.
pub(super) fn refusal_words(lang: Lang, code: &str) -> Option<String> {
    refusal_of(code).map(|refusal: Refusal| refusal.message(lang))
}

/// Only a link with the weight of a button.
pub(super) fn secondary(href: String, label: &'static str) -> impl IntoView {
    view! { <ButtonLink href=href label=label kind=ButtonKind::Secondary/> }
}
