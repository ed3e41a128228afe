//! One qualification, for an agent: what was accepted, its period, its end, and the revocation that takes two people.

mod hours;
mod revocation;

use domain::claims::ClosureCause;
use domain::lifecycle::Status;
use leptos::prelude::*;

use super::address;
use super::frame::{Back, Done, stopped};
use super::problem::Problem;
use crate::catalogue::use_catalogue;
use crate::doors::buyer_desk;
use crate::doors::hours::NUMBER;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::claim::{claim_facts, key_title, upper_first};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::pages::shared::moment::long_moment;
use crate::pages::shared::wording::{period, qualification_state};
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{DescriptionList, Entry, ErrorSummary, Issue, Issues, PageTitle, StatusChip};
use crate::views::{QualificationView, Typed};
use crate::visitor::Visitor;
use revocation::Revocation;

#[component]
pub fn AgentQualification() -> impl IntoView {
    let lang = use_lang();
    let (done, problem) = (query("fait"), query("refus"));
    let visitor = use_context::<Visitor>().unwrap_or_default();
    let (id, copy) = (id_of_address(), super::copy_of_address());
    let desk = buyer_desk();
    page(
        async move {
            let (desk, id) = (desk?, id?);
            let view = desk.qualification(id).await?;
            let typed = match copy {
                Some(copy) => desk.typed(view.declaration, copy).await?,
                None => None,
            };
            Ok((view, typed))
        },
        move |(view, typed)| draw(lang, &visitor, done, problem, view, typed),
    )
}

fn draw(
    lang: Lang,
    visitor: &Visitor,
    done: Option<String>,
    problem: Option<String>,
    view: QualificationView,
    typed: Option<Typed>,
) -> AnyView {
    let problem = typed
        .as_ref()
        .map(|typed| typed.problem.clone())
        .or(problem)
        .and_then(|code| Problem::from_code(&code, Status::Validated, 0));
    if problem.is_some() {
        use_reply().status(422);
    }
    let number = typed.as_ref().map_or("", |typed| typed.get(NUMBER));
    // What was written about a statement that is no more to be checked has no form left: it is shown as it was.
    let gone = typed
        .as_ref()
        .zip(view.hours.as_ref())
        .and_then(|(typed, hours)| hours::without_form(typed, hours));
    let issues: Issues = problem
        .iter()
        .filter_map(|problem| {
            let field = problem.field()?;
            let field = if number.is_empty() {
                field.to_owned()
            } else {
                hours::reason_id(number)
            };
            Some(Issue::new(field, problem.message(lang)))
        })
        .collect();
    let notice = problem
        .as_ref()
        .filter(|_| issues.is_empty())
        .map(|problem| stopped(lang, problem, None, typed.is_some() && gone.is_none()));
    let done = done
        .and_then(|code| done_words(lang, &code))
        .filter(|_| problem.is_none());
    let what = key_title(&use_catalogue(), &view.line.key, lang);
    let title = format!("{what}, {}", view.line.company_name);
    let (state, tone) = qualification_state(&view.line);
    let open = !view.line.is_over();
    let typed = typed.unwrap_or_default();
    let checks = view
        .hours
        .as_ref()
        .map(|account| hours::section(lang, &view, account, &typed, &issues));
    // The reason of a statement of hours is not that of a revocation.
    let about_hours = !typed.get(NUMBER).is_empty();
    let of_revocation = if about_hours {
        (Typed::default(), Issues::default())
    } else {
        (typed.clone(), issues.clone())
    };
    let wrong = !issues.is_empty();
    let revocation = open.then(|| {
        view! {
            <Revocation
                lang=lang
                view=view.clone()
                visitor=visitor.clone()
                typed=of_revocation.0
                issues=of_revocation.1
            />
        }
    });
    view! {
        <PageTitle title=title error=wrong/>
        <div class="page agent">
            <Back
                href=path::QUALIFICATIONS
                label=lang.pick("Toutes les qualifications", "All qualifications")
            />
            <ErrorSummary lang=lang issues=issues/>
            <h1>{what}</h1>
            <p class="identity">{view.line.company_name.clone()} " · SIREN " {view.line.siren.formatted()}</p>
            <p>
                <StatusChip label=state.get(lang) tone=tone/>
            </p>
            {done.map(|words| view! { <Done text=words/> })}
            {notice}
            {gone.map(|written| hours::written(lang, &written))}
            <DescriptionList entries=entries(lang, &view)/>
            <p>
                <a href=address::review(view.declaration)>
                    {lang.pick("Voir la déclaration qui l’a établie", "See the declaration that established it")}
                </a>
            </p>
            {checks}
            {revocation}
        </div>
    }
    .into_any()
}

fn entries(lang: Lang, view: &QualificationView) -> Vec<Entry> {
    let mut entries: Vec<Entry> = claim_facts(&use_catalogue(), &view.claim, lang)
        .into_iter()
        .map(|fact| Entry::new(fact.label, fact.value))
        .collect();
    // A commitment says its period among its facts.
    if view.hours.is_none() {
        entries.push(Entry::new(
            lang.pick("Période", "Period"),
            upper_first(&period(&view.line.validity, lang)),
        ));
    }
    entries.push(Entry::new(
        lang.pick("Décidée", "Decided"),
        match lang {
            Lang::Fr => format!(
                "Le {}, version {} de la déclaration",
                long_moment(lang, view.decided_at),
                view.revision
            ),
            Lang::En => format!(
                "On {}, version {} of the declaration",
                long_moment(lang, view.decided_at),
                view.revision
            ),
        },
    ));
    if let Some((from, cause)) = view.line.closed {
        let day = long_date(lang, from);
        let words = match (cause, lang) {
            (ClosureCause::Superseded, Lang::Fr) => format!("Remplacée à partir du {day}"),
            (ClosureCause::Revoked, Lang::Fr) => format!("Révoquée à partir du {day}"),
            (ClosureCause::Withdrawn, Lang::Fr) => format!("Retirée à partir du {day}"),
            (ClosureCause::Superseded, Lang::En) => format!("Superseded from {day}"),
            (ClosureCause::Revoked, Lang::En) => format!("Revoked from {day}"),
            (ClosureCause::Withdrawn, Lang::En) => format!("Withdrawn from {day}"),
        };
        entries.push(Entry::new(lang.pick("Fin", "End"), words));
    }
    if let Some(reason) = view
        .closure_reason
        .as_ref()
        .filter(|reason| !reason.is_empty())
    {
        entries.push(Entry::new(
            lang.pick("Motif de la fin", "Reason of the end"),
            reason.clone(),
        ));
    }
    entries
}

fn done_words(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "proposition" => lang.pick(
            "Révocation proposée. Une autre personne doit la confirmer\u{202f}; rien n’est encore envoyé à l’entreprise.",
            "Revocation proposed. Another person must confirm it; nothing has been sent to the company yet.",
        ),
        "revocation" => lang.pick(
            "Qualification révoquée. L’entreprise est prévenue par courriel, avec le motif.",
            "Qualification revoked. The company is told by e-mail, with the reason.",
        ),
        "heures" => lang.pick(
            "Heures acceptées\u{A0}: elles comptent dans les indicateurs. L’entreprise est prévenue par courriel.",
            "Hours accepted: they count in the figures. The company is told by e-mail.",
        ),
        "heures-renvoyees" => lang.pick(
            "Relevé renvoyé à l’entreprise, avec le motif, par courriel.",
            "Statement sent back to the company by e-mail, with the reason.",
        ),
        "abandon" => lang.pick("Proposition de révocation abandonnée.", "Proposal of revocation dropped."),
        _ => return None,
    })
}
