//! Which column of a file gives what: the form, filled with what the headings say, above the first lines of the file.

use domain::lists::{Failure, Field, WrongMapping};
use leptos::prelude::*;

use super::words;
use crate::i18n::Lang;
use crate::ui::{
    Actions, Button, ButtonKind, Choice, Column, DataTable, DateInput, Issue, Issues, Select,
    show_date,
};
use crate::views::ListImportView;

/// The identifier of the select of a field.
pub(super) fn id_of(field: Field) -> String {
    format!("column-{}", field.code())
}

/// What is wrong with the columns, by the field to correct.
pub(super) fn issues(lang: Lang, view: &ListImportView) -> Issues {
    let Some(Failure::Mapping(wrong)) = &view.failure else {
        return Issues::default();
    };
    let field = match wrong {
        WrongMapping::NoIdentifier => Field::Siren,
        WrongMapping::Missing(field) | WrongMapping::Twice(_, field) => *field,
        WrongMapping::Unknown(heading) => {
            let mut mapping = view.mapping.iter();
            mapping
                .find(|(_, one)| *one == heading)
                .map_or(Field::Siren, |(field, _)| *field)
        }
    };
    let message = words::failure(lang, &Failure::Mapping(wrong.clone()));
    std::iter::once(Issue::new(id_of(field), message)).collect()
}

pub(super) fn form(lang: Lang, view: &ListImportView, issues: &Issues) -> AnyView {
    let mut choices: Vec<Choice> = Vec::new();
    for heading in view.headings.iter().filter(|heading| !heading.is_empty()) {
        if !choices
            .iter()
            .any(|choice| choice.value == heading.as_str())
        {
            choices.push(Choice::new(heading.clone(), heading.clone()));
        }
    }
    let required = view.list.required();
    let selects = view
        .list
        .fields()
        .iter()
        .map(|field| {
            let identifier = matches!(field, Field::Siren | Field::Siret);
            let id = id_of(*field);
            let hint = identifier.then(|| {
                lang.pick(
                    "L’une des deux colonnes suffit\u{202F}; une même colonne peut donner les deux.",
                    "One of the two columns is enough; one column may give both.",
                )
            });
            view! {
                <Select
                    lang=lang
                    id=id.clone()
                    name=format!("columns[{}]", field.code())
                    label=field.label().get(lang)
                    choices=choices.clone()
                    value=view.mapping.get(field).cloned().unwrap_or_default()
                    placeholder=lang.pick("Aucune colonne", "No column")
                    hint=hint.unwrap_or_default()
                    error=issues.of(&id)
                    optional=!required.contains(field) && !identifier
                />
            }
        })
        .collect_view();
    view! {
        <form class="card" method="post" action="/fn/read-list" novalidate>
            <input type="hidden" name="list" value=view.list.slug()/>
            <input type="hidden" name="import" value=view.id.to_string()/>
            {selects}
            <DateInput
                lang=lang
                id="published_on"
                name="published_on"
                label=lang.pick("Date de la liste", "Date of the list")
                value=show_date(view.published_on)
                error=issues.of("published_on")
            />
            <Actions>
                <Button label=lang.pick("Lire et comparer", "Read and compare")/>
            </Actions>
        </form>
        {sample(lang, view)}
    }
    .into_any()
}

/// The form that throws the file away.
pub(super) fn discard(lang: Lang, view: &ListImportView) -> AnyView {
    view! {
        <form method="post" action="/fn/discard-list">
            <input type="hidden" name="list" value=view.list.slug()/>
            <input type="hidden" name="import" value=view.id.to_string()/>
            <Button
                label=lang.pick("Écarter ce fichier", "Discard this file")
                kind=ButtonKind::Quiet
            />
        </form>
    }
    .into_any()
}

fn sample(lang: Lang, view: &ListImportView) -> Option<AnyView> {
    if view.sample.is_empty() {
        return None;
    }
    let width = view.headings.len();
    let columns = view
        .headings
        .iter()
        .map(|heading| {
            let named = if heading.is_empty() {
                lang.pick("(sans titre)", "(no heading)").to_owned()
            } else {
                heading.clone()
            };
            Column::new(named)
        })
        .collect();
    let rows = view
        .sample
        .iter()
        .map(|line| {
            let cells = (0..width).map(|at| line.get(at).cloned().unwrap_or_default());
            let cells = cells.enumerate().map(|(at, cell)| {
                if at == 0 {
                    view! { <th scope="row">{cell}</th> }.into_any()
                } else {
                    view! { <td>{cell}</td> }.into_any()
                }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    Some(
        view! {
            <DataTable
                caption=lang.pick("Premières lignes du fichier", "First lines of the file")
                columns=columns
            >
                {rows}
            </DataTable>
        }
        .into_any(),
    )
}
