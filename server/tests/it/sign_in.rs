//! Signing in, as a person lives it: by the link or the code, with which account and session, and on to which page.

use reqwest::{Method, header};
use store::Engine;
use store::accounts::{self, Role};
use store::testing::TestDatabase;

use crate::support::{Client, TestApp};

pub(crate) const EMAIL: &str = "jeanne@entreprise.example";

/// Asks for a link; answers its path and its code.
pub(crate) async fn ask(app: &TestApp, client: &Client, email: &str) -> (String, String) {
    client
        .post("/connexion", &[("email", email)])
        .await
        .expect_redirect("/connexion/envoye");
    let mail = app.sign_in_mail(&email.trim().to_lowercase()).await;
    let path = mail.link.strip_prefix(&app.origin).unwrap().to_owned();
    (path, mail.code)
}

pub(crate) async fn sessions(app: &TestApp) -> i64 {
    app.db.number("SELECT count(*) FROM sessions").await
}

store::on_both_engines! {
    async fn a_person_signs_in_by_the_link(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.client();
        client.get("/connexion").await.expect_status(200).expect_text("Se connecter");
        let (path, _) = ask(&app, &client, " Jeanne@Entreprise.EXAMPLE ").await;
        client.get("/connexion/envoye").await.expect_status(200).expect_text("Consultez votre messagerie");
        client.get(&path).await.expect_status(200).expect_text("Se connecter");
        let page = client.post(&path, &[]).await;
        page.expect_redirect("/espace");
        let page = client.get("/aide").await;
        page.expect_text("Se déconnecter");
        assert_eq!(sessions(&app).await, 1);
    }

    async fn a_person_signs_in_by_the_code(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.client();
        let (_, code) = ask(&app, &client, EMAIL).await;
        let spaced = format!(" {} {} ", &code[..4], &code[4..]);
        client.post("/connexion/code", &[("code", &spaced)]).await.expect_redirect("/espace");
        assert_eq!(sessions(&app).await, 1);
    }
}

#[tokio::test]
async fn known_unknown_and_closed_addresses_get_the_same_answer() {
    let app = TestApp::start().await;
    app.account("connue@metropole.example", Role::Reviewer)
        .await;
    app.account("fermee@metropole.example", Role::Reviewer)
        .await;
    app.disable("fermee@metropole.example").await;
    let mut seen = Vec::new();
    for email in [
        "connue@metropole.example",
        "fermee@metropole.example",
        "inconnue@metropole.example",
    ] {
        let client = app.client();
        let before = app.state.store.statements();
        let page = client.post("/connexion", &[("email", email)]).await;
        // The same work: as many statements, hence the same time.
        let statements = app.state.store.statements() - before;
        let mut headers: Vec<_> = page
            .headers
            .iter()
            .filter(|(name, _)| !["x-request-id", "date", "set-cookie"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        headers.sort();
        let sent = client.get("/connexion/envoye").await.body;
        assert_eq!(app.sign_in_mails(email).await.len(), 1, "{email}");
        seen.push((page.status, page.body, headers, statements, sent));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[tokio::test]
async fn a_closed_account_gets_no_session() {
    let app = TestApp::start().await;
    let email = "fermee@metropole.example";
    app.account(email, Role::Reviewer).await;
    app.disable(email).await;
    let client = app.client();
    let (path, _) = ask(&app, &client, email).await;
    client
        .post(&path, &[])
        .await
        .expect_status(403)
        .expect_text("Ce compte est fermé");
    let (_, code) = ask(&app, &client, email).await;
    client
        .post("/connexion/code", &[("code", &code)])
        .await
        .expect_status(403)
        .expect_text("Ce compte est fermé");
    assert_eq!(sessions(&app).await, 0);
}

#[tokio::test]
async fn a_new_address_becomes_a_supplier_and_never_an_agent() {
    let app = TestApp::start().await;
    app.sign_in("nouvelle@metropole.example").await;
    let account = accounts::by_email(app.state.store.read(), "nouvelle@metropole.example")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(account.role, Role::Supplier);
    let agent = app.reviewer().await;
    agent.get("/connexion").await.expect_text("Se déconnecter");
    // Nothing is opened by asking alone.
    app.client()
        .post("/connexion", &[("email", "curieux@metropole.example")])
        .await;
    let nobody = accounts::by_email(app.state.store.read(), "curieux@metropole.example")
        .await
        .unwrap();
    assert_eq!(nobody, None);
}

#[tokio::test]
async fn the_session_identifier_is_new_at_each_sign_in() {
    let app = TestApp::start().await;
    let client = app.client();
    let planted = "A".repeat(43);
    client.set_cookie("__Host-session", &planted);
    app.sign_in_with(&client, EMAIL).await;
    let first = client.cookie("__Host-session").unwrap();
    assert_ne!(first, planted);
    let thief = app.client();
    thief.set_cookie("__Host-session", &planted);
    thief.get("/espace").await.expect_status(303);
    let copy = client.copy();
    app.clock.advance(chrono::Duration::minutes(6));
    app.sign_in_with(&client, EMAIL).await;
    assert_ne!(client.cookie("__Host-session").unwrap(), first);
    copy.get("/espace")
        .await
        .expect_redirect("/connexion?next=/espace");
    assert_eq!(sessions(&app).await, 1);
}

#[tokio::test]
async fn the_page_that_was_asked_for_is_kept_through_the_mail() {
    let app = TestApp::start().await;
    let client = app.client();
    let page = client.get("/espace/recherche?q=boulangerie").await;
    page.expect_redirect("/connexion?next=/espace/recherche%3Fq%3Dboulangerie");
    let form = client.follow(&page).await;
    let next = crate::support::attribute(&form.body, "name=\"next\"", "value").unwrap();
    assert_eq!(next, "/espace/recherche?q=boulangerie");
    client
        .post("/connexion", &[("email", EMAIL), ("next", &next)])
        .await;
    let mail = app.sign_in_mail(EMAIL).await;
    let path = mail.link.strip_prefix(&app.origin).unwrap();
    client
        .post(path, &[])
        .await
        .expect_redirect("/espace/recherche?q=boulangerie");
}

#[tokio::test]
async fn no_sign_in_leads_elsewhere() {
    let app = TestApp::set(&[
        ("limits.links_per_ip", "1000"),
        ("limits.codes_per_ip", "1000"),
        ("limits.actions_per_minute", "10000"),
    ])
    .await;
    for (n, next) in [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\t/evil.example",
        "/\n/evil.example",
        "%2f%2fevil.example",
        " /espace",
        "/connexion/lien/abc",
        "/deconnexion",
        "/fn/save",
        "/espace\r\nSet-Cookie: a=b",
    ]
    .iter()
    .enumerate()
    {
        let client = app.client();
        let asked = client
            .request(Method::GET, "/connexion")
            .header(header::ACCEPT, "text/html")
            .query(&[("next", next)]);
        let form = client.send(asked).await;
        let shown = crate::support::attribute(&form.body, "name=\"next\"", "value");
        assert!(shown.is_none_or(|shown| !shown.contains("evil")), "{next}");
        let email = format!("personne{n}@entreprise.example");
        client
            .post("/connexion", &[("email", &email), ("next", next)])
            .await
            .expect_redirect("/connexion/envoye");
        let mail = app.sign_in_mail(&email).await;
        let path = mail.link.strip_prefix(&app.origin).unwrap();
        client.post(path, &[]).await.expect_redirect("/espace");
    }
}

#[tokio::test]
async fn wrong_addresses_are_explained_and_kept_out_of_the_address_bar() {
    let app = TestApp::start().await;
    let client = app.client();
    for typed in [
        "",
        "jeanne",
        "jeanne@",
        "jeanne@localhost",
        "a@b.example\r\nBcc: c@d.example",
        "\"><script>alert(1)</script>",
    ] {
        let page = client
            .post("/connexion", &[("email", typed), ("next", "/espace")])
            .await;
        page.expect_status(422)
            .expect_text("prenom.nom@entreprise.fr");
        assert_eq!(page.location(), None);
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
        let kept = crate::support::attribute(&page.body, "name=\"next\"", "value");
        assert_eq!(kept.as_deref(), Some("/espace"));
    }
    let page = client.post("/connexion", &[("email", "jeanne@")]).await;
    let value = crate::support::attribute(&page.body, "name=\"email\"", "value");
    assert_eq!(value.as_deref(), Some("jeanne@"));
    assert_eq!(app.db.number("SELECT count(*) FROM sign_in_links").await, 0);
}

#[tokio::test]
async fn the_database_holds_no_token_that_was_issued() {
    let app = TestApp::start().await;
    let client = app.client();
    let (path, code) = ask(&app, &client, EMAIL).await;
    let token = path.rsplit('/').next().unwrap().to_owned();
    client.post(&path, &[]).await.expect_redirect("/espace");
    let session = client.cookie("__Host-session").unwrap();
    let browser = client.cookie("__Host-pre").unwrap();
    let browser = browser.split('.').next().unwrap();
    let mut dump = Vec::new();
    for name in ["test.db", "test.db-wal"] {
        if let Ok(bytes) = std::fs::read(app.db.folder().join(name)) {
            dump.extend(bytes);
        }
    }
    assert!(find(&dump, EMAIL.as_bytes()), "the dump is the right one");
    for secret in [token.as_str(), &code, &session, browser] {
        assert!(!find(&dump, secret.as_bytes()), "{secret}");
    }
}

#[tokio::test]
async fn two_processes_share_links_and_sessions() {
    let db = TestDatabase::create(Engine::Postgres).await;
    let url = db.url().to_owned();
    let one = TestApp::on(db, &[("secrets.key", &"0123456789abcdef".repeat(4))]).await;
    let two = TestApp::on(
        TestDatabase::create(Engine::Sqlite).await,
        &[
            ("database.url", &url),
            ("secrets.key", &"0123456789abcdef".repeat(4)),
        ],
    )
    .await;
    let client = one.client();
    client
        .post("/connexion", &[("email", EMAIL)])
        .await
        .expect_redirect("/connexion/envoye");
    let mail = one.sign_in_mail(EMAIL).await;
    let path = mail.link.strip_prefix(&one.origin).unwrap();
    let mut there = client.copy();
    there.origin = two.origin.clone();
    there.post(path, &[]).await.expect_redirect("/espace");
    let mut here = there.copy();
    here.origin = one.origin.clone();
    here.get("/aide").await.expect_text("Se déconnecter");
    there.post("/deconnexion", &[]).await.expect_redirect("/");
    // What may still be remembered for a few seconds only reads; a change is refused at once.
    here.post("/fn/anything", &[]).await.expect_status(303);
}

#[tokio::test]
async fn mails_follow_the_language_in_which_one_last_signed_in() {
    let app = TestApp::start().await;
    let languages = "SELECT COUNT(*) FROM accounts WHERE language = 'en'";
    let french = app.sign_in(EMAIL).await;
    assert_eq!(app.db.number(languages).await, 0);
    let english = app.client();
    english.set_cookie("__Host-lang", "en");
    app.sign_in_with(&english, EMAIL).await;
    assert_eq!(app.db.number(languages).await, 1);
    // Reading in another language is not signing in.
    french.get("/espace").await.expect_text("<html lang=\"fr\"");
    assert_eq!(app.db.number(languages).await, 1);
    app.sign_in_with(&french, EMAIL).await;
    assert_eq!(app.db.number(languages).await, 0);
}

fn find(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|part| part == needle)
}
