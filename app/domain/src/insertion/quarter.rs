//! A civil quarter: the rhythm at which insertion hours are justified (`domain.md` 4.5).

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

use crate::text::Lang;

/// A quarter of a civil year, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter(NaiveDate);

impl Quarter {
    /// The quarter that a day falls in.
    pub fn of(day: NaiveDate) -> Self {
        let month = day.month0() / 3 * 3 + 1;
        Self(NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day))
    }

    /// `2026-Q3`, as addresses, files and the buyer database write it.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once("-Q")?;
        let year: i32 = year
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| year.parse().ok())??;
        let number: u32 = match number {
            "1" => 1,
            "2" => 2,
            "3" => 3,
            "4" => 4,
            _ => return None,
        };
        (1000..=9999)
            .contains(&year)
            .then(|| NaiveDate::from_ymd_opt(year, number * 3 - 2, 1))?
            .map(Self)
    }

    pub const fn first_day(self) -> NaiveDate {
        self.0
    }

    pub fn last_day(self) -> NaiveDate {
        let next = self.0.checked_add_months(Months::new(3));
        next.and_then(|day| day.pred_opt()).unwrap_or(self.0)
    }

    fn next(self) -> Option<Self> {
        self.0.checked_add_months(Months::new(3)).map(Self)
    }

    fn number(self) -> u32 {
        self.0.month0() / 3 + 1
    }

    /// `3e trimestre 2026`.
    pub fn words(self, lang: Lang) -> String {
        let (number, year) = (self.number(), self.0.year());
        match lang {
            Lang::Fr if number == 1 => format!("1er trimestre {year}"),
            Lang::Fr => format!("{number}e trimestre {year}"),
            Lang::En => format!("Q{number} {year}"),
        }
    }

    /// The quarters of a period of which all days that belong to it are past, oldest first.
    pub fn past(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Vec<Self> {
        let mut quarters = Vec::new();
        let mut quarter = (from <= to).then(|| Self::of(from));
        while let Some(one) = quarter.filter(|one| one.0 <= to && one.last_day().min(to) < today) {
            quarters.push(one);
            quarter = one.next();
        }
        quarters
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.0.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_quarter_is_written_and_read_in_one_form() {
        for (of, written, last) in [
            ("2026-01-01", "2026-Q1", "2026-03-31"),
            ("2024-05-31", "2024-Q2", "2024-06-30"),
            ("2026-09-30", "2026-Q3", "2026-09-30"),
            ("2026-12-31", "2026-Q4", "2026-12-31"),
        ] {
            let quarter = Quarter::of(day(of));
            assert_eq!(quarter.to_string(), written);
            assert_eq!(Quarter::parse(written), Some(quarter));
            assert_eq!(quarter.last_day(), day(last));
        }
        for wrong in [
            "", "2026", "2026-Q0", "2026-Q5", "26-Q1", "+026-Q1", "2026-q1", "2026-Q01",
        ] {
            assert_eq!(Quarter::parse(wrong), None, "{wrong}");
        }
        let first = Quarter::of(day("2026-02-01"));
        assert_eq!(first.words(Lang::Fr), "1er trimestre 2026");
        assert_eq!(first.next().unwrap().words(Lang::En), "Q2 2026");
    }

    #[test]
    fn a_quarter_is_told_once_its_days_within_the_commitment_are_past() {
        let past = |from, to, today| -> Vec<String> {
            let all = Quarter::past(day(from), day(to), day(today));
            all.iter().map(ToString::to_string).collect()
        };
        assert_eq!(
            past("2026-02-15", "2026-12-31", "2026-10-01"),
            ["2026-Q1", "2026-Q2", "2026-Q3"]
        );
        assert_eq!(
            past("2026-02-15", "2026-12-31", "2026-09-30"),
            ["2026-Q1", "2026-Q2"]
        );
        assert_eq!(
            past("2026-02-15", "2026-04-10", "2026-04-11"),
            ["2026-Q1", "2026-Q2"],
            "the commitment is over before its last quarter is"
        );
        assert_eq!(past("2026-02-15", "2026-04-10", "2026-04-10"), ["2026-Q1"]);
        assert!(past("2026-12-01", "2027-12-01", "2026-11-26").is_empty());
        assert!(past("2026-12-01", "2026-11-01", "2027-11-26").is_empty());
    }
}
