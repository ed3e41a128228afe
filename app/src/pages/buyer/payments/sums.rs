//! What the payments of the year, or of a department, say of the solidarity target, and how they were counted.

use domain::decimal::Hundredths;
use domain::indicators::Purchases;
use leptos::prelude::*;

use super::{address, suppliers};
use crate::i18n::{Lang, euros};
use crate::pages::buyer::indicators::{gauge, percent};
use crate::views::{PaidSums, PaymentsView};

pub(super) fn section(lang: Lang, target: u8, found: &PaymentsView) -> AnyView {
    view! {
        <section class="targets" aria-label=lang.pick("Taux de l’année", "Rates of the year")>
            {solidarity(lang, target, found)}
            {sme(lang, &found.sums)}
        </section>
        {method(lang, found)}
    }
    .into_any()
}

fn of(lang: Lang, part: Hundredths, whole: Hundredths) -> String {
    let (part, whole) = (euros(lang, part), euros(lang, whole));
    match lang {
        Lang::Fr => format!("{part} sur {whole}"),
        Lang::En => format!("{part} of {whole}"),
    }
}

fn solidarity(lang: Lang, target: u8, found: &PaymentsView) -> AnyView {
    let sums = &found.sums;
    let reached = sums
        .solidarity_rate
        .is_some_and(|rate| rate >= Hundredths::from_units(target.into()));
    let state = if reached {
        lang.pick("atteint", "reached")
    } else {
        lang.pick("non atteint", "not reached")
    };
    let goal = match lang {
        Lang::Fr => format!("Objectif\u{A0}: {target}\u{A0}% ({state})"),
        Lang::En => format!("Target: {target}% ({state})"),
    };
    let (low, high) = (percent(lang, sums.low_rate), percent(lang, sums.high_rate));
    let bounds = match lang {
        Lang::Fr => format!(
            "De {low} à {high} ({}) selon que comptent ou non les paiements connus par leur SIREN seul à une entreprise dont un établissement seulement est solidaire.",
            euros(lang, sums.solidarity_high)
        ),
        Lang::En => format!(
            "From {low} to {high} ({}) depending on whether payments known by SIREN alone to a company of which only an establishment is solidarity are counted.",
            euros(lang, sums.solidarity_high)
        ),
    };
    let links = [Purchases::Solidarity, Purchases::All].map(|purchases| {
        let mut filter = found.filter();
        filter.part.purchases = purchases;
        let label = match purchases {
            Purchases::All => lang.pick("Tous les fournisseurs payés", "All suppliers paid"),
            _ => lang.pick("Fournisseurs qui comptent", "Suppliers that count"),
        };
        let href = format!("{}#{}", address(&filter), suppliers::ANCHOR);
        view! { <li><a href=href>{label}</a></li> }
    });
    view! {
        <article class="target">
            <h2>{lang.pick("Achats solidaires payés", "Solidarity purchases paid")}</h2>
            <p class="target-rate">{percent(lang, sums.solidarity_rate)}</p>
            {gauge(sums.solidarity_rate, target)}
            <p class="target-goal">{goal}</p>
            <p>{of(lang, sums.solidarity, sums.total)}</p>
            <p class="target-note">{bounds}</p>
            <ul class="target-links">{links.into_iter().collect_view()}</ul>
        </article>
    }
    .into_any()
}

fn sme(lang: Lang, sums: &PaidSums) -> AnyView {
    let payments = Hundredths::from_units(i64::try_from(sums.payments).unwrap_or(i64::MAX));
    let count = match (lang, sums.payments) {
        (Lang::Fr, 1) => "Un paiement en tout.".to_owned(),
        (Lang::Fr, _) => format!("{} paiements en tout.", payments.display(lang)),
        (Lang::En, 1) => "One payment in all.".to_owned(),
        (Lang::En, _) => format!("{} payments in all.", payments.display(lang)),
    };
    view! {
        <article class="target">
            <h2>{lang.pick("Part payée à des PME", "Share paid to SMEs")}</h2>
            <p class="target-rate">{percent(lang, sums.sme_rate)}</p>
            <p>{of(lang, sums.sme, sums.total)}</p>
            <p class="target-note">
                {lang
                    .pick(
                        "PME par une déclaration validée valide au jour du paiement, ou par le répertoire.",
                        "SME by a validated declaration valid on the day of the payment, or by the register.",
                    )}
            </p>
            <p>{count}</p>
        </article>
    }
    .into_any()
}

/// What is counted, and what is not.
fn method(lang: Lang, found: &PaymentsView) -> AnyView {
    let kinds: Vec<&str> = found.kinds.0.iter().map(|kind| kind.code()).collect();
    let kinds = kinds.join(", ");
    let counts = match lang {
        Lang::Fr => format!(
            "Compte un paiement à une entreprise qualifiée {kinds} au jour du paiement\u{202F}; un statut d’un établissement ne vaut que pour les paiements à son SIRET."
        ),
        Lang::En => format!(
            "A payment counts when the company holds one of {kinds} on its day; a status of an establishment counts for payments to its SIRET only."
        ),
    };
    let not = lang.pick(
        "Un avoir est négatif et se déduit à sa propre date. Un paiement à un tiers sans SIREN n’est que dans le total. Une part dont les avoirs font un nombre négatif, ou plus que le total, n’est pas calculable.",
        "A credit is negative and is deducted on its own date. A payment to a party without SIREN is in the total only. A share that credits make negative, or more than the total, is not computable.",
    );
    let date = found.data_date.as_ref().map(|date| match lang {
        Lang::Fr => format!(" Paiements importés le {date}."),
        Lang::En => format!(" Payments imported on {date}."),
    });
    view! {
        <p class="target-note">{counts} " " {not} {date}</p>
    }
    .into_any()
}
