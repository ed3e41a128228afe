//! What registers say of the company, each fact with its source and its date, and what the supplier says instead.

use domain::known::{Contest, KnownFact, Since};
use domain::registry::RegistryState;
use leptos::prelude::*;

use super::super::contest_page::contest_path;
use super::super::register::register;
use crate::i18n::{Lang, long_date};
use crate::ui::{StatusChip, Tone};
use crate::views::DeclarationView;

pub fn section(lang: Lang, view: &DeclarationView, facts: &[KnownFact]) -> AnyView {
    if facts.is_empty() && !matches!(view.registry, RegistryState::Known(_)) {
        return register(lang, &view.registry);
    }
    // What was contested stays, even when the register has changed its mind since.
    let gone = view
        .draft
        .contests
        .iter()
        .filter(|contest| facts.iter().all(|known| known.fact != contest.fact))
        .map(|contest| one(lang, view, &as_known(contest), true));
    let rows = facts
        .iter()
        .enumerate()
        .map(|(rank, known)| {
            // A list may name several establishments: the first one is where links lead.
            let first = facts.iter().position(|other| other.fact == known.fact) == Some(rank);
            one(lang, view, known, first)
        })
        .chain(gone)
        .collect_view();
    view! {
        <section class="known" aria-labelledby="facts-title">
            <h2 id="facts-title">{lang.pick("Votre entreprise", "Your company")}</h2>
            <p class="hint">{format!("SIREN {}", view.siren.formatted())}</p>
            <dl class="entries known-facts">{rows}</dl>
        </section>
    }
    .into_any()
}

fn as_known(contest: &Contest) -> KnownFact {
    KnownFact {
        fact: contest.fact,
        said: contest.said.clone(),
        source: contest.source.clone(),
        read_on: contest.read_on,
        since: None,
    }
}

fn one(lang: Lang, view: &DeclarationView, known: &KnownFact, first: bool) -> AnyView {
    let name = known.fact.label().get(lang);
    let said = known.said.get(lang).to_owned();
    let contest = view.draft.contest(known.fact);
    let action = if contest.is_some() {
        lang.pick("Modifier votre réponse", "Change your answer")
    } else {
        lang.pick("Ce n’est pas exact", "This is not right")
    };
    let about = format!(" ({name}, {said})");
    let id = first.then(|| format!("fait-{}", known.fact));
    let otherwise = contest.map(|contest| otherwise(lang, contest));
    view! {
        <div class="entry" id=id tabindex="-1">
            <dt>{name}</dt>
            <dd>
                <span class="as-typed">{said}</span>
                <span class="row-note">{source(lang, known)}</span>
                {otherwise}
            </dd>
            <dd class="entry-action">
                <a href=contest_path(view.id, known.fact)>
                    {action} <span class="visually-hidden">{about}</span>
                </a>
            </dd>
        </div>
    }
    .into_any()
}

/// Where it comes from, and of when it is.
pub fn source(lang: Lang, known: &KnownFact) -> String {
    let source = known.source.get(lang);
    let day = long_date(lang, known.read_on);
    let since = match (known.since, lang) {
        (None, _) => String::new(),
        (Some(Since::Year(year)), Lang::Fr) => format!(" (au titre de {year})"),
        (Some(Since::Year(year)), Lang::En) => format!(" (for {year})"),
        (Some(Since::Day(day)), Lang::Fr) => format!(" (depuis le {})", long_date(lang, day)),
        (Some(Since::Day(day)), Lang::En) => format!(" (since {})", long_date(lang, day)),
    };
    match lang {
        Lang::Fr => format!("{source}, le {day}{since}"),
        Lang::En => format!("{source}, on {day}{since}"),
    }
}

/// What the supplier says, beside what the register says.
fn otherwise(lang: Lang, contest: &Contest) -> impl IntoView + use<> {
    let (value, reason) = (
        contest.answers.value.clone(),
        contest.answers.reason.clone(),
    );
    let documents = contest.answers.documents.len();
    let documents = (documents > 0).then(|| match (lang, documents) {
        (Lang::Fr, 1) => "1 pièce jointe".to_owned(),
        (Lang::Fr, n) => format!("{n} pièces jointes"),
        (Lang::En, 1) => "1 document".to_owned(),
        (Lang::En, n) => format!("{n} documents"),
    });
    view! {
        <span class="known-otherwise">
            <StatusChip label=lang.pick("Contesté", "Contested") tone=Tone::Warning/>
            <strong class="as-typed">{value}</strong>
            <span class="as-typed">{reason}</span>
            {documents.map(|words| view! { <span class="row-note">{words}</span> })}
        </span>
    }
}
