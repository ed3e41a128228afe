//! The last step: every answer with a link to change it, the list of what is declared, and the sworn statement.

use domain::form::{FieldError, Snapshot, StepCode};
use domain::lifecycle::{CommandKind, Refusal};
use leptos::prelude::*;

use super::answered::answers_of;
use super::answers::{label_at, with_label};
use super::contest_page::contest_path;
use super::form::kept_state;
use super::oath::{TICK, oath, signer};
use super::step_page::{Asked, breadcrumb, count, lower};
use super::steps::{rank, save_state, step_list};
use crate::catalogue::use_catalogue;
use crate::doors::supplier::step_path;
use crate::i18n::Lang;
use crate::islands::declaration::field_id;
use crate::islands::typing::ForgetsTyping;
use crate::pages::shared::claim::{claim_facts, claim_title};
use crate::pages::shared::contest::{contest_facts, contest_title};
use crate::shell::IslandScript;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonLink, DescriptionList, Entry, ErrorSummary, Issue, Issues,
    Notice, PageTitle, Tone,
};
use crate::views::DeclarationView;

const STEPS: [StepCode; 5] = [
    StepCode::Company,
    StepCode::Size,
    StepCode::Solidarity,
    StepCode::Insertion,
    StepCode::Pledges,
];
const CLAIMS: &str = "affirmations";

pub(super) fn check_page(
    lang: Lang,
    view: DeclarationView,
    asked: Asked,
    refusal: Option<String>,
) -> AnyView {
    let step = StepCode::Statement;
    let issues = issues(lang, &view, asked, refusal.as_deref());
    let wrong = !issues.is_empty();
    let title = step.title().get(lang);
    let count = count(lang, step);
    let sections = STEPS
        .into_iter()
        .map(|step| answers_of(lang, &view, step))
        .collect_view();
    view! {
        <PageTitle title=format!("{title}, {}", lower(&count)) error=wrong/>
        <div class="page declaring">
            {breadcrumb(lang, &view)}
            <ErrorSummary lang=lang issues=named(lang, &view, &issues)/>
            <p class="step-count">{count}</p>
            <h1>{title}</h1>
            {save_state(lang, &view)}
            <div class="with-steps">
                <div class="with-steps-main">
                    {sections}
                    {declared(lang, view.preview.as_ref(), &view)}
                    {contested(lang, &view)}
                    {sign(lang, &view, issues)}
                </div>
                <div class="with-steps-side">{step_list(lang, &view, Some(step))}</div>
            </div>
        </div>
        <ForgetsTyping/>
        <IslandScript/>
    }
    .into_any()
}

/// What keeps the declaration from being sent; only once the person tried.
fn issues(lang: Lang, view: &DeclarationView, asked: Asked, refusal: Option<&str>) -> Issues {
    if !asked.check && refusal.is_none() {
        return Issues::default();
    }
    let mut issues: Vec<Issue> = STEPS
        .into_iter()
        .filter_map(|step| {
            let wrong = view.errors.iter().filter(|(at, _)| *at == step).count();
            (wrong > 0).then(|| Issue::new(step.slug(), to_correct(lang, step, wrong)))
        })
        .collect();
    // Who may not sign is asked nothing of the signature.
    let signs = complete(view) && view.allowed.contains(&CommandKind::Submit);
    issues.extend(
        view.errors
            .iter()
            .filter(|(at, _)| *at == StepCode::Statement && signs)
            .map(|(_, error)| Issue::new(field_id(&error.path), error.rule.message(lang))),
    );
    if let Some(refusal) = refusal.and_then(refusal_of) {
        let field = match refusal {
            Refusal::StatementNotTicked => TICK,
            _ => CLAIMS,
        };
        let known = issues.iter().any(|issue| issue.field == field);
        if !known {
            issues.push(Issue::new(field, refusal.message(lang)));
        }
    }
    Issues(issues)
}

/// Away from its field, an error names it.
fn named(lang: Lang, view: &DeclarationView, issues: &Issues) -> Issues {
    let with_its_name = |issue: &Issue| {
        let of = |(at, error): &&(StepCode, FieldError)| {
            *at == StepCode::Statement && field_id(&error.path) == issue.field
        };
        let Some((step, error)) = view.errors.iter().find(of) else {
            return issue.clone();
        };
        let label = label_at(lang, &view.draft, *step, &error.path);
        let message = with_label(lang, label, issue.message.clone().into_owned());
        Issue::new(issue.field.clone(), message)
    };
    issues.0.iter().map(with_its_name).collect()
}

/// A refusal named in an address; one that carries more than its name is not.
pub(super) fn refusal_of(code: &str) -> Option<Refusal> {
    serde_json::from_value(serde_json::json!({ "code": code })).ok()
}

fn to_correct(lang: Lang, step: StepCode, wrong: usize) -> String {
    let (rank, title) = (rank(step), step.title().get(lang));
    match (lang, wrong) {
        (Lang::Fr, 1) => format!("Étape {rank}, {title}\u{A0}: une réponse à compléter"),
        (Lang::Fr, n) => format!("Étape {rank}, {title}\u{A0}: {n} réponses à compléter"),
        (Lang::En, 1) => format!("Step {rank}, {title}: one answer to complete"),
        (Lang::En, n) => format!("Step {rank}, {title}: {n} answers to complete"),
    }
}

fn declared(
    lang: Lang,
    preview: Option<&Snapshot>,
    view: &DeclarationView,
) -> impl IntoView + use<> {
    let body = match preview {
        Some(snapshot) if !snapshot.claims.is_empty() => claims(lang, snapshot).into_any(),
        Some(_) => view! { <p>{Refusal::NothingDeclared.message(lang)}</p> }.into_any(),
        None => view! {
            <p>
                {lang
                    .pick(
                        "La liste apparaîtra ici une fois les réponses complètes.",
                        "The list appears here once the answers are complete.",
                    )}
            </p>
        }
        .into_any(),
    };
    let doubts: Vec<_> = view
        .warnings
        .iter()
        .map(|(_, _, warning)| warning.message().get(lang))
        .collect();
    let doubts = (!doubts.is_empty()).then(|| {
        let items = doubts.iter().map(|doubt| view! { <li>{*doubt}</li> }).collect_view();
        view! {
            <Notice
                tone=Tone::Info
                title=lang.pick("À vérifier, sans vous bloquer", "Worth a second look, without stopping you")
            >
                <ul>{items}</ul>
            </Notice>
        }
    });
    view! {
        <section class="declared" id=CLAIMS tabindex="-1" aria-labelledby="declared-title">
            <h2 id="declared-title">{lang.pick("Ce que vous déclarez", "What you declare")}</h2>
            {body}
            {doubts}
        </section>
    }
}

/// What the registers say, and the signer swears to be otherwise.
fn contested(lang: Lang, view: &DeclarationView) -> Option<AnyView> {
    let contests = &view.preview.as_ref()?.contests;
    if contests.is_empty() {
        return None;
    }
    let items = contests
        .iter()
        .map(|one| {
            let entries: Vec<Entry> = contest_facts(one, lang)
                .into_iter()
                .map(|fact| Entry::new(fact.label, fact.value))
                .collect();
            view! {
                <li class="claim">
                    <h3>{contest_title(&use_catalogue(), one, lang)}</h3>
                    <DescriptionList entries=entries/>
                    <p>
                        <a href=contest_path(view.id, one.fact)>
                            {lang.pick("Modifier", "Change")}
                        </a>
                    </p>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="declared" aria-labelledby="contested-title">
                <h2 id="contested-title">{lang.pick("Ce que vous contestez", "What you contest")}</h2>
                <ul class="claims">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

/// The facts that the signer swears to.
pub(super) fn claims(lang: Lang, snapshot: &Snapshot) -> impl IntoView + use<> {
    let items = snapshot
        .claims
        .iter()
        .map(|claim| {
            let entries: Vec<Entry> = claim_facts(&use_catalogue(), claim, lang)
                .into_iter()
                .map(|fact| Entry::new(fact.label, fact.value))
                .collect();
            view! {
                <li class="claim">
                    <h3>{claim_title(&use_catalogue(), claim, lang)}</h3>
                    <DescriptionList entries=entries/>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="claims">{items}</ul> }
}

/// Only the signature is missing.
fn complete(view: &DeclarationView) -> bool {
    let signing = |(at, _): &(StepCode, _)| *at == StepCode::Statement;
    view.errors.iter().all(signing)
        && view
            .preview
            .as_ref()
            .is_some_and(|snapshot| !snapshot.claims.is_empty())
}

fn sign(lang: Lang, view: &DeclarationView, issues: Issues) -> AnyView {
    if !view.allowed.contains(&CommandKind::Submit) {
        let words = Refusal::CannotSign.message(lang);
        return view! { <Notice tone=Tone::Info><p>{words}</p></Notice> }.into_any();
    }
    if !complete(view) {
        let next = step_path(view.id, super::steps::next_step(view));
        return view! {
            <Notice tone=Tone::Warning title=lang.pick("Pas encore prête à signer", "Not ready to sign yet")>
                <p>
                    {lang
                        .pick(
                            "Complétez d’abord les réponses signalées plus haut. Ce qui est saisi est enregistré.",
                            "First complete the answers pointed out above. What you typed is saved.",
                        )}
                </p>
                <p>
                    <ButtonLink
                        href=next
                        label=lang.pick("Compléter la déclaration", "Complete the declaration")
                        kind=ButtonKind::Secondary
                    />
                </p>
            </Notice>
        }
        .into_any();
    }
    view! {
        <form class="statement" method="post" action="/fn/submit-declaration" novalidate>
            <h2>{lang.pick("Attestation sur l’honneur", "Sworn statement")}</h2>
            <input type="hidden" name="id" value=view.id.to_string()/>
            <input type="hidden" name="version" value=view.version.to_string()/>
            {signer(lang, view, &issues)}
            {oath(lang, &issues)}
            <Actions>
                <Button
                    label=lang.pick("Signer et transmettre", "Sign and send")
                    name="intent"
                    value="submit"
                />
                <Button
                    label=lang.pick("Enregistrer le brouillon", "Save the draft")
                    kind=ButtonKind::Secondary
                    name="intent"
                    value="save"
                />
            </Actions>
            {kept_state(lang, step_path(view.id, StepCode::Statement), "version")}
        </form>
    }
    .into_any()
}
