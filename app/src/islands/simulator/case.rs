//! The answer of the rules to what was typed, or what keeps from answering, field by field.

use domain::sme::{Case, CaseError, Category, Figure, Kind, Outcome, simulate, two_periods};

use super::answers::{Answers, Entity};
use super::reading::case;
use crate::i18n::Lang;
use crate::ui::{Issue, Issues};

/// What the answers lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// Nothing typed yet.
    Blank,
    /// Something is missing or wrong.
    Incomplete(Issues),
    /// The category of this period, the status under the two-period rule, and the arithmetic.
    Done {
        status: Category,
        outcome: Box<Outcome>,
        case: Box<Case>,
    },
}

/// The name of an entity, as shown: typed, or made from its number.
pub fn display_name(lang: Lang, entity: &Entity) -> String {
    if !entity.name.is_empty() {
        return entity.name.clone();
    }
    let what = match (kind(entity), entity.id) {
        (_, 0) => return lang.pick("Mon entreprise", "My company").to_owned(),
        (Kind::Person, _) => lang.pick("Personne", "Person"),
        (Kind::Enterprise, _) => lang.pick("Entreprise", "Enterprise"),
        _ => lang.pick("Organisme", "Body"),
    };
    format!("{what} {}", entity.id)
}

pub fn kind(entity: &Entity) -> Kind {
    Kind::from_name(&entity.kind).unwrap_or_default()
}

/// Computes the size, or says field by field what keeps from computing it. `sent`: the form was sent, so an empty one is
/// no longer a form that is about to be filled in.
pub fn check(lang: Lang, answers: &Answers, sent: bool) -> Checked {
    if !sent && answers.is_blank() {
        return Checked::Blank;
    }
    let mut issues = Vec::new();
    let case = case(lang, answers, &mut issues);
    if !issues.is_empty() {
        return Checked::Incomplete(Issues(issues));
    }
    match simulate(&case) {
        Ok(outcome) => {
            let periods: Vec<Category> = Category::from_name(&answers.previous)
                .into_iter()
                .chain([outcome.eu_category])
                .collect();
            let status = two_periods(&periods)
                .last()
                .copied()
                .unwrap_or(outcome.eu_category);
            Checked::Done {
                status,
                outcome: Box::new(outcome),
                case: Box::new(case),
            }
        }
        Err(error) => Checked::Incomplete(Issues(vec![issue(lang, answers, &error)])),
    }
}

/// Puts an error of the rules beside the field that can mend it.
fn issue(lang: Lang, answers: &Answers, error: &CaseError) -> Issue {
    let named = |id: &str| {
        answers
            .entities
            .iter()
            .find(|entity| display_name(lang, entity) == id)
            .map_or(0, |entity| entity.id)
    };
    let held = |id: &str| {
        let number = named(id).to_string();
        answers
            .holdings
            .iter()
            .find(|share| share.held == number)
            .map_or(0, |share| share.id)
    };
    let (field, message) = match error {
        CaseError::MissingFigure { id, figure } => {
            let name = match figure {
                Figure::Awu => "awu",
                Figure::TurnoverEur => "turnover",
                Figure::BalanceEur => "balance",
            };
            let label = figure.label().get(lang);
            (
                format!("e{}-{name}", named(id)),
                match lang {
                    Lang::Fr => format!(
                        "«\u{202F}{id}\u{202F}» entre dans le calcul\u{A0}: il manque une donnée ({label})."
                    ),
                    Lang::En => {
                        format!("“{id}” enters the computation: a figure is missing ({label}).")
                    }
                },
            )
        }
        CaseError::HoldsItself { .. } => {
            let row = answers
                .holdings
                .iter()
                .find(|share| share.holder == share.held);
            (
                format!("h{}-held", row.map_or(0, |share| share.id)),
                error.message(lang),
            )
        }
        CaseError::PersonHeld { id } => (format!("h{}-held", held(id)), error.message(lang)),
        CaseError::Over100 { id, votes: false } => {
            (format!("h{}-capital", held(id)), error.message(lang))
        }
        CaseError::Over100 { id, votes: true } => {
            (format!("h{}-votes", held(id)), error.message(lang))
        }
        other => (
            format!("e{}-name", named(other.subject())),
            other.message(lang),
        ),
    };
    Issue::new(field, message)
}

#[cfg(test)]
#[path = "case_tests.rs"]
mod tests;
