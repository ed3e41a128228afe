//! Choices: drop-down list, radio buttons, tick boxes.

use leptos::prelude::*;

use super::field::{described_by, error_line, hint_line, invalid, optional_mark};
use super::{Field, MaybeWords};
use crate::i18n::{Lang, Words};

/// One possible answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: Words,
    pub label: Words,
    pub hint: MaybeWords,
    /// The heading under which a drop-down list shows it, with its neighbours of the same group.
    pub group: MaybeWords,
}

impl Choice {
    pub fn new(value: impl Into<Words>, label: impl Into<Words>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: MaybeWords::default(),
            group: MaybeWords::default(),
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<MaybeWords>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl Choice {
    #[must_use]
    pub fn group(mut self, group: impl Into<MaybeWords>) -> Self {
        self.group = group.into();
        self
    }
}

/// The options of a drop-down list, under the headings of their groups.
fn grouped(choices: Vec<Choice>, value: &Words) -> AnyView {
    let mut groups: Vec<(Option<Words>, Vec<AnyView>)> = Vec::new();
    for choice in choices {
        let selected = choice.value == *value;
        let option = view! { <option value=choice.value selected=selected>{choice.label}</option> }
            .into_any();
        match groups.last_mut() {
            Some((group, options)) if *group == choice.group.0 => options.push(option),
            _ => groups.push((choice.group.0, vec![option])),
        }
    }
    groups
        .into_iter()
        .map(|(group, options)| match group {
            Some(label) => view! { <optgroup label=label>{options}</optgroup> }.into_any(),
            None => options.into_any(),
        })
        .collect_view()
        .into_any()
}

/// A drop-down list; better than radio buttons from about eight choices on.
#[component]
pub fn Select(
    lang: Lang,
    #[prop(into)] name: Words,
    #[prop(into)] label: Words,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: Words,
    /// Text of the empty first choice; absent, the first choice is selected by default.
    #[prop(optional, into)]
    placeholder: MaybeWords,
    #[prop(optional, into)] hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    #[prop(optional, into)] id: MaybeWords,
    #[prop(optional)] optional: bool,
) -> AnyView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described = described_by(&id, &error, &hint);
    let wrong = invalid(&error);
    let options = grouped(choices, &value);
    view! {
        <Field lang=lang id=id.clone() label=label hint=hint error=error optional=optional>
            <select class="input select" id=id name=name aria-describedby=described aria-invalid=wrong>
                {placeholder.0.map(|text| view! { <option value="">{text}</option> })}
                {options}
            </select>
        </Field>
    }
    .into_any()
}

/// Radio buttons in a fieldset. The first one has the id of the group, so that the error summary leads to it.
#[component]
pub fn RadioGroup(
    lang: Lang,
    #[prop(into)] name: Words,
    #[prop(into)] legend: Words,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: Words,
    #[prop(optional, into)] hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    #[prop(optional, into)] id: MaybeWords,
    #[prop(optional)] optional: bool,
    /// Side by side on a wide screen: for yes and no.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let value = (!value.is_empty()).then_some(value);
    let ticked = value.into_iter().collect::<Vec<_>>();
    ticks(Ticks {
        lang,
        kind: "radio",
        name,
        legend,
        choices,
        ticked,
        hint,
        error,
        id,
        optional,
        inline,
    })
}

/// Tick boxes in a fieldset; each ticked one posts its value under the same name.
#[component]
pub fn CheckboxGroup(
    lang: Lang,
    #[prop(into)] name: Words,
    #[prop(into)] legend: Words,
    choices: Vec<Choice>,
    #[prop(optional)] values: Vec<Words>,
    #[prop(optional, into)] hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    #[prop(optional, into)] id: MaybeWords,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    ticks(Ticks {
        lang,
        kind: "checkbox",
        name,
        legend,
        choices,
        ticked: values,
        hint,
        error,
        id,
        optional,
        inline: false,
    })
}

struct Ticks {
    lang: Lang,
    kind: &'static str,
    name: Words,
    legend: Words,
    choices: Vec<Choice>,
    ticked: Vec<Words>,
    hint: MaybeWords,
    error: MaybeWords,
    id: Words,
    optional: bool,
    inline: bool,
}

fn ticks(group: Ticks) -> AnyView {
    let described = described_by(&group.id, &group.error, &group.hint);
    let class = match (group.error.is_some(), group.inline) {
        (false, false) => "field group",
        (false, true) => "field group group-inline",
        (true, false) => "field group field-wrong",
        (true, true) => "field group group-inline field-wrong",
    };
    let boxes = group
        .choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let id: Words = if index == 0 {
                group.id.clone()
            } else {
                format!("{}-{}", group.id, index + 1).into()
            };
            let checked = group.ticked.contains(&choice.value);
            let described = choice.hint.is_some().then(|| format!("{id}-hint"));
            view! {
                <div class="tick">
                    <input
                        type=group.kind
                        id=id.clone()
                        name=group.name.clone()
                        value=choice.value
                        checked=checked
                        aria-describedby=described
                    />
                    <label for=id.clone()>{choice.label}</label>
                    {hint_line(&id, choice.hint)}
                </div>
            }
        })
        .collect_view();
    // The hint and the error of the group are named apart, because the first box has the id of the group.
    let group_id = format!("{}-group", group.id);
    let described =
        described.map(|_| described_by(&group_id, &group.error, &group.hint).unwrap_or_default());
    view! {
        <fieldset class=class aria-describedby=described>
            <legend class="label">{group.legend} {optional_mark(group.lang, group.optional)}</legend>
            {hint_line(&group_id, group.hint)}
            {error_line(group.lang, &group_id, group.error)}
            <div class="ticks">{boxes}</div>
        </fieldset>
    }
    .into_any()
}

/// One tick box with its own sentence: a statement that is accepted or not.
#[component]
pub fn Checkbox(
    lang: Lang,
    #[prop(into)] name: Words,
    #[prop(into)] label: Words,
    #[prop(default = Words::Borrowed("yes"), into)] value: Words,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    #[prop(optional, into)] id: MaybeWords,
) -> AnyView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described = described_by(&id, &error, &hint);
    let wrong = invalid(&error);
    let class = if error.is_some() {
        "field field-wrong"
    } else {
        "field"
    };
    view! {
        <div class=class>
            {error_line(lang, &id, error)}
            <div class="tick">
                <input
                    type="checkbox"
                    id=id.clone()
                    name=name
                    value=value
                    checked=checked
                    aria-describedby=described
                    aria-invalid=wrong
                />
                <label for=id.clone()>{label}</label>
                {hint_line(&id, hint)}
            </div>
        </div>
    }
    .into_any()
}
