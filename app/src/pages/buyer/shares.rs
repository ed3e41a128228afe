//! The form of the shares of co-contractors: one field for each holder, a source, and what is wrong with what was typed.

use domain::contracts::{ShareFault, ShareUnit, SharesFault, typed_shares};
use leptos::prelude::*;

use super::address;
use crate::i18n::{Lang, Text, text};
use crate::ui::{Actions, Button, ButtonKind, Choice, Issue, Issues, RadioGroup, TextInput};
use crate::views::{ContractParty, ContractView, ShareSource, Typed};

/// Under which name its answers are kept.
pub const FORM: &str = "shares";
pub const LONGEST_SOURCE: usize = 500;
const SOURCE_FIELD: u32 = 500;

/// Whether a contract has shares to enter.
pub fn has_form(found: &ContractView) -> bool {
    found.parties.len() > 1
}

fn field(rank: usize) -> String {
    format!("share-{}", rank + 1)
}

/// The fields of a first visit: the shares in force when they were entered for these holders.
pub fn prefilled(found: &ContractView) -> Typed {
    let ShareSource::Entered(entered) = &found.shares else {
        return Typed::default();
    };
    let hundred = entered
        .entries
        .iter()
        .map(|(_, share)| share.as_str())
        .collect::<Vec<_>>();
    let unit = if typed_shares(ShareUnit::Percent, &hundred).is_ok() {
        ShareUnit::Percent
    } else {
        ShareUnit::Weights
    };
    let shares = entered
        .entries
        .iter()
        .map(|(holder, share)| (format!("share-{holder}"), share.replace('.', ",")));
    Typed {
        problem: String::new(),
        fields: shares
            .chain([
                ("unit".to_owned(), unit.code().to_owned()),
                ("source".to_owned(), entered.source.clone()),
            ])
            .collect(),
    }
}

/// What is wrong with a form that came back, in the order of its fields.
pub fn issues(lang: Lang, found: &ContractView, typed: &Typed) -> Issues {
    let shares: Vec<&str> = found
        .parties
        .iter()
        .map(|party| typed.get(&format!("share-{}", party.named)))
        .collect();
    let mut issues: Vec<Issue> = Vec::new();
    if typed.problem == "holders" {
        issues.push(Issue::new(field(0), HOLDERS.get(lang)));
    }
    match typed_shares(ShareUnit::from_code(typed.get("unit")), &shares) {
        Ok(_) => {}
        Err(SharesFault::Fields(wrong)) => {
            issues.extend(wrong.into_iter().map(|(rank, fault)| {
                let words = match fault {
                    ShareFault::Missing => MISSING,
                    ShareFault::NotANumber => NOT_A_NUMBER,
                };
                Issue::new(field(rank), words.get(lang))
            }));
        }
        Err(SharesFault::NotHundred(sum)) => {
            let sum = sum.display(lang);
            issues.push(Issue::new(
                field(0),
                match lang {
                    Lang::Fr => format!(
                        "Le total des parts est de {sum}\u{202F}; il doit être de 100\u{A0}%, à 0,01 près."
                    ),
                    Lang::En => {
                        format!("The shares add up to {sum}; they must add up to 100%, within 0.01.")
                    }
                },
            ));
        }
        Err(SharesFault::AllZero) => issues.push(Issue::new(field(0), ALL_ZERO.get(lang))),
    }
    let source = typed.get("source").trim();
    if source.is_empty() {
        issues.push(Issue::new("source", SOURCE_MISSING.get(lang)));
    } else if source.chars().count() > LONGEST_SOURCE {
        issues.push(Issue::new("source", SOURCE_TOO_LONG.get(lang)));
    }
    Issues(issues)
}

const HOLDERS: Text = text(
    "Les titulaires du marché ont changé entre-temps. Vérifiez la part de chacun et enregistrez à nouveau.",
    "The holders of the contract changed in the meantime. Check the share of each and save again.",
);
const MISSING: Text = text(
    "Saisissez la part de ce titulaire, 0 s’il n’en a pas.",
    "Enter the share of this holder, 0 if it has none.",
);
const NOT_A_NUMBER: Text = text(
    "Saisissez un nombre, par exemple 33,33, et au plus 100 pour un pourcentage.",
    "Enter a number, such as 33.33; at most 100 for a percentage.",
);
const ALL_ZERO: Text = text(
    "Une part au moins doit être supérieure à zéro.",
    "At least one share must be more than zero.",
);
const SOURCE_MISSING: Text = text(
    "Indiquez d’où vient la répartition, par exemple l’acte d’engagement.",
    "Say where the shares come from, such as the deed of commitment.",
);
const SOURCE_TOO_LONG: Text = text(
    "La source ne peut pas dépasser 500 caractères.",
    "The source cannot be longer than 500 characters.",
);

/// The form, and the way back to equal shares when some were entered.
#[component]
pub fn SharesForm(lang: Lang, found: ContractView, typed: Typed, issues: Issues) -> AnyView {
    let fields = found
        .parties
        .iter()
        .enumerate()
        .map(|(rank, party)| share(lang, rank, party, &typed, &issues))
        .collect_view();
    let units = vec![
        Choice::new(
            ShareUnit::Percent.code(),
            lang.pick(
                "Des pourcentages, dont le total est 100",
                "Percentages, which add up to 100",
            ),
        ),
        Choice::new(
            ShareUnit::Weights.code(),
            lang.pick(
                "Des montants ou d’autres poids, dont seule la proportion compte",
                "Amounts or other weights, of which only the proportion counts",
            ),
        ),
    ];
    let unit = ShareUnit::from_code(typed.get("unit")).code();
    let equal = (found.shares != ShareSource::Equal).then(|| equal(lang, &found));
    view! {
        <section class="block" aria-labelledby="shares-title">
            <h2 id="shares-title">{lang.pick("Saisir la part de chaque titulaire", "Enter the share of each holder")}</h2>
            <p>
                {lang
                    .pick(
                        "Ces parts remplacent les parts égales dans les achats solidaires et dans la part des PME\u{202F}; les bornes basse et haute n’en dépendent pas. Elles portent votre nom.",
                        "These shares replace equal ones in solidarity purchases and in the share of SMEs; the lower and upper bounds do not depend on them. They bear your name.",
                    )}
            </p>
            <form class="card" method="post" action="/fn/enter-shares" novalidate>
                {hidden(&found)}
                <RadioGroup
                    lang=lang
                    name="unit"
                    legend=lang.pick("Ce que vous saisissez", "What you enter")
                    choices=units
                    value=unit
                />
                {fields}
                <TextInput
                    lang=lang
                    name="source"
                    label=lang.pick("Source de la répartition", "Source of the shares")
                    hint=lang.pick(
                        "Par exemple l’acte d’engagement ou la convention de groupement, avec sa date.",
                        "Such as the deed of commitment or the agreement of the group, with its date.",
                    )
                    value=typed.get("source").to_owned()
                    error=issues.of("source")
                    autocomplete="off"
                    maxlength=SOURCE_FIELD
                />
                <Actions>
                    <Button label=lang.pick("Enregistrer les parts", "Save the shares")/>
                </Actions>
            </form>
            {equal}
        </section>
    }
    .into_any()
}

fn share(
    lang: Lang,
    rank: usize,
    party: &ContractParty,
    typed: &Typed,
    issues: &Issues,
) -> AnyView {
    let name = party.name.as_ref().unwrap_or(&party.named);
    let label = match lang {
        Lang::Fr => format!("Part de {name}"),
        Lang::En => format!("Share of {name}"),
    };
    let id = field(rank);
    view! {
        <input type="hidden" name=format!("shares[{rank}][holder]") value=party.named.clone()/>
        <TextInput
            lang=lang
            id=id.clone()
            name=format!("shares[{rank}][share]")
            label=label
            value=typed.get(&format!("share-{}", party.named)).to_owned()
            error=issues.of(&id)
            width="short"
            inputmode="decimal"
            autocomplete="off"
            maxlength=30
        />
    }
    .into_any()
}

fn hidden(found: &ContractView) -> AnyView {
    let key = &found.record.key;
    view! {
        <input type="hidden" name="buyer" value=key.buyer_siret.clone()/>
        <input type="hidden" name="number" value=key.id.clone()/>
        <input type="hidden" name="state" value=address::mode_code(found.mode)/>
    }
    .into_any()
}

fn equal(lang: Lang, found: &ContractView) -> AnyView {
    view! {
        <form method="post" action="/fn/forget-shares">
            {hidden(found)}
            <Button
                label=lang.pick("Revenir aux parts égales", "Back to equal shares")
                kind=ButtonKind::Secondary
            />
        </form>
    }
    .into_any()
}
