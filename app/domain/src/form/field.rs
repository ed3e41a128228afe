//! The description of one question: what every rendering of the form reads.

use crate::text::Text;

/// A question of a step or of a row.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key in the stored answers and in the posted form.
    pub name: &'static str,
    pub label: Text,
    pub hint: Option<Text>,
    pub widget: Widget,
    /// The token of the HTML `autocomplete` attribute, for what concerns the person who fills the form in.
    pub autocomplete: Option<&'static str>,
    pub required: bool,
}

/// How a question is asked.
#[derive(Clone, Copy, Debug)]
pub enum Widget {
    Line,
    Long,
    Email,
    Phone,
    Siret,
    Date,
    /// A number with at most two decimals and its unit.
    Decimal(Text),
    Whole,
    YesNo,
    /// A number of zero or more, whose unit depends on another answer.
    Number,
    /// One of a list: radios up to five, a list beyond.
    Choice(&'static [Choice]),
    /// One of a list, in the place of the answer that holds when nothing is chosen.
    Unless(Text, &'static [Choice]),
    /// One of a list of the catalogue.
    Offered(Offered),
    /// Several of a list.
    Many(&'static [Choice]),
    /// Files that prove the answer, each by its identifier; they are added on a page of their own.
    Documents,
    /// One of the lines of the step, by its code; nothing chosen is the declaring company, where that is possible.
    Member,
    /// Carried along, never shown.
    Hidden,
}

/// A list that the buyer edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// The statuses and approvals.
    Kinds,
    /// The commitments of the scheme, by theme.
    Pledges,
}

/// One possible answer.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub code: &'static str,
    pub label: Text,
}

impl Choice {
    pub const fn new(code: &'static str, label: Text) -> Self {
        Self { code, label }
    }

    /// The label of a code in a list; an unknown code is shown as typed.
    pub fn label_of(choices: &'static [Self], code: &str) -> Option<Text> {
        choices
            .iter()
            .find(|choice| choice.code == code)
            .map(|choice| choice.label)
    }
}
