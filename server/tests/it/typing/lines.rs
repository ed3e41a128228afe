//! A step with lines as values: how a page draws it, names its answers and sends them.

use app::desk::StepAnswers;
use domain::form::{CommitmentRow, InsertionStep, SolidarityStep, StatusRow};
use serde_json::{Map, Value, json};

use super::playing::Form;
use super::{STATUSES, Scene, Told};

const PROMISES: &str = "insertion";
const ROWS: &str = "rows";

/// Where an answer is: its line, its question.
pub(super) type Place = (Option<usize>, String);

/// A step with lines: how it is read, written and blank.
#[derive(Clone, Copy)]
pub(super) struct Lines {
    pub(super) slug: &'static str,
    /// The questions of a line that are typed in: texts, and lists of boxes.
    pub(super) questions: &'static [&'static str],
}

pub(super) const STEPS: [Lines; 2] = [
    Lines {
        slug: STATUSES,
        questions: &["kind", "siret", "reference", "documents"],
    },
    Lines {
        slug: PROMISES,
        questions: &[
            "modality",
            "hours",
            "etp_base",
            "training",
            "contract_types",
            "publics",
        ],
    },
];

impl Lines {
    pub(super) fn blank(self) -> Value {
        if self.slug == STATUSES {
            serde_json::to_value(StatusRow::default()).unwrap()
        } else {
            serde_json::to_value(CommitmentRow::default()).unwrap()
        }
    }

    /// Two lines to begin with.
    pub(super) fn first(self) -> StepAnswers {
        if self.slug == STATUSES {
            let row = |kind: &str| StatusRow {
                kind: kind.into(),
                ..StatusRow::default()
            };
            let rows = vec![row("ESUS"), row("EI")];
            StepAnswers::Solidarity(SolidarityStep {
                declare: "yes".into(),
                rows,
            })
        } else {
            let row = |hours: &str| CommitmentRow {
                hours: hours.into(),
                ..CommitmentRow::default()
            };
            let rows = vec![row("1"), row("2")];
            StepAnswers::Insertion(InsertionStep {
                declare: "yes".into(),
                rows,
            })
        }
    }

    /// Reads the answers that another page changed, as the server tells them.
    fn told(self, told: &Told) -> Value {
        let mut answers = json!({ "declare": "", ROWS: [] });
        for (name, value) in &told.0 {
            let Some(path) = name
                .strip_prefix("answers[")
                .and_then(|rest| rest.strip_suffix(']'))
            else {
                continue;
            };
            let keys: Vec<&str> = path.split("][").collect();
            let place = match keys.as_slice() {
                [question] => (None, (*question).to_owned()),
                [_, line, question, ..] => (Some(line.parse().unwrap()), (*question).to_owned()),
                other => panic!("{other:?}"),
            };
            let value = Value::String(value.clone());
            if keys.last() == Some(&"") {
                let mut list = at(&self.padded(&answers, &place), &place)
                    .as_array()
                    .unwrap()
                    .clone();
                list.push(value);
                self.set(&mut answers, &place, Value::Array(list));
            } else {
                self.set(&mut answers, &place, value);
            }
        }
        answers
    }

    fn padded(self, answers: &Value, place: &Place) -> Value {
        let mut padded = answers.clone();
        while place.0.is_some_and(|line| line >= rows(&padded).len()) {
            rows_mut(&mut padded).push(self.blank());
        }
        padded
    }
}

impl Form for Lines {
    fn slug(self) -> &'static str {
        self.slug
    }

    async fn stored(self, scene: &Scene) -> Value {
        let draft = scene.desk.declaration(scene.id).await.unwrap().draft;
        if self.slug == STATUSES {
            serde_json::to_value(draft.solidarity).unwrap()
        } else {
            serde_json::to_value(draft.insertion).unwrap()
        }
    }

    /// The page has a blank line where there is none.
    fn drawn(self, mut stored: Value) -> Value {
        if rows(&stored).is_empty() {
            rows_mut(&mut stored).push(self.blank());
        }
        stored
    }

    fn read(self, answers: &StepAnswers) -> Value {
        match answers {
            StepAnswers::Solidarity(step) => serde_json::to_value(step).unwrap(),
            StepAnswers::Insertion(step) => serde_json::to_value(step).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Writes an answer where it belongs; lines before it that are not there yet are blank.
    fn set(self, answers: &mut Value, place: &Place, value: Value) {
        let (line, question) = place;
        let Some(line) = line else {
            answers[question] = value;
            return;
        };
        let rows = rows_mut(answers);
        while rows.len() <= *line {
            rows.push(self.blank());
        }
        rows[*line][question] = value;
    }

    fn learn(self, told: &Told, shown: &mut Value) {
        if told.get("others").is_some() {
            *shown = self.drawn(self.told(told));
        }
    }
}

/// A step without lines has none.
pub(super) fn lines_of(answers: &Value) -> Option<&Vec<Value>> {
    answers[ROWS].as_array()
}

pub(super) fn rows(answers: &Value) -> &Vec<Value> {
    lines_of(answers).unwrap()
}

pub(super) fn rows_mut(answers: &mut Value) -> &mut Vec<Value> {
    answers[ROWS].as_array_mut().unwrap()
}

pub(super) fn at<'a>(answers: &'a Value, place: &Place) -> &'a Value {
    match place {
        (None, question) => &answers[question],
        (Some(line), question) => &answers[ROWS][line][question],
    }
}

pub(super) fn questions_of(line: &Value) -> &Map<String, Value> {
    line.as_object().unwrap()
}

pub(super) fn places(answers: &Value) -> Vec<Place> {
    let asked_once = questions_of(answers).keys().filter(|key| *key != ROWS);
    let mut places: Vec<Place> = asked_once.map(|key| (None, key.clone())).collect();
    for (rank, line) in lines_of(answers).into_iter().flatten().enumerate() {
        places.extend(
            questions_of(line)
                .keys()
                .map(|question| (Some(rank), question.clone())),
        );
    }
    places
}

/// The name of an answer in the form, without the mark of a list.
pub(super) fn name(root: &str, place: &Place) -> String {
    match place {
        (None, question) => format!("{root}[{question}]"),
        (Some(line), question) => format!("{root}[{ROWS}][{line}][{question}]"),
    }
}

/// An answer as the form sends it: a list has a pair for each box.
pub(super) fn pairs(root: &str, place: &Place, value: &Value) -> Vec<(String, String)> {
    let name = name(root, place);
    match value {
        Value::Array(boxes) => boxes
            .iter()
            .map(|one| (format!("{name}[]"), one.as_str().unwrap().to_owned()))
            .collect(),
        text => vec![(name, text.as_str().unwrap().to_owned())],
    }
}

pub(super) fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}
