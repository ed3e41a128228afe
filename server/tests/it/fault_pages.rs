//! What a visitor sees when something fails: a page, in their language, with an identifier and no detail.

use reqwest::{Method, header};

use crate::support::TestApp;

#[tokio::test]
async fn a_database_fault_is_a_page_without_detail() {
    let app = TestApp::start().await;
    let client = app.supplier().await;
    app.clock.advance(chrono::Duration::seconds(30));
    app.db
        .execute("ALTER TABLE sessions RENAME TO sessions_away")
        .await;
    let page = client.get("/espace").await;
    assert!([500, 503].contains(&page.status), "{}", page.status);
    page.expect_text("<html").expect_text("difficulté");
    let id = page.header("x-request-id").unwrap();
    page.expect_text(id);
    for leak in ["sessions", "SQL", "sqlite", "panicked", "store"] {
        assert!(!page.body.contains(leak), "{leak}");
    }
    app.client().get("/aide").await.expect_status(200);
    app.db
        .execute("ALTER TABLE sessions_away RENAME TO sessions")
        .await;
    client.get("/aide").await.expect_text("Se déconnecter");
}

#[tokio::test]
async fn pages_follow_the_language_and_programs_get_json() {
    let app = TestApp::start().await;
    let client = app.client();
    client.set_cookie("__Host-lang", "en");
    client
        .get("/nowhere")
        .await
        .expect_status(404)
        .expect_text("Page not found");
    let request = client
        .request(Method::POST, "/nowhere")
        .header(header::ACCEPT, "application/json")
        .header(header::ORIGIN, &app.origin);
    let page = client.send(request).await;
    page.expect_status(404);
    let body: serde_json::Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(body["code"], "not_found");
    assert_eq!(body["request_id"].as_str(), page.header("x-request-id"));
}

#[tokio::test]
async fn a_refused_method_says_which_are_allowed() {
    let app = TestApp::start().await;
    let page = app.client().post("/aide", &[]).await;
    page.expect_status(405).expect_text("<html");
    assert_eq!(page.header("allow"), Some("GET,HEAD"));
}
