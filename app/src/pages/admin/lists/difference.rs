//! What a file that was read would change, and what is wrong in it.

use domain::lists::{Contradiction, Example, LineProblem, Outcome};
use leptos::prelude::*;

use super::words;
use crate::i18n::Lang;
use crate::ui::{Column, DataTable, DescriptionList, Entry, Notice, Tone};

/// The counts.
pub(super) fn counts(lang: Lang, outcome: &Outcome) -> AnyView {
    let count = |number| words::count(lang, number);
    let difference = &outcome.difference;
    let before = difference
        .before
        .map_or_else(|| lang.pick("aucune liste", "no list").to_owned(), count);
    let mut entries = vec![
        Entry::new(
            lang.pick("Lignes de la liste", "Rows of the list"),
            count(outcome.rows),
        ),
        Entry::new(
            lang.pick("En vigueur aujourd’hui", "In force today"),
            before,
        ),
        Entry::new(lang.pick("Ajoutées", "Added"), count(difference.added)),
        Entry::new(lang.pick("Retirées", "Removed"), count(difference.removed)),
        Entry::new(lang.pick("Modifiées", "Changed"), count(difference.changed)),
    ];
    for (fr, en, number) in [
        ("Lignes refusées", "Lines refused", outcome.refused),
        (
            "Lignes en double, comptées une fois",
            "Repeated lines, counted once",
            outcome.duplicates,
        ),
        ("Contradictions", "Contradictions", outcome.contradicted),
        ("Dates laissées de côté", "Dates left out", outcome.left_out),
    ] {
        if number > 0 {
            entries.push(Entry::new(lang.pick(fr, en), count(number)));
        }
    }
    view! { <DescriptionList entries=entries/> }.into_any()
}

/// Some rows of each part of the difference.
pub(super) fn examples(lang: Lang, outcome: &Outcome) -> AnyView {
    let difference = &outcome.difference;
    if difference.before.is_some()
        && difference.added + difference.removed + difference.changed == 0
    {
        return view! {
            <Notice tone=Tone::Info>
                <p>
                    {lang
                        .pick(
                            "Ce fichier dit la même chose que la liste en vigueur\u{A0}: le mettre en vigueur ne change que sa date.",
                            "This file says the same as the list in force: putting it in force only changes its date.",
                        )}
                </p>
            </Notice>
        }
        .into_any();
    }
    let part = |id: &'static str, fr, en, total, examples: &[Example]| {
        part(lang, id, lang.pick(fr, en), total, examples)
    };
    view! {
        {part("removed", "Lignes retirées", "Rows removed", difference.removed, &difference.removed_examples)}
        {part("changed", "Lignes modifiées", "Rows changed", difference.changed, &difference.changed_examples)}
        {part("added", "Lignes ajoutées", "Rows added", difference.added, &difference.added_examples)}
    }
    .into_any()
}

fn part(
    lang: Lang,
    id: &'static str,
    title: &'static str,
    total: u64,
    examples: &[Example],
) -> Option<AnyView> {
    if examples.is_empty() {
        return None;
    }
    let lines = examples
        .iter()
        .map(|example| {
            let key = words::key(lang, &example.key);
            let line = match &example.name {
                Some(name) => format!("{name} ({key})"),
                None => key,
            };
            view! { <li>{line}</li> }
        })
        .collect_view();
    let rest = total.saturating_sub(examples.len() as u64);
    let rest = (rest > 0).then(|| {
        let words = match lang {
            Lang::Fr => format!("et {} autres.", words::count(lang, rest)),
            Lang::En => format!("and {} others.", words::count(lang, rest)),
        };
        view! { <p class="hint">{words}</p> }
    });
    Some(
        view! {
            <section class="block" aria-labelledby=id>
                <h3 id=id>{title}</h3>
                <ul>{lines}</ul>
                {rest}
            </section>
        }
        .into_any(),
    )
}

/// What is wrong, line by line, so that it can be told to the publisher.
pub(super) fn problems(lang: Lang, outcome: &Outcome) -> AnyView {
    view! {
        {wrong(lang, &outcome.problems)}
        {contradictions(lang, &outcome.contradictions)}
    }
    .into_any()
}

fn wrong(lang: Lang, problems: &[LineProblem]) -> Option<AnyView> {
    if problems.is_empty() {
        return None;
    }
    let labels = [
        lang.pick("Colonne", "Column"),
        lang.pick("Valeur", "Value"),
        lang.pick("Problème", "Problem"),
    ];
    let [column, value, problem] = labels;
    let columns = std::iter::once(Column::new(lang.pick("Ligne", "Line")))
        .chain(labels.map(Column::new))
        .collect();
    let rows = problems
        .iter()
        .map(|one| {
            view! {
                <tr>
                    <th scope="row">{one.line.to_string()}</th>
                    <td data-label=column>{one.field.label().get(lang)}</td>
                    <td data-label=value class="as-typed">{one.value.clone()}</td>
                    <td data-label=problem>{one.kind.words().get(lang)}</td>
                </tr>
            }
        })
        .collect_view();
    Some(
        view! {
            <div class="rows">
                <DataTable
                    caption=lang.pick("Premiers problèmes du fichier", "First problems of the file")
                    columns=columns
                >
                    {rows}
                </DataTable>
            </div>
        }
        .into_any(),
    )
}

fn contradictions(lang: Lang, contradictions: &[Contradiction]) -> Option<AnyView> {
    if contradictions.is_empty() {
        return None;
    }
    let lines = contradictions
        .iter()
        .map(|one| {
            let fields: Vec<&str> = one
                .fields
                .iter()
                .map(|field| field.label().get(lang))
                .collect();
            let numbers: Vec<String> = one.lines.iter().map(u64::to_string).collect();
            let (fields, numbers) = (fields.join(", "), numbers.join(", "));
            let who = words::key(lang, &one.number);
            let who = one
                .name
                .as_ref()
                .map_or(who.clone(), |name| format!("{name} ({who})"));
            let words = match lang {
                Lang::Fr => format!("{who}, lignes {numbers}\u{A0}: {fields}"),
                Lang::En => format!("{who}, lines {numbers}: {fields}"),
            };
            view! { <li>{words}</li> }
        })
        .collect_view();
    Some(
        view! {
            <section class="block" aria-labelledby="contradictions">
                <h3 id="contradictions">
                    {lang.pick("Lignes qui se contredisent", "Lines that contradict each other")}
                </h3>
                <p>
                    {lang
                        .pick(
                            "L’entreprise reste dans la liste, mais la liste ne dit rien de ce sur quoi ses lignes se contredisent. Signalez-le à l’éditeur.",
                            "The company stays in the list, but the list says nothing of what its lines disagree on. Tell its publisher.",
                        )}
                </p>
                <ul>{lines}</ul>
            </section>
        }
        .into_any(),
    )
}
