//! One holding of the simulator: who holds, whom, how much.

use std::sync::Arc;

use domain::sme::Control;
use leptos::prelude::*;

use super::form::Sheet;
use crate::i18n::{Lang, Words};
use crate::islands::simulator::{Share, display_name, kind};
use crate::ui::{
    Button, ButtonKind, Choice, Field, Issues, MaybeWords, MoneyInput, Select, TextInput,
    described_by,
};

#[component]
pub(super) fn HoldingRow(sheet: Arc<Sheet>, share: Share) -> AnyView {
    let lang = sheet.lang;
    let issues = sheet.issues.clone();
    let id = share.id;
    let focus = sheet.focus_on(&format!("h{id}-holder"));
    let holder = share
        .holder
        .parse()
        .ok()
        .and_then(|id| sheet.answers.entity(id));
    let holder = holder.map_or("", |holder| kind(holder).name());
    let name = |field: &str| format!("h{id}-{field}");
    view! {
        <fieldset class="row" id=format!("row-h{id}") data-holder=holder>
            <legend class="row-title">
                {match lang {
                    Lang::Fr => format!("Participation {id}"),
                    Lang::En => format!("Holding {id}"),
                }}
            </legend>
            <div class="row-head">
                <EntitySelect
                    sheet=sheet.clone()
                    name=name("holder")
                    label=lang.pick("Qui détient\u{202F}?", "Who holds?")
                    value=share.holder.clone()
                    error=issues.of(&name("holder"))
                    autofocus=focus
                />
                <EntitySelect
                    sheet=sheet.clone()
                    name=name("held")
                    label=lang.pick("Une part de\u{202F}?", "A share of?")
                    value=share.held.clone()
                    error=issues.of(&name("held"))
                />
            </div>
            <div class="row-head">
                <TextInput
                    lang=lang
                    name=name("capital")
                    label=lang.pick("Part du capital, en\u{A0}%", "Share of the capital, in %")
                    value=share.capital.clone()
                    error=issues.of(&name("capital"))
                    inputmode="decimal"
                    autocomplete="off"
                    width="short"
                    suffix="%"
                    maxlength=40
                />
                <TextInput
                    lang=lang
                    name=name("votes")
                    label=lang.pick("Part des votes, en\u{A0}%, si elle diffère", "Share of the votes, in %, if different")
                    value=share.votes.clone()
                    error=issues.of(&name("votes"))
                    inputmode="decimal"
                    autocomplete="off"
                    width="short"
                    suffix="%"
                    maxlength=40
                />
            </div>
            <More lang=lang share=share issues=issues/>
            <Button
                label=lang.pick("Retirer", "Remove")
                about=match lang {
                    Lang::Fr => format!("la participation {id}"),
                    Lang::En => format!("holding {id}"),
                }
                kind=ButtonKind::Quiet
                name="do"
                value=format!("remove-holding-{id}")
            />
        </fieldset>
    }
    .into_any()
}

/// Rare cases, folded away until one of them is answered.
#[component]
fn More(lang: Lang, share: Share, issues: Issues) -> AnyView {
    let name = |field: &str| format!("h{}-{field}", share.id);
    let controls = Control::ALL
        .into_iter()
        .map(|control| Choice::new(control.name(), control.label().get(lang)))
        .collect();
    let more = !share.control.is_empty()
        || !share.invested.is_empty()
        || issues.of(&name("invested")).is_some();
    view! {
        <details class="more" open=more>
            <summary>{lang.pick("Contrôle par contrat ou accord, investisseur", "Control by contract or agreement, investor")}</summary>
            <Select
                lang=lang
                name=name("control")
                label=lang.pick("Contrôle autre que par les votes", "Control other than by votes")
                choices=controls
                value=share.control
                placeholder=lang.pick("Aucun", "None")
                optional=true
            />
            <div class="for-angel">
                <MoneyInput
                    lang=lang
                    name=name("invested")
                    label=lang.pick("Total investi par un investisseur providentiel, en euros", "Total invested by a business angel, in euros")
                    value=share.invested
                    error=issues.of(&name("invested"))
                    optional=true
                />
            </div>
        </details>
    }
    .into_any()
}

/// A list of the entities of the form; the browser keeps its names in step with what is typed.
#[component]
fn EntitySelect(
    sheet: Arc<Sheet>,
    #[prop(into)] name: Words,
    #[prop(into)] label: Words,
    value: String,
    #[prop(into)] error: MaybeWords,
    #[prop(optional)] autofocus: bool,
) -> AnyView {
    let lang = sheet.lang;
    let described = described_by(&name, &error, &MaybeWords::default());
    let invalid = error.is_some().then_some("true");
    let options = sheet
        .answers
        .entities
        .iter()
        .map(|entity| {
            let number = entity.id.to_string();
            let selected = number == value;
            view! { <option value=number selected=selected>{display_name(lang, entity)}</option> }
        })
        .collect_view();
    view! {
        <Field lang=lang id=name.clone() label=label error=error>
            <select
                class="input select"
                id=name.clone()
                name=name
                aria-describedby=described
                aria-invalid=invalid
                autofocus=autofocus
                data-entities
            >
                <option value="">{lang.pick("Choisissez", "Choose")}</option>
                {options}
            </select>
        </Field>
    }
    .into_any()
}
