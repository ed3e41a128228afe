//! The files of a list and what was in force when.

use leptos::prelude::*;

use super::{address, words};
use crate::i18n::{Lang, long_date};
use crate::pages::shared::moment::{long_moment, machine};
use crate::ui::{Column, DataTable, EmptyState, StatusChip};
use crate::views::ListView;

/// The files, whatever became of them.
pub(super) fn files(lang: Lang, view: &ListView) -> AnyView {
    if view.files.is_empty() {
        return view! {
            <EmptyState
                title=lang.pick("Aucun fichier", "No file")
                text=lang.pick(
                    "Envoyez-en un ci-dessus, ou utilisez la commande spaser lists import.",
                    "Send one above, or use the command spaser lists import.",
                )
            />
        }
        .into_any();
    }
    let labels = [
        lang.pick("État", "State"),
        lang.pick("Date de la liste", "Date of the list"),
        lang.pick("Lignes", "Rows"),
        lang.pick("Envoyé", "Sent"),
    ];
    let [state, dated, rows, sent] = labels;
    let columns = vec![
        Column::new(lang.pick("Fichier", "File")),
        Column::new(state),
        Column::new(dated),
        Column::new(rows).figures(),
        Column::new(sent),
    ];
    let lines = view
        .files
        .iter()
        .map(|file| {
            let (words, tone) = words::file_state(file);
            view! {
                <tr>
                    <th scope="row">
                        <a href=address::import(view.line.list, file.id)>
                            {format!("n°\u{A0}{}", file.id)}
                        </a>
                        <span class="row-note">{file.file_name.clone()}</span>
                    </th>
                    <td data-label=state><StatusChip label=words.get(lang) tone=tone/></td>
                    <td data-label=dated>{long_date(lang, file.published_on)}</td>
                    <td class="figures" data-label=rows>{words::count(lang, file.rows)}</td>
                    <td data-label=sent>
                        <div>
                            {long_moment(lang, file.sent_at)}
                            <span class="row-note">{words::by(lang, &file.by)}</span>
                        </div>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Fichiers, le dernier d’abord", "Files, the last one first")
                quiet_caption=true
                columns=columns
            >
                {lines}
            </DataTable>
        </div>
    }
    .into_any()
}

/// What was in force when.
pub(super) fn turns(lang: Lang, view: &ListView) -> AnyView {
    if view.turns.is_empty() {
        return view! {
            <EmptyState title=lang.pick("Aucune version n’a été en vigueur", "No version was in force yet")/>
        }
        .into_any();
    }
    let list = view.line.list;
    let lines = view
        .turns
        .iter()
        .map(|turn| {
            let number = turn.import.map(|id| {
                view! { <a href=address::import(list, id)>{format!("n°\u{A0}{id}")}</a> }
            });
            let words = match (turn.taken_back, turn.import) {
                (false, _) => lang.pick("Mise en vigueur du fichier ", "Put in force: file "),
                (true, Some(_)) => lang.pick("Retour au fichier ", "Back to file "),
                (true, None) => lang.pick("Retrait du premier fichier", "First file taken back"),
            };
            let reason = (!turn.reason.is_empty())
                .then(|| view! { <span class="row-note as-typed">{turn.reason.clone()}</span> });
            view! {
                <li>
                    <time datetime=machine(turn.at)>{long_moment(lang, turn.at)}</time>
                    {lang.pick("\u{A0}: ", ": ")}
                    {words}
                    {number}
                    {format!(", {}", words::by(lang, &turn.by))}
                    {reason}
                </li>
            }
        })
        .collect_view();
    view! { <ul>{lines}</ul> }.into_any()
}
