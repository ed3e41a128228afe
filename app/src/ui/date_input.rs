//! A date in one text field, typed as people write dates.
//!
//! One field rather than three or the browser's own widget: it is read once by a screen reader, can be pasted into, and
//! does not depend on the language of the browser.

pub use domain::dates::{parse_date, show_date};
use leptos::prelude::*;

use super::{MaybeWords, TextInput};
use crate::i18n::{Lang, Words, text};

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
    use crate::i18n::long_date;

    #[test]
    fn a_date_written_in_full_anywhere_on_a_page_can_be_pasted_into_a_field() {
        let first = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        for date in first.iter_days().take(366) {
            for lang in [Lang::Fr, Lang::En] {
                let shown = long_date(lang, date);
                assert_eq!(parse_date(&shown), Some(date), "{shown}");
            }
        }
    }
}
