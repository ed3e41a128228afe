//! Frozen years that the fake desk shows.

use app::views::{
    FrozenEdition, FrozenState, FrozenView, RateChange, RestatedFilter, RestatedRow, RestatedView,
};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::indicators::{Brought, Cause, CauseSums, RestatedContract};
use domain::text::text;

use super::scenes::{HOSTILE, at};

pub(crate) const ADDRESS: &str = "/instruction/indicateurs/annees-arretees";

pub(crate) const RESTATED: &str = "/instruction/indicateurs/annees-arretees/ecarts";

/// With so many contracts that count otherwise; each has another cause.
pub(crate) fn restated(rows: usize) -> RestatedView {
    let rate = RateChange {
        before: Some(Hundredths::from_hundredths(410)),
        after: Some(Hundredths::from_hundredths(460)),
    };
    let sums = |contracts: usize| CauseSums {
        contracts: contracts as u64,
        solidarity: Hundredths::from_hundredths(-123_456),
        amount: Hundredths::ZERO,
    };
    RestatedView {
        filter: RestatedFilter::default(),
        year: 2025,
        frozen_at: at("2026-11-20T10:00:00Z"),
        other_rules: rows > 2,
        environmental: RateChange::default(),
        social: RateChange {
            before: rate.after,
            after: rate.before,
        },
        solidarity: rate,
        causes: Cause::ALL
            .into_iter()
            .take(rows)
            .map(|cause| (cause, sums(1)))
            .collect(),
        whole: if rows == 0 {
            CauseSums::default()
        } else {
            sums(rows)
        },
        rows: (0..rows.min(25)).map(changed).collect(),
        pages: 2,
    }
}

fn changed(number: usize) -> RestatedRow {
    let side = |solidarity| {
        Some(Brought {
            amount: Hundredths::from_units(5_000_000),
            solidarity: Hundredths::from_units(solidarity),
            environmental: true,
            social: false,
        })
    };
    let cause = Cause::ALL[number % Cause::ALL.len()];
    RestatedRow {
        contract: RestatedContract {
            buyer_siret: "20005480700017".into(),
            contract_id: format!("AMP-2025-{number}"),
            before: (cause != Cause::Added).then(|| side(0)).flatten(),
            after: (cause != Cause::Removed)
                .then(|| side(i64::try_from(number).unwrap()))
                .flatten(),
            causes: if cause == Cause::Several {
                vec![Cause::Amount, Cause::Clauses]
            } else {
                vec![cause]
            },
            holders: if cause == Cause::StatusGained {
                vec!["910000017".into(), HOSTILE.into()]
            } else {
                Vec::new()
            },
        },
        object: (number.is_multiple_of(2)).then(|| HOSTILE.to_owned()),
        holders: vec![HOSTILE.to_owned(), "SIRET:123".into()],
    }
}

fn state(year: i32, edition: u32, mode: Mode) -> FrozenState {
    let name = |ending: &str| format!("spaser-{year}-{edition}-{}-{ending}", mode.code());
    FrozenState {
        mode,
        environmental: Some(Hundredths::from_hundredths(5_294)),
        social: Some(Hundredths::ZERO),
        solidarity: None,
        sha256: "0f".repeat(32),
        contracts: name("marches.csv"),
        figures: name("indicateurs.json"),
    }
}

fn edition(year: i32, edition: u32) -> FrozenEdition {
    let first = edition == 1;
    FrozenEdition {
        year,
        edition,
        at: at("2026-11-20T10:00:00Z"),
        by: if first { "cli".into() } else { HOSTILE.into() },
        note: if first { String::new() } else { HOSTILE.into() },
        data_date: (!first).then(|| "2026-11-19".parse().unwrap()),
        kinds: vec!["EI".into(), "ESUS".into()],
        rule_version: "1".into(),
        states: Mode::ALL.map(|mode| state(year, edition, mode)).into(),
    }
}

pub(crate) fn none() -> FrozenView {
    FrozenView {
        editions: Vec::new(),
        page: 1,
        pages: 1,
        total: 0,
        years: vec![2026, 2025, 2024],
        columns: vec![
            ("contract_id", text("Numéro du marché", "Number")),
            ("sme", text("1 : PME ; 0 : non", "1: SME; 0: not")),
        ],
        script: "recompute.mjs",
    }
}

pub(crate) fn frozen() -> FrozenView {
    FrozenView {
        editions: vec![edition(2025, 2), edition(2025, 1), edition(2024, 1)],
        page: 2,
        pages: 3,
        total: 53,
        ..none()
    }
}
