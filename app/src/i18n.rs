//! The language of the page, and the small habits of each language: amounts and dates.

use std::borrow::Cow;

use domain::decimal::Hundredths;
pub use domain::text::{Lang, Text, text};

/// A text given to a component: fixed in the program, or made for this page.
pub type Words = Cow<'static, str>;

/// Narrow no-break space, before `? ! ;`, inside guillemets and between thousands in French.
pub const NARROW: char = '\u{202F}';
/// No-break space, before `:` and `€` or `%` in French.
pub const NO_BREAK: char = '\u{A0}';

/// The language chosen for this request; French when nothing chose one.
#[cfg(feature = "ssr")]
pub fn use_lang() -> Lang {
    leptos::prelude::use_context::<Lang>().unwrap_or_default()
}

/// Writes an amount with the sign of the euro where the language puts it.
pub fn euros(lang: Lang, amount: Hundredths) -> String {
    let number = amount.display(lang);
    match lang {
        Lang::Fr => format!("{number}{NO_BREAK}€"),
        Lang::En => format!("€{number}"),
    }
}

/// The same words with a capital, to begin a line.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

const MONTHS: [Text; 12] = [
    text("janvier", "January"),
    text("février", "February"),
    text("mars", "March"),
    text("avril", "April"),
    text("mai", "May"),
    text("juin", "June"),
    text("juillet", "July"),
    text("août", "August"),
    text("septembre", "September"),
    text("octobre", "October"),
    text("novembre", "November"),
    text("décembre", "December"),
];

/// Writes a date in full: `1er mars 2026`, `1 March 2026`.
pub fn long_date(lang: Lang, date: chrono::NaiveDate) -> String {
    use chrono::Datelike;
    let month = usize::try_from(date.month0())
        .ok()
        .and_then(|index| MONTHS.get(index))
        .map_or("", |month| month.get(lang));
    let day = match (lang, date.day()) {
        (Lang::Fr, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    };
    format!("{day}{NO_BREAK}{month} {}", date.year())
}

/// The size of a file, in units of a thousand.
pub fn file_size(lang: Lang, bytes: u64) -> String {
    let of = |unit: u64, name: Text| {
        let tenths = (bytes.saturating_mul(10) + unit / 2) / unit;
        let shown = Hundredths::from_hundredths(i128::from(tenths) * 10);
        let mut shown = shown.display(lang);
        // One decimal at most: the second of two is a zero.
        if !tenths.is_multiple_of(10) {
            shown.pop();
        }
        format!("{shown}\u{A0}{}", name.get(lang))
    };
    match bytes {
        0..1_000 => of(1, text("octets", "bytes")),
        1_000..1_000_000 => of(1_000, text("ko", "kB")),
        1_000_000..1_000_000_000 => of(1_000_000, text("Mo", "MB")),
        _ => of(1_000_000_000, text("Go", "GB")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_follow_the_language() {
        let amount = Hundredths::from_hundredths(123_456_789);
        assert_eq!(euros(Lang::Fr, amount), "1\u{202F}234\u{202F}567,89\u{A0}€");
        assert_eq!(euros(Lang::En, amount), "€1,234,567.89");
    }

    #[test]
    fn dates_are_written_in_full() {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
        assert_eq!(long_date(Lang::Fr, date), "1er\u{A0}mars 2026");
        assert_eq!(long_date(Lang::En, date), "1\u{A0}March 2026");
    }
}
