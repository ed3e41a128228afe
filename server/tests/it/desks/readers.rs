//! Who may read a declaration of the company may not sign it, nor change anything of it.

use crate::documents::scene::Scene;
use crate::support::{Page, TestApp};

async fn sign(scene: &Scene, by: &str) -> Page {
    let role = format!("UPDATE memberships SET role = '{by}'");
    scene.app.db.execute(&role).await;
    let view = scene.desk().await.declaration(scene.declaration).await;
    let (id, version) = (scene.declaration.to_string(), view.unwrap().version);
    let form = [
        ("id", id.as_str()),
        ("version", &version.to_string()),
        ("intent", "submit"),
        ("answers[signer_name]", "Lou Petit"),
        ("answers[signer_quality]", "Stagiaire"),
        ("answers[capacity]", "legal_representative"),
        ("answers[accepted]", "yes"),
    ];
    scene.supplier.post("/fn/submit-declaration", &form).await
}

store::on_both_engines! {
    async fn a_signature_by_a_reader_is_refused_with_the_reason(db) {
        let scene = Scene::of(TestApp::on(db, &[]).await).await;
        let answers = "SELECT answers, version, status FROM declarations";
        let before = scene.app.db.rows(answers).await;
        let page = sign(&scene, "reader").await;
        page.expect_status(409).expect_text("Votre rôle ne permet pas cette action.");
        assert_eq!(scene.app.db.rows(answers).await, before, "not even the name of who signs");

        // Who may fill it in and not sign is told so, and what was typed stays for whoever signs.
        let page = sign(&scene, "editor").await;
        assert_eq!(page.status, 303, "{}", page.body);
        let told = scene.supplier.follow(&page).await;
        told.expect_text("Erreur").expect_text("mais pas la signer");
        assert!(!told.body.contains("Cochez cette case"), "nothing is asked of who may not sign");
        let kept = scene.desk().await.declaration(scene.declaration).await.unwrap();
        assert_eq!(kept.draft.statement.signer_name, "Lou Petit");
        assert_eq!(scene.app.db.number("SELECT COUNT(*) FROM revisions").await, 0);
        let draft = "SELECT COUNT(*) FROM declarations WHERE status = 'draft'";
        assert_eq!(scene.app.db.number(draft).await, 1);

        // And a signatory signs.
        sign(&scene, "signatory").await.expect_redirect(&format!("/declarations/{}/accuse", scene.declaration));
    }
}
