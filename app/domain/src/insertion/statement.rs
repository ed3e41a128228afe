//! Statements of insertion hours: what a company says it realised in a quarter, and what the buyer found on checking.
//!
//! A statement is never edited: a correction is a new one of the same quarter, with the next number. Until it is checked, the
//! one that the buyer accepted before keeps counting. Hours are those of the quarter alone, and never negative, so that what
//! is realised since the start never decreases.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::Quarter;
use crate::decimal::Hundredths;

/// The longest note.
pub const LONGEST_NOTE: usize = 1_000;

/// What the company says of one quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursStatement {
    /// Its rank among the statements of the commitment, from 1.
    pub number: u32,
    pub quarter: Quarter,
    pub hours: Hundredths,
    /// The evidence that the company holds, in its words.
    pub note: String,
    pub told_at: DateTime<Utc>,
    pub check: Option<HoursCheck>,
}

/// What the buyer found. Final: what was wrongly accepted is corrected by a new statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursCheck {
    pub accepted: bool,
    /// Why it was sent back.
    pub reason: String,
    pub at: DateTime<Utc>,
}

/// Where a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HoursState {
    ToCheck,
    Accepted,
    Returned,
    /// Another one of the same quarter took its place.
    Replaced,
}

/// All statements about one key of a claim, in any order. Successive commitments may bear the same key: each quarter belongs
/// to the one that began last before it was over, unless that one was closed before it began.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoursAccount {
    pub statements: Vec<HoursStatement>,
    /// The commitments that bear the key: their first days, and from when each is closed.
    pub promises: Vec<(NaiveDate, Option<NaiveDate>)>,
}

impl HoursAccount {
    /// Whether a quarter is one of the commitment that began on `start`.
    pub fn owns(&self, start: NaiveDate, quarter: Quarter) -> bool {
        let begun = self.promises.iter();
        let begun = begun.filter(|(first, _)| *first <= quarter.last_day());
        begun
            .max_by_key(|(first, _)| *first)
            .is_some_and(|(first, closed)| {
                *first == start && closed.is_none_or(|closed| closed > quarter.first_day())
            })
    }

    /// The account of the commitment that began on `start` alone.
    #[must_use]
    pub fn of(&self, start: NaiveDate) -> Self {
        let own = self.statements.iter();
        Self {
            statements: own
                .filter(|one| self.owns(start, one.quarter))
                .cloned()
                .collect(),
            promises: self.promises.clone(),
        }
    }

    /// The last statement of a quarter.
    pub fn last_of(&self, quarter: Quarter) -> Option<&HoursStatement> {
        let of_quarter = self.statements.iter().filter(|one| one.quarter == quarter);
        of_quarter.max_by_key(|one| one.number)
    }

    pub fn state(&self, statement: &HoursStatement) -> HoursState {
        let is = |other: &HoursStatement, accepted: bool| {
            other.quarter == statement.quarter
                && other.number > statement.number
                && (!accepted || other.check.as_ref().is_some_and(|check| check.accepted))
        };
        match &statement.check {
            // It counts until a later one is accepted.
            Some(check) if check.accepted => {
                if self.statements.iter().any(|other| is(other, true)) {
                    HoursState::Replaced
                } else {
                    HoursState::Accepted
                }
            }
            _ if self.statements.iter().any(|other| is(other, false)) => HoursState::Replaced,
            Some(_) => HoursState::Returned,
            None => HoursState::ToCheck,
        }
    }

    /// Hours that count: of each quarter, the last statement that the buyer accepted.
    pub fn realised(&self) -> Hundredths {
        self.sum(HoursState::Accepted)
    }

    /// Hours that wait for the buyer.
    pub fn waiting(&self) -> Hundredths {
        self.sum(HoursState::ToCheck)
    }

    /// What would count if all that waits were accepted.
    pub fn expected(&self) -> Hundredths {
        let mut by_quarter: BTreeMap<Quarter, (u32, i128)> = BTreeMap::new();
        for one in &self.statements {
            if matches!(self.state(one), HoursState::Accepted | HoursState::ToCheck) {
                let last = by_quarter.entry(one.quarter).or_default();
                *last = (*last).max((one.number, one.hours.hundredths()));
            }
        }
        Hundredths::from_hundredths(by_quarter.values().map(|(_, hours)| hours).sum())
    }

    fn sum(&self, state: HoursState) -> Hundredths {
        let of_state = self
            .statements
            .iter()
            .filter(|one| self.state(one) == state);
        let sum: i128 = of_state.map(|one| one.hours.hundredths()).sum();
        Hundredths::from_hundredths(sum)
    }

    /// Statements that the buyer has to check, oldest first.
    pub fn to_check(&self) -> Vec<&HoursStatement> {
        let all = self.statements.iter();
        let mut waiting: Vec<_> = all
            .filter(|one| self.state(one) == HoursState::ToCheck)
            .collect();
        waiting.sort_by_key(|one| one.number);
        waiting
    }
}

/// More than half as much again as was promised: a doubt, not an error.
pub fn exceeds_promise(realised: Hundredths, promised: Hundredths) -> bool {
    realised.hundredths().saturating_mul(2) > promised.hundredths().saturating_mul(3)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn statement(number: u32, quarter: &str, hours: i64, check: Option<bool>) -> HoursStatement {
        HoursStatement {
            number,
            quarter: Quarter::parse(quarter).unwrap(),
            hours: Hundredths::from_units(hours),
            note: String::new(),
            told_at: DateTime::UNIX_EPOCH,
            check: check.map(|accepted| HoursCheck {
                accepted,
                reason: String::new(),
                at: DateTime::UNIX_EPOCH,
            }),
        }
    }

    fn account(statements: Vec<HoursStatement>) -> HoursAccount {
        HoursAccount {
            statements,
            promises: vec![],
        }
    }

    #[test]
    fn a_quarter_belongs_to_the_commitment_that_began_last_before_its_end() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (first, second) = (day("2026-01-01"), day("2026-08-15"));
        let account = HoursAccount {
            statements: vec![
                statement(1, "2026-Q2", 10, Some(true)),
                statement(2, "2026-Q3", 20, Some(true)),
            ],
            promises: vec![(second, Some(day("2026-12-15"))), (first, None)],
        };
        let hours = Hundredths::from_units;
        assert_eq!(account.of(first).realised(), hours(10));
        assert_eq!(account.of(second).realised(), hours(20));
        assert!(!account.owns(first, Quarter::parse("2025-Q4").unwrap()));
        assert!(account.owns(second, Quarter::parse("2026-Q4").unwrap()));
        let after = Quarter::parse("2027-Q1").unwrap();
        assert!(
            !account.owns(second, after) && !account.owns(first, after),
            "closed before"
        );
    }

    #[test]
    fn the_last_accepted_statement_of_each_quarter_counts() {
        let account = account(vec![
            statement(1, "2026-Q1", 100, Some(true)),
            statement(2, "2026-Q1", 90, Some(true)),
            statement(3, "2026-Q1", 500, None),
            statement(4, "2026-Q2", 70, Some(false)),
            statement(5, "2026-Q3", 30, Some(true)),
            statement(6, "2026-Q3", 35, Some(false)),
        ]);
        assert_eq!(account.realised(), Hundredths::from_units(120));
        assert_eq!(account.waiting(), Hundredths::from_units(500));
        assert_eq!(account.expected(), Hundredths::from_units(530));
        let states: Vec<HoursState> = account
            .statements
            .iter()
            .map(|one| account.state(one))
            .collect();
        assert_eq!(
            states,
            [
                HoursState::Replaced,
                HoursState::Accepted,
                HoursState::ToCheck,
                HoursState::Returned,
                HoursState::Accepted,
                HoursState::Returned,
            ]
        );
        let reversed = self::account(account.statements.iter().rev().cloned().collect());
        assert_eq!(reversed.realised(), account.realised());
        assert_eq!(
            reversed
                .to_check()
                .iter()
                .map(|one| one.number)
                .collect::<Vec<_>>(),
            [3]
        );
    }

    #[test]
    fn half_as_much_again_is_no_doubt_and_more_is() {
        let hours = Hundredths::from_units;
        assert!(!exceeds_promise(hours(150), hours(100)));
        assert!(exceeds_promise(
            Hundredths::from_hundredths(15_001),
            hours(100)
        ));
        assert!(!exceeds_promise(Hundredths::ZERO, Hundredths::ZERO));
    }
}
