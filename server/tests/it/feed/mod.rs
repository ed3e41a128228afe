//! The buyer database: whatever happens to it, it ends up equal to the portal.

mod lost_commit;

use std::time::Duration;

use chrono::TimeDelta;
use domain::claims::{AgreementState, ClaimBody, Evidence, Kind, Witness, WitnessSource};
use domain::identifiers::Siret;
use domain::lifecycle::Verdict;
use domain::lists::ListKind;
use server::feed;
use server::outbox::{Dispatch, Report, Settings, Worker};
use store::buyer::{BuyerStore, DifferenceKind};
use store::testing::TestDatabase;
use store::{Engine, FeedOrder};

use crate::outbox::bench::{Bench, impatient, quick};

/// A bench whose worker feeds the buyer database at `url`.
async fn worker(bench: &Bench, buyer: BuyerStore) -> Worker {
    let dispatch = bench.dispatch(&bench.config(&[])).await;
    let settings = Settings {
        schedule: impatient(),
        ..quick()
    };
    bench.worker_of(Dispatch { buyer, ..dispatch }, settings)
}

/// A validated declaration: an inclusion structure with a commitment. Only its feed waits.
async fn validated(bench: &Bench) {
    let claim = bench.status_claim(Kind::Ei, "EI130170001A0M0", "2027-01-01");
    let claims = [claim, bench.commitment(500)];
    bench
        .decide(claims.map(|claim| (claim, Verdict::Accepted)).into())
        .await;
    bench
        .db
        .execute("DELETE FROM outbox WHERE route <> 'feed.company'")
        .await;
}

async fn code(bench: &Bench) -> String {
    let rows = bench.all().await;
    let row = rows
        .iter()
        .find(|message| message.route == "feed.company")
        .unwrap();
    row.last_error.clone().unwrap_or_default()
}

/// The database works again: the backlog drains, and both sides are equal.
async fn recovers(bench: &Bench, worker: &Worker, buyer: &BuyerStore) {
    bench.clock.advance(TimeDelta::seconds(2));
    assert_eq!(worker.drain_once().await.unwrap().delivered, 1);
    let report = feed::verify(&bench.store, buyer).await.unwrap();
    assert!(report.is_equal() && report.expected == 4, "{report:?}");
    let status = feed::status(&bench.store, buyer, bench.clock.now())
        .await
        .unwrap();
    assert_eq!(
        (status.pending, status.parked, status.database.as_str()),
        (0, 0, "ok")
    );
}

store::on_both_engines! {
    async fn r_13_orders_twice_and_in_any_order_make_the_same_rows(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let mut bench = Bench::on(db).await;
        let buyer = bench.buyer_at(target.url()).await;
        let worker = worker(&bench, buyer.clone()).await;
        validated(&bench).await;
        assert_eq!(worker.drain_once().await.unwrap().delivered, 1);
        bench.clock.advance(TimeDelta::days(1));
        bench.amend().await;
        let claim = bench.status_claim(Kind::Ei, "EI130180002A0M0", "2028-01-01");
        bench.decide(vec![(claim, Verdict::Accepted), (bench.commitment(700), Verdict::Accepted)]).await;
        let order = FeedOrder { siren: bench.siren.clone() };
        for _ in 0..3 {
            bench.enqueue("feed.company", bench.siren.as_str(), &order).await;
        }
        worker.drain_once().await.unwrap();
        let rows = target.rows("SELECT * FROM qualifications ORDER BY claim_key, valid_from").await;
        assert_eq!(target.number("SELECT MAX(revision) FROM suppliers").await, 2, "{rows:?}");
        assert!(feed::verify(&bench.store, &buyer).await.unwrap().is_equal());
        // The same message again, as after a mark that was lost.
        bench.db.execute("UPDATE outbox SET delivered_at = NULL").await;
        let again = worker.drain_once().await.unwrap();
        assert!(again.moot >= 4 && again.retried + again.parked == 0, "{again:?}");
        assert_eq!(rows, target.rows("SELECT * FROM qualifications ORDER BY claim_key, valid_from").await);
        let replayed = feed::replay(&bench.store, &buyer, bench.clock.now()).await.unwrap();
        assert_eq!((replayed.companies, replayed.rows), (1, 0));
    }

    async fn the_agreement_and_what_proves_a_status_reach_the_buyer(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let bench = Bench::on(db).await;
        let buyer = bench.buyer_at(target.url()).await;
        let worker = worker(&bench, buyer.clone()).await;
        let (mut agreed, mut proved) = (bench.status_claim(Kind::Ei, "EI130170001A0M0", "2027-01-01"), bench.status_claim(Kind::Esus, "A", "2027-01-01"));
        if let (ClaimBody::Status(agreement), ClaimBody::Status(approval)) = (&mut agreed.body, &mut proved.body) {
            agreement.state = Some(AgreementState::Provisoire);
            agreement.signed_siret = Siret::parse("73282932000082").ok();
            *approval = Evidence {
                witness: Some(Witness {
                    source: WitnessSource::List(ListKind::Esus),
                    read_on: "2026-02-01".parse().ok(),
                }),
                valid_to: approval.valid_to,
                ..Evidence::default()
            };
        }
        bench.decide(vec![(agreed, Verdict::Accepted), (proved, Verdict::Accepted)]).await;
        bench.db.execute("DELETE FROM outbox WHERE route <> 'feed.company'").await;
        assert_eq!(worker.drain_once().await.unwrap().delivered, 1);
        let rows = target.rows("SELECT kind, agreement_state AS state, siret_at_signature AS siret, proved_by AS source,
            SUBSTR(CAST(proved_on AS TEXT), 1, 10) AS day FROM qualifications ORDER BY kind").await;
        let cells = |row: &serde_json::Value| ["kind", "state", "siret", "source", "day"].map(|name| row[name].as_str().unwrap_or("").to_owned());
        assert_eq!(rows.iter().map(cells).collect::<Vec<_>>(), [
            ["EI", "PROVISOIRE", "73282932000082", "", ""].map(str::to_owned),
            ["ESUS", "", "", "esus", "2026-02-01"].map(str::to_owned),
        ]);
        assert!(feed::verify(&bench.store, &buyer).await.unwrap().is_equal());
    }

    async fn replay_heals_what_verify_finds(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let bench = Bench::on(db).await;
        let buyer = bench.buyer_at(target.url()).await;
        let worker = worker(&bench, buyer.clone()).await;
        validated(&bench).await;
        worker.drain_once().await.unwrap();
        target.execute("DELETE FROM commitments").await;
        target.execute("UPDATE qualifications SET reference = 'FAUX', revision = 0 WHERE kind = 'EI'").await;
        let report = feed::verify(&bench.store, &buyer).await.unwrap();
        let kinds: Vec<_> = report.differences.iter().map(|one| (one.table, one.kind.clone())).collect();
        assert!(kinds.contains(&("commitments", DifferenceKind::Missing)), "{kinds:?}");
        assert!(kinds.iter().any(|(table, kind)| *table == "qualifications" && matches!(kind, DifferenceKind::Differs(_))));
        assert_eq!(feed::replay(&bench.store, &buyer, bench.clock.now()).await.unwrap().rows, 2);
        assert!(feed::verify(&bench.store, &buyer).await.unwrap().is_equal());
        target.execute("INSERT INTO suppliers (siren, name, vat_number, register_read_at, revision)
            SELECT '910000017', 'Intruse', 'FR00910000017', register_read_at, 1 FROM suppliers").await;
        let report = feed::verify(&bench.store, &buyer).await.unwrap();
        assert_eq!(report.differences.len(), 1);
        assert_eq!(report.differences[0].kind, DifferenceKind::Unknown);
        // What nobody replays away, a rebuild does.
        target.execute("UPDATE qualifications SET reference = 'FAUX' WHERE kind = 'EI'").await;
        let rebuilt = feed::rebuild(&bench.store, &buyer, bench.clock.now(), bench.clock.today()).await.unwrap();
        assert_eq!((rebuilt.companies, rebuilt.rows), (1, 4));
        assert!(feed::verify(&bench.store, &buyer).await.unwrap().is_equal());
    }

    async fn r_20_a_database_that_is_not_there_yet_delays_the_feed_and_nothing_else(db) {
        let bench = Bench::on(db).await;
        let engine = bench.db.config().engine();
        let target = TestDatabase::create(engine).await;
        let folder = target.folder().join("pas encore");
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.join("acheteur.sqlite").display()),
            Engine::Postgres => {
                target.execute("SELECT 1").await;
                target.url().replace("127.0.0.1:", "127.0.0.1:1")
            }
        };
        let url = if engine == Engine::Postgres { closed_port(&url) } else { url };
        let missing = worker(&bench, bench.buyer_at(&url).await).await;
        // The decision is taken and signed while the database is missing.
        validated(&bench).await;
        assert_eq!(missing.drain_once().await.unwrap().retried, 1);
        assert_eq!(code(&bench).await, "buyer_unavailable");
        let status = feed::status(&bench.store, &bench.buyer_at(&url).await, bench.clock.now() + TimeDelta::minutes(10)).await.unwrap();
        assert_eq!((status.pending, status.oldest_seconds, status.database.as_str()), (1, Some(600), "unavailable"));
        if engine == Engine::Sqlite {
            std::fs::create_dir(&folder).unwrap();
            recovers(&bench, &missing, &bench.buyer_at(&url).await).await;
        } else {
            let buyer = bench.buyer_at(target.url()).await;
            recovers(&bench, &worker(&bench, buyer.clone()).await, &buyer).await;
        }
    }

    async fn r_20_a_locked_database_is_waited_for(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let bench = Bench::on(db).await;
        let buyer = bench.buyer_at(target.url()).await;
        buyer.migrate(bench.clock.now()).await.unwrap();
        let hurried = worker(&bench, bench.hurried_buyer_at(target.url()).await).await;
        validated(&bench).await;
        target.execute(match buyer.engine() {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN; LOCK TABLE qualifications IN ACCESS EXCLUSIVE MODE",
        }).await;
        assert_eq!(hurried.drain_once().await.unwrap(), Report { retried: 1, ..Report::default() });
        assert_eq!(code(&bench).await, "buyer_unavailable");
        target.execute("ROLLBACK").await;
        recovers(&bench, &worker(&bench, buyer.clone()).await, &buyer).await;
    }

    async fn r_20_half_the_columns_are_missing_and_a_person_is_told(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let bench = Bench::on(db).await;
        let buyer = bench.buyer_at(target.url()).await;
        buyer.migrate(bench.clock.now()).await.unwrap();
        target.execute("ALTER TABLE suppliers RENAME COLUMN name TO nom").await;
        let worker = worker(&bench, buyer.clone()).await;
        validated(&bench).await;
        assert_eq!(worker.drain_once().await.unwrap().parked, 1);
        assert_eq!(code(&bench).await, "buyer_schema");
        // Repaired, and asked for again by a person.
        target.execute("ALTER TABLE suppliers RENAME COLUMN nom TO name").await;
        let (parked, now) = (store::outbox::parked(bench.store.read(), 10).await.unwrap(), bench.clock.now());
        bench.store.write(async |txn| store::outbox::unpark(&txn, parked[0].id, now).await).await.unwrap();
        recovers(&bench, &worker, &buyer).await;
    }
}

/// The same address on a port where nobody listens.
fn closed_port(url: &str) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (before, after) = url.split_once("127.0.0.1:").unwrap();
    let (_, database) = after.split_once('/').unwrap();
    format!("{before}127.0.0.1:{port}/{database}")
}

#[tokio::test(flavor = "multi_thread")]
async fn r_20_a_server_that_accepts_and_never_answers_is_given_up_in_time() {
    let bench = Bench::on(TestDatabase::create(Engine::Sqlite).await).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (counted, accepted) = tokio::sync::watch::channel(0);
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            open.push(stream);
            let _watched = counted.send(open.len());
        }
    });
    let url = format!("postgres://postgres@127.0.0.1:{port}/acheteur");
    let worker = worker(&bench, bench.hurried_buyer_at(&url).await).await;
    validated(&bench).await;
    let begin = std::time::Instant::now();
    assert_eq!(worker.drain_once().await.unwrap().retried, 1);
    assert!(
        begin.elapsed() < Duration::from_secs(40),
        "{:?}",
        begin.elapsed()
    );
    assert!(*accepted.borrow() > 0, "the fault fired");
    assert_eq!(code(&bench).await, "buyer_unavailable");
}

#[tokio::test(flavor = "multi_thread")]
async fn r_20_a_read_only_database_is_waited_for() {
    let bench = Bench::on(TestDatabase::create(Engine::Postgres).await).await;
    let target = TestDatabase::create(Engine::Postgres).await;
    let name = target.url().rsplit('/').next().unwrap().to_owned();
    bench
        .buyer_at(target.url())
        .await
        .migrate(bench.clock.now())
        .await
        .unwrap();
    target
        .execute(&format!(
            "ALTER DATABASE {name} SET default_transaction_read_only = on"
        ))
        .await;
    let reading = worker(&bench, bench.buyer_at(target.url()).await).await;
    validated(&bench).await;
    assert_eq!(reading.drain_once().await.unwrap().retried, 1);
    assert_eq!(code(&bench).await, "buyer_unavailable");
    target.execute(&format!("SET default_transaction_read_only = off; ALTER DATABASE {name} RESET default_transaction_read_only")).await;
    let buyer = bench.buyer_at(target.url()).await;
    recovers(&bench, &worker(&bench, buyer.clone()).await, &buyer).await;
}
