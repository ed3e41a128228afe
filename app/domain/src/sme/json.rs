//! A strict reader of JSON objects that keeps the text of numbers: no key unknown, none twice, every digit kept.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fmt;

use super::error::CaseError;
use crate::decimal::DecimalError;

/// An object whose keys are known.
pub(super) struct Object<'a> {
    path: String,
    entries: Vec<(String, &'a RawValue)>,
}

impl<'a> Object<'a> {
    /// An object with these keys and no other, notes and expected results apart. An unknown key is told before a missing one:
    /// it is often the same key, mistyped.
    pub(super) fn read(raw: &'a RawValue, path: &str, keys: &[&str]) -> Result<Self, CaseError> {
        let entries = entries(raw, path)?;
        let ignored =
            |key: &str| matches!(key, "id" | "title" | "note") || key.starts_with("expected");
        let known = |key: &str| keys.contains(&key) || ignored(key);
        // The smallest key, so that the answer does not depend on their order.
        match entries
            .iter()
            .map(|(key, _)| key)
            .filter(|key| !known(key))
            .min()
        {
            Some(key) => Err(CaseError::UnknownKey {
                path: path.to_owned(),
                key: key.clone(),
            }),
            None => Ok(Self {
                path: path.to_owned(),
                entries,
            }),
        }
    }

    /// Another name for the place, in later errors.
    pub(super) fn rename(&mut self, path: &str) {
        path.clone_into(&mut self.path);
    }

    pub(super) fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// The value of a key; `null` is the same as nothing.
    pub(super) fn take(&mut self, key: &str) -> Option<&'a RawValue> {
        let index = self.entries.iter().position(|(name, _)| name == key)?;
        let (_, raw) = self.entries.swap_remove(index);
        (raw.get() != "null").then_some(raw)
    }

    pub(super) fn require(&mut self, key: &'static str) -> Result<&'a RawValue, CaseError> {
        self.take(key).ok_or_else(|| self.missing(key))
    }

    pub(super) fn missing(&self, key: &'static str) -> CaseError {
        CaseError::MissingKey {
            path: self.path.clone(),
            key,
        }
    }

    pub(super) fn number<T>(
        &mut self,
        key: &str,
        parse: fn(&str) -> Result<T, DecimalError>,
    ) -> Result<Option<T>, CaseError> {
        let Some(raw) = self.take(key) else {
            return Ok(None);
        };
        if !raw
            .get()
            .starts_with(|c: char| c == '-' || c.is_ascii_digit())
        {
            return Err(CaseError::WrongType {
                path: self.path_of(key),
                expected: "number",
            });
        }
        match parse(raw.get()) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(CaseError::BadNumber {
                path: self.path_of(key),
                error,
            }),
        }
    }
}

/// The pairs of an object, whatever its keys, none of them twice.
pub(super) fn entries<'a>(
    raw: &'a RawValue,
    path: &str,
) -> Result<Vec<(String, &'a RawValue)>, CaseError> {
    if !raw.get().starts_with('{') {
        return Err(CaseError::WrongType {
            path: path.to_owned(),
            expected: "object",
        });
    }
    let Entries(entries) = parse(raw, path)?;
    let mut seen = BTreeSet::new();
    match entries.iter().find(|(key, _)| !seen.insert(key.as_str())) {
        Some((key, _)) => Err(CaseError::DuplicateKey {
            path: path.to_owned(),
            key: key.clone(),
        }),
        None => Ok(entries),
    }
}

pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

pub(super) fn list<'a>(raw: &'a RawValue, path: &str) -> Result<Vec<&'a RawValue>, CaseError> {
    if raw.get().starts_with('[') {
        parse(raw, path)
    } else {
        Err(CaseError::WrongType {
            path: path.to_owned(),
            expected: "list",
        })
    }
}

pub(super) fn text(raw: &RawValue, path: &str) -> Result<String, CaseError> {
    if raw.get().starts_with('"') {
        parse(raw, path)
    } else {
        Err(CaseError::WrongType {
            path: path.to_owned(),
            expected: "text",
        })
    }
}

/// Text that is JSON already; what can still fail is a lone surrogate in a string.
fn parse<'a, T: Deserialize<'a>>(raw: &'a RawValue, path: &str) -> Result<T, CaseError> {
    serde_json::from_str(raw.get()).map_err(|_| CaseError::WrongType {
        path: path.to_owned(),
        expected: "text",
    })
}

/// The pairs of an object in their order, duplicates included.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(Pairs).map(Self)
    }
}
