//! A renewal on one screen: what is taken over exactly, what must be said anew, what is not taken over and why, then the oath.
//!
//! Reading it writes nothing; one form keeps what was chosen, goes on at a step, or signs and sends.

mod company;
mod lines;
mod words;

use domain::claims::ValidityState;
use domain::form::{Answers as _, STATEMENT_VERSION, Step as _};
use domain::lifecycle::Refusal;
use domain::renewal::Line;
use leptos::prelude::*;
use uuid::Uuid;

use super::form::{Marks, ask, questions};
use super::oath::{TICK, oath};
use super::verification::refusal_of;
use crate::catalogue::profile;
use crate::doors::renewal::typed_signature;
use crate::doors::supplier::declaration_path;
use crate::doors::supplier_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::islands::declaration::field_id;
use crate::pages::shared::load::{id_of_address, page, query};
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{
    Actions, Button, ButtonKind, EmptyState, ErrorSummary, Issue, Issues, Notice, PageTitle, Tone,
};
use crate::views::{QualificationLine, RenewalView, Renewing};

/// The time to renew has come: something ends within ninety days, or nothing is in force any more.
pub fn is_due(held: &[QualificationLine]) -> bool {
    let mut in_force = held.iter().filter(|line| !line.is_over()).peekable();
    in_force.peek().is_none() || in_force.any(|line| line.state == ValidityState::Expiring)
}

/// What is due is the main thing to do; before that, it is only possible.
pub const fn weight(due: bool) -> ButtonKind {
    if due {
        ButtonKind::Primary
    } else {
        ButtonKind::Secondary
    }
}

/// What the address asks for.
struct Asked {
    check: bool,
    note: Option<String>,
    refusal: Option<String>,
}

#[component]
pub fn RenewalPage() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), supplier_desk());
    let asked = Asked {
        check: query("verifier").is_some(),
        note: query("fait"),
        refusal: query("refus"),
    };
    let copy = query("saisie").and_then(|copy| Uuid::parse_str(&copy).ok());
    let load = async move {
        let (desk, id) = (desk?, id?);
        let mut found = desk.renewal(id).await?;
        if let (Renewing::Ready(view), Some(copy)) = (&mut found, copy)
            && let Some(typed) = desk.typed(id, copy).await?
        {
            view.signer = typed_signature(&typed);
        }
        Ok(found)
    };
    page(load, move |found| match found {
        Renewing::Ready(view) => draw(lang, &view, &asked),
        Renewing::Elsewhere(open) => {
            use_reply().redirect(declaration_path(open));
            ().into_any()
        }
    })
}

fn draw(lang: Lang, view: &RenewalView, asked: &Asked) -> AnyView {
    let issues = issues(lang, view, asked);
    let wrong = !issues.is_empty();
    let title = lang.pick("Renouveler votre déclaration", "Renew your declaration");
    let body = if view.renewal.is_possible() {
        form(lang, view, &issues)
    } else {
        nothing(lang, view)
    };
    view! {
        <PageTitle title=format!("{title}, {}", view.company_name) error=wrong/>
        <div class="page declaring renewal">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <ErrorSummary lang=lang issues=issues/>
            <h1>{title}</h1>
            <p class="lead">{view.company_name.clone()} ", SIREN " {view.siren.formatted()}</p>
            {noted(lang, asked)}
            {body}
        </div>
    }
    .into_any()
}

fn noted(lang: Lang, asked: &Asked) -> Option<AnyView> {
    let (tone, words) = match asked.note.as_deref()? {
        "enregistre" => (
            Tone::Success,
            lang.pick(
                "Vos choix sont enregistrés dans un brouillon. Rien n’est transmis tant que vous n’avez pas signé.",
                "Your choices are kept in a draft. Nothing is sent until you sign.",
            ),
        ),
        "modifie" => (
            Tone::Success,
            lang.pick(
                "Votre réponse est enregistrée. Il ne reste qu’à relire et à signer.",
                "Your answer is saved. All that is left is to read and sign.",
            ),
        ),
        "change" => (
            Tone::Warning,
            lang.pick(
                "Quelque chose a changé depuis que vous aviez ouvert cette page\u{A0}: rien n’a été transmis. Relisez, puis signez.",
                "Something has changed since you opened this page: nothing was sent. Read it again, then sign.",
            ),
        ),
        _ => return None,
    };
    Some(view! { <Notice tone=tone live=true><p>{words}</p></Notice> }.into_any())
}

fn issues(lang: Lang, view: &RenewalView, asked: &Asked) -> Issues {
    if !asked.check && asked.refusal.is_none() {
        return Issues::default();
    }
    let mut issues: Vec<Issue> = vec![];
    let first = view.company_errors.first();
    issues.extend(first.map(|error| Issue::new(company::ID, error.rule.message(lang))));
    let signing = view.signer.errors(view.today).into_iter();
    issues.extend(signing.map(|error| Issue::new(field_id(&error.path), error.rule.message(lang))));
    if let Some(refusal) = asked.refusal.as_deref().and_then(refusal_of) {
        let field = match refusal {
            Refusal::StatementNotTicked => TICK,
            _ => lines::ID,
        };
        if !issues.iter().any(|issue| issue.field == field) {
            issues.insert(0, Issue::new(field, refusal.message(lang)));
        }
    }
    Issues(issues)
}

/// Nothing is offered where nothing can be taken over: why, and how to declare all the same.
fn nothing(lang: Lang, view: &RenewalView) -> AnyView {
    let why = lines::left(lang, view);
    let amend = view
        .last
        .as_ref()
        .filter(|_| view.can_edit)
        .map(|(id, _, _)| {
            view! {
                <form method="post" action="/fn/amend-declaration">
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Button
                        label=lang.pick("Ouvrir une nouvelle déclaration", "Open a new declaration")
                        kind=ButtonKind::Secondary
                    />
                </form>
            }
        });
    view! {
        <EmptyState
            title=lang.pick("Rien ne peut être repris tel quel", "Nothing can be taken over as it is")
            text=lang
                .pick(
                    "Aucun statut ni engagement accepté ne peut être renouvelé. Vous pouvez faire une nouvelle déclaration.",
                    "No status or commitment that was accepted can be renewed. You may make a new declaration.",
                )
        >
            {amend}
        </EmptyState>
        {why}
    }
    .into_any()
}

fn form(lang: Lang, view: &RenewalView, issues: &Issues) -> AnyView {
    let sign = if view.can_sign {
        sign(lang, view, issues)
    } else {
        let words = Refusal::CannotSign.message(lang);
        view! { <Notice tone=Tone::Info><p>{words}</p></Notice> }.into_any()
    };
    let send = view.can_sign.then(|| {
        view! {
            <Button label=lang.pick("Signer et transmettre", "Sign and send") name="intent" value="submit"/>
        }
    });
    let actions = view.can_edit.then(|| {
        view! {
            <Actions>
                {send}
                <Button
                    label=lang.pick("Enregistrer le brouillon", "Save the draft")
                    kind=ButtonKind::Secondary
                    name="intent"
                    value="save"
                />
            </Actions>
        }
    });
    view! {
        {safe(lang, view)}
        <form class="known-form renewal-form" method="post" action="/fn/renew-declaration" novalidate>
            <button
                class="visually-hidden"
                type="submit"
                name="intent"
                value="save"
                tabindex="-1"
                aria-hidden="true"
            >
                {lang.pick("Enregistrer", "Save")}
            </button>
            <input type="hidden" name="id" value=view.id.to_string()/>
            <input type="hidden" name="seen" value=view.seen.clone()/>
            {lines::anew(lang, view)}
            {lines::taken(lang, view)}
            {company::section(lang, view)}
            {lines::left(lang, view)}
            <section class="statement" aria-labelledby="oath-title">
                <h2 id="oath-title">{lang.pick("Attestation sur l’honneur", "Sworn statement")}</h2>
                <p class="hint">
                    {lang
                        .pick(
                            "Vous attestez de ce qui est coché plus haut, et de rien d’autre.",
                            "You swear to what is ticked above, and to nothing else.",
                        )}
                </p>
                {sign}
            </section>
            {actions}
        </form>
    }
    .into_any()
}

/// What is in force stays; what is written, and where.
fn safe(lang: Lang, view: &RenewalView) -> impl IntoView + use<> {
    let from = view.last.as_ref().map(|(id, reference, day)| {
        let day = long_date(lang, *day);
        let (before, after) = match lang {
            Lang::Fr => (
                "Les réponses sont celles de la déclaration ",
                format!(", signée le {day}."),
            ),
            Lang::En => (
                "The answers are those of declaration ",
                format!(", signed on {day}."),
            ),
        };
        view! {
            <p>
                {before} <a href=declaration_path(*id)>{reference.clone()}</a> {after}
            </p>
        }
    });
    let written = if view.open {
        lang.pick(
            "Vos choix sont dans un brouillon, non transmis.",
            "Your choices are in a draft, not sent.",
        )
    } else {
        lang.pick(
            "Rien n’est encore enregistré ni transmis\u{A0}: cette page ne fait que lire.",
            "Nothing is saved or sent yet: this page only reads.",
        )
    };
    view! {
        <Notice tone=Tone::Info title=lang.pick("Ce qui est en vigueur le reste", "What is in force remains so")>
            <p>
                {lang
                    .pick(
                        "Vos qualifications actuelles ne changent pas tant que l’acheteur n’a pas décidé. Décochez ce que vous ne voulez pas renouveler, modifiez ce qui a changé, signez.",
                        "Your present qualifications do not change until the buyer decides. Untick what you do not wish to renew, change what has changed, sign.",
                    )}
            </p>
            {from}
            <p>{written}</p>
        </Notice>
    }
}

/// Who signed last signs again without typing anything; another person has a fold.
fn sign(lang: Lang, view: &RenewalView, issues: &Issues) -> AnyView {
    let marks = Marks {
        lang,
        issues: issues.clone(),
        doubts: vec![],
        profile: profile(&view.renewal.draft, &view.registry),
        documents: vec![],
        document_limits: view.document_limits,
        removed: None,
        members: vec![],
        sources: vec![],
    };
    let asked: Vec<_> = questions(&view.signer, "")
        .into_iter()
        .filter(|question| question.field.name != TICK)
        .collect();
    let whole = ["signer_name", "signer_quality", "capacity"]
        .into_iter()
        .all(|name| !view.signer.answer(name).trim().is_empty())
        && asked
            .iter()
            .all(|question| issues.of(&question.id()).0.is_none());
    let fields = asked
        .iter()
        .map(|question| ask(&marks, question))
        .collect_view();
    let who = if whole {
        let signer = words::signer(lang, &view.signer);
        view! {
            <p class="renewal-signer">{signer}</p>
            <details class="known-evidence">
                <summary>{lang.pick("Une autre personne signe", "Another person signs")}</summary>
                {fields}
            </details>
        }
        .into_any()
    } else {
        fields.into_any()
    };
    view! {
        {who}
        {oath(lang, issues)}
        <p class="hint">
            {lang.pick("Texte de l’attestation\u{A0}: version ", "Text of the statement: version ")}
            {STATEMENT_VERSION}
        </p>
    }
    .into_any()
}

/// Whether a line is shown among those that are chosen.
fn is_taken(line: &Line) -> bool {
    line.offered
}
