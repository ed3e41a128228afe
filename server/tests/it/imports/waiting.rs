//! Files that wait: their turn, the worker that takes them, and what never came whole.

use std::time::Duration;

use server::uploads;
use store::buyer::contracts::{Import, ImportState};

use super::{file, form, left, only, record, send};
use crate::support::TestApp;

#[tokio::test]
async fn a_file_waits_for_its_turn_and_may_be_given_up() {
    let app = TestApp::start().await;
    let agent = app.reviewer().await;
    app.state
        .buyer
        .migrate(app.state.clock.now())
        .await
        .unwrap();
    let other = Import {
        schema: None,
        id: "0".into(),
        subject: "contracts",
        file_name: "autre.json".into(),
        sha256: Some("s".into()),
        format: "json",
        size_bytes: Some(10),
        by: "cli".into(),
    };
    app.state
        .buyer
        .begin_import(&other, app.state.clock.now())
        .await
        .unwrap();
    for name in ["un.json", "deux.json"] {
        send(&agent, form(name, &file(&[record(name)])))
            .await
            .expect_status(303);
    }
    assert!(
        !uploads::round(&app.state).await,
        "another import is running"
    );
    let waiting = app.state.uploads.waiting().await.unwrap();
    assert_eq!(
        waiting
            .iter()
            .map(|one| one.name.as_str())
            .collect::<Vec<_>>(),
        ["un.json", "deux.json"]
    );
    let first = waiting[0].id.to_string();
    let given_up = [("import", first.as_str()), ("waiting", "yes")];
    agent
        .post("/fn/roll-back-import", &given_up)
        .await
        .expect_redirect("/instruction/imports?fait=attente");
    // The other one died: its place is free after a while, and the file that waits is imported.
    app.clock.advance(chrono::Duration::minutes(5));
    assert!(uploads::round(&app.state).await);
    let (past, _) = app.state.buyer.imports(1).await.unwrap();
    let names: Vec<_> = past
        .iter()
        .map(|one| (one.file_name.as_str(), one.state))
        .collect();
    assert_eq!(
        names,
        [
            ("deux.json", ImportState::Done),
            ("autre.json", ImportState::Failed)
        ]
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_keeps_no_other_waiting() {
    let app = TestApp::start().await;
    let agent = app.reviewer().await;
    for name in ["un.json", "deux.json"] {
        send(&agent, form(name, &file(&[record(name)])))
            .await
            .expect_status(303);
    }
    let first = app.state.uploads.waiting().await.unwrap()[0].id;
    let path = app.state.uploads.file(first);
    let aside = path.with_extension("aside");
    std::fs::rename(&path, &aside).unwrap();
    assert!(!uploads::round(&app.state).await, "one is left");
    assert_eq!(only(&app).await.file_name, "deux.json");
    // Its disk is back.
    std::fs::rename(&aside, &path).unwrap();
    assert!(uploads::round(&app.state).await);
    let (past, _) = app.state.buyer.imports(1).await.unwrap();
    assert_eq!(
        past.iter().map(|one| one.state).collect::<Vec<_>>(),
        [ImportState::Done; 2]
    );
}

#[tokio::test]
async fn the_worker_imports_what_waits_and_stops_with_the_portal() {
    let mut app = TestApp::start().await;
    let agent = app.reviewer().await;
    uploads::spawn(&app.state);
    send(&agent, form("m.json", &file(&[record("A")])))
        .await
        .expect_status(303);
    let mut imported = 0;
    for _ in 0..200 {
        imported = app.state.buyer.imports(1).await.map_or(0, |(past, _)| {
            past.iter()
                .filter(|one| one.state == ImportState::Done)
                .count()
        });
        if imported == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(imported, 1);
    app.stop().await;
}

#[tokio::test]
async fn what_never_came_whole_is_swept_away_and_what_waits_is_kept() {
    let mut app = TestApp::start().await;
    let agent = app.reviewer().await;
    send(&agent, form("m.json", &file(&[record("A")])))
        .await
        .expect_status(303);
    let folder = app.state.config.data_dir.join("imports");
    let long_ago = std::time::SystemTime::now() - Duration::from_hours(30);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let kept = std::fs::File::open(entry.unwrap().path()).unwrap();
        kept.set_modified(long_ago).unwrap();
    }
    for (name, age) in [("old.part", 30), ("old.data", 30), ("new.part", 1)] {
        let left = std::fs::File::create(folder.join(name)).unwrap();
        let at = std::time::SystemTime::now() - Duration::from_hours(age);
        left.set_modified(at).unwrap();
    }
    uploads::spawn(&app.state);
    for _ in 0..200 {
        let done = app
            .state
            .buyer
            .imports(1)
            .await
            .is_ok_and(|(past, _)| past.iter().any(|one| one.state == ImportState::Done));
        if done && left(&app) == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["new.part"]);
    assert_eq!(only(&app).await.counts.kept, 1, "what waited was imported");
    app.stop().await;
}
