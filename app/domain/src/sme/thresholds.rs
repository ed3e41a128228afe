//! Ceilings: European category, two-period rule, French category.

use serde::{Deserialize, Serialize};

use super::outcome::Totals;
use crate::decimal::Hundredths;
use crate::text::{Text, text};

/// Category of the Recommendation 2003/361/EC. A smaller category is less than a greater one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    Micro,
    Small,
    Medium,
    NotSme,
}

impl Category {
    pub const ALL: [Self; 4] = [Self::Micro, Self::Small, Self::Medium, Self::NotSme];

    /// The name in the files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Micro => "micro",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::NotSme => "not_sme",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|category| category.name() == name)
    }

    pub const fn is_sme(self) -> bool {
        !matches!(self, Self::NotSme)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Micro => text("microentreprise", "micro enterprise"),
            Self::Small => text("petite entreprise", "small enterprise"),
            Self::Medium => text("moyenne entreprise", "medium-sized enterprise"),
            Self::NotSme => text("pas une PME", "not an SME"),
        }
    }

    /// Staff strictly below, and turnover or balance sheet total at most; in units and euros. None above the SME.
    pub const fn ceilings(self) -> Option<(i64, i64, i64)> {
        match self {
            Self::Micro => Some((10, 2_000_000, 2_000_000)),
            Self::Small => Some((50, 10_000_000, 10_000_000)),
            Self::Medium => Some((250, 50_000_000, 43_000_000)),
            Self::NotSme => None,
        }
    }
}

/// Category of the French decree 2008-1354.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FrCategory {
    #[serde(rename = "MIC")]
    Mic,
    #[serde(rename = "PME")]
    Pme,
    #[serde(rename = "ETI")]
    Eti,
    #[serde(rename = "GE")]
    Ge,
}

impl FrCategory {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mic => "MIC",
            Self::Pme => "PME",
            Self::Eti => "ETI",
            Self::Ge => "GE",
        }
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Mic => text("microentreprise (MIC)", "micro enterprise (MIC)"),
            Self::Pme => text(
                "petite ou moyenne entreprise (PME)",
                "small or medium-sized enterprise (PME)",
            ),
            Self::Eti => text(
                "entreprise de taille intermédiaire (ETI)",
                "intermediate-sized enterprise (ETI)",
            ),
            Self::Ge => text("grande entreprise (GE)", "large enterprise (GE)"),
        }
    }
}

/// The category of one period, for an enterprise alone.
pub fn raw_category(
    awu: Hundredths,
    turnover_eur: Hundredths,
    balance_eur: Hundredths,
) -> Category {
    raw(&Totals::from_figures(awu, turnover_eur, balance_eur))
}

/// The French category of the last closed year.
pub fn french_category(
    awu: Hundredths,
    turnover_eur: Hundredths,
    balance_eur: Hundredths,
) -> FrCategory {
    french(&Totals::from_figures(awu, turnover_eur, balance_eur))
}

pub(super) fn raw(totals: &Totals) -> Category {
    Category::ALL
        .into_iter()
        .find(|category| {
            category
                .ceilings()
                .is_some_and(|ceilings| fits(totals, ceilings))
        })
        .unwrap_or(Category::NotSme)
}

/// Why an enterprise is not of the category just below its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exceeded {
    pub(super) below: Category,
    pub(super) staff: bool,
    /// Both amounts; one alone is harmless.
    pub(super) money: bool,
}

/// The ceilings that decide; nothing exceeds those of a micro enterprise that is one.
pub(super) fn exceeded(totals: &Totals) -> Option<Exceeded> {
    let category = raw(totals);
    let below = Category::ALL
        .into_iter()
        .rev()
        .find(|below| *below < category)?;
    let (staff, turnover, balance) = below.ceilings()?;
    Some(Exceeded {
        below,
        staff: !totals.awu.is_below(staff),
        money: !totals.turnover_eur.is_at_most(turnover) && !totals.balance_eur.is_at_most(balance),
    })
}

pub(super) fn french(totals: &Totals) -> FrCategory {
    if fits(totals, (10, 2_000_000, 2_000_000)) {
        FrCategory::Mic
    } else if fits(totals, (250, 50_000_000, 43_000_000)) {
        FrCategory::Pme
    } else if fits(totals, (5000, 1_500_000_000, 2_000_000_000)) {
        FrCategory::Eti
    } else {
        FrCategory::Ge
    }
}

/// Exceeding one money ceiling is harmless, exceeding both is not.
fn fits(totals: &Totals, (staff, turnover, balance): (i64, i64, i64)) -> bool {
    totals.awu.is_below(staff)
        && (totals.turnover_eur.is_at_most(turnover) || totals.balance_eur.is_at_most(balance))
}

/// The status period by period, oldest first: a level changes only when two consecutive periods agree (article 4(2)).
/// A change of ownership applies at once and is not for this function: start a new sequence there.
pub fn two_periods(raw: &[Category]) -> Vec<Category> {
    const LEVELS: [Category; 3] = [Category::Micro, Category::Small, Category::Medium];
    let Some(first) = raw.first() else {
        return Vec::new();
    };
    let mut levels = LEVELS.map(|level| *first <= level);
    let mut previous = *first;
    raw.iter()
        .map(|current| {
            for (held, level) in levels.iter_mut().zip(LEVELS) {
                if (*current <= level) == (previous <= level) {
                    *held = *current <= level;
                }
            }
            previous = *current;
            LEVELS
                .into_iter()
                .zip(levels)
                .find_map(|(level, held)| held.then_some(level))
                .unwrap_or(Category::NotSme)
        })
        .collect()
}
