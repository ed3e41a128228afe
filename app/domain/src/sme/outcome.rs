//! The result: categories, consolidated figures, and the explanation enterprise by enterprise.

use serde::Serialize;

use super::case::{Enterprise, Figure};
use super::explain::Reason;
use super::kind::Kind;
use super::thresholds::{Category, FrCategory};
use crate::decimal::{Hundredths, ONE_PERCENT, Percent};

/// Serialises to the JSON that programs read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub eu_category: Category,
    pub fr_category_linked_only: FrCategory,
    pub consolidated: Consolidated,
    pub explanation: Vec<Explanation>,
}

/// Figures rounded half up to two decimals, for display: the categories were decided before rounding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Consolidated {
    pub awu: Hundredths,
    pub turnover_eur: Hundredths,
    pub balance_eur: Hundredths,
}

/// What one entity of the case is to the enterprise asked about, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    pub enterprise: String,
    pub kind: Kind,
    pub relation: Relation,
    /// The share of its figures that was added; absent when nothing was.
    pub percentage: Option<Percent>,
    pub contribution: Option<Consolidated>,
    /// True when it also counts for the French category.
    pub in_french_perimeter: bool,
    /// True when a person should look at this line.
    pub manual_check: bool,
    pub reasons: Vec<Reason>,
}

/// In the order of the explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    Own,
    Linked,
    Partner,
    /// An investor that the definition sets aside.
    Exempt,
    /// A public body that counts for the 25 % rule.
    PublicBody,
    Ignored,
}

/// An exact sum: whole hundredths, and a remainder in 1/10²⁰ of a hundredth (a percentage has 18 decimals).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Exact {
    whole: i128,
    rest: u128,
}

/// The divisor of a percentage in its smallest unit.
const HUNDRED_PERCENT: u128 = 100 * ONE_PERCENT;

impl Exact {
    /// `share` of a figure. The figure is below 10¹⁷ and the share at most 10²⁰, so the product fits.
    fn share(figure: Hundredths, share: Percent) -> Self {
        let product = figure
            .hundredths()
            .unsigned_abs()
            .saturating_mul(share.raw());
        Self {
            whole: i128::try_from(product / HUNDRED_PERCENT).unwrap_or(i128::MAX),
            rest: product % HUNDRED_PERCENT,
        }
    }

    fn add(&mut self, other: Self) {
        let rest = self.rest + other.rest;
        self.rest = rest % HUNDRED_PERCENT;
        let carry = i128::from(rest >= HUNDRED_PERCENT);
        self.whole = self.whole.saturating_add(other.whole).saturating_add(carry);
    }

    /// Strictly below a number of units.
    pub(super) fn is_below(self, units: i64) -> bool {
        self.whole < i128::from(units) * 100
    }

    /// At most a number of units.
    pub(super) fn is_at_most(self, units: i64) -> bool {
        self.is_below(units) || (self.whole == i128::from(units) * 100 && self.rest == 0)
    }

    fn rounded(self) -> Hundredths {
        let up = i128::from(self.rest >= HUNDRED_PERCENT / 2);
        Hundredths::from_hundredths(self.whole.saturating_add(up))
    }
}

/// The three exact sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) awu: Exact,
    pub(super) turnover_eur: Exact,
    pub(super) balance_eur: Exact,
}

impl Totals {
    pub(super) fn from_figures(
        awu: Hundredths,
        turnover_eur: Hundredths,
        balance_eur: Hundredths,
    ) -> Self {
        let whole = |figure: Hundredths| Exact {
            whole: figure.hundredths(),
            rest: 0,
        };
        Self {
            awu: whole(awu),
            turnover_eur: whole(turnover_eur),
            balance_eur: whole(balance_eur),
        }
    }

    /// A share of the figures of an enterprise, or the first figure that is missing.
    pub(super) fn of(enterprise: &Enterprise, share: Percent) -> Result<Self, Figure> {
        let figure = |figure: Figure| match enterprise.figure(figure) {
            Some(value) => Ok(Exact::share(value, share)),
            None => Err(figure),
        };
        Ok(Self {
            awu: figure(Figure::Awu)?,
            turnover_eur: figure(Figure::TurnoverEur)?,
            balance_eur: figure(Figure::BalanceEur)?,
        })
    }

    pub(super) fn add(&mut self, other: Self) {
        self.awu.add(other.awu);
        self.turnover_eur.add(other.turnover_eur);
        self.balance_eur.add(other.balance_eur);
    }

    pub(super) fn rounded(self) -> Consolidated {
        Consolidated {
            awu: self.awu.rounded(),
            turnover_eur: self.turnover_eur.rounded(),
            balance_eur: self.balance_eur.rounded(),
        }
    }
}
