//! The part of the year that a page is narrowed to, each with the way out of it.

use domain::indicators::{Dimension, Narrowing};
use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::Lang;
use crate::pages::buyer::address;
use crate::views::{ContractFilter, FiguresFilter};

/// Keeps the part when the year or the measure changes.
pub(super) fn hidden(narrowing: &Narrowing) -> AnyView {
    narrowing
        .parts()
        .map(|(dimension, key)| {
            view! { <input type="hidden" name=dimension.code() value=key.to_owned()/> }
        })
        .collect_view()
        .into_any()
}

pub(super) fn of_figures(lang: Lang, filter: &FiguresFilter) -> Option<AnyView> {
    let without = |narrowing| {
        address::indicators(&FiguresFilter {
            narrowing,
            ..filter.clone()
        })
    };
    shown(lang, &filter.narrowing, without, None)
}

pub(super) fn of_contracts(lang: Lang, filter: &ContractFilter) -> Option<AnyView> {
    let without = |narrowing| {
        address::contracts(&ContractFilter {
            narrowing,
            page: 1,
            ..filter.clone()
        })
    };
    let split = filter.narrowing.is_of_holders().then(|| {
        lang.pick(
            "Un marché figure ici en entier dès qu’un de ses titulaires répond au filtre\u{202F}; les indicateurs n’en comptent que la part de ces titulaires.",
            "A contract is listed whole as soon as one of its holders matches; the figures count the share of these holders only.",
        )
    });
    shown(lang, &filter.narrowing, without, split)
}

fn shown(
    lang: Lang,
    narrowing: &Narrowing,
    without: impl Fn(Narrowing) -> String,
    note: Option<&'static str>,
) -> Option<AnyView> {
    let part = |(dimension, key): (Dimension, &str)| {
        let (label, name) = (
            dimension.label().get(lang),
            dimension.name(key, lang, &use_catalogue()),
        );
        let about = format!(" ({label})");
        let href = without(narrowing.without(dimension));
        view! {
            <li>
                {label} {lang.pick("\u{A0}: ", ": ")} <strong>{name}</strong> " "
                <a href=href>
                    {lang.pick("Retirer", "Remove")} <span class="visually-hidden">{about}</span>
                </a>
            </li>
        }
    };
    (!narrowing.is_empty()).then(|| {
        let parts = narrowing.parts().map(part).collect_view();
        view! {
            <section class="narrowed" aria-label=lang.pick("Filtres", "Filters")>
                <ul>{parts}</ul>
            </section>
            {note.map(|note| view! { <p class="target-note">{note}</p> })}
        }
        .into_any()
    })
}
