//! Imports taken back: the database is what it would be had the file never been read.

use serde_json::{Value, json};
use server::contracts::import::ImportError;
use store::buyer::contracts::{ImportState, RollBackRefused};
use store::testing::TestDatabase;

use super::{Bench, cases, file_of, record, today};

/// Three files that give much of the same, some of it twice.
fn files() -> [String; 3] {
    let all = cases()["marches"]["marche"].as_array().unwrap().clone();
    let some = |keep: fn(usize) -> bool| -> Vec<Value> {
        let kept = all.iter().enumerate().filter(|(at, _)| keep(*at));
        kept.map(|(_, one)| one.clone()).collect()
    };
    let mut even = some(|at| at % 2 == 0);
    even.push(even[0].clone());
    even.push(with_subcontract(record("S1", 5000)));
    let mut third = some(|at| at % 3 == 0);
    third.push(record("M2025-01", 7));
    [file_of(&even), file_of(&all), file_of(&third)]
}

fn with_subcontract(mut record: Value) -> Value {
    record["actesSousTraitance"] = json!([{"acteSousTraitance": {"id": 1, "montant": 900, "dateNotification": "2025-04-01",
        "sousTraitant": {"typeIdentifiant": "SIRET", "id": "91000002500015"}}}]);
    record
}

/// Everything that follows from the publications, without the identifiers of the imports.
async fn deduced(db: &TestDatabase) -> Vec<String> {
    let mut all = Vec::new();
    for table in [
        "contracts",
        "contract_holders",
        "contract_flags",
        "contract_modifications",
        "subcontracts",
        "(SELECT record_hash, copies, waits_until FROM contract_records) r",
        "(SELECT position, reason, record FROM quarantine) q",
    ] {
        for row in db.rows(&format!("SELECT * FROM {table}")).await {
            all.push(format!("{table} {row}"));
        }
    }
    all.sort();
    all
}

store::on_both_engines! {
    async fn an_import_taken_back_leaves_nothing_and_takes_nothing_else(db) {
        let engine = db.config().engine();
        let files = files();
        for gone in 0..files.len() {
            let whole = TestDatabase::create(engine).await;
            let bench = Bench::on(&whole).await;
            let mut ids = Vec::new();
            for file in &files {
                ids.push(bench.add("file.json", file).await.import_id);
                bench.clock.advance(chrono::TimeDelta::minutes(1));
            }
            let before = deduced(&whole).await;
            bench.buyer.roll_back(&ids[gone], "test", bench.clock.now(), today()).await.unwrap();
            let after = deduced(&whole).await;
            assert_ne!(before, after, "file {gone} brought something");

            let clean = TestDatabase::create(engine).await;
            let other = Bench::on(&clean).await;
            for (_, file) in files.iter().enumerate().filter(|(at, _)| *at != gone) {
                other.add("file.json", file).await;
            }
            assert_eq!(after, deduced(&clean).await, "without file {gone}");

            // Read again, it brings what it brought; all taken back, nothing is left.
            ids[gone] = bench.add("file.json", &files[gone]).await.import_id;
            assert_eq!(before, deduced(&whole).await, "file {gone} again");
            for id in &ids {
                bench.buyer.roll_back(id, "test", bench.clock.now(), today()).await.unwrap();
            }
            assert_eq!(deduced(&whole).await, Vec::<String>::new());
            assert_eq!(whole.number("SELECT COUNT(*) FROM import_repeats").await, 0);
        }
    }

    async fn contracts_made_anew_are_the_same(db) {
        let bench = Bench::on(&db).await;
        for file in &files() {
            bench.add("file.json", file).await;
        }
        let before = deduced(&db).await;
        db.execute("UPDATE contracts SET initial_amount = 1, social_clause = 1 - social_clause").await;
        db.execute("DELETE FROM contract_holders WHERE position = 1").await;
        db.execute("INSERT INTO contract_flags VALUES ('20005480700017', 'NOBODY', 'CONFLICT')").await;
        assert_ne!(before, deduced(&db).await);
        let keys = "(SELECT DISTINCT buyer_siret, contract_id FROM contract_records) k";
        let made = bench.buyer.rebuild_contracts(today()).await.unwrap();
        assert_eq!(i64::try_from(made).unwrap(), db.number(&format!("SELECT COUNT(*) FROM {keys}")).await);
        assert_eq!(before, deduced(&db).await);
    }

    async fn a_running_import_that_is_taken_back_stops(db) {
        let bench = Bench::on(&db).await;
        let many: Vec<Value> = (0..2500).map(|number| record(&format!("N{number}"), 100)).collect();
        let path = bench.file("many.json", file_of(&many));
        let (buyer, clock) = (bench.buyer.clone(), bench.clock.clone());
        let source = server::contracts::Source::open(&path).unwrap();
        let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
        let (go_on, waits) = std::sync::mpsc::channel::<()>();
        let running = tokio::spawn(async move {
            let siren = domain::identifiers::Siren::parse("200054807").unwrap();
            // After its first batch it waits: however fast the machine, it is taken back while it runs.
            let tell = move |read| {
                told.send(read).unwrap();
                tokio::task::block_in_place(|| waits.recv().unwrap_or_default());
            };
            server::contracts::import::import(&buyer, &siren, source, "test", &clock, tell).await
        });
        hears.recv().await.unwrap();
        let (history, _) = bench.buyer.imports(1).await.unwrap();
        assert_eq!(history[0].state, ImportState::Running);
        assert!((1000..2500).contains(&history[0].counts.read), "{:?}", history[0].counts);
        let (read, size) = history[0].progress.unwrap();
        assert!(0 < read && read < size, "{read} of {size}");
        bench.buyer.roll_back(&history[0].id, "agent", bench.clock.now(), today()).await.unwrap();
        drop(go_on);
        let stopped = running.await.unwrap();
        assert!(matches!(stopped, Err(ImportError::Stopped)), "{stopped:?}");
        assert_eq!(deduced(&db).await, Vec::<String>::new());
        let past = bench.buyer.import(&history[0].id).await.unwrap().unwrap();
        assert_eq!((past.state, past.ended_by.as_deref()), (ImportState::RolledBack, Some("agent")));
        let again = bench.buyer.roll_back(&past.id, "agent", bench.clock.now(), today()).await;
        assert!(matches!(again, Err(RollBackRefused::Already)), "{again:?}");
        // Its place is free again.
        assert_eq!(bench.import(&path).await.unwrap().kept, 2500);
    }
}
