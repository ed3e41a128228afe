//! The attestation of a company: its paper, its code, and what anyone reads behind the code from then on.

use app::error::AppError;
use chrono::{NaiveDate, TimeDelta};
use domain::attestation::ShortCode;
use domain::identifiers::Siren;
use store::audit;

use super::{assert_accessible, bare, download, poppler, seller, structure, tagged_text};
use crate::desks::{accept_all, buyer, sent, signature};
use crate::support::{Client, TestApp};

const SIREN: &str = "910000058";
const PDF: &str = "/espace/attestations/910000058.pdf";

pub(super) fn siren() -> Siren {
    Siren::parse(SIREN).unwrap()
}

/// A company with an SME status, an inclusion status and a commitment, all validated.
pub(super) async fn validated(
    app: &TestApp,
) -> (
    Client,
    std::sync::Arc<dyn app::desk::SupplierDesk>,
    std::sync::Arc<dyn app::desk::BuyerDesk>,
) {
    let (client, desk) = seller(app, "camille@demo.example.fr").await;
    let agent = buyer(app, "agent@metropole.example").await;
    let id = sent(&*desk).await;
    let version = agent.review(id).await.unwrap().version;
    agent.start_review(id, version).await.unwrap();
    accept_all(&*agent, id).await;
    let version = agent.review(id).await.unwrap().version;
    agent.sign(id, version, signature(), vec![]).await.unwrap();
    (client, desk, agent)
}

/// Takes the attestation as the button of the page does; the code that it bears.
pub(super) async fn issue(client: &Client) -> ShortCode {
    client
        .post("/fn/issue-attestation", &[("siren", SIREN)])
        .await
        .expect_redirect(PDF);
    let text = bare(&tagged_text(&download(client, PDF).await));
    let (_, after) = text.split_once("Codedevérification").expect("a code");
    ShortCode::parse(&after.chars().take(11).collect::<String>()).unwrap()
}

async fn heading(app: &TestApp, code: &ShortCode, status: u16) -> String {
    let page = app.client().get(&format!("/verifier/{code}")).await;
    page.expect_status(status);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(
        page.body.contains("name=\"robots\" content=\"noindex\""),
        "{}",
        page.body
    );
    let (_, after) = page.body.split_once("<h1>").unwrap();
    after.split_once("</h1>").unwrap().0.to_owned()
}

store::on_both_engines! {
    async fn an_attestation_lives_from_its_issue_to_its_revocation(db) {
        let app = TestApp::on(db, &[("limits.lookups_per_minute", "1000")]).await;
        let (client, desk, agent) = validated(&app).await;
        client.get("/espace").await.expect_text("/fn/issue-attestation");
        // Only the button issues: an address alone gives nothing.
        client.get(PDF).await.expect_redirect("/espace");

        let code = issue(&client).await;
        assert_eq!(issue(&client).await, code, "the same content keeps its code");
        let pdf = download(&client, PDF).await;
        assert_accessible(&pdf);
        let text = bare(&poppler("pdftotext", &["-raw"], &pdf));
        for expected in ["Entreprised’insertion(EI)", "Moyenneentreprise", "EI013240013A0M0", "910000058", "SPA-2026-"] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        for hidden in ["Martin", "camille", "8000000", "2026-123", "1500"] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }

        assert_eq!(heading(&app, &code, 200).await, "Attestation exacte");
        let page = app.client().get(&format!("/verifier/{code}")).await.body;
        for expected in ["DÉMO INSERTION PROPRETÉ", "910\u{a0}000\u{a0}058", "EI013240013A0M0", "En vigueur"] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        for hidden in ["Martin", "camille", "8\u{202f}000", "2026-123"] {
            assert!(!page.contains(hidden), "{hidden}");
        }

        // The company gives one status up: what the paper shows is not what holds.
        let held = desk.workspace().await.unwrap().companies.remove(0).qualifications;
        let of = |kind| held.iter().find(|line| line.key.kind == kind).unwrap().id;
        let today: NaiveDate = app.clock.today();
        desk.withdraw_qualification(of(domain::claims::Kind::Sme), today, "Fusion".to_owned()).await.unwrap();
        assert_eq!(heading(&app, &code, 200).await, "Attestation dépassée");
        let newer = issue(&client).await;
        assert_ne!(newer, code);
        let old = app.client().get(&format!("/verifier/{code}")).await;
        old.expect_text(&format!("href=\"/verifier/{newer}\"")).expect_text("Retiré");
        assert_eq!(heading(&app, &newer, 200).await, "Attestation exacte");

        // The buyer revokes the other: two people.
        let second = buyer(&app, "agent2@metropole.example").await;
        agent.propose_revocation(of(domain::claims::Kind::Ei), today, "Convention résiliée".to_owned()).await.unwrap();
        assert_eq!(heading(&app, &newer, 200).await, "Attestation exacte", "a proposal is the buyer’s own business");
        second.confirm_revocation(of(domain::claims::Kind::Ei), signature()).await.unwrap();
        for revoked in [&code, &newer] {
            assert_eq!(heading(&app, revoked, 200).await, "Statut révoqué");
            let page = app.client().get(&format!("/verifier/{revoked}")).await;
            page.expect_text("Révoqué").expect_text("Rien n’est validé aujourd’hui");
            assert!(!page.body.contains("Convention résiliée"), "the reason is between the buyer and the company");
        }
        client.get(PDF).await.expect_status(404);
        client.post("/fn/issue-attestation", &[("siren", SIREN)]).await.expect_status(404);
        let space = client.get("/espace").await;
        assert!(!space.body.contains("/fn/issue-attestation"), "nothing is validated any more");
    }

    async fn statuses_that_come_to_their_end_are_said_to_have_expired(db) {
        let app = TestApp::on(db, &[]).await;
        let (client, _, _) = validated(&app).await;
        let code = issue(&client).await;
        // The size lasts a year, the inclusion status until the end of 2027.
        app.clock.advance(TimeDelta::days(400));
        assert_eq!(heading(&app, &code, 200).await, "Attestation dépassée");
        app.clock.advance(TimeDelta::days(400));
        assert_eq!(heading(&app, &code, 200).await, "Attestation échue");
    }

    async fn a_company_that_does_not_publish_keeps_its_paper_without_a_code(db) {
        let app = TestApp::on(db, &[]).await;
        let (client, desk, _) = validated(&app).await;
        let code = issue(&client).await;
        let switch = async |published: &str| {
            let fields = [("siren", SIREN), ("published", published)];
            client.post("/fn/publish-attestations", &fields).await
        };
        switch("no").await.expect_redirect("/espace?fait=non-publication");
        switch("no").await.expect_redirect("/espace?fait=non-publication");
        assert_eq!(heading(&app, &code, 200).await, "Page non publiée");
        let page = app.client().get(&format!("/verifier/{code}")).await.body;
        assert!(!page.contains("DÉMO INSERTION") && !page.contains("910\u{a0}000\u{a0}058"), "{page}");
        let pdf = download(&client, PDF).await;
        assert_accessible(&pdf);
        let text = bare(&tagged_text(&pdf));
        assert!(!text.contains("Codedevérification") && text.contains("choisidenepaspublier"), "{text}");
        assert!(!structure(&pdf).contains("Figure"), "no square");
        switch("yes").await.expect_redirect("/espace?fait=publication");
        assert_eq!(heading(&app, &code, 200).await, "Attestation exacte");
        let events = audit::of_subject(app.state.store.read(), &format!("company:{SIREN}"), &[], 100).await.unwrap();
        let acts: Vec<_> = events.iter().map(|event| event.act.as_str()).filter(|act| act.contains("attestation")).collect();
        assert_eq!(acts, ["attestation_issued", "attestations_hidden", "attestations_published"], "once each");

        // Somebody else’s company is nobody’s business.
        let (stranger, other) = seller(&app, "autre@entreprise.example.fr").await;
        stranger.get(PDF).await.expect_status(404);
        stranger.post("/fn/issue-attestation", &[("siren", SIREN)]).await.expect_status(404);
        stranger.post("/fn/publish-attestations", &[("siren", SIREN), ("published", "no")]).await.expect_status(404);
        assert!(matches!(other.publish(&siren(), false).await, Err(AppError::NotFound)));
        assert!(desk.workspace().await.unwrap().companies[0].published);
        app.client().get(PDF).await.expect_redirect("/connexion?next=/espace/attestations/910000058.pdf");
    }
}

#[tokio::test]
async fn the_structure_of_the_attestation() {
    let sheet = super::signed::sheet_of_an_attestation();
    let pdf = server::papers::pdf(sheet).await.unwrap();
    assert_accessible(&pdf);
    insta::assert_snapshot!(structure(&pdf));
}

#[tokio::test]
async fn an_unknown_code_a_typing_error_and_too_many_tries_are_told_apart() {
    let app = TestApp::set(&[("limits.lookups_per_minute", "5")]).await;
    let code = ShortCode::from_random([3; 16]);
    assert_eq!(heading(&app, &code, 404).await, "Code inconnu");
    let client = app.client();
    let mut letters: Vec<char> = code.as_str().chars().collect();
    letters.swap(0, 9);
    let wrong: String = letters.into_iter().collect();
    client
        .get(&format!("/verifier?code={wrong}"))
        .await
        .expect_status(200)
        .expect_text("faute de frappe");
    client
        .get(&format!("/verifier/{wrong}"))
        .await
        .expect_status(404)
        .expect_text("faute de frappe");
    let typed = code.grouped().to_lowercase();
    client
        .get(&format!("/verifier?code=+{typed}+"))
        .await
        .expect_redirect(&format!("/verifier/{code}"));
    client
        .get(&format!("/verifier/{code}/attestation.json"))
        .await
        .expect_status(404);
    let tired = client.get(&format!("/verifier/{code}")).await;
    tired.expect_status(429);
    assert!(tired.header("retry-after").is_some());
    // The form itself asks nothing of anybody.
    client.get("/verifier").await.expect_status(200);
}
