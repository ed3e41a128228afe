//! What a supplier says instead of a register; beside it, what the register said that day. Both are kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Fact;
use crate::catalogue::Label;
use crate::documents::Document;
use crate::form::{CompanyContext, ContestRow, sha256_json};

/// A contest in a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    pub fact: Fact,
    /// What the register said, as the supplier read it.
    pub said: Label,
    pub source: Label,
    pub read_on: NaiveDate,
    #[serde(flatten)]
    pub answers: ContestRow,
}

/// A contest, signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contested {
    pub fact: Fact,
    pub said: Label,
    pub source: Label,
    pub read_on: NaiveDate,
    pub value: String,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
}

impl Contest {
    /// By this a page knows whether somebody changed it meanwhile.
    pub fn mark(&self) -> String {
        sha256_json(&self.answers)
    }

    /// As it is signed, with its documents as they are known.
    pub(crate) fn signed(&self, context: &CompanyContext) -> Contested {
        let documents = self.answers.documents.iter();
        Contested {
            fact: self.fact,
            said: self.said.clone(),
            source: self.source.clone(),
            read_on: self.read_on,
            value: self.answers.value.trim().to_owned(),
            reason: self.answers.reason.trim().to_owned(),
            documents: documents
                .filter_map(|id| context.document(id))
                .map(|known| known.document.clone())
                .collect(),
        }
    }
}
