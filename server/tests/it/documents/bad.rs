//! Every bad file, and every bad moment: refused with words that help, and nothing is kept of it.
//! Longer than 400 lines: one list of what may go wrong, each by its name.

use domain::documents::DocumentRefusal;
use store::Engine;

use super::files::{encrypted_pdf, pdf, pdf_without_pages, picture, zip};
use super::scene::Scene;

/// Sends a file that must be refused for this reason, and reads why.
async fn refused(scene: &Scene, name: &str, content: &[u8], why: DocumentRefusal) {
    let sent = scene.send(name, content).await;
    sent.expect_status(303);
    let page = scene.supplier.follow(&sent).await;
    let limits = scene.app.state.config.documents.limits;
    page.expect_status(why.status())
        .expect_text(&why.message(domain::text::Lang::Fr, &limits));
    assert_eq!(scene.kept(), [""; 0], "{why:?}");
    assert!(scene.attached().await.is_empty(), "{why:?}");
}

#[tokio::test]
async fn a_file_of_100_megabytes_is_refused_with_the_limit() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let mut large = pdf("Grand");
    large.resize(100_000_000, b' ');
    refused(&scene, "grand.pdf", &large, DocumentRefusal::TooLarge).await;
    let page = scene
        .supplier
        .get(&format!("{}?refus=trop-gros&lang=en", scene.page()))
        .await;
    scene
        .supplier
        .get(page.location().unwrap())
        .await
        .expect_status(413)
        .expect_text("larger than 10 MB");
}

#[tokio::test]
async fn a_zip_renamed_to_pdf_is_refused() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    refused(&scene, "agrement.pdf", &zip(), DocumentRefusal::WrongType).await;
    refused(
        &scene,
        "page.pdf",
        b"<html><script>",
        DocumentRefusal::WrongType,
    )
    .await;
}

#[tokio::test]
async fn a_polyglot_is_refused() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let (document, jpeg) = (pdf("Convention"), picture(image::ImageFormat::Jpeg));
    for polyglot in [
        [b"<script>alert(1)</script>\n", &document[..]].concat(),
        [b"\xff\xd8", &document[..]].concat(),
        [&document[..], &zip()].concat(),
        [&jpeg[..], &zip()].concat(),
        [&jpeg[..], &document].concat(),
        [&picture(image::ImageFormat::Png)[..], b"<?php echo 1;"].concat(),
    ] {
        refused(&scene, "a.pdf", &polyglot, DocumentRefusal::Mixed).await;
    }
}

#[tokio::test]
async fn an_encrypted_an_empty_and_a_damaged_file_are_refused() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let (png, document) = (picture(image::ImageFormat::Png), pdf("Convention"));
    let mut garbled = png.clone();
    let middle = garbled.len() / 2;
    for byte in &mut garbled[middle..middle + 8] {
        *byte ^= 0x5a;
    }
    for (content, why) in [
        (encrypted_pdf(), DocumentRefusal::Encrypted),
        (pdf_without_pages(), DocumentRefusal::NoPage),
        (
            b"%PDF-1.4\nrien\n%%EOF\n".to_vec(),
            DocumentRefusal::Unreadable,
        ),
        (
            document[..document.len() / 2].to_vec(),
            DocumentRefusal::Unreadable,
        ),
        (png[..png.len() - 20].to_vec(), DocumentRefusal::Unreadable),
        (garbled, DocumentRefusal::Unreadable),
        (vec![], DocumentRefusal::Empty),
    ] {
        refused(&scene, "a.pdf", &content, why).await;
    }
    refused(&scene, "", b"", DocumentRefusal::NoFile).await;
}

#[tokio::test]
async fn dates_that_cannot_be_are_refused_and_come_back_as_typed() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    for (from, to, why) in [
        ("31/02/2026", "", DocumentRefusal::Dates),
        ("01/06/2026", "01/05/2026", DocumentRefusal::EndBeforeStart),
        ("", "03/05/2026", DocumentRefusal::AlreadyEnded),
    ] {
        let dates = [("valid_from", from), ("valid_to", to)];
        let sent = scene.send_with("a.pdf", &pdf("Convention"), &dates).await;
        let limits = scene.app.state.config.documents.limits;
        scene
            .supplier
            .follow(&sent)
            .await
            .expect_status(422)
            .expect_text(&why.message(domain::text::Lang::Fr, &limits))
            .expect_text(if from.is_empty() { to } else { from });
        assert!(scene.attached().await.is_empty(), "{why:?}");
        assert_eq!(scene.kept(), [""; 0], "{why:?}");
    }
}

#[tokio::test]
async fn a_double_click_and_the_same_file_twice_count_once() {
    let scene = Scene::start(Engine::Sqlite, &[("documents.max_per_claim", "2")]).await;
    let document = pdf("Convention");
    let (one, two) = tokio::join!(
        scene.send("a.pdf", &document),
        scene.send("a.pdf", &document)
    );
    for page in [one, two] {
        page.expect_status(303);
        assert!(
            page.location().unwrap().contains("?fait="),
            "{:?}",
            page.location()
        );
    }
    assert_eq!(scene.attached().await.len(), 1);
    scene
        .send("a.pdf", &document)
        .await
        .expect_redirect(&format!("{}?fait=deja", scene.page()));
    scene.send("b.pdf", &pdf("Autre")).await.expect_status(303);
    // As many as it may have: the same again is none more, another one is.
    scene
        .send("b.pdf", &pdf("Autre"))
        .await
        .expect_redirect(&format!("{}?fait=deja", scene.page()));
    let third = scene.send("c.pdf", &pdf("De trop")).await;
    scene
        .supplier
        .follow(&third)
        .await
        .expect_status(422)
        .expect_text("déjà 2\u{a0}pièces");
    assert_eq!(scene.attached().await.len(), 2);
    let rows = scene.app.db.rows("SELECT id FROM documents").await;
    assert_eq!(rows.len(), 2);
}

#[tokio::test]
async fn the_same_file_with_other_dates_is_a_change_of_the_draft() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let (document, desk) = (pdf("Convention"), scene.desk().await);
    scene.send("a.pdf", &document).await.expect_status(303);
    let before = desk.declaration(scene.declaration).await.unwrap().version;
    let dates = [("valid_from", "01/02/2026"), ("valid_to", "31/01/2027")];
    let again = scene.send_with("a.pdf", &document, &dates).await;
    again.expect_redirect(&format!("{}?fait=dates", scene.page()));
    scene
        .supplier
        .follow(&again)
        .await
        .expect_text("ses dates sont mises à jour");
    let view = desk.declaration(scene.declaration).await.unwrap();
    assert!(view.version > before, "whoever reads the step is told");
    let kept = &view.documents[0].document;
    assert_eq!(kept.valid_to, "2027-01-31".parse().ok());
    assert_eq!(
        super::acts(&scene.app).await,
        ["document_added", "document_redated"]
    );
}

#[tokio::test]
async fn a_reader_of_the_company_adds_nothing() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let document = pdf("Convention");
    scene.send("a.pdf", &document).await.expect_status(303);
    let demoted = "UPDATE memberships SET role = 'reader'";
    scene.app.db.execute(demoted).await;
    let dates = [("valid_to", "31/01/2027")];
    for (name, fields) in [("b.pdf", &[][..]), ("a.pdf", &dates[..])] {
        let sent = scene.send_with(name, &document, fields).await;
        assert_ne!(sent.status, 303, "{name}");
        assert!(sent.status < 500, "{name}: {}", sent.status);
    }
    let attached = scene.attached().await;
    assert_eq!(attached.len(), 1);
    assert_eq!(attached[0].document.valid_to, None);
}

#[tokio::test]
async fn of_two_lines_of_one_kind_the_document_stays_with_its_establishment() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let desk = scene.desk().await;
    let view = desk.declaration(scene.declaration).await.unwrap();
    let mut step = view.draft.solidarity;
    let row = |siret: &str| domain::form::StatusRow {
        kind: "ESAT".to_owned(),
        siret: siret.to_owned(),
        reference: "130012345".to_owned(),
        valid_from: "01/01/2026".to_owned(),
        ..domain::form::StatusRow::default()
    };
    step.rows = vec![row("91000005800016"), row("91000005800024")];
    let shown = step.rows[0].mark();
    assert_eq!(shown, "ESAT@91000005800016");
    desk.save_step(
        scene.declaration,
        view.version,
        app::desk::StepAnswers::Solidarity(step.clone()),
    )
    .await
    .unwrap();
    let page = scene.supplier.get(&scene.page()).await;
    page.expect_status(200);
    assert!(page.body.contains(&shown), "the form knows its line");
    // The first line goes, in another tab, while the file is on its way.
    step.rows.remove(0);
    let version = desk.declaration(scene.declaration).await.unwrap().version;
    desk.save_step(
        scene.declaration,
        version,
        app::desk::StepAnswers::Solidarity(step),
    )
    .await
    .unwrap();
    let sent = scene
        .send_with("a.pdf", &pdf("Arrêté"), &[("status", &shown)])
        .await;
    scene.supplier.follow(&sent).await.expect_status(409);
    assert!(scene.attached().await.is_empty());
}

#[tokio::test]
async fn a_form_cut_on_its_way_leaves_nothing_behind() {
    use tokio::io::AsyncWriteExt;
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let whole = super::scene::form("a.pdf", &vec![b'x'; 4_000_000], &[]);
    let address = scene
        .supplier
        .origin
        .trim_start_matches("http://")
        .to_owned();
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST {}/depot HTTP/1.1\r\nhost: {address}\r\norigin: {}\r\nsec-fetch-site: same-origin\r\naccept: text/html\r\ncookie: {}\r\ncontent-type: multipart/form-data; boundary={}\r\ncontent-length: {}\r\n\r\n",
        scene.page(),
        scene.supplier.origin,
        scene.supplier.cookies(),
        super::scene::BOUNDARY,
        whole.len(),
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&whole[..2_000_000]).await.unwrap();
    let part = |path: &String| std::path::Path::new(path).extension() == Some("part".as_ref());
    let on_its_way = |scene: &Scene| scene.kept().iter().any(part);
    until(|| on_its_way(&scene)).await;
    drop(stream);
    until(|| !on_its_way(&scene)).await;
    assert!(scene.attached().await.is_empty());
}

/// Waits for something that another task does; the test runner ends what never comes.
async fn until(there: impl Fn() -> bool) {
    while !there() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn lines_that_changed_meanwhile_take_no_document() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let sent = scene
        .send_with("a.pdf", &pdf("Convention"), &[("status", "ACI")])
        .await;
    scene
        .supplier
        .follow(&sent)
        .await
        .expect_status(409)
        .expect_text("ont changé entre-temps");
    assert!(scene.attached().await.is_empty());
    let far = format!("/declarations/{}/pieces/7", scene.declaration);
    scene.supplier.get(&far).await.expect_status(404);
}

#[tokio::test]
async fn a_storage_that_fails_keeps_nothing_and_says_so() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    // The folder is gone, and a file is in its place: nothing can be written below it, whoever one is.
    let folder = scene.app.state.config.data_dir.join("pieces");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, b"").unwrap();
    let sent = scene.send("a.pdf", &pdf("Convention")).await;
    scene
        .supplier
        .follow(&sent)
        .await
        .expect_status(503)
        .expect_text("n’a pas pu garder ce fichier");
    assert!(scene.attached().await.is_empty());
    assert!(
        scene
            .app
            .db
            .rows("SELECT id FROM documents")
            .await
            .is_empty()
    );
    std::fs::remove_file(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    assert_eq!(scene.kept(), [""; 0], "nothing half-stored");
    scene
        .send("a.pdf", &pdf("Convention"))
        .await
        .expect_redirect(&format!("{}?fait=ajoutee", scene.page()));
}

/// Says to the process that it is the one that may write no large file.
const NO_ROOM: &str = "SPASER_TEST_NO_ROOM";
/// The largest file that it may write: more than its database, less than the document.
const ROOM: usize = 8_000_000;

/// A disk that is full in the middle of a file, for any user: this test runs again in a process whose files may not grow, where
/// the write that goes too far is an error of the system as any other (`EFBIG` instead of `ENOSPC`).
#[test]
fn a_full_disk_keeps_nothing_and_says_so() {
    if std::env::var_os(NO_ROOM).is_some() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        return runtime.block_on(without_room());
    }
    let (_, module) = module_path!().split_once("::").unwrap();
    // Without the signal, which would end the process, the write fails.
    let done = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec prlimit \"$@\"", "sh"])
        .arg(format!("--fsize={ROOM}"))
        .arg(std::env::current_exe().unwrap())
        .arg(format!("{module}::a_full_disk_keeps_nothing_and_says_so"))
        .args(["--exact", "--nocapture"])
        .env(NO_ROOM, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success() && said.contains("1 passed"),
        "prlimit of util-linux runs it: {said}\n{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

async fn without_room() {
    let scene = Scene::start(Engine::Sqlite, &[]).await;
    let small = scene.send("petite.pdf", &pdf("Convention")).await;
    small.expect_redirect(&format!("{}?fait=ajoutee", scene.page()));
    let before = scene.kept();
    let mut state = 7_u32;
    let noise = image::RgbImage::from_fn(1750, 1750, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb(state.to_be_bytes()[..3].try_into().unwrap())
    });
    let mut large = std::io::Cursor::new(vec![]);
    noise.write_to(&mut large, image::ImageFormat::Png).unwrap();
    let large = large.into_inner();
    assert!(large.len() > ROOM, "{}", large.len());
    let sent = scene.send("grande.png", &large).await;
    scene
        .supplier
        .follow(&sent)
        .await
        .expect_status(503)
        .expect_text("n’a pas pu garder ce fichier");
    assert_eq!(scene.attached().await.len(), 1);
    let rows = scene.app.db.rows("SELECT sha256 FROM documents").await;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        scene.kept(),
        before,
        "of the one that did not fit there is nothing, under no name"
    );
    let again = scene.send("autre.pdf", &pdf("Agrément")).await;
    again.expect_redirect(&format!("{}?fait=ajoutee", scene.page()));
    assert_eq!(scene.attached().await.len(), 2);
}
