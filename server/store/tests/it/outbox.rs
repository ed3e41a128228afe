//! The outbox: each row claimed once, late workers fenced, nothing skipped, nothing lost.

use std::{collections::HashSet, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use store::{
    Engine, Store, StoreError,
    outbox::{self, Claim, Message, NewMessage},
};
use uuid::Uuid;

use crate::support::{minutes, noon, refused};

fn message(n: usize) -> NewMessage {
    NewMessage {
        route: "mail.supplier".to_owned(),
        dedup_key: format!("key {n}"),
        subject: format!("declaration:{n}"),
        recipient: "account".to_owned(),
        payload: json!({ "n": n }),
        available_at: noon(),
    }
}

async fn fill(store: &Store, count: usize) {
    let messages: Vec<_> = (0..count).map(message).collect();
    let new = store
        .write(|txn| async move { outbox::enqueue(&txn, messages.clone(), noon()).await })
        .await
        .unwrap();
    assert_eq!(new, u64::try_from(count).unwrap());
}

async fn claim_at(
    store: &Store,
    owner: Uuid,
    limit: u64,
    lease: TimeDelta,
    now: DateTime<Utc>,
) -> Vec<Message> {
    let claim = Claim {
        owner,
        routes: &["mail.supplier"],
        limit,
        lease,
    };
    store
        .write(|txn| async move { outbox::claim(&txn, &claim, now).await })
        .await
        .unwrap()
}

async fn claim(store: &Store, limit: u64) -> Vec<Message> {
    claim_at(store, Uuid::nil(), limit, minutes(1), noon()).await
}

async fn delivered(store: &Store, message: &Message) -> bool {
    store
        .write(|txn| async move {
            outbox::delivered(&txn, message.id, message.attempt, noon(), None).await
        })
        .await
        .unwrap()
}

store::on_both_engines! {
    async fn eight_workers_claim_two_hundred_rows_each_once(db) {
        let store = db.store().await;
        fill(&store, 1600).await;
        let tasks = (0..8).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let batch = claim(&store, 10).await;
                    if batch.is_empty() { return mine; }
                    mine.extend(batch.iter().map(|m| m.id));
                }
            })
        });
        let mut all = HashSet::new();
        let mut count = 0;
        for done in futures::future::join_all(tasks).await {
            for id in done.unwrap() {
                count += 1;
                all.insert(id);
            }
        }
        assert_eq!((count, all.len()), (1600, 1600));
    }

    async fn a_message_is_written_once_by_its_key(db) {
        let store = db.store().await;
        fill(&store, 3).await;
        let again: Vec<_> = (0..4).map(message).collect();
        assert_eq!(store.write(|txn| async move { outbox::enqueue(&txn, again.clone(), noon()).await }).await.unwrap(), 1);
        let ids: Vec<_> = claim(&store, 10).await.into_iter().map(|m| m.payload["n"].clone()).collect();
        assert_eq!(ids, [json!(0), json!(1), json!(2), json!(3)]);
    }

    async fn a_worker_that_was_too_slow_changes_nothing(db) {
        let store = db.store().await;
        fill(&store, 1).await;
        let slow = claim_at(&store, Uuid::nil(), 1, TimeDelta::milliseconds(50), noon()).await.remove(0);
        assert!(claim(&store, 1).await.is_empty(), "leased");
        tokio::time::sleep(Duration::from_millis(80)).await;
        let fast = claim(&store, 1).await.remove(0);
        assert_eq!((slow.id, slow.attempt, fast.attempt), (fast.id, 1, 2));
        assert!(!delivered(&store, &slow).await);
        assert!(!store.write(|txn| async move { outbox::retry(&txn, slow.id, 1, noon(), "timeout").await }).await.unwrap());
        assert!(!store.write(|txn| async move { outbox::park(&txn, slow.id, 1, "timeout", noon()).await }).await.unwrap());
        assert!(delivered(&store, &fast).await);
        assert!(!delivered(&store, &fast).await, "twice");
    }

    async fn a_failure_waits_its_turn_then_is_parked_seen_and_taken_up_again(db) {
        let store = db.store().await;
        fill(&store, 2).await;
        let first = claim(&store, 1).await.remove(0);
        assert!(store.write(|txn| async move { outbox::retry(&txn, first.id, first.attempt, noon() + minutes(5), "smtp_451").await }).await.unwrap());
        assert_eq!(claim(&store, 10).await.len(), 1, "only the other one");
        let again = claim_at(&store, Uuid::nil(), 10, minutes(1), noon() + minutes(5)).await.remove(0);
        assert_eq!((again.id, again.attempt, again.last_error.as_deref()), (first.id, 2, Some("smtp_451")));
        assert!(store.write(|txn| async move { outbox::park(&txn, again.id, 2, "smtp_550", noon() + minutes(6)).await }).await.unwrap());

        let parked = outbox::parked(store.read(), 10).await.unwrap();
        assert_eq!((parked.len(), parked[0].last_error.as_deref()), (1, Some("smtp_550")));
        let backlog = outbox::backlog(store.read()).await.unwrap();
        assert_eq!((backlog[0].pending, backlog[0].parked, backlog[0].oldest_pending), (1, 1, Some(noon())));
        store.write(|txn| async move { outbox::unpark(&txn, again.id, noon() + minutes(7)).await }).await.unwrap();
        assert_eq!(refused(store.write(|txn| async move { outbox::unpark(&txn, again.id, noon()).await }).await), "not_found");
        assert_eq!(claim_at(&store, Uuid::nil(), 10, minutes(1), noon() + minutes(7)).await.len(), 1);
    }

    async fn a_group_given_up_is_taken_up_again_whole(db) {
        let store = db.store().await;
        fill(&store, 3).await;
        let asked = Claim { owner: Uuid::nil(), routes: &["mail.supplier"], limit: 10, lease: minutes(1) };
        let group = store.write(|txn| async move { outbox::claim_together(&txn, &asked, noon(), noon()).await }).await.unwrap();
        assert_eq!(group.len(), 3, "one recipient, one mail");
        for message in group.clone() {
            assert!(store.write(|txn| async move { outbox::park(&txn, message.id, message.attempt, "smtp_550", noon()).await }).await.unwrap());
        }
        assert!(claim_at(&store, Uuid::nil(), 10, minutes(1), noon() + minutes(5)).await.is_empty());
        // A person sees one line for each message, and takes up any of them.
        let any = group[1].id;
        store.write(|txn| async move { outbox::unpark(&txn, any, noon() + minutes(7)).await }).await.unwrap();
        assert_eq!(outbox::parked(store.read(), 10).await.unwrap().len(), 0);
        assert_eq!(claim_at(&store, Uuid::nil(), 10, minutes(1), noon() + minutes(7)).await.len(), 3);
    }

    async fn a_process_that_stops_gives_its_leases_back(db) {
        let store = db.store().await;
        fill(&store, 4).await;
        let (mine, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let held = claim_at(&store, mine, 2, minutes(10), noon()).await;
        claim_at(&store, other, 1, minutes(10), noon()).await;
        assert!(delivered(&store, &held[0]).await);
        assert_eq!(store.write(|txn| async move { outbox::release(&txn, mine).await }).await.unwrap(), 1);
        assert_eq!(claim(&store, 10).await.len(), 2);
    }

    async fn rows_committed_out_of_order_are_not_skipped(db) {
        let store = db.store().await;
        let (early, late) = (noon(), noon() + minutes(1));
        if store.engine() == Engine::Sqlite {
            // One writer at a time, so the order is that of commits; the identifiers still go backwards.
            for (n, at) in [(2, late), (1, early)] {
                store.write(|txn| async move { outbox::enqueue(&txn, vec![message(n)], at).await }).await.unwrap();
                assert_eq!(claim(&store, 10).await.len(), 1);
            }
            return;
        }
        let (opened, wait_opened) = tokio::sync::oneshot::channel();
        let (go, wait_go) = tokio::sync::oneshot::channel::<()>();
        let (opened, wait_go) = (std::sync::Mutex::new(Some(opened)), tokio::sync::Mutex::new(Some(wait_go)));
        let slow = {
            let store = store.clone();
            tokio::spawn(async move {
                let (opened, wait_go) = (&opened, &wait_go);
                store.write(|txn| async move {
                    outbox::enqueue(&txn, vec![message(1)], early).await?;
                    opened.lock().unwrap().take().unwrap().send(()).unwrap();
                    wait_go.lock().await.take().unwrap().await.unwrap();
                    Ok::<_, StoreError>(())
                }).await
            })
        };
        wait_opened.await.unwrap();
        store.write(|txn| async move { outbox::enqueue(&txn, vec![message(2)], late).await }).await.unwrap();
        let newer = claim(&store, 10).await;
        assert_eq!(newer.len(), 1);
        go.send(()).unwrap();
        slow.await.unwrap().unwrap();
        let older = claim(&store, 10).await;
        assert_eq!(older.len(), 1);
        assert!(older[0].id < newer[0].id, "the older identifier was committed later");
    }
}
