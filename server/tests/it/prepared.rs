//! Drafts that an agent prepares: from the form to the claim, on both engines, and every way in which they end otherwise.

use domain::form::Draft;
use serde_json::Value;
use uuid::Uuid;

use crate::desks::EI;
use crate::support::{Client, TestApp};

const CONTACT: &str = "contact@insertion.example.fr";

fn form(email: &str) -> Vec<(&'static str, String)> {
    vec![
        ("number", EI.to_owned()),
        ("contact", "Camille Martin".to_owned()),
        ("email", email.to_owned()),
        ("message", "Bonjour".to_owned()),
        ("statuses[]", "ei".to_owned()),
        ("siae", "EI013240013A0M0".to_owned()),
        ("staff", "12,5".to_owned()),
    ]
}

async fn prepare(agent: &Client, email: &str) -> String {
    let fields = form(email);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let page = agent.post("/fn/prepare-draft", &fields).await;
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().unwrap().to_owned()
}

/// The identifier of the last draft, by the link of its mail.
async fn last(app: &TestApp) -> Uuid {
    let sql = "SELECT payload FROM outbox WHERE route = 'mail.prepared' ORDER BY id DESC";
    let rows = app.db.rows(sql).await;
    let payload = match &rows[0]["payload"] {
        Value::String(text) => serde_json::from_str(text).unwrap(),
        value => value.clone(),
    };
    Uuid::parse_str(payload["prepared"].as_str().unwrap()).unwrap()
}

async fn answer(client: &Client, id: Uuid, intent: &str) -> String {
    let id = id.to_string();
    let page = client
        .post("/fn/answer-prepared", &[("id", &id), ("intent", intent)])
        .await;
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().unwrap().to_owned()
}

async fn change(agent: &Client, id: Uuid, intent: &str) -> String {
    let id = id.to_string();
    let fields = [("id", id.as_str()), ("intent", intent)];
    let page = agent.post("/fn/change-prepared", &fields).await;
    page.location().unwrap().to_owned()
}

async fn page_account(app: &TestApp, email: &str) -> String {
    let found = store::accounts::by_email(app.state.store.read(), email).await;
    found.unwrap().unwrap().id.to_string()
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    app.db.number(&format!("SELECT count(*) FROM {sql}")).await
}

store::on_both_engines! {
    async fn a_draft_is_prepared_claimed_once_and_seen_by_both_sides(db) {
        let app = TestApp::on(db, &[]).await;
        let agent = app.reviewer().await;
        assert_eq!(prepare(&agent, " Contact@Insertion.example.fr ").await, "/instruction/brouillons?fait=envoi");
        let id = last(&app).await;
        assert_eq!(count(&app, "declarations").await, 0, "the agent fills nothing in");
        assert_eq!(count(&app, "memberships").await, 0);
        agent.get("/instruction/brouillons").await.expect_text("Envoyé, sans réponse");
        let page = format!("/brouillons/{id}");
        app.client().get(&page).await.expect_redirect(&format!("/connexion?next={page}"));

        let stranger = app.sign_in("autre@insertion.example.fr").await;
        let hidden = stranger.get(&page).await;
        hidden.expect_status(200).expect_text("attend une autre adresse");
        assert!(!hidden.body.contains("DÉMO INSERTION"), "nothing is told");
        let id_text = id.to_string();
        let fields = [("id", id_text.as_str()), ("intent", "claim")];
        stranger.post("/fn/answer-prepared", &fields).await.expect_status(404);

        let client = app.sign_in(CONTACT).await;
        client.get(&page).await.expect_status(200).expect_text("Entreprise d’insertion (EI)");
        assert_eq!(count(&app, "declarations").await, 0, "reading changes nothing");
        let to = answer(&client, id, "claim").await;
        assert!(to.ends_with("/taille?lien"), "{to}");
        client.get(&to).await.expect_text("Proposé par l’acheteur, le");
        assert_eq!(count(&app, "memberships WHERE role = 'manager' AND proof = 'agent'").await, 1);
        let rows = app.db.rows("SELECT answers FROM declarations").await;
        let draft: Draft = match &rows[0]["answers"] {
            Value::String(text) => serde_json::from_str(text).unwrap(),
            value => serde_json::from_value(value.clone()).unwrap(),
        };
        assert_eq!(draft.size.awu, "12,50");
        assert_eq!(draft.solidarity.rows[0].reference, "EI013240013A0M0");
        assert_eq!(draft.company.contact_email, CONTACT, "the account's own");
        assert_eq!(draft.statement, domain::form::StatementStep::default());

        // Twice, and both sides see it.
        assert_eq!(answer(&client, id, "claim").await, page);
        client.get(&page).await.expect_text("Ouvrir la déclaration");
        agent.get("/instruction/brouillons").await.expect_text("Repris");
        assert_eq!(count(&app, "audit_events WHERE act IN ('draft_prepared', 'draft_claimed', 'company_joined', 'prefilled')").await, 4);
        assert_eq!(change(&agent, id, "cancel").await, "/instruction/brouillons?fait=trop-tard");
    }

    async fn a_draft_ends_by_refusal_by_recall_and_by_time(db) {
        let app = TestApp::on(db, &[]).await;
        let agent = app.reviewer().await;
        let client = app.sign_in(CONTACT).await;
        prepare(&agent, CONTACT).await;
        let declined = last(&app).await;
        // One at a time for a company.
        assert!(prepare(&agent, "x@insertion.example.fr").await.contains("&saisie="));
        agent
            .get(&format!("/instruction/brouillons?siret={EI}"))
            .await
            .expect_text("Un brouillon l’attend déjà");
        assert_eq!(answer(&client, declined, "decline").await, format!("/brouillons/{declined}"));
        client.get(&format!("/brouillons/{declined}")).await.expect_text("Vous avez refusé");

        prepare(&agent, CONTACT).await;
        let cancelled = last(&app).await;
        assert_eq!(change(&agent, cancelled, "cancel").await, "/instruction/brouillons?fait=annulation");
        answer(&client, cancelled, "claim").await;
        client.get(&format!("/brouillons/{cancelled}")).await.expect_text("a été retiré");

        prepare(&agent, CONTACT).await;
        let old = last(&app).await;
        app.clock.advance(chrono::TimeDelta::days(31));
        let agent = app.sign_in("agent@metropole.example").await;
        let client = app.sign_in(CONTACT).await;
        answer(&client, old, "claim").await;
        client.get(&format!("/brouillons/{old}")).await.expect_text("a expiré");
        assert_eq!(count(&app, "declarations").await, 0);
        // Sent again, it holds again.
        assert_eq!(change(&agent, old, "send").await, "/instruction/brouillons?fait=renvoi");
        let to = answer(&client, old, "claim").await;
        assert!(to.ends_with("/taille?lien"), "{to}");
    }

    async fn the_contact_of_a_company_that_others_manage_asks_them_first(db) {
        let app = TestApp::on(db, &[]).await;
        let holder = app.sign_in("sam@demo.example.fr").await;
        holder.post("/fn/open-company", &[("number", EI)]).await.expect_status(303);
        let agent = app.reviewer().await;
        agent
            .get(&format!("/instruction/brouillons?siret={EI}"))
            .await
            .expect_text("Quelqu’un gère déjà l’espace")
            .expect_text("est en cours");
        prepare(&agent, CONTACT).await;
        let client = app.sign_in(CONTACT).await;
        let id = last(&app).await;
        client.get(&format!("/brouillons/{id}")).await.expect_text("déjà un espace");
        // A mistyped address reads nothing: whoever manages the company decides, told by a mail, and the draft waits.
        for _ in 0..2 {
            assert_eq!(answer(&client, id, "claim").await, "/espace/rattachement/910000058");
        }
        assert_eq!(count(&app, "memberships").await, 1);
        assert_eq!(count(&app, "prepared_drafts WHERE ended_at IS NULL").await, 1);
        assert_eq!(count(&app, "outbox WHERE CAST(payload AS TEXT) LIKE '%join_requested%'").await, 1);
        let siren = domain::identifiers::Siren::parse("910000058").unwrap();
        let waiting = store::memberships::waiting_of(app.state.store.read(), &siren).await.unwrap();
        let request = waiting[0].id.to_string();
        let fields = [("siren", "910000058"), ("request", request.as_str()), ("role", "reader"), ("answer", "yes")];
        holder.post("/fn/answer-request", &fields).await.expect_redirect("/espace/personnes/910000058?fait=accueil");
        // Whoever only reads fills nothing in.
        let id_text = id.to_string();
        client.post("/fn/answer-prepared", &[("id", id_text.as_str()), ("intent", "claim")]).await.expect_status(409);
        let account = page_account(&app, CONTACT).await;
        let fields = [("siren", "910000058"), ("account", account.as_str()), ("role", "editor")];
        holder.post("/fn/change-role", &fields).await.expect_redirect("/espace/personnes/910000058?fait=role");
        let to = answer(&client, id, "claim").await;
        assert!(to.ends_with("/taille?lien"), "{to}");
        assert_eq!(count(&app, "memberships WHERE role = 'editor' AND proof = 'member'").await, 1);
        assert_eq!(count(&app, "declarations").await, 1, "theirs");
    }
}

#[tokio::test]
async fn two_clicks_at_once_claim_once() {
    let app = TestApp::start().await;
    let agent = app.reviewer().await;
    prepare(&agent, CONTACT).await;
    let id = last(&app).await;
    let client = app.sign_in(CONTACT).await;
    let clicks = (0..6).map(|_| answer(&client, id, "claim"));
    let to = futures::future::join_all(clicks).await;
    assert_eq!(
        to.iter().filter(|to| to.ends_with("?lien")).count(),
        1,
        "{to:?}"
    );
    assert_eq!(count(&app, "declarations").await, 1);
    assert_eq!(
        count(&app, "audit_events WHERE act = 'draft_claimed'").await,
        1
    );
}
