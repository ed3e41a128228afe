//! The form of each step: the same drawing for all, and what belongs to one of them.

use domain::claims::Kind;
use domain::form::{Answers, StatusRow, StepCode};
use domain::known::Proven;
use domain::pledges::{TAXONOMY, definition};
use leptos::prelude::*;

use super::form::{Carried, Marks, Question, ask, frame, group_rows, questions, rows};
use super::known::proven_in;
use super::published;
use super::published_index;
use super::register::{register, solidarity_hint};
use super::step_page::Asked;
use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, Text};
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
        step,
        sent_by: view
            .sent_by
            .iter()
            .find(|(at, _)| *at == step)
            .map(|(_, page)| page.clone()),
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
            // The documents are about the group too: they come after its lines.
            let (documents, own): (Vec<_>, Vec<_>) = questions(answers, "")
                .into_iter()
                .partition(|question| question.field.name == "documents");
            let drawn = |questions: Vec<Question>| {
                let fields = questions.iter().map(|question| ask(marks, question));
                fields.collect_view()
            };
            let fields = view! {
                <QuestionsFollowAnswers/>
                {drawn(own)}
                {group_rows(marks, answers)}
                {drawn(documents)}
                <ComputedSize lang=lang answers=answers.clone()/>
            };
            frame(lang, "/fn/save-size", carried(hidden(answers)), fields).into_any()
        }
        StepCode::Solidarity => {
            let answers = &view.draft.solidarity;
            let proved = proven_in(view);
            let proof = |row: &StatusRow| {
                let mut agreed = proved
                    .iter()
                    .filter(|proven| view.draft.contest(proven.fact).is_none());
                agreed.find(|proven| row.is_proved_by(&proven.proved))
            };
            let extra = |index: usize, row: &StatusRow| {
                let kind = row.kind.parse::<Kind>().ok();
                let rule = kind.and_then(Kind::evidence_rule);
                view! {
                    {evidence(lang, index, "kind", rule.map(|rule| rule.what))}
                    {told(lang, view, kind, proof(row))}
                }
                .into_any()
            };
            let fields = view! {
                <QuestionsFollowAnswers/>
                {plain(marks, answers)}
                {rows(marks, answers, step, extra, |row, question| {
                    if proof(row).is_some() && StatusRow::PROVED.contains(&question.field.name) {
                        question.field.required = false;
                    }
                })}
            };
            view! {
                {solidarity_hint(lang, &view.registry)}
                {published::statuses(lang, &view.listed, view.today)}
                {frame(lang, "/fn/save-solidarity", carried(hidden(answers)), fields)}
                {all_evidence(lang)}
            }
            .into_any()
        }
        StepCode::Pledges => {
            let answers = &view.draft.pledges;
            let fields = with_rows(marks, answers, step, |index, row| {
                let what = definition(&row.code).map(|definition| definition.what);
                evidence(lang, index, "code", what)
            });
            // The published index is told once: as a proposal until it is taken.
            let (told, fields) = match published_index::proposal(lang, view) {
                Some(proposal) => (None, view! { {proposal} {fields} }.into_any()),
                None => (published::index(lang, &view.listed), fields),
            };
            view! {
                {told}
                {frame(lang, "/fn/save-pledges", carried(hidden(answers)), fields)}
                {all_pledges(lang)}
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

/// What is proved names its source: the lists are not told again.
fn told(
    lang: Lang,
    view: &DeclarationView,
    kind: Option<Kind>,
    proven: Option<&Proven>,
) -> Option<AnyView> {
    match proven {
        Some(proven) => Some(published::proves(lang, proven)),
        None => published::of_kind(lang, &view.listed, kind?, view.today),
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
        {rows(marks, answers, step, extra, |_, _| ())}
    }
    .into_any()
}

/// What the choice of a line asks; the browser copies the other sentences from the table below when the choice changes.
fn evidence(lang: Lang, index: usize, list: &str, what: Option<Text>) -> AnyView {
    view! {
        <p class="evidence" data-evidence-of=format!("rows-{index}-{list}")>
            {what.map(|what| what.get(lang))}
        </p>
    }
    .into_any()
}

fn all_evidence(lang: Lang) -> impl IntoView {
    let catalogue = use_catalogue();
    let lines = Kind::SOLIDARITY
        .into_iter()
        .filter(|kind| catalogue.offers(*kind))
        .filter_map(|kind| {
            let label = catalogue.kind_label(kind, lang).to_owned();
            Some((kind.code(), label, kind.evidence_rule()?.what))
        });
    table(
        lang,
        lang.pick(
            "Quelle pièce pour quel statut\u{202F}?",
            "Which evidence for which status?",
        ),
        lines,
    )
}

fn all_pledges(lang: Lang) -> impl IntoView {
    let catalogue = use_catalogue();
    let lines = TAXONOMY.iter().filter_map(|definition| {
        let entry = catalogue.pledge(definition.code)?;
        let label = entry.label.get(lang).to_owned();
        catalogue.offers_pledge(definition.code).then_some((
            definition.code,
            label,
            definition.what,
        ))
    });
    table(
        lang,
        lang.pick(
            "Quelle valeur et quelle pièce pour quel engagement\u{202F}?",
            "Which value and evidence for which commitment?",
        ),
        lines,
    )
}

/// Every sentence, to read at once and for the browser to copy from.
fn table(
    lang: Lang,
    title: &'static str,
    lines: impl Iterator<Item = (&'static str, String, Text)>,
) -> AnyView {
    let lines = lines
        .map(|(code, label, what)| {
            view! {
                <div class="entry">
                    <dt>{label}</dt>
                    <dd id=format!("evidence-{code}")>{what.get(lang)}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <details class="all-evidence">
            <summary>{title}</summary>
            <dl class="entries">{lines}</dl>
        </details>
    }
    .into_any()
}
