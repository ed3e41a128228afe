//! A declaration under review: its state, each claim beside what the register says, the verdicts, and what leads to the signature.

mod aside;
mod attachment;
mod claim;
mod contests;
mod documents;
mod head;
mod next_step;
mod register;
mod size;
mod verdict;

use domain::lifecycle::{CommandKind, Verdict};
use leptos::prelude::*;

use super::frame;
use super::frame::{Back, Done, stopped};
use super::problem::Problem;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{ErrorSummary, Issue, Issues, PageTitle};
use crate::views::{ReviewView, Typed};
use aside::Aside;
use claim::ClaimCard;
use head::{Act, Head};
use next_step::SignatureSection;

/// What the address says beside the declaration.
struct Asked {
    done: Option<String>,
    problem: Option<String>,
}

#[component]
pub fn Review() -> impl IntoView {
    let lang = use_lang();
    let asked = Asked {
        done: query("fait"),
        problem: query("refus"),
    };
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
        move |(view, typed)| draw(lang, asked, view, typed),
    )
}

fn draw(lang: Lang, asked: Asked, view: ReviewView, typed: Option<Typed>) -> AnyView {
    let pending = pending(&view);
    let problem = typed
        .as_ref()
        .map(|typed| typed.problem.clone())
        .or(asked.problem)
        .and_then(|code| Problem::from_code(&code, view.status, pending));
    if problem.is_some() {
        use_reply().status(if problem.as_ref().is_some_and(Problem::is_race) {
            409
        } else {
            422
        });
    }
    let title = match lang {
        Lang::Fr => format!("{}, déclaration {}", view.company_name, view.reference),
        Lang::En => format!("{}, declaration {}", view.company_name, view.reference),
    };
    let typed = typed.unwrap_or_default();
    // Only what one field can correct goes into the summary; the rest is a notice.
    let issues: Issues = (1..=view.claims.len())
        .filter_map(|rank| {
            let code = typed.get(&format!("problem-{rank}"));
            let problem = Problem::from_code(code, view.status, pending)?;
            Some(Issue::new(
                format!("{}-{rank}", problem.field()?),
                problem.message(lang),
            ))
        })
        .collect();
    let kept = !typed.fields.is_empty();
    let notice = problem
        .as_ref()
        .filter(|_| issues.is_empty())
        .map(|problem| stopped(lang, problem, Some(&view), kept));
    let done = asked
        .done
        .and_then(|code| done(lang, &code))
        .filter(|_| problem.is_none());
    let total = view.claims.len();
    let judged = total - pending;
    let can_judge = view.allowed.contains(&CommandKind::GiveVerdict);
    let cards = view
        .claims
        .iter()
        .enumerate()
        .map(|(index, reviewed)| {
            let rank = index + 1;
            let typed = typed
                .fields
                .contains_key(&format!("verdict-{rank}"))
                .then(|| typed.clone());
            view! {
                <ClaimCard
                    lang=lang
                    view=view.clone()
                    reviewed=reviewed.clone()
                    rank=rank
                    can_judge=can_judge
                    typed=typed
                    issues=issues.clone()
                />
            }
        })
        .collect_view();
    // One form for all the cards: saving one verdict loses nothing of what is being written in another.
    let cards = if can_judge {
        view! {
            <form class="verdicts" method="post" action="/fn/give-verdicts" novalidate>
                <Act view=view.clone()/>
                {cards}
            </form>
        }
        .into_any()
    } else {
        cards.into_any()
    };
    let wrong = !issues.is_empty();
    view! {
        <PageTitle title=title error=wrong/>
        <div class="page agent">
            <Back href=path::REVIEW label=lang.pick("Toutes les déclarations", "All declarations")/>
            <ErrorSummary lang=lang issues=issues/>
            <Head lang=lang view=view.clone()/>
            {done}
            {notice}
            {attachment_notice(lang, &view)}
            <div class="review">
                <div class="review-main">
                    {contests::contests(lang, &view)}
                    <h2 id="claims">{lang.pick("Affirmations", "Claims")}</h2>
                    <p class="progress">{progress(lang, judged, total)}</p>
                    {cards}
                    <SignatureSection lang=lang view=view.clone() pending=pending/>
                </div>
                <Aside lang=lang view=view/>
            </div>
        </div>
    }
    .into_any()
}

/// How many claims have no verdict yet.
pub(super) fn pending(view: &ReviewView) -> usize {
    view.claims
        .iter()
        .filter(|reviewed| reviewed.verdict == Verdict::Pending)
        .count()
}

fn progress(lang: Lang, judged: usize, total: usize) -> String {
    match (lang, judged) {
        (Lang::Fr, 0 | 1) => format!("{judged} verdict donné sur {total}."),
        (Lang::Fr, _) => format!("{judged} verdicts donnés sur {total}."),
        (Lang::En, 1) => format!("{judged} verdict given out of {total}."),
        (Lang::En, _) => format!("{judged} verdicts given out of {total}."),
    }
}

fn done(lang: Lang, code: &str) -> Option<AnyView> {
    let words = match code {
        "examen" => lang.pick(
            "Examen commencé\u{a0}: l’entreprise est prévenue par courriel et ne peut plus reprendre sa déclaration.",
            "Review started: the company is told by e-mail and can no longer take its declaration back.",
        ),
        "verdict" => lang.pick("Verdict enregistré.", "Verdict saved."),
        "liberation" => lang.pick(
            "Déclaration remise dans la file. Les verdicts déjà donnés sont conservés.",
            "Declaration put back in the queue. The verdicts already given are kept.",
        ),
        "signature" => lang.pick(
            "Décision signée. L’entreprise est prévenue par courriel.",
            "Decision signed. The company is told by e-mail.",
        ),
        _ => return None,
    };
    Some(view! { <Done text=words/> }.into_any())
}

pub(super) use attachment::attachment_notice;
pub(super) use frame::holder;
