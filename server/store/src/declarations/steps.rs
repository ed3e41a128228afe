//! The version of a declaration at which each step last changed: people who answer two steps do not disturb each other.

use std::collections::BTreeMap;

use domain::form::{Draft, StepCode};
use serde::{Deserialize, Serialize};

use super::Typings;

/// By the step's slug; a step that was never answered is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepVersions(BTreeMap<String, i64>);

/// Answers to store, with what they change.
#[derive(Clone, Debug)]
pub struct Answered<'a> {
    pub draft: &'a Draft,
    pub steps: StepVersions,
    pub typings: Typings,
    /// The trail has an event that covers them: nothing is added to it.
    pub told: bool,
}

impl StepVersions {
    /// Whether a person who read the declaration at version `seen` read the present answers of the step.
    pub fn unchanged_since(&self, step: StepCode, seen: i64) -> bool {
        self.0.get(step.slug()).is_none_or(|last| *last <= seen)
    }

    /// The version of the last change; 0 of a step that was never answered.
    pub fn of(&self, step: StepCode) -> i64 {
        self.0.get(step.slug()).copied().unwrap_or_default()
    }

    /// The same once `after` replaces `before`, at `version`.
    pub(super) fn after(mut self, before: &Draft, after: &Draft, version: i64) -> Self {
        for step in StepCode::ALL {
            let same = match step {
                StepCode::Company => before.company == after.company,
                StepCode::Size => before.size == after.size,
                StepCode::Solidarity => before.solidarity == after.solidarity,
                StepCode::Insertion => before.insertion == after.insertion,
                StepCode::Pledges => before.pledges == after.pledges,
                StepCode::Statement => before.statement == after.statement,
            };
            if !same {
                self.0.insert(step.slug().to_owned(), version);
            }
        }
        self
    }
}
