//! The lines of a step: statuses, commitments, pledges; the group has its own. The buttons post the whole step, so that adding
//! or removing a line loses nothing, with or without JavaScript.

use domain::form::StepCode;
use leptos::prelude::*;

use super::ask::{Marks, ask};
use super::question::{Question, line_questions};
use crate::doors::steps::MOST_ROWS;
use crate::i18n::{Lang, Text, text};
use crate::islands::declaration::{ROWS, Rows};
use crate::ui::{Button, ButtonKind};

/// The words of one kind of line.
struct LineWords {
    heading: Text,
    one: Text,
    add: Text,
    remove: Text,
}

const fn words(step: StepCode) -> LineWords {
    match step {
        StepCode::Solidarity => LineWords {
            heading: text("Vos statuts et agréments", "Your statuses and approvals"),
            one: text("Statut ou agrément", "Status or approval"),
            add: text("Ajouter un statut", "Add a status"),
            remove: text("Supprimer ce statut", "Remove this status"),
        },
        StepCode::Pledges => LineWords {
            heading: text("Vos autres engagements", "Your other commitments"),
            one: text("Engagement", "Commitment"),
            add: text("Ajouter un engagement", "Add a commitment"),
            remove: text("Supprimer cet engagement", "Remove this commitment"),
        },
        _ => LineWords {
            heading: text("Vos engagements", "Your commitments"),
            one: text("Engagement", "Commitment"),
            add: text("Ajouter un engagement", "Add a commitment"),
            remove: text("Supprimer cet engagement", "Remove this commitment"),
        },
    }
}

/// All lines; one blank line when there is none yet. `extra` draws what belongs to the first question of a line, `asked` changes
/// how its questions are asked.
pub fn rows<S: Rows>(
    marks: &Marks,
    step: &S,
    code: StepCode,
    extra: impl Fn(usize, &S::Row) -> AnyView,
    asked: impl Fn(&S::Row, &mut Question),
) -> AnyView {
    let lang = marks.lang;
    let words = words(code);
    let blank = [S::Row::default()];
    let all = if step.rows().is_empty() {
        &blank
    } else {
        step.rows()
    };
    let several = all.len() > 1 || !step.rows().is_empty();
    let lines = all
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let mut fields = line_questions(step, index, row)
                .into_iter()
                .map(|mut question| {
                    asked(row, &mut question);
                    ask(marks, &question)
                })
                .collect::<Vec<_>>()
                .into_iter();
            // What follows the first question depends on its answer.
            let first = fields.next();
            let rest = fields.collect_view();
            let rank = index + 1;
            let about = format!("({} {rank})", words.one.get(lang));
            view! {
                <fieldset class="line" id=format!("{ROWS}-{index}") tabindex="-1">
                    <legend class="line-title">{format!("{} {rank}", words.one.get(lang))}</legend>
                    {first}
                    {extra(index, row)}
                    {rest}
                    {several
                        .then(|| {
                            view! {
                                <Button
                                    label=words.remove.get(lang)
                                    about=about
                                    kind=ButtonKind::Quiet
                                    name="intent"
                                    value=format!("remove-{index}")
                                />
                            }
                        })}
                </fieldset>
            }
        })
        .collect_view();
    let error = marks.issues.of(ROWS).0;
    let room = all.len() < MOST_ROWS;
    view! {
        <section
            class="lines"
            id=ROWS
            tabindex="-1"
            data-question=ROWS
            hidden=!step.asked()
            aria-labelledby="rows-title"
        >
            <h2 id="rows-title">{words.heading.get(lang)}</h2>
            {error.map(|error| wrong(lang, error.into_owned()))}
            {lines}
            {room
                .then(|| {
                    view! {
                        <Button
                            label=words.add.get(lang)
                            kind=ButtonKind::Secondary
                            name="intent"
                            value="add"
                        />
                    }
                })}
        </section>
    }
    .into_any()
}

pub(super) fn wrong(lang: Lang, error: String) -> impl IntoView {
    view! {
        <p class="error" id="rows-error">
            <span class="visually-hidden">{lang.pick("Erreur\u{A0}: ", "Error: ")}</span>
            {error}
        </p>
    }
}
