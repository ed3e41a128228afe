//! the buyer database commits, and its answer is lost on the way. Only a network can do that, so `PostgreSQL` only.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use chrono::TimeDelta;
use server::feed;
use store::Engine;
use store::testing::TestDatabase;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{code, validated, worker};
use crate::outbox::bench::Bench;

/// A relay on the way to a database. While armed, it passes a COMMIT on, waits for the answer, and cuts the line instead of
/// giving it back.
struct Relay {
    port: u16,
    armed: Arc<AtomicBool>,
    swallowed: Arc<AtomicUsize>,
}

impl Relay {
    async fn to(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (armed, swallowed) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicUsize::new(0)),
        );
        let (arm, count) = (Arc::clone(&armed), Arc::clone(&swallowed));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&target).await.unwrap();
                tokio::spawn(relay(client, server, Arc::clone(&arm), Arc::clone(&count)));
            }
        });
        Self {
            port,
            armed,
            swallowed,
        }
    }
}

async fn relay(
    mut client: TcpStream,
    mut server: TcpStream,
    armed: Arc<AtomicBool>,
    swallowed: Arc<AtomicUsize>,
) {
    let (mut asked, mut answered) = (vec![0; 65_536], vec![0; 65_536]);
    let mut committing = false;
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(length @ 1..) = read else { return };
                let bytes = &asked[..length];
                committing = armed.load(Ordering::SeqCst) && bytes.windows(7).any(|part| part == b"COMMIT\0");
                if server.write_all(bytes).await.is_err() { return }
            }
            read = server.read(&mut answered) => {
                let Ok(length @ 1..) = read else { return };
                if committing {
                    // The answer has come: the transaction is committed. Nobody will know.
                    swallowed.fetch_add(1, Ordering::SeqCst);
                    return;
                }
                if client.write_all(&answered[..length]).await.is_err() { return }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_10_a_commit_whose_answer_is_lost_is_done_once() {
    let target = TestDatabase::create(Engine::Postgres).await;
    let bench = Bench::on(TestDatabase::create(Engine::Postgres).await).await;
    let (before, database) = target.url().rsplit_once('/').unwrap();
    let address = before.rsplit_once('@').unwrap().1;
    let relay = Relay::to(address.to_owned()).await;
    let through = format!("postgres://postgres@127.0.0.1:{}/{database}", relay.port);
    let buyer = bench.buyer_at(&through).await;
    buyer.migrate(bench.clock.now()).await.unwrap();
    let worker = worker(&bench, buyer.clone()).await;
    validated(&bench).await;

    relay.armed.store(true, Ordering::SeqCst);
    let report = worker.drain_once().await.unwrap();
    assert!(
        relay.swallowed.load(Ordering::SeqCst) > 0,
        "the fault fired"
    );
    assert_eq!((report.delivered, report.retried), (0, 1), "{report:?}");
    assert_eq!(code(&bench).await, "buyer_unavailable");
    let rows = async || {
        target
            .rows("SELECT * FROM qualifications ORDER BY claim_key, valid_from")
            .await
    };
    let committed = rows().await;
    assert_eq!(committed.len(), 2, "it was committed all the same");

    relay.armed.store(false, Ordering::SeqCst);
    bench.clock.advance(TimeDelta::seconds(2));
    let report = worker.drain_once().await.unwrap();
    assert_eq!(
        (
            report.moot + report.delivered,
            report.retried,
            report.parked
        ),
        (1, 0, 0),
        "{report:?}"
    );
    assert_eq!(rows().await, committed, "the second time changes nothing");
    assert_eq!(target.number("SELECT count(*) FROM feed_inbox").await, 1);
    assert!(feed::verify(&bench.store, &buyer).await.unwrap().is_equal());
}
