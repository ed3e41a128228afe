//! How long a link and its code live, in which browser, and that each works once: the pitfalls of magic links, one test each.

use reqwest::Method;

use crate::sign_in::{EMAIL, ask, sessions};
use crate::support::TestApp;

#[tokio::test]
async fn opening_the_link_consumes_nothing() {
    let app = TestApp::start().await;
    let client = app.client();
    let (path, _) = ask(&app, &client, EMAIL).await;
    let scanner = app.client();
    for browser in [&client, &scanner] {
        for _ in 0..10 {
            browser.get(&path).await.expect_status(200);
            browser
                .send(browser.request(Method::HEAD, &path))
                .await
                .expect_status(200);
        }
    }
    assert_eq!(sessions(&app).await, 0);
    client.post(&path, &[]).await.expect_redirect("/espace");
}

#[tokio::test]
async fn a_scanner_that_posts_gets_no_session_and_spoils_nothing() {
    let app = TestApp::start().await;
    let client = app.client();
    let (path, _) = ask(&app, &client, EMAIL).await;
    let scanner = app.client();
    let page = scanner.post(&path, &[]).await;
    page.expect_status(422)
        .expect_text("Saisissez le code du courriel");
    // One that asked for a link of its own has a browser cookie, but not the right one.
    ask(&app, &scanner, "autre@entreprise.example").await;
    scanner.post(&path, &[]).await.expect_status(410);
    for code in ["", "abc", "1234"] {
        scanner.post(&path, &[("code", code)]).await;
    }
    assert_eq!(sessions(&app).await, 0);
    assert_eq!(scanner.cookie("__Host-session"), None);
    client.post(&path, &[]).await.expect_redirect("/espace");
}

#[tokio::test]
async fn another_device_needs_the_code_too() {
    let app = TestApp::start().await;
    let client = app.client();
    let (path, code) = ask(&app, &client, EMAIL).await;
    let phone = app.client();
    phone.get(&path).await.expect_status(200);
    phone.post(&path, &[]).await.expect_status(422);
    phone
        .post(&path, &[("code", &wrong(&code))])
        .await
        .expect_status(422)
        .expect_text("n’est pas le bon");
    phone
        .post(&path, &[("code", &code)])
        .await
        .expect_redirect("/espace");
    client.post(&path, &[]).await.expect_status(410);
    assert_eq!(sessions(&app).await, 1);
}

#[tokio::test]
async fn a_code_without_the_link_works_only_where_it_was_asked_for() {
    let app = TestApp::start().await;
    let client = app.client();
    let (_, code) = ask(&app, &client, EMAIL).await;
    let other = app.client();
    other
        .post("/connexion/code", &[("code", &code)])
        .await
        .expect_status(422)
        .expect_text("n’a pas demandé de code");
    ask(&app, &other, "autre@entreprise.example").await;
    other
        .post("/connexion/code", &[("code", &code)])
        .await
        .expect_status(422);
    assert_eq!(sessions(&app).await, 0);
    client
        .post("/connexion/code", &[("code", &code)])
        .await
        .expect_redirect("/espace");
}

#[tokio::test]
async fn a_link_works_once() {
    let app = TestApp::start().await;
    let client = app.client();
    let (path, code) = ask(&app, &client, EMAIL).await;
    client.post(&path, &[]).await.expect_redirect("/espace");
    client
        .post(&path, &[])
        .await
        .expect_status(410)
        .expect_text("ne fonctionne plus");
    client
        .post(&path, &[("code", &code)])
        .await
        .expect_status(410);
    client
        .post("/connexion/code", &[("code", &code)])
        .await
        .expect_status(410);
    assert_eq!(sessions(&app).await, 1);
}

store::on_both_engines! {
    async fn ten_posts_at_once_make_one_session(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.client();
        let (path, _) = ask(&app, &client, EMAIL).await;
        let posts = (0..10).map(|_| {
            let (client, path) = (client.copy(), path.clone());
            async move { client.post(&path, &[]).await.status }
        });
        let mut statuses = futures::future::join_all(posts).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [[303].as_slice(), &[410; 9]].concat());
        assert_eq!(sessions(&app).await, 1);
    }
}

#[tokio::test]
async fn a_link_lasts_ten_minutes() {
    for (seconds, status) in [(599, 303), (601, 410)] {
        let app = TestApp::start().await;
        let client = app.client();
        let (path, _) = ask(&app, &client, EMAIL).await;
        app.clock.advance(chrono::Duration::seconds(seconds));
        client.post(&path, &[]).await.expect_status(status);
        let client = app.client();
        let (_, code) = ask(&app, &client, EMAIL).await;
        app.clock.advance(chrono::Duration::seconds(seconds));
        client
            .post("/connexion/code", &[("code", &code)])
            .await
            .expect_status(status);
    }
}

#[tokio::test]
async fn only_the_newest_link_works() {
    let app = TestApp::start().await;
    let client = app.client();
    let (old, old_code) = ask(&app, &client, EMAIL).await;
    app.clock.advance(chrono::Duration::seconds(1));
    let (new, _) = ask(&app, &client, EMAIL).await;
    client.post(&old, &[]).await.expect_status(410);
    client
        .post(&old, &[("code", &old_code)])
        .await
        .expect_status(410);
    client.post(&new, &[]).await.expect_redirect("/espace");
}

#[tokio::test]
async fn another_persons_link_is_not_consumed_by_this_browser() {
    let app = TestApp::start().await;
    let (one, two) = (app.client(), app.client());
    let (first, first_code) = ask(&app, &one, EMAIL).await;
    let (second, _) = ask(&app, &two, "autre@entreprise.example").await;
    one.post(&second, &[]).await.expect_status(410);
    two.post(&first, &[]).await.expect_status(410);
    two.post(&second, &[("code", &first_code)])
        .await
        .expect_status(422);
    for forged in [
        "/connexion/lien/",
        "/connexion/lien/aaaa",
        "/connexion/lien/%00",
        "/connexion/lien/a%2Fb",
    ] {
        let page = one.post(forged, &[]).await;
        assert!(
            [400, 404, 410].contains(&page.status),
            "{forged}: {}",
            page.status
        );
    }
    assert_eq!(sessions(&app).await, 0);
}

#[tokio::test]
async fn five_wrong_codes_kill_the_link() {
    let app = TestApp::start().await;
    let client = app.client();
    let (path, code) = ask(&app, &client, EMAIL).await;
    for _ in 0..4 {
        client
            .post("/connexion/code", &[("code", &wrong(&code))])
            .await
            .expect_status(422);
    }
    client
        .post(&path, &[("code", &wrong(&code))])
        .await
        .expect_status(410);
    client
        .post("/connexion/code", &[("code", &code)])
        .await
        .expect_status(410);
    client.post(&path, &[]).await.expect_status(410);
    assert_eq!(sessions(&app).await, 0);
    // Text that is not a code is not a try.
    let (_, code) = ask(&app, &client, EMAIL).await;
    for _ in 0..10 {
        client
            .post("/connexion/code", &[("code", "12")])
            .await
            .expect_status(422);
    }
    client
        .post("/connexion/code", &[("code", &code)])
        .await
        .expect_redirect("/espace");
}

fn wrong(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &code[..7])
}
