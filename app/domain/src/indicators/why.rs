//! Why a validated status does not count for a contract (R11), in the terms of its dates.

use chrono::NaiveDate;

use crate::identifiers::Siret;

/// When and for whom a status holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub valid_from: NaiveDate,
    /// Included; `None`: no end.
    pub valid_to: Option<NaiveDate>,
    /// The first day on which it holds no more, whatever its end.
    pub closed_from: Option<NaiveDate>,
    /// The only establishment concerned; `None`: the whole company.
    pub siret: Option<Siret>,
}

/// What keeps a status from counting on the notification date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    Begins(NaiveDate),
    Ended(NaiveDate),
    Closed(NaiveDate),
    OtherEstablishment,
}

impl Period {
    /// `None`: it counts. The establishment is said first: on any day, another one changes nothing.
    pub fn why_not(&self, day: NaiveDate, holder: Option<&Siret>) -> Option<NotCounted> {
        if self.siret.is_some() && self.siret.as_ref() != holder {
            return Some(NotCounted::OtherEstablishment);
        }
        if self.valid_from > day {
            return Some(NotCounted::Begins(self.valid_from));
        }
        match (self.closed_from, self.valid_to) {
            (Some(closed), _) if closed <= day => Some(NotCounted::Closed(closed)),
            (_, Some(to)) if to < day => Some(NotCounted::Ended(to)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn both_ends_are_included_and_a_closure_is_not() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let siret = Siret::parse("91000002500015").unwrap();
        let period = Period {
            valid_from: day("2025-01-01"),
            valid_to: Some(day("2025-03-31")),
            closed_from: None,
            siret: None,
        };
        let why = |on: &str| period.why_not(day(on), Some(&siret));
        assert_eq!(
            why("2024-12-31"),
            Some(NotCounted::Begins(day("2025-01-01")))
        );
        assert_eq!((why("2025-01-01"), why("2025-03-31")), (None, None));
        assert_eq!(
            why("2025-04-01"),
            Some(NotCounted::Ended(day("2025-03-31")))
        );
        let closed = Period {
            closed_from: Some(day("2025-02-01")),
            ..period.clone()
        };
        assert_eq!(closed.why_not(day("2025-01-31"), None), None);
        assert_eq!(
            closed.why_not(day("2025-02-01"), None),
            Some(NotCounted::Closed(day("2025-02-01")))
        );
        let elsewhere = Period {
            siret: Some(siret.clone()),
            ..period.clone()
        };
        assert_eq!(elsewhere.why_not(day("2025-02-01"), Some(&siret)), None);
        assert_eq!(
            elsewhere.why_not(day("2025-02-01"), None),
            Some(NotCounted::OtherEstablishment)
        );
    }
}
