//! The answers of a step on the page that checks them all, each with the link that changes it.

use domain::form::StepCode;
use leptos::prelude::*;

use super::answers::{entry, groups, label_at, line_heading, with_label};
use super::form::Question;
use super::proposed::sources;
use super::steps::rank;
use crate::doors::supplier::step_path;
use crate::i18n::Lang;
use crate::islands::declaration::{Rows as _, field_id, line_title, ours};
use crate::islands::group::{Arithmetic, Drawing};
use crate::ui::{DescriptionList, Entry, Notice, Tone};
use crate::views::DeclarationView;

pub(super) fn answers_of(
    lang: Lang,
    view: &DeclarationView,
    step: StepCode,
) -> impl IntoView + use<> {
    let wrong: Vec<_> = view.errors.iter().filter(|(at, _)| *at == step).collect();
    let notice = (!wrong.is_empty()).then(|| {
        let links = wrong
            .iter()
            .map(|(_, error)| {
                let href = format!(
                    "{}?verifier&retour=verification#{}",
                    step_path(view.id, step),
                    field_id(&error.path)
                );
                let label = label_at(lang, &view.draft, step, &error.path);
                let message = error.rule.message(lang);
                view! {
                    <li>
                        <a href=href>{with_label(lang, label, message)}</a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <Notice tone=Tone::Warning title=lang.pick("À compléter avant de transmettre", "To complete before sending")>
                <ul>{links}</ul>
            </Notice>
        }
    });
    let sources = sources(lang, view, step);
    // What a register proves of a status is not asked again: only what is missing is said to be.
    let missing: Vec<&str> = wrong.iter().map(|(_, error)| error.path.as_str()).collect();
    let awaited = |question: &Question| {
        let proved = step == StepCode::Solidarity && !missing.contains(&question.path.as_str());
        question.field.required && !proved
    };
    let lists = groups(&view.draft, step)
        .into_iter()
        .map(|group| {
            let heading = group.line.map(|line| match step {
                StepCode::Size => line_title(lang, &view.draft.size, line - 1),
                _ => line_heading(lang, step, line),
            });
            let entries: Vec<Entry> = group
                .questions
                .iter()
                .filter(|question| awaited(question) || !question.answer.is_empty())
                .map(|question| {
                    let source = sources.iter().find(|(path, _)| *path == question.path);
                    entry(
                        lang,
                        view.id,
                        step,
                        question,
                        source.map(|(_, words)| words.as_str()),
                    )
                })
                .collect();
            view! {
                {heading.map(|heading| view! { <h3>{heading}</h3> })}
                <DescriptionList entries=entries/>
            }
        })
        .collect_view();
    // An optional step that nobody answered would be a title above nothing.
    let blank = groups(&view.draft, step)
        .iter()
        .flat_map(|group| &group.questions)
        .all(|question| !question.field.required && question.answer.is_empty());
    let title = step.title().get(lang);
    view! {
        <section class="answers" id=step.slug() tabindex="-1" aria-labelledby=format!("{}-title", step.slug())>
            <h2 id=format!("{}-title", step.slug())>{format!("{}. {title}", rank(step))}</h2>
            {notice}
            {(step == StepCode::Size).then(|| group_of(lang, view))}
            {lists}
            {blank.then(|| unanswered(lang, view, step))}
        </section>
    }
}

fn unanswered(lang: Lang, view: &DeclarationView, step: StepCode) -> impl IntoView + use<> {
    let href = format!("{}?retour=verification", step_path(view.id, step));
    let about = format!(" ({})", step.title().get(lang));
    view! {
        <p>
            {lang.pick("Facultatif, sans réponse. ", "Optional, not answered. ")}
            <a href=href>
                {lang.pick("Répondre", "Answer")} <span class="visually-hidden">{about}</span>
            </a>
        </p>
    }
}

/// The drawing of the group and its arithmetic, above the answers from which they come.
fn group_of(lang: Lang, view: &DeclarationView) -> Option<AnyView> {
    let size = &view.draft.size;
    if !size.asked() {
        return None;
    }
    let arithmetic = match size.computed(ours(lang)) {
        None => {
            let sketch = size.sketch(ours(lang));
            view! { <Drawing lang=lang case=sketch outcome=None/> }.into_any()
        }
        Some(computed) => view! {
            <Drawing lang=lang case=computed.case outcome=Some(computed.outcome.clone())/>
            <Arithmetic lang=lang outcome=computed.outcome/>
        }
        .into_any(),
    };
    Some(arithmetic)
}
