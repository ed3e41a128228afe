//! Links that propose answers, from the address to the audit trail: sign-in, other devices, both engines, and what they may not do.

use app::desk::Opening;
use app::visitor::{AccountRole, Identity, Visitor};
use domain::form::{Draft, StepCode};
use domain::text::Lang;
use serde_json::Value;
use store::accounts;
use uuid::Uuid;

use crate::desks::{EI, fill, statement};
use crate::support::{Client, TestApp};

const EMAIL: &str = "camille@demo.example.fr";

fn link() -> String {
    format!(
        "/declarer?siret={EI}&statut=ei&valable-du=2026-01-01&effectif=12,5&pme=oui&contact_email=x%40y.fr&accepted=yes"
    )
}

/// Agrees with a link; where it leads.
async fn agree(client: &Client, link: &str) -> String {
    let (_, query) = link.split_once('?').unwrap();
    let page = client.post("/fn/open-by-link", &[("link", query)]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().unwrap().to_owned()
}

async fn count(app: &TestApp, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    app.db.number(&sql).await
}

/// A text of the database, which either engine may give as JSON.
fn json(value: &Value) -> Value {
    match value {
        Value::String(text) => serde_json::from_str(text).unwrap(),
        value => value.clone(),
    }
}

async fn draft(app: &TestApp) -> Draft {
    let rows = app.db.rows("SELECT answers FROM declarations").await;
    serde_json::from_value(json(&rows[0]["answers"])).unwrap()
}

/// The details of an act in the trail.
async fn trail(app: &TestApp, act: &str) -> Vec<Value> {
    let sql = format!("SELECT details FROM audit_events WHERE act = '{act}' ORDER BY seq");
    let rows = app.db.rows(&sql).await;
    rows.iter().map(|row| json(&row["details"])).collect()
}

store::on_both_engines! {
    async fn a_link_fills_what_is_empty_once_the_person_agrees(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.sign_in(EMAIL).await;
        let page = client.get(&link()).await;
        page.expect_status(200)
            .expect_text("Sera rempli")
            .expect_text("vous seul répondez à cette question");
        assert_eq!(count(&app, "declarations").await, 0, "reading changes nothing");
        assert_eq!(count(&app, "companies").await, 0);
        let to = agree(&client, &link()).await;
        assert!(to.ends_with("/taille?lien"), "{to}");
        client.get(&to).await.expect_status(200).expect_text("Proposé par un lien, le");
        let filled = draft(&app).await;
        assert_eq!((&*filled.size.declare, &*filled.size.awu), ("yes", "12,50"));
        assert_eq!(filled.solidarity.rows.len(), 1);
        assert_eq!(filled.company.contact_email, EMAIL, "the account's, not the link's");
        assert_eq!(filled.statement, domain::form::StatementStep::default());
        assert_eq!(filled.prefilled.len(), 5);
        // A second time, nothing is new, and nothing more is written.
        let again = agree(&client, &link()).await;
        assert!(again.starts_with("/declarations/") && !again.contains('?'), "{again}");
        assert_eq!(draft(&app).await, filled);
        let told = trail(&app, "prefilled").await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0]["origin"], "link");
        assert_eq!(told[0]["answers"][0], "taille/declare");
        assert!(!told[0].to_string().contains("12,5"), "no value: {}", told[0]);
    }

    async fn an_answer_of_the_supplier_stays_and_a_confirmed_one_loses_its_mark(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.sign_in(EMAIL).await;
        let to = agree(&client, &link()).await;
        let declaration = to.split('/').nth(2).unwrap().to_owned();
        let save = |intent: &'static str, awu: &'static str, version: &'static str| {
            let (client, id) = (client.copy(), declaration.clone());
            async move {
                let fields = [
                    ("id", id.as_str()),
                    ("version", version),
                    ("intent", intent),
                    ("answers[declare]", "yes"),
                    ("answers[awu]", awu),
                ];
                client.post("/fn/save-size", &fields).await.expect_status(303);
            }
        };
        save("save", "12,50", "2").await;
        assert_eq!(draft(&app).await.proposed(StepCode::Size).len(), 2, "a save alone confirms nothing");
        save("continue", "40", "3").await;
        let after = draft(&app).await;
        assert_eq!(after.proposed(StepCode::Size).len(), 0);
        assert_eq!(after.proposed(StepCode::Solidarity).len(), 3, "another step waits");
        let told = trail(&app, "prefill_settled").await;
        assert_eq!(told[0]["confirmed"], serde_json::json!(["taille/declare"]));
        assert_eq!(told[0]["changed"], serde_json::json!(["taille/awu"]));
        let page = client.get(&link()).await;
        page.expect_text("votre réponse reste");
        agree(&client, &link()).await;
        assert_eq!(draft(&app).await.size.awu, "40");
    }

    async fn the_link_survives_sign_in_here_and_on_another_device(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.client();
        let page = client.get(&link()).await;
        page.expect_status(200).expect_text("Se connecter pour continuer");
        let next = crate::support::attribute(&page.body, "href=\"/connexion?next=", "href").unwrap();
        let next = next.strip_prefix("/connexion?next=").unwrap();
        let next = next.replace("%3F", "?").replace("%3D", "=").replace("%26", "&").replace("%25", "%");
        for elsewhere in [false, true] {
            let asking = app.client();
            let fields = [("email", EMAIL), ("next", next.as_str())];
            asking.post("/connexion", &fields).await.expect_redirect("/connexion/envoye");
            let mail = app.sign_in_mails(EMAIL).await.pop().unwrap();
            let browser = if elsewhere { app.client() } else { asking };
            let path = mail.link.strip_prefix(&app.origin).unwrap();
            let code = if elsewhere { mail.code.as_str() } else { "" };
            let page = browser.post(path, &[("code", code)]).await;
            page.expect_redirect(&next);
            browser.get(&next).await.expect_text("Sera rempli").expect_text("contact_email");
            app.clock.advance(chrono::Duration::minutes(16));
        }
    }
}

#[tokio::test]
async fn a_foreign_page_fills_nothing() {
    let app = TestApp::start().await;
    let client = app.sign_in(EMAIL).await;
    let (path, query) = link()
        .split_once('?')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert_eq!(path, "/declarer");
    let page = client
        .post_from_elsewhere("/fn/open-by-link", &[("link", &query)])
        .await;
    page.expect_status(403);
    // A link cannot post, whatever it is called.
    let page = client.get(&format!("/fn/open-by-link?link={query}")).await;
    assert!(page.status >= 400, "{}", page.status);
    assert_eq!(count(&app, "declarations").await, 0);
    // Nor can somebody who is not signed in: the form goes to sign-in, and nothing waits.
    let nobody = app.client();
    nobody
        .post("/fn/open-by-link", &[("link", &query)])
        .await
        .expect_status(303);
    assert_eq!(count(&app, "companies").await, 0);
}

#[tokio::test]
async fn an_address_in_any_state_is_answered() {
    let app = TestApp::start().await;
    let supplier = app.sign_in(EMAIL).await;
    let long = "a".repeat(2_100);
    for (query, status) in [
        ("", 200),
        ("siret=%zz", 200),
        ("siret=%ff%fe&statut=%00", 200),
        ("siret=%3Cscript%3Ealert(1)%3C/script%3E", 200),
        ("next=//evil.example&siret=91000005800011", 200),
        ("&&&===", 200),
        (long.as_str(), 400),
    ] {
        for client in [&app.client(), &supplier] {
            let page = client.get(&format!("/declarer?{query}")).await;
            page.expect_status(status);
            assert!(!page.body.contains("<script>alert"), "{query}");
            assert!(!page.body.contains("href=\"//evil"), "{query}");
        }
    }
    assert_eq!(count(&app, "companies").await, 0);
}

#[tokio::test]
async fn nothing_of_a_company_of_others_is_told_or_filled() {
    let app = TestApp::start().await;
    let holder = app.sign_in("sam@demo.example.fr").await;
    agree(&holder, &link()).await;
    let stranger = app.sign_in(EMAIL).await;
    let page = stranger
        .get(&format!("/declarer?siret={EI}&effectif=99"))
        .await;
    page.expect_text("Sera rempli");
    assert!(!page.body.contains("SPA-"), "no reference of theirs");
    let to = agree(&stranger, &format!("/declarer?siret={EI}&effectif=99")).await;
    assert_eq!(to, format!("/espace/rattachement/{}", EI.get(..9).unwrap()));
    assert_eq!(draft(&app).await.size.awu, "12,50");
}

/// A declaration of this person that waits for a reviewer, or was sent back, and its desk.
async fn sent(app: &TestApp) -> Uuid {
    let account = accounts::by_email(app.state.store.read(), EMAIL)
        .await
        .unwrap()
        .unwrap();
    let visitor = Visitor::SignedIn(Identity {
        account: account.id,
        role: AccountRole::Supplier,
        email: account.email,
        name: None,
        quality: None,
        lang: Lang::Fr,
    });
    let desk = server::desks::reception(&app.state, None)
        .supplier(&visitor)
        .unwrap();
    let Opening::Declaration(id) = desk.open_company(EI).await.unwrap() else {
        panic!("a company")
    };
    let version = fill(&*desk, id).await;
    desk.submit(id, version, statement()).await.unwrap();
    id
}

#[tokio::test]
async fn a_declaration_that_was_sent_is_not_filled() {
    let app = TestApp::start().await;
    let client = app.sign_in(EMAIL).await;
    let id = sent(&app).await;
    let before = draft(&app).await;
    let other = format!("/declarer?siret={EI}&total-bilan=1&engagement=ENV-CLI-02");
    client.get(&other).await.expect_text("déjà transmise");
    let to = agree(&client, &other).await;
    assert_eq!(to, format!("/declarations/{id}"));
    assert_eq!(draft(&app).await, before);
}

#[tokio::test]
async fn signing_makes_proposals_the_signers() {
    let app = TestApp::start().await;
    let client = app.sign_in(EMAIL).await;
    agree(
        &client,
        &format!("/declarer?siret={EI}&insertion=non&autres-engagements=non"),
    )
    .await;
    assert_eq!(draft(&app).await.prefilled.len(), 2);
    sent(&app).await;
    assert_eq!(draft(&app).await.prefilled, []);
    assert_eq!(trail(&app, "prefill_settled").await.len(), 1);
}

#[tokio::test]
async fn a_field_and_a_claim_have_addresses_that_survive_sign_in() {
    let app = TestApp::start().await;
    let client = app.sign_in(EMAIL).await;
    let to = agree(&client, &link()).await;
    let id = to.split('/').nth(2).unwrap().to_owned();
    let step = format!("/declarations/{id}/taille");
    let at = |query: &str| format!("{step}?{query}");
    client
        .get(&at("champ=awu"))
        .await
        .expect_redirect(&format!("{step}#awu"));
    // Nothing else than the id of a field goes into the address.
    for odd in [
        "champ=",
        "champ=a%22%3E",
        "champ=//evil.example",
        "champ=%0d%0aX:y",
    ] {
        client.get(&at(odd)).await.expect_redirect(&step);
    }
    let nobody = app.client();
    let page = nobody.get(&at("champ=awu")).await;
    let next = format!("{step}%3Fchamp%3Dawu");
    page.expect_redirect(&format!("/connexion?next={next}"));
    nobody
        .post(
            "/connexion",
            &[("email", EMAIL), ("next", &at("champ=awu"))],
        )
        .await
        .expect_redirect("/connexion/envoye");
    let mail = app.sign_in_mail(EMAIL).await;
    let signed = nobody
        .post(mail.link.strip_prefix(&app.origin).unwrap(), &[])
        .await;
    signed.expect_redirect(&at("champ=awu"));
    nobody
        .get(&at("champ=awu"))
        .await
        .expect_redirect(&format!("{step}#awu"));
    app.sign_in("autre@entreprise.example.fr")
        .await
        .get(&at("champ=awu"))
        .await
        .expect_status(404);
}

#[tokio::test]
async fn a_claim_that_was_sent_is_found_by_its_key() {
    let app = TestApp::start().await;
    let client = app.sign_in(EMAIL).await;
    let id = sent(&app).await;
    let siren = &EI[..9];
    let to = format!("/declarations/{id}/solidarite?affirmation=EI@siren:{siren}");
    let anchor = format!("affirmation-EI-siren-{siren}");
    client
        .get(&to)
        .await
        .expect_redirect(&format!("/declarations/{id}#{anchor}"));
    let page = client.get(&format!("/declarations/{id}")).await;
    assert!(page.body.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    let version = app
        .db
        .number("SELECT version FROM declarations")
        .await
        .to_string();
    let fields = [("id", id.to_string()), ("version", version)];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    client
        .post("/fn/take-back-declaration", &fields)
        .await
        .expect_status(303);
    client
        .get(&to)
        .await
        .expect_redirect(&format!("/declarations/{id}/solidarite#rows-0"));
    let unknown = format!("/declarations/{id}/solidarite?affirmation=nothing");
    client
        .get(&unknown)
        .await
        .expect_redirect(&format!("/declarations/{id}/solidarite"));
}
