//! What a file would change: counts, what is wrong line by line, and the difference with the list in force.

use serde::{Deserialize, Serialize};

use super::{Contradiction, Field, ProblemKind, WrongMapping};

/// How many examples of each sort are kept.
pub const SHOWN: usize = 20;

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImportState {
    /// Received; its columns are being chosen.
    Sent,
    /// Its rows are being written.
    Reading,
    /// Compared with the list in force: it may be put in force.
    Read,
    Failed,
    Discarded,
    /// It is in force, or was.
    Kept,
}

impl ImportState {
    pub const ALL: [Self; 6] = [
        Self::Sent,
        Self::Reading,
        Self::Read,
        Self::Failed,
        Self::Discarded,
        Self::Kept,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Reading => "reading",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Discarded => "discarded",
            Self::Kept => "kept",
        }
    }
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "failure", content = "detail", rename_all = "snake_case")]
pub enum Failure {
    Mapping(WrongMapping),
    /// More rows than a list may have.
    TooManyRows,
    /// No line says anything that can be used.
    NoRows,
    /// Neither CSV nor workbook, or broken on the way.
    NotATable,
    /// The file is no longer where it was put: it has to be sent again.
    Gone,
    /// The disk or the database.
    Interrupted,
}

/// A problem with its line in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineProblem {
    pub line: u64,
    pub field: Field,
    pub kind: ProblemKind,
    pub value: String,
}

/// A row of the difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The company or the establishment, and what tells its rows apart.
    pub key: String,
    pub name: Option<String>,
}

/// What putting the file in force would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Rows of the list in force; `None` when there is none.
    pub before: Option<u64>,
    pub added: u64,
    pub removed: u64,
    pub changed: u64,
    pub added_examples: Vec<Example>,
    pub removed_examples: Vec<Example>,
    pub changed_examples: Vec<Example>,
}

/// What was read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Lines that hold something, without the headings.
    pub lines: u64,
    /// Rows of the list, each key once.
    pub rows: u64,
    /// Lines that say nothing that can be used.
    pub refused: u64,
    /// Lines that repeat another one.
    pub duplicates: u64,
    /// Cells left out of rows that are kept.
    pub left_out: u64,
    /// Keys whose rows contradict each other.
    pub contradicted: u64,
    /// The first ones.
    pub problems: Vec<LineProblem>,
    pub contradictions: Vec<Contradiction>,
    pub difference: Difference,
}

impl Outcome {
    /// See [`shrinks`].
    pub fn shrinks(&self, percent: u32) -> bool {
        let before = self.difference.before;
        before.is_some_and(|before| shrinks(before, self.rows, percent))
    }
}

/// Whether a list of so many rows loses more than so many percent: exactly that many is not more.
pub fn shrinks(before: u64, after: u64, percent: u32) -> bool {
    let lost = u128::from(before.saturating_sub(after));
    lost * 100 > u128::from(before) * u128::from(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_less_is_not_more_than_a_fifth() {
        assert!(!shrinks(1700, 1360, 20));
        assert!(shrinks(1700, 1359, 20));
        assert!(!shrinks(1700, 1800, 20));
        assert!(!shrinks(0, 0, 20));
        assert!(shrinks(1, 0, 20));
        assert!(shrinks(u64::MAX, 0, 20));
        assert!(!shrinks(u64::MAX, 0, 100));
    }
}
