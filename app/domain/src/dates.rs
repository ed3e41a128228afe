//! Days as people type them, and as they are shown back: one reading for every field, in the browser and on the server.

use chrono::{Datelike, NaiveDate};

use crate::text::{Text, text};

/// What is said of a date that cannot be read.
pub const WRONG: Text = text(
    "Saisissez une date qui existe, sous la forme jour/mois/année, par exemple 31/12/2025.",
    "Type a date that exists, as day/month/year, for example 31/12/2025.",
);

/// Without accents nor capitals; French, then English.
const MONTHS: [[&str; 2]; 12] = [
    ["janvier", "january"],
    ["fevrier", "february"],
    ["mars", "march"],
    ["avril", "april"],
    ["mai", "may"],
    ["juin", "june"],
    ["juillet", "july"],
    ["aout", "august"],
    ["septembre", "september"],
    ["octobre", "october"],
    ["novembre", "november"],
    ["decembre", "december"],
];

/// Reads `31/12/2025`, with any usual separator or none, `1/1/25`, `2025-12-31`, `1er janvier 2025`, `31 déc. 2025` and
/// `December 31, 2025`. The day comes before the month unless the month has its name or the year comes first; a year of two
/// digits is of this century; years go from 1900 to 2199.
pub fn parse_date(typed: &str) -> Option<NaiveDate> {
    let plain = plain(typed);
    let parts: Vec<&str> = plain
        .split(is_separator)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [digits] => without_separators(digits),
        [year, month, day] if year.len() == 4 && number(year).is_some() => {
            civil(four_digits(year)?, month_of(month)?, day_of(day)?)
        }
        [month, day, year] if named(month).is_some() => {
            civil(year_of(year)?, named(month)?, day_of(day)?)
        }
        [day, month, year] => civil(year_of(year)?, month_of(month)?, day_of(day)?),
        _ => None,
    }
}

/// Writes a date with digits, as one would type it back: `31/12/2025` in both languages.
pub fn show_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// Small letters without the accents of French months, whether or not they are characters of their own.
fn plain(typed: &str) -> String {
    let small = typed.chars().flat_map(char::to_lowercase);
    small
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'é' => 'e',
            'û' => 'u',
            other => other,
        })
        .collect()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '/' | '\\' | '.' | '-' | ',' | '_')
        || ('\u{2010}'..='\u{2015}').contains(&c)
}

/// `31122025` and `20251231`: no digits can be read both ways. Six digits could, and are not read.
fn without_separators(digits: &str) -> Option<NaiveDate> {
    if digits.len() != 8 {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to);
    let day_first = || {
        civil(
            four_digits(part(4, 8)?)?,
            number(part(2, 4)?)?,
            number(part(0, 2)?)?,
        )
    };
    let year_first = || {
        civil(
            four_digits(part(0, 4)?)?,
            number(part(4, 6)?)?,
            number(part(6, 8)?)?,
        )
    };
    day_first().or_else(year_first)
}

fn civil(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    (1900..2200).contains(&date.year()).then_some(date)
}

fn number(part: &str) -> Option<u32> {
    let digits = part.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| part.parse().ok()).flatten()
}

fn four_digits(part: &str) -> Option<i32> {
    number(part).filter(|_| part.len() == 4)?.try_into().ok()
}

fn year_of(part: &str) -> Option<i32> {
    match part.len() {
        2 => Some(2000 + i32::try_from(number(part)?).ok()?),
        _ => four_digits(part),
    }
}

fn one_or_two_digits(part: &str) -> Option<u32> {
    number(part).filter(|_| part.len() <= 2)
}

/// `1`, `01`, `1er` or `1st`.
fn day_of(part: &str) -> Option<u32> {
    let bare = ["er", "st", "nd", "rd", "th"]
        .iter()
        .find_map(|suffix| part.strip_suffix(suffix))
        .unwrap_or(part);
    one_or_two_digits(bare)
}

fn month_of(part: &str) -> Option<u32> {
    one_or_two_digits(part).or_else(|| named(part))
}

/// A month by its name, or by a beginning of it that no other month has: `jui` is two of them.
fn named(part: &str) -> Option<u32> {
    if part.len() < 3 {
        return None;
    }
    let mut months = (1..).zip(MONTHS).filter_map(|(number, names)| {
        names
            .iter()
            .any(|name| name.starts_with(part))
            .then_some(number)
    });
    let month = months.next()?;
    months.next().is_none().then_some(month)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (expected, all) in [
            (
                "2025-12-31",
                &[
                    "31/12/2025",
                    "31.12.2025",
                    " 31-12-2025 ",
                    "31 12 2025",
                    "31\u{a0}/\u{a0}12\u{202f}/ 2025",
                    "31\u{2011}12\u{2011}2025",
                    "31/12/25",
                    "31122025",
                    "20251231",
                    "2025-12-31",
                    "2025/12/31",
                    "31 décembre 2025",
                    "31 DÉCEMBRE 2025",
                    "31 de\u{301}cembre 2025",
                    "31 déc. 2025",
                    "31-dec-25",
                    "December 31, 2025",
                    "31st December 2025",
                ][..],
            ),
            (
                "2025-01-01",
                &[
                    "1/1/25",
                    "1.1.2025",
                    "01012025",
                    "1 janvier 2025",
                    "1er janvier 2025",
                    "1er\u{a0}janv. 25",
                    "Jan 1 2025",
                ],
            ),
            ("2025-02-01", &["1/2/2025", "1 février 2025", "1 fév 2025"]),
            (
                "2025-08-15",
                &["15 août 2025", "15 AOUT 2025", "15 aug 2025"],
            ),
            ("2025-06-30", &["30 juin 2025", "30 jun 2025"]),
            ("2025-07-14", &["14 juil. 2025", "14 juillet 2025"]),
            ("2024-02-29", &["29/02/2024", "29022024", "29 févr. 24"]),
            ("2011-12-20", &["20122011"]),
            ("2000-01-01", &["1/1/00"]),
            ("2099-12-31", &["31/12/99"]),
            ("1900-01-01", &["1/1/1900"]),
            ("2199-12-31", &["31/12/2199"]),
        ] {
            for typed in all {
                assert_eq!(parse_date(typed), expected.parse().ok(), "{typed}");
            }
        }
    }

    #[test]
    fn what_is_impossible_or_can_be_read_two_ways_is_refused() {
        for typed in [
            "",
            " ",
            "31/12",
            "2025",
            "12/2025",
            "31/02/2025",
            "29/02/2025",
            "31022025",
            "12/31/2025",
            "2025-31-12",
            "0/1/2025",
            "1/0/2025",
            "32/1/2025",
            "001/01/2025",
            "1/1/5",
            "1/1/025",
            "1/1/20255",
            "0025-12-31",
            "1/1/1899",
            "1/1/2200",
            "5021-01-01",
            "311225",
            "1122025",
            "1/2/3/2025",
            "31/12/2025 31/12/2025",
            "hier",
            "15 jui 2025",
            "15 ma 2025",
            "15 decembr3 2025",
            "15 decembrement 2025",
            "31 février 2025",
            "décembre 2025",
            "janvier février 2025",
            "+1/+1/2025",
            "31/12/2025T10:00",
            "３１/１２/２０２５",
            "<b>1/1/2025</b>",
        ] {
            assert_eq!(parse_date(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(year in 1900..2200_i32, day in 1..=366_u32) {
            prop_assume!(day < 366 || NaiveDate::from_yo_opt(year, day).is_some());
            let date = NaiveDate::from_yo_opt(year, day).unwrap();
            prop_assert_eq!(parse_date(&show_date(date)), Some(date));
            prop_assert_eq!(parse_date(&date.to_string()), Some(date));
            prop_assert_eq!(parse_date(&date.format("%d%m%Y").to_string()), Some(date));
            prop_assert_eq!(parse_date(&date.format("%Y%m%d").to_string()), Some(date));
        }

        #[test]
        fn anything_typed_is_a_date_of_these_centuries_or_nothing(
            typed in "[0-9]{0,4}[ /.-]?([0-9]{0,2}|juin|déc|mai|may)[ /.-]?[0-9]{0,5}|.{0,12}"
        ) {
            if let Some(date) = parse_date(&typed) {
                prop_assert!((1900..2200).contains(&date.year()));
                prop_assert_eq!(parse_date(&show_date(date)), Some(date));
            }
        }
    }
}
