//! One question of a step, with its answer and its place: what every rendering of a step reads.

use domain::form::{Answers, Field};

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
            field: *field,
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

/// The questions of a line of a step: some depend on the step.
pub fn line_questions<S: Rows>(step: &S, rank: usize, row: &S::Row) -> Vec<Question> {
    let mut questions = questions(row, &format!("{ROWS}[{rank}]"));
    for question in &mut questions {
        question.shown = step.asked_of(row, question.field.name);
        question.said = step.said(question.field.name, &question.answer);
    }
    questions
}
