//! The list of insertion commitments of a year: it holds what the figures count, each commitment once, however it is read.

use std::collections::HashSet;

use domain::contracts::Mode;
use serde_json::json;
use store::buyer::contracts::CommitmentHours;
use store::testing::TestDatabase;

use super::{Bench, asked, file_of, record};

/// Commitments: rank, contract, first day, hours; rank 3 comes again as a renewal, rank 5 was closed on its first day.
const PROMISED: [(u32, Option<&str>, &str, &str); 9] = [
    (1, None, "2025-01-01", "100.5"),
    (2, Some("A1"), "2024-06-01", "200"),
    (3, None, "2025-02-01", "300"),
    (3, None, "2025-09-01", "310"),
    (4, Some("A2"), "2025-03-01", "400"),
    (5, None, "2025-04-01", "500"),
    (6, Some("nowhere"), "2025-04-01", "600"),
    (7, None, "2024-12-31", "700"),
    (8, None, "2025-12-31", "0"),
];
/// Hours checked: commitment, number of the statement, quarter, hours.
const WORKED: [(u32, u32, &str, &str, &str); 6] = [
    (1, 1, "2025-01-01", "2025-03-31", "10"),
    // The correction counts, not the first.
    (1, 2, "2025-01-01", "2025-03-31", "12.25"),
    (2, 1, "2024-07-01", "2024-09-30", "50"),
    // Of the renewal, which began before the end of the quarter.
    (3, 1, "2025-07-01", "2025-09-30", "30"),
    (5, 1, "2025-04-01", "2025-06-30", "70"),
    (7, 1, "2025-01-01", "2025-03-31", "80"),
];

fn siren(rank: u32) -> String {
    let mut sirens = crate::query_counts::sirens();
    sirens.nth(rank as usize).unwrap().to_string()
}

async fn promise(db: &TestDatabase) {
    for (rank, contract, from, hours) in PROMISED {
        let (siren, key) = (siren(rank), format!("COMMITMENT {rank} ‘<é>"));
        let contract = contract.map_or("NULL".to_owned(), |id| format!("'{id}'"));
        db.execute(&format!(
            "INSERT INTO commitments (siren, claim_key, valid_from, ends_on, code, modality, contract, hours, basis,
                etp_base_hours, revision)
            VALUES ('{siren}', '{key}', '{from}', '2026-12-31', 'SOC-INS-01', 'sous_traitance', {contract}, {hours},
                'hours', 1607, 1)"
        ))
        .await;
    }
    for (rank, number, quarter, ends, hours) in WORKED {
        let (siren, key) = (siren(rank), format!("COMMITMENT {rank} ‘<é>"));
        db.execute(&format!(
            "INSERT INTO realised_hours (siren, claim_key, number, quarter, quarter_ends, hours, told_at, checked_at)
            VALUES ('{siren}', '{key}', {number}, '{quarter}', '{ends}', {hours}, '2025-10-01T00:00:00.000000Z',
                '2025-10-02T00:00:00.000000Z')"
        ))
        .await;
    }
    db.execute(&format!(
        "INSERT INTO closures (siren, claim_key, valid_from, revision, number, closed_from, cause, recorded_at)
        VALUES ('{}', 'COMMITMENT 5 ‘<é>', '2025-04-01', 1, 1, '2025-04-01', 'revoked', '2025-10-01T00:00:00.000000Z')",
        siren(5)
    ))
    .await;
}

fn shown(line: &CommitmentHours) -> (String, String, i128, i128) {
    (
        line.siren.to_string(),
        line.counted_on.to_string(),
        line.promised.hundredths(),
        line.realised.hundredths(),
    )
}

store::on_both_engines! {
    async fn the_commitments_of_a_year_add_up_to_its_figures(db) {
        let bench = Bench::on(&db).await;
        promise(&db).await;
        let mut twin = record("A1", 5);
        twin["acheteur"]["id"] = json!("20005480700025");
        twin["dateNotification"] = json!("2026-05-05");
        let mut later = record("A2", 5);
        later["dateNotification"] = json!("2026-01-05");
        bench.add("contracts.json", file_of(&[record("A1", 5), twin, later])).await;
        let asked = asked(2025, Mode::Initial);
        let found = bench.buyer.commitment_hours(&asked, 1).await.unwrap();
        let rows: Vec<_> = found.rows.iter().map(shown).collect();
        let expected = [(1, "2025-01-01", 10_050, 1_225), (3, "2025-02-01", 30_000, 0), (2, "2025-03-01", 20_000, 5_000),
            (3, "2025-09-01", 31_000, 3_000), (8, "2025-12-31", 0, 0)];
        let expected = expected.map(|(rank, day, promised, realised)| (siren(rank), day.to_owned(), promised, realised));
        assert_eq!(rows, expected, "neither closed, nor of another year, nor of a contract that nobody published");
        assert_eq!(found.total, 5);
        let facts = bench.buyer.year_facts(&asked, bench.clock.today()).await.unwrap();
        assert_eq!(facts.hours, found.hours);
        assert_eq!((found.hours.committed, found.hours.realised), (91_050, 9_225));

        for size in [1, 2, 5, 99] {
            let mut taken: Vec<CommitmentHours> = Vec::new();
            loop {
                let next = bench.buyer.commitment_hours_after(&asked, taken.last(), size).await.unwrap();
                if next.is_empty() {
                    break;
                }
                taken.extend(next);
            }
            assert_eq!(taken, found.rows, "{size} at a time");
        }
        let beyond = bench.buyer.commitment_hours(&asked, 2).await.unwrap();
        assert!(beyond.rows.is_empty() && beyond.total == 5, "a page that is not there");
        // Each is in one year, and one only.
        let mut seen = HashSet::new();
        for year in 2023..=2027 {
            let of_year = super::asked(year, Mode::Initial);
            for line in bench.buyer.commitment_hours(&of_year, 1).await.unwrap().rows {
                assert!(seen.insert((line.claim_key, line.valid_from)), "{year}");
            }
        }
        assert_eq!(seen.len(), 7, "all but the one that never held, and the one whose contract is nowhere");
    }
}
