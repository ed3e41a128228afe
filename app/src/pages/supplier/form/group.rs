//! The lines of the group: nested, each with its heading, the buttons that add around it, and a table of the whole. The buttons post
//! the whole step, so that nothing typed is lost.

use domain::form::{GroupRow, SizeStep};
use leptos::prelude::*;

use super::ask::{Marks, ask};
use super::question::line_questions;
use crate::i18n::{Lang, NARROW};
use crate::islands::declaration::{ROWS, Rows as _, line_name, line_title, ours, tie_words};
use crate::ui::{Button, ButtonKind, Column, DataTable, TextArea};

/// Deeper lines stand no further in: there is room for their fields on a phone.
const DEEPEST: usize = 4;
/// How the names of figures end, whatever their period.
const FIGURES: [&str; 3] = ["awu", "turnover_eur", "balance_eur"];
/// The name of the list that is pasted.
const MANY: &str = "many";

pub fn group_rows(marks: &Marks, answers: &SizeStep) -> AnyView {
    let lang = marks.lang;
    let mut step = answers.clone();
    if step.rows.is_empty() {
        // One line to begin with, as in the other steps.
        step.rows.push(GroupRow {
            kind: "enterprise".to_owned(),
            ..GroupRow::default()
        });
    }
    step.name_lines();
    let depths = step.depths();
    let lines = depths
        .iter()
        .enumerate()
        .map(|(rank, depth)| line(marks, &step, rank, *depth, !answers.rows.is_empty()))
        .collect_view();
    let error = marks.issues.of(ROWS).0;
    let room = step.rows.len() < SizeStep::MOST_LINES;
    view! {
        <section
            class="lines"
            id=ROWS
            tabindex="-1"
            data-question=ROWS
            hidden=!step.asked()
            aria-labelledby="rows-title"
        >
            <h2 id="rows-title">{lang.pick("Votre groupe", "Your group")}</h2>
            <p class="hint">
                {lang
                    .pick(
                        "Ajoutez qui détient 25\u{A0}% ou plus de votre entreprise, ce qu’elle détient, et de proche en proche les entreprises liées à celles-ci. Chacune n’est saisie qu’une fois. Pour une personne physique, sa fonction suffit.",
                        "Add who holds 25% or more of your company, what it holds, and step by step the enterprises linked to these. Each is given once. For a natural person, a role is enough.",
                    )}
            </p>
            {error.map(|error| super::rows::wrong(lang, error.into_owned()))}
            {table(lang, &step)}
            {lines}
            {room.then(|| adding(lang, &step))}
        </section>
    }
    .into_any()
}

/// The whole at a glance, each line one click away.
fn table(lang: Lang, step: &SizeStep) -> Option<AnyView> {
    if step.rows.len() < 2 {
        return None;
    }
    let rows = step
        .rows
        .iter()
        .enumerate()
        .map(|(rank, row)| {
            let name = if row.is_link() {
                lang.pick("Autre participation", "Other holding").to_owned()
            } else {
                line_name(lang, row, rank)
            };
            let tie = tie_words(lang, step, row);
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("#{ROWS}-{rank}")>{format!("{}. {name}", rank + 1)}</a>
                    </th>
                    <td>{tie}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::new(lang.pick("Ligne", "Line")),
        Column::new(lang.pick("Rattachement", "Tie")),
    ];
    Some(
        view! {
            <DataTable caption=lang.pick("Les lignes de votre groupe", "The lines of your group") columns=columns>
                {rows}
            </DataTable>
        }
        .into_any(),
    )
}

fn line(marks: &Marks, step: &SizeStep, rank: usize, depth: usize, kept: bool) -> AnyView {
    let lang = marks.lang;
    let Some(row) = step.rows.get(rank) else {
        return ().into_any();
    };
    let fields = line_questions(step, rank, row)
        .iter_mut()
        .map(|question| {
            // They may be left out of what does not count, which an enterprise most often does.
            let figure = FIGURES
                .iter()
                .any(|name| question.field.name.ends_with(name));
            question.field.required |= figure && row.kind == "enterprise";
            ask(marks, question)
        })
        .collect_view();
    let class = format!("line line-group line-depth-{}", depth.min(DEEPEST));
    view! {
        <fieldset class=class id=format!("{ROWS}-{rank}") tabindex="-1">
            <legend class="line-title">{line_title(lang, step, rank)}</legend>
            {fields}
            {kept.then(|| buttons(lang, step, rank, row))}
        </fieldset>
    }
    .into_any()
}

/// What may be added around a line, and how it is removed.
fn buttons(lang: Lang, step: &SizeStep, rank: usize, row: &GroupRow) -> AnyView {
    let about = format!("({})", line_title(lang, step, rank));
    let below = step.lines_below(rank);
    let button = |label: &'static str, value: String| {
        view! {
            <Button label=label about=about.clone() kind=ButtonKind::Quiet name="intent" value=value/>
        }
    };
    let under = (!row.is_link()).then(|| {
        button(
            lang.pick(
                "Ajouter ce qu’elle détient",
                "Add an enterprise that it holds",
            ),
            format!("add-under-{rank}"),
        )
    });
    let over = (!row.is_link() && row.kind != "person").then(|| {
        button(
            lang.pick("Ajouter qui la détient", "Add one of its holders"),
            format!("add-over-{rank}"),
        )
    });
    let remove = button(
        lang.pick("Supprimer cette ligne", "Remove this line"),
        format!("remove-{rank}"),
    );
    let prune = (below > 0).then(|| {
        let label = lang.pick(
            "Supprimer avec ce qui s’y rattache",
            "Remove with what hangs on it",
        );
        let hint = match (lang, below) {
            (Lang::Fr, 1) => "Une ligne se rattache à celle-ci. «\u{202F}Supprimer cette ligne\u{202F}» la garde, à rattacher à une autre.".to_owned(),
            (Lang::Fr, n) => format!("{n} lignes se rattachent à celle-ci. «{NARROW}Supprimer cette ligne{NARROW}» les garde, à rattacher à une autre."),
            (Lang::En, 1) => "One line hangs on this one. “Remove this line” keeps it, to be tied to another.".to_owned(),
            (Lang::En, n) => format!("{n} lines hang on this one. “Remove this line” keeps them, to be tied to another."),
        };
        view! {
            {button(label, format!("prune-{rank}"))}
            <p class="hint">{hint}</p>
        }
    });
    view! {
        <div class="line-buttons">
            {under}
            {over}
            {remove}
            {prune}
        </div>
    }
    .into_any()
}

/// The buttons that add to the whole.
fn adding(lang: Lang, step: &SizeStep) -> AnyView {
    let button = |label: String, value: &'static str| {
        view! { <Button label=label kind=ButtonKind::Secondary name="intent" value=value/> }
    };
    let ours = ours(lang);
    let (held, holder) = match lang {
        Lang::Fr => (
            format!("Ajouter une entreprise détenue par «{NARROW}{ours}{NARROW}»"),
            format!("Ajouter un détenteur de «{NARROW}{ours}{NARROW}»"),
        ),
        Lang::En => (
            format!("Add an enterprise held by “{ours}”"),
            format!("Add a holder of “{ours}”"),
        ),
    };
    let link = (step.rows.len() > 1).then(|| {
        let label = lang.pick(
            "Ajouter une autre participation entre deux lignes",
            "Add another holding between two lines",
        );
        button(label.to_owned(), "add-link")
    });
    view! {
        <div class="line-buttons">
            {button(held, "add")}
            {button(holder, "add-holder")}
            {link}
        </div>
        <details class="paste">
            <summary>{lang.pick("Ajouter plusieurs filiales d’un coup", "Add several subsidiaries at once")}</summary>
            <TextArea
                lang=lang
                name=MANY
                label=lang.pick("Une filiale par ligne", "One subsidiary a line")
                hint=lang.pick(
                    "Nom, part du capital, effectif, chiffre d’affaires, total du bilan, séparés par un point-virgule ou copiés d’un tableur. Par exemple\u{A0}: Alpha\u{202F}; 60\u{202F}; 12,5\u{202F}; 1000000\u{202F}; 800000",
                    "Name, share of the capital, staff, turnover, balance sheet total, apart by a semicolon or copied from a spreadsheet. For example: Alpha; 60; 12.5; 1000000; 800000",
                )
                rows=5
                optional=true
            />
            {button(lang.pick("Ajouter ces filiales", "Add these subsidiaries").to_owned(), "add-many")}
        </details>
    }
    .into_any()
}
