//! What published lists say of the company, each with its name and date: shown beside the answers, never in their place.

use chrono::NaiveDate;
use domain::claims::Kind;
use domain::known::Proven;
use domain::lists::{Field, ListKind, Listed, Proof, ProofState, Score};
use leptos::prelude::*;

use crate::i18n::{Lang, long_date};
use crate::pages::shared::claim::witness_words;
use crate::ui::{Notice, Tone};

/// The list and its date, for a line of a form or of a page: `liste nationale ESUS du 1er février 2026`.
pub fn source(lang: Lang, proof: &Proof) -> String {
    let (list, day) = (
        proof.list.label().get(lang),
        long_date(lang, proof.published_on),
    );
    match lang {
        Lang::Fr => format!("{list}, éditée le {day}"),
        Lang::En => format!("{list}, of {day}"),
    }
}

/// What the rows about solidarity statuses say; nothing when there is none, for absence says nothing.
pub fn statuses(lang: Lang, listed: &Listed, today: NaiveDate) -> Option<AnyView> {
    notice(lang, listed, |proof| {
        (proof.list != ListKind::Egapro).then(|| status(lang, proof, today))
    })
}

/// What the list of equality indexes says, latest year first.
pub fn index(lang: Lang, listed: &Listed) -> Option<AnyView> {
    notice(lang, listed, |proof| {
        (proof.list == ListKind::Egapro).then(|| points(lang, proof))
    })
}

/// What lists say of one status, for the line of the form that declares it.
pub fn of_kind(lang: Lang, listed: &Listed, kind: Kind, today: NaiveDate) -> Option<AnyView> {
    let said: Vec<String> = listed
        .proofs
        .iter()
        .filter(|proof| proof.supports(kind))
        .map(|proof| format!("{} ({}).", status(lang, proof, today), source(lang, proof)))
        .collect();
    (!said.is_empty()).then(|| {
        let lines = said
            .into_iter()
            .map(|line| view! { <p class="hint">{line}</p> })
            .collect_view();
        lines.into_any()
    })
}

fn notice(
    lang: Lang,
    listed: &Listed,
    words: impl Fn(&Proof) -> Option<String>,
) -> Option<AnyView> {
    let mut proofs: Vec<&Proof> = listed.proofs.iter().collect();
    proofs.sort_by_key(|proof| std::cmp::Reverse(proof.facts.year));
    let lines: Vec<AnyView> = proofs
        .into_iter()
        .filter_map(|proof| {
            let said = words(proof)?;
            let from = source(lang, proof);
            Some(
                view! {
                    <li>
                        {said}
                        <span class="row-note">{from}</span>
                    </li>
                }
                .into_any(),
            )
        })
        .collect();
    if lines.is_empty() {
        return None;
    }
    Some(
        view! {
            <Notice
                tone=Tone::Info
                title=lang.pick("D’après les listes publiées", "From the published lists")
            >
                <ul>{lines}</ul>
                <p class="hint">
                    {lang
                        .pick(
                            "Une liste est datée\u{A0}: si elle n’est plus exacte, répondez ce qui est vrai aujourd’hui. L’acheteur verra les deux.",
                            "A list is dated: if it is out of date, answer what is true today. The buyer sees both.",
                        )}
                </p>
            </Notice>
        }
        .into_any(),
    )
}

/// Says of a line that nothing more is asked of it.
pub fn proves(lang: Lang, proven: &Proven) -> AnyView {
    let source = witness_words(&proven.proved.witness, lang);
    let words = match lang {
        Lang::Fr => format!(
            "Ce statut est prouvé ({source})\u{A0}: référence et dates sont facultatives. Sans elles, cette source tient lieu de justificatif, et l’acheteur le voit."
        ),
        Lang::En => format!(
            "This status is proved ({source}): reference and dates are optional. Without them, that source stands for the evidence, and the buyer sees it."
        ),
    };
    view! { <p class="proved">{words}</p> }.into_any()
}

fn status(lang: Lang, proof: &Proof, today: NaiveDate) -> String {
    let what = match (proof.list, proof.facts.kind) {
        (ListKind::Inclusion, Some(kind)) => kind.label().get(lang).to_owned(),
        (ListKind::Esus, _) => lang.pick("Agrément ESUS", "ESUS approval").to_owned(),
        _ => lang
            .pick(
                "Entreprise de l’économie sociale et solidaire",
                "Enterprise of the social economy",
            )
            .to_owned(),
    };
    let mut words = what;
    if let Some(reference) = &proof.facts.reference {
        words.push_str(lang.pick(", n°\u{A0}", ", no. "));
        words.push_str(reference);
    }
    if let Some(siret) = &proof.facts.siret {
        words.push_str(", SIRET ");
        words.push_str(&siret.formatted());
    }
    let end = proof.facts.valid_to.map(|day| long_date(lang, day));
    match (proof.state_on(today), end) {
        (ProofState::Ended(_), Some(end)) => {
            words.push_str(lang.pick(", terminé le ", ", ended on "));
            words.push_str(&end);
        }
        (ProofState::From(start), _) => {
            words.push_str(lang.pick(", à partir du ", ", from "));
            words.push_str(&long_date(lang, start));
        }
        (ProofState::Inactive(state), _) => {
            words.push_str(lang.pick(", dans l’état ", ", in the state "));
            words.push_str(state.label().get(lang));
        }
        (_, Some(end)) => {
            words.push_str(lang.pick(", jusqu’au ", ", until "));
            words.push_str(&end);
        }
        _ if proof.facts.contradicted.contains(&Field::ValidTo) => {
            words.push_str(lang.pick(
                ", fin non dite (la liste se contredit)",
                ", end not given (the list contradicts itself)",
            ));
        }
        _ => {}
    }
    words
}

fn points(lang: Lang, proof: &Proof) -> String {
    let year = proof.facts.year.unwrap_or_default();
    match (proof.facts.score, lang) {
        (Some(Score::Points(points)), Lang::Fr) => {
            format!("Index de l’égalité professionnelle {year}\u{A0}: {points} sur 100")
        }
        (Some(Score::Points(points)), Lang::En) => {
            format!("Professional equality index {year}: {points} out of 100")
        }
        (Some(Score::NotComputable), Lang::Fr) => {
            format!("Index de l’égalité professionnelle {year}\u{A0}: non calculable")
        }
        (Some(Score::NotComputable), Lang::En) => {
            format!("Professional equality index {year}: not computable")
        }
        (None, Lang::Fr) => {
            format!("Index de l’égalité professionnelle {year}\u{A0}: la liste se contredit")
        }
        (None, Lang::En) => {
            format!("Professional equality index {year}: the list contradicts itself")
        }
    }
}
