//! A date in one text field, typed as people write dates.
//!
//! One field rather than three or the browser's own widget: it is read once by a screen reader, can be pasted into, and
//! does not depend on the language of the browser.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{MaybeWords, TextInput};
use crate::i18n::{Lang, Words, text};

/// Reads `31/12/2025`, `31 12 2025`, `31.12.2025`, `31-12-2025` or `2025-12-31`.
pub fn parse_date(typed: &str) -> Option<NaiveDate> {
    let mut parts = typed
        .split(|character: char| !character.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || typed.chars().any(char::is_alphabetic) {
        return None;
    }
    let (year, day) = match (first.len(), last.len()) {
        (4, 1..=2) => (first, last),
        (1..=2, 4) => (last, first),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Writes a date with digits, as one would type it back: `31/12/2025` in both languages.
pub fn show_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// A date field. `value` is what was typed, so that a wrong date comes back as it was.
#[component]
pub fn DateInput(
    lang: Lang,
    #[prop(into)] name: Words,
    #[prop(into)] label: Words,
    #[prop(optional, into)] value: Words,
    /// Defaults to an example of the expected form.
    #[prop(optional, into)]
    hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    #[prop(optional, into)] id: MaybeWords,
    #[prop(optional)] optional: bool,
) -> AnyView {
    const EXAMPLE: crate::i18n::Text = text(
        "Jour, mois, année\u{A0}: par exemple 31/12/2025",
        "Day, month, year: for example 31/12/2025",
    );
    let hint = if hint.is_some() {
        hint
    } else {
        EXAMPLE.get(lang).into()
    };
    view! {
        <TextInput
            lang=lang
            name=name
            label=label
            value=value
            hint=hint
            error=error
            id=id
            optional=optional
            autocomplete="off"
            width="short"
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let date = NaiveDate::from_ymd_opt(2025, 12, 31).unwrap();
        for typed in [
            "31/12/2025",
            "31 12 2025",
            "31.12.2025",
            "31-12-2025",
            "2025-12-31",
            " 31/12/2025 ",
        ] {
            assert_eq!(parse_date(typed), Some(date), "{typed}");
        }
        for typed in [
            "",
            "31/12",
            "31/02/2025",
            "31/12/25",
            "12/31/2025",
            "31 déc. 2025",
            "31/12/2025/1",
        ] {
            assert_eq!(parse_date(typed), None, "{typed}");
        }
        assert_eq!(show_date(date), "31/12/2025");
    }
}
