//! The figures as programs read them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::compute::{Figures, Unit, compute};
use super::facts::Facts;
use super::narrowing::Narrowing;
use super::number::rounded;
use crate::claims::KindSet;
use crate::contracts::{Mode, RULE_VERSION};
use crate::decimal::Hundredths;
use crate::identifiers::Siren;

/// Which figures were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    pub buyer: Siren,
    pub year: i32,
    pub mode: Mode,
    pub kinds: KindSet,
    /// Empty: the whole year.
    pub narrowing: Narrowing,
}

/// One mode of one year. Amounts are euros excluding tax, rates are percentages, both rounded to two decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    pub buyer_siren: Siren,
    pub year: i32,
    pub mode: Mode,
    pub n_contracts: Hundredths,
    pub n_amount_contracts: Hundredths,
    pub env_clause_count: Hundredths,
    pub env_any_count: Hundredths,
    pub social_clause_count: Hundredths,
    pub social_any_count: Hundredths,
    pub env_clause_pct: Option<Hundredths>,
    pub env_any_pct: Option<Hundredths>,
    pub social_clause_pct: Option<Hundredths>,
    pub social_any_pct: Option<Hundredths>,
    pub amount_total: Hundredths,
    pub solidarity_amount: Hundredths,
    pub solidarity_low: Hundredths,
    pub solidarity_high: Hundredths,
    pub solidarity_pct: Option<Hundredths>,
    pub solidarity_low_pct: Option<Hundredths>,
    pub solidarity_high_pct: Option<Hundredths>,
    pub indicators: BTreeMap<&'static str, Indicator>,
    /// By number of contract; with the establishment in front when two of them use the number.
    pub flags: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Indicator {
    pub value: Option<Hundredths>,
    pub numerator: Hundredths,
    pub denominator: Option<Hundredths>,
    pub unit: &'static str,
    /// The day of the last import that ended.
    pub data_date: Option<String>,
    /// The kinds that make a solidarity enterprise.
    pub kinds: KindSet,
    pub rule_version: &'static str,
}

pub fn report(asked: &Asked, facts: &Facts) -> Report {
    let figures = compute(facts);
    let pct = |id| {
        let value = figures.get(id).and_then(|figure| figure.value.as_ref());
        value.map(rounded)
    };
    let numerator = |id| {
        let found = figures.get(id).map(|figure| rounded(&figure.numerator));
        found.unwrap_or_default()
    };
    let whole = figures
        .get("I3")
        .and_then(|figure| figure.denominator.as_ref());
    Report {
        buyer_siren: asked.buyer.clone(),
        year: asked.year,
        mode: asked.mode,
        n_contracts: rounded(&figures.contracts),
        n_amount_contracts: rounded(&figures.amount_contracts),
        env_clause_count: numerator("I1"),
        env_any_count: numerator("I1w"),
        social_clause_count: numerator("I2"),
        social_any_count: numerator("I2w"),
        env_clause_pct: pct("I1"),
        env_any_pct: pct("I1w"),
        social_clause_pct: pct("I2"),
        social_any_pct: pct("I2w"),
        amount_total: whole.map(rounded).unwrap_or_default(),
        solidarity_amount: numerator("I3"),
        solidarity_low: numerator("I3low"),
        solidarity_high: numerator("I3high"),
        solidarity_pct: pct("I3"),
        solidarity_low_pct: pct("I3low"),
        solidarity_high_pct: pct("I3high"),
        indicators: indicators(asked, facts, &figures),
        flags: flags(facts, &figures),
    }
}

fn indicators(
    asked: &Asked,
    facts: &Facts,
    figures: &Figures,
) -> BTreeMap<&'static str, Indicator> {
    figures
        .list
        .iter()
        .map(|figure| {
            let indicator = Indicator {
                value: figure.value.as_ref().map(rounded),
                numerator: rounded(&figure.numerator),
                denominator: figure.denominator.as_ref().map(rounded),
                unit: Unit::code(figure.unit),
                data_date: facts.data_date.clone(),
                kinds: asked.kinds.clone(),
                rule_version: RULE_VERSION,
            };
            (figure.id, indicator)
        })
        .collect()
}

fn flags(facts: &Facts, figures: &Figures) -> BTreeMap<String, BTreeSet<String>> {
    let ignored = figures.shares_ignored.iter().map(|(buyer, contract)| {
        (
            buyer,
            contract,
            crate::contracts::Flag::SharesIgnored.code(),
        )
    });
    let found = facts
        .flags
        .iter()
        .map(|(buyer, contract, code)| (buyer, contract, code.as_str()));
    let mut by_contract: BTreeMap<&String, BTreeMap<&String, BTreeSet<String>>> = BTreeMap::new();
    for (buyer, contract, code) in found.chain(ignored) {
        by_contract
            .entry(contract)
            .or_default()
            .entry(buyer)
            .or_default()
            .insert(code.to_owned());
    }
    let mut flags = BTreeMap::new();
    for (contract, by_buyer) in by_contract {
        let alone = by_buyer.len() == 1;
        for (buyer, codes) in by_buyer {
            let name = if alone {
                contract.clone()
            } else {
                format!("{buyer}/{contract}")
            };
            flags.insert(name, codes);
        }
    }
    flags
}
