//! The form of the simulator, in three parts: the enterprise, those around it, who holds what.

use std::sync::Arc;

use domain::sme::Category;
use leptos::prelude::*;

use super::entity_row::{EntityRow, Figures};
use super::holding_row::HoldingRow;
use crate::i18n::{Lang, capital};
use crate::islands::simulator::{
    Answers, Checked, Entity, MODEL_ROW, PAGE, Share, SmeSimulator, body, headline,
};
use crate::ui::{Actions, Button, ButtonKind, Choice, Issues, Select};

/// What the page shows: the answers, what is wrong with them, and where one goes on typing.
#[derive(Clone)]
pub(super) struct Sheet {
    pub(super) lang: Lang,
    pub(super) answers: Answers,
    pub(super) issues: Issues,
    /// Id of the field that takes the focus after a row was added without JavaScript.
    pub(super) focus: Option<String>,
}

impl Sheet {
    pub(super) fn focus_on(&self, id: &str) -> bool {
        self.focus.as_deref() == Some(id)
    }
}

/// `focus_answer`: the form was sent and is complete, so the answer takes the focus.
#[component]
pub(super) fn Form(sheet: Sheet, checked: Checked, focus_answer: bool) -> AnyView {
    let lang = sheet.lang;
    let first = headline(lang, &checked);
    let sheet = Arc::new(sheet);
    view! {
        <form class="simulator wide" method="get" action=PAGE autocomplete="off" novalidate>
            <div class="simulator-fields">
                <Own sheet=sheet.clone()/>
                <Around sheet=sheet.clone()/>
                <Holdings sheet=sheet/>
                <Actions>
                    <Button label=lang.pick("Calculer", "Compute") name="do" value="check"/>
                    <a href=PAGE>{lang.pick("Tout effacer", "Clear everything")}</a>
                </Actions>
            </div>
            <div class="simulator-result">
                <SmeSimulator/>
                <section class="answer" aria-labelledby="answer-title" tabindex="-1" autofocus=focus_answer id="answer">
                    <h2 id="answer-title">{lang.pick("Résultat", "Result")}</h2>
                    <p class="answer-headline" role="status">{first}</p>
                    <div class="answer-body">{body(lang, checked)}</div>
                </section>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Own(sheet: Arc<Sheet>) -> AnyView {
    let lang = sheet.lang;
    let own = sheet.answers.own().cloned().unwrap_or_default();
    let categories = Category::ALL
        .into_iter()
        .map(|category| Choice::new(category.name(), capital(category.label().get(lang))))
        .collect();
    view! {
        <section class="part" aria-labelledby="part-own">
            <h2 id="part-own">{lang.pick("Votre entreprise", "Your company")}</h2>
            <p class="hint">
                {lang
                    .pick(
                        "Les données du dernier exercice clos. Si vous établissez des comptes consolidés, prenez ceux-là.",
                        "The figures of the last closed financial year. If you draw up consolidated accounts, use those.",
                    )}
            </p>
            <Figures lang=lang entity=own issues=sheet.issues.clone()/>
            <Select
                lang=lang
                name="previous"
                label=lang.pick("Catégorie de l’exercice précédent", "Category of the previous year")
                hint=lang.pick(
                    "La catégorie ne change qu’après deux exercices consécutifs du même côté d’un seuil.",
                    "The category only changes after two consecutive years on the same side of a ceiling.",
                )
                choices=categories
                value=sheet.answers.previous.clone()
                placeholder=lang.pick("Je ne sais pas", "I do not know")
                optional=true
            />
        </section>
    }
    .into_any()
}

#[component]
fn Around(sheet: Arc<Sheet>) -> AnyView {
    let lang = sheet.lang;
    let rows = sheet
        .answers
        .entities
        .iter()
        .filter(|entity| entity.id != 0)
        .map(|entity| view! { <EntityRow sheet=sheet.clone() entity=entity.clone()/> })
        .collect_view();
    let model = Entity {
        id: MODEL_ROW,
        ..Entity::default()
    };
    view! {
        <section class="part" aria-labelledby="part-around">
            <h2 id="part-around">{lang.pick("Autour d’elle", "Around it")}</h2>
            <p class="hint">
                {lang
                    .pick(
                        "Ajoutez les entreprises, personnes et organismes qui détiennent 25\u{A0}% ou plus de votre entreprise, ceux dont elle détient 25\u{A0}% ou plus, et les entreprises liées à eux. Une entreprise indépendante n’en a aucun.",
                        "Add the enterprises, persons and bodies that hold 25% or more of your company, those of which it holds 25% or more, and the enterprises linked to them. An autonomous company has none.",
                    )}
            </p>
            <div class="rows" id="entities">{rows}</div>
            <template id="model-e">
                <EntityRow sheet=sheet.clone() entity=model/>
            </template>
            <Button
                label=lang.pick("Ajouter une entreprise, une personne ou un organisme", "Add an enterprise, a person or a body")
                kind=ButtonKind::Secondary
                id="add-entity"
                name="do"
                value="add-entity"
            />
        </section>
    }
    .into_any()
}

#[component]
fn Holdings(sheet: Arc<Sheet>) -> AnyView {
    let lang = sheet.lang;
    let rows = sheet
        .answers
        .holdings
        .iter()
        .map(|share| view! { <HoldingRow sheet=sheet.clone() share=share.clone()/> })
        .collect_view();
    let model = Share {
        id: MODEL_ROW,
        ..Share::default()
    };
    view! {
        <section class="part" aria-labelledby="part-holdings">
            <h2 id="part-holdings">{lang.pick("Qui détient quoi", "Who holds what")}</h2>
            <div class="rows" id="holdings">{rows}</div>
            <template id="model-h">
                <HoldingRow sheet=sheet.clone() share=model/>
            </template>
            <Button
                label=lang.pick("Ajouter une participation", "Add a holding")
                kind=ButtonKind::Secondary
                id="add-holding"
                name="do"
                value="add-holding"
            />
        </section>
    }
    .into_any()
}
