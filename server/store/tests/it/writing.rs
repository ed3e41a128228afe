//! Transactions: one helper writes, readers cannot, writers wait for each other, the chain holds.

use std::time::Duration;

use serde_json::json;
use store::{
    Engine, Store, StoreError,
    accounts::{self, NewAccount, Role},
    audit::{self, Entry, Verdict},
    queries,
};

use crate::support::{account, noon, refused};

fn entry(n: u32) -> Entry {
    Entry {
        actor: "system".to_owned(),
        act: "tested".to_owned(),
        subject: format!("test:{n}"),
        details: json!({ "n": n, "texte": "é « ’ »" }),
        at: noon(),
    }
}

fn person(email: String) -> NewAccount {
    NewAccount {
        email,
        name: String::new(),
        quality: String::new(),
        role: Role::Supplier,
        language: "fr".to_owned(),
    }
}

store::on_both_engines! {
    async fn work_that_fails_leaves_nothing(db) {
        let store = db.store().await;
        let failed: Result<(), StoreError> = store.write(|txn| async move {
            accounts::create(&txn, person("a@example.fr".to_owned()), noon()).await?;
            txn.audit(entry(1));
            Err(StoreError::NotFound)
        }).await;
        assert_eq!(refused(failed), "not_found");
        assert_eq!(db.number("SELECT count(*) FROM accounts").await, 0);
        assert_eq!(db.number("SELECT count(*) FROM audit_events").await, 0);
    }

    async fn migrating_twice_and_at_once_is_harmless(db) {
        let stores = futures::future::join_all((0..4).map(|_| async {
            let store = Store::connect(db.config()).await.unwrap();
            assert!(!store.pending_migrations().await.unwrap().is_empty());
            store
        })).await;
        let tasks = stores.iter().map(|store| { let store = store.clone(); tokio::spawn(async move { store.migrate().await }) });
        for done in futures::future::join_all(tasks).await {
            done.unwrap().unwrap();
        }
        stores[0].migrate().await.unwrap();
        assert!(stores[0].pending_migrations().await.unwrap().is_empty());
    }

    async fn two_processes_writing_wait_for_each_other(db) {
        let stores = [db.store().await, db.store().await];
        let tasks = (0..8).map(|writer| {
            let store = stores[writer % 2].clone();
            tokio::spawn(async move {
                for n in 0..25 {
                    let email = format!("{writer}-{n}@example.fr");
                    store.write(|txn| async move {
                        // Reads first, then writes: a deferred transaction would fail here.
                        assert!(accounts::by_email(&txn, &email).await?.is_none());
                        tokio::time::sleep(Duration::from_micros(300)).await;
                        txn.audit(entry(n));
                        accounts::create(&txn, person(email.clone()), noon()).await
                    }).await.unwrap();
                }
            })
        });
        for done in futures::future::join_all(tasks).await {
            done.unwrap();
        }
        assert_eq!(db.number("SELECT count(*) FROM accounts").await, 200);
        let verdict = audit::verify(stores[0].read(), None).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole(Some(head)) if head.seq == 200), "{verdict:?}");
    }

    async fn statements_are_counted(db) {
        let store = db.store().await;
        let before = store.statements();
        let ((), count) = queries::count(async {
            accounts::list(store.read(), None, 10).await.unwrap();
            accounts::reviewers(store.read()).await.unwrap();
        }).await;
        assert_eq!(count, 2);
        assert_eq!(store.statements() - before, 2);
    }

    async fn the_trail_refuses_changes_and_names_the_row_that_was_tampered_with(db) {
        let store = db.store().await;
        for n in 1..=5 {
            store.write(|txn| async move { txn.audit(entry(n)); Ok::<_, StoreError>(()) }).await.unwrap();
        }
        let head = audit::head(store.read()).await.unwrap();
        assert_eq!(audit::verify(store.read(), head).await.unwrap(), Verdict::Whole(head));
        for sql in ["UPDATE audit_events SET act = 'x' WHERE seq = 3", "DELETE FROM audit_events WHERE seq = 3"] {
            assert_eq!(refused(db.try_execute(sql).await), "constraint:audit_events_append_only");
        }
        disarm(&db).await;
        let broken = async |sql: &str, seq: i64| {
            db.execute("CREATE TABLE kept AS SELECT * FROM audit_events").await;
            db.execute(sql).await;
            assert_eq!(audit::verify(store.read(), head).await.unwrap(), Verdict::BrokenAt { seq }, "{sql}");
            db.execute("DELETE FROM audit_events").await;
            db.execute("INSERT INTO audit_events SELECT * FROM kept").await;
            db.execute("DROP TABLE kept").await;
        };
        broken("UPDATE audit_events SET details = '{}' WHERE seq = 2", 2).await;
        broken("UPDATE audit_events SET actor = 'reviewer:x' WHERE seq = 5", 5).await;
        broken("DELETE FROM audit_events WHERE seq = 1", 1).await;
        broken("DELETE FROM audit_events WHERE seq = 3", 3).await;
        // A cut tail leaves a chain that is whole in itself; the head noted earlier betrays it.
        broken("DELETE FROM audit_events WHERE seq = 5", 5).await;
        broken("DELETE FROM audit_events", 1).await;
        assert_eq!(audit::verify(store.read(), head).await.unwrap(), Verdict::Whole(head));
        let events = audit::of_subject(store.read(), "test:2", &[], 10).await.unwrap();
        assert_eq!(events[0].details["n"], 2);
    }

    async fn instants_survive_and_sort(db) {
        let store = db.store().await;
        let at = noon() + chrono::TimeDelta::nanoseconds(123_456_789);
        let made = store.write(|txn| async move { accounts::create(&txn, person("b@example.fr".to_owned()), at).await }).await.unwrap();
        let read = accounts::by_id(store.read(), made.id).await.unwrap().unwrap();
        assert_eq!(made, read);
        account(&store, "a@example.fr", Role::Supplier).await;
        // Noon sharp, without a fraction, sorts before noon and a fraction.
        let rows = db.rows("SELECT email FROM accounts ORDER BY created_at").await;
        assert_eq!(rows[0]["email"], "a@example.fr");
    }
}

store::on_both_engines! {
    async fn a_reader_cannot_write(db) {
        let store = db.store().await;
        let sql = "DELETE FROM accounts";
        let failed = sea_orm::ConnectionTrait::execute_unprepared(store.read(), sql).await;
        let failed = StoreError::from(failed.unwrap_err());
        assert!(matches!(failed, StoreError::Unavailable(_)), "{failed:?}");
    }
}

/// connections cut at random moments leave no half state, and the pool heals.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_connections_lose_nothing_and_heal() {
    let db = store::testing::TestDatabase::create(Engine::Postgres).await;
    let store = db.store().await;
    let writers = (0..4).map(|writer| {
        let store = store.clone();
        tokio::spawn(async move {
            let (mut done, mut cut) = (0, 0);
            for n in 0..60 {
                let email = format!("{writer}-{n}@example.fr");
                let written: Result<_, StoreError> = store
                    .write(|txn| async move {
                        let made = accounts::create(&txn, person(email), noon()).await?;
                        txn.audit(entry(n));
                        Ok(made)
                    })
                    .await;
                match written {
                    Ok(_) => done += 1,
                    Err(StoreError::Unavailable(_)) => cut += 1,
                    Err(error) => panic!("{error:?}"),
                }
            }
            (done, cut)
        })
    });
    let writers = writers.collect::<Vec<_>>();
    while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").await;
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    let (mut done, mut cut) = (0, 0);
    for writer in writers {
        let (d, c) = writer.await.unwrap();
        done += d;
        cut += c;
    }
    assert!(cut > 0, "nothing was cut");
    let (accounts, events) = (
        db.number("SELECT count(*) FROM accounts").await,
        db.number("SELECT count(*) FROM audit_events").await,
    );
    assert_eq!(accounts, events, "each account has its event");
    // A commit whose answer was lost may have happened: never fewer than were acknowledged.
    assert!(
        accounts >= done && accounts <= done + cut,
        "{accounts} rows, {done} acknowledged, {cut} cut"
    );
    let start = std::time::Instant::now();
    account(&store, "after@example.fr", Role::Supplier).await;
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(matches!(
        audit::verify(store.read(), None).await.unwrap(),
        Verdict::Whole(Some(_))
    ));
}

/// Two transactions that lock in opposite orders: `PostgreSQL` gives one up, and it is done again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadlock_is_done_again() {
    let db = store::testing::TestDatabase::create(Engine::Postgres).await;
    let store = db.store().await;
    let a = account(&store, "a@example.fr", Role::Supplier).await.id;
    let b = account(&store, "b@example.fr", Role::Supplier).await.id;
    let runs = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    let both = [(a, b), (b, a)].map(|(first, second)| {
        let (store, runs) = (store.clone(), runs.clone());
        tokio::spawn(async move {
            let runs = &runs;
            store
                .write(|txn| async move {
                    runs.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    accounts::set_language(&txn, first, "en").await?;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    accounts::set_language(&txn, second, "en").await
                })
                .await
        })
    });
    for done in futures::future::join_all(both).await {
        done.unwrap().unwrap();
    }
    assert!(
        runs.load(std::sync::atomic::Ordering::Relaxed) >= 3,
        "no deadlock happened"
    );
}

/// Takes the triggers away, as only the owner of the database could.
async fn disarm(db: &store::testing::TestDatabase) {
    if db.config().engine() == Engine::Postgres {
        db.execute("ALTER TABLE audit_events DISABLE TRIGGER ALL")
            .await;
    } else {
        db.execute("DROP TRIGGER audit_events_no_update").await;
        db.execute("DROP TRIGGER audit_events_no_delete").await;
    }
}

#[tokio::test]
async fn a_second_process_on_one_sqlite_file_gets_no_workers() {
    let db = store::testing::TestDatabase::create(Engine::Sqlite).await;
    let (first, second) = (db.store().await, db.store().await);
    let held = first.lock_workers().unwrap();
    assert!(held.is_some());
    assert!(second.lock_workers().unwrap().is_none());
    drop(held);
    assert!(second.lock_workers().unwrap().is_some());
}

#[tokio::test]
async fn on_postgresql_every_process_has_workers() {
    let db = store::testing::TestDatabase::create(Engine::Postgres).await;
    let (first, second) = (db.store().await, db.store().await);
    let held = first.lock_workers().unwrap();
    assert!(held.is_some() && second.lock_workers().unwrap().is_some());
}
