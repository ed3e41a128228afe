//! Qualifications in force that this decision leaves without support: the signature may end them, one by one.

use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::Lang;
use crate::pages::shared::claim::key_title;
use crate::pages::shared::wording::period;
use crate::ui::{Checkbox, DateInput, Issues, TextArea};
use crate::views::{QualificationLine, Typed};

/// Nothing is ticked at first: a claim refused or left out ends nothing by itself.
#[component]
pub(super) fn Closures(
    lang: Lang,
    lines: Vec<QualificationLine>,
    typed: Typed,
    issues: Issues,
) -> AnyView {
    let blocks = lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| block(lang, index, &line, &typed, &issues))
        .collect_view();
    view! {
        <section aria-labelledby="closures-title">
            <h2 id="closures-title">{lang.pick("Qualifications en vigueur", "Qualifications in force")}</h2>
            <p>
                {lang
                    .pick(
                        "Ces qualifications concernent des affirmations refusées ou absentes de cette déclaration. Elles restent en vigueur, sauf si vous y mettez fin ici, avec une date et un motif.",
                        "These qualifications concern claims that are refused or left out of this declaration. They stay in force, unless you end them here, with a date and a reason.",
                    )}
            </p>
            {blocks}
        </section>
    }
    .into_any()
}

fn block(
    lang: Lang,
    index: usize,
    line: &QualificationLine,
    typed: &Typed,
    issues: &Issues,
) -> AnyView {
    let id = line.id.to_string();
    let name = |field: &str| format!("closures[{index}][{field}]");
    let value = |field: &str| typed.get(&format!("{field}-{id}")).to_owned();
    let (from_id, reason_id) = (format!("from-{id}"), format!("reason-{id}"));
    let title = key_title(&use_catalogue(), &line.key, lang);
    let validity = period(&line.validity, lang);
    view! {
        <fieldset class="closure card">
            <legend class="label">{title}</legend>
            <p class="hint">{lang.pick("En vigueur ", "In force ")} {validity}"."</p>
            <input type="hidden" name=name("qualification") value=id.clone()/>
            <Checkbox
                lang=lang
                name=name("end")
                id=format!("end-{id}")
                label=lang.pick("Mettre fin à cette qualification", "End this qualification")
                checked=value("end") == "yes"
            />
            <div class="closure-details">
                <DateInput
                    lang=lang
                    name=name("from")
                    id=from_id.clone()
                    label=lang.pick("Premier jour où elle ne compte plus", "First day on which it no longer counts")
                    value=value("from")
                    error=issues.of(&from_id)
                />
                <TextArea
                    lang=lang
                    name=name("reason")
                    id=reason_id.clone()
                    label=lang.pick("Motif", "Reason")
                    value=value("reason")
                    error=issues.of(&reason_id)
                    rows=2
                    maxlength=2_000
                />
            </div>
        </fieldset>
    }
    .into_any()
}
