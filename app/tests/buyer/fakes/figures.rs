//! Figures that the fake desk shows.

use app::views::{
    BreakdownRow, ContractFilter, ContractPage, ContractRow, IndicatorsView, YearRates,
};
use domain::claims::KindSet;
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::indicators::{
    Asked, Cover, Dimension, Facts, Group, Hours, Measure, NO_KIND, Narrowing, SupplierSize, report,
};

/// A year with contracts, a flag, and the years before.
pub(crate) fn indicators() -> IndicatorsView {
    let group = |solidarity: u64, amount: i128| Group {
        in_amounts: true,
        holders: 2,
        solidarity,
        contracts: 4,
        environmental_clause: 3,
        environmental_any: 4,
        social_clause: 1,
        social_any: 2,
        amount: amount * 1_000_000,
        ..Group::default()
    };
    let facts = Facts {
        groups: vec![group(0, 900_000), group(1, 100_000)],
        cover: Cover {
            holders: 9,
            covered: 4,
            sme_by_register: 0,
        },
        hours: Hours {
            committed: 120_050,
            realised: 30_025,
        },
        flags: vec![("20005480700017".into(), "M1".into(), "DUPLICATE".into())],
        data_date: Some("2026-11-01".into()),
        ..Facts::default()
    };
    let rate = |value: i64| Some(Hundredths::from_units(value));
    IndicatorsView {
        year: 2025,
        mode: Mode::Initial,
        narrowing: Narrowing::default(),
        by: Dimension::Establishment,
        parts: vec![part("20005480700017", 600), part("20005480700025", 400)],
        years: (2016..=2026).rev().collect(),
        report: report(&asked(), &facts),
        history: [(2025, 75, 25, 5), (2024, 60, 20, 3)]
            .map(|(year, environmental, social, solidarity)| YearRates {
                year,
                contracts: Hundredths::from_units(8),
                environmental: rate(environmental),
                social: rate(social),
                solidarity: rate(solidarity),
            })
            .into(),
    }
}

fn part(key: &str, thousands: i64) -> BreakdownRow {
    BreakdownRow {
        key: key.into(),
        contracts: Hundredths::from_hundredths(350),
        amount: Hundredths::from_units(thousands * 1_000),
        environmental: Some(Hundredths::from_units(75)),
        social: None,
        solidarity: Some(Hundredths::from_units(5)),
        solidarity_amount: Hundredths::from_units(thousands * 50),
    }
}

/// The same year, by parts of a dimension, narrowed to a part of each.
pub(crate) fn narrowed(by: Dimension, keys: &[&str]) -> IndicatorsView {
    let all = Dimension::ALL.into_iter().zip([
        "A \"x\" <b>",
        "13",
        "45",
        SupplierSize::Declared.code(),
        NO_KIND,
    ]);
    IndicatorsView {
        narrowing: all.fold(Narrowing::default(), |narrowing, (dimension, key)| {
            if dimension == by {
                narrowing
            } else {
                narrowing.with(dimension, key)
            }
        }),
        by,
        parts: keys.iter().map(|key| part(key, 500)).collect(),
        ..indicators()
    }
}

/// A part of the year without contract.
pub(crate) fn empty_part() -> IndicatorsView {
    IndicatorsView {
        narrowing: Narrowing::default().with(Dimension::Place, "13"),
        ..no_indicators()
    }
}

/// A year of which nothing was imported.
pub(crate) fn no_indicators() -> IndicatorsView {
    IndicatorsView {
        report: report(&asked(), &Facts::default()),
        ..indicators()
    }
}

fn asked() -> Asked {
    Asked {
        buyer: Siren::parse("200054807").unwrap(),
        year: 2025,
        mode: Mode::Initial,
        kinds: KindSet::solidarity_default(),
        narrowing: Narrowing::default(),
    }
}

pub(crate) fn contracts(rows: usize) -> ContractPage {
    let row = |number: usize| ContractRow {
        buyer_siret: "20005480700017".into(),
        contract_id: format!("AMP-2026-{number}"),
        object: number
            .is_multiple_of(2)
            .then(|| "L’\"Atelier\" </textarea><script>alert(1)</script> & fils".into()),
        notified_on: "2025-03-01".parse().unwrap(),
        amount: (number != 1).then(|| Hundredths::from_units(40_000)),
        excluded: number == 2,
        holders: vec!["Atelier du Port".into(), "SIRET:123".into()],
        solidarity: 1,
        parties: 2,
        flags: vec!["INVALID_SIRET".into()],
    };
    ContractPage {
        filter: ContractFilter::of(2025, Mode::Initial, Measure::All),
        rows: (0..rows).map(row).collect(),
        total: rows as u64,
        pages: 1,
    }
}
