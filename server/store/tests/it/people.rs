//! Accounts, sign-in links and sessions.

use chrono::TimeDelta;
use store::{
    StoreError,
    accounts::{self, Role},
    sessions,
    sign_in::{self, Denied, MAX_ATTEMPTS, NewLink, Proof},
};

use crate::support::{account, hash, minutes, noon, refused};

fn link(email: &str, n: u8) -> NewLink {
    NewLink {
        email: email.to_owned(),
        token: hash(&format!("token {n}")),
        code: hash(&format!("code {n}")),
        browser: hash("browser"),
        next_path: Some("/declaration".to_owned()),
        lifetime: minutes(10),
    }
}

async fn redeem(
    store: &store::Store,
    proof: Proof,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<sign_in::Redeemed, Denied> {
    store
        .write(|txn| async move { sign_in::redeem(&txn, proof, at).await })
        .await
        .unwrap()
}

store::on_both_engines! {
    async fn an_address_has_one_account(db) {
        let store = db.store().await;
        let first = account(&store, "a@example.fr", Role::Supplier).await;
        assert_eq!(accounts::by_email(store.read(), "a@example.fr").await.unwrap().as_ref(), Some(&first));
        let new = accounts::NewAccount {
            email: "a@example.fr".to_owned(),
            name: String::new(),
            quality: String::new(),
            role: Role::Reviewer,
            language: "fr".to_owned(),
        };
        let twice: Result<_, StoreError> = store.write(|txn| async move { accounts::create(&txn, new.clone(), noon()).await }).await;
        assert_eq!(refused(twice), "constraint:accounts_email_key");
    }

    async fn a_link_works_once_for_ten_minutes_in_the_browser_that_asked(db) {
        let store = db.store().await;
        let ask = |n| {
            let store = store.clone();
            async move {
                store.write(|txn| async move { sign_in::request(&txn, link("a@example.fr", n), noon()).await }).await
            }
        };
        ask(1).await.unwrap();
        let here = Proof::Link { token: hash("token 1"), browser: hash("browser") };
        let elsewhere = Proof::Link { token: hash("token 1"), browser: hash("another") };
        assert_eq!(redeem(&store, elsewhere, noon()).await, Err(Denied::Dead));
        assert_eq!(redeem(&store, here, noon() + minutes(10)).await, Err(Denied::Dead));
        let done = redeem(&store, here, noon() + minutes(9)).await.unwrap();
        assert_eq!((done.email.as_str(), done.next_path.as_deref()), ("a@example.fr", Some("/declaration")));
        assert_eq!(redeem(&store, here, noon()).await, Err(Denied::Dead));

        ask(2).await.unwrap();
        ask(3).await.unwrap();
        let older = Proof::Link { token: hash("token 2"), browser: hash("browser") };
        assert_eq!(redeem(&store, older, noon()).await, Err(Denied::Dead));
        assert_eq!(sign_in::requested_since(store.read(), "a@example.fr", noon() - minutes(1)).await.unwrap(), 3);
    }

    async fn a_code_is_counted_before_it_is_compared(db) {
        let store = db.store().await;
        store.write(|txn| async move { sign_in::request(&txn, link("a@example.fr", 1), noon()).await }).await.unwrap();
        let wrong = Proof::Code { code: hash("guess"), browser: hash("browser") };
        let right = Proof::Code { code: hash("code 1"), browser: hash("browser") };
        for left in (0..MAX_ATTEMPTS).rev() {
            assert_eq!(redeem(&store, wrong, noon()).await, Err(Denied::WrongCode { left }));
        }
        assert_eq!(redeem(&store, right, noon()).await, Err(Denied::Dead));

        store.write(|txn| async move { sign_in::request(&txn, link("a@example.fr", 2), noon()).await }).await.unwrap();
        let elsewhere = Proof::LinkAndCode { token: hash("token 2"), code: hash("code 2") };
        assert!(redeem(&store, elsewhere, noon()).await.is_ok());
    }

    async fn of_two_posts_at_once_one_signs_in(db) {
        let store = db.store().await;
        store.write(|txn| async move { sign_in::request(&txn, link("a@example.fr", 1), noon()).await }).await.unwrap();
        let proof = Proof::Link { token: hash("token 1"), browser: hash("browser") };
        let tries = (0..20).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { redeem(&store, proof, noon()).await.is_ok() })
        });
        let won = futures::future::join_all(tries).await;
        assert_eq!(won.into_iter().filter(|w| *w.as_ref().unwrap()).count(), 1);
    }

    async fn a_session_ends_when_idle_when_old_and_on_demand(db) {
        let store = db.store().await;
        let person = account(&store, "a@example.fr", Role::Reviewer).await;
        let begin = |id| {
            let store = store.clone();
            async move {
                let (idle, absolute) = (minutes(60), TimeDelta::hours(12));
                store.write(|txn| async move { sessions::begin(&txn, id, person.id, idle, absolute, noon()).await }).await.unwrap();
            }
        };
        let alive = |id, after| {
            let store = store.clone();
            async move { sessions::find(store.read(), id, noon() + after).await.unwrap().is_some() }
        };
        let (one, two, three) = (hash("one"), hash("two"), hash("three"));
        begin(one).await;
        assert!(alive(one, minutes(59)).await);
        assert!(!alive(one, minutes(60)).await);
        for hour in 0..12 {
            store.write(|txn| async move { sessions::touch(&txn, one, minutes(60), noon() + TimeDelta::hours(hour)).await }).await.unwrap();
        }
        assert!(alive(one, TimeDelta::minutes(11 * 60 + 59)).await);
        assert!(!alive(one, TimeDelta::hours(12)).await);

        begin(two).await;
        begin(three).await;
        store.write(|txn| async move { sessions::end(&txn, one).await }).await.unwrap();
        assert!(!alive(one, minutes(1)).await);
        assert!(alive(two, minutes(1)).await);
        assert_eq!(store.write(|txn| async move { sessions::end_all(&txn, person.id).await }).await.unwrap(), 2);
        assert!(!alive(three, minutes(1)).await);
    }

    async fn a_disabled_account_is_signed_out(db) {
        let store = db.store().await;
        let person = account(&store, "a@example.fr", Role::Reviewer).await;
        let id = hash("session");
        store.write(|txn| async move { sessions::begin(&txn, id, person.id, minutes(60), minutes(600), noon()).await }).await.unwrap();
        store.write(|txn| async move { accounts::disable(&txn, person.id, noon()).await }).await.unwrap();
        assert!(sessions::find(store.read(), id, noon()).await.unwrap().is_none());
        assert!(accounts::reviewers(store.read()).await.unwrap().is_empty());
    }
}
