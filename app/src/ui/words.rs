//! An optional text of a component, given as a word, a string, or an option of either.

use crate::i18n::Words;

/// A hint, an error or a remark that may be absent. Every component takes it with `into`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeWords(pub Option<Words>);

impl MaybeWords {
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }
}

impl From<&'static str> for MaybeWords {
    fn from(words: &'static str) -> Self {
        Self(Some(words.into()))
    }
}

impl From<String> for MaybeWords {
    fn from(words: String) -> Self {
        Self(Some(words.into()))
    }
}

impl From<Words> for MaybeWords {
    fn from(words: Words) -> Self {
        Self(Some(words))
    }
}

impl<T: Into<Words>> From<Option<T>> for MaybeWords {
    fn from(words: Option<T>) -> Self {
        Self(words.map(Into::into))
    }
}
