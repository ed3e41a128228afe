//! The company and its contact in a renewal: answer by answer, with what the registers say of the company beside them.

use domain::form::StepCode;
use domain::known::known;
use domain::registry::RegistryState;
use leptos::prelude::*;

use super::words;
use crate::catalogue::use_catalogue;
use crate::doors::renewal::REGISTERS;
use crate::i18n::{Lang, long_date};
use crate::pages::shared::moment::long_day;
use crate::pages::supplier::answers::{groups, read_back};
use crate::pages::supplier::fact_source;
use crate::ui::{Button, ButtonKind, DescriptionList, Entry, StatusChip, Tone};
use crate::views::RenewalView;

pub(super) const ID: &str = "entreprise";

pub(super) fn section(lang: Lang, view: &RenewalView) -> AnyView {
    let draft = &view.renewal.draft;
    let entries: Vec<Entry> = groups(draft, StepCode::Company)
        .into_iter()
        .flat_map(|group| group.questions)
        .filter(|question| !question.answer.is_empty() || question.field.required)
        .map(|question| Entry::new(question.field.label.get(lang), read_back(lang, &question)))
        .collect();
    let change = view.can_edit.then(|| {
        view! {
            <p class="renewal-act">
                <Button
                    label=lang.pick("Modifier", "Change")
                    about=lang.pick("(votre entreprise et votre contact)", "(your company and contact)")
                    kind=ButtonKind::Quiet
                    name="intent"
                    value=format!("step-{}", StepCode::Company.slug())
                />
            </p>
        }
    });
    view! {
        <section id=ID tabindex="-1" aria-labelledby="company-title">
            <h2 id="company-title">{lang.pick("Votre entreprise et votre contact", "Your company and contact")}</h2>
            <p class="row-note">{words::since(lang, view.renewal.company_since.as_ref())}</p>
            <DescriptionList entries=entries/>
            {change}
            {registers(lang, view)}
        </section>
    }
    .into_any()
}

/// What the registers say now that differs from the answers, or was contested; the day they were read.
fn registers(lang: Lang, view: &RenewalView) -> AnyView {
    let names = use_catalogue();
    let draft = &view.renewal.draft;
    let mut differences: Vec<AnyView> = vec![];
    if let Some(name) = view.registry.facts().and_then(|facts| facts.name.as_ref())
        && name.trim().to_lowercase() != draft.company.name.trim().to_lowercase()
    {
        let words = match lang {
            Lang::Fr => format!("Le registre appelle l’entreprise {name}."),
            Lang::En => format!("The register calls the company {name}."),
        };
        differences.push(view! { <li>{words}</li> }.into_any());
    }
    differences.extend(
        draft
            .warnings(&view.registry)
            .into_iter()
            .map(|(_, _, warning)| view! { <li>{warning.message().get(lang)}</li> }.into_any()),
    );
    let facts = known((&view.siren, &view.registry), &view.listed, &names);
    differences.extend(draft.contests.iter().map(|contest| {
        let now = facts.iter().find(|fact| fact.fact == contest.fact);
        let name = contest.fact.name(&names, lang);
        let said = contest.answers.value.clone();
        let (chip, tone, source) = match now {
            Some(fact) if fact.said == contest.said => (
                lang.pick("Toujours contesté", "Still contested"),
                Tone::Warning,
                fact_source(lang, fact),
            ),
            Some(fact) => (
                lang.pick("Le registre a changé", "The register has changed"),
                Tone::Info,
                format!("{}, {}", fact.said.get(lang), fact_source(lang, fact)),
            ),
            None => (
                lang.pick("Le registre n’en dit plus rien", "The register says nothing of it any more"),
                Tone::Info,
                long_date(lang, contest.read_on),
            ),
        };
        view! {
            <li>
                <strong>{name}</strong> " " <StatusChip label=chip tone=tone/> " " <span class="as-typed">{said}</span>
                <span class="row-note">{source}</span>
            </li>
        }
        .into_any()
    }));
    let read = match &view.registry {
        RegistryState::Known(facts) => {
            Some((facts.source.label(lang), long_day(lang, facts.fetched_at)))
        }
        RegistryState::Unknown { .. } | RegistryState::Unresolved => None,
    };
    let head = match (read, differences.is_empty(), lang) {
        (None, _, _) => lang
            .pick(
                "Le répertoire n’a rien dit de votre entreprise\u{A0}: cela ne change rien à vos réponses.",
                "The register said nothing of your company: it changes nothing of your answers.",
            )
            .to_owned(),
        (Some((source, day)), true, Lang::Fr) => {
            format!("Rien ne contredit vos réponses. Source\u{A0}: {source}, le {day}.")
        }
        (Some((source, day)), true, Lang::En) => {
            format!("Nothing contradicts your answers. Source: {source}, on {day}.")
        }
        (Some((source, day)), false, Lang::Fr) => {
            format!("À vérifier, sans vous bloquer. Source\u{A0}: {source}, le {day}.")
        }
        (Some((source, day)), false, Lang::En) => {
            format!("Worth a second look, without stopping you. Source: {source}, on {day}.")
        }
    };
    let list = (!differences.is_empty()).then(|| view! { <ul>{differences}</ul> });
    let open = view.can_edit.then(|| {
        view! {
            <p class="renewal-act">
                <Button
                    label=lang.pick("Voir tout ce que les registres savent", "See all that the registers know")
                    kind=ButtonKind::Quiet
                    name="intent"
                    value=REGISTERS
                />
            </p>
        }
    });
    view! {
        <h3>{lang.pick("Ce que disent les registres aujourd’hui", "What the registers say today")}</h3>
        <p>{head}</p>
        {list}
        {open}
    }
    .into_any()
}
