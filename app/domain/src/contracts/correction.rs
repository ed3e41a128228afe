//! A record set aside, corrected by hand: what the person typed must be a record that can be used.

use serde_json::{Value, json};

use super::{Unusable, is_concession, read, read_concession};

/// Where a corrected record says which one it replaces: `{"import": …, "position": …}`.
pub const SETTLES: &str = "_quarantaine";

/// Why a corrected record cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StillWrong {
    /// Not JSON, from this line and column on.
    NotJson {
        line: usize,
        column: usize,
    },
    Unusable(Unusable),
}

/// Reads what was typed: the record, which says what it settles.
pub fn corrected(typed: &str, import: &str, position: u64) -> Result<Value, StillWrong> {
    let mut record: Value = serde_json::from_str(typed).map_err(|error| StillWrong::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    let usable = if is_concession(&record) {
        read_concession(&record).map(drop)
    } else {
        read(&record).map(drop)
    };
    usable.map_err(StillWrong::Unusable)?;
    if let Some(fields) = record.as_object_mut() {
        let settles = json!({ "import": import, "position": position });
        fields.insert(SETTLES.to_owned(), settles);
    }
    Ok(record)
}

/// Takes out of a record which one it settles: an import and a position in its file.
pub fn settles(record: &mut Value) -> Option<(String, u64)> {
    let named = record.as_object_mut()?.remove(SETTLES)?;
    Some((
        named.get("import")?.as_str()?.to_owned(),
        named.get("position")?.as_u64()?,
    ))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_correction_says_what_it_settles_and_is_otherwise_the_record() {
        let typed = r#"{"id": "M1", "acheteur": {"id": "20005480700017"}}"#;
        let mut record = corrected(typed, "i", 7).unwrap();
        assert_eq!(settles(&mut record), Some(("i".to_owned(), 7)));
        assert_eq!(record, serde_json::from_str::<Value>(typed).unwrap());
        assert_eq!(settles(&mut record), None);
    }

    #[test]
    fn what_is_still_wrong_is_told() {
        let wrong = |typed| corrected(typed, "i", 1).unwrap_err();
        assert_eq!(
            wrong("{\n  oops"),
            StillWrong::NotJson { line: 2, column: 3 }
        );
        assert_eq!(wrong("[1]"), StillWrong::Unusable(Unusable::NotAnObject));
        assert_eq!(
            wrong(r#"{"id": "M1"}"#),
            StillWrong::Unusable(Unusable::NoBuyer)
        );
        let concession = r#"{"id": "C1", "autoriteConcedante": {"id": "20005480700017"}}"#;
        assert_eq!(
            wrong(concession),
            StillWrong::Unusable(Unusable::NoSignature)
        );
    }
}
