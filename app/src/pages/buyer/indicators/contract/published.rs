//! What was published of a contract: its facts, what was found in them, and the publications themselves.

use domain::contracts::Considerations;
use domain::decimal::Hundredths;
use domain::identifiers::Siret;
use domain::indicators::Dimension;
use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, euros, long_date};
use crate::pages::buyer::address;
use crate::ui::{DescriptionList, Entry};
use crate::views::{ContractAddress, ContractView};

pub(super) fn facts(lang: Lang, found: &ContractView) -> AnyView {
    let title = lang.pick("Le marché", "The contract");
    view! {
        <section class="block">
            <h2>{title}</h2>
            <DescriptionList entries=entries(lang, found)/>
        </section>
    }
    .into_any()
}

fn entries(lang: Lang, found: &ContractView) -> Vec<Entry> {
    let record = &found.record;
    let buyer = &record.key.buyer_siret;
    let buyer = Siret::parse(buyer).map_or_else(|_| buyer.clone(), |siret| siret.formatted());
    let unknown = || lang.pick("Non publié", "Not published").to_owned();
    let or_unknown = |text: &Option<String>| text.clone().unwrap_or_else(unknown);
    let money = |amount: Option<Hundredths>| match amount {
        Some(amount) => euros(lang, amount),
        None => lang.pick("Inutilisable", "Unusable").to_owned(),
    };
    let place = match (&record.place.code, &record.place.kind) {
        (Some(code), Some(kind)) => format!("{code} ({kind})"),
        (Some(code), None) => code.clone(),
        (None, _) => unknown(),
    };
    let duration = record.duration_months.map(|months| match lang {
        Lang::Fr => format!("{months}\u{A0}mois"),
        Lang::En => format!("{months}\u{A0}months"),
    });
    vec![
        Entry::new(lang.pick("Numéro", "Number"), record.key.id.clone()),
        Entry::new(
            lang.pick("Établissement acheteur", "Buying establishment"),
            buyer,
        ),
        Entry::new(
            lang.pick("Notifié le", "Notified on"),
            long_date(lang, found.notified_on),
        ),
        Entry::new(
            lang.pick(
                "Montant notifié, hors taxes",
                "Amount as notified, excluding tax",
            ),
            money(found.initial_amount),
        ),
        Entry::new(
            lang.pick(
                "Montant, modifications comprises",
                "Amount, modifications included",
            ),
            money(found.current_amount),
        ),
        Entry::view(
            lang.pick(
                "Dans les indicateurs en montant",
                "In the figures by amount",
            ),
            in_amounts(lang, found),
        ),
        Entry::new(
            lang.pick("Considérations", "Considerations"),
            considerations(lang, record.considerations, record.innovative),
        ),
        Entry::new(
            "CPV",
            family(lang, record.cpv.as_deref()).unwrap_or_else(unknown),
        ),
        Entry::new(
            lang.pick("Procédure", "Procedure"),
            or_unknown(&record.procedure),
        ),
        Entry::new(lang.pick("Nature", "Nature"), or_unknown(&record.nature)),
        Entry::new(lang.pick("Lieu d’exécution", "Place of execution"), place),
        Entry::new(
            lang.pick("Durée", "Duration"),
            duration.unwrap_or_else(unknown),
        ),
    ]
}

/// The code, and the name of its family.
fn family(lang: Lang, code: Option<&str>) -> Option<String> {
    let code = code?;
    let named = code.get(..2).map(|family| {
        (
            family,
            Dimension::Family.name(family, lang, &use_catalogue()),
        )
    });
    Some(match named {
        Some((family, name)) if name != family => format!("{code} ({name})"),
        _ => code.to_owned(),
    })
}

/// Whether the amount of this state counts, and why not (R6, R15).
fn in_amounts(lang: Lang, found: &ContractView) -> AnyView {
    if found.amount().is_none() {
        return lang
            .pick(
                "Non\u{A0}: montant absent ou aberrant. Le marché compte en nombre, pas en montant.",
                "No: missing or aberrant amount. The contract counts in numbers, not in amounts.",
            )
            .into_any();
    }
    let Some(framework) = found.record.framework.as_ref().filter(|_| found.excluded) else {
        return lang.pick("Oui", "Yes").into_any();
    };
    let href = address::contract(&ContractAddress {
        buyer_siret: found.record.key.buyer_siret.clone(),
        contract_id: framework.clone(),
        mode: found.mode,
    });
    view! {
        {lang
            .pick(
                "Non\u{A0}: marché subséquent, son montant est déjà dans celui de l’accord-cadre ",
                "No: contract under a framework, its amount is within that of the framework ",
            )}
        <a href=href>{framework.clone()}</a>
        "."
    }
    .into_any()
}

/// One a line.
fn considerations(lang: Lang, says: Considerations, innovative: bool) -> String {
    let known = [
        (
            says.environmental_clause,
            lang.pick("Clause environnementale", "Environmental clause"),
        ),
        (
            says.environmental_criterion,
            lang.pick("Critère environnemental", "Environmental criterion"),
        ),
        (
            says.social_clause,
            lang.pick("Clause sociale", "Social clause"),
        ),
        (
            says.social_criterion,
            lang.pick("Critère social", "Social criterion"),
        ),
        (
            says.reserved,
            lang.pick("Marché réservé", "Reserved contract"),
        ),
        (
            innovative,
            lang.pick("Marché innovant", "Innovative contract"),
        ),
    ];
    let said: Vec<&str> = known
        .into_iter()
        .filter_map(|(said, words)| said.then_some(words))
        .collect();
    if said.is_empty() {
        return lang.pick("Aucune publiée", "None published").to_owned();
    }
    said.join("\n")
}

/// What was repaired, set aside or doubtful in this contract.
pub(super) fn flags(lang: Lang, found: &ContractView) -> Option<AnyView> {
    let flags = found
        .flags
        .iter()
        .map(|flag| view! { <li>{flag.meaning().get(lang)} " " <code>{flag.code()}</code></li> })
        .collect_view();
    (!found.flags.is_empty()).then(|| {
        view! {
            <section class="block">
                <h2>{lang.pick("Signalements", "Flags")}</h2>
                <ul>{flags}</ul>
            </section>
        }
        .into_any()
    })
}

pub(super) fn records(lang: Lang, found: &ContractView) -> AnyView {
    let records = found
        .records
        .iter()
        .map(|record| view! { <pre><code>{record.clone()}</code></pre> })
        .collect_view();
    let title = match (found.records.len(), lang) {
        (1, Lang::Fr) => "La publication, telle que reçue".to_owned(),
        (1, Lang::En) => "The publication, as received".to_owned(),
        (count, Lang::Fr) => format!("Les {count} publications reçues, la retenue d’abord"),
        (count, Lang::En) => format!("The {count} publications received, the one kept first"),
    };
    view! {
        <details class="records">
            <summary>{title}</summary>
            {records}
        </details>
    }
    .into_any()
}
