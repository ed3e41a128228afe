//! The pieces of a paper on the screen: the PDF draws the same ones in the same order.

use leptos::prelude::*;

use crate::papers::{Block, Row, Section};
use crate::ui::{Column, DataTable, DescriptionList, Entry};

/// The blocks in their order; `label` names lists that no heading names.
pub fn blocks(blocks: &[Block], label: Option<&str>) -> AnyView {
    blocks
        .iter()
        .map(|one| block(one, label))
        .collect_view()
        .into_any()
}

/// The sections in their order, each named by its heading.
pub fn sections(sections: &[Section]) -> AnyView {
    sections
        .iter()
        .map(|section| {
            let id = format!("{}-title", section.id);
            view! {
                <section aria-labelledby=id.clone()>
                    <h2 id=id.clone()>{section.title.clone()}</h2>
                    {blocks(&section.blocks, None)}
                </section>
            }
        })
        .collect_view()
        .into_any()
}

fn block(block: &Block, label: Option<&str>) -> AnyView {
    match block {
        Block::Reference { label, value } => view! {
            <p class="receipt-reference">
                {label.clone()} " " <strong>{value.clone()}</strong>
            </p>
        }
        .into_any(),
        Block::Strong { words } => view! {
            <p>
                <strong>{words.clone()}</strong>
            </p>
        }
        .into_any(),
        Block::Words { words } => view! { <p>{words.clone()}</p> }.into_any(),
        Block::Rows { rows } => {
            let label = label.unwrap_or_default().to_owned();
            if label.is_empty() {
                view! { <DescriptionList entries=entries(rows)/> }.into_any()
            } else {
                view! { <DescriptionList entries=entries(rows) label=label/> }.into_any()
            }
        }
        Block::List { items } => {
            let items = items
                .iter()
                .map(|item| view! { <li>{item.clone()}</li> })
                .collect_view();
            view! { <ul class="terms">{items}</ul> }.into_any()
        }
        Block::Claims { claims } => {
            let items = claims
                .iter()
                .map(|claim| {
                    view! {
                        <li class="claim">
                            <h3>{claim.title.clone()}</h3>
                            <DescriptionList entries=entries(&claim.rows)/>
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="claims">{items}</ul> }.into_any()
        }
        Block::Table {
            caption,
            columns,
            rows,
        } => table(caption, columns, rows),
    }
}

fn entries(rows: &[Row]) -> Vec<Entry> {
    rows.iter()
        .map(|row| {
            let (label, value) = (row.label.clone(), row.value.clone());
            if row.code {
                let code = view! { <code class="hash">{value}</code> };
                Entry::view(label, code.into_any())
            } else {
                Entry::new(label, value)
            }
        })
        .collect()
}

fn table(caption: &str, columns: &[String], rows: &[Vec<String>]) -> AnyView {
    let rows = rows
        .iter()
        .map(|row| row.iter().cloned().map(Cell::Words).collect())
        .collect();
    facts_table(caption, columns, rows)
}

/// What a cell holds.
pub enum Cell {
    Words(String),
    View(AnyView),
}

/// A table whose first column names its rows; the heading above names the table.
pub fn facts_table(caption: &str, columns: &[String], rows: Vec<Vec<Cell>>) -> AnyView {
    let lines = rows
        .into_iter()
        .map(|row| {
            let cells = row
                .into_iter()
                .zip(columns)
                .enumerate()
                .map(|(at, (cell, column))| match cell {
                    Cell::Words(words) if at == 0 => named(&words),
                    Cell::Words(words) => view! {
                        <td data-label=column.clone()>
                            <span class="as-typed">{words}</span>
                        </td>
                    }
                    .into_any(),
                    Cell::View(view) => {
                        view! { <td data-label=column.clone()>{view}</td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    let columns = columns.iter().cloned().map(Column::new).collect::<Vec<_>>();
    view! {
        <div class="rows">
            <DataTable caption=caption.to_owned() columns=columns quiet_caption=true>
                {lines}
            </DataTable>
        </div>
    }
    .into_any()
}

/// The header of a row: its first line says what it is, the others tell more.
fn named(words: &str) -> AnyView {
    let (first, more) = words.split_once('\n').unwrap_or((words, ""));
    let more = (!more.is_empty()).then(|| {
        let more = more.to_owned();
        view! { <span class="hint as-typed more">{more}</span> }
    });
    view! {
        <th scope="row">
            <span class="as-typed">{first.to_owned()}</span>
            {more}
        </th>
    }
    .into_any()
}
