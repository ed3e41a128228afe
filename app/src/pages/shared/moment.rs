//! Instants as people read them: in the time of Paris, with the day in full.

use chrono::{
    DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc, Weekday,
};

use crate::i18n::{Lang, NO_BREAK, long_date};

/// The wall clock of the buyer at this instant: one hour ahead of UTC, two from the last Sunday of March to that of
/// October, changing at one o’clock UTC.
pub fn paris(at: DateTime<Utc>) -> NaiveDateTime {
    let utc = at.naive_utc();
    let change = |month| {
        last_sunday(utc.year(), month)
            .map(|day| day.and_time(NaiveTime::default()) + Duration::hours(1))
    };
    let summer = match (change(3), change(10)) {
        (Some(start), Some(end)) => start <= utc && utc < end,
        _ => false,
    };
    utc + Duration::hours(if summer { 2 } else { 1 })
}

/// Of a month of thirty-one days.
fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    let back = last.weekday().days_since(Weekday::Sun);
    last.checked_sub_signed(Duration::days(i64::from(back)))
}

/// `14 h 05` or `14:05`.
pub fn hour(lang: Lang, at: DateTime<Utc>) -> String {
    let local = paris(at);
    match lang {
        Lang::Fr => local.format("%-H\u{A0}h\u{A0}%M").to_string(),
        Lang::En => local.format("%H:%M").to_string(),
    }
}

/// `3 mars 2026 à 14 h 05`.
pub fn long_moment(lang: Lang, at: DateTime<Utc>) -> String {
    let day = long_date(lang, paris(at).date());
    let hour = hour(lang, at);
    match lang {
        Lang::Fr => format!("{day} à{NO_BREAK}{hour}"),
        Lang::En => format!("{day} at{NO_BREAK}{hour}"),
    }
}

/// The day alone.
pub fn long_day(lang: Lang, at: DateTime<Utc>) -> String {
    long_date(lang, paris(at).date())
}

/// For `<time datetime>`.
pub fn machine(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn paris_changes_its_hour_at_one_utc() {
        for (utc, local) in [
            ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59"),
            ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00"),
            ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59"),
            ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00"),
            ("2026-12-31T23:30:00Z", "2027-01-01T00:30:00"),
        ] {
            let at: DateTime<Utc> = utc.parse().unwrap();
            assert_eq!(paris(at), local.parse().unwrap(), "{utc}");
        }
    }

    #[test]
    fn a_moment_is_read_in_both_languages() {
        let at: DateTime<Utc> = "2026-03-01T13:05:00Z".parse().unwrap();
        assert_eq!(
            long_moment(Lang::Fr, at),
            "1er\u{a0}mars 2026 à\u{a0}14\u{a0}h\u{a0}05"
        );
        assert_eq!(long_moment(Lang::En, at), "1\u{a0}March 2026 at\u{a0}14:05");
    }
}
