//! One question of a step, with its answer and its place: what every rendering of a step reads.

use domain::claims::Kind;
use domain::form::{Answers, Field, due_needed};

use crate::islands::declaration::{ROWS, Rows, field_id, field_name};

/// A question as it is asked.
#[derive(Clone, Debug)]
pub struct Question {
    pub field: Field,
    /// The path in the answers, such as `rows[0][kind]`.
    pub path: String,
    pub answer: String,
    /// The words of an answer that is no words itself.
    pub said: Option<String>,
    /// Given the other answers.
    pub shown: bool,
}

impl Question {
    pub fn id(&self) -> String {
        field_id(&self.path)
    }

    pub fn name(&self) -> String {
        field_name(&self.path)
    }

    /// The answers to a question that takes several.
    pub fn answers(&self) -> Vec<String> {
        self.answer
            .split(',')
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

/// The questions of a step, or of a row when `prefix` is its path.
pub fn questions<A: Answers>(answers: &A, prefix: &str) -> Vec<Question> {
    A::fields()
        .iter()
        .map(|field| Question {
            field: Field {
                required: field.required || depends(answers, field.name),
                ..*field
            },
            path: if prefix.is_empty() {
                field.name.to_owned()
            } else {
                format!("{prefix}[{}]", field.name)
            },
            answer: answers.answer(field.name),
            said: None,
            shown: answers.shown(field.name),
        })
        .collect()
}

/// Whether an answer that may be left out elsewhere is asked here: the establishment and the dates of what proves a status, as its
/// kind has them, and the day of what is not in place yet or of a value aimed at. Until the kind is chosen nothing is said to be
/// optional that may not be.
fn depends<A: Answers>(answers: &A, name: &str) -> bool {
    let of_status = A::names().contains(&"signed_siret");
    match name {
        "valid_to" if of_status => {
            let kind = answers.answer("kind").parse::<Kind>();
            kind.ok()
                .and_then(Kind::evidence_rule)
                .is_none_or(|rule| rule.end_required)
        }
        "siret" if of_status => {
            let kind = answers.answer("kind").parse::<Kind>();
            kind.is_ok_and(Kind::is_siret_scoped)
        }
        "due" => due_needed(
            &answers.answer("code"),
            &answers.answer("done"),
            &answers.answer("target"),
        ),
        _ => false,
    }
}

/// The questions of a line of a step: some depend on the step.
pub fn line_questions<S: Rows>(step: &S, rank: usize, row: &S::Row) -> Vec<Question> {
    let mut questions = questions(row, &format!("{ROWS}[{rank}]"));
    for question in &mut questions {
        question.shown = step.asked_of(row, question.field.name);
        question.said = step.said(question.field.name, &question.answer);
    }
    questions
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::form::{PledgeRow, PledgeStep, Rule, Step as _};
    use domain::pledges::TAXONOMY;

    use super::*;

    /// Whether the label of the day says that it may be left out, and whether it may.
    fn said_and_true(row: &PledgeRow) -> (bool, bool) {
        let asked = questions(row, "rows[0]");
        let due = asked.iter().find(|question| question.field.name == "due");
        let step = PledgeStep {
            declare: "yes".into(),
            rows: vec![row.clone()],
            ..PledgeStep::default()
        };
        let missing = step
            .errors(NaiveDate::default())
            .iter()
            .any(|error| error.path == "rows[0][due]" && error.rule == Rule::DueMissing);
        (due.is_some_and(|due| due.field.required), missing)
    }

    #[test]
    fn the_day_of_a_commitment_is_said_to_be_optional_exactly_when_it_is() {
        let mut needed = 0;
        for definition in &TAXONOMY {
            for (done, target) in [
                ("", ""),
                ("yes", ""),
                ("no", ""),
                ("", "4"),
                ("yes", "4"),
                ("no", "4"),
            ] {
                let row = PledgeRow {
                    code: definition.code.into(),
                    done: done.into(),
                    target: target.into(),
                    ..PledgeRow::default()
                };
                let (said, so) = said_and_true(&row);
                assert_eq!(said, so, "{} {done:?} {target:?}", definition.code);
                needed += usize::from(so);
            }
        }
        assert!(needed > 0, "some days are needed");
    }
}
