//! many people write on one `SQLite` file while others read and another process writes too; nobody is told "locked".

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use store::Engine;
use store::testing::TestDatabase;
use tokio::task::JoinHandle;

use super::{Portal, agent, rounds, seller};
use crate::desks::open;

/// Companies of the demonstration register, one for each writer.
const COMPANIES: [&str; 8] = [
    "91000001700012",
    "91000002500015",
    "91000003300019",
    "91000004100012",
    "91000005800016",
    "91000006600019",
    "91000007400013",
    "91000008200016",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_26_eight_writers_readers_and_another_process_never_see_a_lock() {
    let (portal, app) = Portal::on(TestDatabase::create(Engine::Sqlite).await).await;
    let mut writers = Vec::new();
    for (n, company) in COMPANIES.into_iter().enumerate() {
        let (browser, desk) = seller(&app, &format!("personne{n}@demo.example.fr")).await;
        writers.push((browser, open(&*desk, company).await));
    }
    let (reader, _) = agent(&app, "un@metropole.example").await;
    portal.hand_over(app).await;
    let process = portal.serve(None);
    let until = Instant::now()
        + Duration::from_secs(u64::try_from(rounds("SPASER_BUSY_SECONDS", 4)).unwrap());
    let (saved, read, failed) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let mut tasks = Vec::new();
    for (n, (browser, id)) in writers.iter().enumerate() {
        let (browser, id, saved, failed) = (
            browser.at(&process.origin()),
            id.to_string(),
            Arc::clone(&saved),
            Arc::clone(&failed),
        );
        tasks.push(tokio::spawn(async move {
            for turn in 0.. {
                if Instant::now() >= until {
                    return;
                }
                // Always the first version: one person, one tab, whose answers nobody else changes would conflict; a late one
                // is kept aside, which is a write too.
                let name = format!("Personne {n}, tour {turn}");
                let fields = [
                    ("id", id.as_str()),
                    ("version", "1000000"),
                    ("intent", "save"),
                    ("answers[contact_name]", name.as_str()),
                ];
                let page = browser.post("/fn/save-company", &fields).await;
                if page.status != 303 {
                    failed.store(true, Ordering::SeqCst);
                    panic!("{}: {}", page.status, page.body);
                }
                saved.fetch_add(1, Ordering::SeqCst);
            }
        }));
    }
    for _ in 0..2 {
        let (browser, read) = (reader.at(&process.origin()), Arc::clone(&read));
        tasks.push(tokio::spawn(async move {
            while Instant::now() < until {
                browser.get("/instruction").await.expect_status(200);
                read.fetch_add(1, Ordering::SeqCst);
            }
        }));
    }
    let other = other_process(&portal, until);
    for task in tasks {
        task.await.unwrap();
    }
    let created = other.await.unwrap();
    let (saved, read) = (saved.load(Ordering::SeqCst), read.load(Ordering::SeqCst));
    assert!(
        !failed.load(Ordering::SeqCst) && saved >= COMPANIES.len() && read > 0 && created > 0,
        "{saved} saves, {read} pages, {created} accounts"
    );
    assert_eq!(
        portal
            .db
            .number("SELECT count(*) FROM accounts WHERE email LIKE 'agent%'")
            .await,
        created
    );
    // Every save that was acknowledged is there: one version each.
    let versions = portal
        .db
        .number("SELECT sum(version - 1) FROM declarations")
        .await;
    assert_eq!(usize::try_from(versions).unwrap(), saved);
    let journal = process.journal();
    for word in ["database is locked", "SQLITE_BUSY", "\"status\":5"] {
        assert!(!journal.contains(word), "{word}");
    }
}

/// Another process of the program that writes on the same file; says how many accounts it opened.
fn other_process(portal: &Portal, until: Instant) -> JoinHandle<i64> {
    let (folder, environment) = (portal.db.folder().to_owned(), portal.environment.clone());
    tokio::task::spawn_blocking(move || {
        let mut created = 0;
        while Instant::now() < until {
            created += 1;
            let output = Command::new(env!("CARGO_BIN_EXE_spaser"))
                .args(["account", "create"])
                .args(["--name", "Dominique Roux", "--quality", "Acheteur"])
                .arg(format!("agent{created}@metropole.example"))
                .current_dir(&folder)
                .env_clear()
                .envs(&environment)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{said}");
        }
        created
    })
}
