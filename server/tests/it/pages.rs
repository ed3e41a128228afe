//! Pages: the same for every anonymous visitor, rendered once, and never mixed with those of people who signed in.

use reqwest::{Method, header};

use crate::support::TestApp;

#[tokio::test]
async fn an_anonymous_page_is_rendered_once_a_language() {
    let app = TestApp::start().await;
    let client = app.client();
    let before = app.state.store.statements();
    let first = client.get("/aide").await;
    let second = app.client().get("/aide").await;
    assert_eq!(first.body, second.body);
    let english = |path: &'static str| {
        let client = app.client();
        async move {
            let request = client
                .request(Method::GET, path)
                .header(header::ACCEPT, "text/html")
                .header(header::ACCEPT_LANGUAGE, "en");
            client.send(request).await.body
        }
    };
    assert!(english("/aide").await.contains("<html lang=\"en\""));
    assert!(english("/aide").await.contains("<html lang=\"en\""));
    client.get("/aide").await.expect_text("<html lang=\"fr\"");
    assert_eq!(app.state.store.statements(), before, "no query at all");
}

#[tokio::test]
async fn a_page_of_a_signed_in_person_is_shown_to_nobody_else() {
    let app = TestApp::start().await;
    let signed = app.supplier().await;
    let anonymous = app.client();
    for path in ["/", "/aide", "/plan-du-site", "/cookies"] {
        signed.get(path).await.expect_text("Se déconnecter");
        let page = anonymous.get(path).await;
        assert!(!page.body.contains("Se déconnecter"), "{path}");
        signed.get(path).await.expect_text("Se déconnecter");
    }
}

#[tokio::test]
async fn a_query_is_not_kept_with_the_page() {
    let app = TestApp::start().await;
    let client = app.client();
    client
        .get("/connexion?next=/espace")
        .await
        .expect_text("value=\"/espace\"");
    let page = client.get("/connexion").await;
    assert!(!page.body.contains("name=\"next\""));
}

#[tokio::test]
async fn an_unknown_page_is_a_page_not_found() {
    let app = TestApp::start().await;
    let client = app.client();
    for path in [
        "/nowhere",
        "/aide/x",
        "/pkg",
        "/pkg/",
        "/.git/config",
        "/..%2f..%2fetc/passwd",
        "/%00",
        "/aide%00",
        "/fn/x",
        "/hash.txt%00",
    ] {
        let page = client.get(path).await;
        assert!(
            [400, 404, 405, 303].contains(&page.status),
            "{path}: {}",
            page.status
        );
        assert!(!page.body.contains("root:"), "{path}");
    }
    client
        .get("/nowhere")
        .await
        .expect_status(404)
        .expect_text("Page introuvable");
}

#[tokio::test]
async fn the_server_has_no_other_methods() {
    let app = TestApp::start().await;
    let client = app.client();
    for method in ["TRACE", "CONNECTX", "PROPFIND"] {
        let request = client
            .request(Method::from_bytes(method.as_bytes()).unwrap(), "/aide")
            .header(header::ORIGIN, &app.origin);
        let page = client.send(request).await;
        assert!(
            [404, 405].contains(&page.status),
            "{method}: {}",
            page.status
        );
    }
}
