//! Levers that the fake desk shows.

use app::views::{
    EndingStatus, LeversFilter, LeversView, Outcome, Share, UndeclaredPage, UndeclaredSupplier,
    WaitingFile,
};
use domain::claims::Kind;
use domain::decimal::Hundredths;
use domain::lifecycle::Status;
use uuid::Uuid;

use super::scenes::{HOSTILE, day, siren};

fn euros(units: i64) -> Hundredths {
    Hundredths::from_units(units)
}

/// So many files, all chosen, and what they do not reach.
pub(crate) fn levers(files: usize, missing: Option<i64>) -> LeversView {
    let share = |units: i64, rate: i128| Share {
        euros: euros(units),
        rate: Some(Hundredths::from_hundredths(rate)),
    };
    LeversView {
        filter: LeversFilter::default(),
        year: 2026,
        years: (2016..=2026).rev().collect(),
        target: 5,
        total: euros(4_000_000),
        files: (0..files)
            .map(|index| WaitingFile {
                id: Uuid::from_u128(0x200 + index as u128),
                reference: format!("AMP-2026-{:05}", 7 + index),
                siren: siren(),
                company_name: HOSTILE.into(),
                status: Status::Submitted,
                kinds: vec![Kind::Ei, Kind::Esus],
                euros: euros(46_000),
                contracts: 2,
                days: i64::try_from(index).unwrap(),
                chosen: true,
            })
            .collect(),
        more_files: files > 2,
        gone: files / 2,
        outcome: Outcome {
            files,
            before: share(92_000, 230),
            after: share(184_000, 460),
            points: Some(Hundredths::from_hundredths(230)),
            added: euros(92_000),
            missing: missing.map(euros),
        },
        undeclared: UndeclaredPage {
            rows: (0..files)
                .map(|index| UndeclaredSupplier {
                    siren: (index != 1).then(siren),
                    name: HOSTILE.into(),
                    amount: euros(300_000),
                    contracts: 3,
                    sme: index == 0,
                    waiting: index == 2,
                })
                .collect(),
            total: if files == 0 { 0 } else { 60 },
            pages: 3,
            amount: euros(900_000),
        },
        ending: (0..files)
            .map(|index| EndingStatus {
                siren: siren(),
                company_name: HOSTILE.into(),
                ends_on: day("2026-12-31"),
                ended: index == 0,
                contract_id: "AMP-2026-1".into(),
                object: (index != 0).then(|| HOSTILE.into()),
                contract_ends_on: day("2027-06-30"),
            })
            .collect(),
        ending_total: files * 2,
    }
}
