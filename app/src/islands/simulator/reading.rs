//! Reads the answers into a case of the rules, and notes beside which field something is wrong.

use std::collections::{BTreeMap, BTreeSet};

use domain::decimal::{DecimalError, Hundredths, Percent};
use domain::sme::{Case, Control, Enterprise, Figure, Holding, Kind};

use super::answers::{Answers, Entity, Share};
use super::case::{display_name, kind};
use crate::i18n::Lang;
use crate::ui::Issue;

/// Every entity is known to the rules by its name, so that their sentences need no translation.
pub(super) fn case(lang: Lang, answers: &Answers, issues: &mut Vec<Issue>) -> Case {
    let mut case = Case::default();
    let mut names = BTreeMap::new();
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for entity in &answers.entities {
        let name = display_name(lang, entity);
        if case.enterprises.contains_key(&name) {
            issues.push(Issue::new(
                format!("e{}-name", entity.id),
                match lang {
                    Lang::Fr => format!("Deux lignes portent le nom «\u{202F}{name}\u{202F}»\u{A0}: donnez-leur des noms différents."),
                    Lang::En => format!("Two rows have the name “{name}”: give them different names."),
                },
            ));
        }
        let kind = kind(entity);
        if entity.id == 0 {
            case.target.clone_from(&name);
        }
        if kind == Kind::Person {
            if entity.market {
                case.persons_active_in_same_or_adjacent_market
                    .push(name.clone());
            }
            if !entity.group.is_empty() {
                groups.entry(&entity.group).or_default().push(name.clone());
            }
        }
        case.enterprises
            .insert(name.clone(), enterprise(lang, entity, kind, issues));
        names.insert(entity.id.to_string(), name);
    }
    case.persons_acting_jointly = groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect();
    let mut pairs = BTreeSet::new();
    for share in &answers.holdings {
        if let Some(holding) = holding(lang, share, &names, issues) {
            let pair = (holding.holder.clone(), holding.held.clone());
            if pairs.insert(pair) {
                case.holdings.push(holding);
            } else {
                issues.push(Issue::new(
                    format!("h{}-holder", share.id),
                    lang.pick(
                        "Cette participation figure déjà plus haut.",
                        "This holding is already given above.",
                    ),
                ));
            }
        }
    }
    case
}

/// Persons and administrations have no figures; for the others a missing figure only matters when the rules need it, except
/// for the enterprise itself.
fn enterprise(lang: Lang, entity: &Entity, kind: Kind, issues: &mut Vec<Issue>) -> Enterprise {
    let mut read = |field: &str, typed: &str, figure: Figure| {
        if typed.is_empty() && entity.id != 0 {
            return None;
        }
        Hundredths::parse_input(typed)
            .map_err(|error| {
                let message = match error {
                    DecimalError::Empty => missing(lang, figure),
                    other => other.message(lang).to_owned(),
                };
                issues.push(Issue::new(format!("e{}-{field}", entity.id), message));
            })
            .ok()
    };
    if matches!(
        kind,
        Kind::Person | Kind::PublicBody | Kind::SmallLocalAuthority
    ) {
        return Enterprise::without_figures(kind);
    }
    Enterprise {
        awu: read("awu", &entity.awu, Figure::Awu),
        turnover_eur: read("turnover", &entity.turnover, Figure::TurnoverEur),
        balance_eur: read("balance", &entity.balance, Figure::BalanceEur),
        ..Enterprise::without_figures(kind)
    }
}

fn missing(lang: Lang, figure: Figure) -> String {
    match (lang, figure) {
        (Lang::Fr, Figure::Awu) => "Indiquez l’effectif, par exemple 12,5.".to_owned(),
        (Lang::Fr, Figure::TurnoverEur) => "Indiquez le chiffre d’affaires, en euros.".to_owned(),
        (Lang::Fr, Figure::BalanceEur) => "Indiquez le total du bilan, en euros.".to_owned(),
        (Lang::En, Figure::Awu) => "Enter the staff, for example 12.5.".to_owned(),
        (Lang::En, Figure::TurnoverEur) => "Enter the turnover, in euros.".to_owned(),
        (Lang::En, Figure::BalanceEur) => "Enter the balance sheet total, in euros.".to_owned(),
    }
}

fn holding(
    lang: Lang,
    share: &Share,
    names: &BTreeMap<String, String>,
    issues: &mut Vec<Issue>,
) -> Option<Holding> {
    let before = issues.len();
    let mut wrong = |field: &str, message: String| {
        issues.push(Issue::new(format!("h{}-{field}", share.id), message));
    };
    let mut entity = |field: &str, typed: &str| {
        let name = names.get(typed).cloned();
        if name.is_none() {
            wrong(
                field,
                lang.pick("Choisissez dans la liste.", "Choose from the list.")
                    .to_owned(),
            );
        }
        name.unwrap_or_default()
    };
    let holder = entity("holder", &share.holder);
    let held = entity("held", &share.held);
    // One of the two percentages is enough: they are nearly always the same.
    let mut percent = |field: &str, typed: &str, other: &str| {
        let typed = if typed.is_empty() { other } else { typed };
        if typed.is_empty() && !share.control.is_empty() {
            return Percent::ZERO;
        }
        Percent::parse_input(typed).unwrap_or_else(|error| {
            wrong(
                field,
                match error {
                    DecimalError::Empty => lang
                        .pick(
                            "Indiquez la part du capital, en pourcentage.",
                            "Enter the share of the capital, in percent.",
                        )
                        .to_owned(),
                    other => other.message(lang).to_owned(),
                },
            );
            Percent::ZERO
        })
    };
    let capital_pct = percent("capital", &share.capital, &share.votes);
    let voting_pct = if share.votes.is_empty() {
        capital_pct
    } else {
        percent("votes", &share.votes, "")
    };
    let invested_eur = if share.invested.is_empty() {
        None
    } else {
        Hundredths::parse_input(&share.invested)
            .map_err(|error| wrong("invested", error.message(lang).to_owned()))
            .ok()
    };
    (issues.len() == before).then(|| Holding {
        holder,
        held,
        capital_pct,
        voting_pct,
        control: Control::from_name(&share.control),
        invested_eur,
    })
}
