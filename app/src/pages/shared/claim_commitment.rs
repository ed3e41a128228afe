//! What an insertion commitment says: its modality, its hours and their arithmetic, for whom, when, and of which contract.

use domain::catalogue::Catalogue;
use domain::decimal::Hundredths;
use domain::form::Choice;
use domain::insertion::{Basis, CONTRACT_TYPES, Commitment, PUBLICS, etp};

use super::claim::{Fact, fact};
use crate::i18n::{Lang, NO_BREAK, euros, long_date};

pub(super) fn commitment_facts(
    names: &Catalogue,
    commitment: &Commitment,
    lang: Lang,
) -> Vec<Fact> {
    let mut facts = vec![
        fact(
            lang.pick("Modalité", "Modality"),
            commitment.modality.label().get(lang),
        ),
        fact(
            lang.pick("Marché", "Contract"),
            commitment.contract.clone().unwrap_or_else(|| {
                lang.pick(
                    "Engagement général, sans marché désigné",
                    "General commitment, no contract named",
                )
                .to_owned()
            }),
        ),
        fact(lang.pick("Volume", "Volume"), volume(commitment, lang)),
    ];
    if let Some(training) = &commitment.training {
        facts.push(fact(
            lang.pick(
                "Actions de formation ou de tutorat",
                "Training or mentoring",
            ),
            training.as_str(),
        ));
    }
    if let Some(persons) = commitment.persons {
        facts.push(fact(lang.pick("Personnes", "Persons"), persons.to_string()));
    }
    if let Some(structure) = &commitment.structure {
        facts.push(fact(
            lang.pick("Structure inclusive", "Inclusion structure"),
            format!(
                "{}, SIRET {}",
                names.kind_label(structure.kind, lang),
                structure.siret.formatted()
            ),
        ));
    }
    if let Some(amount) = commitment.structure_amount {
        facts.push(fact(
            lang.pick(
                "Montant confié à la structure, hors taxes",
                "Amount given to the structure, excluding tax",
            ),
            euros(lang, amount),
        ));
    }
    if let Some(share) = commitment.structure_share {
        facts.push(fact(
            lang.pick(
                "Part de la structure dans le groupement",
                "Share of the structure in the group",
            ),
            share.display(lang),
        ));
    }
    facts.extend(contract_types(commitment, lang));
    facts.extend(terms(commitment, lang));
    facts
}

/// For whom, when, and what the supplier knows of the contract.
fn terms(commitment: &Commitment, lang: Lang) -> Vec<Fact> {
    let publics: Vec<&str> = commitment
        .publics
        .iter()
        .map(|public| {
            Choice::label_of(PUBLICS, public.code()).map_or(public.code(), |label| label.get(lang))
        })
        .collect();
    let mut facts = vec![fact(
        lang.pick("Publics", "People concerned"),
        publics.join("\n"),
    )];
    facts.push(fact(
        lang.pick("Période", "Period"),
        match lang {
            Lang::Fr => format!(
                "Du {} au {} inclus",
                long_date(lang, commitment.start),
                long_date(lang, commitment.end)
            ),
            Lang::En => format!(
                "{} to {} inclusive",
                long_date(lang, commitment.start),
                long_date(lang, commitment.end)
            ),
        },
    ));
    if let Some(end) = commitment.contract_end {
        facts.push(fact(
            lang.pick("Fin du marché", "End of the contract"),
            long_date(lang, end),
        ));
    }
    if let Some(amount) = commitment.contract_amount {
        facts.push(fact(
            lang.pick(
                "Montant du marché, hors taxes",
                "Amount of the contract, excluding tax",
            ),
            euros(lang, amount),
        ));
    }
    if let Some(share) = commitment.labour_share {
        facts.push(fact(
            lang.pick("Part de main-d’œuvre", "Share of labour"),
            share.display(lang),
        ));
    }
    if let Some(description) = &commitment.description {
        facts.push(fact(
            lang.pick("Précisions", "Details"),
            description.as_str(),
        ));
    }
    facts
}

/// Hours, with the arithmetic that made them: of a share, of full-time equivalents, or the equivalents that the hours make.
fn volume(commitment: &Commitment, lang: Lang) -> String {
    let Some(total) = commitment.hours else {
        return lang
            .pick(
                "Aucune heure, la clause du marché n’en prévoit pas",
                "No hours, the clause of the contract asks for none",
            )
            .to_owned();
    };
    let hours = total.display(lang);
    let base = Hundredths::from_units(i64::from(commitment.etp_base)).display(lang);
    let word = lang.pick("heures", "hours");
    if let Basis::Etp { etp } = &commitment.basis {
        let etp = etp.display(lang);
        return match lang {
            Lang::Fr => format!(
                "{hours}{NO_BREAK}{word}{NO_BREAK}: {etp}{NO_BREAK}ETP × {base}{NO_BREAK}heures par an"
            ),
            Lang::En => format!(
                "{hours}{NO_BREAK}{word}: {etp}{NO_BREAK}FTE × {base}{NO_BREAK}hours a year"
            ),
        };
    }
    let equivalents = etp(total, commitment.etp_base).map_or_else(String::new, |equivalents| {
        let equivalents = equivalents.display(lang);
        match lang {
            Lang::Fr => format!(
                ", soit {equivalents}{NO_BREAK}ETP sur une base de {base}{NO_BREAK}heures par an"
            ),
            Lang::En => format!(
                ", that is {equivalents}{NO_BREAK}FTE on a base of {base}{NO_BREAK}hours a year"
            ),
        }
    });
    let share = match &commitment.basis {
        Basis::LabourShare {
            rate,
            reference_hours,
        } => {
            let (rate, reference) = (rate.display(lang), reference_hours.display(lang));
            match lang {
                Lang::Fr => {
                    format!(" ({rate} de {reference}{NO_BREAK}heures de travail du marché)")
                }
                Lang::En => {
                    format!(" ({rate} of the {reference}{NO_BREAK}labour hours of the contract)")
                }
            }
        }
        Basis::Hours | Basis::Etp { .. } | Basis::NoHours => String::new(),
    };
    format!("{hours}{NO_BREAK}{word}{equivalents}{share}")
}

/// The work contracts of those hired.
fn contract_types(commitment: &Commitment, lang: Lang) -> Option<Fact> {
    let labels: Vec<&str> = commitment
        .contract_types
        .iter()
        .map(|one| {
            Choice::label_of(CONTRACT_TYPES, one.code()).map_or(one.code(), |label| label.get(lang))
        })
        .collect();
    (!labels.is_empty()).then(|| {
        fact(
            lang.pick("Types de contrat de travail", "Types of work contract"),
            labels.join("\n"),
        )
    })
}
