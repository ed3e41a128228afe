//! What is wrong with one status: what its kind asks and is missing, what cannot be, and what is over.

use chrono::NaiveDate;
use validator::Validate;

use super::solidarity::{StatusRow, compact};
use super::step::{found, path};
use super::{Answers, FieldError, Rule, rules};
use crate::claims::{AgreementState, Kind, Proved, ReferenceRule};
use crate::identifiers::SiaeNumber;

pub(super) fn row_errors(
    typed: &StatusRow,
    prefix: &str,
    today: NaiveDate,
    proof: Option<&Proved>,
) -> Vec<FieldError> {
    let row = &typed.completed(proof);
    let mut errors = row
        .validate()
        .err()
        .map_or_else(Vec::new, |errors| found(prefix, &errors, row));
    let mut wrong = |name: &str, rule: Rule| {
        let path = path(prefix, name);
        if row.shown(name) && !errors.iter().any(|error| error.path == path) {
            errors.push(FieldError { path, rule });
        }
    };
    let Ok(kind) = row.kind.parse::<Kind>() else {
        wrong(
            "kind",
            if row.kind.is_empty() {
                Rule::Required
            } else {
                Rule::Choice
            },
        );
        return errors;
    };
    let Some(rule) = kind
        .evidence_rule()
        .filter(|_| Kind::SOLIDARITY.contains(&kind))
    else {
        wrong("kind", Rule::Choice);
        return errors;
    };
    let mut required = |name: &'static str, answer: &str| {
        if answer.trim().is_empty() && proof.is_none() {
            wrong(name, Rule::Required);
        }
    };
    if rule.reference != ReferenceRule::None {
        required("reference", &row.reference);
    }
    if rule.start_required {
        required("valid_from", &row.valid_from);
    }
    if rule.end_required {
        required("valid_to", &row.valid_to);
    }
    if kind.is_siae() {
        required("state", &row.state);
    }
    if kind.is_siret_scoped() && row.siret.trim().is_empty() {
        wrong("siret", Rule::Required);
    }
    let reference = row.reference.trim();
    if !reference.is_empty()
        && let Some(rule) = reference_error(kind, reference)
    {
        wrong("reference", rule);
    }
    if let Some(rule) = state_error(&row.state) {
        wrong("state", rule);
    }
    if proof.is_none() && !row.missing_conditions().is_empty() {
        wrong("conditions", Rule::Conditions);
    }
    let (from, to) = (
        rules::parse_date(&row.valid_from),
        rules::parse_date(&row.valid_to),
    );
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        wrong("valid_to", Rule::EndBeforeStart);
    }
    // Of an ESUS approval, a typed end is judged with the computed one.
    if kind != Kind::Esus && to.is_some_and(|to| to < today) {
        wrong("valid_to", Rule::AlreadyEnded);
    }
    errors
}

/// What is wrong with a reference that is given.
pub(super) fn reference_error(kind: Kind, reference: &str) -> Option<Rule> {
    match kind.reference_rule() {
        ReferenceRule::None => None,
        ReferenceRule::Text => (reference.chars().count() > 60).then_some(Rule::TooLong(60)),
        ReferenceRule::SiaeNumber => match SiaeNumber::parse(reference) {
            Err(error) => Some(Rule::Identifier(error)),
            Ok(number) => (!measure_is(&number, kind)).then_some(Rule::SiaeMeasure),
        },
        ReferenceRule::Finess => {
            let compact = compact(reference);
            let nine = compact.len() == 9 && compact.chars().all(|c| c.is_ascii_alphanumeric());
            (!nine).then_some(Rule::Finess)
        }
    }
}

/// Only an active agreement proves something.
fn state_error(answer: &str) -> Option<Rule> {
    if answer.is_empty() {
        return None;
    }
    match AgreementState::from_code(answer) {
        None => Some(Rule::Choice),
        Some(state) if state.is_not_yet() => Some(Rule::AgreementNotYet),
        Some(state) => (!state.is_active()).then_some(Rule::AgreementInactive),
    }
}

/// The measure at the head of the number is the acronym of the kind.
fn measure_is(number: &SiaeNumber, kind: Kind) -> bool {
    let measure: String = number
        .as_str()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    measure == kind.code()
}
