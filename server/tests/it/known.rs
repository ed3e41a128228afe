//! From a company whose registers already know to its receipt, on one page; and what it says instead of a register.
//! Longer than 400 lines: one page, in all that may be done on it.

use domain::claims::Kind;
use domain::known::Fact;
use store::Engine;
use store::testing::TestDatabase;
use uuid::Uuid;

use crate::support::{Client, Page, TestApp};

/// An association with a worksite of insertion, in the demonstration register.
const GARDENS: &str = "910000017";

struct Scene {
    app: TestApp,
    supplier: Client,
    id: Uuid,
    page: String,
}

impl Scene {
    async fn start(engine: Engine) -> Self {
        Self::of(TestApp::with(engine, &[]).await).await
    }

    async fn on(db: TestDatabase) -> Self {
        Self::of(TestApp::on(db, &[]).await).await
    }

    async fn of(app: TestApp) -> Self {
        let supplier = app.sign_in("claude@demo.example.fr").await;
        let opened = supplier
            .post("/fn/open-company", &[("number", GARDENS)])
            .await;
        let page = opened.location().unwrap().to_owned();
        let id = page.split('/').nth(2).unwrap().parse().unwrap();
        assert_eq!(
            page,
            format!("/declarations/{id}/registres"),
            "one page is enough"
        );
        Self {
            app,
            supplier,
            id,
            page,
        }
    }

    /// The version that the form of the page carries.
    async fn version(&self) -> String {
        let page = self.supplier.get(&self.page).await;
        page.expect_status(200);
        let (_, after) = page.body.split_once("name=\"version\" value=\"").unwrap();
        after.split('"').next().unwrap().to_owned()
    }

    /// Posts the page as it is drawn, with these answers on top; the last of a name wins.
    async fn confirm(&self, taken: &[&str], with: &[(&str, &str)]) -> Page {
        let (id, version) = (self.id.to_string(), self.version().await);
        self.confirm_over(&id, &version, taken, with).await
    }

    async fn confirm_over(
        &self,
        id: &str,
        version: &str,
        taken: &[&str],
        with: &[(&str, &str)],
    ) -> Page {
        let drawn = [
            ("id", id),
            ("version", version),
            ("intent", "submit"),
            ("answers[siret]", "91000001700012"),
            ("answers[name]", "ASSOCIATION DÉMO LES JARDINS DU LARGUE"),
            ("answers[rows][0][kind]", "ESS_STATUS"),
            ("answers[rows][1][kind]", "ACI"),
            ("answers[contact_name]", "Claude Petit"),
            ("answers[contact_role]", "Présidente"),
            ("answers[contact_email]", "claude@demo.example.fr"),
            ("answers[signer_name]", "Claude Petit"),
            ("answers[signer_quality]", "Présidente"),
            ("answers[capacity]", "legal_representative"),
            ("answers[accepted]", "yes"),
        ];
        let over = |name: &str| with.iter().any(|(other, _)| *other == name);
        let fields: Vec<(&str, &str)> = drawn
            .into_iter()
            .filter(|(name, _)| !over(name))
            .chain(taken.iter().map(|mark| ("answers[taken][]", *mark)))
            .chain(with.iter().copied())
            .collect();
        self.supplier.post("/fn/confirm-known", &fields).await
    }

    async fn contest(&self, fields: &[(&str, &str)]) -> Page {
        let id = self.id.to_string();
        let all: Vec<(&str, &str)> = [("id", id.as_str()), ("fact", "adresse")]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.supplier.post("/fn/contest-fact", &all).await
    }
}

store::on_both_engines! {
    async fn what_registers_prove_is_read_ticked_and_signed(db) {
        let scene = Scene::on(db).await;
        let page = scene.supplier.get(&scene.page).await;
        page.expect_status(200)
            .expect_text("12 RUE DE LA FICTION 13001 MARSEILLE")
            .expect_text("20 à 49 salariés")
            .expect_text("au titre de 2024")
            .expect_text("Registre de démonstration (données fictives), le 4")
            .expect_text("Économie sociale et solidaire par son statut");
        let done = scene.confirm(&["ESS_STATUS"], &[]).await;
        done.expect_redirect(&format!("/declarations/{}/accuse", scene.id));
        scene.supplier.follow(&done).await.expect_status(200);
        let record = store::declarations::find(scene.app.state.store.read(), scene.id)
            .await
            .unwrap()
            .unwrap();
        let snapshot = record.revision.unwrap().snapshot;
        let kinds: Vec<Kind> = snapshot.claims.iter().map(domain::claims::Claim::kind).collect();
        assert_eq!(kinds, [Kind::EssStatus]);
        assert_eq!(snapshot.contact.role, "Présidente");
        // A second click finds it sent; so does the page.
        let again = scene
            .confirm_over(&scene.id.to_string(), "1", &["ESS_STATUS"], &[])
            .await;
        assert_eq!(again.status, 303);
        assert!(!again.location().unwrap().contains("accuse"));
        let home = format!("/declarations/{}", scene.id);
        scene.supplier.get(&scene.page).await.expect_redirect(&home);
    }
}

store::on_both_engines! {
    async fn a_published_index_is_ticked_and_signed_with_the_rest(db) {
        let scene = Scene::on(db).await;
        let list = "Année;SIREN;Note Index\n2025;910000017;88\n";
        crate::lists::import(&scene.app, domain::lists::ListKind::Egapro, list).await;
        scene
            .supplier
            .get(&scene.page)
            .await
            .expect_text("Je déclare cet engagement")
            .expect_text("88 sur 100 (données 2025)")
            .expect_text("liste éditée le");
        let drafted = async || {
            let record = store::declarations::find(scene.app.state.store.read(), scene.id).await;
            record.unwrap().unwrap().draft.pledges
        };
        let (shown, save) = (("answers[index_shown]", "2025"), ("intent", "save"));
        let ticked = ("answers[index]", "2025");
        scene.confirm(&["ESS_STATUS"], &[save, shown, ticked]).await;
        assert_eq!(drafted().await.rows[0].score, "88");
        let page = scene.supplier.get(&scene.page).await;
        let (_, tick) = page.body.split_once("name=\"answers[index]\"").unwrap();
        assert!(tick.split('>').next().unwrap().contains("checked"), "{}", tick.len());
        // Taken off again, and a tick that the page did not show is nothing.
        scene.confirm(&["ESS_STATUS"], &[save, shown]).await;
        assert!(drafted().await.rows.is_empty());
        scene.confirm(&["ESS_STATUS"], &[save, ticked]).await;
        assert!(drafted().await.rows.is_empty());
        let done = scene.confirm(&["ESS_STATUS"], &[shown, ticked]).await;
        done.expect_redirect(&format!("/declarations/{}/accuse", scene.id));
        let record = store::declarations::find(scene.app.state.store.read(), scene.id).await;
        let snapshot = record.unwrap().unwrap().revision.unwrap().snapshot;
        let keys: Vec<String> = snapshot.claims.iter().map(|claim| claim.key.to_string()).collect();
        assert_eq!(keys, ["ESS_STATUS@siren:910000017", "PLEDGE@siren:910000017/SOC-EGA-01"]);
    }
}

#[tokio::test]
async fn what_is_missing_is_told_at_its_field_and_nothing_is_lost() {
    let scene = Scene::start(Engine::Sqlite).await;
    let typed = [
        ("answers[rows][1][reference]", "ACI-faux"),
        ("answers[contact_role]", ""),
    ];
    let sent = scene.confirm(&["ESS_STATUS", "ACI"], &typed).await;
    sent.expect_redirect(&format!("{}?verifier#errors", scene.page));
    let page = scene.supplier.follow(&sent).await;
    page.expect_status(200).expect_text("ACI-faux");
    for field in ["rows-1-reference", "contact_role"] {
        assert!(page.body.contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(page.body.contains(&format!("id=\"{field}\"")), "{field}");
    }
    assert!(
        !page.body.contains("href=\"#rows-1-valid_from\""),
        "the register proves it"
    );
    assert!(page.body.contains("Claude Petit"), "the signer stays");
    // Without the oath, nothing is sent.
    let sent = scene
        .confirm(&["ESS_STATUS"], &[("answers[accepted]", "")])
        .await;
    scene
        .supplier
        .follow(&sent)
        .await
        .expect_text("Cochez cette case pour attester et transmettre");
    // Nothing ticked declares nothing.
    let sent = scene.confirm(&[], &[]).await;
    assert!(
        sent.location().unwrap().contains("refus="),
        "{:?}",
        sent.location()
    );
    scene.supplier.follow(&sent).await.expect_status(200);
    let mine = store::declarations::find(scene.app.state.store.read(), scene.id).await;
    assert!(mine.unwrap().unwrap().revision.is_none());
}

#[tokio::test]
async fn a_button_leads_to_what_no_register_knows_and_back_to_the_signature() {
    let scene = Scene::start(Engine::Sqlite).await;
    let added = scene
        .confirm(&["ESS_STATUS"], &[("intent", "add-taille")])
        .await;
    let size = format!("/declarations/{}/taille", scene.id);
    added.expect_redirect(&format!("{size}?retour=verification"));
    // What was ticked is in the draft; what was declared elsewhere stays.
    let view = store::declarations::find(scene.app.state.store.read(), scene.id).await;
    let draft = view.unwrap().unwrap().draft;
    assert_eq!(draft.solidarity.rows.len(), 1);
    assert!(
        draft.size.declare.is_empty(),
        "nothing is answered for the person"
    );
}

#[tokio::test]
async fn somebody_else_s_change_is_read_before_it_is_signed() {
    let scene = Scene::start(Engine::Sqlite).await;
    let (id, version) = (scene.id.to_string(), scene.version().await);
    let pledge = [
        ("id", id.as_str()),
        ("version", version.as_str()),
        ("intent", "save"),
        ("answers[declare]", "no"),
    ];
    let other = scene.supplier.post("/fn/save-insertion", &pledge).await;
    other.expect_status(303);
    let sent = scene
        .confirm_over(&id, &version, &["ESS_STATUS"], &[])
        .await;
    sent.expect_redirect(&format!("{}?fait=change", scene.page));
    scene
        .supplier
        .follow(&sent)
        .await
        .expect_text("entre-temps");
    scene
        .confirm(&["ESS_STATUS"], &[])
        .await
        .expect_redirect(&format!("/declarations/{id}/accuse"));
}

#[tokio::test]
async fn what_nobody_else_touched_is_saved_beside_a_conflict() {
    let scene = Scene::start(Engine::Sqlite).await;
    let (id, version) = (scene.id.to_string(), scene.version().await);
    let company = [
        ("id", id.as_str()),
        ("version", version.as_str()),
        ("intent", "save"),
        ("answers[siret]", "91000001700012"),
        ("answers[name]", "ASSOCIATION DÉMO LES JARDINS DU LARGUE"),
        ("answers[contact_name]", "Une collègue"),
        ("answers[contact_email]", "claude@demo.example.fr"),
    ];
    let other = scene.supplier.post("/fn/save-company", &company).await;
    other.expect_status(303);
    let typed = [
        ("answers[rows][1][reference]", "ACI013240099A0M0"),
        ("answers[signer_name]", "Dominique Roux"),
    ];
    let sent = scene.confirm_over(&id, &version, &["ACI"], &typed).await;
    let to = sent.location().unwrap();
    assert!(to.contains("/entreprise?conflit="), "{to}");
    scene
        .supplier
        .get(to)
        .await
        .expect_text("Une collègue")
        .expect_text("Claude Petit");
    let stored = store::declarations::find(scene.app.state.store.read(), scene.id).await;
    let draft = stored.unwrap().unwrap().draft;
    assert_eq!(draft.solidarity.rows[0].reference, "ACI013240099A0M0");
    assert_eq!(draft.statement.signer_name, "Dominique Roux");
}

store::on_both_engines! {
    async fn both_values_are_kept_with_the_reason_and_the_document(db) {
        let scene = Scene::on(db).await;
        let here = format!("{}/adresse", scene.page);
        scene
            .supplier
            .get(&here)
            .await
            .expect_status(200)
            .expect_text("12 RUE DE LA FICTION")
            .expect_text("Vous avez déménagé")
            .expect_text("guichet unique");
        // Without a reason it is not kept, and what was typed is.
        let sent = scene.contest(&[("answers[value]", "3 quai Neuf")]).await;
        let page = scene.supplier.follow(&sent).await;
        page.expect_status(422).expect_text("3 quai Neuf");
        let answer = [("answers[value]", "3 quai Neuf"), ("answers[reason]", "Déménagement <b>")];
        let sent = scene
            .contest(&[("intent", "attach"), answer[0], answer[1]])
            .await;
        let place = format!("/declarations/{}/pieces/fait-adresse", scene.id);
        sent.expect_redirect(&place);
        scene.supplier.follow(&sent).await.expect_status(200);
        let body = crate::documents::scene::form(
            "bail.pdf",
            &crate::documents::files::pdf("Bail"),
            &[("status", "adresse")],
        );
        let kind = format!("multipart/form-data; boundary={}", crate::documents::scene::BOUNDARY);
        let upload = scene.supplier.body(&format!("{place}/depot"), &kind, body);
        scene
            .supplier
            .send(upload)
            .await
            .expect_redirect(&format!("{place}?fait=ajoutee"));
        // Another tab that did not see it is told, with both texts.
        let stale = [("answers[value]", "Ailleurs"), ("answers[reason]", "Autre onglet")];
        let sent = scene.contest(&[stale[0], stale[1]]).await;
        let page = scene.supplier.follow(&sent).await;
        page.expect_status(409)
            .expect_text("Ailleurs")
            .expect_text("3 quai Neuf");
        scene
            .supplier
            .get(&scene.page)
            .await
            .expect_text("Contesté")
            .expect_text("12 RUE DE LA FICTION")
            .expect_text("1 pièce jointe");
        scene
            .confirm(&["ESS_STATUS"], &[])
            .await
            .expect_redirect(&format!("/declarations/{}/accuse", scene.id));
        let receipt = scene
            .supplier
            .get(&format!("/declarations/{}/accuse", scene.id))
            .await;
        receipt.expect_text("Ce que vous contestez");
        // The agent reads both, and may open the document.
        let reviewer = scene.app.reviewer().await;
        let review = reviewer.get(&format!("/instruction/{}", scene.id)).await;
        review
            .expect_status(200)
            .expect_text("Ce que l’entreprise conteste")
            .expect_text("12 RUE DE LA FICTION 13001 MARSEILLE")
            .expect_text("3 quai Neuf")
            .expect_text("Déménagement &lt;b&gt;")
            .expect_text("bail.pdf");
        let rows = scene.app.db.rows("SELECT id FROM documents").await;
        let document = rows[0]["id"].as_str().unwrap();
        reviewer
            .get(&format!("/documents/{document}"))
            .await
            .expect_status(200);
    }
}

#[tokio::test]
async fn one_may_agree_after_all_and_contest_only_what_is_known() {
    let scene = Scene::start(Engine::Sqlite).await;
    let answer = [("answers[value]", "x"), ("answers[reason]", "y")];
    scene
        .contest(&answer)
        .await
        .expect_redirect(&format!("{}?fait=conteste#fait-adresse", scene.page));
    scene
        .contest(&[("intent", "agree")])
        .await
        .expect_redirect(&format!("{}?fait=accord#fait-adresse", scene.page));
    let record = store::declarations::find(scene.app.state.store.read(), scene.id).await;
    assert!(record.unwrap().unwrap().draft.contests.is_empty());
    let unknown = Fact::Status(Kind::Esus).to_string();
    let at = format!("{}/{unknown}", scene.page);
    scene.supplier.get(&at).await.expect_status(404);
    for odd in [unknown.as_str(), "rien", ""] {
        let sent = scene
            .supplier
            .post(
                "/fn/contest-fact",
                &[
                    ("id", &scene.id.to_string()),
                    ("fact", odd),
                    answer[0],
                    answer[1],
                ],
            )
            .await;
        assert_eq!(sent.status, 404, "{odd}");
    }
    // Nobody else’s.
    let stranger = scene.app.sign_in("ailleurs@demo.example.fr").await;
    stranger.get(&scene.page).await.expect_status(404);
    let taken = stranger
        .post(
            "/fn/contest-fact",
            &[
                ("id", &scene.id.to_string()),
                ("fact", "adresse"),
                answer[0],
                answer[1],
            ],
        )
        .await;
    assert_eq!(taken.status, 404);
}
