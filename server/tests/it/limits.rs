//! Rate limits, with a clock that the test moves.

use store::Engine;
use store::testing::TestDatabase;

use crate::support::TestApp;

#[tokio::test]
async fn three_links_an_address_in_a_quarter_of_an_hour() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        let page = app
            .client()
            .post("/connexion", &[("email", "a@b.example")])
            .await;
        page.expect_status(303);
        app.clock.advance(chrono::Duration::seconds(1));
    }
    let page = app
        .client()
        .post("/connexion", &[("email", "A@B.example")])
        .await;
    page.expect_status(429).expect_text("Trop d’essais");
    let wait: i64 = page.header("retry-after").unwrap().parse().unwrap();
    app.client()
        .post("/connexion", &[("email", "autre@b.example")])
        .await
        .expect_status(303);
    app.clock.advance(chrono::Duration::seconds(wait));
    app.client()
        .post("/connexion", &[("email", "a@b.example")])
        .await
        .expect_status(303);
    assert_eq!(app.sign_in_mails("a@b.example").await.len(), 4);
}

#[tokio::test]
async fn ten_links_an_hour_from_one_network() {
    let app = TestApp::start().await;
    for n in 0..10 {
        let email = format!("a{n}@b.example");
        app.client()
            .post("/connexion", &[("email", &email)])
            .await
            .expect_status(303);
    }
    let page = app
        .client()
        .post("/connexion", &[("email", "z@b.example")])
        .await;
    page.expect_status(429);
    assert_eq!(page.header("retry-after"), Some("360"));
    assert_eq!(app.sign_in_mails("z@b.example").await.len(), 0);
    app.clock.advance(chrono::Duration::seconds(360));
    app.client()
        .post("/connexion", &[("email", "z@b.example")])
        .await
        .expect_status(303);
}

#[tokio::test]
async fn a_forged_forwarded_address_does_not_escape_the_limit() {
    let app = TestApp::set(&[("limits.links_per_ip", "2")]).await;
    let client = app.client();
    let mut statuses = Vec::new();
    for n in 0..4 {
        let email = format!("a{n}@b.example");
        let request = client
            .form("/connexion", &[("email", &email)])
            .header("x-forwarded-for", format!("203.0.113.{n}"));
        statuses.push(client.send(request).await.status);
    }
    assert_eq!(statuses, [303, 303, 429, 429]);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_browser_has_its_own_limit() {
    let app = TestApp::set(&[
        ("limits.links_per_ip", "1"),
        ("server.trusted_proxies", "127.0.0.1"),
    ])
    .await;
    let client = app.client();
    let mut statuses = Vec::new();
    for (n, address) in [
        "203.0.113.1",
        "203.0.113.2",
        "9.9.9.9, 203.0.113.1",
        "2001:db8::1",
        "2001:db8::2",
    ]
    .iter()
    .enumerate()
    {
        let email = format!("a{n}@b.example");
        let request = client
            .form("/connexion", &[("email", &email)])
            .header("x-forwarded-for", *address);
        statuses.push(client.send(request).await.status);
    }
    assert_eq!(statuses, [303, 303, 429, 303, 429]);
}

#[tokio::test]
async fn all_links_together_have_a_limit() {
    let app = TestApp::set(&[
        ("limits.links_total", "3"),
        ("server.trusted_proxies", "127.0.0.1"),
    ])
    .await;
    let client = app.client();
    let mut statuses = Vec::new();
    for n in 0..5 {
        let email = format!("a{n}@b.example");
        let request = client
            .form("/connexion", &[("email", &email)])
            .header("x-forwarded-for", format!("203.0.113.{n}"));
        statuses.push(client.send(request).await.status);
    }
    assert_eq!(statuses, [303, 303, 303, 429, 429]);
}

#[tokio::test]
async fn codes_cannot_be_tried_without_end() {
    let app = TestApp::set(&[("limits.codes_per_ip", "5")]).await;
    let client = app.client();
    client.post("/connexion", &[("email", "a@b.example")]).await;
    for _ in 0..5 {
        let page = client
            .post("/connexion/code", &[("code", "00000000")])
            .await;
        assert!([410, 422].contains(&page.status));
    }
    client
        .post("/connexion/code", &[("code", "00000000")])
        .await
        .expect_status(429);
    let mail = app.sign_in_mail("a@b.example").await;
    let path = mail.link.strip_prefix(&app.origin).unwrap();
    client.post(path, &[]).await.expect_status(429);
}

#[tokio::test]
async fn forms_have_a_limit_by_session_and_by_network() {
    let app = TestApp::set(&[("limits.actions_per_minute", "6")]).await;
    // Signing in takes two forms of this network.
    let client = app.supplier().await;
    for _ in 0..6 {
        client.post("/fn/nothing", &[]).await.expect_status(404);
    }
    let page = client.post("/fn/nothing", &[]).await;
    page.expect_status(429);
    assert_eq!(page.header("retry-after"), Some("10"));
    let stranger = app.client();
    for _ in 0..4 {
        stranger.post("/deconnexion", &[]).await.expect_status(303);
    }
    stranger.post("/deconnexion", &[]).await.expect_status(429);
    client.get("/aide").await.expect_status(200);
    app.clock.advance(chrono::Duration::seconds(10));
    client.post("/fn/nothing", &[]).await.expect_status(404);
}

#[tokio::test]
async fn look_ups_have_a_limit_of_their_own() {
    let app = TestApp::set(&[("limits.lookups_per_minute", "2")]).await;
    let client = app.supplier().await;
    for query in ["boulangerie", "menuiserie"] {
        let page = client.get(&format!("/espace/recherche?q={query}")).await;
        assert_ne!(page.status, 429);
    }
    let page = client.get("/espace/recherche?q=transport").await;
    page.expect_status(429);
    assert_eq!(page.header("retry-after"), Some("30"));
    client
        .post("/fn/open-company", &[("number", "200054807")])
        .await
        .expect_status(429);
    client
        .post("/declarer/depuis-simulateur", &[("number", "200054807")])
        .await
        .expect_status(429);
    assert_ne!(
        client.get("/espace/recherche").await.status,
        429,
        "the empty page asks nothing"
    );
    assert_ne!(client.get("/espace").await.status, 429);
    app.clock.advance(chrono::Duration::seconds(30));
    assert_ne!(
        client.get("/espace/recherche?q=transport").await.status,
        429
    );
}

#[tokio::test]
async fn two_processes_share_the_limits_of_sign_in() {
    let db = TestDatabase::create(Engine::Postgres).await;
    let url = db.url().to_owned();
    let one = TestApp::on(db, &[("limits.links_per_ip", "2")]).await;
    let two = TestApp::on(
        TestDatabase::create(Engine::Sqlite).await,
        &[("limits.links_per_ip", "2"), ("database.url", &url)],
    )
    .await;
    one.client()
        .post("/connexion", &[("email", "a@b.example")])
        .await
        .expect_status(303);
    two.client()
        .post("/connexion", &[("email", "b@b.example")])
        .await
        .expect_status(303);
    one.client()
        .post("/connexion", &[("email", "c@b.example")])
        .await
        .expect_status(429);
    two.client()
        .post("/connexion", &[("email", "c@b.example")])
        .await
        .expect_status(429);
}
