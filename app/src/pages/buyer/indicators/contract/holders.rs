//! The holders of a contract: the share of each, what it counts as on the notification date, and by which decision.

use domain::indicators::SupplierSize;
use leptos::prelude::*;

use super::statuses;
use crate::i18n::{Lang, euros, long_date};
use crate::pages::buyer::indicators::words::percent;
use crate::pages::shared::moment::long_moment;
use crate::ui::{Notice, StatusChip, Tone};
use crate::views::{ContractParty, ContractView, EnteredShares, ShareSource};

pub(super) fn section(lang: Lang, found: &ContractView) -> AnyView {
    let parties = found
        .parties
        .iter()
        .map(|party| self::party(lang, found, party))
        .collect_view();
    let none = found.parties.is_empty().then(|| {
        view! {
            <p>
                {lang
                    .pick(
                        "Aucun titulaire publié\u{A0}: le montant compte, sans part solidaire.",
                        "No holder published: the amount counts, without a solidarity part.",
                    )}
            </p>
        }
    });
    view! {
        <section class="block">
            <h2>{lang.pick("Titulaires", "Holders")}</h2>
            {shares(lang, found)}
            {none}
            {parties}
        </section>
    }
    .into_any()
}

/// Where the shares come from; of one holder alone there is nothing to say.
fn shares(lang: Lang, found: &ContractView) -> Option<AnyView> {
    let several = found.parties.len() > 1;
    match &found.shares {
        ShareSource::Equal => several.then(|| {
            view! {
                <p>
                    {lang
                        .pick(
                            "Les données publiées ne disent pas la part de chacun\u{A0}: parts égales.",
                            "The published data do not say the share of each: equal shares.",
                        )}
                </p>
            }
            .into_any()
        }),
        ShareSource::Entered(entered) => {
            Some(view! { <p>{origin(lang, entered)}</p> }.into_any())
        }
        ShareSource::Ignored(entered) => {
            let entries: Vec<String> = entered
                .entries
                .iter()
                .map(|(holder, share)| format!("{holder} ({share})"))
                .collect();
            let entries = entries.join(", ");
            let (before, named) = (origin(lang, entered), match lang {
                Lang::Fr => format!(
                    "Elles nomment {entries}, qui ne sont pas exactement les titulaires de cet état du marché\u{A0}: parts égales."
                ),
                Lang::En => format!(
                    "They name {entries}, who are not exactly the holders of this state of the contract: equal shares."
                ),
            });
            let title = lang.pick(
                "Les parts saisies sont ignorées",
                "The shares entered are ignored",
            );
            Some(
                view! {
                    <Notice tone=Tone::Warning title=title>
                        <p>{before}</p>
                        <p>{named}</p>
                    </Notice>
                }
                .into_any(),
            )
        }
    }
}

fn origin(lang: Lang, entered: &EnteredShares) -> String {
    let at = long_moment(lang, entered.at);
    let EnteredShares { source, by, .. } = entered;
    match lang {
        Lang::Fr => format!("Parts saisies par {by} le {at}. Source\u{A0}: {source}"),
        Lang::En => format!("Shares entered by {by} on {at}. Source: {source}"),
    }
}

fn party(lang: Lang, found: &ContractView, party: &ContractParty) -> AnyView {
    let identifiers: Vec<String> = party
        .identifiers
        .iter()
        .map(|(id_type, id)| format!("{id_type}\u{A0}{id}"))
        .collect();
    let siren = party
        .siren
        .as_ref()
        .map(|siren| format!("SIREN {}", siren.formatted()));
    let known = party.name.is_some();
    let title = party.name.clone().or(siren.clone());
    let title = title.unwrap_or_else(|| party.named.clone());
    let about: Vec<String> = siren
        .filter(|_| known)
        .into_iter()
        .chain(identifiers)
        .collect();
    let share = percent(lang, Some(party.share));
    let part = match (&party.amount, lang) {
        (Some(amount), Lang::Fr) => format!("Part\u{A0}: {share}, soit {}", euros(lang, *amount)),
        (Some(amount), Lang::En) => format!("Share: {share}, that is {}", euros(lang, *amount)),
        (None, Lang::Fr) => format!("Part\u{A0}: {share}"),
        (None, Lang::En) => format!("Share: {share}"),
    };
    let day = long_date(lang, found.notified_on);
    let on = match lang {
        Lang::Fr => format!("Le {day}, date de notification\u{A0}:"),
        Lang::En => format!("On {day}, the notification date:"),
    };
    view! {
        <article class="card">
            <h3>{title}</h3>
            <p class="identity">{about.join(" · ")}</p>
            <p>{part}</p>
            <p>{on} " " {counts_as(lang, party)}</p>
            {statuses::list(lang, party)}
        </article>
    }
    .into_any()
}

/// What the company counts as on the notification date.
fn counts_as(lang: Lang, party: &ContractParty) -> AnyView {
    let solidarity = if party.solidarity {
        (
            lang.pick("Entreprise solidaire", "Solidarity enterprise"),
            Tone::Success,
        )
    } else {
        (
            lang.pick("Pas d’entreprise solidaire", "Not a solidarity enterprise"),
            Tone::Neutral,
        )
    };
    let size = match party.size {
        SupplierSize::Other => (
            lang.pick("Pas de PME connue", "No known SME"),
            Tone::Neutral,
        ),
        sme => (sme.label().get(lang), Tone::Info),
    };
    [solidarity, size]
        .map(|(label, tone)| view! { <StatusChip label=label tone=tone/> " " })
        .into_iter()
        .collect_view()
        .into_any()
}
