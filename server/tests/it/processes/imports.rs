//! Files of contracts sent to a real process: killed while it imports, and held to its memory by a file of any length.

use std::time::{Duration, Instant};

use futures::stream;
use serde_json::{Value, json};
use store::Engine;
use store::testing::TestDatabase;

use super::{Portal, agent, rounds};
use crate::support::{Client, Program};

const BOUNDARY: &str = "frontiere";
/// What the process may hold in memory, files that it maps included.
const MOST_KIB: u64 = 512 * 1024;

fn megabytes() -> usize {
    rounds("SPASER_IMPORT_MEGABYTES", 50)
}

fn record(number: usize) -> Value {
    json!({
        "id": format!("N{number}"),
        "acheteur": {"id": "20005480700017"},
        "dateNotification": "2025-03-01",
        "montant": 1000 + number % 7,
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "91000001700012"}}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
    })
}

/// Sends a file made while it goes; how the server answered.
async fn send(
    browser: &Client,
    origin: &str,
    parts: impl Iterator<Item = String> + Send + 'static,
) -> u16 {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"gros.json\"\r\nContent-Type: application/json\r\n\r\n{{\"marches\": {{\"marche\": ["
    );
    let tail = format!("]}}}}\r\n--{BOUNDARY}--\r\n");
    let parts = std::iter::once(head)
        .chain(parts)
        .chain(std::iter::once(tail))
        .map(Ok::<_, std::io::Error>);
    let body = reqwest::Body::wrap_stream(stream::iter(parts));
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let browser = browser.at(origin);
    let page = browser
        .send(browser.body("/instruction/imports/depot", &kind, body))
        .await;
    page.status
}

fn separated(number: usize, text: &str) -> String {
    let before = if number == 0 { "" } else { "," };
    format!("{before}{text}")
}

/// Waits until the buyer database says so, for as long as the process lives.
async fn until(program: &mut Program, buyer: &TestDatabase, sql: &str, least: i64) {
    // Minutes are for a busy machine; a file of gigabytes has as many again.
    let patience = Duration::from_mins(10) * u32::try_from(megabytes() / 500 + 1).unwrap();
    let begun = Instant::now();
    loop {
        let ended = program.child.try_wait().unwrap();
        assert!(ended.is_none(), "{ended:?}: {}", program.journal());
        if buyer.number(sql).await >= least {
            return;
        }
        assert!(begun.elapsed() < patience, "never: {sql}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Puts the schema of the buyer database there, so that it can be asked before the process has done it.
async fn prepared(portal: &Portal) {
    let buyer = store::buyer::BuyerStore::open(portal.buyer.config().clone())
        .await
        .unwrap();
    buyer.migrate(chrono::Utc::now()).await.unwrap();
}

const READ: &str = "SELECT COALESCE(MAX(read_count), 0) FROM imports";
/// Those that a large first import leaves for its end.
const INDEXES: &str =
    "SELECT COUNT(*) FROM pg_indexes WHERE indexname IN ('contracts_notified', 'contracts_id',
    'contract_holders_notified', 'contract_holders_siren')";
const DONE: &str = "SELECT COUNT(*) FROM imports WHERE state = 'done'";

store::on_both_engines! {
    async fn an_import_killed_twice_ends_as_if_it_never_was(db) {
        let engine = db.config().engine();
        let (portal, app) = Portal::on(TestDatabase::create(engine).await).await;
        let (browser, _) = agent(&app, "un@metropole.example").await;
        portal.hand_over(app).await;
        prepared(&portal).await;
        let count = 9000;
        let mut process = portal.serve(None);
        // Long enough for its indexes to be left for the end.
        let about = "é".repeat(2_000);
        let records = (0..count).map(move |number| {
            let mut one = record(number);
            one["objet"] = json!(about);
            separated(number, &one.to_string())
        });
        let indexes = match engine {
            Engine::Sqlite => INDEXES.replace("pg_indexes", "sqlite_schema").replace("indexname", "name"),
            Engine::Postgres => INDEXES.to_owned(),
        };
        assert_eq!(portal.buyer.number(&indexes).await, 4);
        assert_eq!(send(&browser, &process.origin(), records).await, 303);
        for reached in [1000, 3000] {
            until(&mut process, &portal.buyer, READ, reached).await;
            process.child.kill().unwrap();
            process.child.wait().unwrap();
            assert_eq!(portal.buyer.number(DONE).await, 0, "killed on the way, at {reached}");
            if reached == 1000 {
                assert_eq!(portal.buyer.number(&indexes).await, 0, "left for the end");
            }
            process = portal.serve(None);
        }
        until(&mut process, &portal.buyer, DONE, 1).await;
        let counts = portal.buyer.rows("SELECT read_count, kept_count, known_count FROM imports").await;
        assert_eq!(counts, [json!({"read_count": count, "kept_count": count, "known_count": 0})]);
        let euros: usize = (0..count).map(|number| 1000 + number % 7).sum();
        for (sql, expected) in [
            ("SELECT COUNT(*) FROM contracts", count),
            ("SELECT CAST(SUM(initial_amount) / 1000000 AS BIGINT) FROM contracts", euros),
            ("SELECT COUNT(*) FROM contract_holders WHERE mode = 'initial'", count),
        ] {
            assert_eq!(usize::try_from(portal.buyer.number(sql).await).unwrap(), expected, "{sql}");
        }
        // The import is done, and whoever did it makes them.
        until(&mut process, &portal.buyer, &indexes, 4).await;
    }
}

/// `make soak` sends five gigabytes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_any_length_is_imported_within_512_mebibytes() {
    let megabytes = megabytes();
    let (mut portal, app) = Portal::on(TestDatabase::create(Engine::Sqlite).await).await;
    let (browser, _) = agent(&app, "un@metropole.example").await;
    portal.hand_over(app).await;
    prepared(&portal).await;
    let largest = ("SPASER__LIMITS__UPLOAD_BYTES", "10000000000".to_owned());
    portal.environment.extend([largest]);
    let mut process = portal.serve(None);
    // As in a national file, one record in ten is of this buyer; ten thousand letters say what it is about.
    let count = megabytes * 100;
    let about = "é".repeat(4_900);
    let records = (0..count).map(move |number| {
        let mut one = record(number);
        one["objet"] = json!(about);
        if number % 10 != 0 {
            one["acheteur"]["id"] = json!("21750001600019");
        }
        separated(number, &one.to_string())
    });
    assert_eq!(send(&browser, &process.origin(), records).await, 303);
    until(&mut process, &portal.buyer, DONE, 1).await;
    let counts = portal
        .buyer
        .rows("SELECT read_count, kept_count, other_buyers_count, quarantined_count FROM imports")
        .await;
    assert_eq!(
        counts,
        [json!({
            "read_count": count, "kept_count": count / 10,
            "other_buyers_count": count - count / 10, "quarantined_count": 0,
        })]
    );
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.child.id())).unwrap();
    let most: u64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap();
    assert!(most < MOST_KIB, "{most} KiB at the most");
}
