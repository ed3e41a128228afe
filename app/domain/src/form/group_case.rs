//! From the lines of the group to cases of the SME rules, one for each closed period; and back, from what the rules refuse to the
//! field that can mend it.

use std::collections::BTreeMap;

use super::rules::{parse_decimal, parse_percent};
use super::{Answers as _, FieldError, GroupRow, Rule, SizeStep};
use crate::decimal::Percent;
use crate::sme::{
    Case, CaseError, Category, Control, Enterprise, Figure, Holding, Kind, Outcome, named,
    simulate, two_periods,
};

/// The declaring company in its own case.
const TARGET: &str = "declarant";

/// What the names of the figures of each period start with, the last closed one first.
const PERIODS: [&str; 3] = ["", "previous_", "earlier_"];

/// The size that the answers give, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// The status under the two-period rule.
    pub status: Category,
    /// The category of each period alone, the oldest first; the first may be what the supplier said of it.
    pub by_period: Vec<Category>,
    /// The last closed period, enterprise by enterprise.
    pub outcome: Outcome,
    pub case: Case,
}

impl SizeStep {
    /// The figures of the last closed period as a case of the SME rules; `None` while an answer is missing or wrong.
    pub fn case(&self) -> Option<Case> {
        self.case_of("")
    }

    /// The cases of the periods before, the oldest first.
    pub(super) fn earlier_cases(&self) -> Option<Vec<Case>> {
        let before = PERIODS.iter().take(self.period_count()).skip(1).rev();
        before.map(|period| self.case_of(period)).collect()
    }

    /// The category under the two-period rule and the arithmetic behind it, with `ours` for the declaring company.
    pub fn computed(&self, ours: &str) -> Option<Computed> {
        let mut by_period = vec![];
        for case in self.earlier_cases()? {
            by_period.push(simulate(&case).ok()?.eu_category);
        }
        if by_period.is_empty() {
            by_period.extend(Category::from_name(&self.previous_category));
        }
        let case = named(&self.case()?, ours);
        let outcome = simulate(&case).ok()?;
        by_period.push(outcome.eu_category);
        Some(Computed {
            status: two_periods(&by_period).last().copied()?,
            by_period,
            outcome,
            case,
        })
    }

    /// Who holds whom as far as the answers say, for a drawing: figures and percentages may be missing.
    pub fn sketch(&self, ours: &str) -> Case {
        let mut case = Case {
            target: TARGET.to_owned(),
            ..Case::default()
        };
        let own = Enterprise::without_figures(Kind::Enterprise);
        case.enterprises.insert(TARGET.to_owned(), own);
        if self.group == "yes" && self.rows.len() <= Self::MOST_LINES {
            let ids = self.ids();
            for (row, id) in self.rows.iter().zip(ids.iter().flatten()) {
                let kind = Kind::from_name(&row.kind).unwrap_or_default();
                case.enterprises
                    .insert(id.clone(), Enterprise::without_figures(kind));
            }
            for (rank, row) in self.rows.iter().enumerate() {
                let holding = self.holding(rank, row, &ids);
                let new = |holding: &Holding| {
                    let twice =
                        |one: &Holding| one.holder == holding.holder && one.held == holding.held;
                    holding.holder != holding.held && !case.holdings.iter().any(twice)
                };
                if let Some(holding) = holding.filter(new) {
                    case.holdings.push(holding);
                }
            }
        }
        named(&case, ours)
    }

    fn case_of(&self, period: &str) -> Option<Case> {
        let own = |figure: Figure| parse_decimal(&self.answer(&field(period, figure)));
        let own = Enterprise {
            kind: Kind::Enterprise,
            awu: Some(own(Figure::Awu)?),
            turnover_eur: Some(own(Figure::TurnoverEur)?),
            balance_eur: Some(own(Figure::BalanceEur)?),
        };
        let mut case = Case {
            target: TARGET.to_owned(),
            ..Case::default()
        };
        case.enterprises.insert(TARGET.to_owned(), own);
        if self.group != "yes" {
            return Some(case);
        }
        // A group of which nothing is said yet, or a line whose share is still to come, has no size: it would look like none.
        let started = self.rows.iter().all(GroupRow::says_who_holds);
        if self.rows.is_empty() || self.rows.len() > Self::MOST_LINES || !started {
            return None;
        }
        let ids = self.ids();
        let mut together: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (rank, row) in self.rows.iter().enumerate() {
            case.holdings.push(self.holding(rank, row, &ids)?);
            let Some(id) = ids.get(rank).cloned().flatten() else {
                continue;
            };
            if row.kind == "person" {
                if row.market == "yes" {
                    case.persons_active_in_same_or_adjacent_market
                        .push(id.clone());
                }
                if !row.jointly.is_empty() {
                    together.entry(&row.jointly).or_default().push(id.clone());
                }
            }
            case.enterprises.insert(id, self.member(row, period)?);
        }
        case.persons_acting_jointly = together
            .into_values()
            .filter(|persons| persons.len() > 1)
            .collect();
        Some(case)
    }

    /// The name of each line in the case, made unique by its rank; a holding between two lines has none.
    fn ids(&self) -> Vec<Option<String>> {
        let id = |(rank, row): (usize, &GroupRow)| {
            let name = match row.name.trim() {
                "" => "…",
                name => name,
            };
            (!row.is_link()).then(|| format!("{name} ({})", rank + 1))
        };
        self.rows.iter().enumerate().map(id).collect()
    }

    fn member(&self, row: &GroupRow, period: &str) -> Option<Enterprise> {
        let figure = |figure: Figure| {
            let name = field(period, figure);
            let asked = self.asked_of(row, &name);
            parse_decimal(&row.answer(&name)).filter(|_| asked)
        };
        Some(Enterprise {
            kind: Kind::from_name(&row.kind)?,
            awu: figure(Figure::Awu),
            turnover_eur: figure(Figure::TurnoverEur),
            balance_eur: figure(Figure::BalanceEur),
        })
    }

    /// The holder and the held of a line; `None` when it names a line that is gone.
    fn ends(
        &self,
        rank: usize,
        row: &GroupRow,
        ids: &[Option<String>],
    ) -> Option<(String, String)> {
        let id_of = |code: &str| ids.get(self.line(code)?).cloned().flatten();
        let this = if row.is_link() {
            id_of(&row.of)?
        } else {
            ids.get(rank).cloned().flatten()?
        };
        let other = match row.with.as_str() {
            "" => TARGET.to_owned(),
            code => id_of(code)?,
        };
        Some(if row.holds() {
            (this, other)
        } else {
            (other, this)
        })
    }

    fn holding(&self, rank: usize, row: &GroupRow, ids: &[Option<String>]) -> Option<Holding> {
        let (holder, held) = self.ends(rank, row, ids)?;
        // One of the two percentages is enough: they are nearly always the same.
        let percent = |typed: &str, other: &str| {
            let typed = if typed.trim().is_empty() {
                other
            } else {
                typed
            };
            if typed.trim().is_empty() {
                Some(Percent::ZERO)
            } else {
                parse_percent(typed)
            }
        };
        let invested = self
            .asked_of(row, "invested_eur")
            .then(|| parse_decimal(&row.invested_eur));
        Some(Holding {
            holder,
            held,
            capital_pct: percent(&row.capital_pct, &row.voting_pct)?,
            voting_pct: percent(&row.voting_pct, &row.capital_pct)?,
            control: Control::from_name(&row.control),
            invested_eur: invested.flatten(),
        })
    }

    /// What the rules refuse of the whole, beside the field that can mend it.
    pub(super) fn wrong_group(&self) -> Option<FieldError> {
        PERIODS.iter().take(self.period_count()).find_map(|period| {
            let error = simulate(&self.case_of(period)?).err()?;
            Some(self.beside(error, period))
        })
    }

    fn beside(&self, error: CaseError, period: &str) -> FieldError {
        let ids = self.ids();
        let line = |id: &str| ids.iter().position(|known| known.as_deref() == Some(id));
        let at = |rank: Option<usize>, name: &str| match rank {
            Some(rank) => format!("rows[{rank}][{name}]"),
            None => "rows".to_owned(),
        };
        // The last line that ties the two, or that brings a share in the one held.
        let tie = |holder: Option<&str>, held: &str| {
            (0..self.rows.len()).rev().find(|rank| {
                let ends = self
                    .rows
                    .get(*rank)
                    .and_then(|row| self.ends(*rank, row, &ids));
                ends.is_some_and(|ends| {
                    ends.1 == held && holder.is_none_or(|holder| ends.0 == holder)
                })
            })
        };
        let (path, rule) = match &error {
            CaseError::MissingFigure { id, figure } if id == TARGET => {
                (field(period, *figure), Rule::Required)
            }
            CaseError::MissingFigure { id, figure } => {
                let name = field(period, *figure);
                (at(line(id), &name), Rule::FigureNeeded)
            }
            CaseError::HoldsItself { id } => (at(line(id), "with"), Rule::HoldsItself),
            CaseError::PersonHeld { id } => (at(tie(None, id), "with"), Rule::PersonHeld),
            CaseError::PairTwice { holder, held } => {
                (at(tie(Some(holder), held), "with"), Rule::HeldTwice)
            }
            CaseError::Over100 { id, votes } => {
                let name = if *votes { "voting_pct" } else { "capital_pct" };
                let rule = Rule::OverHundred { votes: *votes };
                (at(tie(None, id), name), rule)
            }
            _ => ("rows".to_owned(), Rule::Group(error)),
        };
        FieldError { path, rule }
    }
}

/// The name of a figure of a period, in the step and in a line.
fn field(period: &str, figure: Figure) -> String {
    format!("{period}{}", figure.name())
}
