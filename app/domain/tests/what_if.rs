//! What a year would become if statuses that wait were accepted: the announcement is the recomputation, to the last cent.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::claims::{KindSet, Validity};
use domain::contracts::{Amount, Holder, parties};
use domain::identifiers::{Siren, Siret};
use domain::indicators::{
    Change, Facts, Figure, Group, Held, SharedContract, SharedHolder, Stake, Status, SupplierSize,
    compute, fewest, missing, rounded, stake, with_more,
};
use num_rational::BigRational;
use proptest::prelude::*;

const SIRENS: [&str; 4] = ["910000017", "910000025", "910000058", "910000082"];

fn siren(company: usize) -> Siren {
    Siren::parse(SIRENS.get(company).unwrap()).unwrap()
}

/// One of the establishments of a company.
fn siret(company: usize, establishment: usize) -> Siret {
    let siren = siren(company);
    (1..1_000)
        .filter_map(|number| Siret::parse(&format!("{siren}{number:05}")).ok())
        .nth(establishment)
        .unwrap()
}

fn day(of_year: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + Days::new(of_year)
}

fn holder(company: usize, establishment: usize) -> Holder {
    let siret = siret(company, establishment);
    Holder {
        id_type: "SIRET".to_owned(),
        id: siret.as_str().to_owned(),
        siren: Some(siren(company)),
        siret: Some(siret),
    }
}

fn contract() -> impl Strategy<Value = Held> {
    let holders = prop::collection::vec((0_usize..4, 0_usize..2), 1..4);
    let weights = prop::option::of(prop::collection::vec(1_u32..9, 4));
    (0_u64..365, 1_i128..9_000_000_000_000, holders, weights).prop_map(
        |(on, millionths, holders, weights)| {
            let holders: Vec<Holder> = holders.into_iter().map(|(c, e)| holder(c, e)).collect();
            let entries = weights.map_or_else(Vec::new, |weights| {
                parties(&holders)
                    .into_iter()
                    .zip(weights)
                    .filter_map(|(party, weight)| match party {
                        domain::contracts::Party::Siren(siren) => {
                            Some((siren.as_str().to_owned(), weight.to_string()))
                        }
                        domain::contracts::Party::Other { .. } => None,
                    })
                    .collect()
            });
            Held {
                notified_on: day(on),
                amount: Amount::from_millionths(1_000_000 + millionths),
                holders,
                entries,
            }
        },
    )
}

fn status() -> impl Strategy<Value = (usize, Status)> {
    let ends = prop::option::of(0_u64..365);
    (
        0_usize..4,
        prop::option::of(0_usize..2),
        0_u64..365,
        ends.clone(),
        ends,
    )
        .prop_map(|(company, establishment, from, to, closed)| {
            let status = Status {
                siret: establishment.map(|establishment| siret(company, establishment)),
                validity: Validity {
                    from: day(from),
                    to: to.map(|to| day(from + to)),
                },
                closed_from: closed.map(|closed| day(from + closed)),
            };
            (company, status)
        })
}

fn statuses(of: &[(usize, Status)], company: usize) -> Vec<Status> {
    of.iter()
        .filter(|(whose, _)| *whose == company)
        .map(|(_, status)| status.clone())
        .collect()
}

/// The year counted from nothing, as the buyer database would.
fn solidarity(contracts: &[Held], all: &[(usize, Status)]) -> Figure {
    let mut facts = Facts::default();
    for (number, contract) in contracts.iter().enumerate() {
        let mut counts: BTreeMap<Siren, bool> = BTreeMap::new();
        for one in &contract.holders {
            let siren = one.siren.clone().unwrap();
            let company = (0..4).find(|n| self::siren(*n) == siren).unwrap();
            let counted = statuses(all, company)
                .iter()
                .any(|status| status.counts_for(one.siret.as_ref(), contract.notified_on));
            *counts.entry(siren).or_default() |= counted;
        }
        let group = Group {
            in_amounts: true,
            holders: counts.len() as u64,
            solidarity: counts.values().filter(|counted| **counted).count() as u64,
            contracts: 1,
            amount: contract.amount.millionths(),
            ..Group::default()
        };
        facts.groups.push(group);
        if !contract.entries.is_empty() {
            facts.shared.push(SharedContract {
                buyer_siret: "20005480700017".to_owned(),
                contract_id: number.to_string(),
                notified_on: contract.notified_on,
                contract: group,
                place: String::new(),
                family: String::new(),
                entries: contract.entries.clone(),
                holders: contract
                    .holders
                    .iter()
                    .map(|one| SharedHolder {
                        holder: one.clone(),
                        solidarity: counts[one.siren.as_ref().unwrap()],
                        size: SupplierSize::Other,
                        kinds: KindSet::solidarity_default(),
                    })
                    .collect(),
            });
        }
    }
    compute(&facts).get("I3").unwrap().clone()
}

proptest! {
    #[test]
    fn what_is_announced_is_what_the_year_becomes(
        contracts in prop::collection::vec(contract(), 1..12),
        before in prop::collection::vec(status(), 0..6),
        new in prop::collection::vec(status(), 1..4),
    ) {
        let mut after = before.clone();
        after.extend(new);
        let stakes: Vec<Stake> = (0..4)
            .map(|company| stake(&contracts, &Change {
                siren: siren(company),
                before: statuses(&before, company),
                after: statuses(&after, company),
            }))
            .collect();
        let added: BigRational = stakes.iter().map(|stake| &stake.euros).sum();
        let (now, then) = (solidarity(&contracts, &before), solidarity(&contracts, &after));
        prop_assert_eq!(with_more(&now, &added), then.clone());
        // A status more never costs a euro.
        prop_assert!(stakes.iter().all(|stake| stake.euros >= BigRational::default()));
        prop_assert!(then.numerator >= now.numerator);
        // Taking them back brings the year back, whatever it was.
        let back: BigRational = (0..4)
            .map(|company| stake(&contracts, &Change {
                siren: siren(company),
                before: statuses(&after, company),
                after: statuses(&before, company),
            }).euros)
            .sum();
        prop_assert_eq!(with_more(&then, &back), now);
    }

    #[test]
    fn the_fewest_files_reach_the_target_and_one_less_does_not(
        of in 1_i64..2_000_000, part in 0_i64..60_000, euros in prop::collection::vec(1_i64..40_000, 0..9), target in 1_u8..9,
    ) {
        let figure = figure(part.min(of), of);
        let mut euros = euros;
        euros.sort_unstable_by(|a, b| b.cmp(a));
        let stakes: Vec<Stake> = euros.iter().map(|euros| Stake { euros: whole(*euros), contracts: 1 }).collect();
        let taken = fewest(&figure, target, &stakes);
        let with = |count: usize| with_more(&figure, &stakes[..count].iter().map(|stake| &stake.euros).sum());
        if missing(&with(taken), target).is_some() {
            prop_assert_eq!(taken, stakes.len());
        }
        if taken > 0 {
            prop_assert!(missing(&with(taken - 1), target).is_some());
        }
    }
}

fn whole(value: i64) -> BigRational {
    BigRational::from_integer(value.into())
}

fn figure(part: i64, of: i64) -> Figure {
    let amount = |euros: i64| i128::from(euros) * 1_000_000;
    let group = |euros: i64, solidarity: u64| Group {
        in_amounts: true,
        holders: 1,
        solidarity,
        contracts: 1,
        amount: amount(euros),
        ..Group::default()
    };
    let facts = Facts {
        groups: vec![group(part, 1), group(of - part, 0)],
        ..Facts::default()
    };
    compute(&facts).get("I3").unwrap().clone()
}

#[test]
fn the_target_is_missed_by_what_the_page_says() {
    let short = figure(30_000, 1_000_000);
    assert_eq!(missing(&short, 5), Some(whole(20_000)));
    assert_eq!(
        missing(&figure(50_000, 1_000_000), 5),
        None,
        "exactly reached"
    );
    assert_eq!(missing(&figure(0, 0), 5), None, "nothing to divide by");
    let more = with_more(&short, &whole(20_000));
    assert_eq!(rounded(&more.value.unwrap()).to_string(), "5");
}

#[test]
fn a_status_ends_by_its_date_or_by_its_closure() {
    let status = |to: Option<u64>, closed: Option<u64>| Status {
        siret: None,
        validity: Validity {
            from: day(0),
            to: to.map(day),
        },
        closed_from: closed.map(day),
    };
    assert_eq!(status(None, None).last_day(), None);
    assert_eq!(status(Some(9), None).last_day(), Some(day(9)));
    assert_eq!(status(None, Some(9)).last_day(), Some(day(8)));
    assert_eq!(status(Some(9), Some(20)).last_day(), Some(day(9)));
    let closed = status(Some(9), Some(5));
    assert_eq!(closed.last_day(), Some(day(4)));
    assert!(closed.counts_for(None, day(4)) && !closed.counts_for(None, day(5)));
}
