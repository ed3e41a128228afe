//! The form of the simulator, in three parts: the enterprise, those around it, who holds what.

use domain::sme::Category;
use leptos::html;
use leptos::prelude::*;

use super::entity_row::{EntityRow, Figures};
use super::holding_row::HoldingRow;
use super::live::Live;
use super::result::Result;
use crate::ui::{Actions, Button, ButtonKind, Choice, Issues, Select};

/// `focus` is the id of the field where the page resumes after a row was added without JavaScript.
#[component]
pub(super) fn Form(
    live: Live,
    issues: Issues,
    focus: Option<String>,
    form: NodeRef<html::Form>,
    /// The result takes the focus: the form was sent and is complete.
    focus_result: bool,
    start_action: &'static str,
) -> AnyView {
    let lang = live.lang;
    view! {
        <form class="simulator" method="get" action=super::PAGE autocomplete="off" novalidate node_ref=form>
            <div class="simulator-fields">
                <Own live=live issues=issues.clone()/>
                <Around live=live issues=issues.clone() focus=focus.clone()/>
                <Holdings live=live issues=issues focus=focus/>
                <Actions>
                    <Button label=lang.pick("Calculer", "Compute") name="do" value="check"/>
                    <a href=super::PAGE>{lang.pick("Tout effacer", "Clear everything")}</a>
                </Actions>
            </div>
            <div class="simulator-result">
                <Result live=live focus=focus_result start_action=start_action/>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Own(live: Live, issues: Issues) -> AnyView {
    let lang = live.lang;
    let (own, previous) = live
        .answers
        .with_untracked(|all| (all.own().cloned().unwrap_or_default(), all.previous.clone()));
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
            <Figures lang=lang entity=own issues=issues/>
            <Select
                lang=lang
                name="previous"
                label=lang.pick("Catégorie de l’exercice précédent", "Category of the previous year")
                hint=lang.pick(
                    "La catégorie ne change qu’après deux exercices consécutifs du même côté d’un seuil.",
                    "The category only changes after two consecutive years on the same side of a ceiling.",
                )
                choices=categories
                value=previous
                placeholder=lang.pick("Je ne sais pas", "I do not know")
                optional=true
            />
        </section>
    }
    .into_any()
}

#[component]
fn Around(live: Live, issues: Issues, focus: Option<String>) -> AnyView {
    let lang = live.lang;
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
            <For
                each=move || {
                    let mut ids = live.entities.get();
                    ids.retain(|id| *id != 0);
                    ids
                }
                key=|id| *id
                children={
                    let issues = issues.clone();
                    move |id| {
                        let focus = focus.as_deref() == Some(format!("e{id}-name").as_str());
                        view! { <EntityRow live=live id=id issues=issues.clone() focus=focus/> }
                    }
                }
            />
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
fn Holdings(live: Live, issues: Issues, focus: Option<String>) -> AnyView {
    let lang = live.lang;
    view! {
        <section class="part" aria-labelledby="part-holdings">
            <h2 id="part-holdings">{lang.pick("Qui détient quoi", "Who holds what")}</h2>
            <For
                each=move || live.holdings.get()
                key=|id| *id
                children={
                    let issues = issues.clone();
                    move |id| {
                        let focus = focus.as_deref() == Some(format!("h{id}-holder").as_str());
                        view! { <HoldingRow live=live id=id issues=issues.clone() focus=focus/> }
                    }
                }
            />
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

/// The label with a capital, as the first word of a line.
pub(super) fn capital(label: &str) -> String {
    let mut letters = label.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
