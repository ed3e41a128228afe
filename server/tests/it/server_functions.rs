//! Server functions as forms and as scripts call them: where they lead, and what they say when they refuse.

use reqwest::{Method, header};

use crate::support::{Client, Page, TestApp};

const UNKNOWN: &str = "01890000-0000-7000-8000-000000000000";

/// Posts a form from a page of another site's address, as `Referer` says.
async fn from_foreign_referer(client: &Client, path: &str, fields: &[(&str, &str)]) -> Page {
    let request = client
        .form(path, fields)
        .header(header::REFERER, "https://evil.example/trap?x=1");
    client.send(request).await
}

async fn from_script(client: &Client, path: &str, fields: &[(&str, &str)]) -> Page {
    let request = client
        .request(Method::POST, path)
        .header(header::ACCEPT, "application/json")
        .header(header::ORIGIN, &client.origin)
        .form(fields);
    client.send(request).await
}

#[tokio::test]
async fn a_refused_form_is_a_page_with_its_status() {
    let app = TestApp::start().await;
    let (supplier, agent) = (app.supplier().await, app.reviewer().await);
    for (client, path, fields, status, says) in [
        (
            &supplier,
            "/fn/discard-declaration",
            &[("id", UNKNOWN), ("version", "1")][..],
            404,
            "Page introuvable",
        ),
        (
            &supplier,
            "/fn/discard-declaration",
            &[("id", "x"), ("version", "1")],
            400,
            "Demande illisible",
        ),
        (
            &supplier,
            "/fn/discard-declaration",
            &[],
            400,
            "Demande illisible",
        ),
        (
            &supplier,
            "/fn/start-review",
            &[("id", UNKNOWN), ("version", "1")],
            403,
            "Action non autorisée",
        ),
        (
            &agent,
            "/fn/discard-declaration",
            &[("id", UNKNOWN), ("version", "1")],
            403,
            "Action non autorisée",
        ),
        (
            &supplier,
            "/fn/no-such-function",
            &[],
            404,
            "Page introuvable",
        ),
        (&supplier, "/fn/", &[], 404, "Page introuvable"),
    ] {
        let page = from_foreign_referer(client, path, fields).await;
        page.expect_status(status).expect_text(says);
        assert_eq!(page.location(), None, "{path}");
        assert!(
            !page.body.contains("__err") && !page.body.contains("evil"),
            "{path}"
        );
        client.get("/nowhere").await.expect_text("Se déconnecter");
    }
}

#[tokio::test]
async fn a_form_that_worked_leads_to_a_page_of_ours_by_303() {
    let app = TestApp::start().await;
    let supplier = app.supplier().await;
    let page =
        from_foreign_referer(&supplier, "/fn/open-company", &[("number", "200054807")]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    let location = page.location().unwrap();
    assert!(
        location.starts_with('/') && !location.starts_with("//"),
        "{location}"
    );
}

#[tokio::test]
async fn a_script_gets_data_and_the_status_of_the_refusal() {
    let app = TestApp::start().await;
    let supplier = app.supplier().await;
    let page = from_script(
        &supplier,
        "/fn/discard-declaration",
        &[("id", UNKNOWN), ("version", "1")],
    )
    .await;
    page.expect_status(404);
    let error: serde_json::Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(error["error"], "not_found");
    assert!(page.header("serverfnerror").is_some());
    let page = from_script(&supplier, "/fn/open-company", &[("number", "200054807")]).await;
    page.expect_status(200);
    assert!(page.location().unwrap().starts_with('/'));
    assert!(page.header("serverfnredirect").is_some());
}

#[tokio::test]
async fn every_function_refuses_whoever_is_not_signed_in() {
    let app = TestApp::set(&[("limits.actions_per_minute", "1000")]).await;
    let stranger = app.client();
    let mut seen = 0;
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        seen += 1;
        assert_eq!(
            method,
            axum::http::Method::POST,
            "{path}: changes are posts"
        );
        assert!(path.starts_with("/fn/"), "{path}");
        let page = stranger
            .post(path, &[("id", UNKNOWN), ("version", "1")])
            .await;
        if path.starts_with("/fn/public/") {
            continue;
        }
        page.expect_redirect("/connexion");
        from_script(&stranger, path, &[("id", UNKNOWN)])
            .await
            .expect_status(401);
        let page = stranger.get(path).await;
        assert!(
            [303, 405].contains(&page.status),
            "GET {path}: {}",
            page.status
        );
    }
    assert!(seen > 15, "the functions are registered: {seen}");
}
