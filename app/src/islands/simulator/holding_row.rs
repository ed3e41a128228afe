//! One holding of the simulator: who holds, whom, how much.

use domain::sme::Control;
use leptos::prelude::*;

use super::live::Live;
use crate::i18n::{Lang, Words};
use crate::ui::{
    Button, ButtonKind, Choice, Field, Issues, MaybeWords, MoneyInput, Select, TextInput,
    described_by,
};

#[component]
pub(super) fn HoldingRow(live: Live, id: u32, issues: Issues, focus: bool) -> AnyView {
    let lang = live.lang;
    let share = live
        .answers
        .with_untracked(|all| all.holding(id).cloned())
        .unwrap_or_default();
    let name = |field: &str| format!("h{id}-{field}");
    let controls = Control::ALL
        .into_iter()
        .map(|control| Choice::new(control.name(), control.label().get(lang)))
        .collect();
    let more = !share.control.is_empty()
        || !share.invested.is_empty()
        || issues.of(&name("invested")).is_some();
    view! {
        <fieldset class="row" data-holder=move || live.holder_kind(id)>
            <legend class="row-title">
                {match lang {
                    Lang::Fr => format!("Participation {id}"),
                    Lang::En => format!("Holding {id}"),
                }}
            </legend>
            <div class="row-head">
                <EntitySelect
                    live=live
                    name=name("holder")
                    label=lang.pick("Qui détient\u{202F}?", "Who holds?")
                    value=share.holder
                    error=issues.of(&name("holder"))
                    autofocus=focus
                />
                <EntitySelect
                    live=live
                    name=name("held")
                    label=lang.pick("Une part de\u{202F}?", "A share of?")
                    value=share.held
                    error=issues.of(&name("held"))
                />
            </div>
            <div class="row-head">
                <TextInput
                    lang=lang
                    name=name("capital")
                    label=lang.pick("Part du capital, en\u{A0}%", "Share of the capital, in %")
                    value=share.capital
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
                    value=share.votes
                    error=issues.of(&name("votes"))
                    inputmode="decimal"
                    autocomplete="off"
                    width="short"
                    suffix="%"
                    maxlength=40
                />
            </div>
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

/// A list of the entities of the form, whose names follow what is typed.
#[component]
fn EntitySelect(
    live: Live,
    #[prop(into)] name: Words,
    #[prop(into)] label: Words,
    value: String,
    #[prop(into)] error: MaybeWords,
    #[prop(optional)] autofocus: bool,
) -> AnyView {
    let lang = live.lang;
    let described = described_by(&name, &error, &MaybeWords::default());
    let invalid = error.is_some().then_some("true");
    let empty = value.is_empty();
    view! {
        <Field lang=lang id=name.clone() label=label error=error>
            <select
                class="input select"
                id=name.clone()
                name=name
                aria-describedby=described
                aria-invalid=invalid
                autofocus=autofocus
            >
                <option value="" selected=empty>{lang.pick("Choisissez", "Choose")}</option>
                <For
                    each=move || live.entities.get()
                    key=|id| *id
                    children=move |id| {
                        let number = id.to_string();
                        let selected = number == value;
                        view! { <option value=number selected=selected>{move || live.name(id)}</option> }
                    }
                />
            </select>
        </Field>
    }
    .into_any()
}
