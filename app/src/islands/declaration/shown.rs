//! Which questions of a step are not asked, given the other answers: the server hides them, and so does the browser.
//!
//! A hidden question stays in the form, so that what was typed comes back if it is asked again.

use super::posted::posted;
use domain::form::{
    Answers, CommitmentRow, GroupRow, InsertionStep, PledgeRow, PledgeStep, SizeStep,
    SolidarityStep, StatusRow, StepCode,
};

/// The id under which the rows of a step are hidden all together.
pub const ROWS: &str = "rows";

/// A step whose answers have rows.
pub trait Rows: Answers {
    type Row: Answers + Default + Clone + PartialEq;
    fn rows(&self) -> &[Self::Row];
    fn rows_mut(&mut self) -> &mut Vec<Self::Row>;
    /// Whether the rows are asked at all.
    fn asked(&self) -> bool;
    /// Whether a question of a row is asked; some depend on the step.
    fn asked_of(&self, row: &Self::Row, name: &str) -> bool;
    /// The words of an answer that is no words itself, such as the code of another row.
    fn said(&self, name: &str, answer: &str) -> Option<String>;
    /// What a row is known by when two versions are set side by side; empty: its rank.
    fn key(row: &Self::Row) -> &str;
}

macro_rules! rows {
    ($step:ty, $row:ty, |$this:ident| $asked:expr) => {
        rows!(
            $step,
            $row,
            |$this| $asked,
            |_, row, name| row.shown(name),
            |_, _name, _answer| None,
            |_row| ""
        );
    };
    ($step:ty, $row:ty, |$this:ident| $asked:expr, |$step_of:tt, $row_of:ident, $name:ident| $shown:expr, |$said_of:tt, $asked_name:ident, $answer:ident| $said:expr, |$keyed:ident| $key:expr) => {
        impl Rows for $step {
            type Row = $row;
            fn rows(&self) -> &[$row] {
                &self.rows
            }
            fn rows_mut(&mut self) -> &mut Vec<$row> {
                &mut self.rows
            }
            fn asked(&self) -> bool {
                let $this = self;
                $asked
            }
            fn asked_of(&self, $row_of: &$row, $name: &str) -> bool {
                let $step_of = self;
                $shown
            }
            fn said(&self, $asked_name: &str, $answer: &str) -> Option<String> {
                let $said_of = self;
                $said
            }
            fn key($keyed: &$row) -> &str {
                $key
            }
        }
    };
}

rows!(
    SizeStep,
    GroupRow,
    |step| step.declare == "yes" && step.group == "yes",
    |step, row, name| step.asked_of(row, name),
    |step, name, answer| {
        let rank = matches!(name, "of" | "with").then(|| step.line(answer))??;
        let row = step.rows.get(rank)?;
        Some(format!("{}. {}", rank + 1, row.name.trim()))
    },
    |row| &row.code
);
rows!(SolidarityStep, StatusRow, |step| step.declare == "yes");
rows!(InsertionStep, CommitmentRow, |step| step.declare == "yes");
rows!(PledgeStep, PledgeRow, |step| step.declare == "yes");

/// The id of a field in the page, from its path in the answers: `rows[0][kind]` becomes `rows-0-kind`.
pub fn field_id(path: &str) -> String {
    path.replace('[', "-").replace(']', "")
}

/// The name of a field in the posted form, from its path: `rows[0][kind]` becomes `answers[rows][0][kind]`.
pub fn field_name(path: &str) -> String {
    match path.split_once('[') {
        Some((first, rest)) => format!("answers[{first}][{rest}"),
        None => format!("answers[{path}]"),
    }
}

/// The ids of the questions of a step with rows that are not asked. A step without rows is shown; it always has one blank row.
pub fn hidden<S: Rows>(step: &S) -> Vec<String> {
    let mut hidden: Vec<String> = S::names()
        .iter()
        .filter(|name| !step.shown(name))
        .map(|name| (*name).to_owned())
        .collect();
    if !step.asked() {
        hidden.push(ROWS.to_owned());
    }
    let blank = [S::Row::default()];
    let rows = if step.rows().is_empty() {
        &blank
    } else {
        step.rows()
    };
    for (index, row) in rows.iter().enumerate() {
        hidden.extend(
            S::Row::names()
                .iter()
                .filter(|name| !step.asked_of(row, name))
                .map(|name| format!("{ROWS}-{index}-{name}")),
        );
    }
    hidden
}

/// The same from the form as the browser holds it.
pub fn hidden_in(step: StepCode, pairs: Vec<(String, String)>) -> Vec<String> {
    match step {
        StepCode::Size => hidden(&posted::<SizeStep, _>(pairs)),
        StepCode::Solidarity => hidden(&posted::<SolidarityStep, _>(pairs)),
        StepCode::Insertion => hidden(&posted::<InsertionStep, _>(pairs)),
        StepCode::Pledges => hidden(&posted::<PledgeStep, _>(pairs)),
        StepCode::Company | StepCode::Statement => Vec::new(),
    }
}

/// The first question that was hidden when the page was drawn and is asked now: nobody could have answered it yet.
pub fn newly_asked<'a>(before: &'a str, now: &[String]) -> Option<&'a str> {
    before
        .split(',')
        .filter(|id| !id.is_empty())
        .find(|id| !now.iter().any(|hidden| hidden == id) && !under_hidden_rows(id, now))
}

/// A question of a row that is hidden with all rows.
fn under_hidden_rows(id: &str, now: &[String]) -> bool {
    id.starts_with("rows-") && now.iter().any(|hidden| hidden == ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_id_and_a_name() {
        assert_eq!(field_id("rows[12][valid_from]"), "rows-12-valid_from");
        assert_eq!(field_id("siret"), "siret");
        assert_eq!(
            field_name("rows[12][valid_from]"),
            "answers[rows][12][valid_from]"
        );
        assert_eq!(field_name("siret"), "answers[siret]");
    }

    #[test]
    fn only_a_question_that_nobody_could_see_is_new() {
        let mut step = SolidarityStep::default();
        let before = hidden(&step).join(",");
        assert!(before.contains("rows"), "{before}");
        step.declare = "yes".into();
        assert_eq!(newly_asked(&before, &hidden(&step)), Some("rows"));
        let before = hidden(&step).join(",");
        assert_eq!(newly_asked(&before, &hidden(&step)), None);
        step.rows = vec![StatusRow {
            kind: "ESUS".into(),
            ..StatusRow::default()
        }];
        assert_eq!(
            newly_asked(&before, &hidden(&step)),
            Some("rows-0-reference")
        );
        step.declare = "no".into();
        assert_eq!(newly_asked(&before, &hidden(&step)), None);
    }
}
