//! The form of each step: the same drawing for all, and what belongs to one of them.

use domain::claims::Kind;
use domain::form::{Answers, KINDS, StatusRow, StepCode};
use leptos::prelude::*;

use super::form::{Carried, Marks, ask, frame, questions, rows};
use super::register::{register, solidarity_hint};
use super::step_page::Asked;
use crate::i18n::Lang;
use crate::islands::declaration::{ComputedSize, QuestionsFollowAnswers, Rows, hidden};
use crate::views::DeclarationView;

pub(super) fn step_form(
    marks: &Marks,
    view: &DeclarationView,
    step: StepCode,
    asked: Asked,
) -> AnyView {
    let lang = marks.lang;
    let carried = |seen: Vec<String>| Carried {
        id: view.id,
        version: view.version,
        seen: seen.join(","),
        back: asked.back,
    };
    match step {
        StepCode::Company => {
            let fields = plain(marks, &view.draft.company);
            view! {
                {register(lang, &view.registry)}
                {frame(lang, "/fn/save-company", carried(vec![]), fields)}
            }
            .into_any()
        }
        StepCode::Size => {
            let answers = &view.draft.size;
            let fields = view! {
                {with_rows(marks, answers, step, |_, _| ().into_any())}
                <ComputedSize lang=lang answers=answers.clone()/>
            };
            frame(lang, "/fn/save-size", carried(hidden(answers)), fields).into_any()
        }
        StepCode::Solidarity => {
            let answers = &view.draft.solidarity;
            let fields = with_rows(marks, answers, step, |index, row| {
                evidence(lang, index, row)
            });
            view! {
                {solidarity_hint(lang, &view.registry)}
                {frame(lang, "/fn/save-solidarity", carried(hidden(answers)), fields)}
                {all_evidence(lang)}
            }
            .into_any()
        }
        StepCode::Insertion | StepCode::Statement => {
            let answers = &view.draft.insertion;
            let fields = with_rows(marks, answers, step, |_, _| ().into_any());
            frame(lang, "/fn/save-insertion", carried(hidden(answers)), fields).into_any()
        }
    }
}

fn plain<A: Answers>(marks: &Marks, answers: &A) -> AnyView {
    questions(answers, "")
        .iter()
        .map(|question| ask(marks, question))
        .collect_view()
        .into_any()
}

fn with_rows<S: Rows>(
    marks: &Marks,
    answers: &S,
    step: StepCode,
    extra: impl Fn(usize, &S::Row) -> AnyView,
) -> AnyView {
    view! {
        <QuestionsFollowAnswers/>
        {plain(marks, answers)}
        {rows(marks, answers, step, extra)}
    }
    .into_any()
}

/// What proves the status chosen on a line; the browser copies the other sentences from the table below when the choice changes.
fn evidence(lang: Lang, index: usize, row: &StatusRow) -> AnyView {
    let words = row
        .kind
        .parse::<Kind>()
        .ok()
        .and_then(Kind::evidence_rule)
        .map(|rule| rule.what.get(lang));
    view! {
        <p class="evidence" data-evidence-of=format!("rows-{index}-kind")>
            {words}
        </p>
    }
    .into_any()
}

fn all_evidence(lang: Lang) -> impl IntoView {
    let lines = KINDS
        .iter()
        .filter_map(|choice| {
            let rule = choice.code.parse::<Kind>().ok()?.evidence_rule()?;
            Some(view! {
                <div class="entry">
                    <dt>{choice.label.get(lang)}</dt>
                    <dd id=format!("evidence-{}", choice.code)>{rule.what.get(lang)}</dd>
                </div>
            })
        })
        .collect_view();
    view! {
        <details class="all-evidence">
            <summary>{lang.pick("Quelle pièce pour quel statut\u{202F}?", "Which evidence for which status?")}</summary>
            <dl class="entries">{lines}</dl>
        </details>
    }
}
