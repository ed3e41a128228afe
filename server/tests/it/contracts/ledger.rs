//! Payments of the ledger: read in several forms, credits included, each counted with the status valid on its day.

use std::path::Path;

use domain::contracts::Mode;
use domain::indicators::{from_ledger, report};
use serde_json::{Value, json};
use server::contracts::ledger::{Field, Imported, Options, WrongMapping, import, mapping};
use store::testing::TestDatabase;

use super::{Bench, CASES, asked, today};

const CSV: &str = "N° mandat;Date de paiement;SIRET fournisseur;Montant HT;Direction
M1;15/01/2025;91000001700012;1 000,00;Voirie
M2;2025-03-31;91000004100012;500,50;Voirie
M3;2025-04-01;91000004100012;500,00;Espaces verts
M4;2025-06-01;91000001700012;-200,00;Voirie
M5;2025-07-01;73282932000074;300,00;Voirie
M6;2024-12-31;91000001700012;9 999,00;Voirie
";

async fn add(bench: &Bench, path: &Path, options: &Options) -> Imported {
    import(&bench.buyer, path, options, "test", &bench.clock)
        .await
        .unwrap()
}

async fn figures(bench: &Bench, year: i32) -> Value {
    let asked = asked(year, Mode::Initial);
    let contracts = bench.buyer.year_facts(&asked, today()).await.unwrap();
    let ledger = bench.buyer.ledger_facts(&asked).await.unwrap();
    serde_json::to_value(from_ledger(report(&asked, &contracts), &ledger)).unwrap()
}

async fn payments(db: &TestDatabase) -> i64 {
    db.number("SELECT COUNT(*) FROM payments").await
}

store::on_both_engines! {
    async fn each_payment_counts_with_the_status_of_its_day(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("contracts.json", CASES).await;
        let path = bench.file("ledger.csv", CSV);
        let dry = add(&bench, &path, &Options { dry_run: true, ..Options::default() }).await;
        assert_eq!((dry.dry_run, dry.read, dry.created, payments(&db).await), (true, 6, 0, 0));
        let done = add(&bench, &path, &Options::default()).await;
        assert_eq!((done.read, done.created, done.unchanged, done.rejected.len()), (6, 6, 0, 0));

        // 1 000 + 500.50 (the status ends on 31 March, inclusive) - 200, of 2 100.50 in all.
        let found = figures(&bench, 2025).await;
        assert_eq!(found["indicators"]["I3"]["numerator"], json!(1300.5));
        assert_eq!(found["indicators"]["I3"]["denominator"], json!(2100.5));
        assert_eq!((&found["solidarity_pct"], &found["amount_total"]), (&json!(61.91), &json!(2100.5)));
        // What a ledger says nothing of is as from the contracts.
        let contracts = bench.figures(Mode::Initial).await;
        for kept in ["I1", "I2", "I4", "I7"] {
            assert_eq!(found["indicators"][kept], contracts["indicators"][kept], "{kept}");
        }
        assert_eq!(found["env_clause_pct"], contracts["env_clause_pct"]);
        assert_eq!(figures(&bench, 2023).await["solidarity_pct"], Value::Null);
    }

    async fn the_same_file_twice_and_two_alike_lines(db) {
        let bench = Bench::on(&db).await;
        let twice = format!("{CSV}M1;15/01/2025;91000001700012;1 000,00;Voirie\n");
        let first = add(&bench, &bench.file("a.csv", &twice), &Options::default()).await;
        assert_eq!((first.created, payments(&db).await), (7, 7));
        let again = add(&bench, &bench.file("b.csv", &twice), &Options::default()).await;
        assert_eq!((again.created, again.unchanged, payments(&db).await), (0, 7, 7));
        add(&bench, &bench.file("c.csv", CSV), &Options::default()).await;
        // Taken back one after the other, what another file gave stays.
        let (history, _) = bench.buyer.imports(1).await.unwrap();
        for (import, left) in history.iter().rev().zip([7, 6, 0]) {
            bench.buyer.roll_back(&import.id, "test", bench.clock.now(), today()).await.unwrap();
            assert_eq!(payments(&db).await, left);
        }
    }

    async fn a_bad_line_is_named_and_nothing_is_written(db) {
        let bench = Bench::on(&db).await;
        let path = bench.file("ledger.csv", format!("{CSV}M7;31/02/2025;91000001700012;5;Voirie\nM8;01/02/2025;91000001700013;5;\n"));
        let refused = add(&bench, &path, &Options::default()).await;
        let named: Vec<_> = refused.rejected.iter().map(|one| (one.line, one.field, one.code)).collect();
        assert_eq!(named, [(8, "date", "invalid_date"), (9, "supplier", "invalid")]);
        assert_eq!((refused.created, payments(&db).await), (0, 0));
        let partial = add(&bench, &path, &Options { partial: true, ..Options::default() }).await;
        assert_eq!((partial.created, partial.rejected.len(), payments(&db).await), (6, 2, 6));
    }

    async fn a_mapping_told_once_is_remembered(db) {
        let bench = Bench::on(&db).await;
        let odd = "qui,quand,combien\n910000017,2025-01-15,10\n";
        let told = ["supplier=qui", "date=Quand", "amount=combien"].map(str::to_owned).to_vec();
        let options = Options { columns: told, ..Options::default() };
        assert_eq!(add(&bench, &bench.file("a.csv", odd), &options).await.created, 1);
        let next = bench.file("b.csv", "qui,quand,combien\n910000017,2025-02-15,10\n");
        let done = add(&bench, &next, &Options::default()).await;
        assert_eq!((done.created, &done.mapping[&Field::Date]), (1, &"quand".to_owned()));
    }
}

#[test]
fn a_column_that_cannot_be_found_is_asked_for() {
    let headings = ["qui", "quand", "combien"].map(str::to_owned);
    assert_eq!(
        mapping(&headings, &[], None),
        Err(WrongMapping::Missing("supplier"))
    );
    let told = |text: &str| [text.to_owned()];
    let unknown = mapping(&headings, &told("date=jamais"), None);
    assert_eq!(unknown, Err(WrongMapping::Unknown("jamais".into())));
    for wrong in ["date", "when=quand"] {
        let refused = mapping(&headings, &told(wrong), None);
        assert_eq!(refused, Err(WrongMapping::Malformed(wrong.into())));
    }
}
