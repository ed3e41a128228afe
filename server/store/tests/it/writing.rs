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
