//! The arithmetic and the bounds of insertion hours (`domain.md` 4.1, 4.2 and 4.6), in hundredths, rounded half up.

use chrono::NaiveDate;

use crate::decimal::{Hundredths, Percent};

/// Legal annual working time: the default base of a full-time equivalent.
pub const LEGAL_YEAR_HOURS: u32 = 1_607;
/// Hours that a clause may count for one full-time equivalent a year: the legal year, those of the State for EI and ETTI, and
/// paid hours, 35 a week over 52 weeks, which are those of ACI too (`domain.md` 4.2).
pub const ETP_BASES: [u32; 4] = [LEGAL_YEAR_HOURS, 1_505, 1_600, 1_820];
/// No single commitment goes beyond.
pub const HOURS_CEILING: Hundredths = Hundredths::from_units(200_000);
/// More hours for one person in one year is an error; more than the legal year is a warning.
pub const HOURS_PER_PERSON_YEAR: u32 = 1_821;

/// What an hour of labour costs on average, in euros: hours beyond the labour of a contract are a doubt.
pub const HOURLY_LABOUR_COST: u32 = 30;

/// Whether a volume is within `0 < h ≤ 200 000`.
pub fn check_hours(hours: Hundredths) -> bool {
    hours > Hundredths::ZERO && hours <= HOURS_CEILING
}

/// Full-time equivalents: hours ÷ base, to two decimals.
pub fn etp(hours: Hundredths, base: u32) -> Option<Hundredths> {
    rounded(hours.hundredths(), i128::from(base)).map(Hundredths::from_hundredths)
}

pub fn hours_from_etp(etp: Hundredths, base: u32) -> Hundredths {
    Hundredths::from_hundredths(etp.hundredths().saturating_mul(i128::from(base)))
}

/// Hours that are a share of the labour hours of a contract.
pub fn hours_from_rate(rate: Percent, reference: Hundredths) -> Option<Hundredths> {
    let raw = i128::try_from(rate.raw())
        .ok()?
        .checked_mul(reference.hundredths())?;
    let hundred_percent = i128::try_from(Percent::HUNDRED.raw()).ok()?;
    rounded(raw, hundred_percent).map(Hundredths::from_hundredths)
}

/// Sizing of a clause: amount excl. tax × labour share × insertion rate ÷ hourly labour cost, in whole hours.
pub fn suggested_hours(
    amount: Hundredths,
    labour_share: Percent,
    rate: Percent,
    hourly_cost: Hundredths,
) -> Option<i128> {
    let unit = i128::try_from(Percent::HUNDRED.raw() / 1_000_000).ok()?;
    let micro = |percent: Percent| i128::try_from(percent.raw()).ok().map(|raw| raw / unit);
    let numerator = amount
        .hundredths()
        .checked_mul(micro(labour_share)?)?
        .checked_mul(micro(rate)?)?;
    rounded(
        numerator,
        hourly_cost.hundredths().checked_mul(1_000_000_000_000)?,
    )
}

/// Whether the hours, at the average cost, stay within the labour share of the amount.
pub fn hours_fit_amount(hours: Hundredths, amount: Hundredths, labour_share: Percent) -> bool {
    let labour = i128::try_from(labour_share.raw())
        .ok()
        .and_then(|raw| raw.checked_mul(amount.hundredths()));
    let cost = i128::try_from(Percent::HUNDRED.raw())
        .ok()
        .and_then(|hundred| hundred.checked_mul(i128::from(HOURLY_LABOUR_COST)))
        .and_then(|unit| unit.checked_mul(hours.hundredths()));
    match (cost, labour) {
        (Some(cost), Some(labour)) => cost <= labour,
        // Beyond what can be counted: not for a rule to doubt.
        _ => true,
    }
}

/// Whether the hours can be worked by so many persons over the period.
pub fn hours_fit_persons(
    hours: Hundredths,
    persons: u32,
    start: NaiveDate,
    end: NaiveDate,
    yearly: u32,
) -> bool {
    let days = i128::from((end - start).num_days().max(0)) + 1;
    // hours ≤ persons × yearly × days ÷ 365
    hours.hundredths().saturating_mul(365) <= i128::from(persons) * i128::from(yearly) * 100 * days
}

/// `numerator ÷ denominator`, rounded half up; both positive.
fn rounded(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator <= 0 {
        return None;
    }
    numerator
        .checked_mul(2)?
        .checked_add(denominator)?
        .checked_div(denominator.checked_mul(2)?)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn number(text: &str) -> Hundredths {
        Hundredths::parse_input(text).unwrap()
    }

    fn percent(text: &str) -> Percent {
        Percent::parse_input(text).unwrap()
    }

    #[test]
    fn full_time_equivalents_follow_the_legal_year() {
        for (hours, expected) in [
            ("1607", "1"),
            ("803,5", "0,50"),
            ("1820,04", "1,13"),
            ("4356", "2,71"),
        ] {
            assert_eq!(
                etp(number(hours), LEGAL_YEAR_HOURS),
                Some(number(expected)),
                "{hours}"
            );
        }
        assert_eq!(etp(number("1"), 0), None);
    }

    #[test]
    fn a_clause_is_sized_by_the_published_formula() {
        assert_eq!(
            suggested_hours(number("1000000"), percent("50"), percent("5"), number("30")),
            Some(833)
        );
        assert_eq!(
            suggested_hours(
                number("1500000"),
                percent("70"),
                percent("10"),
                number("30")
            ),
            Some(3_500)
        );
        assert_eq!(
            suggested_hours(number("1"), percent("1"), percent("1"), Hundredths::ZERO),
            None
        );
    }

    #[test]
    fn hours_are_compared_with_the_labour_of_the_contract() {
        let fits =
            |hours, amount, share| hours_fit_amount(number(hours), number(amount), percent(share));
        assert!(fits("1000", "100000", "30"), "30,000 € of labour");
        assert!(!fits("1000,01", "100000", "30"));
        assert!(!fits("1", "0", "50"));
        assert!(fits("200000", "1000000000000000", "100"));
    }

    #[test]
    fn a_share_of_labour_hours_becomes_hours() {
        assert_eq!(
            hours_from_rate(percent("5"), number("16666,67")),
            Some(number("833,33"))
        );
        assert_eq!(
            hours_from_rate(percent("33,33"), number("0")),
            Some(Hundredths::ZERO)
        );
    }

    #[test]
    fn the_bounds_of_hours_are_exclusive_at_zero_and_inclusive_at_the_ceiling() {
        assert!(!check_hours(Hundredths::ZERO));
        assert!(check_hours(number("0,01")));
        assert!(check_hours(number("200000")));
        assert!(!check_hours(number("200000,01")));
    }

    #[test]
    fn hours_a_person_are_bounded_by_the_period() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (start, end) = (day("2026-01-01"), day("2026-12-31"));
        let month = |hours: &str| {
            let end = day("2026-01-31");
            hours_fit_persons(number(hours), 1, start, end, HOURS_PER_PERSON_YEAR)
        };
        assert!(month("154,65"), "1,821 × 31 ÷ 365");
        assert!(!month("154,67"));
        assert!(hours_fit_persons(
            number("1821"),
            1,
            start,
            end,
            HOURS_PER_PERSON_YEAR
        ));
        assert!(!hours_fit_persons(
            number("1821,01"),
            1,
            start,
            end,
            HOURS_PER_PERSON_YEAR
        ));
        assert!(hours_fit_persons(
            number("3642"),
            1,
            start,
            day("2027-12-31"),
            HOURS_PER_PERSON_YEAR
        ));
        assert!(!hours_fit_persons(
            number("1"),
            0,
            start,
            end,
            HOURS_PER_PERSON_YEAR
        ));
    }
}
