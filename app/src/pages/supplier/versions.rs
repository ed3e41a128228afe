//! Two versions of the answers of a step, set side by side question by question.

use domain::form::Draft;

use super::form::{Question, line_questions, questions};
use crate::desk::StepAnswers;
use crate::islands::declaration::Rows;

/// A question in both versions.
pub(super) struct Pair {
    /// The rank of its line, from 1.
    pub(super) line: Option<usize>,
    pub(super) stored: Question,
    pub(super) typed: Question,
}

impl Pair {
    pub(super) fn differs(&self) -> bool {
        self.stored.answer != self.typed.answer
    }
}

/// A line that only one version has; its questions stand in both sides of their pairs.
pub(super) struct Alone {
    pub(super) line: usize,
    /// In the version just typed, not in the stored one.
    pub(super) mine: bool,
}

/// Everything that either version answers, and the lines that only one has.
pub(super) fn compared(stored: &StepAnswers, typed: &StepAnswers) -> (Vec<Pair>, Vec<Alone>) {
    let (mut stored, mut typed) = (as_draft(stored), as_draft(typed));
    // What was saved before lines had names gets them here as it would when saved again.
    stored.size.name_lines();
    typed.size.name_lines();
    let mut pairs = zip(
        None,
        questions(&stored.company, ""),
        questions(&typed.company, ""),
    );
    pairs.extend(zip(
        None,
        questions(&stored.statement, ""),
        questions(&typed.statement, ""),
    ));
    let mut alone = Vec::new();
    with_rows(&stored.size, &typed.size, &mut pairs, &mut alone);
    with_rows(
        &stored.solidarity,
        &typed.solidarity,
        &mut pairs,
        &mut alone,
    );
    with_rows(&stored.insertion, &typed.insertion, &mut pairs, &mut alone);
    with_rows(&stored.pledges, &typed.pledges, &mut pairs, &mut alone);
    (pairs, alone)
}

/// A draft in which only this step is answered.
fn as_draft(answers: &StepAnswers) -> Draft {
    let mut draft = Draft::default();
    match answers.clone() {
        StepAnswers::Company(step) => draft.company = step,
        StepAnswers::Size(step) => draft.size = step,
        StepAnswers::Solidarity(step) => draft.solidarity = step,
        StepAnswers::Insertion(step) => draft.insertion = step,
        StepAnswers::Pledges(step) => draft.pledges = step,
        StepAnswers::Statement(step) => draft.statement = step,
    }
    draft
}

fn with_rows<S: Rows>(stored: &S, typed: &S, pairs: &mut Vec<Pair>, alone: &mut Vec<Alone>) {
    pairs.extend(zip(None, questions(stored, ""), questions(typed, "")));
    for (index, rows) in facing::<S>(stored.rows(), typed.rows())
        .into_iter()
        .enumerate()
    {
        let line = index + 1;
        let (left, right) = match rows {
            (Some(stored), Some(typed)) => (stored, typed),
            (Some(only), None) | (None, Some(only)) => {
                alone.push(Alone {
                    line,
                    mine: rows.0.is_none(),
                });
                (only, only)
            }
            (None, None) => continue,
        };
        pairs.extend(zip(
            Some(line),
            line_questions(stored, index, left),
            line_questions(typed, index, right),
        ));
    }
}

/// A line as stored, and as typed.
type Facing<'a, Row> = (Option<&'a Row>, Option<&'a Row>);

/// The lines that are the same in both versions, by their key or else by their rank, then those that only one has.
fn facing<'a, S: Rows>(stored: &'a [S::Row], typed: &'a [S::Row]) -> Vec<Facing<'a, S::Row>> {
    let mut left: Vec<(usize, &S::Row)> = typed.iter().enumerate().collect();
    let mut facing: Vec<_> = stored
        .iter()
        .enumerate()
        .map(|(rank, row)| {
            let same = |(at, other): &(usize, &S::Row)| match (S::key(row), S::key(other)) {
                ("", "") => *at == rank,
                (one, other) => one == other,
            };
            let other = left.iter().position(same).map(|at| left.remove(at).1);
            (Some(row), other)
        })
        .collect();
    facing.extend(left.into_iter().map(|(_, row)| (None, Some(row))));
    facing
}

fn zip(line: Option<usize>, stored: Vec<Question>, typed: Vec<Question>) -> Vec<Pair> {
    stored
        .into_iter()
        .zip(typed)
        .filter(|(stored, typed)| !stored.answer.is_empty() || !typed.answer.is_empty())
        // The oath is never kept: it is given with the submission.
        .filter(|(stored, _)| stored.field.name != "accepted")
        .map(|(stored, typed)| Pair {
            line,
            stored,
            typed,
        })
        .collect()
}
