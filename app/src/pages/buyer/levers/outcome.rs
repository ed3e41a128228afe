//! "Validate these files and the rate becomes …": the figure before and after, and what the target still lacks.

use domain::decimal::Hundredths;
use leptos::prelude::*;

use crate::i18n::{Lang, euros};
use crate::pages::buyer::indicators::percent;
use crate::ui::{Notice, Tone};
use crate::views::{LeversView, Outcome};

/// What the chosen files do, in words.
pub(super) fn announcement(lang: Lang, found: &LeversView) -> AnyView {
    let outcome = &found.outcome;
    let reached = outcome.missing.is_none() && outcome.after.rate.is_some();
    let tone = if reached { Tone::Success } else { Tone::Info };
    let title = if outcome.files == 0 {
        unchanged(lang, outcome)
    } else {
        headline(lang, outcome)
    };
    let gain = (outcome.files > 0).then(|| view! { <p>{gain(lang, outcome, found.total)}</p> });
    let target = target(lang, found);
    // The answer to a choice is announced.
    let live = found.filter.chosen.is_some();
    let gone = (found.gone > 0).then(|| view! { <p>{gone(lang, found.gone)}</p> });
    view! {
        <Notice tone=tone title=title live=live>
            {gain}
            <p>{target}</p>
            {gone}
        </Notice>
    }
    .into_any()
}

fn headline(lang: Lang, outcome: &Outcome) -> String {
    let (before, after) = (
        percent(lang, outcome.before.rate),
        percent(lang, outcome.after.rate),
    );
    match (lang, outcome.files) {
        (Lang::Fr, 1) => {
            format!("Validez ce dossier et le taux passe de {before} à {after}.")
        }
        (Lang::Fr, files) => {
            format!("Validez ces {files} dossiers et le taux passe de {before} à {after}.")
        }
        (Lang::En, 1) => format!("Validate this file and the rate goes from {before} to {after}."),
        (Lang::En, files) => {
            format!("Validate these {files} files and the rate goes from {before} to {after}.")
        }
    }
}

fn unchanged(lang: Lang, outcome: &Outcome) -> String {
    if outcome.before.rate.is_none() {
        return lang
            .pick("Le taux n’est pas calculable", "The rate is not computable")
            .to_owned();
    }
    let rate = percent(lang, outcome.before.rate);
    match lang {
        Lang::Fr => format!("Sans dossier de plus, le taux est de {rate}."),
        Lang::En => format!("With no further file, the rate is {rate}."),
    }
}

fn gain(lang: Lang, outcome: &Outcome, total: Hundredths) -> String {
    let (added, after, total) = (
        euros(lang, outcome.added),
        euros(lang, outcome.after.euros),
        euros(lang, total),
    );
    let points = outcome
        .points
        .map(|points| points_words(lang, points))
        .unwrap_or_default();
    match lang {
        Lang::Fr => format!("Soit {points}{added} de plus\u{A0}: {after} sur {total}."),
        Lang::En => format!("That is {points}{added} more: {after} of {total}."),
    }
}

fn points_words(lang: Lang, points: Hundredths) -> String {
    let shown = points.display(lang);
    match lang {
        // The plural begins at two.
        Lang::Fr if points.hundredths() < 200 => format!("{shown}\u{A0}point et "),
        Lang::Fr => format!("{shown}\u{A0}points et "),
        Lang::En => format!("{shown} points and "),
    }
}

fn target(lang: Lang, found: &LeversView) -> String {
    let goal = percent(lang, Some(Hundredths::from_units(found.target.into())));
    let outcome = &found.outcome;
    let all = found.files.iter().all(|file| file.chosen);
    match (lang, outcome.missing.map(|lacking| euros(lang, lacking))) {
        (_, None) if outcome.after.rate.is_none() => lang
            .pick(
                "Aucun marché de l’année n’a de montant qui compte.",
                "No contract of the year has an amount that counts.",
            )
            .to_owned(),
        (Lang::Fr, None) if outcome.files > 0 => {
            format!("L’objectif de {goal} serait atteint.")
        }
        (Lang::En, None) if outcome.files > 0 => {
            format!("The target of {goal} would be reached.")
        }
        (Lang::Fr, None) => format!("L’objectif de {goal} est atteint."),
        (Lang::En, None) => format!("The target of {goal} is reached."),
        (Lang::Fr, Some(lacking)) if all => {
            format!("L’objectif de {goal} reste hors d’atteinte de {lacking}.")
        }
        (Lang::En, Some(lacking)) if all => {
            format!("The target of {goal} stays out of reach by {lacking}.")
        }
        (Lang::Fr, Some(lacking)) => format!("Il manque {lacking} à l’objectif de {goal}."),
        (Lang::En, Some(lacking)) => format!("The target of {goal} lacks {lacking}."),
    }
}

fn gone(lang: Lang, files: usize) -> String {
    match (lang, files) {
        (Lang::Fr, 1) => {
            "Un dossier choisi n’attend plus, ou n’apporterait plus rien\u{A0}: il n’est pas compté."
                .to_owned()
        }
        (Lang::Fr, files) => format!(
            "{files} dossiers choisis n’attendent plus, ou n’apporteraient plus rien\u{A0}: ils ne sont pas comptés."
        ),
        (Lang::En, 1) => {
            "One chosen file no longer waits, or would bring nothing any more: it is not counted."
                .to_owned()
        }
        (Lang::En, files) => format!(
            "{files} chosen files no longer wait, or would bring nothing any more: they are not counted."
        ),
    }
}
