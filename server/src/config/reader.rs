//! Takes values out of the merged layers one by one, and keeps every problem instead of stopping at the first.

use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

use figment::Figment;
use figment::value::{Dict, Value};

use super::settings::{self, SETTINGS};

/// The merged layers, and what was wrong in them.
pub(super) struct Reader {
    figment: Figment,
    pub(super) problems: Vec<String>,
}

impl Reader {
    pub(super) fn new(figment: Figment) -> Self {
        let mut reader = Self {
            figment,
            problems: Vec::new(),
        };
        match reader.figment.extract::<Dict>() {
            Ok(dict) => reader.refuse_unknown(&dict),
            Err(errors) => reader
                .problems
                .extend(errors.into_iter().map(|error| error.to_string())),
        }
        reader
    }

    fn refuse_unknown(&mut self, dict: &Dict) {
        for (section, value) in dict {
            let Value::Dict(_, entries) = value else {
                self.problems.push(format!(
                    "{section} : ce nom doit être une section, [{section}]"
                ));
                continue;
            };
            for name in entries.keys() {
                let key = format!("{section}.{name}");
                if settings::find(&key).is_none() {
                    let hint = nearest(&key)
                        .map(|near| format!(" ; vouliez-vous dire {near} ?"))
                        .unwrap_or_default();
                    self.problems.push(format!("{key} : réglage inconnu{hint}"));
                }
            }
        }
    }

    /// The value as text; empty when absent.
    pub(super) fn text(&mut self, key: &str) -> String {
        let Ok(value) = self.figment.find_value(key) else {
            return String::new();
        };
        if let Some(text) = flatten(&value) {
            return text.trim().to_owned();
        }
        self.problems
            .push(format!("{key} : une valeur simple est attendue"));
        String::new()
    }

    /// The value as text, refused when empty.
    pub(super) fn required(&mut self, key: &str) -> String {
        let text = self.text(key);
        if text.is_empty() {
            self.problems
                .push(format!("{key} : une valeur est nécessaire"));
        }
        text
    }

    /// The value parsed; `fallback` only keeps the reading going, since a problem stops the program afterwards.
    pub(super) fn parsed<T>(&mut self, key: &str, expected: &str, fallback: T) -> T
    where
        T: FromStr,
        T::Err: Display,
    {
        let text = self.text(key);
        text.parse().unwrap_or_else(|_| {
            self.problems
                .push(format!("{key} : « {text} » n’est pas {expected}"));
            fallback
        })
    }

    /// A whole number between two bounds.
    pub(super) fn number(&mut self, key: &str, least: u64, most: u64) -> u64 {
        let value = self.parsed(key, "un nombre entier", least);
        if (least..=most).contains(&value) {
            return value;
        }
        self.problems.push(format!(
            "{key} : {value} est hors des bornes, de {least} à {most}"
        ));
        least
    }

    /// One of a closed list of words.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)], fallback: T) -> T {
        let text = self.text(key);
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text) {
            return *value;
        }
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        self.problems.push(format!(
            "{key} : « {text} » n’est pas l’un de : {}",
            words.join(", ")
        ));
        fallback
    }

    /// A path; empty when absent.
    pub(super) fn path(&mut self, key: &str) -> PathBuf {
        PathBuf::from(self.text(key))
    }

    /// Where the value comes from, in one word.
    pub(super) fn source(&self, key: &str) -> String {
        self.figment
            .find_metadata(key)
            .map_or_else(|| "défaut".into(), |metadata| metadata.name.to_string())
    }
}

/// Numbers, booleans and lists of a TOML file become the text that the environment would have carried.
fn flatten(value: &Value) -> Option<String> {
    match value {
        Value::String(_, text) => Some(text.clone()),
        Value::Char(_, letter) => Some(letter.to_string()),
        Value::Bool(_, truth) => Some(truth.to_string()),
        Value::Num(_, number) => number
            .to_u128()
            .map(|n| n.to_string())
            .or_else(|| number.to_i128().map(|n| n.to_string()))
            .or_else(|| number.to_f64().map(|n| n.to_string())),
        Value::Array(_, items) => items
            .iter()
            .map(flatten)
            .collect::<Option<Vec<_>>>()
            .map(|items| items.join(",")),
        Value::Empty(..) => Some(String::new()),
        Value::Dict(..) => None,
    }
}

/// The known key that shares its section or its name with a mistyped one.
fn nearest(key: &str) -> Option<&'static str> {
    let name = key.rsplit('.').next().unwrap_or(key);
    SETTINGS
        .iter()
        .map(|setting| setting.key)
        .find(|known| known.rsplit('.').next() == Some(name))
        .or_else(|| {
            SETTINGS.iter().map(|setting| setting.key).find(|known| {
                known.len().abs_diff(key.len()) <= 2
                    && known
                        .chars()
                        .zip(key.chars())
                        .filter(|(a, b)| a != b)
                        .count()
                        <= 3
            })
        })
}
