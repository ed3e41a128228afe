//! Signing in again beside what one types: the same forms, answered by names and values.

use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE, ORIGIN};

use crate::sign_in::{EMAIL, sessions};
use crate::support::{Client, Page, TestApp};

const FORM: &str = "application/x-www-form-urlencoded";

async fn post(client: &Client, path: &str, fields: &[(&str, &str)]) -> Page {
    client
        .send(
            client
                .request(Method::POST, path)
                .header(ACCEPT, FORM)
                .header(ORIGIN, &client.origin)
                .form(fields),
        )
        .await
}

#[track_caller]
fn says(page: &Page, status: u16, name: &str, start: &str) {
    page.expect_status(status);
    assert_eq!(page.header(CONTENT_TYPE.as_str()), Some(FORM));
    assert_eq!(page.location(), None);
    let read = reqwest::Url::parse(&format!("http://x/?{}", page.body)).unwrap();
    let said: Vec<(String, String)> = read.query_pairs().into_owned().collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].0, name);
    assert!(said[0].1.starts_with(start), "{said:?}");
}

store::on_both_engines! {
    async fn a_code_opens_a_session_without_leaving_the_page(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.client();
        says(&post(&client, "/connexion", &[("email", "jeanne")]).await, 422, "problem", "Saisissez une adresse");
        says(&post(&client, "/connexion", &[("email", EMAIL), ("next", "/espace")]).await, 200, "done", "1");
        let code = app.sign_in_mail(EMAIL).await.code;
        says(&post(&client, "/connexion/code", &[("code", "12")]).await, 422, "problem", "Le code compte 8 chiffres");
        let wrong = if code == "00000000" { "00000001" } else { "00000000" };
        says(&post(&client, "/connexion/code", &[("code", wrong)]).await, 422, "problem", "Ce code n’est pas le bon");
        assert_eq!(sessions(&app).await, 0);
        says(&post(&client, "/connexion/code", &[("code", &code)]).await, 200, "done", "1");
        assert_eq!(sessions(&app).await, 1);
        client.get("/espace").await.expect_status(200);
        // Used: another one is needed.
        says(&post(&client, "/connexion/code", &[("code", &code)]).await, 410, "problem", "Ce code ne fonctionne plus");
        // A browser that asked for none, in English.
        let other = app.client();
        other.set_cookie("__Host-lang", "en");
        says(&post(&other, "/connexion/code", &[("code", &code)]).await, 422, "problem", "This browser did not ask");
    }
}
