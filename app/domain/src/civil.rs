//! The civil day in Paris: legal dates follow the clock of the buyer, not UTC.

use chrono::{
    DateTime, Datelike, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday,
};

/// The calendar day in Paris at this instant.
pub fn paris_day(at: DateTime<Utc>) -> NaiveDate {
    paris_time(at).date()
}

/// The wall-clock time in Paris at this instant.
pub fn paris_time(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc() + Duration::hours(paris_offset_hours(at))
}

/// The day from which silence means a refusal: two months after receipt (article L231-4 of the code on relations between
/// the public and the administration).
pub fn silence_means_refusal(received_at: DateTime<Utc>) -> NaiveDate {
    paris_day(received_at) + Months::new(2)
}

/// One hour ahead of UTC, two between the last Sundays of March and October, at 01:00 UTC.
pub fn paris_offset_hours(at: DateTime<Utc>) -> i64 {
    let year = at.year();
    let change = |month| {
        last_sunday(year, month)
            .and_time(NaiveTime::MIN)
            .and_utc()
            .checked_add_signed(Duration::hours(1))
    };
    match (change(3), change(10)) {
        (Some(spring), Some(autumn)) if at >= spring && at < autumn => 2,
        _ => 1,
    }
}

/// March and October both have 31 days.
fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year, month, 31).unwrap_or_default();
    last - Duration::days(i64::from(last.weekday().days_since(Weekday::Sun)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn paris_changes_hour_at_one_utc_on_the_last_sundays() {
        for (instant, offset) in [
            ("2026-03-29T00:59:59Z", 1),
            ("2026-03-29T01:00:00Z", 2),
            ("2026-10-25T00:59:59Z", 2),
            ("2026-10-25T01:00:00Z", 1),
            ("2027-03-28T01:00:00Z", 2),
            ("2024-10-27T01:00:00Z", 1),
            ("2026-01-01T00:00:00Z", 1),
        ] {
            assert_eq!(paris_offset_hours(at(instant)), offset, "{instant}");
        }
    }

    #[test]
    fn silence_is_counted_in_months_from_the_day_in_paris() {
        for (received, refused) in [
            ("2026-03-03T13:06:00Z", "2026-05-03"),
            ("2026-07-30T22:30:00Z", "2026-09-30"),
            ("2026-12-31T11:00:00Z", "2027-02-28"),
        ] {
            let day: NaiveDate = refused.parse().unwrap();
            assert_eq!(silence_means_refusal(at(received)), day, "{received}");
        }
    }

    #[test]
    fn the_day_in_paris_begins_before_the_day_in_utc() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(paris_day(at("2026-07-13T22:00:00Z")), day("2026-07-14"));
        assert_eq!(paris_day(at("2026-12-31T22:59:59Z")), day("2026-12-31"));
    }
}
