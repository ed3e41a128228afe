//! Lenient reading of published JSON: one name, lists in lists, lists as texts.

use serde_json::Value;

/// A field that is there and says something.
pub(super) fn field<'v>(of: &'v Value, name: &str) -> Option<&'v Value> {
    of.get(name).filter(|value| !value.is_null())
}

/// A text, or a number written as one; nothing when it is blank.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

pub(super) fn text_at(of: &Value, name: &str) -> Option<String> {
    text(field(of, name))
}

/// The values of an enumeration, in all the forms in which it is published: `{"technique": [...]}`, a bare list, a list of
/// objects, one value, or texts joined by commas. No official value holds a comma.
pub(super) fn words(value: Option<&Value>) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(value) = value {
        collect(value, &mut words);
    }
    words
}

fn collect(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::String(text) => words.extend(
            text.split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .map(str::to_owned),
        ),
        Value::Array(list) => list.iter().for_each(|one| collect(one, words)),
        Value::Object(fields) => fields.values().for_each(|one| collect(one, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The objects of a list, wrapped or bare, nested or alone.
pub(super) fn flat<'v>(value: Option<&'v Value>, wrapper: &str) -> Vec<&'v Value> {
    match value {
        Some(Value::Array(list)) => list
            .iter()
            .flat_map(|one| flat(Some(one), wrapper))
            .collect(),
        Some(object @ Value::Object(fields)) => match fields.get(wrapper) {
            Some(inner) => flat(Some(inner), wrapper),
            None => vec![object],
        },
        _ => Vec::new(),
    }
}

/// Yes and no in all their published forms.
pub(super) fn boolean(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim().to_lowercase().as_str() {
            "true" | "1" | "oui" | "vrai" => Some(true),
            "false" | "0" | "non" | "faux" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
