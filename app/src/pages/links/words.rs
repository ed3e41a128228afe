//! Proposed values in words, and the lists of what a link proposes and of what is refused.

use domain::form::{Choice, Offered, TRADES, rules};
use domain::links::{Given, Link, Outcome, Parameter, Proposal, Refused, Takes};
use leptos::prelude::*;

use crate::catalogue::label_of;
use crate::i18n::{Lang, euros, long_date};
use crate::ui::{DescriptionList, Entry, StatusChip, Tone};

/// The label of a parameter, as a list shows it.
pub fn parameter_words(lang: Lang, parameter: Parameter) -> &'static str {
    parameter.label().get(lang)
}

/// A proposed value, as people read it.
pub fn proposed_words(lang: Lang, given: &Given) -> String {
    let value = given.value.as_str();
    let known = match given.parameter.takes() {
        Takes::YesNo => Some(if value == "yes" {
            lang.pick("Oui", "Yes").to_owned()
        } else {
            lang.pick("Non", "No").to_owned()
        }),
        Takes::Date => rules::parse_date(value).map(|date| long_date(lang, date)),
        Takes::Decimal => rules::parse_decimal(value).map(|number| {
            if given.parameter == Parameter::Staff {
                number.display(lang)
            } else {
                euros(lang, number)
            }
        }),
        Takes::Kinds => label_of(lang, Offered::Kinds, value),
        Takes::Pledges => label_of(lang, Offered::Pledges, value),
        Takes::Trades => Choice::label_of(TRADES, value).map(|label| label.get(lang).to_owned()),
        Takes::Number | Takes::SiaeNumber => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}

const fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Fills => Tone::Success,
        Outcome::Same => Tone::Neutral,
        Outcome::Kept | Outcome::NotAsked | Outcome::NotOffered => Tone::Warning,
    }
}

/// What is proposed, with what it does when that is known.
pub(super) fn proposals(lang: Lang, lines: &[Proposal], told: bool) -> AnyView {
    let entries = lines
        .iter()
        .map(|line| {
            let outcome = told.then(|| {
                let label = line.outcome.label().get(lang);
                view! { <p><StatusChip label=label tone=tone(line.outcome)/></p> }
            });
            let value = proposed_words(lang, &line.given);
            let value = view! {
                <p>{value}</p>
                {outcome}
            };
            Entry::view(
                parameter_words(lang, line.given.parameter),
                value.into_any(),
            )
        })
        .collect();
    view! { <DescriptionList entries=entries/> }.into_any()
}

/// What is refused, and why; nothing when nothing is.
pub(super) fn refused(lang: Lang, link: &Link) -> Option<AnyView> {
    if link.refused.is_empty() {
        return None;
    }
    let entries = link
        .refused
        .iter()
        .map(
            |Refused {
                 name,
                 value,
                 reason,
             }| {
                let value = view! {
                    <p class="as-typed">{value.clone()}</p>
                    <p class="hint">{reason.message(lang)}</p>
                };
                Entry::view(name.clone(), value.into_any())
            },
        )
        .collect();
    Some(
        view! {
            <section aria-labelledby="refused-title">
                <h2 id="refused-title">
                    {lang.pick("Ce que nous ne reprenons pas", "What we do not take")}
                </h2>
                <DescriptionList entries=entries/>
            </section>
        }
        .into_any(),
    )
}
