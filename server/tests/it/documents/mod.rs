//! Evidence documents: sent, judged by their content, signed with their claim, shown to the reviewer; and every bad file.

mod bad;
pub(crate) mod files;
mod pieces;
mod places;
mod s3;
mod scanned;
pub(crate) mod scene;

use domain::documents::{FileKind, KnownDocument, Scan};
use store::Engine;

use crate::support::TestApp;
use files::{pdf, picture};
use scene::Scene;

async fn acts(app: &TestApp) -> Vec<String> {
    let rows = app
        .db
        .rows("SELECT act FROM audit_events WHERE act LIKE 'document%' ORDER BY seq")
        .await;
    rows.iter()
        .map(|row| row["act"].as_str().unwrap().to_owned())
        .collect()
}

async fn a_document_goes_from_the_supplier_to_the_reviewer(engine: Engine) {
    let scene = Scene::start(engine, &[]).await;
    let page = scene.supplier.get(&scene.page()).await;
    page.expect_status(200)
        .expect_text("10\u{a0}Mo au plus par fichier")
        .expect_text("Ajouter une pièce");
    let dates = [("valid_from", "01/01/2026"), ("valid_to", "31/12/2027")];
    let sent = scene
        .send_with("C:\\scans\\agrément 2026.pdf", &pdf("Convention"), &dates)
        .await;
    sent.expect_redirect(&format!("{}?fait=ajoutee", scene.page()));
    scene
        .supplier
        .follow(&sent)
        .await
        .expect_status(200)
        .expect_text("Pièce ajoutée")
        .expect_text("agrément 2026.pdf");
    for format in [image::ImageFormat::Png, image::ImageFormat::Jpeg] {
        scene
            .send("photo", &picture(format))
            .await
            .expect_redirect(&format!("{}?fait=ajoutee", scene.page()));
    }
    let attached = scene.attached().await;
    let kinds: Vec<_> = attached.iter().map(|known| known.document.kind).collect();
    assert_eq!(kinds, [FileKind::Pdf, FileKind::Png, FileKind::Jpeg]);
    assert!(
        attached
            .iter()
            .all(|known| known.scan == Scan::NotScanned && known.preview)
    );
    // A save of the step keeps them; the button of one removes it alone.
    let step = format!("/declarations/{}/solidarite", scene.declaration);
    let drawn = scene.supplier.get(&step).await;
    drawn.expect_status(200).expect_text("Remplacer");
    let version = scene
        .desk()
        .await
        .declaration(scene.declaration)
        .await
        .unwrap()
        .version
        .to_string();
    let (id, gone) = (
        scene.declaration.to_string(),
        format!("detach-0-{}", attached[2].id),
    );
    let ids: Vec<_> = attached.iter().map(|known| known.id.to_string()).collect();
    let mut fields = vec![
        ("id", id.as_str()),
        ("version", version.as_str()),
        ("intent", gone.as_str()),
        ("answers[declare]", "yes"),
        ("answers[rows][0][kind]", "EI"),
        ("answers[rows][0][reference]", "EI013240013A0M0"),
        ("answers[rows][0][valid_from]", "01/01/2026"),
        ("answers[rows][0][valid_to]", "31/12/2027"),
    ];
    fields.extend(
        ids.iter()
            .map(|id| ("answers[rows][0][documents][]", id.as_str())),
    );
    scene
        .supplier
        .post("/fn/save-solidarity", &fields)
        .await
        .expect_redirect(&format!(
            "{step}?enregistre&retiree=0-{}#rows-0-documents",
            attached[2].id
        ));
    assert_eq!(scene.attached().await, attached[..2]);
    let check = format!("/declarations/{}/verification", scene.declaration);
    scene
        .supplier
        .get(&check)
        .await
        .expect_text("agrément 2026.pdf (PDF, ")
        .expect_text("valable du 1er\u{a0}janvier 2026 au 31\u{a0}décembre 2027)");

    Box::pin(then_the_reviewer_reads_it(&scene, &attached)).await;
}

async fn then_the_reviewer_reads_it(scene: &Scene, attached: &[KnownDocument]) {
    // In a draft it is the supplier's own business.
    let reviewer = scene.app.reviewer().await;
    let own = format!("/documents/{}", attached[0].id);
    reviewer.get(&own).await.expect_status(404);
    assert_eq!(scene.submit().await, app::desk::Submitted::Done);
    let receipt = format!("/declarations/{}/accuse", scene.declaration);
    scene
        .supplier
        .get(&receipt)
        .await
        .expect_text("agrément 2026.pdf (PDF, ");
    let review = reviewer
        .get(&format!("/instruction/{}", scene.declaration))
        .await;
    review
        .expect_status(200)
        .expect_text("agrément 2026.pdf")
        .expect_text("Non analysé")
        .expect_text(&format!("{own}/apercu.png"));
    assert!(
        !review.body.contains(&attached[2].id.to_string()),
        "removed"
    );
    let before = acts(&scene.app).await.len();
    let opened = reviewer.get(&own).await;
    opened.expect_status(200);
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        (
            "content-disposition",
            "attachment; filename=\"agr_ment 2026.pdf\"; filename*=UTF-8''agr%C3%A9ment%202026.pdf",
        ),
    ] {
        assert_eq!(opened.header(name), Some(value), "{name}");
    }
    assert_eq!(opened.body.as_bytes(), pdf("Convention"));
    let acts = acts(&scene.app).await;
    assert_eq!(
        acts[before..],
        ["document_opened"],
        "an agent’s download is in the trail"
    );
    let first = reviewer.get(&format!("{own}/apercu.png")).await;
    first.expect_status(200);
    assert_eq!(first.header("content-type"), Some("image/png"));
    scene.supplier.get(&own).await.expect_status(200);
    let stranger = scene.app.sign_in("autre@entreprise.example.fr").await;
    for at in [own.clone(), format!("{own}/apercu.png")] {
        stranger.get(&at).await.expect_status(404);
        scene.app.client().get(&at).await.expect_status(303);
    }
    // Sent: nothing may be added any more.
    scene.send("b.pdf", &pdf("Autre")).await.expect_status(303);
    assert_eq!(scene.attached().await.len(), 2);
}

#[tokio::test]
async fn a_document_goes_from_the_supplier_to_the_reviewer_on_sqlite() {
    Box::pin(a_document_goes_from_the_supplier_to_the_reviewer(
        Engine::Sqlite,
    ))
    .await;
}

#[tokio::test]
async fn a_document_goes_from_the_supplier_to_the_reviewer_on_postgres() {
    Box::pin(a_document_goes_from_the_supplier_to_the_reviewer(
        Engine::Postgres,
    ))
    .await;
}

#[tokio::test]
async fn the_hash_of_a_claim_covers_its_documents() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let hash = async || {
        let desk = scene.desk().await;
        let view = desk.declaration(scene.declaration).await.unwrap();
        let preview = view.preview.unwrap();
        let claim = preview
            .claims
            .iter()
            .find(|claim| claim.kind() == domain::claims::Kind::Ei);
        claim.unwrap().hash()
    };
    let without = hash().await;
    scene.send("a.pdf", &pdf("Une")).await.expect_status(303);
    let one = hash().await;
    scene.send("b.pdf", &pdf("Deux")).await.expect_status(303);
    let two = hash().await;
    assert!(without != one && one != two && without != two);
    // The document takes the place of the second one.
    let second = scene.attached().await[1].id.to_string();
    scene
        .send_with("b.pdf", &pdf("Trois"), &[("replaces", &second)])
        .await
        .expect_status(303);
    let attached = scene.attached().await;
    assert_eq!(attached.len(), 2);
    assert!(hash().await != two);
    assert!(attached.iter().all(|known| known.id.to_string() != second));
}

#[tokio::test]
async fn a_document_of_another_company_proves_nothing() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    scene.send("a.pdf", &pdf("À moi")).await.expect_status(303);
    let mine = scene.attached().await[0].id.to_string();
    let stranger = scene.app.sign_in("autre@entreprise.example.fr").await;
    let theirs = Scene::open(&scene.app, &stranger, "91000003300019").await;
    let id = theirs.to_string();
    let fields = [
        ("id", id.as_str()),
        ("version", "1"),
        ("intent", "continue"),
        ("answers[declare]", "yes"),
        ("answers[rows][0][kind]", "EI"),
        ("answers[rows][0][reference]", "EI013240013A0M0"),
        ("answers[rows][0][valid_from]", "01/01/2026"),
        ("answers[rows][0][valid_to]", "31/12/2027"),
        ("answers[rows][0][documents][]", mine.as_str()),
    ];
    let saved = stranger.post("/fn/save-solidarity", &fields).await;
    let page = stranger.follow(&saved).await;
    page.expect_text("Une pièce n’est plus là");
    assert!(!page.body.contains("a.pdf"), "nothing of it shows");
    // Nor is there a way to add to somebody else's declaration.
    for at in [
        "",
        "/depot",
        "/morceau?envoi=01890000-0000-7000-8000-000000000000",
    ] {
        let at = format!("/declarations/{}/pieces/0{at}", scene.declaration);
        let page = stranger.get(&at).await;
        assert!(
            page.status == 404 || at.ends_with("/depot"),
            "{at}: {}",
            page.status
        );
    }
    let kind = format!("multipart/form-data; boundary={}", scene::BOUNDARY);
    let body = scene::form("b.pdf", &pdf("Pas à moi"), &[]);
    let at = format!("/declarations/{}/pieces/0/depot", scene.declaration);
    stranger
        .send(stranger.body(&at, &kind, body))
        .await
        .expect_status(404);
    assert_eq!(scene.attached().await.len(), 1);
}

#[tokio::test]
async fn what_is_put_again_while_it_is_swept_stays() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    scene.send("a.pdf", &pdf("Une")).await.expect_status(303);
    let sha256 = scene.attached().await[0].document.sha256.clone();
    let storage = &scene.app.state.documents.storage;
    let day = chrono::Utc::now() - chrono::TimeDelta::days(1);
    // Its date is of this moment: whoever put it may be about to write its row.
    storage.delete_older(&sha256, day).await.unwrap();
    assert_eq!(scene.kept().len(), 2);
    scene::date_back(&scene.app.state.config.data_dir.join("pieces"));
    storage.delete_older(&sha256, day).await.unwrap();
    storage.delete_older(&sha256, day).await.unwrap();
    assert_eq!(scene.kept().len(), 0);
}

#[tokio::test]
async fn what_nothing_names_any_more_is_removed_after_a_day() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    scene.send("a.pdf", &pdf("Gardée")).await.expect_status(303);
    scene
        .send("b.pdf", &pdf("Retirée"))
        .await
        .expect_status(303);
    let attached = scene.attached().await;
    let desk = scene.desk().await;
    let view = desk.declaration(scene.declaration).await.unwrap();
    let mut step = view.draft.solidarity;
    step.rows[0].documents.truncate(1);
    desk.save_step(
        scene.declaration,
        view.version,
        app::desk::StepAnswers::Solidarity(step),
    )
    .await
    .unwrap();
    assert_eq!(
        server::documents::sweep_pass(&scene.app.state)
            .await
            .unwrap(),
        0
    );
    assert_eq!(scene.submit().await, app::desk::Submitted::Done);
    // The clock of files is the machine's.
    scene.app.clock.advance(chrono::TimeDelta::days(2));
    scene::date_back(&scene.app.state.config.data_dir.join("pieces"));
    assert_eq!(
        server::documents::sweep_pass(&scene.app.state)
            .await
            .unwrap(),
        1
    );
    let rows = scene.app.db.rows("SELECT name FROM documents").await;
    assert_eq!(rows.len(), 1);
    let content = |at: usize| {
        let sha256 = attached[at].document.sha256.clone();
        scene
            .kept()
            .iter()
            .filter(|path| path.ends_with(&sha256))
            .count()
    };
    assert_eq!(
        (content(0), content(1)),
        (2, 0),
        "the content and its picture"
    );
    assert_eq!(
        server::documents::sweep_pass(&scene.app.state)
            .await
            .unwrap(),
        0
    );
}
