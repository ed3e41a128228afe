//! How a claim compares with each list in force that its kind may be found in.
//! Longer than 400 lines: one sentence for each way in which a claim and a list may differ.

use chrono::NaiveDate;

use super::{Edition, Field, ListKind, Listed, Proof, ProofState, Score};
use crate::claims::{Claim, ClaimBody, Evidence, Kind, Scope};
use crate::decimal::Hundredths;
use crate::identifiers::{Siren, Siret};
use crate::pledges::Pledge;
use crate::registry::{Agreement, Comparison};

/// What one list says beside a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListComparison {
    pub list: ListKind,
    pub published_on: NaiveDate,
    /// The list is so old that its publisher has probably put out another.
    pub old: bool,
    pub comparison: Comparison,
}

/// Compares a claim of this company with every list in force that concerns it; nothing for a list that was never imported.
pub fn compare(
    claim: &Claim,
    siren: &Siren,
    listed: &Listed,
    today: NaiveDate,
) -> Vec<ListComparison> {
    let editions = listed.editions.iter();
    editions
        .filter(|edition| edition.list.concerns_claim(claim))
        .map(|edition| ListComparison {
            list: edition.list,
            published_on: edition.published_on,
            old: edition.is_old(today),
            comparison: said(claim, siren, listed, edition, today),
        })
        .collect()
}

fn said(
    claim: &Claim,
    siren: &Siren,
    listed: &Listed,
    edition: &Edition,
    today: NaiveDate,
) -> Comparison {
    let of_list = |proof: &&Proof| proof.list == edition.list;
    match &claim.body {
        ClaimBody::Status(evidence) => {
            let proofs: Vec<&Proof> = listed.of(siren).filter(of_list).collect();
            status(
                claim.kind(),
                &claim.key.scope,
                evidence,
                &proofs,
                edition,
                today,
            )
        }
        ClaimBody::Commitment(commitment) => match &commitment.structure {
            Some(named) => {
                let unit = named.siret.siren();
                let proofs: Vec<&Proof> = listed.of(&unit).filter(of_list).collect();
                structure(named.kind, &named.siret, &proofs, edition, today)
            }
            None => absent(edition),
        },
        ClaimBody::Pledge(pledge) => {
            let proofs: Vec<&Proof> = listed.of(siren).filter(of_list).collect();
            index(pledge, &proofs, edition)
        }
        ClaimBody::Sme(_) => absent(edition),
    }
}

/// A status: of the legal unit, or of one establishment.
fn status(
    kind: Kind,
    scope: &Scope,
    evidence: &Evidence,
    proofs: &[&Proof],
    edition: &Edition,
    today: NaiveDate,
) -> Comparison {
    let same_kind: Vec<&Proof> = proofs
        .iter()
        .copied()
        .filter(|proof| proof.supports(kind))
        .collect();
    if same_kind.is_empty() {
        return other_kinds(kind, proofs, edition);
    }
    let in_scope: Vec<&Proof> = same_kind
        .iter()
        .copied()
        .filter(|proof| match (scope, &proof.facts.siret) {
            // The directory may still have the establishment that signed the agreement.
            (Scope::Siret(claimed), Some(listed)) => {
                claimed == listed
                    || evidence.signed_siret.as_ref() == Some(listed)
                    || proof.facts.signed_siret.as_ref() == Some(claimed)
            }
            _ => true,
        })
        .collect();
    if in_scope.is_empty() {
        return other_site(kind, &same_kind, edition);
    }
    // Of approvals that follow each other, the one that holds speaks; else the last to end.
    let best = in_scope.into_iter().max_by_key(|proof| {
        let state = proof.state_on(today);
        (
            state == ProofState::Holds,
            proof.facts.valid_to,
            proof.facts.valid_from,
        )
    });
    best.map_or_else(
        || absent(edition),
        |proof| dated(kind, evidence, proof, edition, today),
    )
}

/// The list has the company under the kind: its dates decide.
fn dated(
    kind: Kind,
    evidence: &Evidence,
    proof: &Proof,
    edition: &Edition,
    today: NaiveDate,
) -> Comparison {
    let (fr, en) = named(edition);
    let code = kind_words(kind);
    match proof.state_on(today) {
        ProofState::Ended(end) => Comparison {
            agreement: Agreement::Differ,
            fr: format!(
                "{fr} indique une fin le {}. L’agrément a pu être renouvelé depuis\u{A0}: demandez la décision.",
                jour(end)
            ),
            en: format!(
                "{en} gives an end on {}. It may have been renewed since: ask for the decision.",
                day(end)
            ),
        },
        ProofState::From(start) => Comparison {
            agreement: Agreement::Differ,
            fr: format!(
                "{fr} indique un début le {}, qui n’est pas encore venu.",
                jour(start)
            ),
            en: format!(
                "{en} gives a start on {}, which has not come yet.",
                day(start)
            ),
        },
        ProofState::Inactive(state) => Comparison {
            agreement: Agreement::Differ,
            fr: format!(
                "{fr} donne la convention dans l’état {}, qui n’est pas actif. Une autre annexe peut l’être\u{A0}: demandez-la.",
                state.code()
            ),
            en: format!(
                "{en} gives the agreement in the state {}, which is not active. Another annexe may be: ask for it.",
                state.code()
            ),
        },
        ProofState::Holds if let Some(differs) = agreement_differs(evidence, proof, edition) => {
            differs
        }
        ProofState::Holds => match (evidence.valid_to, proof.facts.valid_to) {
            (Some(claimed), Some(end)) if claimed != end => Comparison {
                agreement: Agreement::Differ,
                fr: format!(
                    "{fr} porte l’entreprise{}, mais avec une fin le {}\u{202F}; la déclaration dit le {}. La date du certificat l’emporte.",
                    code.0,
                    jour(end),
                    jour(claimed)
                ),
                en: format!(
                    "{en} has the company{}, but with an end on {}; the declaration says {}. The date of the certificate prevails.",
                    code.1,
                    day(end),
                    day(claimed)
                ),
            },
            _ => {
                let (until, until_en) = until(proof);
                Comparison {
                    agreement: Agreement::Agree,
                    fr: format!("{fr} porte l’entreprise{}{until}.", code.0),
                    en: format!("{en} has the company{}{until_en}.", code.1),
                }
            }
        },
    }
}

/// The state and the establishment at signature, where both the declaration and the list give them.
fn agreement_differs(evidence: &Evidence, proof: &Proof, edition: &Edition) -> Option<Comparison> {
    let (fr, en) = named(edition);
    if let (Some(claimed), Some(listed)) = (evidence.state, proof.facts.state)
        && claimed != listed
    {
        let (claimed, listed) = (claimed.code(), listed.code());
        return Some(Comparison {
            agreement: Agreement::Differ,
            fr: format!(
                "{fr} donne la convention dans l’état {listed}, la déclaration dit {claimed}. L’état a pu changer depuis\u{A0}: vérifiez l’annexe financière."
            ),
            en: format!(
                "{en} gives the agreement in the state {listed}, the declaration says {claimed}. It may have changed since: check the annexe financière."
            ),
        });
    }
    let (claimed, listed) = (
        evidence.signed_siret.as_ref()?,
        proof.facts.signed_siret.as_ref()?,
    );
    (claimed != listed).then(|| Comparison {
        agreement: Agreement::Differ,
        fr: format!(
            "{fr} donne un autre SIRET à la signature de la convention ({}). Vérifiez l’annexe financière.",
            listed.formatted()
        ),
        en: format!(
            "{en} gives another SIRET at the signature of the agreement ({}). Check the annexe financière.",
            listed.formatted()
        ),
    })
}

/// The end that the list gives, or that it contradicts itself about it.
fn until(proof: &Proof) -> (String, String) {
    if proof.facts.contradicted.contains(&Field::ValidTo) {
        return (
            "\u{202F}; ses lignes se contredisent sur la fin, qui n’est donc pas dite".to_owned(),
            "; its rows contradict each other about the end, so none is given".to_owned(),
        );
    }
    match proof.facts.valid_to {
        Some(end) => (
            format!(", jusqu’au {}", jour(end)),
            format!(", until {}", day(end)),
        ),
        None => (String::new(), String::new()),
    }
}

/// The company is there, as something else.
fn other_kinds(kind: Kind, proofs: &[&Proof], edition: &Edition) -> Comparison {
    let mut kinds: Vec<&str> = proofs
        .iter()
        .filter_map(|proof| proof.facts.kind)
        .map(Kind::code)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        return absent(edition);
    }
    let (fr, en) = named(edition);
    let (kinds, code) = (kinds.join(", "), kind.code());
    Comparison {
        agreement: Agreement::Differ,
        fr: format!(
            "{fr} porte l’entreprise comme {kinds} et non comme {code}. Une entreprise peut porter plusieurs structures\u{A0}: vérifiez la pièce."
        ),
        en: format!(
            "{en} has the company as {kinds} and not as {code}. A company may run several structures: check the evidence."
        ),
    }
}

/// The company is there under the kind, for another establishment.
fn other_site(kind: Kind, proofs: &[&Proof], edition: &Edition) -> Comparison {
    let sites: Vec<String> = proofs
        .iter()
        .filter_map(|proof| proof.facts.siret.as_ref())
        .map(Siret::formatted)
        .take(3)
        .collect();
    let (fr, en) = named(edition);
    let (sites, code) = (sites.join(", "), kind.code());
    Comparison {
        agreement: Agreement::Differ,
        fr: format!(
            "{fr} porte un autre établissement de l’entreprise comme {code} (SIRET {sites}). Causes fréquentes\u{A0}: un déménagement, qui change le SIRET, ou plusieurs sites."
        ),
        en: format!(
            "{en} has another establishment of the company as {code} (SIRET {sites}). Common causes: a move, which changes the SIRET, or several sites."
        ),
    }
}

/// The structure that a commitment names.
fn structure(
    kind: Kind,
    siret: &Siret,
    proofs: &[&Proof],
    edition: &Edition,
    today: NaiveDate,
) -> Comparison {
    let scope = Scope::Siret(siret.clone());
    let of_unit = status(kind, &scope, &Evidence::default(), proofs, edition, today);
    let (fr, en) = (
        format!("Structure désignée, SIRET {}\u{A0}: ", siret.formatted()),
        format!("Structure named, SIRET {}: ", siret.formatted()),
    );
    Comparison {
        agreement: of_unit.agreement,
        fr: fr + &of_unit.fr,
        en: en + &of_unit.en,
    }
}

/// The index of professional equality of the year of the pledge.
fn index(pledge: &Pledge, proofs: &[&Proof], edition: &Edition) -> Comparison {
    let latest = proofs.iter().filter_map(|proof| proof.facts.year).max();
    let year = pledge.year.or(latest);
    let Some(proof) = proofs.iter().find(|proof| proof.facts.year == year) else {
        return match latest {
            Some(latest) => {
                let (fr, en) = named(edition);
                Comparison {
                    agreement: Agreement::Unknown,
                    fr: format!(
                        "{fr} ne donne pas l’index de cette année-là pour l’entreprise\u{202F}; le dernier est de {latest}."
                    ),
                    en: format!(
                        "{en} does not give the index of that year for the company; the last one is of {latest}."
                    ),
                }
            }
            None => absent(edition),
        };
    };
    let (fr, en) = named(edition);
    let year = proof.facts.year.unwrap_or_default();
    match (proof.facts.score, pledge.baseline) {
        (None, _) => Comparison {
            agreement: Agreement::Unknown,
            fr: format!("{fr} se contredit sur l’index de {year}\u{A0}: consultez le site Egapro."),
            en: format!("{en} contradicts itself about the index of {year}: look it up on Egapro."),
        },
        (Some(Score::NotComputable), None) => Comparison {
            agreement: Agreement::Agree,
            fr: format!("{fr} donne l’index de {year} comme non calculable, ce que la loi permet."),
            en: format!("{en} gives the index of {year} as not computable, which the law allows."),
        },
        (Some(Score::NotComputable), Some(_)) => Comparison {
            agreement: Agreement::Differ,
            fr: format!(
                "{fr} donne l’index de {year} comme non calculable, la déclaration donne une note. Une correction a pu être publiée depuis."
            ),
            en: format!(
                "{en} gives the index of {year} as not computable, the declaration gives a score. A correction may have been published since."
            ),
        },
        (Some(Score::Points(points)), Some(claimed))
            if claimed == Hundredths::from_units(i64::from(points)) =>
        {
            Comparison {
                agreement: Agreement::Agree,
                fr: format!("{fr} donne le même index pour {year}\u{A0}: {points} sur 100."),
                en: format!("{en} gives the same index for {year}: {points} out of 100."),
            }
        }
        (Some(Score::Points(points)), _) => Comparison {
            agreement: Agreement::Differ,
            fr: format!(
                "{fr} donne un index de {points} sur 100 pour {year}, autre que celui de la déclaration. Une correction a pu être publiée depuis."
            ),
            en: format!(
                "{en} gives an index of {points} out of 100 for {year}, other than that of the declaration. A correction may have been published since."
            ),
        },
    }
}

/// Nothing is found: which proves nothing, and for some lists we know why.
fn absent(edition: &Edition) -> Comparison {
    let (fr, en) = named(edition);
    let (why, why_en) = match edition.list {
        ListKind::Esus => (
            "un agrément récent ou renouvelé peut manquer. Demandez la décision du préfet",
            "a recent or renewed approval may be missing. Ask for the decision of the prefect",
        ),
        ListKind::EssFrance => (
            "les sociétés commerciales de l’ESS en sont souvent absentes. Demandez l’extrait ou les statuts",
            "commercial companies of the social economy are often missing. Ask for the extract or the statutes",
        ),
        ListKind::Inclusion => (
            "une structure récente ou dont le SIRET a changé peut manquer. Vérifiez la pièce",
            "a recent structure, or one whose SIRET changed, may be missing. Check the evidence",
        ),
        ListKind::Egapro => (
            "l’index a pu être publié après elle, ou par une autre entreprise du groupe. Consultez le site Egapro",
            "the index may have been published after it, or by another company of the group. Look it up on Egapro",
        ),
    };
    Comparison {
        agreement: Agreement::Unknown,
        fr: format!("{fr} ne porte pas l’entreprise, ce qui ne prouve rien\u{A0}: {why}."),
        en: format!("{en} does not have the company, which proves nothing: {why_en}."),
    }
}

/// The list with its date, at the beginning of a sentence.
fn named(edition: &Edition) -> (String, String) {
    let name = edition.list.named();
    (
        format!("{} du {}", capital(name.fr), jour(edition.published_on)),
        format!("{} of {}", capital(name.en), day(edition.published_on)),
    )
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn kind_words(kind: Kind) -> (String, String) {
    if super::is_in_directory(kind) {
        let code = kind.code();
        (format!(" comme {code}"), format!(" as {code}"))
    } else {
        (String::new(), String::new())
    }
}

fn jour(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}
