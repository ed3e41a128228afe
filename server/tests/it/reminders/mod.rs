//! Reminders: each once, in time, and none that is no longer true.

mod drafts;

use chrono::TimeDelta;
use domain::claims::Kind;
use domain::lifecycle::{Actor, ClosingCommand, Verdict, decide_closing};
use server::reminders;
use store::qualifications::{self, Closing};

use crate::mail::server::MailServer;
use crate::outbox::bench::{Bench, at, quick};

/// An approval that ends on 3 July 2026, sixty days after the clock of the bench. Nothing waits.
async fn approved(db: store::testing::TestDatabase) -> Bench {
    let bench = Bench::on(db).await;
    let claim = bench.status_claim(Kind::Esus, "A", "2026-07-03");
    bench.decide(vec![(claim, Verdict::Accepted)]).await;
    bench.empty().await;
    bench
}

async fn given(bench: &Bench) -> Vec<String> {
    let rows = bench
        .db
        .rows("SELECT kind FROM reminders ORDER BY given_at, kind")
        .await;
    rows.iter()
        .map(|row| row["kind"].as_str().unwrap().to_owned())
        .collect()
}

store::on_both_engines! {
    async fn each_reminder_is_given_once_at_its_day(db) {
        let bench = approved(db).await;
        let server = MailServer::good().await;
        let worker = bench.worker(&bench.smtp(server.port), quick()).await;
        // Every hour for seventy days.
        for _ in 0..70 {
            for _ in 0..24 {
                reminders::run(&bench.store, bench.clock.now()).await.unwrap();
                worker.drain_once().await.unwrap();
                bench.clock.advance(TimeDelta::hours(1));
            }
        }
        assert_eq!(given(&bench).await, ["expiring-60", "expiring-30", "expiring-7", "expired"]);
        let subjects: Vec<_> = server.received().iter().map(|mail| {
            let parsed = mail_parser::MessageParser::default().parse(&mail.bytes).unwrap();
            parsed.subject().unwrap().to_owned()
        }).collect();
        assert_eq!(subjects.len(), 4, "{subjects:?}");
        for (subject, part) in subjects.iter().zip(["dans 60 jours", "dans 30 jours", "dans 7 jours", "est arrivée à échéance"]) {
            assert!(subject.contains(part), "{subject}");
        }
    }

    async fn days_without_the_portal_lose_no_reminder_and_double_none(db) {
        let bench = approved(db).await;
        let server = MailServer::good().await;
        let worker = bench.worker(&bench.smtp(server.port), quick()).await;
        // Started again two days after each of the days, and once more the next day.
        for (on, kinds) in [("2026-05-06", 1), ("2026-05-07", 1), ("2026-06-05", 2), ("2026-06-28", 3), ("2026-06-29", 3), ("2026-07-09", 4)] {
            bench.clock.advance(at(&format!("{on}T08:00:00Z")) - bench.clock.now());
            reminders::run(&bench.store, bench.clock.now()).await.unwrap();
            worker.drain_once().await.unwrap();
            assert_eq!(given(&bench).await.len(), kinds, "{on}");
        }
        let subjects: Vec<_> = server.received().iter().map(|mail| {
            mail_parser::MessageParser::default().parse(&mail.bytes).unwrap().subject().unwrap().to_owned()
        }).collect();
        // The mail counts the days that are left, not those of the reminder.
        for (subject, part) in subjects.iter().zip(["dans 58 jours", "dans 28 jours", "dans 5 jours", "est arrivée à échéance"]) {
            assert!(subject.contains(part), "{subject}");
        }
    }

    async fn two_processes_give_it_once(db) {
        let bench = approved(db).await;
        let now = bench.clock.now();
        let all = futures::future::join_all((0..8).map(|_| reminders::run(&bench.store, now))).await;
        assert_eq!(all.into_iter().map(Result::unwrap).sum::<u64>(), 1);
        assert_eq!(bench.all().await.len(), 1);
    }

    async fn the_day_is_that_of_paris(db) {
        let bench = approved(db).await;
        assert_eq!(reminders::run(&bench.store, at("2026-05-03T21:59:59Z")).await.unwrap(), 0);
        assert_eq!(reminders::run(&bench.store, at("2026-05-03T22:00:00Z")).await.unwrap(), 1);
    }

    async fn what_was_closed_or_renewed_meanwhile_is_not_sent(db) {
        let engine = db.config().engine();
        for renewed in [false, true] {
            let mut bench = approved(store::testing::TestDatabase::create(engine).await).await;
            let server = MailServer::good().await;
            let worker = bench.worker(&bench.smtp(server.port), quick()).await;
            assert_eq!(reminders::run(&bench.store, bench.clock.now()).await.unwrap(), 1);
            if renewed {
                bench.amend().await;
                let claim = bench.status_claim(Kind::Esus, "B", "2031-07-03");
                bench.decide(vec![(claim, Verdict::Accepted)]).await;
                bench.db.execute("DELETE FROM outbox WHERE subject NOT LIKE 'qualification:%'").await;
            } else {
                withdraw(&bench).await;
            }
            let report = worker.drain_once().await.unwrap();
            assert_eq!(report.moot, 1, "{renewed}: {report:?}");
            for mail in server.received() {
                let parsed = mail_parser::MessageParser::default().parse(&mail.bytes).unwrap().into_owned();
                assert!(!parsed.subject().unwrap().contains("échéance"), "{:?}", parsed.subject());
            }
            // And the next ones are not even ordered.
            bench.clock.advance(TimeDelta::days(30));
            assert_eq!(reminders::run(&bench.store, bench.clock.now()).await.unwrap(), 0);
        }
    }
}

async fn withdraw(bench: &Bench) {
    let held = qualifications::of_company(bench.store.read(), &bench.siren)
        .await
        .unwrap()
        .remove(0);
    let (by, now) = (bench.by_supplier(), bench.clock.now());
    let command = ClosingCommand::Withdraw {
        from: domain::civil::paris_day(now),
        reason: "Nous ne le demandons plus.".into(),
    };
    let by: &Actor = &by;
    bench
        .store
        .write(async |txn| {
            let found = qualifications::lock(&txn, held.id).await?;
            let decision = decide_closing(&found.qualification, None, &command, by, now).unwrap();
            let closing = Closing {
                decision: &decision,
                by,
                at: now,
                request: None,
            };
            qualifications::apply(&txn, &found, &closing).await
        })
        .await
        .unwrap();
}
