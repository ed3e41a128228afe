//! A file that comes in pieces: gone on with after a cut, bounded like any other, and nobody else's.

use reqwest::Method;
use store::Engine;

use super::files::picture;
use super::scene::{Scene, form};

const UPLOAD: &str = "01890000-0000-7000-8000-00000000abcd";

fn piece(scene: &Scene, offset: usize) -> String {
    format!("{}/morceau?envoi={UPLOAD}&debut={offset}", scene.page())
}

#[tokio::test]
async fn a_cut_file_goes_on_where_it_was() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let file = picture(image::ImageFormat::Png);
    let (first, rest) = file.split_at(file.len() / 3);
    let here = scene.script(Method::GET, &piece(&scene, 0), vec![]).await;
    assert_eq!((here.0, here.1["offset"].as_u64()), (200, Some(0)));
    let sent = scene
        .script(Method::POST, &piece(&scene, 0), first.to_vec())
        .await;
    assert_eq!(
        (sent.0, sent.1["offset"].as_u64()),
        (200, Some(first.len() as u64))
    );
    // The page was closed; another time, the browser asks how much is there.
    let here = scene.script(Method::GET, &piece(&scene, 0), vec![]).await;
    assert_eq!(here.1["offset"].as_u64(), Some(first.len() as u64));
    // A piece that begins elsewhere is told where to go on, and adds nothing.
    let wrong = scene
        .script(Method::POST, &piece(&scene, 1), rest.to_vec())
        .await;
    assert_eq!(
        (wrong.0, wrong.1["offset"].as_u64()),
        (409, Some(first.len() as u64))
    );
    // Said to be whole too early: it is not a picture yet, and goes.
    scene
        .script(Method::POST, &piece(&scene, first.len()), rest.to_vec())
        .await;
    let end = form(
        "",
        b"",
        &[("status", "EI"), ("upload", UPLOAD), ("name", "photo.png")],
    );
    let depot = format!("{}/depot", scene.page());
    let done = scene.script(Method::POST, &depot, end.clone()).await;
    assert_eq!(done.0, 200, "{}", done.1);
    assert_eq!(done.1["next"], format!("{}?fait=ajoutee", scene.page()));
    let attached = scene.attached().await;
    assert_eq!(attached.len(), 1);
    assert_eq!(attached[0].document.name, "photo.png");
    assert_eq!(attached[0].document.size, file.len() as u64);
    assert_eq!(
        scene.kept().len(),
        2,
        "the content and its picture, nothing on its way"
    );
    let again = scene.script(Method::POST, &depot, end).await;
    assert_eq!(
        (again.0, again.1["refusal"].as_str()),
        (422, Some("interrompu"))
    );
}

#[tokio::test]
async fn pieces_have_the_limit_of_files_and_half_a_file_is_none() {
    let scene = Scene::start(Engine::Sqlite, &[("documents.max_megabytes", "1")]).await;
    let (status, _) = scene
        .script(Method::POST, &piece(&scene, 0), vec![0; 900_000])
        .await;
    assert_eq!(status, 200);
    let over = scene
        .script(Method::POST, &piece(&scene, 900_000), vec![0; 200_000])
        .await;
    assert_eq!(
        (over.0, over.1["refusal"].as_str()),
        (413, Some("trop-gros"))
    );
    assert!(over.1["message"].as_str().unwrap().contains("1\u{a0}Mo"));
    assert_eq!(scene.kept(), [""; 0]);
    let half = picture(image::ImageFormat::Png)[..300].to_vec();
    scene.script(Method::POST, &piece(&scene, 0), half).await;
    let end = form("", b"", &[("upload", UPLOAD), ("name", "photo.png")]);
    let depot = format!("{}/depot", scene.page());
    let refused = scene.script(Method::POST, &depot, end).await;
    assert_eq!(refused.1["refusal"].as_str(), Some("illisible"));
    assert_eq!(scene.kept(), [""; 0]);
    // The name of an upload is worth nothing to somebody else.
    scene
        .script(Method::POST, &piece(&scene, 0), vec![0; 10])
        .await;
    let stranger = scene.app.sign_in("autre@entreprise.example.fr").await;
    stranger.get(&piece(&scene, 0)).await.expect_status(404);
}
