//! Sessions: what each role may open, how they end, and that ending one is felt at once.

use crate::support::TestApp;

const AREAS: [(&str, [u16; 4]); 7] = [
    // anonymous, supplier, reviewer, administrator; 0 is "whatever the page says".
    ("/espace", [303, 0, 403, 403]),
    (
        "/declarations/00000000-0000-0000-0000-000000000000/taille",
        [303, 0, 403, 403],
    ),
    ("/instruction", [303, 403, 0, 0]),
    (
        "/instruction/00000000-0000-0000-0000-000000000000",
        [303, 403, 0, 0],
    ),
    ("/administration/envois", [303, 403, 403, 0]),
    (
        "/qualifications/00000000-0000-0000-0000-000000000000",
        [303, 0, 0, 0],
    ),
    ("/aide", [200, 200, 200, 200]),
];

#[tokio::test]
async fn each_area_opens_to_its_roles_only() {
    let app = TestApp::start().await;
    let actors = [
        app.client(),
        app.supplier().await,
        app.reviewer().await,
        app.administrator().await,
    ];
    for (path, expected) in AREAS {
        for (actor, status) in actors.iter().zip(expected) {
            let page = actor.get(path).await;
            if status == 0 {
                assert_ne!(page.status, 403, "{path}");
                assert!(
                    !page
                        .location()
                        .is_some_and(|to| to.starts_with("/connexion")),
                    "{path}"
                );
            } else {
                assert_eq!(page.status, status, "{path}");
            }
        }
    }
}

#[tokio::test]
async fn a_script_without_a_session_is_told_so_in_json() {
    let app = TestApp::start().await;
    let client = app.client();
    let request = client
        .request(reqwest::Method::POST, "/fn/save")
        .header("accept", "application/json")
        .header("origin", &app.origin)
        .body("a=b");
    let page = client.send(request).await;
    page.expect_status(401);
    let body: serde_json::Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(body["code"], "signed_out");
}

#[tokio::test]
async fn an_idle_agent_is_signed_out_after_an_hour_and_a_supplier_later() {
    let app = TestApp::start().await;
    let (supplier, agent) = (app.supplier().await, app.reviewer().await);
    // Someone who keeps reading stays signed in.
    for _ in 0..3 {
        app.clock.advance(chrono::Duration::minutes(50));
        assert_ne!(agent.get("/instruction").await.status, 303);
    }
    app.clock.advance(chrono::Duration::minutes(61));
    agent
        .get("/instruction")
        .await
        .expect_redirect("/connexion?next=/instruction");
    assert_eq!(
        agent.cookie("__Host-session"),
        None,
        "the dead cookie is erased"
    );
    supplier.get("/aide").await.expect_text("Se déconnecter");
    app.clock.advance(chrono::Duration::hours(5));
    supplier
        .get("/espace")
        .await
        .expect_redirect("/connexion?next=/espace");
}

#[tokio::test]
async fn a_failing_database_signs_nobody_out() {
    let app = TestApp::start().await;
    let agent = app.reviewer().await;
    app.clock.advance(chrono::Duration::minutes(5));
    // Unreadable, then away: in neither case does anybody know whether the session lives.
    app.db
        .execute("ALTER TABLE sessions RENAME TO sessions_away")
        .await;
    agent.get("/instruction").await.expect_status(500);
    assert!(agent.cookie("__Host-session").is_some());
    app.db
        .execute("ALTER TABLE sessions_away RENAME TO sessions")
        .await;
    agent.get("/instruction").await.expect_status(200);
    app.clock.advance(chrono::Duration::minutes(5));
    app.state.store.clone().close().await.expect("an end");
    agent.get("/instruction").await.expect_status(503);
    assert!(agent.cookie("__Host-session").is_some());
}

#[tokio::test]
async fn an_agents_session_never_lasts_more_than_twelve_hours() {
    let app = TestApp::start().await;
    let agent = app.reviewer().await;
    for _ in 0..14 {
        app.clock.advance(chrono::Duration::minutes(50));
        agent.get("/instruction").await;
    }
    assert!(agent.cookie("__Host-session").is_some());
    app.clock.advance(chrono::Duration::minutes(21));
    agent
        .get("/instruction")
        .await
        .expect_redirect("/connexion?next=/instruction");
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once_everywhere() {
    let app = TestApp::start().await;
    let client = app.supplier().await;
    let thief = client.copy();
    thief.get("/aide").await.expect_text("Se déconnecter");
    let page = client.post("/deconnexion", &[]).await;
    page.expect_redirect("/");
    assert_eq!(page.header("clear-site-data"), Some("\"storage\""));
    assert_eq!(client.cookie("__Host-session"), None);
    assert_eq!(client.cookie("__Host-pre"), None);
    thief
        .get("/espace")
        .await
        .expect_redirect("/connexion?next=/espace");
    assert_eq!(app.db.number("SELECT count(*) FROM sessions").await, 0);
    // Twice, or without a session, is no error.
    client.post("/deconnexion", &[]).await.expect_redirect("/");
}

#[tokio::test]
async fn a_closed_account_can_change_nothing_at_once_and_read_nothing_soon() {
    let app = TestApp::start().await;
    let agent = app.reviewer().await;
    agent.get("/instruction").await;
    app.disable("agent@metropole.example").await;
    agent.post("/fn/anything", &[]).await.expect_status(303);
    app.clock.advance(chrono::Duration::seconds(6));
    agent
        .get("/instruction")
        .await
        .expect_redirect("/connexion?next=/instruction");
}

#[tokio::test]
async fn a_cookie_that_is_no_session_is_nobody() {
    let app = TestApp::start().await;
    for value in [
        "x",
        "../../etc/passwd",
        "' OR 1=1 --",
        &"a".repeat(4_000),
        "%00",
        "AAAA.BBBB",
    ] {
        let client = app.client();
        client.set_cookie("__Host-session", value);
        client.get("/espace").await.expect_status(303);
        client.get("/aide").await.expect_status(200);
    }
}

#[tokio::test]
async fn reading_a_page_twice_asks_the_database_once_for_the_session() {
    let app = TestApp::start().await;
    let client = app.supplier().await;
    client.get("/aide").await;
    let before = app.state.store.statements();
    for _ in 0..10 {
        client.get("/aide").await.expect_status(200);
    }
    assert_eq!(app.state.store.statements() - before, 0);
}
