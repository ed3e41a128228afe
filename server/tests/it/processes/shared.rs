//! two processes on one `PostgreSQL` share the work, and people in front of them cannot both win.

use std::collections::HashSet;
use std::sync::Arc;

use mail_parser::MessageParser;
use store::testing::TestDatabase;
use store::{Engine, outbox};

use super::{Portal, agent, of, rounds, seller};
use crate::desks::sent;
use crate::outbox::bench::Bench;

/// Deliveries that a process says it made.
fn delivered(journal: &str) -> usize {
    journal.matches("\"outbox_delivered\"").count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_24_two_processes_share_two_hundred_messages_without_a_double() {
    let db = Arc::new(TestDatabase::create(Engine::Postgres).await);
    let bench = Bench::on(Arc::clone(&db)).await;
    let portal = Portal::new(db).await;
    bench.empty().await;
    // Both are up before there is anything to do.
    let both = [portal.serve(None), portal.serve(None)];
    let mut orders = HashSet::new();
    for _ in 0..200 {
        orders.insert(
            bench
                .order(domain::lifecycle::SupplierNotice::TakenBack)
                .await,
        );
    }
    portal
        .until_none("SELECT count(*) FROM outbox WHERE delivered_at IS NULL")
        .await;
    let mails = portal.mails.received();
    let ids: HashSet<_> = mails
        .iter()
        .map(|mail| {
            MessageParser::default()
                .parse(&mail.bytes)
                .unwrap()
                .message_id()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!((mails.len(), ids.len()), (200, 200), "each once");
    assert_eq!(
        portal
            .db
            .number("SELECT count(*) FROM outbox WHERE attempt = 1")
            .await,
        200,
        "claimed once"
    );
    let shares = both.each_ref().map(|process| delivered(&process.journal()));
    assert_eq!(shares.iter().sum::<usize>(), 200, "{shares:?}");
    assert!(
        shares.iter().all(|share| *share > 0),
        "both worked: {shares:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_21_two_agents_in_front_of_two_processes_and_one_wins_each_time() {
    let (portal, app) = Portal::on(TestDatabase::create(Engine::Postgres).await).await;
    let (_, seller) = seller(&app, "camille@demo.example.fr").await;
    let (one, desk) = agent(&app, "un@metropole.example").await;
    let (two, _) = agent(&app, "deux@metropole.example").await;
    let id = sent(&*seller).await;
    let processes = [portal.serve(None), portal.serve(None)];
    let browsers = [
        one.at(&processes[0].origin()),
        two.at(&processes[1].origin()),
    ];
    let rounds = rounds("SPASER_RACES", 60);
    for round in 0..rounds {
        let version = desk.review(id).await.unwrap().version.to_string();
        let fields = [("id", id.to_string()), ("version", version)];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let (first, second) = tokio::join!(
            browsers[0].post("/fn/start-review", &fields),
            browsers[1].post("/fn/start-review", &fields)
        );
        let won = [&first, &second].map(|page| {
            page.location()
                .is_some_and(|to| to.ends_with("?fait=examen"))
        });
        assert_eq!(
            won.iter().filter(|won| **won).count(),
            1,
            "round {round}: {:?} {:?}",
            first.location(),
            second.location()
        );
        let (winner, loser, answer) = if won[0] {
            (&browsers[0], &browsers[1], &second)
        } else {
            (&browsers[1], &browsers[0], &first)
        };
        // The loser is led to a page that says who has it.
        let told = loser.follow(answer).await;
        assert!(
            told.body.contains("Camille Martin"),
            "round {round}: {}",
            told.body
        );
        let version = desk.review(id).await.unwrap().version.to_string();
        let release = [("id", fields[0].1), ("version", version.as_str())];
        winner
            .post("/fn/release-review", &release)
            .await
            .expect_redirect(&format!("/instruction/{id}?fait=liberation"));
    }
    let rounds = i64::try_from(rounds).unwrap();
    let acts = format!(
        "SELECT count(*) FROM audit_events WHERE act = 'review_started' AND {}",
        of(id)
    );
    assert_eq!(portal.db.number(&acts).await, rounds);
    let told = outbox::by_subject(app.state.store.read(), &format!("declaration:{id}"), 10_000)
        .await
        .unwrap();
    // Received once, then one mail for each review started.
    let mails = told
        .iter()
        .filter(|message| message.route == "mail.supplier")
        .count();
    assert_eq!(i64::try_from(mails).unwrap(), rounds + 1);
}
