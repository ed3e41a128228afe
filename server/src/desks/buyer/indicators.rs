//! The figures of a year and the contracts behind them, read from the buyer database.

use app::views::{
    BreakdownRow, ContractFilter, ContractPage, ContractRow, FiguresFilter, IndicatorsView,
    YearRates,
};
use chrono::Datelike;
use domain::claims::KindSet;
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::indicators::{
    Asked, BreakdownPart, Facts, Narrowing, breakdown, compute, report, rounded,
};
use store::buyer::contracts::ContractLine;

use super::super::error::DeskError;
use super::{BuyerService, pages};
use crate::contracts::export::euros;

/// How many years a page compares.
const YEARS: i32 = 5;
/// No essential data were published before.
const FIRST_YEAR: i32 = 2016;

impl BuyerService {
    pub(super) fn asked(&self, year: i32, mode: Mode) -> Result<Asked, DeskError> {
        let buyer = Siren::parse(&self.0.state.config.site.buyer_siren)
            .map_err(|_| DeskError::App(app::error::AppError::NotFound))?;
        Ok(Asked {
            buyer,
            year,
            mode,
            kinds: KindSet::solidarity_default(),
            narrowing: Narrowing::default(),
        })
    }

    /// A year that may hold contracts; the present one when none is given.
    pub(super) fn year(&self, asked: Option<i32>) -> i32 {
        let present = self.0.today().year();
        asked.unwrap_or(present).clamp(FIRST_YEAR, present)
    }

    /// Years that may be asked for, the latest first.
    pub(super) fn years(&self) -> Vec<i32> {
        (FIRST_YEAR..=self.0.today().year()).rev().collect()
    }

    pub(super) async fn read_indicators(
        &self,
        filter: &FiguresFilter,
    ) -> Result<IndicatorsView, DeskError> {
        let (now, today) = (self.0.now(), self.0.today());
        let year = self.year(filter.year);
        let asked = Asked {
            narrowing: filter.narrowing.clone(),
            ..self.asked(year, filter.mode)?
        };
        let buyer = &self.0.state.buyer;
        buyer.prepare(now).await?;
        let years = buyer.years_facts(&asked, year - YEARS + 1, today).await?;
        let history = years
            .iter()
            .rev()
            .map(|(year, facts)| rates(*year, facts))
            .filter(|rates| rates.contracts > Hundredths::ZERO)
            .collect();
        let facts = years.get(&year).cloned().unwrap_or_default();
        let groups = buyer.broken_down(&asked, today, filter.by).await?;
        let mut parts: Vec<BreakdownRow> = breakdown(filter.by, groups, &facts)
            .into_iter()
            .map(part)
            .collect();
        parts.sort_by_key(|part| std::cmp::Reverse((part.amount, part.contracts)));
        Ok(IndicatorsView {
            year,
            mode: filter.mode,
            narrowing: filter.narrowing.clone(),
            by: filter.by,
            parts,
            years: self.years(),
            report: report(&asked, &facts),
            history,
        })
    }

    pub(super) async fn read_contracts(
        &self,
        filter: ContractFilter,
    ) -> Result<ContractPage, DeskError> {
        let given = (filter.year != 0).then_some(filter.year);
        let filter = ContractFilter {
            year: self.year(given),
            ..filter
        };
        let asked = Asked {
            narrowing: filter.narrowing.clone(),
            ..self.asked(filter.year, filter.mode)?
        };
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let page = u64::from(filter.page.max(1));
        let found = buyer
            .contract_lines(
                &asked,
                self.0.today(),
                filter.measure,
                filter.supplier.as_ref(),
                page,
            )
            .await?;
        Ok(ContractPage {
            filter,
            rows: found.rows.into_iter().map(row).collect(),
            total: found.total,
            pages: pages(found.total),
        })
    }
}

fn rates(year: i32, facts: &Facts) -> YearRates {
    let figures = compute(facts);
    let rate = |id| {
        let value = figures.get(id).and_then(|figure| figure.value.as_ref());
        value.map(rounded)
    };
    YearRates {
        year,
        contracts: rounded(&figures.contracts),
        environmental: rate("I1"),
        social: rate("I2"),
        solidarity: rate("I3"),
    }
}

fn part(part: BreakdownPart) -> BreakdownRow {
    let figures = part.figures;
    let rate = |id| {
        let value = figures.get(id).and_then(|figure| figure.value.as_ref());
        value.map(rounded)
    };
    let solidarity = figures.get("I3");
    BreakdownRow {
        key: part.key,
        contracts: rounded(&figures.contracts),
        amount: solidarity
            .and_then(|figure| figure.denominator.as_ref())
            .map(rounded)
            .unwrap_or_default(),
        environmental: rate("I1"),
        social: rate("I2"),
        solidarity: rate("I3"),
        solidarity_amount: solidarity
            .map(|figure| rounded(&figure.numerator))
            .unwrap_or_default(),
    }
}

fn row(line: ContractLine) -> ContractRow {
    ContractRow {
        buyer_siret: line.buyer_siret,
        contract_id: line.contract_id,
        object: line.object,
        notified_on: line.notified_on,
        amount: line.amount.map(euros),
        excluded: line.excluded,
        holders: line.holder_names,
        solidarity: line.solidarity,
        parties: line.holders,
        flags: line.flags,
    }
}
