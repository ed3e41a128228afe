//! A pledge in words: what was signed, with the theme and the plans that it serves.

use domain::catalogue::Catalogue;
use domain::decimal::Hundredths;
use domain::pledges::{Pledge, Unit};

use super::claim::{Fact, document_facts, fact};
use crate::i18n::{Lang, NO_BREAK, long_date};

pub(super) fn pledge_facts(names: &Catalogue, pledge: &Pledge, lang: Lang) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut say = |label: &'static str, value: Option<String>| {
        facts.extend(value.map(|value| fact(label, value)));
    };
    say(
        lang.pick("Engagement", "Commitment"),
        Some(pledge.label.get(lang).to_owned()),
    );
    say(
        lang.pick("Label ou catégorie", "Label or category"),
        pledge.item.clone(),
    );
    say(
        lang.pick("Porte sur", "Covers"),
        Some(match &pledge.contract {
            Some(contract) => format!("{} {contract}", lang.pick("Le marché", "The contract")),
            None => lang
                .pick("Toute l’entreprise", "The whole company")
                .to_owned(),
        }),
    );
    say(
        lang.pick("En place aujourd’hui", "In place today"),
        pledge.done.map(|done| {
            let answer = if done {
                lang.pick("Oui", "Yes")
            } else {
                lang.pick("Non", "No")
            };
            answer.to_owned()
        }),
    );
    say(
        lang.pick("Année", "Year"),
        pledge.year.map(|year| year.to_string()),
    );
    say(
        lang.pick("Valeur aujourd’hui", "Value today"),
        match (pledge.unit, pledge.baseline) {
            (Unit::Score, None) => Some(lang.pick("Non calculable", "Not calculable").to_owned()),
            (_, baseline) => baseline.map(|baseline| value(pledge.unit, baseline, lang)),
        },
    );
    say(
        lang.pick("Valeur visée", "Target value"),
        pledge.target.map(|target| value(pledge.unit, target, lang)),
    );
    let day = |day: chrono::NaiveDate| long_date(lang, day);
    say(lang.pick("Échéance", "Due date"), pledge.due.map(day));
    say(
        lang.pick("Référence de la pièce", "Reference of the evidence"),
        pledge.reference.clone(),
    );
    say(
        lang.pick("Valable du", "Valid from"),
        pledge.valid_from.map(day),
    );
    say(lang.pick("Jusqu’au", "Until"), pledge.valid_to.map(day));
    say(lang.pick("Précisions", "Details"), pledge.details.clone());
    say(
        lang.pick("Thème du Spaser", "Theme of the scheme"),
        Some(names.theme_label(&pledge.theme, lang).to_owned()),
    );
    say(
        lang.pick("Plans servis", "Plans served"),
        Some(names.plan_labels(&pledge.plans, lang).join(", ")).filter(|plans| !plans.is_empty()),
    );
    facts.extend(document_facts(lang, &pledge.documents));
    facts
}

/// A value with its unit: `12,5 %`, `3 personnes`.
pub fn value(unit: Unit, value: Hundredths, lang: Lang) -> String {
    let words = unit.words().get(lang);
    let number = value.display(lang);
    match (unit, lang) {
        (Unit::None, _) => number,
        (Unit::Percent, Lang::En) => format!("{number}%"),
        _ => format!("{number}{NO_BREAK}{words}"),
    }
}
