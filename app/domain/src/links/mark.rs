//! The mark of an answer that somebody else proposed: who, when, and until when it is shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::form::{Answers as _, Draft, StepCode};
use crate::text::{Text, text};

/// Who proposed an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The address of a link.
    Link,
    /// An agent of the buyer, who prepared the draft.
    Buyer,
    /// The published list of indexes of professional equality; its date is the day.
    Egapro,
}

impl Origin {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Buyer => "buyer",
            Self::Egapro => "egapro",
        }
    }

    /// Before the date.
    pub const fn words(self) -> Text {
        match self {
            Self::Link => text("Proposé par un lien", "Proposed by a link"),
            Self::Buyer => text("Proposé par l’acheteur", "Proposed by the buyer"),
            Self::Egapro => text(
                "D’après la liste des index Egapro publiés",
                "From the list of published Egapro indexes",
            ),
        }
    }
}

/// An answer that was filled in on a proposal, until the supplier changes or confirms it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefilled {
    /// The slug of the step.
    pub step: String,
    /// The line: the kind of the status, or the code of the commitment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    pub field: String,
    pub value: String,
    pub origin: Origin,
    pub at: DateTime<Utc>,
}

/// What became of proposals, by the names of their questions: none of their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    pub confirmed: Vec<String>,
    pub changed: Vec<String>,
}

impl Settled {
    pub fn is_empty(&self) -> bool {
        self.confirmed.is_empty() && self.changed.is_empty()
    }
}

impl Prefilled {
    /// The step and the question, as the audit trail names it: no value.
    pub fn name(&self) -> String {
        match &self.line {
            Some(line) => format!("{}/{line}/{}", self.step, self.field),
            None => format!("{}/{}", self.step, self.field),
        }
    }

    /// The path of the answer, if it still is the one that was proposed.
    pub fn path(&self, draft: &Draft) -> Option<String> {
        let step = StepCode::from_slug(&self.step)?;
        let field = self.field.as_str();
        let (path, answer) = match (&self.line, step) {
            (None, StepCode::Company) => (field.to_owned(), draft.company.answer(field)),
            (None, StepCode::Size) => (field.to_owned(), draft.size.answer(field)),
            (None, StepCode::Solidarity) => (field.to_owned(), draft.solidarity.answer(field)),
            (None, StepCode::Insertion) => (field.to_owned(), draft.insertion.answer(field)),
            (None, StepCode::Pledges) => (field.to_owned(), draft.pledges.answer(field)),
            (Some(kind), StepCode::Solidarity) => {
                let mut rows = draft.solidarity.rows.iter();
                let rank = rows.position(|row| row.kind == *kind)?;
                let row = draft.solidarity.rows.get(rank)?;
                (format!("rows[{rank}][{field}]"), row.answer(field))
            }
            (Some(code), StepCode::Pledges) => {
                let mut rows = draft.pledges.rows.iter();
                let rank = rows.position(|row| row.code == *code)?;
                let row = draft.pledges.rows.get(rank)?;
                (format!("rows[{rank}][{field}]"), row.answer(field))
            }
            _ => return None,
        };
        // A list holds what was proposed with what was ticked besides.
        let same = answer == self.value || answer.split(',').any(|one| one == self.value);
        same.then_some(path)
    }
}

impl Draft {
    /// The proposals of a step that are neither changed nor confirmed, each with the path of its answer.
    pub fn proposed(&self, step: StepCode) -> Vec<(String, &Prefilled)> {
        self.prefilled
            .iter()
            .filter(|one| one.step == step.slug())
            .filter_map(|one| Some((one.path(self)?, one)))
            .collect()
    }

    /// The supplier saw the answers of these steps, and stored them: their proposals are settled.
    pub fn settle(&mut self, steps: &[StepCode]) -> Settled {
        let mut settled = Settled::default();
        let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.prefilled)
            .into_iter()
            .partition(|one| steps.iter().any(|step| step.slug() == one.step));
        for one in gone {
            if one.path(self).is_some() {
                settled.confirmed.push(one.name());
            } else {
                settled.changed.push(one.name());
            }
        }
        self.prefilled = kept;
        settled
    }
}
