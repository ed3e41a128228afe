//! Files of contracts sent in the browser: received, imported by the worker, taken back, corrected.

mod waiting;

use reqwest::Method;
use serde_json::{Value, json};
use server::uploads;
use store::audit;
use store::buyer::contracts::ImportState;

use crate::support::{Client, Page, TestApp};

const BOUNDARY: &str = "frontiere";
const UPLOAD: &str = "/instruction/imports/depot";

fn form(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    [
        head.as_bytes(),
        content,
        format!("\r\n--{BOUNDARY}--\r\n").as_bytes(),
    ]
    .concat()
}

async fn send(client: &Client, body: Vec<u8>) -> Page {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    client.send(client.body(UPLOAD, &kind, body)).await
}

fn record(id: &str) -> Value {
    json!({
        "id": id,
        "acheteur": {"id": "20005480700017"},
        "dateNotification": "2025-03-01",
        "montant": 1000,
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "91000001700012"}}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
    })
}

fn file(records: &[Value]) -> Vec<u8> {
    json!({"marches": {"marche": records}})
        .to_string()
        .into_bytes()
}

/// What is left in the folder of files.
fn left(app: &TestApp) -> usize {
    std::fs::read_dir(app.state.config.data_dir.join("imports")).map_or(0, Iterator::count)
}

async fn acts(app: &TestApp) -> Vec<String> {
    let rows = app
        .db
        .rows("SELECT act FROM audit_events WHERE act LIKE 'import%' ORDER BY seq")
        .await;
    rows.iter()
        .map(|row| row["act"].as_str().unwrap().to_owned())
        .collect()
}

async fn only(app: &TestApp) -> store::buyer::contracts::PastImport {
    let (mut past, total) = app.state.buyer.imports(1).await.unwrap();
    assert_eq!(total, 1);
    past.remove(0)
}

#[tokio::test]
async fn a_file_is_received_imported_and_taken_back() {
    let app = TestApp::start().await;
    let agent = app.reviewer().await;
    let page = send(
        &agent,
        form(
            "C:\\dossier\\marchés 2025.json",
            &file(&[record("A"), record("B")]),
        ),
    )
    .await;
    page.expect_status(303)
        .expect_redirect("/instruction/imports?fait=envoi");
    let list = agent.follow(&page).await;
    list.expect_status(200)
        .expect_text("Fichier reçu")
        .expect_text("marchés 2025.json");
    assert_eq!(left(&app), 2, "the file and what is known of it");
    assert!(uploads::round(&app.state).await);
    assert_eq!(left(&app), 0);
    let past = only(&app).await;
    assert_eq!(
        (past.state, past.counts.kept, past.file_name.as_str()),
        (ImportState::Done, 2, "marchés 2025.json")
    );
    let one = format!("/instruction/imports/{}", past.id);
    agent
        .get(&one)
        .await
        .expect_status(200)
        .expect_text(past.sha256.as_deref().unwrap());
    agent
        .get("/instruction/indicateurs?annee=2025")
        .await
        .expect_text("Clause sociale");
    agent
        .get(&format!("{one}?retirer=1"))
        .await
        .expect_text("Retirer l’import");
    let form = [("import", past.id.as_str())];
    agent
        .post("/fn/roll-back-import", &form)
        .await
        .expect_redirect(&format!("{one}?fait=retrait"));
    agent.get(&one).await.expect_text("Retrait en cours");
    assert!(uploads::round(&app.state).await);
    agent.get(&one).await.expect_text("Retiré");
    agent
        .get("/instruction/indicateurs?annee=2025")
        .await
        .expect_text("Aucun marché notifié en 2025");
    agent
        .post("/fn/roll-back-import", &form)
        .await
        .expect_redirect("/instruction/imports?refus=deja-fait");
    assert_eq!(
        acts(&app).await,
        ["import_sent", "import_ended", "import_rolled_back"]
    );
    assert!(matches!(
        audit::verify(app.state.store.read(), None).await.unwrap(),
        audit::Verdict::Whole(Some(_))
    ));
}

#[tokio::test]
async fn what_is_no_file_of_contracts_is_refused_and_leaves_nothing() {
    let app = TestApp::set(&[("limits.upload_bytes", "100000")]).await;
    let agent = app.reviewer().await;
    let good = form("a.json", &file(&[record("A")]));
    let cut = good[..good.len() - 40].to_vec();
    for (body, why) in [
        (form("", b""), "fichier-absent"),
        (format!("--{BOUNDARY}--\r\n").into_bytes(), "fichier-absent"),
        (form("vide.json", b""), "fichier-vide"),
        (
            form("photo.json", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            "pas-de-marches",
        ),
        (
            form(
                "autre.xml",
                b"<?xml version=\"1.0\"?><factures><facture/></factures>",
            ),
            "pas-de-marches",
        ),
        (form("autre.json", br#"{"factures": []}"#), "pas-de-marches"),
        (form("gros.json", &vec![b' '; 150_000]), "trop-gros"),
        (cut, "interrompu"),
    ] {
        let page = send(&agent, body).await;
        page.expect_redirect(&format!("/instruction/imports?refus={why}"));
        agent
            .follow(&page)
            .await
            .expect_status(200)
            .expect_text("Cette action n’a pas été faite");
        assert_eq!(left(&app), 0, "{why}");
    }
    assert_eq!(acts(&app).await, [""; 0]);
    let get = agent.get(UPLOAD).await;
    get.expect_redirect("/instruction/imports");
}

#[tokio::test]
async fn only_agents_send_files() {
    let app = TestApp::start().await;
    let body = || form("a.json", &file(&[record("A")]));
    let (nobody, supplier) = (app.client(), app.supplier().await);
    let page = send(&nobody, body()).await;
    page.expect_status(303);
    assert!(
        page.location().unwrap().starts_with("/connexion"),
        "{:?}",
        page.location()
    );
    send(&supplier, body()).await.expect_status(403);
    supplier
        .get("/instruction/imports/00000000-0000-0000-0000-000000000001/quarantaine.json")
        .await
        .expect_status(403);
    let agent = app.reviewer().await;
    let foreign = agent
        .request(Method::POST, UPLOAD)
        .header("origin", "https://evil.example")
        .header("sec-fetch-site", "cross-site")
        .header(
            "content-type",
            format!("multipart/form-data; boundary={BOUNDARY}"),
        )
        .body(body());
    agent.send(foreign).await.expect_status(403);
    assert_eq!(left(&app), 0);
}

#[tokio::test]
async fn a_record_set_aside_is_corrected_by_hand_or_in_a_file() {
    let app = TestApp::start().await;
    let agent = app.reviewer().await;
    let mut nameless = record("x");
    nameless.as_object_mut().unwrap().remove("id");
    let records = [
        record("A"),
        nameless.clone(),
        nameless,
        json!("pas un marché"),
    ];
    send(&agent, form("m.json", &file(&records)))
        .await
        .expect_status(303);
    assert!(uploads::round(&app.state).await);
    let past = only(&app).await;
    assert_eq!((past.counts.kept, past.counts.quarantined), (1, 3));
    let one = format!("/instruction/imports/{}", past.id);
    agent
        .get(&one)
        .await
        .expect_text("Numéro de marché absent")
        .expect_text("Corriger");
    agent
        .get(&format!("{one}?corriger=2"))
        .await
        .expect_text("Corriger l’enregistrement");
    agent
        .get(&format!("{one}?corriger=1"))
        .await
        .expect_status(404);
    let correct = |text: String| {
        let (agent, id) = (agent.copy(), past.id.clone());
        async move {
            let form = [
                ("import", id.as_str()),
                ("position", "2"),
                ("record", text.as_str()),
            ];
            agent.post("/fn/correct-record", &form).await
        }
    };
    let wrong = correct("{ \"acheteur\": oups }".into()).await;
    agent
        .follow(&wrong)
        .await
        .expect_status(422)
        .expect_text("oups")
        .expect_text("corrigez la ligne 1");
    let right = correct(record("B").to_string()).await;
    right.expect_redirect(&format!("{one}?fait=correction"));
    assert!(uploads::round(&app.state).await);
    assert_eq!(app.state.buyer.quarantined_left(&past.id).await.unwrap(), 2);
    agent
        .get(&format!("{one}?corriger=2"))
        .await
        .expect_status(404);

    let download = agent.get(&format!("{one}/quarantaine.json")).await;
    download.expect_status(200);
    assert!(
        download
            .header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    let mut corrected: Value = serde_json::from_str(&download.body).unwrap();
    let listed = corrected["marches"]["marche"].as_array_mut().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[1]["texte"], "\"pas un marché\"");
    listed[0]["id"] = "C".into();
    send(
        &agent,
        form("corrigé.json", corrected.to_string().as_bytes()),
    )
    .await
    .expect_status(303);
    assert!(uploads::round(&app.state).await);
    assert_eq!(app.state.buyer.quarantined_left(&past.id).await.unwrap(), 1);
    let contracts = app.state.buyer.imports(1).await.unwrap().0;
    assert_eq!(contracts.iter().map(|one| one.counts.kept).sum::<u64>(), 3);
    // Taking the correction back: the record is to be corrected again.
    let brought = contracts
        .iter()
        .find(|one| one.file_name == "corrigé.json")
        .unwrap();
    let form = [("import", brought.id.as_str())];
    agent
        .post("/fn/roll-back-import", &form)
        .await
        .expect_status(303);
    assert!(uploads::round(&app.state).await);
    assert_eq!(app.state.buyer.quarantined_left(&past.id).await.unwrap(), 2);
}
