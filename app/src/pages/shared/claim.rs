//! A claim in words: its title, and its facts as labels and values, in both languages.

use domain::catalogue::Catalogue;
use domain::claims::{
    Claim, ClaimBody, ClaimKey, Evidence, Kind, Scope, SizeClaim, Witness, WitnessSource,
};
use domain::decimal::Hundredths;
use domain::documents::Document;
use domain::insertion::Modality;
use domain::sme::FrCategory;

use super::claim_commitment::commitment_facts;
use super::documents::document_words;
use super::pledge::pledge_facts;
use crate::i18n::{Lang, NARROW, NO_BREAK, euros, long_date};

/// One fact of a claim. Values hold what a supplier typed: they are rendered as text, never as markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub label: &'static str,
    pub value: String,
}

pub(super) fn fact(label: &'static str, value: impl Into<String>) -> Fact {
    Fact {
        label,
        value: value.into(),
    }
}

/// The name of a claim in a list: its kind, and what tells it from another claim of the same kind.
pub fn claim_title(names: &Catalogue, claim: &Claim, lang: Lang) -> String {
    key_title(names, &claim.key, lang)
}

/// The same from the key alone.
pub fn key_title(names: &Catalogue, key: &ClaimKey, lang: Lang) -> String {
    let mut title = names.kind_label(key.kind, lang).to_owned();
    if key.kind == Kind::Pledge {
        title = pledge_title(names, key.commitment.as_deref().unwrap_or_default(), lang);
    } else if let Some(modality) = key.commitment.as_deref().and_then(modality_of) {
        title.push_str(colon(lang));
        title.push_str(&lower_first(modality.label().get(lang)));
    }
    if let Some(contract) = &key.contract {
        title.push_str(lang.pick(", marché ", ", contract "));
        title.push_str(contract);
    }
    if let Scope::Siret(siret) = &key.scope {
        title.push_str(lang.pick(", établissement ", ", establishment "));
        title.push_str(&siret.formatted());
    }
    title
}

/// The name of a pledge, with its item when one code covers several: `ENV-LAB-01:iso-14001`.
fn pledge_title(names: &Catalogue, code: &str, lang: Lang) -> String {
    let (code, item) = code.split_once(':').unwrap_or((code, ""));
    let mut title = names
        .pledge(code)
        .map_or(code, |entry| entry.label.get(lang))
        .to_owned();
    if !item.is_empty() {
        title.push_str(colon(lang));
        title.push_str(item);
    }
    title
}

/// The modality in the code of a commitment, such as `SOC-INS-01:sous_traitance:73282932000074`.
fn modality_of(code: &str) -> Option<Modality> {
    code.split(':').nth(1).and_then(Modality::from_code)
}

/// The facts of a claim, in the order in which a person checks them.
pub fn claim_facts(names: &Catalogue, claim: &Claim, lang: Lang) -> Vec<Fact> {
    match &claim.body {
        ClaimBody::Sme(size) => size_facts(size, lang),
        ClaimBody::Status(evidence) => status_facts(claim.kind(), &claim.key.scope, evidence, lang),
        ClaimBody::Commitment(commitment) => commitment_facts(names, commitment, lang),
        ClaimBody::Pledge(pledge) => pledge_facts(names, pledge, lang),
    }
}

fn size_facts(size: &SizeClaim, lang: Lang) -> Vec<Fact> {
    let amount = |text: &str| Hundredths::parse_json(text).unwrap_or_default();
    let french = [
        FrCategory::Mic,
        FrCategory::Pme,
        FrCategory::Eti,
        FrCategory::Ge,
    ]
    .into_iter()
    .find(|category| category.code() == size.french_category)
    .map_or(size.french_category.as_str(), |category| {
        category.label().get(lang)
    });
    let mut facts = vec![
        fact(
            lang.pick("Catégorie européenne", "European category"),
            upper_first(size.category.label().get(lang)),
        ),
        fact(
            lang.pick("Catégorie française", "French category"),
            upper_first(french),
        ),
        fact(
            lang.pick("Clôture de l’exercice", "Closing of the period"),
            long_date(lang, size.closing_date),
        ),
        fact(
            lang.pick("Effectif consolidé", "Consolidated staff"),
            format!(
                "{}{NO_BREAK}{}",
                amount(&size.consolidated_awu).display(lang),
                lang.pick("UTA", "AWU")
            ),
        ),
        fact(
            lang.pick("Chiffre d’affaires consolidé", "Consolidated turnover"),
            euros(lang, amount(&size.consolidated_turnover_eur)),
        ),
        fact(
            lang.pick(
                "Total du bilan consolidé",
                "Consolidated balance sheet total",
            ),
            euros(lang, amount(&size.consolidated_balance_eur)),
        ),
    ];
    facts.extend(document_facts(lang, &size.documents));
    facts
}

fn status_facts(kind: Kind, scope: &Scope, evidence: &Evidence, lang: Lang) -> Vec<Fact> {
    let rule = kind.evidence_rule();
    let mut facts = vec![fact(
        lang.pick("Porte sur", "Covers"),
        scope_words(scope, lang),
    )];
    if let Some(reference) = &evidence.reference {
        let label = rule.map_or(lang.pick("Référence", "Reference"), |rule| {
            rule.reference_label.get(lang)
        });
        facts.push(fact(label, reference.as_str()));
    }
    if let Some(state) = evidence.state {
        facts.push(fact(
            lang.pick("État de la convention", "State of the agreement"),
            state.label().get(lang),
        ));
    }
    if let Some(siret) = &evidence.signed_siret {
        facts.push(fact(
            lang.pick("SIRET à la signature", "SIRET at signature"),
            siret.formatted(),
        ));
    }
    if let Some(authority) = &evidence.authority {
        let label = rule.map_or(lang.pick("Autorité", "Authority"), |rule| {
            rule.authority_label.get(lang)
        });
        facts.push(fact(label, authority.as_str()));
    }
    if let Some(from) = evidence.valid_from {
        facts.push(fact(
            lang.pick("Valable du", "Valid from"),
            long_date(lang, from),
        ));
    }
    if let Some(to) = evidence.valid_to {
        facts.push(fact(lang.pick("Jusqu’au", "Until"), long_date(lang, to)));
    }
    if let Some(witness) = &evidence.witness {
        facts.push(fact(
            lang.pick("Prouvé par", "Proved by"),
            witness_words(witness, lang),
        ));
    }
    if !evidence.conditions.is_empty() {
        let confirmed: Vec<&str> = evidence
            .conditions
            .iter()
            .map(|condition| condition.label().get(lang))
            .collect();
        facts.push(fact(
            lang.pick(
                "Conditions confirmées (loi du 31 juillet 2014)",
                "Conditions confirmed (law of 31 July 2014)",
            ),
            confirmed.join("\n"),
        ));
    }
    facts.extend(document_facts(lang, &evidence.documents));
    facts
}

/// One fact for each document.
pub(super) fn document_facts(lang: Lang, documents: &[Document]) -> Vec<Fact> {
    let facts = documents.iter().map(|document| {
        let words = document_words(lang, document);
        fact(
            lang.pick("Pièce jointe", "Document"),
            format!("{} ({words})", document.name),
        )
    });
    facts.collect()
}

/// The register or the list that stands for the evidence, with its date.
pub fn witness_words(witness: &Witness, lang: Lang) -> String {
    let name = witness.source.label().get(lang);
    let Some(day) = witness.read_on.map(|day| long_date(lang, day)) else {
        return name.to_owned();
    };
    match (witness.source, lang) {
        (WitnessSource::List(_), Lang::Fr) => format!("{name}, liste du {day}"),
        (WitnessSource::List(_), Lang::En) => format!("{name}, list of {day}"),
        (WitnessSource::Register(_), Lang::Fr) => format!("{name}, consulté le {day}"),
        (WitnessSource::Register(_), Lang::En) => format!("{name}, read on {day}"),
    }
}

/// The perimeter of a claim.
pub fn scope_words(scope: &Scope, lang: Lang) -> String {
    match scope {
        Scope::Siren(siren) => format!(
            "{} {}",
            lang.pick("Toute l’entreprise, SIREN", "The whole company, SIREN"),
            siren.formatted()
        ),
        Scope::Siret(siret) => format!(
            "{} {}",
            lang.pick("Un établissement, SIRET", "One establishment, SIRET"),
            siret.formatted()
        ),
    }
}

const fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "\u{A0}: ",
        Lang::En => ": ",
    }
}

/// `microentreprise` as the start of a sentence.
pub fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A label after a colon; acronyms keep their capitals.
fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    let (Some(first), second) = (letters.next(), words.chars().nth(1)) else {
        return String::new();
    };
    if second.is_some_and(char::is_uppercase) {
        return words.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// Words between the quotation marks of the language.
pub fn quoted(lang: Lang, words: &str) -> String {
    match lang {
        Lang::Fr => format!("«{NARROW}{words}{NARROW}»"),
        Lang::En => format!("“{words}”"),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use domain::identifiers::{Siren, Siret};

    use super::*;

    #[test]
    fn two_claims_of_a_kind_have_different_titles() {
        let siren = Scope::Siren(Siren::parse("732829320").unwrap());
        let siret = Scope::Siret(Siret::parse("73282932000074").unwrap());
        let key = |scope, commitment: Option<&str>, contract: Option<&str>| ClaimKey {
            kind: if commitment.is_some() {
                Kind::Commitment
            } else {
                Kind::Ei
            },
            scope,
            commitment: commitment.map(str::to_owned),
            contract: contract.map(str::to_owned),
        };
        assert_eq!(
            key_title(
                &Catalogue::default(),
                &key(siren.clone(), None, None),
                Lang::Fr
            ),
            "Entreprise d’insertion (EI)"
        );
        assert_eq!(
            key_title(&Catalogue::default(), &key(siret, None, None), Lang::En),
            "Work-integration enterprise (EI), establishment 732\u{a0}829\u{a0}320\u{a0}00074"
        );
        assert_eq!(
            key_title(
                &Catalogue::default(),
                &key(
                    siren,
                    Some("SOC-INS-01:sous_traitance:73282932000074"),
                    Some("2026-17")
                ),
                Lang::Fr
            ),
            "Engagement d’insertion\u{a0}: sous-traitance à une structure inclusive, marché 2026-17"
        );
    }
}
