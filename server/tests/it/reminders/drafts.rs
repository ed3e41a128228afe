//! A draft that nobody finishes: told after two weeks and after six, once each, and not when somebody went on with it.

use chrono::TimeDelta;
use domain::form::{CompanyStep, Draft};
use domain::lifecycle::{Command, decide};
use server::reminders;
use store::declarations::{self, Change};

use crate::mail::server::MailServer;
use crate::outbox::bench::{Bench, at, quick};

async fn given(bench: &Bench) -> Vec<String> {
    let query = "SELECT kind FROM draft_reminders ORDER BY given_at, kind";
    let rows = bench.db.rows(query).await;
    let kind = |row: &serde_json::Value| row["kind"].as_str().unwrap().to_owned();
    rows.iter().map(kind).collect()
}

/// Somebody goes on with the draft.
async fn save(bench: &Bench, name: &str) {
    let (by, now, id) = (bench.by_supplier(), bench.clock.now(), bench.declaration);
    let draft = &Draft {
        company: CompanyStep {
            name: name.into(),
            ..CompanyStep::default()
        },
        ..Draft::default()
    };
    let by = &by;
    bench
        .store
        .write(async |txn| {
            let record = declarations::lock(&txn, id, None).await?;
            let decision = decide(&record.declaration, &Command::Save, by, now).unwrap();
            let change = Change {
                decision: &decision,
                by,
                at: now,
                request: None,
                answers: Some(&record.answered(draft)),
            };
            declarations::apply(&txn, &record.declaration, &change).await
        })
        .await
        .unwrap();
}

store::on_both_engines! {
    async fn a_draft_left_alone_is_told_of_twice_and_no_more(db) {
        let bench = Bench::on(db).await;
        let colleague = bench.colleague("associee@entreprise.example").await;
        bench.empty().await;
        let server = MailServer::good().await;
        let worker = bench.worker(&bench.smtp(server.port), quick()).await;
        let mut told = vec![];
        for day in 0..130 {
            if reminders::run(&bench.store, bench.clock.now()).await.unwrap() > 0 {
                told.push(day);
            }
            worker.drain_once().await.unwrap();
            bench.clock.advance(TimeDelta::days(1));
        }
        assert_eq!(told, [15, 46], "the day after two weeks, the day after six");
        assert_eq!(given(&bench).await, ["forgotten-14", "forgotten-45"]);
        let mails = server.received();
        assert_eq!(mails.len(), 4, "both people of the company, twice");
        assert!(mails.iter().any(|mail| mail.recipients.contains(&colleague.email)));
        let mail = mail_parser::MessageParser::default().parse(&mails[0].bytes).unwrap();
        assert!(mail.subject().unwrap().contains("n’est pas transmise"), "{:?}", mail.subject());
    }

    async fn going_on_with_it_puts_it_off_and_a_mail_on_its_way_is_let_go(db) {
        let bench = Bench::on(db).await;
        bench.empty().await;
        let server = MailServer::good().await;
        let worker = bench.worker(&bench.smtp(server.port), quick()).await;
        bench.clock.advance(TimeDelta::days(13));
        save(&bench, "Un").await;
        bench.clock.advance(TimeDelta::days(13));
        assert_eq!(reminders::run(&bench.store, bench.clock.now()).await.unwrap(), 0);
        bench.clock.advance(TimeDelta::days(2));
        assert_eq!(reminders::run(&bench.store, bench.clock.now()).await.unwrap(), 1);
        // Before it leaves, somebody comes back by themselves.
        save(&bench, "Deux").await;
        let report = worker.drain_once().await.unwrap();
        assert_eq!(report.moot, 1, "{report:?}");
        assert!(server.received().is_empty());
    }

    async fn two_processes_tell_it_once(db) {
        let bench = Bench::on(db).await;
        bench.empty().await;
        let now = at("2026-05-20T08:00:00Z");
        let all = futures::future::join_all((0..8).map(|_| reminders::run(&bench.store, now))).await;
        assert_eq!(all.into_iter().map(Result::unwrap).sum::<u64>(), 1);
        assert_eq!(bench.all().await.len(), 1);
    }
}
