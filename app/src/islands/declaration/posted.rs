//! From the names and values of a form to the answers of a step, with the meaning that the server gives them.

use serde_json::{Map, Value};

/// Reads `answers[rows][0][kind]=EI` and the like. Numbers between brackets are the ranks of rows, `[]` is one more of a list.
/// Everything else of the form is left out.
pub fn answers<N: AsRef<str>>(pairs: impl IntoIterator<Item = (N, String)>) -> Value {
    let mut root = Value::Object(Map::new());
    for (name, value) in pairs {
        if let Some(path) = name
            .as_ref()
            .strip_prefix("answers[")
            .and_then(|rest| rest.strip_suffix(']'))
        {
            let mut keys = path.split("][");
            let first = keys.next().unwrap_or_default();
            put(&mut root, first, keys, value);
        }
    }
    root
}

fn put<'a>(at: &mut Value, key: &str, mut rest: impl Iterator<Item = &'a str>, value: String) {
    let next = rest.next();
    let slot = match at {
        Value::Object(map) => map.entry(key.to_owned()).or_insert(Value::Null),
        Value::Array(list) => match slot_of(list, key) {
            Some(slot) => slot,
            None => return,
        },
        _ => return,
    };
    let Some(next) = next else {
        *slot = Value::String(value);
        return;
    };
    if slot.is_null() {
        let list = next.is_empty() || next.bytes().all(|byte| byte.is_ascii_digit());
        *slot = if list {
            Value::Array(Vec::new())
        } else {
            Value::Object(Map::new())
        };
    }
    put(slot, next, rest, value);
}

/// The place of a row or of one more value. Ranks far beyond what a form holds are ignored.
fn slot_of<'a>(list: &'a mut Vec<Value>, key: &str) -> Option<&'a mut Value> {
    const MOST: usize = 200;
    let rank = if key.is_empty() {
        list.len()
    } else {
        key.parse().ok()?
    };
    if rank >= MOST {
        return None;
    }
    while list.len() <= rank {
        list.push(Value::Null);
    }
    list.get_mut(rank)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use domain::form::{InsertionStep, SizeStep};

    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Value {
        answers(
            pairs
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        )
    }

    #[test]
    fn a_form_becomes_the_answers_of_a_step() {
        let value = read(&[
            ("id", "x"),
            ("answers[declare]", "yes"),
            ("answers[rows][0][modality]", "embauche_directe"),
            ("answers[rows][0][publics][]", "deld"),
            ("answers[rows][0][publics][]", "qpv"),
            ("answers[rows][1][hours]", "12"),
            ("intent", "save"),
        ]);
        let step: InsertionStep = serde_json::from_value(value).unwrap();
        assert_eq!(step.declare, "yes");
        assert_eq!(step.rows.len(), 2);
        assert_eq!(step.rows.first().unwrap().publics, ["deld", "qpv"]);
        assert_eq!(step.rows.last().unwrap().hours, "12");
    }

    #[test]
    fn odd_names_do_no_harm() {
        for name in [
            "answers[",
            "answers[]",
            "answers[rows][999999999][x]",
            "answers[rows][a]",
            "answers[a][b][c][d][e]",
        ] {
            let _ = serde_json::from_value::<SizeStep>(read(&[
                (name, "x"),
                ("answers[rows]", "y"),
                (name, "z"),
            ]));
        }
        assert_eq!(
            read(&[("answers[awu]", "1"), ("answers[awu][0]", "2")]),
            serde_json::json!({"awu": "1"})
        );
    }
}
