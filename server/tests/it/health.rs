//! Health: alive, ready, and what it is made of.

use serde_json::Value;

use crate::documents::{files::pdf, scene::Scene};
use crate::support::TestApp;

async fn ready(app: &TestApp) -> (u16, Value) {
    let page = app.client().get("/health/ready").await;
    (page.status, serde_json::from_str(&page.body).expect("JSON"))
}

#[tokio::test]
async fn a_healthy_portal_is_ready() {
    let app = TestApp::start().await;
    app.client().get("/health/live").await.expect_status(200);
    let (status, body) = ready(&app).await;
    assert_eq!(status, 200);
    assert_eq!(body["ready"], true);
    assert_eq!(body["database"], "ok");
    assert_eq!(body["outbox"]["pending"], 0);
    assert_eq!(body["feed"]["oldest_seconds"], 0);
    assert_eq!(body["scans"]["pending"], 0);
    assert_eq!(body["scans"]["late"], false);
}

store::on_both_engines! {
    async fn scans_that_wait_or_fail_for_long_are_shown_but_do_not_stop_the_portal(db) {
        // Nobody listens there: the scanner is down.
        let app = TestApp::on(db, &[("documents.clamd", "127.0.0.1:9")]).await;
        let scene = Scene::of(app).await;
        let app = &scene.app;
        scene.send("convention.pdf", &pdf("Convention")).await.expect_status(303);
        assert_eq!(ready(app).await.1["scans"]["pending"], 1);
        app.clock.advance(chrono::Duration::minutes(20));
        assert_eq!(server::documents::scan_round(&app.state).await, 0);
        let (status, body) = ready(app).await;
        assert_eq!((status, &body["ready"]), (200, &Value::Bool(true)));
        assert_eq!(body["scans"]["failing"], 1);
        assert_eq!(body["scans"]["oldest_seconds"], 1200);
        assert_eq!(body["scans"]["late"], false);
        app.clock.advance(chrono::Duration::minutes(20));
        assert_eq!(ready(app).await.1["scans"]["late"], true);
        // Cleared, it waits no more.
        app.db.execute("UPDATE documents SET scan = 'clean', scanned_at = sent_at").await;
        let body = ready(app).await.1;
        assert_eq!((&body["scans"]["pending"], &body["scans"]["late"]), (&0.into(), &Value::Bool(false)));
    }
}

#[tokio::test]
async fn a_late_feed_is_shown_but_does_not_stop_the_portal() {
    let app = TestApp::start().await;
    let now = app.clock.now();
    let message = store::outbox::NewMessage {
        route: "feed.company".into(),
        dedup_key: "test".into(),
        subject: "company:1".into(),
        recipient: "buyer".into(),
        payload: serde_json::json!({}),
        // Not due: no worker takes it during the test.
        available_at: now + chrono::Duration::days(300),
    };
    app.state
        .store
        .write(
            |txn: store::Txn| async move { store::outbox::enqueue(&txn, vec![message], now).await },
        )
        .await
        .unwrap();
    app.clock.advance(chrono::Duration::hours(2));
    let (status, body) = ready(&app).await;
    assert_eq!(status, 200);
    assert_eq!(body["feed"]["pending"], 1);
    assert_eq!(body["feed"]["oldest_seconds"], 7200);
    assert_eq!(body["feed"]["late"], true);
    assert_eq!(body["outbox"]["pending"], 0);
}

#[tokio::test]
async fn without_its_database_the_portal_is_alive_and_not_ready() {
    let app = TestApp::start().await;
    app.db
        .execute("ALTER TABLE outbox RENAME TO outbox_away")
        .await;
    let (status, body) = ready(&app).await;
    assert_eq!(status, 503);
    assert_eq!(body["database"], "unavailable");
    app.client().get("/health/live").await.expect_status(200);
    app.db
        .execute("ALTER TABLE outbox_away RENAME TO outbox")
        .await;
    assert_eq!(ready(&app).await.0, 200);
}

#[tokio::test]
async fn a_stopping_portal_is_not_ready() {
    let app = TestApp::start().await;
    app.state.shutdown.begin();
    let (status, body) = ready(&app).await;
    assert_eq!(status, 503);
    assert_eq!(body["draining"], true);
}
