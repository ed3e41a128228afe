//! What must hold in a case before anything is computed. Circular holdings are fine; contradictions are not.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, Figure};
use super::error::CaseError;
use super::kind::Kind;
use crate::decimal::{Hundredths, Percent};

pub(super) fn validate(case: &Case) -> Result<(), CaseError> {
    for (id, enterprise) in &case.enterprises {
        for figure in Figure::ALL {
            if enterprise
                .figure(figure)
                .is_some_and(|value| value < Hundredths::ZERO)
            {
                return Err(CaseError::NegativeFigure {
                    id: id.clone(),
                    figure,
                });
            }
        }
    }
    let target = kind_of(case, &case.target)?;
    if matches!(
        target,
        Kind::Person | Kind::PublicBody | Kind::SmallLocalAuthority
    ) {
        return Err(CaseError::TargetKind {
            id: case.target.clone(),
        });
    }
    holdings(case)?;
    let joint = case.persons_acting_jointly.iter().flatten();
    for id in case
        .persons_active_in_same_or_adjacent_market
        .iter()
        .chain(joint)
    {
        if !kind_of(case, id)?.is_person() {
            return Err(CaseError::NotAPerson { id: id.clone() });
        }
    }
    Ok(())
}

fn holdings(case: &Case) -> Result<(), CaseError> {
    let mut pairs = BTreeSet::new();
    let mut sums: BTreeMap<&str, (u128, u128)> = BTreeMap::new();
    for holding in &case.holdings {
        kind_of(case, &holding.holder)?;
        if kind_of(case, &holding.held)? == Kind::Person {
            return Err(CaseError::PersonHeld {
                id: holding.held.clone(),
            });
        }
        if holding.holder == holding.held {
            return Err(CaseError::HoldsItself {
                id: holding.held.clone(),
            });
        }
        if !pairs.insert((&holding.holder, &holding.held)) {
            return Err(CaseError::PairTwice {
                holder: holding.holder.clone(),
                held: holding.held.clone(),
            });
        }
        if holding
            .invested_eur
            .is_some_and(|value| value < Hundredths::ZERO)
        {
            return Err(CaseError::BadNumber {
                path: format!("{} → {}, invested_eur", holding.holder, holding.held),
                error: crate::decimal::DecimalError::Negative,
            });
        }
        let (capital, votes) = sums.entry(&holding.held).or_default();
        *capital += holding.capital_pct.raw();
        *votes += holding.voting_pct.raw();
    }
    for (id, (capital, votes)) in sums {
        if capital.max(votes) > Percent::HUNDRED.raw() {
            return Err(CaseError::Over100 {
                id: id.to_owned(),
                votes: capital <= Percent::HUNDRED.raw(),
            });
        }
    }
    Ok(())
}

fn kind_of(case: &Case, id: &str) -> Result<Kind, CaseError> {
    match case.enterprises.get(id) {
        Some(enterprise) => Ok(enterprise.kind),
        None => Err(CaseError::MissingEnterprise { id: id.to_owned() }),
    }
}
