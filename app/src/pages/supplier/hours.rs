//! The hours of a commitment, for its company: where it stands, and the statement of a quarter.

use domain::insertion::LONGEST_NOTE;
use leptos::prelude::*;
use uuid::Uuid;

use crate::catalogue::use_catalogue;
use crate::i18n::Lang;
use crate::pages::shared::claim::key_title;
use crate::pages::shared::hours::account;
use crate::ui::{
    Actions, Button, Choice, Issue, Issues, Notice, Select, TextArea, TextInput, Tone,
};
use crate::views::{HoursDue, HoursView, Typed};

/// Whether the form that came back is that of the hours.
pub(super) fn is_about(problem: Option<&str>, typed: Option<&Typed>) -> bool {
    problem.and_then(field).is_some()
        || typed.is_some_and(|typed| typed.fields.contains_key("quarter"))
}

/// The field of the form that a refusal is about.
fn field(problem: &str) -> Option<&'static str> {
    match problem {
        "quarter_not_over" => Some("quarter"),
        "hours_out_of_bounds" => Some("hours"),
        "note_too_long" => Some("note"),
        _ => None,
    }
}

pub(super) fn section(
    lang: Lang,
    id: Uuid,
    view: &HoursView,
    typed: Option<&Typed>,
    issues: &Issues,
) -> AnyView {
    view! {
        <section class="wide" id="heures" aria-labelledby="hours-title">
            <h2 id="hours-title">{lang.pick("Heures réalisées", "Hours realised")}</h2>
            {account(lang, view)}
            {view.promised.map(|_| form(lang, id, view, typed, issues))}
        </section>
    }
    .into_any()
}

fn form(lang: Lang, id: Uuid, view: &HoursView, typed: Option<&Typed>, issues: &Issues) -> AnyView {
    let Some(last) = view.quarters.last() else {
        return view! {
            <p>
                {lang.pick(
                    "Les heures se déclarent une fois chaque trimestre terminé\u{A0}: il n’y a rien à déclarer pour l’instant.",
                    "Hours are stated once each quarter is over: there is nothing to state for now.",
                )}
            </p>
        }
        .into_any();
    };
    let choices: Vec<Choice> = view
        .quarters
        .iter()
        .rev()
        .map(|quarter| Choice::new(quarter.to_string(), quarter.words(lang)))
        .collect();
    let given = |field: &str| typed.map_or("", |typed| typed.get(field)).to_owned();
    let chosen = Some(given("quarter")).filter(|quarter| !quarter.is_empty());
    let chosen = chosen.unwrap_or_else(|| view.missing().next().unwrap_or(*last).to_string());
    view! {
        <form class="card" method="post" action="/fn/tell-hours" novalidate>
            <h3>{lang.pick("Déclarer les heures d’un trimestre", "State the hours of a quarter")}</h3>
            <p>
                {lang.pick(
                    "L’acheteur vérifie chaque relevé. Pour en corriger un, déclarez à nouveau le même trimestre\u{A0}: le dernier relevé vérifié est celui qui compte.",
                    "The buyer checks each statement. To correct one, state the same quarter again: the last one checked is the one that counts.",
                )}
            </p>
            <input type="hidden" name="id" value=id.to_string()/>
            <Select
                lang=lang
                name="quarter"
                label=lang.pick("Trimestre", "Quarter")
                choices=choices
                value=chosen
                error=issues.of("quarter")
            />
            <TextInput
                lang=lang
                name="hours"
                label=lang.pick("Heures réalisées pendant ce trimestre", "Hours realised during this quarter")
                hint=lang.pick("Écrivez 0 s’il n’y en a pas eu.", "Write 0 if there were none.")
                value=given("hours")
                error=issues.of("hours")
                inputmode="decimal"
                autocomplete="off"
                width="medium"
                suffix="h"
            />
            <TextArea
                lang=lang
                name="note"
                label=lang.pick("Justificatifs tenus à disposition", "Evidence held available")
                hint=lang.pick(
                    "Par exemple\u{A0}: états d’heures signés, contrats, attestation du facilitateur ou de la structure. Ne nommez personne.",
                    "For example: signed statements of hours, contracts, attestation of the facilitator or of the structure. Name nobody.",
                )
                value=given("note")
                error=issues.of("note")
                optional=true
                rows=3
                maxlength=u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX)
            />
            <Actions>
                <Button label=lang.pick("Déclarer ces heures", "State these hours")/>
            </Actions>
        </form>
    }
    .into_any()
}

/// In the workspace: the commitments whose hours are expected.
pub(super) fn due(lang: Lang, due: &[HoursDue]) -> Option<AnyView> {
    if due.is_empty() {
        return None;
    }
    let items = due
        .iter()
        .map(|one| {
            let quarters: Vec<String> =
                one.quarters.iter().map(|quarter| quarter.words(lang)).collect();
            view! {
                <li>
                    <a href=format!("/qualifications/{}#heures", one.qualification)>{key_title(&use_catalogue(), &one.key, lang)}</a>
                    {lang.pick("\u{A0}: ", ": ")}
                    {quarters.join(", ")}
                </li>
            }
        })
        .collect_view();
    let title = lang.pick("Heures d’insertion à déclarer", "Insertion hours to state");
    Some(
        view! {
            <Notice tone=Tone::Info title=title>
                <ul>{items}</ul>
            </Notice>
        }
        .into_any(),
    )
}

/// The refusal at its field.
pub(super) fn issue(problem: &str, words: String) -> Issues {
    Issues(vec![Issue::new(field(problem).unwrap_or("quarter"), words)])
}
