//! A declaration under review: its state, each claim beside what the register says, the verdicts, and what leads to the signature.

mod aside;
mod attachment;
mod claim;
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
use claim::{ClaimCard, Position};
use head::Head;
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
    let rank = view
        .claims
        .iter()
        .position(|reviewed| reviewed.claim.key.to_string() == typed.get("claim"));
    // Only what one field can correct goes into the summary; the rest is a notice.
    let issues: Issues = problem
        .iter()
        .filter_map(|problem| {
            let field = problem.field()?;
            Some(Issue::new(
                format!("{field}-{}", rank? + 1),
                problem.message(lang),
            ))
        })
        .collect();
    let notice = problem
        .as_ref()
        .filter(|_| issues.is_empty())
        .map(|problem| stopped(lang, problem, Some(&view), !typed.get("reason").is_empty()));
    let done = asked
        .done
        .and_then(|code| done(lang, &code))
        .filter(|_| problem.is_none());
    let total = view.claims.len();
    let judged = total - pending;
    let cards = view
        .claims
        .iter()
        .enumerate()
        .map(|(index, reviewed)| {
            let typed = (rank == Some(index)).then(|| typed.clone());
            let position = Position {
                rank: index + 1,
                next: next_pending(&view, index),
                can_judge: view.allowed.contains(&CommandKind::GiveVerdict),
            };
            view! {
                <ClaimCard
                    lang=lang
                    view=view.clone()
                    reviewed=reviewed.clone()
                    position=position
                    typed=typed
                    issues=if rank == Some(index) { issues.clone() } else { Issues::default() }
                />
            }
        })
        .collect_view();
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

/// The rank from 1 of the next claim without a verdict after this one, round the list; 0 when only this one is left.
fn next_pending(view: &ReviewView, index: usize) -> usize {
    let waits = |(_, reviewed): &(usize, &crate::views::ReviewedClaim)| {
        reviewed.verdict == Verdict::Pending
    };
    let after = view.claims.iter().enumerate().skip(index + 1).find(waits);
    let before = || view.claims.iter().enumerate().take(index).find(waits);
    after.or_else(before).map_or(0, |(found, _)| found + 1)
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
