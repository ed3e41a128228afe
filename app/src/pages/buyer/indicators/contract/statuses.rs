//! The statuses of a holder: the period, the evidence and the decision of each, and why it counts or not.

use domain::claims::{Kind, Validity};
use domain::indicators::NotCounted;
use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, long_date};
use crate::pages::buyer::address;
use crate::pages::shared::claim::upper_first;
use crate::pages::shared::moment::{long_day, long_moment};
use crate::pages::shared::wording::period;
use crate::views::{ContractParty, StatusOrigin, StatusSeen};

pub(super) fn list(lang: Lang, party: &ContractParty) -> AnyView {
    if party.statuses.is_empty() {
        let words = if party.siren.is_some() {
            lang.pick(
                "Aucun statut validé pour cette entreprise, à aucune date.",
                "No validated status for this company, on any date.",
            )
        } else {
            lang.pick(
                "Son identifiant ne mène à aucun SIREN\u{A0}: aucun statut ne peut lui être rapproché.",
                "Its identifier leads to no SIREN: no status can be matched with it.",
            )
        };
        return view! { <p>{words}</p> }.into_any();
    }
    let statuses = party
        .statuses
        .iter()
        .map(|status| self::status(lang, status))
        .collect_view();
    view! { <ul class="statuses">{statuses}</ul> }.into_any()
}

fn status(lang: Lang, status: &StatusSeen) -> AnyView {
    let validity = Validity {
        from: status.period.valid_from,
        to: status.period.valid_to,
    };
    let closed = status.period.closed_from.map(|closed| {
        let day = long_date(lang, closed);
        match lang {
            Lang::Fr => format!(", clos à partir du {day}"),
            Lang::En => format!(", closed from {day}"),
        }
    });
    let period = upper_first(&period(&validity, lang));
    let when = format!("{period}{}.", closed.unwrap_or_default());
    let scope = status.period.siret.as_ref().map(|siret| match lang {
        Lang::Fr => format!(" Établissement {} seulement.", siret.formatted()),
        Lang::En => format!(" Establishment {} only.", siret.formatted()),
    });
    view! {
        <li>
            <p>
                <strong>{use_catalogue().kind_label(status.kind, lang).to_owned()}</strong>
                {lang.pick("\u{A0}: ", ": ")}
                {outcome(lang, status)}
            </p>
            <p>{when} {scope}</p>
            {evidence(lang, status).map(|words| view! { <p>{words}</p> })}
            <p>{decision(lang, status)}</p>
        </li>
    }
    .into_any()
}

/// Why it counts, or the reason for which it does not, in a sentence.
fn outcome(lang: Lang, status: &StatusSeen) -> String {
    let day = |day| long_date(lang, day);
    match (status.missed, lang) {
        (None, _) if status.in_set => lang
            .pick(
                "compte comme entreprise solidaire.",
                "counts as a solidarity enterprise.",
            )
            .to_owned(),
        (None, _) if status.kind == Kind::Sme => lang
            .pick("compte comme PME.", "counts as an SME.")
            .to_owned(),
        (None, _) => lang
            .pick(
                "valide ce jour-là, hors de la définition de l’entreprise solidaire.",
                "valid on that day, outside the definition of the solidarity enterprise.",
            )
            .to_owned(),
        (Some(NotCounted::Begins(from)), Lang::Fr) => {
            format!("ne compte pas, il commence le {}.", day(from))
        }
        (Some(NotCounted::Begins(from)), Lang::En) => {
            format!("does not count, it begins on {}.", day(from))
        }
        (Some(NotCounted::Ended(to)), Lang::Fr) => {
            format!("ne compte pas, il a pris fin le {}.", day(to))
        }
        (Some(NotCounted::Ended(to)), Lang::En) => {
            format!("does not count, it ended on {}.", day(to))
        }
        (Some(NotCounted::Closed(from)), Lang::Fr) => {
            format!("ne compte pas, il est clos à partir du {}.", day(from))
        }
        (Some(NotCounted::Closed(from)), Lang::En) => {
            format!("does not count, it is closed from {}.", day(from))
        }
        (Some(NotCounted::OtherEstablishment), _) => lang
            .pick(
                "ne compte pas, il porte sur un autre établissement que celui du marché.",
                "does not count, it is about another establishment than that of the contract.",
            )
            .to_owned(),
    }
}

fn evidence(lang: Lang, status: &StatusSeen) -> Option<String> {
    let (reference, authority) = (status.reference.as_ref(), status.authority.as_ref());
    match (reference, authority, lang) {
        (None, None, _) => None,
        (Some(reference), None, Lang::Fr) => Some(format!("Preuve\u{A0}: {reference}")),
        (Some(reference), None, Lang::En) => Some(format!("Evidence: {reference}")),
        (None, Some(authority), Lang::Fr) => Some(format!("Autorité\u{A0}: {authority}")),
        (None, Some(authority), Lang::En) => Some(format!("Authority: {authority}")),
        (Some(reference), Some(authority), Lang::Fr) => Some(format!(
            "Preuve\u{A0}: {reference}, autorité\u{A0}: {authority}"
        )),
        (Some(reference), Some(authority), Lang::En) => {
            Some(format!("Evidence: {reference}, authority: {authority}"))
        }
    }
}

/// Where it was validated, and the way to the decision.
pub(in crate::pages::buyer::indicators) fn decision(lang: Lang, status: &StatusSeen) -> AnyView {
    match &status.origin {
        StatusOrigin::Portal {
            qualification,
            decided_at,
        } => {
            let at = long_moment(lang, *decided_at);
            let words = match lang {
                Lang::Fr => format!("Validé sur le portail le {at}."),
                Lang::En => format!("Validated on the portal on {at}."),
            };
            let link = qualification.map(|id| {
                let about = format!(" ({})", use_catalogue().kind_label(status.kind, lang).to_owned());
                view! {
                    " "
                    <a href=address::qualification(id)>
                        {lang.pick("Voir l’affirmation, la preuve et la décision", "See the claim, the evidence and the decision")}
                        <span class="visually-hidden">{about}</span>
                    </a>
                }
            });
            view! { {words} {link} }.into_any()
        }
        StatusOrigin::TakenOver {
            recorded_at,
            validated_on,
            note,
        } => {
            let recorded = long_day(lang, *recorded_at);
            let before = validated_on.map(|day| long_date(lang, day));
            let mut words = match (before, lang) {
                (Some(day), Lang::Fr) => {
                    format!("Validé ailleurs le {day}, repris le {recorded}.")
                }
                (Some(day), Lang::En) => {
                    format!("Validated elsewhere on {day}, taken over on {recorded}.")
                }
                (None, Lang::Fr) => format!("Validé ailleurs, repris le {recorded}."),
                (None, Lang::En) => format!("Validated elsewhere, taken over on {recorded}."),
            };
            if let Some(note) = note {
                words.push(' ');
                words.push_str(note);
            }
            words.into_any()
        }
    }
}
