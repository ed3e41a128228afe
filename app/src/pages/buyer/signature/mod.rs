//! The last page before a decision: every verdict again, what they add up to, what ends with it, and who signs.

mod closures;
mod summary;

use domain::lifecycle::{CommandKind, Status, Verdict};
use leptos::prelude::*;

use super::frame::{Back, stopped};
use super::problem::Problem;
use super::review::{attachment_notice, pending};
use super::address;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::pages::shared::status::SideChip;
use crate::reply::use_reply;
use crate::ui::{Actions, Button, ButtonKind, ButtonLink, ErrorSummary, Issue, Issues, Notice, PageTitle, TextInput, Tone};
use crate::views::{ReviewView, ReviewedClaim, Typed};
use crate::visitor::Visitor;
use closures::Closures;
use summary::Summary;

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

fn draw(lang: Lang, visitor: &Visitor, problem: Option<String>, view: ReviewView, typed: Option<Typed>) -> AnyView {
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
    let issues: Issues = problem.iter().filter_map(|problem| issue(lang, problem, &typed)).collect();
    let notice = problem
        .as_ref()
        .filter(|_| issues.is_empty())
        .map(|problem| stopped(lang, problem, Some(&view), kept));
    let title = match lang {
        Lang::Fr => format!("Signer la décision, déclaration {}", view.reference),
        Lang::En => format!("Sign the decision, declaration {}", view.reference),
    };
    let wrong = !issues.is_empty();
    let body = match view.outcome.filter(|_| view.allowed.contains(&CommandKind::Sign)) {
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

/// The name and the quality of the account, which every decision bears.
pub(super) fn prefilled(visitor: &Visitor) -> Typed {
    let identity = visitor.identity();
    let given = |value: Option<&String>| value.cloned().unwrap_or_default();
    Typed {
        problem: String::new(),
        fields: [
            ("name".to_owned(), given(identity.and_then(|identity| identity.name.as_ref()))),
            ("quality".to_owned(), given(identity.and_then(|identity| identity.quality.as_ref()))),
        ]
        .into(),
    }
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

fn decision(lang: Lang, view: &ReviewView, outcome: Status, typed: &Typed, issues: &Issues) -> AnyView {
    let sends_back = outcome == Status::ChangesRequested;
    let closures = (!sends_back && !view.may_close.is_empty()).then(|| {
        view! { <Closures lang=lang lines=view.may_close.clone() typed=typed.clone() issues=issues.clone()/> }
    });
    let attachment = attachment_notice(lang, view);
    let back = address::review(view.id);
    let kind = if outcome == Status::Refused { ButtonKind::Danger } else { ButtonKind::Primary };
    view! {
        <section aria-labelledby="outcome-title">
            <h2 id="outcome-title">{lang.pick("Ce que vous décidez", "What you decide")}</h2>
            <p class="outcome">
                <SideChip lang=lang status=outcome side=domain::lifecycle::Side::Buyer/>
                " "
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

/// Who signs: prefilled from the account, and may be corrected.
#[component]
pub(super) fn SignerFields(lang: Lang, typed: Typed, issues: Issues) -> AnyView {
    view! {
        <p>
            {lang
                .pick(
                    "Toute décision porte le prénom, le nom et la qualité de son auteur (article L212-1 du CRPA). L’entreprise les lit.",
                    "Every decision bears the first name, name and quality of its author (article L212-1 CRPA). The company reads them.",
                )}
        </p>
        <TextInput
            lang=lang
            name="name"
            label=lang.pick("Prénom et nom", "First and last name")
            value=typed.get("name").to_owned()
            error=issues.of("name")
            autocomplete="name"
            maxlength=200
        />
        <TextInput
            lang=lang
            name="quality"
            label=lang.pick("Qualité", "Quality")
            hint=lang.pick("Par exemple\u{a0}: cheffe du service des achats responsables", "For example: head of responsible purchasing")
            value=typed.get("quality").to_owned()
            autocomplete="organization-title"
            maxlength=200
        />
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

fn sign_label(lang: Lang, outcome: Status) -> &'static str {
    match outcome {
        Status::ChangesRequested => lang.pick("Signer et demander les corrections", "Sign and ask for the corrections"),
        Status::Refused => lang.pick("Signer le refus", "Sign the refusal"),
        _ => lang.pick("Signer la décision", "Sign the decision"),
    }
}

/// What the verdicts add up to, counted.
pub(super) fn outcome_words(lang: Lang, outcome: Status, claims: &[ReviewedClaim]) -> String {
    let count = |wanted: fn(&Verdict) -> bool| claims.iter().filter(|reviewed| wanted(&reviewed.verdict)).count();
    let accepted = count(|verdict| *verdict == Verdict::Accepted);
    let to_fix = count(|verdict| matches!(verdict, Verdict::ToFix(_)));
    let refused = count(|verdict| matches!(verdict, Verdict::Refused(_)));
    let head = match outcome {
        Status::ChangesRequested => lang.pick("Corrections demandées", "Corrections requested"),
        Status::Validated => lang.pick("Déclaration validée", "Declaration validated"),
        Status::PartlyValidated => lang.pick("Déclaration validée en partie", "Declaration partly validated"),
        _ => lang.pick("Déclaration refusée", "Declaration refused"),
    };
    let mut parts = Vec::new();
    let mut add = |number: usize, one: &str, many: &str| {
        if number > 0 {
            parts.push(format!("{number} {}", if number == 1 { one } else { many }));
        }
    };
    match lang {
        Lang::Fr => {
            add(accepted, "acceptée", "acceptées");
            add(to_fix, "à corriger", "à corriger");
            add(refused, "refusée", "refusées");
            format!("{head}\u{a0}: {}.", parts.join(", "))
        }
        Lang::En => {
            add(accepted, "accepted", "accepted");
            add(to_fix, "to correct", "to correct");
            add(refused, "refused", "refused");
            format!("{head}: {}.", parts.join(", "))
        }
    }
}

/// What follows from the signature, and who is told.
fn consequence(lang: Lang, outcome: Status) -> &'static str {
    match outcome {
        Status::ChangesRequested => lang.pick(
            "L’entreprise reçoit par courriel chaque point à corriger avec son motif. Rien n’est encore décidé\u{a0}: les verdicts des affirmations qu’elle ne change pas sont conservés.",
            "The company receives each point to correct by e-mail with its reason. Nothing is decided yet: the verdicts of the claims that it does not change are kept.",
        ),
        Status::Refused => lang.pick(
            "L’entreprise reçoit la décision motivée par courriel, avec les voies de recours. Aucune qualification n’est créée.",
            "The company receives the reasoned decision by e-mail, with the ways to appeal. No qualification is created.",
        ),
        _ => lang.pick(
            "L’entreprise reçoit la décision par courriel. Les affirmations acceptées deviennent des qualifications datées, transmises à la base fournisseurs. La décision ne se modifie plus\u{a0}: y mettre fin demande une révocation.",
            "The company receives the decision by e-mail. Accepted claims become dated qualifications, passed on to the supplier database. The decision can no longer be changed: ending it takes a revocation.",
        ),
    }
}
