//! What is wrong with a step that declares something, line by line.

use validator::Validate;

use super::step::found;
use super::{Answers, FieldError, Rule};

/// What must be corrected in the step, in each of its lines, and in a line that says what another said before it. `named` is the
/// question that says what a line is about; nothing is asked of the lines while nothing is declared.
pub(super) fn errors<S: Answers + Validate, R: Answers>(
    step: &S,
    rows: &[R],
    named: &str,
    of_row: impl Fn(&R, &str) -> Vec<FieldError>,
    same: impl Fn(&R, &R) -> bool,
) -> Vec<FieldError> {
    let mut errors = step
        .validate()
        .err()
        .map_or_else(Vec::new, |errors| found("", &errors, step));
    if !declares(step) {
        return errors;
    }
    if rows.is_empty() {
        errors.push(FieldError {
            path: "rows".into(),
            rule: Rule::NeedRow,
        });
    }
    for (index, row) in rows.iter().enumerate() {
        errors.extend(of_row(row, &format!("rows[{index}]")));
        let mut before = rows.iter().take(index);
        if !row.answer(named).is_empty() && before.any(|other| same(other, row)) {
            errors.push(at(index, named, Rule::Duplicate));
        }
    }
    errors
}

/// The lines about what the catalogue does not offer any more.
pub(super) fn not_offered<S: Answers, R: Answers>(
    step: &S,
    rows: &[R],
    named: &str,
    withdrawn: impl Fn(&R) -> bool,
) -> Vec<FieldError> {
    rows.iter()
        .enumerate()
        .filter(|(_, row)| declares(step) && withdrawn(row))
        .map(|(index, _)| at(index, named, Rule::NotOffered))
        .collect()
}

fn declares(step: &impl Answers) -> bool {
    step.answer("declare") == "yes"
}

fn at(index: usize, named: &str, rule: Rule) -> FieldError {
    FieldError {
        path: format!("rows[{index}][{named}]"),
        rule,
    }
}
