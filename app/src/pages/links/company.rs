//! The company that a link names, by the register; whatever the register says, one may go on, but for a closed company.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::ui::{Notice, StatusChip, Tone};
use crate::views::{CompanyHit, SearchOutcome};

/// The name of the company, or its number.
pub(super) fn name(company: &SearchOutcome) -> Option<String> {
    match company {
        SearchOutcome::Found { hits, .. } => hits.first().map(|hit| hit.name.clone()),
        SearchOutcome::UnknownNumber { number, .. } => Some(number.clone()),
        SearchOutcome::RegistryDown { number } => number.clone(),
        SearchOutcome::Empty | SearchOutcome::Invalid(_) => None,
    }
}

/// The register says that it has closed: nothing can be opened.
pub(super) fn is_closed(company: &SearchOutcome) -> bool {
    matches!(company, SearchOutcome::Found { hits, .. } if hits.first().is_some_and(|hit| !hit.active))
}

pub fn card(lang: Lang, company: &SearchOutcome) -> AnyView {
    match company {
        SearchOutcome::Found { hits, demonstration, .. } => hits
            .first()
            .map(|hit| found(lang, hit, *demonstration))
            .into_any(),
        SearchOutcome::UnknownNumber { number, .. } => doubtful(
            lang,
            number,
            lang.pick("Numéro inconnu du répertoire", "Number not in the register"),
            lang.pick(
                "Le numéro est bien formé, mais le répertoire ne le connaît pas. Vérifiez-le\u{A0}: s’il est juste, continuez, l’acheteur le vérifiera.",
                "The number is well formed, but the register does not know it. Check it: if it is right, go on, the buyer will check it.",
            ),
        ),
        SearchOutcome::RegistryDown { number } => doubtful(
            lang,
            number.as_deref().unwrap_or_default(),
            lang.pick("Le répertoire ne répond pas", "The register does not answer"),
            lang.pick(
                "Vérifiez que ce numéro est le vôtre. Vous pouvez continuer\u{A0}: le nom et l’adresse seront lus plus tard.",
                "Check that this number is yours. You may go on: the name and the address are read later.",
            ),
        ),
        SearchOutcome::Empty | SearchOutcome::Invalid(_) => ().into_any(),
    }
}

fn found(lang: Lang, hit: &CompanyHit, demonstration: bool) -> AnyView {
    let number = hit.siret.as_ref().map_or_else(
        || format!("SIREN {}", hit.siren.formatted()),
        |siret| format!("SIRET {}", siret.formatted()),
    );
    let fictional = demonstration.then(|| {
        view! {
            <p class="hint">
                <StatusChip label=lang.pick("Démonstration", "Demonstration") tone=Tone::Warning/> " "
                {lang.pick("Cette entreprise est fictive.", "This company is fictional.")}
            </p>
        }
    });
    let closed = (!hit.active).then(|| {
        view! {
            <p class="state-line">
                <StatusChip label=lang.pick("Fermée", "Closed") tone=Tone::Danger/>
                {lang
                    .pick(
                        "Le répertoire indique qu’elle a cessé son activité\u{A0}: elle ne peut pas déclarer.",
                        "The register says that it has closed: it cannot declare.",
                    )}
            </p>
        }
    });
    view! {
        <section class="link-company" aria-labelledby="link-company-title">
            <h2 id="link-company-title">{hit.name.clone()}</h2>
            {hit.address.clone().map(|address| view! { <p>{address}</p> })}
            <p class="hint">{number}</p>
            {closed}
            {fictional}
        </section>
    }
    .into_any()
}

fn doubtful(lang: Lang, number: &str, title: &'static str, words: &'static str) -> AnyView {
    let label = lang.pick("Numéro du lien\u{A0}: ", "Number of the link: ");
    let number = number.to_owned();
    view! {
        <Notice tone=Tone::Info title=title>
            <p>{label} <strong>{number}</strong></p>
            <p>{words}</p>
        </Notice>
    }
    .into_any()
}
