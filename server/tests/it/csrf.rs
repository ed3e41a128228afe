//! A change asked for by another site is refused on every route that changes something.

use reqwest::Method;
use reqwest::header;

use crate::support::TestApp;

const FORMS: [&str; 6] = [
    "/connexion",
    "/connexion/code",
    "/connexion/lien/abc",
    "/connexion/reprise",
    "/deconnexion",
    "/fn/whatever",
];

#[tokio::test]
async fn the_matrix_holds_on_every_form() {
    let app = TestApp::set(&[("limits.actions_per_minute", "10000")]).await;
    let client = app.client();
    let ours = app.origin.clone();
    let cases: [(Option<&str>, Option<&str>, bool); 10] = [
        (Some("same-origin"), Some(&ours), true),
        (Some("same-origin"), None, true),
        (Some("none"), None, true),
        (Some("none"), Some("https://evil.example"), false),
        (Some("same-site"), Some(&ours), false),
        (Some("cross-site"), Some("https://evil.example"), false),
        (Some("cross-site"), None, false),
        (None, Some(&ours), true),
        (None, Some("https://evil.example"), false),
        (None, Some("null"), false),
    ];
    for path in FORMS {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            for kind in [
                "application/x-www-form-urlencoded",
                "text/plain",
                "application/json",
                "multipart/form-data; boundary=x",
            ] {
                for (site, origin, accepted) in cases {
                    let mut request = client
                        .request(method.clone(), path)
                        .header(header::ACCEPT, "text/html")
                        .header(header::CONTENT_TYPE, kind)
                        .body("");
                    if let Some(site) = site {
                        request = request.header("sec-fetch-site", site);
                    }
                    if let Some(origin) = origin {
                        request = request.header(header::ORIGIN, origin);
                    }
                    let page = client.send(request).await;
                    let refused = page.status == 403;
                    assert_eq!(
                        refused, !accepted,
                        "{method} {path} {kind} {site:?} {origin:?}: {}",
                        page.status
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn a_cookie_without_proof_of_origin_is_refused() {
    let app = TestApp::start().await;
    let client = app.supplier().await;
    let bare = client.request(Method::POST, "/deconnexion").body("");
    client.send(bare).await.expect_status(403);
    client.get("/espace").await;
    assert!(client.cookie("__Host-session").is_some());
    let nobody = app.client();
    let bare = nobody.request(Method::POST, "/deconnexion").body("");
    assert_eq!(nobody.send(bare).await.status, 303);
}

#[tokio::test]
async fn reading_changes_nothing() {
    let app = TestApp::start().await;
    let client = app.client();
    client
        .post("/connexion", &[("email", "a@entreprise.example")])
        .await;
    let mail = app.sign_in_mail("a@entreprise.example").await;
    let link = mail.link.strip_prefix(&app.origin).unwrap().to_owned();
    let tables = [
        "sign_in_links",
        "sessions",
        "accounts",
        "outbox",
        "audit_events",
        "parked_posts",
    ];
    let mut before = Vec::new();
    for table in tables {
        before.push(app.db.rows(&format!("SELECT * FROM {table}")).await);
    }
    for path in [
        "/connexion",
        "/connexion/envoye",
        "/connexion/reprise",
        "/deconnexion",
        "/fn/x",
        &link,
    ] {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            client.send(client.request(method, path)).await;
        }
    }
    for (table, before) in tables.iter().zip(before) {
        assert_eq!(
            app.db.rows(&format!("SELECT * FROM {table}")).await,
            before,
            "{table}"
        );
    }
}
