//! Pledges: the social, environmental and economic commitments of the scheme other than insertion hours (`domain.md` 5.2).

mod asks;
mod taxonomy;

pub use asks::{Ask, FAMILIES, Family, YearRule, asks, held_by_reference, year_rule};
pub use taxonomy::{Definition, TAXONOMY, definition};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalogue::Label;
use crate::decimal::Hundredths;
use crate::documents::Document;
use crate::text::{Text, text};

/// A pledge, parsed. The name, theme and plans are those of the catalogue on the day it was signed: renaming a theme does not
/// change what was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pledge {
    pub code: String,
    pub label: Label,
    pub theme: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<String>,
    /// The label, certification or product category, where one code covers several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Normalised identifier of the contract; `None` for the whole enterprise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Whether it is in place already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub unit: Unit,
    /// The value today, in the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Hundredths>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Hundredths>,
    /// The day by which the target is reached, or by which what is missing is in place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// What proves it; absent where there is none, so that what was signed before keeps its hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
}

/// What the values of a pledge count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Nothing is counted: it is in place or not.
    None,
    /// 0 to 100.
    Percent,
    /// Persons.
    Persons,
    /// Points out of 100; absent when legally not calculable.
    Score,
}

impl Unit {
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Percent => "percent",
            Self::Persons => "persons",
            Self::Score => "score",
        }
    }

    /// The words after a value; empty where nothing is counted.
    pub const fn words(self) -> Text {
        match self {
            Self::None => text("", " "),
            Self::Percent => text("%", "%"),
            Self::Persons => text("personnes", "persons"),
            Self::Score => text("points sur 100", "points out of 100"),
        }
    }
}

impl Pledge {
    /// What the supplier said, without what the catalogue calls it. “In place” says nothing more where a reference does: what
    /// was signed before the question was asked says the same.
    pub(crate) fn unnamed(&self) -> Self {
        let said_twice =
            self.done == Some(true) && self.reference.is_some() && held_by_reference(&self.code);
        Self {
            done: self.done.filter(|_| !said_twice),
            label: Label::default(),
            theme: String::new(),
            plans: vec![],
            ..self.clone()
        }
    }

    /// The part of the claim key that tells two pledges of a company apart, such as `ENV-LAB-01:iso-14001`.
    pub fn key_code(&self) -> String {
        match self
            .item
            .as_deref()
            .map(slug)
            .filter(|slug| !slug.is_empty())
        {
            Some(item) => format!("{}:{item}", self.code),
            None => self.code.clone(),
        }
    }
}

/// Letters and digits in lower case, everything else as single hyphens.
pub fn slug(words: &str) -> String {
    words
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_has_one_key_however_it_is_typed() {
        for typed in ["ISO 14001", "iso-14001", "  Iso\u{a0}14001 "] {
            assert_eq!(slug(typed), "iso-14001");
        }
        assert_eq!(slug("Écolabel européen"), "écolabel-européen");
        assert_eq!(slug("—"), "");
    }
}
