//! The last page before a decision: every verdict again, what they add up to, what ends with it, and who signs.

mod closures;
mod outcome;
mod signer;
mod summary;

use domain::lifecycle::{CommandKind, Status};
use leptos::prelude::*;

use super::address;
use super::frame::{Back, stopped};
use super::problem::Problem;
use super::review::{attachment_notice, pending};
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::pages::shared::status::SideChip;
use crate::reply::use_reply;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonLink, ErrorSummary, Issue, Issues, Notice, PageTitle, Tone,
};
use crate::views::{ReviewView, Typed};
use crate::visitor::Visitor;
use closures::Closures;
use outcome::{consequence, sign_label};
use summary::Summary;

pub(super) use outcome::outcome_words;
pub(super) use signer::{SignerFields, prefilled};

#[component]
pub fn Signature() -> impl IntoView {
    let lang = use_lang();
    let problem = query("refus");
    let visitor = use_context::<Visitor>().unwrap_or_default();
    let (id, copy) = (id_of_address(), super::copy_of_address());
    let desk = buyer_desk();
    page(
        async move {
            let (desk, id) = (desk?, id?);
            let view = desk.review(id).await?;
            let typed = match copy {
                Some(copy) => desk.typed(id, copy).await?,
                None => None,
            };
            Ok((view, typed))
        },
        move |(view, typed)| draw(lang, &visitor, problem, view, typed),
    )
}

fn draw(
    lang: Lang,
    visitor: &Visitor,
    problem: Option<String>,
    view: ReviewView,
    typed: Option<Typed>,
) -> AnyView {
    let problem = typed
        .as_ref()
        .map(|typed| typed.problem.clone())
        .or(problem)
        .and_then(|code| Problem::from_code(&code, view.status, pending(&view)));
    if let Some(problem) = &problem {
        use_reply().status(if problem.is_race() { 409 } else { 422 });
    }
    let kept = typed.is_some();
    let typed = typed.unwrap_or_else(|| prefilled(visitor));
    let issues: Issues = problem
        .iter()
        .filter_map(|problem| issue(lang, problem, &typed))
        .collect();
    let notice = problem
        .as_ref()
        .filter(|_| issues.is_empty())
        .map(|problem| stopped(lang, problem, Some(&view), kept));
    let title = match lang {
        Lang::Fr => format!("Signer la décision, déclaration {}", view.reference),
        Lang::En => format!("Sign the decision, declaration {}", view.reference),
    };
    let wrong = !issues.is_empty();
    let body = match view
        .outcome
        .filter(|_| view.allowed.contains(&CommandKind::Sign))
    {
        Some(outcome) => decision(lang, &view, outcome, &typed, &issues),
        None => not_yet(lang, &view),
    };
    view! {
        <PageTitle title=title.clone() error=wrong/>
        <div class="page agent">
            <Back
                href=address::review(view.id)
                label=lang.pick("Revenir à la déclaration", "Back to the declaration")
            />
            <ErrorSummary lang=lang issues=issues/>
            <h1>{title}</h1>
            <p class="identity">{view.company_name.clone()} " · SIREN " {view.siren.formatted()}</p>
            {notice}
            {body}
        </div>
    }
    .into_any()
}

/// The field to correct: of the signature, or of the end that `wrong` names.
fn issue(lang: Lang, problem: &Problem, typed: &Typed) -> Option<Issue> {
    let field = problem.field()?;
    let id = match (field, typed.get("wrong")) {
        ("name", _) => "name".to_owned(),
        (field, wrong) if !wrong.is_empty() => format!("{field}-{wrong}"),
        _ => return None,
    };
    Some(Issue::new(id, problem.message(lang)))
}

fn decision(
    lang: Lang,
    view: &ReviewView,
    outcome: Status,
    typed: &Typed,
    issues: &Issues,
) -> AnyView {
    let sends_back = outcome == Status::ChangesRequested;
    let closures = (!sends_back && !view.may_close.is_empty()).then(|| {
        view! { <Closures lang=lang lines=view.may_close.clone() typed=typed.clone() issues=issues.clone()/> }
    });
    let attachment = attachment_notice(lang, view);
    let back = address::review(view.id);
    let kind = if outcome == Status::Refused {
        ButtonKind::Danger
    } else {
        ButtonKind::Primary
    };
    view! {
        <section aria-labelledby="outcome-title">
            <h2 id="outcome-title">{lang.pick("Ce que vous décidez", "What you decide")}</h2>
            <p class="lead">
                <strong>{outcome_words(lang, outcome, &view.claims)}</strong>
            </p>
            <p>{consequence(lang, outcome)}</p>
        </section>
        <Summary lang=lang claims=view.claims.clone()/>
        {attachment}
        <form class="wide sign" method="post" action="/fn/sign-review" novalidate>
            <input type="hidden" name="id" value=view.id.to_string()/>
            <input type="hidden" name="version" value=view.version.to_string()/>
            {closures}
            <section aria-labelledby="signer-title">
                <h2 id="signer-title">{lang.pick("Signature", "Signature")}</h2>
                <SignerFields lang=lang typed=typed.clone() issues=issues.clone()/>
            </section>
            <Actions>
                <Button label=sign_label(lang, outcome) kind=kind/>
                <ButtonLink
                    href=back
                    label=lang.pick("Ne pas signer maintenant", "Do not sign now")
                    kind=ButtonKind::Quiet
                />
            </Actions>
        </form>
    }
    .into_any()
}

/// What keeps from signing, and where to go.
fn not_yet(lang: Lang, view: &ReviewView) -> AnyView {
    let pending = pending(view);
    let text = if view.allowed.contains(&CommandKind::Sign) {
        Problem::Refused(domain::lifecycle::Refusal::ClaimsPending { count: pending }).message(lang)
    } else {
        super::frame::holder(lang, view)
    };
    view! {
        <Notice tone=Tone::Info title=lang.pick("Il n’y a rien à signer ici", "There is nothing to sign here")>
            <p>{text}</p>
        </Notice>
        <p>
            <SideChip lang=lang status=view.status side=domain::lifecycle::Side::Buyer/>
        </p>
    }
    .into_any()
}
