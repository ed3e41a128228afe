//! The words of a renewal: why a line is taken over or not, since when, until when.

use domain::claims::Validity;
use domain::form::{CAPACITIES, Choice, StatementStep, StepCode};
use domain::renewal::{Fate, Line, Since, Stale};

use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, long_date};
use crate::pages::shared::claim::claim_title;

/// The name of a line; of one that does not parse, its step.
pub(super) fn title(lang: Lang, line: &Line) -> String {
    match (&line.claim, &line.before) {
        (Some(claim), _) | (None, Some(claim)) => claim_title(&use_catalogue(), claim, lang),
        (None, None) => {
            let step = line.step.title().get(lang);
            match (line.step, lang) {
                (StepCode::Size, _) => step.to_owned(),
                (_, Lang::Fr) => format!("{step}, ligne {}", line.index + 1),
                (_, Lang::En) => format!("{step}, line {}", line.index + 1),
            }
        }
    }
}

/// What holds now, and what will once it is accepted.
pub(super) fn periods(lang: Lang, line: &Line) -> Option<String> {
    let end = |period: Validity| period.to.map(|day| long_date(lang, day));
    let renewed = line.renewed?;
    Some(match (line.held, line.extends()) {
        (None, _) => match (lang, end(renewed)) {
            (Lang::Fr, Some(to)) => {
                format!("Pas en vigueur aujourd’hui. Une fois acceptée\u{A0}: jusqu’au {to}.")
            }
            (Lang::En, Some(to)) => format!("Not in force today. Once accepted: until {to}."),
            (Lang::Fr, None) => {
                "Pas en vigueur aujourd’hui. Une fois acceptée\u{A0}: sans date de fin.".to_owned()
            }
            (Lang::En, None) => "Not in force today. Once accepted: with no end date.".to_owned(),
        },
        (Some(held), true) => {
            let (now, then) = (
                end(held).unwrap_or_default(),
                end(renewed)
                    .unwrap_or_else(|| lang.pick("sans date de fin", "with no end").to_owned()),
            );
            match lang {
                Lang::Fr => format!(
                    "En vigueur jusqu’au {now}. Une fois acceptée\u{A0}: jusqu’au {then}, sans interruption."
                ),
                Lang::En => {
                    format!("In force until {now}. Once accepted: until {then}, without a break.")
                }
            }
        }
        (Some(held), false) => match (lang, end(held)) {
            (Lang::Fr, Some(now)) => {
                format!(
                    "En vigueur jusqu’au {now}\u{A0}: la renouveler aujourd’hui n’y change rien."
                )
            }
            (Lang::En, Some(now)) => {
                format!("In force until {now}: renewing it today changes nothing.")
            }
            (Lang::Fr, None) => {
                "En vigueur, sans date de fin\u{A0}: la renouveler n’y change rien.".to_owned()
            }
            (Lang::En, None) => {
                "In force, with no end date: renewing it changes nothing.".to_owned()
            }
        },
    })
}

/// Since when the answers are the same.
pub(super) fn since(lang: Lang, since: Option<&Since>) -> String {
    match (since, lang) {
        (Some(since), Lang::Fr) => format!(
            "Réponses inchangées depuis le {} (déclaration {}).",
            long_date(lang, since.signed_on),
            since.reference
        ),
        (Some(since), Lang::En) => format!(
            "Answers unchanged since {} (declaration {}).",
            long_date(lang, since.signed_on),
            since.reference
        ),
        (None, Lang::Fr) => "Réponses nouvelles, de ce brouillon.".to_owned(),
        (None, Lang::En) => "New answers, of this draft.".to_owned(),
    }
}

/// Why a line must be said anew, one reason a line.
pub(super) fn stale(lang: Lang, stale: &Stale) -> String {
    match (stale, lang) {
        (Stale::Evidence(day), Lang::Fr) => format!(
            "La pièce a pris fin le {}\u{A0}: donnez la référence et les dates de la nouvelle.",
            long_date(lang, *day)
        ),
        (Stale::Evidence(day), Lang::En) => format!(
            "The evidence ended on {}: give the reference and the dates of the new one.",
            long_date(lang, *day)
        ),
        (Stale::Document(name, day), Lang::Fr) => format!(
            "La pièce jointe {name} a pris fin le {}\u{A0}: remplacez-la ou retirez-la.",
            long_date(lang, *day)
        ),
        (Stale::Document(name, day), Lang::En) => format!(
            "The document {name} ended on {}: replace it or take it away.",
            long_date(lang, *day)
        ),
        (Stale::Figures(day), Lang::Fr) => format!(
            "Un exercice s’est clos depuis, le {}, et ses comptes doivent être approuvés\u{A0}: donnez ses chiffres et son effectif.",
            long_date(lang, *day)
        ),
        (Stale::Figures(day), Lang::En) => format!(
            "A period has closed since, on {}, and its accounts are due: give its figures and its staff.",
            long_date(lang, *day)
        ),
        (Stale::Answer(error), _) => error.rule.message(lang),
    }
}

/// Something to know about a line that is taken over.
pub(super) fn caution(lang: Lang, fate: &Fate) -> Option<String> {
    match (fate, lang) {
        (Fate::EndsSoon(day), Lang::Fr) => Some(format!(
            "La pièce prend fin le {}\u{A0}: remplacez-la dès que vous avez la nouvelle.",
            long_date(lang, *day)
        )),
        (Fate::EndsSoon(day), Lang::En) => Some(format!(
            "The evidence ends on {}: replace it as soon as you have the new one.",
            long_date(lang, *day)
        )),
        (Fate::NewerPeriod(day), Lang::Fr) => Some(format!(
            "Un exercice s’est clos le {}. Si ses comptes sont approuvés, donnez ses chiffres\u{202F}; sinon, ceux-ci valent encore.",
            long_date(lang, *day)
        )),
        (Fate::NewerPeriod(day), Lang::En) => Some(format!(
            "A period closed on {}. If its accounts are approved, give its figures; otherwise these still hold.",
            long_date(lang, *day)
        )),
        _ => None,
    }
}

/// Why a line is not taken over.
pub(super) fn left(lang: Lang, fate: &Fate) -> (&'static str, String) {
    match fate {
        Fate::Refused(reason) => (
            lang.pick("Refusée la dernière fois", "Refused last time"),
            reason.clone(),
        ),
        Fate::Revoked { from, reason } => (
            lang.pick("Révoquée", "Revoked"),
            match lang {
                Lang::Fr => format!("À compter du {}. {reason}", long_date(lang, *from)),
                Lang::En => format!("From {}. {reason}", long_date(lang, *from)),
            },
        ),
        Fate::GivenUp { from } => (
            lang.pick("Retirée par vous", "Withdrawn by you"),
            match lang {
                Lang::Fr => format!("À compter du {}.", long_date(lang, *from)),
                Lang::En => format!("From {}.", long_date(lang, *from)),
            },
        ),
        Fate::Over(day) => (
            lang.pick("Terminé", "Over"),
            match lang {
                Lang::Fr => format!(
                    "Fin le {}\u{A0}: il n’y a rien à renouveler.",
                    long_date(lang, *day)
                ),
                Lang::En => format!(
                    "Ended on {}: there is nothing to renew.",
                    long_date(lang, *day)
                ),
            },
        ),
        Fate::Same | Fate::EndsSoon(_) | Fate::NewerPeriod(_) | Fate::ToUpdate(_) => {
            (lang.pick("Non reprise", "Not taken over"), String::new())
        }
    }
}

/// Who signs, in one line.
pub(super) fn signer(lang: Lang, signer: &StatementStep) -> String {
    let capacity = Choice::label_of(CAPACITIES, &signer.capacity)
        .map_or(signer.capacity.as_str(), |label| label.get(lang))
        .to_lowercase();
    let (name, quality) = (signer.signer_name.trim(), signer.signer_quality.trim());
    match lang {
        Lang::Fr => format!("Signataire\u{A0}: {name}, {quality} ({capacity})."),
        Lang::En => format!("Signer: {name}, {quality} ({capacity})."),
    }
}
