//! How the lines of the group are called: in their headings, in the lists that name them, and in the table of the whole.

use domain::form::{GroupRow, SizeStep, rules};

use super::size::ours;
use crate::i18n::{Lang, NARROW};

/// The name of a line, or its rank while it has none.
pub fn line_name(lang: Lang, row: &GroupRow, rank: usize) -> String {
    match (row.name.trim(), lang) {
        ("", Lang::Fr) => format!("Ligne {}", rank + 1),
        ("", Lang::En) => format!("Line {}", rank + 1),
        (name, _) => name.to_owned(),
    }
}

/// The lines that another may name, with their codes.
pub fn members(lang: Lang, step: &SizeStep) -> Vec<(String, String)> {
    step.rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.is_link())
        .map(|(rank, row)| {
            let name = format!("{}. {}", rank + 1, line_name(lang, row, rank));
            (row.code.clone(), name)
        })
        .collect()
}

/// `2. Alpha – détenue à 60 % par Votre entreprise`.
pub fn line_title(lang: Lang, step: &SizeStep, rank: usize) -> String {
    let Some(row) = step.rows.get(rank) else {
        return format!("{}.", rank + 1);
    };
    let number = rank + 1;
    let name = if row.is_link() {
        lang.pick("Autre participation", "Other holding").to_owned()
    } else {
        line_name(lang, row, rank)
    };
    format!("{number}. {name} – {}", tie_words(lang, step, row))
}

/// What ties a line, in words: of a holding between two lines, both ends.
pub fn tie_words(lang: Lang, step: &SizeStep, row: &GroupRow) -> String {
    if !row.is_link() {
        return tie(lang, step, row);
    }
    match named(lang, step, &row.of) {
        Some(of) => format!("{of} {}", tie(lang, step, row)),
        None => lang.pick("à compléter", "to complete").to_owned(),
    }
}

/// By what a line hangs on another, after its name.
fn tie(lang: Lang, step: &SizeStep, row: &GroupRow) -> String {
    let other = if row.with.is_empty() {
        Some(ours(lang).to_owned())
    } else {
        named(lang, step, &row.with)
    };
    let Some(other) = other else {
        return lang.pick("à rattacher", "to be tied again").to_owned();
    };
    let share = rules::parse_percent(&row.capital_pct)
        .max(rules::parse_percent(&row.voting_pct))
        .map(|share| share.display(lang));
    match (lang, row.holds(), share) {
        (Lang::Fr, true, Some(share)) => format!("détient {share} de {}", quoted(lang, &other)),
        (Lang::Fr, true, None) => format!("détient une part de {}", quoted(lang, &other)),
        (Lang::Fr, false, Some(share)) => {
            format!("détenue à {share} par {}", quoted(lang, &other))
        }
        (Lang::Fr, false, None) => format!("détenue par {}", quoted(lang, &other)),
        (Lang::En, true, Some(share)) => format!("holds {share} of {}", quoted(lang, &other)),
        (Lang::En, true, None) => format!("holds a share of {}", quoted(lang, &other)),
        (Lang::En, false, Some(share)) => format!("held at {share} by {}", quoted(lang, &other)),
        (Lang::En, false, None) => format!("held by {}", quoted(lang, &other)),
    }
}

fn named(lang: Lang, step: &SizeStep, code: &str) -> Option<String> {
    let rank = step.line(code)?;
    let row = step.rows.get(rank).filter(|row| !row.is_link())?;
    Some(line_name(lang, row, rank))
}

fn quoted(lang: Lang, words: &str) -> String {
    match lang {
        Lang::Fr => format!("«{NARROW}{words}{NARROW}»"),
        Lang::En => format!("“{words}”"),
    }
}
