//! The outbox's workers: retried, parked, fenced, never starved, and stopped without loss.

mod acts;
pub(crate) mod bench;
mod crash;

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use domain::lifecycle::{BuyerNotice, SupplierNotice};
use server::outbox::{Batch, Deliver, Failure, Outcome, Report, Route, Settings};
use store::BuyerMail;
use uuid::Uuid;

use crate::mail::server::{MailServer, Play, Step};
use bench::{Bench, impatient, quick};

/// Notes what it is given and plays what it is told.
struct Played<F> {
    play: F,
    given: Arc<Mutex<Vec<Uuid>>>,
}

#[async_trait]
impl<F> Deliver for Played<F>
where
    F: Fn(usize) -> Result<Outcome, Failure> + Send + Sync,
{
    async fn deliver(&self, batch: &Batch) -> Result<Outcome, Failure> {
        let before = {
            let mut given = self.given.lock().unwrap();
            given.extend(batch.messages().map(|message| message.id));
            given.len() - 1
        };
        (self.play)(before)
    }
}

/// Panics on one message.
struct Cursed(Uuid, Arc<AtomicUsize>);
#[async_trait]
impl Deliver for Cursed {
    async fn deliver(&self, batch: &Batch) -> Result<Outcome, Failure> {
        if batch.first.id == self.0 {
            self.1.fetch_add(1, Ordering::SeqCst);
            panic!("this message is cursed");
        }
        Ok(Outcome::Delivered)
    }
}

/// So slow that another process takes its message over.
struct Slow(store::Store, server::clock::Clock);
#[async_trait]
impl Deliver for Slow {
    async fn deliver(&self, _: &Batch) -> Result<Outcome, Failure> {
        // Meanwhile the lease ends, and another process takes the message over.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let claim = store::outbox::Claim {
            owner: Uuid::from_u128(9),
            routes: &["mail.supplier"],
            limit: 10,
            lease: TimeDelta::minutes(1),
        };
        let now = self.1.now();
        let taken = self
            .0
            .write(async |txn| store::outbox::claim(&txn, &claim, now).await)
            .await
            .unwrap();
        assert_eq!(taken.len(), 1, "the lease was over");
        Ok(Outcome::Delivered)
    }
}

fn only(report: Report) -> [u64; 5] {
    [
        report.delivered,
        report.moot,
        report.retried,
        report.parked,
        report.lost,
    ]
}

store::on_both_engines! {
    async fn r_11_a_panic_is_counted_retried_then_parked_and_the_others_go_on(db) {
        let bench = Bench::on(db).await;
        let cursed = bench.order(SupplierNotice::TakenBack).await;
        let panics = Arc::new(AtomicUsize::new(0));
        let settings = Settings { schedule: impatient(), ..quick() };
        let worker = bench.worker_of(Cursed(cursed, Arc::clone(&panics)), settings);
        let fine = bench.order(SupplierNotice::ReviewStarted).await;
        assert_eq!(only(worker.drain_once().await.unwrap()), [1, 0, 1, 0, 0]);
        assert!(bench.row(fine).await.1);
        bench.drain_for(&worker, 8, TimeDelta::seconds(2)).await;
        assert_eq!(panics.load(Ordering::SeqCst), 5, "the fault fired at each attempt");
        assert_eq!(bench.row(cursed).await, (5, false, true, "panic".to_owned()));
        let after = bench.order(SupplierNotice::TakenBack).await;
        assert_eq!(only(worker.drain_once().await.unwrap()), [1, 0, 0, 0, 0]);
        assert!(bench.row(after).await.1);
    }

    async fn a_delivery_that_never_ends_is_cut_and_tried_again(db) {
        struct Endless;
        #[async_trait]
        impl Deliver for Endless {
            async fn deliver(&self, _: &Batch) -> Result<Outcome, Failure> {
                std::future::pending().await
            }
        }
        let bench = Bench::on(db).await;
        let id = bench.order(SupplierNotice::TakenBack).await;
        let worker = bench.worker_of(Endless, Settings { delivery: Duration::from_millis(100), ..quick() });
        assert_eq!(only(worker.drain_once().await.unwrap()), [0, 0, 1, 0, 0]);
        assert_eq!(bench.row(id).await, (1, false, false, "timeout".to_owned()));
    }

    async fn r_08_a_worker_whose_lease_was_lost_marks_nothing(db) {
        let bench = Bench::on(db).await;
        let id = bench.order(SupplierNotice::TakenBack).await;
        let thief = bench.store.clone();
        let clock = bench.clock.clone();
        let settings = Settings { lease: TimeDelta::milliseconds(100), ..quick() };
        let worker = bench.worker_of(Slow(thief, clock), settings);
        assert_eq!(only(worker.drain_once().await.unwrap()), [0, 0, 0, 0, 1]);
        assert_eq!(bench.row(id).await, (2, false, false, String::new()));
    }

    async fn r_16_what_fails_for_three_days_is_parked_with_its_reason(db) {
        let bench = Bench::on(db).await;
        let id = bench.order(SupplierNotice::TakenBack).await;
        let given = Arc::default();
        let worker = bench.worker_of(
            Played { play: |_| Err(Failure::later("smtp_421")), given: Arc::clone(&given) },
            quick(),
        );
        bench.drain_for(&worker, 73 * 4, TimeDelta::minutes(15)).await;
        let (attempts, delivered, parked, reason) = bench.row(id).await;
        assert_eq!((delivered, parked, reason.as_str()), (false, true, "smtp_421"));
        assert!((100..=300).contains(&attempts), "{attempts}");
        assert_eq!(given.lock().unwrap().len(), usize::try_from(attempts).unwrap());
    }

    async fn r_24_two_workers_share_two_hundred_messages_without_a_double(db) {
        let bench = Bench::on(db).await;
        bench.empty().await;
        for _ in 0..200 {
            bench.order(SupplierNotice::TakenBack).await;
        }
        let given = Arc::default();
        let played = || Played { play: |_| Ok(Outcome::Delivered), given: Arc::clone(&given) };
        let (one, two) = (bench.worker_of(played(), quick()), bench.worker_of(played(), quick()));
        let (one, two) = tokio::join!(one.drain_once(), two.drain_once());
        assert_eq!(one.unwrap().delivered + two.unwrap().delivered, 200);
        let given = given.lock().unwrap();
        assert_eq!((given.len(), given.iter().collect::<HashSet<_>>().len()), (200, 200));
    }

    async fn several_notices_for_an_agent_are_one_mail_and_one_for_another_is_his_own(db) {
        let bench = Bench::on(db).await;
        let server = MailServer::good().await;
        let worker = bench.worker(&bench.smtp(server.port), quick()).await;
        let other = bench::account(&bench.store, "second@metropole.example", store::accounts::Role::Reviewer, "en").await;
        for notice in [BuyerNotice::NewSubmission { revision: 1 }, BuyerNotice::TakenBack, BuyerNotice::Withdrawn] {
            tell(&bench, bench.reviewer.id, notice).await;
        }
        tell(&bench, other.id, BuyerNotice::NewSubmission { revision: 1 }).await;
        assert_eq!(only(worker.drain_once().await.unwrap()), [4, 0, 0, 0, 0]);
        let mut mails = server.received();
        mails.sort_by_key(|mail| mail.recipients.clone());
        assert_eq!(mails.len(), 2);
        let parsed = |n: usize| mail_parser::MessageParser::default().parse(&mails[n].bytes).unwrap().into_owned();
        assert_eq!(parsed(0).subject(), Some("3 nouvelles des fournisseurs"));
        let text = parsed(0).body_text(0).unwrap().into_owned();
        for word in ["à examiner", "reprise par le fournisseur", "retirée par le fournisseur", "/instruction/"] {
            assert!(text.contains(word), "{text}");
        }
        assert!(parsed(1).subject().unwrap().starts_with("To examine: Les Éclaireurs d’Aix"));
    }

    async fn a_message_of_an_unknown_route_is_parked_in_sight(db) {
        let bench = Bench::on(db).await;
        let stray = bench.enqueue("mail.of_tomorrow", "x", &serde_json::json!({})).await;
        let given = Arc::default();
        let worker = bench.worker_of(Played { play: |_| Ok(Outcome::Delivered), given: Arc::clone(&given) }, quick());
        assert_eq!(worker.park_strays().await.unwrap(), 1);
        assert_eq!(bench.row(stray).await, (1, false, true, "route_unknown".to_owned()));
        assert_eq!(worker.park_strays().await.unwrap(), 0);
        assert!(given.lock().unwrap().is_empty());
    }

    async fn lanes_deliver_on_a_hint_and_give_back_what_they_hold_at_the_end(db) {
        let bench = Bench::on(db).await;
        let stuck = bench.order(SupplierNotice::TakenBack).await;
        let server = MailServer::start(|step, nth| match step {
            Step::Dot if nth == 0 => Play::Stall,
            _ => Play::Well,
        })
        .await;
        // Without a hint nobody would look for a minute.
        let settings = Settings { poll: Duration::from_mins(1), stopping: Duration::from_millis(100), ..quick() };
        let worker = bench.worker(&bench.smtp(server.port), settings).await;
        let shutdown = server::shutdown::Shutdown::new();
        let hint = Arc::new(tokio::sync::Notify::new());
        let lane = {
            let (worker, shutdown, hint) = (worker.clone(), shutdown.clone(), Arc::clone(&hint));
            tokio::spawn(async move { worker.run(Route::Supplier, &shutdown, &hint).await })
        };
        server.wait_for(1, |step, play| *step == Step::Dot && *play == Play::Stall).await;
        let fine = bench.order(SupplierNotice::ReviewStarted).await;
        hint.notify_waiters();
        server.wait_for_mails(2).await;
        for _ in 0..3000 {
            if bench.row(fine).await.1 { break; }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(bench.row(fine).await.1, "the stuck one does not hold the other");
        shutdown.begin();
        tokio::time::timeout(Duration::from_secs(20), lane).await.expect("an end").unwrap();
        // Given back: another worker has it at once, long before the lease would have ended.
        assert_eq!(only(worker.drain_once().await.unwrap()), [1, 0, 0, 0, 0]);
        assert_eq!(bench.row(stuck).await, (2, true, false, String::new()));
    }
}

async fn tell(bench: &Bench, account: Uuid, notice: BuyerNotice) {
    let mail = BuyerMail {
        account,
        siren: bench.siren.clone(),
        declaration: Some(bench.declaration),
        revision: Some(1),
        notice,
    };
    bench
        .enqueue("mail.buyer", &account.to_string(), &mail)
        .await;
}

store::on_both_engines! {
    async fn news_that_come_within_the_window_leave_together_and_not_before(db) {
        let bench = Bench::on(db).await;
        let server = MailServer::good().await;
        let settings = Settings { window: TimeDelta::seconds(10), poll: Duration::from_millis(20), ..quick() };
        let worker = bench.worker(&bench.smtp(server.port), settings).await;
        let shutdown = server::shutdown::Shutdown::new();
        let hint = Arc::new(tokio::sync::Notify::new());
        let lane = {
            let (worker, shutdown, hint) = (worker.clone(), shutdown.clone(), Arc::clone(&hint));
            tokio::spawn(async move { worker.run(Route::Buyer, &shutdown, &hint).await })
        };
        tell(&bench, bench.reviewer.id, BuyerNotice::NewSubmission { revision: 1 }).await;
        bench.clock.advance(TimeDelta::seconds(8));
        tell(&bench, bench.reviewer.id, BuyerNotice::TakenBack).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(server.received().is_empty(), "the window is open");
        bench.clock.advance(TimeDelta::seconds(2));
        server.wait_for_mails(1).await;
        shutdown.begin();
        lane.await.unwrap();
        assert_eq!(server.received().len(), 1);
        assert!(bench.all().await.iter().all(|message| message.delivered_at.is_some()));
    }
}
