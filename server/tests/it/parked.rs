//! A form whose session expired on the way: kept, sealed, and given back to its author alone.

use reqwest::header;

use crate::support::{Client, TestApp};

const EMAIL: &str = "fournisseur@entreprise.example";
/// No such function exists: that it is looked for at all shows that the form was sent again.
const FORM: &str = "/fn/no-such-function";

async fn expired(app: &TestApp) -> Client {
    let client = app.sign_in(EMAIL).await;
    app.clock.advance(chrono::Duration::hours(5));
    client
}

async fn post_late(app: &TestApp, client: &Client) {
    let request = client
        .form(
            FORM,
            &[("turnover", "1234567"), ("name", "Boulangerie Démo")],
        )
        .header(
            header::REFERER,
            format!("{}/declarations/7/taille", app.origin),
        );
    let page = client.send(request).await;
    page.expect_redirect("/connexion?next=/declarations/7/taille");
}

async fn count(app: &TestApp) -> i64 {
    app.db.number("SELECT count(*) FROM parked_posts").await
}

async fn sign_in_again(app: &TestApp, client: &Client, email: &str) -> String {
    client.post("/connexion", &[("email", email)]).await;
    let mail = app.sign_in_mail(email).await;
    let path = mail.link.strip_prefix(&app.origin).unwrap();
    client.post(path, &[]).await.location().unwrap().to_owned()
}

store::on_both_engines! {
    async fn the_form_waits_and_is_sent_again_by_a_button(db) {
        let app = TestApp::on(db, &[]).await;
        let client = expired(&app).await;
        post_late(&app, &client).await;
        assert_eq!(count(&app).await, 1);
        assert_eq!(sign_in_again(&app, &client, EMAIL).await, "/connexion/reprise");
        client.get("/connexion/reprise").await.expect_status(200).expect_text("Reprendre l’envoi");
        assert_eq!(count(&app).await, 1, "reading the page takes nothing");
        // The function is looked for, with the session, and does not exist.
        client.post("/connexion/reprise", &[]).await.expect_status(404);
        assert_eq!(count(&app).await, 0);
        client.post("/connexion/reprise", &[]).await.expect_redirect("/espace");
    }
}

#[tokio::test]
async fn another_account_in_the_same_browser_does_not_get_it() {
    let app = TestApp::start().await;
    let client = expired(&app).await;
    post_late(&app, &client).await;
    assert_eq!(
        sign_in_again(&app, &client, "autre@entreprise.example").await,
        "/espace"
    );
    client
        .post("/connexion/reprise", &[])
        .await
        .expect_redirect("/espace");
    assert_eq!(count(&app).await, 1);
}

#[tokio::test]
async fn the_same_account_in_another_browser_does_not_get_it() {
    let app = TestApp::start().await;
    let client = expired(&app).await;
    post_late(&app, &client).await;
    let other = app.client();
    assert_eq!(sign_in_again(&app, &other, EMAIL).await, "/espace");
    other
        .post("/connexion/reprise", &[])
        .await
        .expect_redirect("/espace");
    assert_eq!(count(&app).await, 1);
}

#[tokio::test]
async fn it_is_kept_for_an_hour() {
    let app = TestApp::start().await;
    let client = expired(&app).await;
    post_late(&app, &client).await;
    app.clock.advance(chrono::Duration::minutes(61));
    assert_eq!(sign_in_again(&app, &client, EMAIL).await, "/espace");
    client
        .post("/connexion/reprise", &[])
        .await
        .expect_redirect("/espace");
}

#[tokio::test]
async fn what_is_kept_cannot_be_read_in_the_database() {
    let app = TestApp::start().await;
    let client = expired(&app).await;
    post_late(&app, &client).await;
    for name in ["test.db", "test.db-wal"] {
        let bytes = std::fs::read(app.db.folder().join(name)).unwrap_or_default();
        for secret in ["1234567", "Boulangerie"] {
            assert!(
                !bytes
                    .windows(secret.len())
                    .any(|part| part == secret.as_bytes()),
                "{secret} in {name}"
            );
        }
    }
}

#[tokio::test]
async fn nothing_is_kept_for_a_browser_that_never_signed_in() {
    let app = TestApp::start().await;
    let client = app.client();
    client
        .post(FORM, &[("a", "b")])
        .await
        .expect_redirect("/connexion");
    client.post("/connexion", &[("email", EMAIL)]).await;
    client
        .post(FORM, &[("a", "b")])
        .await
        .expect_redirect("/connexion");
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn a_foreign_post_is_not_kept() {
    let app = TestApp::start().await;
    let client = expired(&app).await;
    client
        .post_from_elsewhere(FORM, &[("a", "b")])
        .await
        .expect_status(403);
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn signing_out_leaves_nothing_to_resume() {
    let app = TestApp::start().await;
    let client = app.sign_in(EMAIL).await;
    client.post("/deconnexion", &[]).await;
    client
        .post(FORM, &[("a", "b")])
        .await
        .expect_redirect("/connexion");
    assert_eq!(count(&app).await, 0);
    client
        .post("/connexion/reprise", &[])
        .await
        .expect_redirect("/connexion?next=/connexion/reprise");
}

const SIMULATION: &str = "/declarer/depuis-simulateur";

/// Posts a simulation without a session, and signs in; answers where that leads.
async fn simulate_then_sign_in(app: &TestApp, client: &Client) -> String {
    let page = client
        .post(SIMULATION, &[("e0-awu", "62,5"), ("number", "1")])
        .await;
    assert_eq!(page.status, 303, "{}", page.body);
    let address = page.location().unwrap();
    for readable in ["62,5", "62%2C5", "e0-awu"] {
        assert!(
            !address.contains(readable),
            "nothing can be read in {address}"
        );
    }
    let form = client.follow(&page).await;
    let next = crate::support::attribute(&form.body, "name=\"next\"", "value")
        .expect("the form is carried");
    client
        .post("/connexion", &[("email", EMAIL), ("next", &next)])
        .await;
    let mail = app.sign_in_mail(EMAIL).await;
    let path = mail.link.strip_prefix(&app.origin).unwrap();
    client.post(path, &[]).await.location().unwrap().to_owned()
}

#[tokio::test]
async fn a_simulation_posted_before_signing_in_is_sent_after() {
    let app = TestApp::start().await;
    let client = app.client();
    let page = simulate_then_sign_in(&app, &client).await;
    assert!(page.starts_with("/connexion/reprise?form="), "{page}");
    client
        .get(&page)
        .await
        .expect_status(200)
        .expect_text("Reprendre l’envoi");
    assert_eq!(count(&app).await, 0, "nothing is written for a visitor");
    // The form reaches its handler, with the session: wherever it leads, it is not the sign-in page.
    let sent = client.post(&page, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(
        !sent.location().unwrap().starts_with("/connexion"),
        "{:?}",
        sent.location()
    );
}

#[tokio::test]
async fn a_simulation_opens_in_its_own_browser_and_for_an_hour() {
    let app = TestApp::start().await;
    let client = app.client();
    let page = simulate_then_sign_in(&app, &client).await;
    let other = app.sign_in("autre@entreprise.example").await;
    other.post(&page, &[]).await.expect_redirect("/espace");
    app.clock.advance(chrono::Duration::minutes(61));
    client.post(&page, &[]).await.expect_redirect("/espace");
    client
        .post("/connexion/reprise?form=forged", &[])
        .await
        .expect_redirect("/espace");
}
