//! Papers as plain data: what a page and a PDF both draw, so that neither can say what the other does not.

mod attestation;
mod receipt;

pub use attestation::{attestation, decision, evidence, validity, what};
pub use receipt::receipt;

use domain::text::Lang;
use serde::Serialize;

use crate::ui::Tone;

/// One paper, in the order in which it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    pub lang: Lang,
    /// The only heading of the first level.
    pub title: String,
    /// Names the document in a list of files or of tabs.
    pub name: String,
    /// Set apart at the top: what it is about, and how things stand.
    pub notice: Vec<Block>,
    #[serde(skip)]
    pub tone: Tone,
    /// What stands before the first heading.
    pub blocks: Vec<Block>,
    pub sections: Vec<Section>,
}

/// A heading of the second level with what stands below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Names the section in the address of the page.
    #[serde(skip)]
    pub id: &'static str,
    pub title: String,
    pub blocks: Vec<Block>,
}

/// A piece of a paper. Texts may hold what a person typed: they are shown as they are, never read as markup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// What to quote.
    Reference {
        label: String,
        value: String,
    },
    /// A sentence that carries the rest.
    Strong {
        words: String,
    },
    Words {
        words: String,
    },
    /// Questions and answers.
    Rows {
        rows: Vec<Row>,
    },
    /// Sentences of equal weight.
    List {
        items: Vec<String>,
    },
    /// Titles, each with its facts.
    Claims {
        claims: Vec<PaperClaim>,
    },
    /// A table whose first column names its rows.
    Table {
        caption: String,
        columns: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    pub label: String,
    pub value: String,
    /// Made of letters and digits that nobody reads: it may be cut anywhere.
    pub code: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaperClaim {
    pub title: String,
    pub rows: Vec<Row>,
}

impl Row {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            code: false,
        }
    }

    pub fn code(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            code: true,
            ..Self::new(label, value)
        }
    }
}

fn strong(words: impl Into<String>) -> Block {
    Block::Strong {
        words: words.into(),
    }
}

fn words(words: impl Into<String>) -> Block {
    Block::Words {
        words: words.into(),
    }
}
