//! What is kept for a while: parked bodies, register answers, delivered messages, rate limits.

use chrono::TimeDelta;
use store::{
    accounts::Role,
    outbox::{self, NewMessage},
    parked_posts::{self, NewParkedPost},
    rate_limits::{self, Limit},
    registry_cache, routes,
};

use crate::support::{account, hash, minutes, noon};

store::on_both_engines! {
    async fn a_parked_body_comes_back_once_to_its_author_in_its_browser(db) {
        let store = db.store().await;
        let author = account(&store, "a@example.fr", Role::Supplier).await.id;
        let other = account(&store, "b@example.fr", Role::Supplier).await.id;
        let here = hash("browser");
        let new = |path: &str| NewParkedPost {
            browser: here, account: author, path: path.to_owned(), body: vec![1, 2, 255], lifetime: minutes(60),
        };
        let park = async |path: &str| {
            let new = new(path);
            store.write(|txn| async move { parked_posts::park(&txn, new, noon()).await }).await.unwrap()
        };
        let take = async |id, browser, account, at| {
            store.write(|txn| async move { parked_posts::take(&txn, id, browser, account, at).await }).await.unwrap()
        };
        let id = park("/declarations/1/taille").await;
        assert!(take(id, here, other, noon()).await.is_none());
        assert!(take(id, hash("elsewhere"), author, noon()).await.is_none());
        assert!(take(id, here, author, noon() + minutes(60)).await.is_none());
        assert_eq!(parked_posts::waiting(store.read(), here, author, noon()).await.unwrap().unwrap().id, id);
        let back = take(id, here, author, noon() + minutes(59)).await.unwrap();
        assert_eq!((back.path.as_str(), back.body), ("/declarations/1/taille", vec![1, 2, 255]));
        assert!(take(id, here, author, noon()).await.is_none(), "once");
        for n in 0..8 {
            park(&format!("/{n}")).await;
        }
        assert_eq!(db.number("SELECT count(*) FROM parked_posts").await, 5);
        let newest = parked_posts::waiting(store.read(), here, author, noon()).await.unwrap().unwrap();
        assert_eq!(newest.path, "/7");
        assert_eq!(store.write(|txn| async move { parked_posts::purge(&txn, noon() + minutes(60)).await }).await.unwrap(), 5);
    }

    async fn a_register_answer_is_replaced_by_the_next(db) {
        let store = db.store().await;
        for (body, at) in [("one", noon()), ("two", noon() + minutes(1))] {
            store.write(|txn| async move { registry_cache::put(&txn, "siren:1", body, at).await }).await.unwrap();
        }
        let answer = registry_cache::get(store.read(), "siren:1").await.unwrap().unwrap();
        assert_eq!((answer.body.as_str(), answer.fetched_at), ("two", noon() + minutes(1)));
        assert!(registry_cache::get(store.read(), "siren:2").await.unwrap().is_none());
    }

    async fn what_nobody_needs_any_more_is_forgotten(db) {
        let store = db.store().await;
        let route = |route: &str, key: &str| NewMessage {
            route: route.to_owned(),
            dedup_key: key.to_owned(),
            subject: "test".to_owned(),
            recipient: "a@example.fr".to_owned(),
            payload: serde_json::json!({}),
            available_at: noon(),
        };
        let messages = ["told", "waiting", "given up"].map(|key| route(routes::SIGN_IN, key));
        store.write(|txn| async move {
            outbox::enqueue(&txn, messages.to_vec(), noon()).await?;
            outbox::enqueue(&txn, vec![route(routes::SUPPLIER, "parked mail")], noon()).await
        }).await.unwrap();
        db.execute("UPDATE outbox SET delivered_at = created_at WHERE dedup_key = 'told'").await;
        db.execute("UPDATE outbox SET parked_at = created_at WHERE dedup_key IN ('given up', 'parked mail')").await;
        let purge = async |route: &'static str, before| {
            store.write(|txn| async move { outbox::purge(&txn, route, before).await }).await.unwrap()
        };
        assert_eq!(purge(routes::SIGN_IN, noon()).await, 0, "not yet");
        assert_eq!(purge(routes::SIGN_IN, noon() + minutes(1)).await, 2, "a link that leads nowhere is not kept, sent or not");
        assert_eq!(purge(routes::SUPPLIER, noon() + minutes(1)).await, 0, "what was given up waits for a person");
        assert_eq!(db.number("SELECT count(*) FROM outbox").await, 2);
    }

    async fn a_bucket_empties_refills_and_is_shared_by_processes(db) {
        let stores = [db.store().await, db.store().await];
        let limit = Limit { burst: 3, per: minutes(15) };
        let take = async |n: usize, key: &str, after: TimeDelta| {
            let key = hash(key);
            stores[n % 2].write(|txn| async move {
                rate_limits::take(&txn, key, limit, noon() + after).await
            }).await.unwrap()
        };
        for n in 0..3 {
            assert_eq!(take(n, "address", TimeDelta::zero()).await, Ok(()));
        }
        assert_eq!(take(3, "address", TimeDelta::zero()).await, Err(minutes(5)));
        assert_eq!(take(4, "other", TimeDelta::zero()).await, Ok(()));
        assert_eq!(take(5, "address", minutes(4)).await, Err(minutes(1)));
        assert_eq!(take(6, "address", minutes(5)).await, Ok(()));
        assert!(take(7, "address", minutes(5)).await.is_err());
    }
}
