//! Two people, or two tabs, saved the same step: both answers side by side, and a choice for each that differs.

use std::collections::BTreeSet;

use domain::documents::KnownDocument;
use domain::form::{StepCode, Widget};
use leptos::prelude::*;

use super::answers::read_back;
use super::form::Question;
use super::simulated::simulated;
use super::step_page::breadcrumb;
use super::versions::{Alone, Pair, compared};
use crate::doors::supplier::step_path;
use crate::i18n::Lang;
use crate::islands::typing::ForgetsTyping;
use crate::pages::public::LeftOut;
use crate::pages::shared::moment::long_moment;
use crate::shell::IslandScript;
use crate::ui::{Actions, Button, ButtonKind, ButtonLink, Notice, PageTitle, Tone};
use crate::views::{Conflict, DeclarationView};

/// Where the choice is posted: to the door of the step, like any answer.
const fn door(step: StepCode) -> &'static str {
    match step {
        StepCode::Company => "/fn/save-company",
        StepCode::Size => "/fn/save-size",
        StepCode::Solidarity => "/fn/save-solidarity",
        StepCode::Insertion => "/fn/save-insertion",
        StepCode::Pledges => "/fn/save-pledges",
        StepCode::Statement => "/fn/submit-declaration",
    }
}

pub(super) fn conflict_page(
    lang: Lang,
    view: &DeclarationView,
    step: StepCode,
    conflict: Conflict,
    carried: Option<&[LeftOut]>,
) -> AnyView {
    let (pairs, alone) = compared(&conflict.stored, &conflict.typed);
    let lines = alone
        .iter()
        .map(|line| kept_line(lang, line))
        .collect_view();
    let differing = pairs.iter().filter(|pair| pair.differs()).count();
    let title = lang.pick("Deux versions de cette étape", "Two versions of this step");
    let at = long_moment(lang, conflict.stored_at);
    let explanation = match lang {
        Lang::Fr if carried.is_some() => format!(
            "Cette étape était déjà remplie, en dernier lieu le {at}\u{A0}: rien n’a été remplacé. Choisissez, réponse par réponse, entre ce qui est enregistré et vos réponses au simulateur."
        ),
        Lang::En if carried.is_some() => format!(
            "This step was filled in already, last on {at}: nothing was replaced. Choose, answer by answer, between what is saved and your answers to the simulator."
        ),
        Lang::Fr => format!(
            "Pendant que vous répondiez, ces réponses ont été enregistrées ailleurs, le {at}\u{A0}: une autre personne de l’entreprise, ou un autre onglet. Rien n’est perdu\u{A0}: choisissez réponse par réponse."
        ),
        Lang::En => format!(
            "While you were answering, this step was saved elsewhere, on {at}: another person of the company, or another tab. Nothing is lost: choose answer by answer."
        ),
    };
    let fields = pairs
        .iter()
        .map(|pair| choice(lang, pair, &view.documents))
        .collect_view();
    let step_title = step.title().get(lang);
    // Everything taken over needs no word here.
    let missing = carried
        .filter(|left| !left.is_empty())
        .map(|left| simulated(lang, left));
    let (here, id, version) = (
        step_path(view.id, step),
        view.id.to_string(),
        conflict.version.to_string(),
    );
    view! {
        <PageTitle title=format!("{title}, {step_title}") error=true/>
        <div class="page declaring">
            {breadcrumb(lang, view)}
            <h1>{title}</h1>
            <p class="lead">{step_title}</p>
            <Notice tone=Tone::Warning live=true>
                <p>{explanation}</p>
            </Notice>
            {missing}
            <form class="conflict" method="post" action=door(step) novalidate>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="version" value=version/>
                {fields}
                {lines}
                {(differing == 0 && alone.is_empty())
                    .then(|| {
                        view! {
                            <p>
                                {lang.pick("Les deux versions disent la même chose.", "Both versions say the same.")}
                            </p>
                        }
                    })}
                <Actions>
                    <Button label=lang.pick("Enregistrer ce choix", "Save this choice") name="intent" value="save"/>
                    <ButtonLink
                        href=here
                        label=lang.pick("Garder tout ce qui est enregistré", "Keep everything that is saved")
                        kind=ButtonKind::Secondary
                    />
                </Actions>
            </form>
        </div>
        <ForgetsTyping/>
        <IslandScript/>
    }
    .into_any()
}

/// A line that only one version has is kept whole: removing it afterwards is easier than typing it again.
fn kept_line(lang: Lang, alone: &Alone) -> impl IntoView + use<> {
    let rank = alone.line;
    let words = match (lang, alone.mine) {
        (Lang::Fr, true) => {
            format!(
                "La ligne {rank} n’est que dans votre version. Elle est gardée, vous pourrez la supprimer ensuite."
            )
        }
        (Lang::Fr, false) => {
            format!(
                "La ligne {rank} n’est que dans la version enregistrée. Elle est gardée, vous pourrez la supprimer ensuite."
            )
        }
        (Lang::En, true) => format!(
            "Line {rank} is in your version only. It is kept, you may remove it afterwards."
        ),
        (Lang::En, false) => {
            format!(
                "Line {rank} is in the saved version only. It is kept, you may remove it afterwards."
            )
        }
    };
    view! { <p>{words}</p> }
}

/// A choice between two answers, or the answer that both give, carried along.
fn choice(lang: Lang, pair: &Pair, documents: &[KnownDocument]) -> AnyView {
    if !pair.differs() {
        return carried(&pair.stored).into_any();
    }
    if matches!(pair.typed.field.widget, Widget::Hidden) {
        return carried(&pair.typed).into_any();
    }
    let label = pair.stored.field.label.get(lang);
    let legend = match (lang, pair.line) {
        (_, None) => label.to_owned(),
        (Lang::Fr, Some(line)) => format!("Ligne {line}, {label}"),
        (Lang::En, Some(line)) => format!("Line {line}, {label}"),
    };
    if is_list(pair.typed.field.widget) {
        return both_lists(lang, legend, pair, documents).into_any();
    }
    let id = pair.typed.id();
    let name = pair.typed.name();
    let mine_id = format!("{id}-mine");
    view! {
        <fieldset class="field group versions">
            <legend class="label">{legend}</legend>
            <div class="tick">
                <input type="radio" id=mine_id.clone() name=name.clone() value=pair.typed.answer.clone() checked/>
                <label for=mine_id>
                    <span class="version">{lang.pick("Votre réponse", "Your answer")}</span>
                    <span class="as-typed">{read_back(lang, &pair.typed)}</span>
                </label>
            </div>
            <div class="tick">
                <input type="radio" id=id.clone() name=name value=pair.stored.answer.clone()/>
                <label for=id>
                    <span class="version">{lang.pick("Réponse enregistrée", "Saved answer")}</span>
                    <span class="as-typed">{read_back(lang, &pair.stored)}</span>
                </label>
            </div>
        </fieldset>
    }
    .into_any()
}

/// Posted as a list, under a name that says so.
const fn is_list(widget: Widget) -> bool {
    matches!(widget, Widget::Many(_) | Widget::Documents)
}

/// An answer that is not in question.
fn carried(question: &Question) -> impl IntoView + use<> {
    let name = question.name();
    let list = is_list(question.field.widget);
    let inputs = if list {
        question.answers()
    } else {
        vec![question.answer.clone()]
    };
    inputs
        .into_iter()
        .map(|value| {
            let name = if list {
                format!("{name}[]")
            } else {
                name.clone()
            };
            view! { <input type="hidden" name=name value=value/> }
        })
        .collect_view()
}

/// Several answers to one question: everything that either version ticks, with yours ticked.
fn both_lists(
    lang: Lang,
    legend: String,
    pair: &Pair,
    documents: &[KnownDocument],
) -> impl IntoView + use<> {
    let (mine, theirs) = (pair.typed.answers(), pair.stored.answers());
    let all: BTreeSet<String> = mine.iter().chain(&theirs).cloned().collect();
    let name = format!("{}[]", pair.typed.name());
    let id = pair.typed.id();
    let boxes = all
        .into_iter()
        .enumerate()
        .map(|(index, code)| {
            let id = format!("{id}-{index}");
            let one = Question {
                answer: code.clone(),
                ..pair.typed.clone()
            };
            let from = match (mine.contains(&code), theirs.contains(&code)) {
                (true, true) => lang.pick("les deux versions", "both versions"),
                (true, false) => lang.pick("votre réponse", "your answer"),
                _ => lang.pick("réponse enregistrée", "saved answer"),
            };
            let checked = mine.contains(&code);
            let named = documents
                .iter()
                .find(|known| known.id.to_string() == code)
                .map(|known| known.document.name.clone());
            let words = named.unwrap_or_else(|| read_back(lang, &one));
            view! {
                <div class="tick">
                    <input type="checkbox" id=id.clone() name=name.clone() value=code checked=checked/>
                    <label for=id>{format!("{words} ({from})")}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field group versions">
            <legend class="label">{legend}</legend>
            {boxes}
        </fieldset>
    }
}
