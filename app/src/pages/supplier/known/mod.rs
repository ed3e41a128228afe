//! The page for whom registers already know: what is known and from where, the statuses that they prove, and the signature.
//!
//! Everything is in one form: whoever finds nothing to change reads, ticks and signs.

mod facts;
mod others;
mod statuses;

use domain::form::{CompanyStep, StepCode};
use domain::known::{Proven, known, proven};
use domain::lifecycle::{CommandKind, Refusal, Status};
use leptos::prelude::*;
use uuid::Uuid;

use super::answers::{label_at, with_label};
use super::form::{Marks, ask, kept_state, questions};
use super::oath::{TICK, oath, signer_or_contact};
use super::verification::refusal_of;
use crate::catalogue::use_catalogue;
use crate::doors::supplier::{declaration_path, step_path};
use crate::doors::supplier_desk;
use crate::i18n::{Lang, use_lang};
use crate::islands::declaration::field_id;
use crate::pages::shared::load::{id_of_address, page, query};
use crate::reply::use_reply;
use crate::shell::IslandScript;
use crate::ui::{
    Actions, Button, ButtonKind, ErrorSummary, Issue, Issues, Notice, PageTitle, Tone,
};
use crate::views::DeclarationView;
use statuses::{Line, lines};

pub use facts::source as fact_source;

/// Where this page is.
pub fn known_path(id: Uuid) -> String {
    format!("{}/registres", declaration_path(id))
}

/// The statuses that the company of this declaration may confirm.
pub fn proven_in(view: &DeclarationView) -> Vec<Proven> {
    let state = (&view.siren, &view.registry);
    proven(state, &view.listed, &use_catalogue(), view.today)
}

/// Nothing was answered yet beyond the company, and something is proved: this page is enough.
pub fn is_enough(view: &DeclarationView) -> bool {
    let untouched = [
        StepCode::Size,
        StepCode::Solidarity,
        StepCode::Insertion,
        StepCode::Pledges,
    ]
    .into_iter()
    .all(|step| !view.draft.started(step));
    untouched && view.status == Status::Draft && !proven_in(view).is_empty()
}

/// What the address asks for.
struct Asked {
    check: bool,
    note: Option<String>,
    refusal: Option<String>,
}

#[component]
pub fn KnownPage() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), supplier_desk());
    let asked = Asked {
        check: query("verifier").is_some(),
        note: query("fait"),
        refusal: query("refus"),
    };
    page(async move { desk?.declaration(id?).await }, move |view| {
        if view.allowed.contains(&CommandKind::Save) {
            draw(lang, &view, &asked)
        } else {
            use_reply().redirect(declaration_path(view.id));
            ().into_any()
        }
    })
}

fn draw(lang: Lang, view: &DeclarationView, asked: &Asked) -> AnyView {
    let names = use_catalogue();
    let facts = known((&view.siren, &view.registry), &view.listed, &names);
    let lines = lines(view, proven_in(view));
    let issues = issues(lang, view, asked, &lines);
    // Away from its field, an error names it.
    let summary = Issues(issues.iter().map(|(_, named)| named.clone()).collect());
    let issues = Issues(issues.into_iter().map(|(here, _)| here).collect());
    let wrong = !issues.is_empty();
    let title = lang.pick(
        "Ce que nous savons déjà de vous",
        "What we already know of you",
    );
    let lead = if lines.is_empty() {
        lang.pick(
            "Relisez ce que les registres disent de votre entreprise, puis ajoutez ce que vous voulez déclarer.",
            "Read what the registers say of your company, then add what you wish to declare.",
        )
    } else {
        lang.pick(
            "Relisez, complétez s’il manque quelque chose, signez\u{A0}: rien d’autre ne vous est demandé.",
            "Read, complete what is missing, sign: nothing else is asked of you.",
        )
    };
    view! {
        <PageTitle title=title error=wrong/>
        <div class="page declaring">
            <p class="back">
                <a href=declaration_path(view.id)>{lang.pick("Remplir étape par étape", "Fill in step by step")}</a>
            </p>
            <ErrorSummary lang=lang issues=summary/>
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {super::steps::save_state(lang, view)}
            {noted(lang, asked)}
            {facts::section(lang, view, &facts)}
            {confirm(lang, view, &lines, &issues)}
        </div>
    }
    .into_any()
}

fn noted(lang: Lang, asked: &Asked) -> Option<AnyView> {
    let (tone, words) = match asked.note.as_deref()? {
        "enregistre" => (
            Tone::Success,
            lang.pick(
                "Vos réponses sont enregistrées. Rien n’est transmis tant que vous n’avez pas signé.",
                "Your answers are saved. Nothing is sent until you sign.",
            ),
        ),
        "conteste" => (
            Tone::Success,
            lang.pick(
                "Votre réponse est gardée à côté de celle du registre. L’acheteur verra les deux une fois la déclaration transmise.",
                "Your answer is kept beside that of the register. The buyer sees both once the declaration is sent.",
            ),
        ),
        "accord" => (
            Tone::Success,
            lang.pick(
                "Vous ne contestez plus cette information.",
                "You do not contest this information any more.",
            ),
        ),
        "change" => (
            Tone::Warning,
            lang.pick(
                "Une autre personne a modifié la déclaration entre-temps. Vos réponses sont enregistrées\u{A0}: relisez-la, puis signez.",
                "Another person changed the declaration in between. Your answers are saved: read it again, then sign.",
            ),
        ),
        _ => return None,
    };
    Some(view! { <Notice tone=tone live=true><p>{words}</p></Notice> }.into_any())
}

/// What keeps the declaration from being sent, beside its field and away from it. What another step must correct is a link to
/// that step.
fn issues(
    lang: Lang,
    view: &DeclarationView,
    asked: &Asked,
    lines: &[Line],
) -> Vec<(Issue, Issue)> {
    if !asked.check && asked.refusal.is_none() {
        return vec![];
    }
    let mut issues: Vec<(Issue, Issue)> = vec![];
    for (step, error) in &view.errors {
        if is_the_contact(view, *step, &error.path) {
            continue;
        }
        let message = error.rule.message(lang);
        let field = match step {
            StepCode::Company | StepCode::Statement => Some(field_id(&error.path)),
            StepCode::Solidarity => statuses::field_of(lines, view, &error.path),
            StepCode::Size | StepCode::Insertion | StepCode::Pledges => None,
        };
        let issue = if let Some(field) = field {
            let label = match step {
                StepCode::Solidarity => statuses::label_of(lang, lines, view, &error.path),
                _ => label_at(lang, &view.draft, *step, &error.path),
            };
            let named = Issue::new(field.clone(), with_label(lang, label, message.clone()));
            (Issue::new(field, message), named)
        } else {
            let issue = Issue::new(others::ID, elsewhere(lang, *step));
            (issue.clone(), issue)
        };
        if !issues.contains(&issue) {
            issues.push(issue);
        }
    }
    if let Some(refusal) = asked.refusal.as_deref().and_then(refusal_of) {
        let field = match refusal {
            Refusal::StatementNotTicked => TICK,
            _ => statuses::ID,
        };
        if !issues.iter().any(|(issue, _)| issue.field == field) {
            let issue = Issue::new(field, refusal.message(lang));
            issues.push((issue.clone(), issue));
        }
    }
    issues
}

/// Who signs is the contact unless another name is given: what is missing there is asked once.
fn is_the_contact(view: &DeclarationView, step: StepCode, path: &str) -> bool {
    let missing = |field: &str| {
        let mut errors = view.errors.iter();
        errors.any(|(at, error)| *at == StepCode::Company && error.path == field)
    };
    let signer = &view.draft.statement;
    step == StepCode::Statement
        && signer.signer_name.is_empty()
        && signer.signer_quality.is_empty()
        && match path {
            "signer_name" => missing("contact_name"),
            "signer_quality" => missing("contact_role"),
            _ => false,
        }
}

fn elsewhere(lang: Lang, step: StepCode) -> String {
    let title = step.title().get(lang);
    match lang {
        Lang::Fr => {
            format!("«\u{202f}{title}\u{202f}»\u{A0}: une réponse est à compléter à cette étape")
        }
        Lang::En => format!("“{title}”: an answer is to be completed at this step"),
    }
}

fn confirm(lang: Lang, view: &DeclarationView, lines: &[Line], issues: &Issues) -> AnyView {
    let marks = Marks::plain(lang, view, issues);
    let can_sign = view.allowed.contains(&CommandKind::Submit);
    let sign = if can_sign {
        view! {
            <section aria-labelledby="oath-title">
                <h2 id="oath-title">{lang.pick("Attestation sur l’honneur", "Sworn statement")}</h2>
                {signer_or_contact(lang, view, issues)}
                {oath(lang, issues)}
            </section>
        }
        .into_any()
    } else {
        let words = Refusal::CannotSign.message(lang);
        view! { <Notice tone=Tone::Info><p>{words}</p></Notice> }.into_any()
    };
    view! {
        <form class="known-form" method="post" action="/fn/confirm-known" novalidate>
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
            <input type="hidden" name="version" value=view.version.to_string()/>
            {statuses::section(&marks, view, lines)}
            {contact(&marks, &view.draft.company)}
            {others::section(lang, view, lines)}
            {sign}
            <Actions>
                {can_sign
                    .then(|| {
                        view! {
                            <Button
                                label=lang.pick("Signer et transmettre", "Sign and send")
                                name="intent"
                                value="submit"
                            />
                        }
                    })}
                <Button
                    label=lang.pick("Enregistrer le brouillon", "Save the draft")
                    kind=ButtonKind::Secondary
                    name="intent"
                    value="save"
                />
            </Actions>
            {kept_state(lang, known_path(view.id), "version")}
        </form>
        <IslandScript/>
    }
    .into_any()
}

/// The person to talk to; the establishment and the name are those of the register, unless it does not say.
fn contact(marks: &Marks, company: &CompanyStep) -> AnyView {
    let lang = marks.lang;
    let fields = questions(company, "")
        .into_iter()
        .map(|question| {
            let known = matches!(question.field.name, "siret" | "name");
            let wrong = marks.issues.of(&question.id()).0.is_some();
            if known && !question.answer.is_empty() && !wrong {
                let (name, value) = (question.name(), question.answer);
                view! { <input type="hidden" name=name value=value/> }.into_any()
            } else {
                ask(marks, &question).into_any()
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="contact-title">
            <h2 id="contact-title">{lang.pick("Votre contact pour l’acheteur", "Your contact for the buyer")}</h2>
            {fields}
        </section>
    }
    .into_any()
}

/// Where a button of this page leads.
pub fn added(id: Uuid, intent: &str) -> Option<String> {
    let step = StepCode::from_slug(intent.strip_prefix("add-")?)?;
    Some(format!("{}?retour=verification", step_path(id, step)))
}
