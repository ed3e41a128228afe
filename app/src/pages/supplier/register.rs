//! What the public register says of the company, with its source and its date: shown, never asked again.

use domain::identifiers::{EssStatus, LegalCategory, StaffBand};
use domain::registry::{RegistryFacts, RegistryState};
use leptos::prelude::*;

use crate::i18n::Lang;
use crate::pages::shared::moment::long_moment;
use crate::ui::{DescriptionList, Entry, Notice, Tone};

/// The facts, beside the step on the company.
pub fn register(lang: Lang, state: &RegistryState) -> AnyView {
    let facts = match state {
        RegistryState::Known(facts) => facts,
        RegistryState::Unknown { asked_at } => {
            return unknown(lang, &long_moment(lang, *asked_at)).into_any();
        }
        RegistryState::Unresolved => return unresolved(lang).into_any(),
    };
    let source = facts.source.label(lang);
    let at = long_moment(lang, facts.fetched_at);
    let line = match lang {
        Lang::Fr => format!("Source\u{A0}: {source}, le {at}."),
        Lang::En => format!("Source: {source}, {at}."),
    };
    view! {
        <section class="register" aria-labelledby="register-title">
            <h2 id="register-title">{lang.pick("Ce que dit le répertoire", "What the register says")}</h2>
            <DescriptionList entries=entries(lang, facts)/>
            <p class="hint">{line}</p>
            <p class="hint">
                {lang
                    .pick(
                        "Une information n’est plus exacte\u{202F}? Répondez ce qui est vrai aujourd’hui\u{A0}: l’acheteur verra les deux.",
                        "Is something out of date? Answer what is true today: the buyer sees both.",
                    )}
            </p>
        </section>
    }
    .into_any()
}

fn entries(lang: Lang, facts: &RegistryFacts) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |label: &'static str, value: Option<String>| {
        if let Some(value) = value {
            entries.push(Entry::new(label, value));
        }
    };
    add(lang.pick("Nom", "Name"), facts.name.clone());
    add("SIREN", Some(facts.siren.formatted()));
    add(
        lang.pick("Établissement", "Establishment"),
        facts
            .siret
            .as_ref()
            .map(|siret| format!("SIRET {}", siret.formatted())),
    );
    add(lang.pick("Adresse", "Address"), facts.address.clone());
    add(
        lang.pick("Forme juridique", "Legal form"),
        facts.legal_category.as_ref().map(legal_form),
    );
    add(
        lang.pick("Activité (NAF)", "Activity (NAF)"),
        facts.naf.clone(),
    );
    add(
        lang.pick("Tranche d’effectif", "Staff band"),
        staff(lang, facts),
    );
    if facts.partly_masked {
        add(
            lang.pick("Diffusion", "Disclosure"),
            Some(
                lang.pick(
                    "Certaines informations ne sont pas diffusées, à votre demande.",
                    "Some information is not disclosed, at your request.",
                )
                .to_owned(),
            ),
        );
    }
    entries
}

fn legal_form(category: &LegalCategory) -> String {
    match category.label() {
        Some(label) => format!("{label} ({})", category.as_str()),
        None => category.as_str().to_owned(),
    }
}

fn staff(lang: Lang, facts: &RegistryFacts) -> Option<String> {
    let band = StaffBand::parse(facts.staff_band.as_deref()?)
        .ok()?
        .label()
        .get(lang);
    Some(match facts.staff_band_year {
        Some(year) => format!("{band} ({year})"),
        None => band.to_owned(),
    })
}

fn unknown(lang: Lang, at: &str) -> impl IntoView + use<> {
    let words = match lang {
        Lang::Fr => format!(
            "Le répertoire ne connaissait pas ce numéro le {at}. Vous pouvez continuer\u{A0}: l’acheteur le vérifiera."
        ),
        Lang::En => format!(
            "The register did not know this number on {at}. You may go on: the buyer will check it."
        ),
    };
    view! {
        <Notice tone=Tone::Info title=lang.pick("Entreprise absente du répertoire", "Company not in the register")>
            <p>{words}</p>
        </Notice>
    }
}

fn unresolved(lang: Lang) -> impl IntoView {
    view! {
        <Notice tone=Tone::Info title=lang.pick("Le répertoire ne répond pas", "The register does not answer")>
            <p>
                {lang
                    .pick(
                        "Rien n’est vérifié pour l’instant, et rien ne vous bloque\u{A0}: remplissez les étapes, la vérification se fera plus tard.",
                        "Nothing is checked for now, and nothing stops you: fill in the steps, the check comes later.",
                    )}
            </p>
        </Notice>
    }
}

/// What the register lets the company expect on the step about its solidarity status; silence never means no.
pub fn solidarity_hint(lang: Lang, state: &RegistryState) -> Option<AnyView> {
    let facts = state.facts()?;
    let by_form = facts.legal_category.as_ref().map(LegalCategory::ess_family);
    let kinds: Vec<&str> = facts.siae_kinds.iter().map(|kind| kind.code()).collect();
    let words = if !kinds.is_empty() {
        let kinds = kinds.join(", ");
        match lang {
            Lang::Fr => format!(
                "Le Marché de l’inclusion vous connaît comme {kinds}. Confirmez-le ci-dessous."
            ),
            Lang::En => format!("The inclusion directory knows you as {kinds}. Confirm it below."),
        }
    } else if let Some(EssStatus::ByStatus(family)) = by_form {
        let family = family.label().get(lang);
        match lang {
            Lang::Fr => format!(
                "Votre forme juridique ({family}) relève de l’économie sociale et solidaire par son statut\u{A0}: aucune pièce ne vous sera demandée pour le déclarer."
            ),
            Lang::En => format!(
                "Your legal form ({family}) is part of the social economy: declaring it takes no document."
            ),
        }
    } else if facts.ess == Some(true) {
        lang.pick(
            "Le répertoire porte la mention «\u{202F}économie sociale et solidaire\u{202F}» pour votre entreprise.",
            "The register bears the social-economy mention for your company.",
        )
        .to_owned()
    } else {
        return None;
    };
    let at = long_moment(lang, facts.fetched_at);
    let source = facts.source.label(lang);
    let line = match lang {
        Lang::Fr => format!("{source}, le {at}."),
        Lang::En => format!("{source}, on {at}."),
    };
    Some(
        view! {
            <Notice tone=Tone::Info title=lang.pick("D’après le répertoire", "From the register")>
                <p>{words}</p>
                <p class="hint">{line}</p>
            </Notice>
        }
        .into_any(),
    )
}
