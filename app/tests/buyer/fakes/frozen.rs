//! Frozen years that the fake desk shows.

use app::views::{FrozenEdition, FrozenState, FrozenView};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::text::text;

use super::scenes::{HOSTILE, at};

pub(crate) const ADDRESS: &str = "/instruction/indicateurs/annees-arretees";

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
