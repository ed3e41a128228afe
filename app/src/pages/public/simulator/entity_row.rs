//! One enterprise, person or body of the simulator.

use std::sync::Arc;

use domain::sme::Kind;
use leptos::prelude::*;

use super::form::Sheet;
use crate::i18n::{Lang, Text, text};
use crate::islands::simulator::{Entity, display_name, kind};
use crate::ui::{Button, ButtonKind, Checkbox, Choice, Issues, MoneyInput, Select, TextInput};

const GROUPS: [Text; 3] = [
    text("Groupe 1", "Group 1"),
    text("Groupe 2", "Group 2"),
    text("Groupe 3", "Group 3"),
];

/// The three figures, for the enterprise itself and for the others.
#[component]
pub(super) fn Figures(lang: Lang, entity: Entity, issues: Issues) -> AnyView {
    let name = |field: &str| format!("e{}-{field}", entity.id);
    let own = entity.id == 0;
    let hint = own.then(|| {
        lang.pick(
            "En unités de travail par an\u{A0}: un temps plein toute l’année compte 1, un mi-temps 0,5. Les apprentis ne comptent pas.",
            "In annual work units: full time all year counts 1, half time 0.5. Apprentices do not count.",
        )
    });
    view! {
        <div class="figures-row">
            <TextInput
                lang=lang
                name=name("awu")
                label=lang.pick("Effectif", "Staff")
                hint=hint
                value=entity.awu
                error=issues.of(&name("awu"))
                inputmode="decimal"
                autocomplete="off"
                width="short"
                maxlength=40
            />
            <MoneyInput
                lang=lang
                name=name("turnover")
                label=lang.pick("Chiffre d’affaires hors taxes, en euros", "Turnover without VAT, in euros")
                value=entity.turnover
                error=issues.of(&name("turnover"))
            />
            <MoneyInput
                lang=lang
                name=name("balance")
                label=lang.pick("Total du bilan, en euros", "Balance sheet total, in euros")
                value=entity.balance
                error=issues.of(&name("balance"))
            />
        </div>
    }
    .into_any()
}

/// A row besides the enterprise asked about.
#[component]
pub(super) fn EntityRow(sheet: Arc<Sheet>, entity: Entity) -> AnyView {
    let lang = sheet.lang;
    let issues = sheet.issues.clone();
    let id = entity.id;
    let focus = sheet.focus_on(&format!("e{id}-name"));
    let name = |field: &str| format!("e{id}-{field}");
    let kinds = Kind::ALL
        .into_iter()
        .map(|kind| Choice::new(kind.name(), kind.label().get(lang)))
        .collect();
    let groups = GROUPS
        .iter()
        .zip(["1", "2", "3"])
        .map(|(label, value)| Choice::new(value, label.get(lang)))
        .collect();
    view! {
        <fieldset class="row" id=format!("row-e{id}") data-kind=kind(&entity).name()>
            <legend class="row-title">{display_name(lang, &entity)}</legend>
            <div class="row-head">
                <TextInput
                    lang=lang
                    name=name("name")
                    label=lang.pick("Nom ou repère", "Name or mark")
                    hint=lang.pick("Sans nom de personne.", "No person’s name.")
                    value=entity.name.clone()
                    error=issues.of(&name("name"))
                    autocomplete="off"
                    maxlength=80
                    autofocus=focus
                    optional=true
                />
                <Select
                    lang=lang
                    name=name("kind")
                    label=lang.pick("Nature", "Kind")
                    choices=kinds
                    value=entity.kind.clone()
                />
            </div>
            <div class="for-figures">
                <Figures lang=lang entity=entity.clone() issues=issues/>
            </div>
            <div class="for-person">
                <Checkbox
                    lang=lang
                    name=name("market")
                    label=lang.pick(
                        "Ses entreprises agissent sur le même marché ou sur des marchés voisins",
                        "Its enterprises act on the same market or on adjacent markets",
                    )
                    checked=entity.market
                />
                <Select
                    lang=lang
                    name=name("group")
                    label=lang.pick("Agit de concert avec d’autres personnes", "Acts jointly with other persons")
                    choices=groups
                    value=entity.group.clone()
                    placeholder=lang.pick("Non", "No")
                    optional=true
                />
            </div>
            <Button
                label=lang.pick("Retirer", "Remove")
                about=display(lang, id)
                kind=ButtonKind::Quiet
                name="do"
                value=format!("remove-entity-{id}")
            />
        </fieldset>
    }
    .into_any()
}

fn display(lang: Lang, id: u32) -> String {
    match lang {
        Lang::Fr => format!("la ligne {id} et ses participations"),
        Lang::En => format!("row {id} and its holdings"),
    }
}
