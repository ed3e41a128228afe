//! The process is killed at every step of a delivery; another one takes over, and nothing is lost nor told twice in effect.
//!
//! The victim is this very program, started again with the ignored test `victim`.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::claims::Kind;
use domain::lifecycle::{SupplierNotice, Verdict};
use mail_parser::MessageParser;
use server::catalogue::Shelf;
use server::clock::Clock;
use server::config;
use server::outbox::Settings;
use store::testing::TestDatabase;
use store::{Engine, Store, StoreConfig};

use super::bench::{Bench, quick};
use crate::mail::server::{MailServer, Play, Received, Step};

const LEASE: TimeDelta = TimeDelta::milliseconds(1500);

/// Not a test: what the tests below start and kill. It delivers what waits, then ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by the tests of this module"]
async fn victim() {
    let Ok(database) = std::env::var("SPASER__DATABASE__URL") else {
        return;
    };
    let config = std::sync::Arc::new(config::load(None, std::env::vars()).unwrap().config);
    let store = Store::connect(StoreConfig::parse(&database).unwrap())
        .await
        .unwrap();
    let buyer = server::feed::open(&config).await.unwrap();
    let clock = Clock::system();
    let worker = server::outbox::open(&config, &store, &clock, buyer, Shelf::default())
        .unwrap()
        .with(Settings {
            lease: LEASE,
            ..quick()
        });
    worker.drain_once().await.unwrap();
}

struct Scene {
    bench: Bench,
    buyer: TestDatabase,
    server: MailServer,
}

impl Scene {
    async fn on(db: TestDatabase, server: MailServer) -> Self {
        let buyer = TestDatabase::create(db.config().engine()).await;
        let bench = Bench::on(db).await;
        Self {
            bench,
            buyer,
            server,
        }
    }

    fn start(&self, crash_at: Option<&str>) -> Child {
        let port = self.server.port.to_string();
        let data = self.bench.db.folder().join("data");
        std::fs::create_dir_all(&data).unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args([
                "--exact",
                "outbox::crash::victim",
                "--ignored",
                "--nocapture",
            ])
            .env("SPASER__DATABASE__URL", self.bench.db.url())
            .env("SPASER__BUYER_DATABASE__URL", self.buyer.url())
            .env("SPASER__DATA__DIR", &data)
            .env("SPASER__MAIL__MODE", "smtp")
            .env("SPASER__MAIL__HOST", "127.0.0.1")
            .env("SPASER__MAIL__PORT", port)
            .env("SPASER__MAIL__ENCRYPTION", "none")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        match crash_at {
            Some(place) => command.env("CRASH_AT", place),
            None => command.env_remove("CRASH_AT"),
        };
        command.spawn().unwrap()
    }

    /// Starts a process that must die at `place`.
    async fn crash(&self, place: &str) {
        let status = ended(self.start(Some(place))).await;
        assert!(died(status), "the process did not die at {place}: {status}");
    }

    /// Starts a process after the lease of the dead one, and waits until it has delivered everything.
    async fn recover(&self) {
        tokio::time::sleep(LEASE.to_std().unwrap() + Duration::from_millis(100)).await;
        let status = ended(self.start(None)).await;
        assert!(status.success(), "{status}");
    }

    fn ids(&self) -> Vec<String> {
        self.server.received().iter().map(id).collect()
    }
}

fn id(mail: &Received) -> String {
    let mail = MessageParser::default().parse(&mail.bytes).unwrap();
    mail.message_id().unwrap().to_owned()
}

async fn ended(mut child: Child) -> ExitStatus {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(
            begin.elapsed() < Duration::from_mins(1),
            "the process hangs"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn died(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal().is_some()
}

store::on_both_engines! {
    async fn r_03_to_r_07_killed_on_the_way_to_the_mail_server(db) {
        let engine = db.config().engine();
        for (place, mails) in [("mail.claimed", 1), ("mail.rcpt", 1), ("mail.accepted", 2), ("mail.marked", 1)] {
            let db = TestDatabase::create(engine).await;
            let scene = Scene::on(db, MailServer::good().await).await;
            let message = scene.bench.order(SupplierNotice::ReviewStarted).await;
            scene.crash(place).await;
            let begin = Instant::now();
            scene.recover().await;
            assert!(begin.elapsed() < Duration::from_secs(20), "R-07");
            let ids = scene.ids();
            assert_eq!(ids.len(), mails, "{place}");
            assert!(ids.iter().all(|id| id.starts_with(&message.to_string())), "{place}: {ids:?}");
            let attempts = if place == "mail.marked" { 1 } else { 2 };
            assert_eq!(scene.bench.row(message).await, (attempts, true, false, String::new()), "{place}");
        }
    }

    async fn r_05_killed_while_the_server_thinks_about_the_last_dot(db) {
        let server = MailServer::start(|step, nth| match step {
            Step::Dot if nth == 0 => Play::Stall,
            _ => Play::Well,
        }).await;
        let scene = Scene::on(db, server).await;
        let message = scene.bench.order(SupplierNotice::ReviewStarted).await;
        let mut child = scene.start(None);
        scene.server.wait_for(1, |step, play| *step == Step::Dot && *play == Play::Stall).await;
        child.kill().unwrap();
        assert!(died(ended(child).await));
        scene.recover().await;
        let ids = scene.ids();
        assert_eq!((ids.len(), &ids[0]), (2, &ids[1]), "the same identifier");
        assert!(scene.bench.row(message).await.1);
    }

    async fn r_09_killed_on_the_way_to_the_buyer_database(db) {
        let engine = db.config().engine();
        for place in ["feed.claimed", "feed.committed", "feed.marked"] {
            let scene = fed(TestDatabase::create(engine).await).await;
            scene.crash(place).await;
            scene.recover().await;
            check(&scene, place).await;
        }
    }

    async fn r_09_killed_inside_the_transaction_of_the_buyer_database(db) {
        let scene = fed(db).await;
        // The schema is there, and somebody holds it: the process waits in the middle of its transaction.
        let target = scene.bench.buyer_at(scene.buyer.url()).await;
        target.migrate(scene.bench.clock.now()).await.unwrap();
        let hold = match scene.buyer.config().engine() {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN; LOCK TABLE commitments IN ACCESS EXCLUSIVE MODE",
        };
        scene.buyer.execute(hold).await;
        let mut child = scene.start(None);
        let begin = Instant::now();
        while scene.bench.db.number("SELECT COUNT(*) FROM outbox WHERE attempt > 0 AND route = 'feed.company'").await == 0 {
            assert!(begin.elapsed() < Duration::from_secs(20), "never claimed");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        tokio::time::sleep(Duration::from_millis(700)).await;
        child.kill().unwrap();
        assert!(died(ended(child).await), "it was still waiting");
        scene.buyer.execute("COMMIT").await;
        scene.recover().await;
        check(&scene, "inside").await;
    }
}

/// A validated declaration whose feed waits, and nothing else.
async fn fed(db: TestDatabase) -> Scene {
    let scene = Scene::on(db, MailServer::good().await).await;
    let bench = &scene.bench;
    let claim = bench.status_claim(Kind::Ei, "EI130170001A0M0", "2027-01-01");
    bench
        .decide(vec![
            (claim, Verdict::Accepted),
            (bench.commitment(500), Verdict::Accepted),
        ])
        .await;
    bench
        .db
        .execute("DELETE FROM outbox WHERE route <> 'feed.company'")
        .await;
    scene
}

async fn check(scene: &Scene, place: &str) {
    let bench = &scene.bench;
    for (table, rows) in [
        ("suppliers", 1),
        ("qualifications", 2),
        ("commitments", 1),
        ("feed_inbox", 1),
    ] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(scene.buyer.number(&sql).await, rows, "{place}: {table}");
    }
    let target = bench.buyer_at(scene.buyer.url()).await;
    let report = server::feed::verify(&bench.store, &target).await.unwrap();
    assert!(report.is_equal(), "{place}: {report:?}");
    let open = "SELECT COUNT(*) FROM outbox WHERE delivered_at IS NULL";
    assert_eq!(bench.db.number(open).await, 0, "{place}");
}
