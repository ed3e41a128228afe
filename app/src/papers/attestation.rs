//! The attestation: what is validated today for one company, by which service, and how to check it.

use chrono::NaiveDate;
use domain::attestation::Attested;
use domain::catalogue::Catalogue;

use super::receipt::service;
use super::{Block, Paper, Row, Section, strong, words};
use crate::i18n::{Lang, long_date};
use crate::pages::shared::claim::{key_title, scope_words, upper_first, witness_words};
use crate::pages::shared::wording::period;
use crate::site::Site;
use crate::ui::Tone;
use crate::views::{AttestationView, Checking};

pub fn attestation(lang: Lang, view: &AttestationView, site: &Site, today: NaiveDate) -> Paper {
    let title = lang.pick("Attestation", "Certificate");
    let day = long_date(lang, today);
    Paper {
        lang,
        title: title.to_owned(),
        name: format!("{title}, {}", view.company_name),
        tone: Tone::Success,
        notice: vec![
            strong(match lang {
                Lang::Fr => format!(
                    "Au {day}, l’acheteur ({}) a validé ce qui suit pour {}.",
                    site.buyer_name, view.company_name
                ),
                Lang::En => format!(
                    "On {day}, the buyer ({}) has validated the following for {}.",
                    site.buyer_name, view.company_name
                ),
            }),
            words(lang.pick(
                "Un statut peut être renouvelé, remplacé ou révoqué après cette date\u{A0}: seule la vérification dit ce qui est validé au moment où elle est faite.",
                "A status may be renewed, replaced or revoked after this date: only the verification says what is validated when it is made.",
            )),
        ],
        blocks: vec![Block::Rows {
            rows: vec![
                Row::new(lang.pick("Entreprise", "Company"), view.company_name.clone()),
                Row::new("SIREN", view.siren.formatted()),
                Row::new(lang.pick("Établie le", "Issued on"), day),
            ],
        }],
        sections: vec![
            Section {
                id: "attested",
                title: lang.pick("Ce qui est validé", "What is validated").to_owned(),
                blocks: vec![table(lang, &view.names, &view.lines)],
            },
            Section {
                id: "reach",
                title: lang.pick("Portée", "What it is for").to_owned(),
                blocks: vec![Block::List { items: reach(lang, &view.check) }],
            },
            Section {
                id: "service",
                title: lang.pick("Service qui a décidé", "The service that decided").to_owned(),
                blocks: vec![Block::Rows { rows: service(lang, site) }],
            },
        ],
    }
}

fn table(lang: Lang, names: &Catalogue, lines: &[Attested]) -> Block {
    Block::Table {
        caption: lang
            .pick("Ce qui est validé", "What is validated")
            .to_owned(),
        columns: vec![
            lang.pick("Statut", "Status").to_owned(),
            lang.pick("Justificatif", "Evidence").to_owned(),
            lang.pick("Décision", "Decision").to_owned(),
            lang.pick("Validité", "Validity").to_owned(),
        ],
        rows: lines
            .iter()
            .map(|line| {
                vec![
                    what(lang, names, line),
                    evidence(lang, line),
                    decision(lang, line),
                    validity(lang, line),
                ]
            })
            .collect(),
    }
}

/// The status, the size of an SME, and what it covers.
pub fn what(lang: Lang, names: &Catalogue, line: &Attested) -> String {
    let mut words = key_title(names, &line.key, lang);
    if let Some(category) = line.category {
        words.push('\n');
        words.push_str(&upper_first(category.label().get(lang)));
    }
    words.push('\n');
    words.push_str(&scope_words(&line.key.scope, lang));
    words
}

/// Reference and authority, or the list that stands for them, each on its line; a status that the register proves has neither.
pub fn evidence(lang: Lang, line: &Attested) -> String {
    let witness = line.witness.as_ref();
    let given: Vec<_> = [
        line.evidence.clone(),
        line.authority.clone(),
        witness.map(|witness| witness_words(witness, lang)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if given.is_empty() {
        let none = if line.category.is_some() {
            lang.pick("Chiffres attestés sur l’honneur", "Figures sworn to")
        } else {
            lang.pick("Répertoire public", "Public register")
        };
        return none.to_owned();
    }
    given.join("\n")
}

pub fn decision(lang: Lang, line: &Attested) -> String {
    let day = long_date(lang, line.decided_on);
    match lang {
        Lang::Fr => format!("{}\ndu {day}", line.reference),
        Lang::En => format!("{}\nof {day}", line.reference),
    }
}

pub fn validity(lang: Lang, line: &Attested) -> String {
    // Taken away on its first day, it never held.
    if line.to.is_some_and(|to| to < line.from) {
        let day = long_date(lang, line.from);
        return match lang {
            Lang::Fr => format!("Aucun jour\u{A0}: terminé dès le {day}"),
            Lang::En => format!("No day: ended as of {day}"),
        };
    }
    upper_first(&period(
        &domain::claims::Validity {
            from: line.from,
            to: line.to,
        },
        lang,
    ))
}

fn reach(lang: Lang, check: &Checking) -> Vec<String> {
    let mut items = vec![
        lang.pick(
            "Elle vaut auprès de l’acheteur et de ses services, et peut être montrée à qui vous voulez. Elle ne remplace aucune pièce qu’une consultation demande.",
            "It holds with the buyer and its services, and you may show it to anyone. It replaces no document that a tender asks for.",
        ),
        lang.pick(
            "Les engagements d’insertion, qui tiennent à un marché, n’y figurent pas.",
            "Insertion commitments, which belong to a contract, are not in it.",
        ),
    ];
    if *check == Checking::Off {
        items.push(lang.pick(
            "L’entreprise a choisi de ne pas publier de page de vérification. Le service ci-dessous répond à qui veut s’assurer que cette attestation est exacte.",
            "The company chose not to publish a verification page. The service below answers anyone who wants to be sure that this certificate is right.",
        ));
    }
    items.into_iter().map(str::to_owned).collect()
}
