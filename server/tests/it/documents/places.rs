//! Documents of the size and of the other commitments: added, removed, cleared, signed, shown and swept as those of a status.

use app::desk::StepAnswers;
use domain::documents::Scan;
use domain::form::{PledgeRow, PledgeStep};
use domain::lifecycle::{Refusal, Verdict};
use store::Engine;

use super::files::pdf;
use super::scene::Scene;

/// A label of the commitments, as its form knows it again.
const MARK: (&str, &str) = ("status", "ENV-LAB-01@iso-14001@");
const ACCOUNTS: (&str, &str) = ("status", "comptes");

fn label() -> PledgeStep {
    PledgeStep {
        declare: "yes".to_owned(),
        rows: vec![PledgeRow {
            code: "ENV-LAB-01".to_owned(),
            item: "ISO 14001".to_owned(),
            done: "yes".to_owned(),
            reference: "AFNOR-2026-17".to_owned(),
            valid_from: "01/06/2026".to_owned(),
            valid_to: "31/05/2028".to_owned(),
            ..PledgeRow::default()
        }],
        ..PledgeStep::default()
    }
}

async fn save(scene: &Scene, step: StepAnswers) {
    let desk = scene.desk().await;
    let version = desk.declaration(scene.declaration).await.unwrap().version;
    let saved = desk.save_step(scene.declaration, version, step).await;
    assert!(matches!(saved, Ok(app::desk::Saved::Done { .. })));
}

/// The answers with one commitment, and the page of its documents.
async fn with_label(engine: Engine, settings: &[(&str, &str)]) -> (Scene, String) {
    let scene = Scene::start(engine, settings).await;
    save(&scene, StepAnswers::Pledges(label())).await;
    let page = format!("/declarations/{}/pieces/engagement-0", scene.declaration);
    (scene, page)
}

async fn a_commitment_takes_documents_as_a_status_does(engine: Engine) {
    let (scene, page) = with_label(engine, &[]).await;
    let id = scene.declaration.to_string();
    let step = format!("/declarations/{id}/engagements");
    scene
        .supplier
        .get(&step)
        .await
        .expect_text("Enregistrer et ajouter une pièce")
        .expect_text("5 fichiers au plus pour cette réponse");
    let fields = async |intent: &str, documents: &[String]| {
        let desk = scene.desk().await;
        let version = desk.declaration(scene.declaration).await.unwrap().version;
        let mut fields = vec![
            ("id".to_owned(), id.clone()),
            ("version".to_owned(), version.to_string()),
            ("intent".to_owned(), intent.to_owned()),
            ("answers[declare]".to_owned(), "yes".to_owned()),
        ];
        let row = label().rows.remove(0);
        for (name, answer) in [
            ("code", row.code),
            ("item", row.item),
            ("done", row.done),
            ("reference", row.reference),
            ("valid_from", row.valid_from),
            ("valid_to", row.valid_to),
        ] {
            fields.push((format!("answers[rows][0][{name}]"), answer));
        }
        let documents = documents.iter();
        fields.extend(documents.map(|id| ("answers[rows][0][documents][]".to_owned(), id.clone())));
        fields
    };
    let post = async |intent: &str, documents: &[String]| {
        let fields = fields(intent, documents).await;
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, answer)| (name.as_str(), answer.as_str()))
            .collect();
        scene.supplier.post("/fn/save-pledges", &fields).await
    };
    let asked = post("attach-0", &[]).await;
    asked.expect_redirect(&page);
    let form = scene.supplier.follow(&asked).await;
    form.expect_status(200)
        .expect_text("ISO 14001")
        .expect_text("Ajouter une pièce");
    for name in ["certificat.pdf", "annexe.pdf"] {
        scene
            .send_to(&page, name, &pdf(name), &[MARK])
            .await
            .expect_redirect(&format!("{page}?fait=ajoutee"));
    }
    // The line became another one meanwhile: nothing is attached to it.
    let moved = [("status", "ENV-LAB-01@emas@")];
    let refused = scene.send_to(&page, "b.pdf", &pdf("b"), &moved).await;
    assert!(!refused.location().unwrap_or_default().contains("fait="));
    let attached = scene.attached().await;
    assert_eq!(attached.len(), 2);
    let ids: Vec<_> = attached.iter().map(|known| known.id.to_string()).collect();
    let removed = post(&format!("detach-0-{}", ids[1]), &ids).await;
    removed.expect_redirect(&format!(
        "{step}?enregistre&retiree=0-{}#rows-0-documents",
        ids[1]
    ));
    assert_eq!(scene.attached().await, attached[..1]);
    // A slip is undone with one button, and the name and the content are those of before.
    let told = scene.supplier.follow(&removed).await;
    told.expect_text("La pièce est retirée.")
        .expect_text(&format!("restore-0-{}", ids[1]));
    let back = post(&format!("restore-0-{}", ids[1]), &ids[..1]).await;
    back.expect_redirect(&format!("{step}?enregistre#rows-0-documents"));
    assert_eq!(scene.attached().await, attached);
    post(&format!("detach-0-{}", ids[1]), &ids).await;
    assert_eq!(scene.attached().await, attached[..1]);
    // One of the accounts, too.
    let accounts = format!("/declarations/{id}/pieces/comptes");
    scene
        .supplier
        .get(&accounts)
        .await
        .expect_status(200)
        .expect_text("liasse fiscale");
    scene
        .send_to(&accounts, "liasse.pdf", &pdf("Liasse"), &[ACCOUNTS])
        .await
        .expect_redirect(&format!("{accounts}?fait=ajoutee"));
    let size = format!("/declarations/{id}/taille");
    scene.supplier.get(&size).await.expect_text("liasse.pdf");
    Box::pin(then_they_are_signed_and_shown(&scene, &ids)).await;
}

async fn then_they_are_signed_and_shown(scene: &Scene, ids: &[String]) {
    assert_eq!(scene.submit().await, app::desk::Submitted::Done);
    let receipt = format!("/declarations/{}/accuse", scene.declaration);
    scene
        .supplier
        .get(&receipt)
        .await
        .expect_text("certificat.pdf (PDF, ")
        .expect_text("liasse.pdf (PDF, ");
    let reviewer = scene.app.reviewer().await;
    let review = format!("/instruction/{}", scene.declaration);
    let review = reviewer.get(&review).await;
    review
        .expect_text("certificat.pdf")
        .expect_text("liasse.pdf")
        .expect_text(&format!("/documents/{}/apercu.png", ids[0]));
    let own = format!("/documents/{}", ids[0]);
    reviewer.get(&own).await.expect_status(200);
    // What was taken off goes after a day; what was signed stays.
    scene.app.clock.advance(chrono::TimeDelta::days(2));
    super::scene::date_back(&scene.app.state.config.data_dir.join("pieces"));
    let swept = server::documents::sweep_pass(&scene.app.state).await;
    assert_eq!(swept.unwrap(), 1);
    let rows = scene
        .app
        .db
        .rows("SELECT name FROM documents ORDER BY name")
        .await;
    let names: Vec<_> = rows
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["certificat.pdf", "liasse.pdf"]);
}

#[tokio::test]
async fn a_commitment_takes_documents_as_a_status_does_on_sqlite() {
    Box::pin(a_commitment_takes_documents_as_a_status_does(
        Engine::Sqlite,
    ))
    .await;
}

#[tokio::test]
async fn a_commitment_takes_documents_as_a_status_does_on_postgres() {
    Box::pin(a_commitment_takes_documents_as_a_status_does(
        Engine::Postgres,
    ))
    .await;
}

async fn nothing_is_accepted_on_a_document_that_waits(engine: Engine) {
    // Nobody listens there: documents wait.
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("clamd.sock").display().to_string();
    let (scene, page) = with_label(engine, &[("documents.clamd", &socket)]).await;
    let accounts = format!("/declarations/{}/pieces/comptes", scene.declaration);
    for (page, name, mark) in [(&page, "a.pdf", MARK), (&accounts, "b.pdf", ACCOUNTS)] {
        scene
            .send_to(page, name, &pdf(name), &[mark])
            .await
            .expect_redirect(&format!("{page}?fait=ajoutee"));
    }
    assert_eq!(scene.submit().await, app::desk::Submitted::Done);
    let agent = crate::desks::buyer(&scene.app, "autre.agent@metropole.example").await;
    let version = agent.review(scene.declaration).await.unwrap().version;
    let begun = agent.start_review(scene.declaration, version).await;
    begun.unwrap();
    let view = agent.review(scene.declaration).await.unwrap();
    let waiting: Vec<_> = view
        .claims
        .iter()
        .filter(|claim| claim.documents.iter().any(|one| one.scan == Scan::Waiting))
        .map(|claim| claim.claim.key.to_string())
        .collect();
    assert_eq!(waiting.len(), 2, "{waiting:?}");
    for key in waiting {
        let accepted = vec![(key, Verdict::Accepted)];
        let verdict = agent.give_verdicts(scene.declaration, view.version, accepted);
        assert_eq!(
            verdict.await,
            Err(app::error::AppError::Refused {
                refusal: Refusal::DocumentNotCleared
            })
        );
    }
}

#[tokio::test]
async fn nothing_is_accepted_on_a_document_that_waits_on_sqlite() {
    Box::pin(nothing_is_accepted_on_a_document_that_waits(Engine::Sqlite)).await;
}

#[tokio::test]
async fn nothing_is_accepted_on_a_document_that_waits_on_postgres() {
    Box::pin(nothing_is_accepted_on_a_document_that_waits(
        Engine::Postgres,
    ))
    .await;
}
