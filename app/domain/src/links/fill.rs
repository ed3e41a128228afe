//! What a link would fill of a draft: the page that asks shows it, and the same is stored once the person agrees.

use chrono::{DateTime, Utc};

use super::mark::{Origin, Prefilled};
use super::parameter::Parameter;
use super::read::Given;
use crate::catalogue::Catalogue;
use crate::claims::Kind;
use crate::form::{Draft, PledgeRow, StatusRow, StepCode};
use crate::text::{Text, text};

/// The most lines of a step that a link may lead to.
const MOST_LINES: usize = 50;

/// One proposal, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub given: Given,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Fills,
    /// The answer is this one already.
    Same,
    /// Another answer is there, and stays.
    Kept,
    /// The question is not asked, because of another answer.
    NotAsked,
    /// The buyer does not ask it, or not any more.
    NotOffered,
}

impl Outcome {
    pub const fn label(self) -> Text {
        match self {
            Self::Fills => text("Sera rempli", "Will be filled in"),
            Self::Same => text("Déjà votre réponse", "Already your answer"),
            Self::Kept => text(
                "Ignoré\u{a0}: votre réponse reste",
                "Ignored: your answer stays",
            ),
            Self::NotAsked => text(
                "Ignoré\u{a0}: la question ne se pose pas",
                "Ignored: the question is not asked",
            ),
            Self::NotOffered => text(
                "Ignoré\u{a0}: l’acheteur ne le propose plus",
                "Ignored: the buyer does not offer it",
            ),
        }
    }
}

/// What each value does to the draft, and the draft with those that fill something, marked with their origin.
pub fn propose(
    draft: &Draft,
    given: &[Given],
    catalogue: &Catalogue,
    origin: Origin,
    at: DateTime<Utc>,
) -> (Draft, Vec<Proposal>) {
    let mut filled = draft.clone();
    // Trades that were ticked before are an answer; those of the link join each other.
    let trades = draft.pledges.families.is_empty();
    let proposals = given
        .iter()
        .map(|one| {
            let outcome = put(&mut filled, one, catalogue, trades);
            if outcome == Outcome::Fills {
                let (step, field) = one.parameter.place();
                filled.prefilled.push(Prefilled {
                    step: step.slug().to_owned(),
                    line: one.line.clone(),
                    field: field.to_owned(),
                    value: one.value.clone(),
                    origin,
                    at,
                });
            }
            Proposal {
                given: one.clone(),
                outcome,
            }
        })
        .collect();
    (filled, proposals)
}

fn put(draft: &mut Draft, given: &Given, catalogue: &Catalogue, trades: bool) -> Outcome {
    let value = given.value.as_str();
    let line = given.line.as_deref().unwrap_or_default();
    let asked = match given.parameter.implies() {
        Some(Parameter::Sme) => draft.size.declare != "no",
        Some(Parameter::Solidarity) => draft.solidarity.declare != "no",
        Some(Parameter::Pledges) => draft.pledges.declare != "no",
        _ => true,
    };
    if !asked {
        return Outcome::NotAsked;
    }
    match given.parameter {
        Parameter::Siret => fill(&mut draft.company.siret, value),
        Parameter::Sme => fill(&mut draft.size.declare, value),
        Parameter::ClosingDate => fill(&mut draft.size.closing_date, value),
        Parameter::Staff => fill(&mut draft.size.awu, value),
        Parameter::Turnover => fill(&mut draft.size.turnover_eur, value),
        Parameter::Balance => fill(&mut draft.size.balance_eur, value),
        Parameter::Group => fill(&mut draft.size.group, value),
        Parameter::Solidarity => fill(&mut draft.solidarity.declare, value),
        Parameter::Insertion => fill(&mut draft.insertion.declare, value),
        Parameter::Pledges => fill(&mut draft.pledges.declare, value),
        Parameter::Status => status(draft, line, catalogue),
        Parameter::Siae => of_status(draft, line, |row| &mut row.reference, value),
        Parameter::ValidFrom => of_status(draft, line, |row| &mut row.valid_from, value),
        Parameter::ValidTo => of_status(draft, line, |row| &mut row.valid_to, value),
        Parameter::Trade => trade(draft, value, trades),
        Parameter::Pledge => pledge(draft, line, catalogue),
    }
}

fn fill(answer: &mut String, value: &str) -> Outcome {
    if answer.trim().is_empty() {
        value.clone_into(answer);
        Outcome::Fills
    } else if answer == value {
        Outcome::Same
    } else {
        Outcome::Kept
    }
}

/// A line for the status, unless there is one.
fn status(draft: &mut Draft, code: &str, catalogue: &Catalogue) -> Outcome {
    let rows = &mut draft.solidarity.rows;
    if rows.iter().any(|row| row.kind == code) {
        return Outcome::Same;
    }
    if !code
        .parse::<Kind>()
        .is_ok_and(|kind| catalogue.offers(kind))
    {
        return Outcome::NotOffered;
    }
    let row = StatusRow {
        kind: code.to_owned(),
        ..StatusRow::default()
    };
    add(rows, row)
}

/// A line, in the place of a blank one if there is one.
fn add<R: Default + PartialEq>(rows: &mut Vec<R>, row: R) -> Outcome {
    if let Some(blank) = rows.iter_mut().find(|row| **row == R::default()) {
        *blank = row;
    } else if rows.len() >= MOST_LINES {
        return Outcome::Kept;
    } else {
        rows.push(row);
    }
    Outcome::Fills
}

fn of_status(
    draft: &mut Draft,
    code: &str,
    answer: impl Fn(&mut StatusRow) -> &mut String,
    value: &str,
) -> Outcome {
    let mut rows = draft.solidarity.rows.iter_mut();
    match rows.find(|row| row.kind == code) {
        Some(row) => fill(answer(row), value),
        // The status itself was not taken.
        None => Outcome::NotAsked,
    }
}

fn trade(draft: &mut Draft, code: &str, none_before: bool) -> Outcome {
    let families = &mut draft.pledges.families;
    if families.iter().any(|family| family == code) {
        Outcome::Same
    } else if none_before {
        families.push(code.to_owned());
        Outcome::Fills
    } else {
        Outcome::Kept
    }
}

fn pledge(draft: &mut Draft, code: &str, catalogue: &Catalogue) -> Outcome {
    let rows = &mut draft.pledges.rows;
    if rows.iter().any(|row| row.code == code) {
        return Outcome::Same;
    }
    if !catalogue.offers_pledge(code) {
        return Outcome::NotOffered;
    }
    let row = PledgeRow {
        code: code.to_owned(),
        ..PledgeRow::default()
    };
    add(rows, row)
}

/// The first step that a link filled something of.
pub fn first_step(proposals: &[Proposal]) -> Option<StepCode> {
    proposals
        .iter()
        .filter(|one| one.outcome == Outcome::Fills)
        .map(|one| one.given.parameter.place().0)
        .min()
}
