//! What is wrong with a form, ready to be shown: one message per field, in the language of the page.

use super::MaybeWords;
use crate::i18n::Words;

/// One problem: the id of the field it concerns, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The id of the field, which is its name unless the page chose another.
    pub field: Words,
    /// Says what is wrong and gives the expected form, as a whole sentence.
    pub message: Words,
}

impl Issue {
    pub fn new(field: impl Into<Words>, message: impl Into<Words>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }
}

/// All problems of a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issues(pub Vec<Issue>);

impl Issues {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first message about this field, for its `error` property.
    pub fn of(&self, field: &str) -> MaybeWords {
        self.0
            .iter()
            .find(|issue| issue.field == field)
            .map(|issue| issue.message.clone())
            .into()
    }
}

impl FromIterator<Issue> for Issues {
    fn from_iter<I: IntoIterator<Item = Issue>>(issues: I) -> Self {
        Self(issues.into_iter().collect())
    }
}
