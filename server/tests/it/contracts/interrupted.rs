//! Imports that are stopped, taken over, or begun twice at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::contracts::Mode;
use domain::identifiers::Siren;
use serde_json::Value;
use server::contracts::Source;
use server::contracts::import::{ImportError, import};
use store::buyer::contracts::{Batch, Import};

use super::{Bench, bare, file_of, record};

fn many(count: u32) -> String {
    let records: Vec<Value> = (0..count)
        .map(|number| record(&format!("N{}", number % (count - 7)), 100 + number % 3))
        .collect();
    file_of(&records)
}

store::on_both_engines! {
    async fn an_import_that_was_stopped_goes_on_from_there(db) {
        let bench = Bench::on(&db).await;
        let path = bench.file("many.json", many(3500));
        for stop_at in [1000_u64, 2000] {
            let (buyer, clock, source) = (bench.buyer.clone(), bench.clock.clone(), Source::open(&path).unwrap());
            let reached = Arc::new(AtomicU64::new(0));
            let seen = Arc::clone(&reached);
            let running = tokio::spawn(async move {
                let siren = Siren::parse("200054807").unwrap();
                import(&buyer, &siren, source, "test", &clock, |read| seen.store(read, Ordering::SeqCst)).await
            });
            while reached.load(Ordering::SeqCst) < stop_at && !running.is_finished() {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
            running.abort();
            assert!(running.await.is_err_and(|error| error.is_cancelled()), "stopped at {stop_at}");
        }
        let imported = bench.import(&path).await.unwrap();
        assert!(imported.resumed);
        assert_eq!((imported.read, imported.kept), (3500, 3500));
        let figures = bare(bench.figures(Mode::Initial).await);

        let clean = store::testing::TestDatabase::create(db.config().engine()).await;
        let other = Bench::on(&clean).await;
        assert!(!other.import(&other.file("many.json", many(3500))).await.unwrap().resumed);
        assert_eq!(figures, bare(other.figures(Mode::Initial).await));
    }

    async fn one_file_at_a_time(db) {
        let bench = Bench::on(&db).await;
        let of = |id: &str, sha256: &str| Import {
            schema: None,
            id: id.into(), subject: "contracts", file_name: format!("{id}.json"),
            sha256: Some(sha256.into()), format: "json", size_bytes: None, by: "test".into(),
        };
        let first = bench.buyer.begin_import(&of("a", "1"), bench.clock.now()).await.unwrap();
        match bench.import(&bench.file("other.json", file_of(&[]))).await {
            Err(ImportError::Busy { file_name }) => assert_eq!(file_name, "a.json"),
            other => panic!("{other:?}"),
        }
        // The same file begun again takes it over: the first may write no more.
        let second = bench.buyer.begin_import(&of("b", "1"), bench.clock.now()).await.unwrap();
        assert_eq!((second.running.id.as_str(), second.running.owner.as_str()), ("a", "b"));
        let batch = Batch { read: 1, ..Batch::default() };
        let day = bench.clock.today();
        let session = bench.buyer.session().await.unwrap();
        assert!(session.add_records(&first.running, &batch, bench.clock.now(), day).await.is_err());
        assert!(session.add_records(&second.running, &batch, bench.clock.now(), day).await.is_ok());
        session.close().await;
        // One that gives no sign of life does not keep the others waiting for ever.
        bench.clock.advance(chrono::TimeDelta::minutes(3));
        assert!(bench.import(&bench.file("other.json", file_of(&[]))).await.is_ok());
    }
}

/// The indexes of the tables of contracts that an import may leave for its end.
async fn indexes(db: &store::testing::TestDatabase) -> usize {
    let sql = match db.config().engine() {
        store::Engine::Sqlite => "SELECT name AS name FROM sqlite_schema WHERE type = 'index'",
        store::Engine::Postgres => {
            "SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()"
        }
    };
    let names = super::texts(db, sql).await;
    let deferred = [
        "contracts_notified",
        "contracts_id",
        "contract_holders_notified",
        "contract_holders_siren",
    ];
    names
        .iter()
        .filter(|name| deferred.contains(&name.as_str()))
        .count()
}

store::on_both_engines! {
    async fn a_large_first_import_makes_its_indexes_at_its_end(db) {
        let bench = Bench::on(&db).await;
        let path = bench.file("many.json", many(1200));
        let large = |sha256: &str| Import {
            schema: None,
            id: sha256.into(), subject: "contracts", file_name: "many.json".into(),
            sha256: Some(sha256.into()), format: "json", size_bytes: Some(1 << 30), by: "test".into(),
        };
        let sha256 = Source::open(&path).unwrap().sha256;
        bench.buyer.begin_import(&large(&sha256), bench.clock.now()).await.unwrap();
        assert_eq!(indexes(&db).await, 0);
        bench.buyer.restore_indexes(bench.clock.now()).await.unwrap();
        assert_eq!(indexes(&db).await, 0, "it is under way");
        let imported = bench.import(&path).await.unwrap();
        assert_eq!((imported.read, indexes(&db).await), (1200, 4));
        // Another large file finds contracts there.
        let begun = bench.buyer.begin_import(&large("other"), bench.clock.now()).await.unwrap();
        assert_eq!(indexes(&db).await, 4);
        bench.buyer.end_import(&begun.running, None, bench.clock.now()).await.unwrap();
        // Taken back, the base is empty: the next large one leaves them out again.
        let (now, day) = (bench.clock.now(), bench.clock.today());
        bench.buyer.roll_back(&imported.import_id, "test", now, day).await.unwrap();
        let begun = bench.buyer.begin_import(&large("third"), now).await.unwrap();
        assert_eq!(indexes(&db).await, 0);
        bench.buyer.roll_back(&begun.running.id, "test", now, day).await.unwrap();
        assert_eq!(indexes(&db).await, 4, "canceled");
        // One that dies leaves them to whoever comes by.
        bench.buyer.begin_import(&large("fourth"), now).await.unwrap();
        bench.clock.advance(chrono::TimeDelta::minutes(3));
        bench.buyer.restore_indexes(bench.clock.now()).await.unwrap();
        assert_eq!(indexes(&db).await, 4);
    }
}
