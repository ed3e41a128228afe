//! From when to when a claim holds once accepted, and what state that gives on a date.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Claim, ClaimBody, Kind};

/// A period, both ends included; an open end holds until it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// What a period means on a given day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidityState {
    Pending,
    Valid,
    /// Ends within ninety days.
    Expiring,
    Expired,
}

impl Validity {
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    pub fn state_on(&self, day: NaiveDate) -> ValidityState {
        if day < self.from {
            return ValidityState::Pending;
        }
        match self.to {
            Some(to) if day > to => ValidityState::Expired,
            Some(to) if (to - day).num_days() <= 90 => ValidityState::Expiring,
            Some(_) | None => ValidityState::Valid,
        }
    }
}

/// The day before the anniversary `years` later. The anniversary of a 29 February in a common year is 1 March.
pub fn anniversary_eve(from: NaiveDate, years: i32) -> Option<NaiveDate> {
    let year = from.year().checked_add(years)?;
    let anniversary = from
        .with_year(year)
        .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))?;
    anniversary.checked_sub_days(Days::new(1))
}

/// End of an ESUS approval: five years, or two when the enterprise was under three years old on the application date.
/// The certificate's own end date prevails.
pub fn esus_end(
    from: NaiveDate,
    certificate_end: Option<NaiveDate>,
    applied_on: NaiveDate,
    created_on: Option<NaiveDate>,
) -> Option<NaiveDate> {
    if certificate_end.is_some() {
        return certificate_end;
    }
    let young = created_on
        .and_then(|created| anniversary_eve(created, 3))
        .is_some_and(|eve| applied_on <= eve);
    anniversary_eve(from, if young { 2 } else { 5 })
}

/// The period of an accepted claim. Where the evidence has no end date, twelve months, then renewal; the social economy by
/// legal form lasts as long as the legal form does.
pub(super) fn of_claim(claim: &Claim, stated_on: NaiveDate) -> Validity {
    match &claim.body {
        ClaimBody::Sme(_) => Validity {
            from: stated_on,
            to: anniversary_eve(stated_on, 1),
        },
        ClaimBody::Status(evidence) => {
            let from = evidence.valid_from.unwrap_or(stated_on);
            let to = match claim.kind() {
                Kind::EssStatus => evidence.valid_to,
                _ => evidence
                    .valid_to
                    .or_else(|| anniversary_eve(stated_on.max(from), 1)),
            };
            Validity { from, to }
        }
        ClaimBody::Commitment(commitment) => Validity {
            from: commitment.start,
            to: Some(commitment.end),
        },
        ClaimBody::Pledge(pledge) => {
            let from = pledge.valid_from.unwrap_or(stated_on);
            let to = pledge.valid_to.or(pledge.due).filter(|to| *to >= from);
            Validity {
                from,
                to: to.or_else(|| anniversary_eve(stated_on.max(from), 1)),
            }
        }
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
    fn an_approval_ends_the_day_before_its_anniversary() {
        assert_eq!(
            anniversary_eve(day("2024-03-15"), 5),
            Some(day("2029-03-14"))
        );
        assert_eq!(
            anniversary_eve(day("2024-01-01"), 2),
            Some(day("2025-12-31"))
        );
        assert_eq!(
            anniversary_eve(day("2024-02-29"), 5),
            Some(day("2029-02-28")),
            "the anniversary is 1 March"
        );
        assert_eq!(
            anniversary_eve(day("2024-02-29"), 4),
            Some(day("2028-02-28"))
        );
    }

    #[test]
    fn a_young_enterprise_is_approved_for_two_years_and_the_certificate_prevails() {
        let from = day("2026-06-01");
        let applied = day("2026-04-01");
        assert_eq!(
            esus_end(from, None, applied, Some(day("2023-04-02"))),
            Some(day("2028-05-31"))
        );
        assert_eq!(
            esus_end(from, None, applied, Some(day("2023-04-01"))),
            Some(day("2031-05-31"))
        );
        assert_eq!(esus_end(from, None, applied, None), Some(day("2031-05-31")));
        assert_eq!(
            esus_end(from, Some(day("2027-01-01")), applied, None),
            Some(day("2027-01-01"))
        );
    }

    #[test]
    fn both_ends_of_a_period_are_included() {
        let period = Validity {
            from: day("2026-01-01"),
            to: Some(day("2026-12-31")),
        };
        assert!(!period.contains(day("2025-12-31")));
        assert!(period.contains(day("2026-01-01")));
        assert!(period.contains(day("2026-12-31")));
        assert!(!period.contains(day("2027-01-01")));
        assert_eq!(period.state_on(day("2026-10-01")), ValidityState::Valid);
        assert_eq!(period.state_on(day("2026-10-02")), ValidityState::Expiring);
        assert_eq!(period.state_on(day("2027-01-01")), ValidityState::Expired);
        assert_eq!(period.state_on(day("2025-12-31")), ValidityState::Pending);
    }
}
