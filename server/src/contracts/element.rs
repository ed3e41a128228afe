//! One element of a file of contracts, whatever the format of the file.

use domain::contracts::is_concession;
use serde_json::Value;

/// What a file holds, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// A contract, in the field names of the official format.
    Contract(Value),
    /// A concession: listed apart, outside every figure (R1).
    Concession(Value),
    /// What cannot be read: why, and the text.
    Unreadable { reason: &'static str, text: String },
}

/// Why a file cannot be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("the file stops in the middle of a record")]
    Truncated,
    #[error("the file holds no contracts: {0}")]
    NotContracts(&'static str),
    #[error("a record is longer than {0} bytes")]
    TooLong(usize),
    #[error(transparent)]
    Read(#[from] std::io::Error),
}

impl Broken {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Truncated => "truncated",
            Self::NotContracts(_) => "not_contracts",
            Self::TooLong(_) => "too_long",
            Self::Read(_) => "read_error",
        }
    }
}

/// The elements of a file, read as they are asked for.
pub type Elements = Box<dyn Iterator<Item = Result<Element, Broken>> + Send>;

/// The longest text of a record that is kept: more is no contract.
pub(super) const LONGEST: usize = 4 << 20;

/// Concessions are known by their envelope, by their type in the format of 2019, or by their own fields.
pub(super) fn classed(value: Value) -> Element {
    if is_concession(&value) {
        Element::Concession(value)
    } else {
        Element::Contract(value)
    }
}
