//! The index of professional equality that a published list gives: proposed on the step of the commitments by a button of its
//! form, and on the page for whom registers already know by a tick.

use domain::known::{PublishedIndex, published_index};
use domain::lifecycle::CommandKind;
use domain::lists::{EGAPRO_PLEDGE, Score};
use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, NO_BREAK, long_date};
use crate::ui::{Button, ButtonKind, Checkbox};
use crate::views::DeclarationView;

/// The last index of the company that the list gives and the form asks for.
pub fn index_of(view: &DeclarationView) -> Option<PublishedIndex> {
    published_index(&view.siren, &view.listed, &use_catalogue())
}

fn words(lang: Lang, index: &PublishedIndex) -> String {
    let year = index.year;
    let name = use_catalogue()
        .pledge(EGAPRO_PLEDGE)
        .map(|entry| entry.label.get(lang).to_owned())
        .unwrap_or_default();
    match (index.score, lang) {
        (Score::Points(points), Lang::Fr) => {
            format!("{name}{NO_BREAK}: {points} sur 100 (données {year})")
        }
        (Score::Points(points), Lang::En) => {
            format!("{name}: {points} out of 100 (data of {year})")
        }
        (Score::NotComputable, Lang::Fr) => {
            format!("{name}{NO_BREAK}: non calculable (données {year})")
        }
        (Score::NotComputable, Lang::En) => format!("{name}: not computable (data of {year})"),
    }
}

fn source(lang: Lang, index: &PublishedIndex) -> String {
    let (list, day) = (index.source.get(lang), long_date(lang, index.read_on));
    match lang {
        Lang::Fr => format!("Source{NO_BREAK}: {list}, liste éditée le {day}"),
        Lang::En => format!("Source: {list}, list of {day}"),
    }
}

/// What one button fills in, while it is not declared; the button saves the page first.
pub(super) fn proposal(lang: Lang, view: &DeclarationView) -> Option<AnyView> {
    let index = index_of(view).filter(|index| !index.is_in(&view.draft.pledges))?;
    view.allowed.contains(&CommandKind::Save).then_some(())?;
    let (words, from) = (words(lang, &index), source(lang, &index));
    Some(
        view! {
            <section class="card proposed-index" aria-labelledby="index-title">
                <h2 id="index-title">{lang.pick("Déjà publié", "Published already")}</h2>
                <p>{words} <span class="row-note">{from}</span></p>
                <Button
                    label=lang.pick("Reprendre cet index", "Take this index over")
                    kind=ButtonKind::Secondary
                    name="intent"
                    value="index"
                />
                <p class="hint">
                    {lang
                        .pick(
                            "La note et l’année sont remplies pour vous, à vérifier\u{202F}; vos autres réponses sont enregistrées telles quelles.",
                            "The score and the year are filled in for you to check; your other answers are saved as they are.",
                        )}
                </p>
            </section>
        }
        .into_any(),
    )
}

/// The same as a tick, for the page that is signed at once.
pub(super) fn tick(lang: Lang, view: &DeclarationView) -> Option<AnyView> {
    let index = index_of(view)?;
    let taken = index.is_in(&view.draft.pledges);
    let (name, from) = (words(lang, &index), source(lang, &index));
    let label = match lang {
        Lang::Fr => format!("Je déclare cet engagement{NO_BREAK}: {name}"),
        Lang::En => format!("I declare this commitment: {name}"),
    };
    Some(
        view! {
            <div class="card known-status" role="group" aria-label=name>
                <Checkbox
                    lang=lang
                    id="index"
                    name="answers[index]"
                    value=index.year.to_string()
                    checked=taken
                    label=label
                    hint=from
                />
                <input type="hidden" name="answers[index_shown]" value=index.year.to_string()/>
            </div>
        }
        .into_any(),
    )
}
