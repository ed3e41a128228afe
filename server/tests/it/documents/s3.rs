//! The storage in a bucket: the same acts against a real server of the S3 protocol (`s3s-fs`), over HTTP, with signed requests.

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use store::Engine;

use super::files::pdf;
use super::scene::Scene;

const KEY: &str = "cle-de-test";
const SECRET: &str = "secret-de-test";

/// A bucket called `spaser`, on a port of its own; gone with the test.
async fn bucket() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("spaser")).unwrap();
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
    service.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = service.build();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let http = Builder::new(TokioExecutor::new());
                let _ended = http.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    (folder, address)
}

fn objects(folder: &std::path::Path) -> Vec<String> {
    let mut folders = vec![folder.join("spaser")];
    let mut found = vec![];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.file_name().unwrap().to_string_lossy().starts_with('.') {
                found.push(path.strip_prefix(folder).unwrap().display().to_string());
            }
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn documents_live_in_a_bucket() {
    let (folder, address) = bucket().await;
    let settings = [
        ("documents.store", "s3://spaser/pieces/essai"),
        ("documents.s3_endpoint", address.as_str()),
        ("documents.s3_key_id", KEY),
        ("documents.s3_secret", SECRET),
    ];
    let scene = Scene::start(Engine::Sqlite, &settings).await;
    scene
        .send("a.pdf", &pdf("Convention"))
        .await
        .expect_redirect(&format!("{}?fait=ajoutee", scene.page()));
    scene.send("b.pdf", &pdf("Autre")).await.expect_status(303);
    let attached = scene.attached().await;
    let found = objects(folder.path());
    assert_eq!(found.len(), 4, "{found:?}");
    let sha256 = &attached[0].document.sha256;
    for part in ["contenu", "apercu"] {
        let name = format!("spaser/pieces/essai/{part}/{}/{sha256}", &sha256[..2]);
        assert!(found.contains(&name), "{name} in {found:?}");
    }
    let own = format!("/documents/{}", attached[0].id);
    let page = scene.supplier.get(&own).await;
    assert_eq!(page.body.as_bytes(), pdf("Convention"));
    scene
        .supplier
        .get(&format!("{own}/apercu.png"))
        .await
        .expect_status(200);

    // What is removed and forgotten leaves the bucket.
    let desk = scene.desk().await;
    let view = desk.declaration(scene.declaration).await.unwrap();
    let mut step = view.draft.solidarity;
    step.rows[0].documents.truncate(1);
    let step = app::desk::StepAnswers::Solidarity(step);
    desk.save_step(scene.declaration, view.version, step)
        .await
        .unwrap();
    scene.app.clock.advance(chrono::TimeDelta::days(2));
    super::scene::date_back(folder.path());
    assert_eq!(
        server::documents::sweep_pass(&scene.app.state)
            .await
            .unwrap(),
        1
    );
    assert_eq!(objects(folder.path()).len(), 2);
}

#[tokio::test]
async fn a_bucket_that_refuses_keeps_nothing_and_says_so() {
    let (folder, address) = bucket().await;
    let settings = [
        ("documents.store", "s3://spaser"),
        ("documents.s3_endpoint", address.as_str()),
        ("documents.s3_key_id", KEY),
        ("documents.s3_secret", "un-autre-secret"),
    ];
    let scene = Scene::start(Engine::Sqlite, &settings).await;
    let sent = scene.send("a.pdf", &pdf("Convention")).await;
    scene
        .supplier
        .follow(&sent)
        .await
        .expect_status(503)
        .expect_text("n’a pas pu garder ce fichier");
    assert!(scene.attached().await.is_empty());
    assert_eq!(objects(folder.path()), [""; 0]);
}
