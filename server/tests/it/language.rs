//! The language of pages: asked for, remembered, preferred, and French otherwise.

use reqwest::{Method, header};

use crate::support::TestApp;

#[tokio::test]
async fn the_language_follows_the_visitor() {
    let app = TestApp::start().await;
    let client = app.client();
    client.get("/aide").await.expect_text("<html lang=\"fr\"");
    let english = client
        .request(Method::GET, "/aide")
        .header(header::ACCEPT_LANGUAGE, "en-GB,en;q=0.9,fr;q=0.1");
    client.send(english).await.expect_text("<html lang=\"en\"");
    client.get("/aide?lang=en").await.expect_redirect("/aide");
    assert_eq!(client.cookie("__Host-lang").as_deref(), Some("en"));
    client.get("/aide").await.expect_text("<html lang=\"en\"");
    client
        .get("/nowhere")
        .await
        .expect_status(404)
        .expect_text("<html lang=\"en\"");
    client
        .get("/aide?x=1&lang=fr")
        .await
        .expect_redirect("/aide?x=1");
    client.get("/aide").await.expect_text("<html lang=\"fr\"");
}

#[tokio::test]
async fn an_unknown_language_changes_nothing() {
    let app = TestApp::start().await;
    let client = app.client();
    client
        .get("/aide?lang=xx")
        .await
        .expect_status(200)
        .expect_text("<html lang=\"fr\"");
    client.set_cookie("__Host-lang", "xx");
    client
        .get("/aide")
        .await
        .expect_status(200)
        .expect_text("<html lang=\"fr\"");
}

#[tokio::test]
async fn the_language_switch_never_leads_elsewhere() {
    let app = TestApp::start().await;
    let client = app.client();
    for path in [
        "//evil.example/?lang=en",
        "/\\evil.example/?lang=en",
        "//evil.example/%2e%2e?lang=en",
    ] {
        let page = client.get(path).await;
        if let Some(location) = page.location() {
            assert_eq!(location, "/", "{path}");
        }
    }
}
