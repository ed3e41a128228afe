//! The quarantine, with a real clamd of the test's own: its socket, its port, and a database of one signature.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use domain::documents::Scan;
use server::documents::scan_round;
use store::Engine;

use super::files::{eicar, pdf};
use super::scene::Scene;
use crate::support::TestApp;

/// clamd reads its database at the start; on a busy machine it takes its time.
const PATIENCE: Duration = Duration::from_mins(1);

struct Clamd {
    folder: tempfile::TempDir,
    port: u16,
    child: Option<Child>,
}

impl Clamd {
    /// Not running yet.
    fn prepare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let database = folder.path().join("database");
        std::fs::create_dir(&database).unwrap();
        let signature = format!("Spaser.Test.Eicar:0:*:{}\n", hex::encode(eicar()));
        std::fs::write(database.join("test.ndb"), signature).unwrap();
        let settings = format!(
            "Foreground yes\nTCPSocket {port}\nTCPAddr 127.0.0.1\nLocalSocket {}\nDatabaseDirectory {}\nTemporaryDirectory {}\nMaxThreads 2\n",
            folder.path().join("clamd.sock").display(),
            database.display(),
            folder.path().display(),
        );
        std::fs::write(folder.path().join("clamd.conf"), settings).unwrap();
        Self {
            folder,
            port,
            child: None,
        }
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("clamd.sock")
    }

    fn start(&mut self) {
        let program = ["/usr/sbin/clamd", "/usr/local/sbin/clamd"]
            .into_iter()
            .find(|path| std::path::Path::new(path).exists())
            .unwrap_or("clamd");
        let child = Command::new(program)
            .arg("--config-file")
            .arg(self.folder.path().join("clamd.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.child = Some(child.expect("clamd, which .ci/tools.sh installs"));
        let begun = Instant::now();
        // It opens its port first and its socket afterwards: both must say that they serve.
        while !(self.port_answers() && self.socket_answers()) {
            let ended = self.child.as_mut().unwrap().try_wait().unwrap();
            assert_eq!(ended, None, "clamd stopped");
            assert!(begun.elapsed() < PATIENCE, "clamd does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn port_answers(&self) -> bool {
        std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok_and(|stream| {
            let limited = stream.set_read_timeout(Some(Duration::from_secs(5)));
            limited.is_ok() && answers(stream)
        })
    }

    fn socket_answers(&self) -> bool {
        UnixStream::connect(self.socket()).is_ok_and(|stream| {
            let limited = stream.set_read_timeout(Some(Duration::from_secs(5)));
            limited.is_ok() && answers(stream)
        })
    }

    fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _gone = child.kill();
            let _gone = child.wait();
        }
    }
}

/// A port that nobody is given by chance: outside of those that the system hands out, so that neither the other tests take it
/// meanwhile, nor a connection to it while nobody listens comes out at itself.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let own = u16::try_from(std::process::id() % 10_000).unwrap();
    loop {
        let port = 12_000 + own + NEXT.fetch_add(1, Ordering::Relaxed) % 10_000;
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// True when clamd says so.
fn answers(mut stream: impl Read + Write) -> bool {
    let mut said = Vec::new();
    stream.write_all(b"zPING\0").is_ok()
        && stream.read_to_end(&mut said).is_ok()
        && said == b"PONG\0"
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn states(scene: &Scene) -> Vec<Scan> {
    let attached = scene.attached().await;
    attached.iter().map(|known| known.scan).collect()
}

async fn what_the_scanner_has_not_cleared_stays_closed(engine: Engine) {
    let mut clamd = Clamd::prepare();
    let address = format!("127.0.0.1:{}", clamd.port);
    let scene = Scene::start(engine, &[("documents.clamd", &address)]).await;
    scene
        .send("saine.pdf", &pdf("Convention"))
        .await
        .expect_status(303);
    let virus = pdf(&format!(
        "{}) Tj (",
        eicar().replace('(', "\\(").replace(')', "\\)")
    ));
    // In a comment of the file, as it is: readers of PDF pass over it.
    let virus = [&b"%PDF-1.4\n%"[..], eicar().as_bytes(), b"\n", &virus[9..]].concat();
    scene.send("virus.pdf", &virus).await.expect_status(303);
    assert_eq!(states(&scene).await, [Scan::Waiting, Scan::Waiting]);

    // Down: they wait, and nobody of the buyer's opens them.
    assert_eq!(scan_round(&scene.app.state).await, 0);
    assert_eq!(states(&scene).await, [Scan::Waiting, Scan::Waiting]);
    let step = format!("/declarations/{}/solidarite", scene.declaration);
    let page = scene.supplier.get(&step).await;
    page.expect_text("virus.pdf");
    assert!(
        !page.body.contains("antivirus"),
        "no business of its author"
    );
    assert_eq!(scene.kept().len(), 4, "nothing is lost");
    let attached = scene.attached().await;
    let documents = attached
        .iter()
        .map(|known| format!("/documents/{}", known.id));
    let [clean, infected] = documents.collect::<Vec<_>>().try_into().unwrap();

    clamd.start();
    // Not before its pause is over.
    assert_eq!(scan_round(&scene.app.state).await, 0);
    scene.app.clock.advance(chrono::TimeDelta::seconds(11));
    assert_eq!(scan_round(&scene.app.state).await, 2);
    assert_eq!(states(&scene).await, [Scan::Clean, Scan::Infected]);
    let page = scene.supplier.get(&step).await;
    page.expect_text("trouvé un virus dans ce fichier");
    assert!(!page.body.contains("Analysé"), "only a virus is told");
    // Not even to those who sent it.
    scene.supplier.get(&infected).await.expect_status(404);
    scene.supplier.get(&clean).await.expect_status(200);
    // Nor is a claim sent with it.
    assert_eq!(
        scene.submit().await,
        app::desk::Submitted::Incomplete(domain::form::StepCode::Solidarity)
    );
    let desk = scene.desk().await;
    let view = desk.declaration(scene.declaration).await.unwrap();
    let mut solidarity = view.draft.solidarity;
    solidarity.rows[0].documents.truncate(1);
    let without = app::desk::StepAnswers::Solidarity(solidarity);
    desk.save_step(scene.declaration, view.version, without)
        .await
        .unwrap();
    assert_eq!(scene.submit().await, app::desk::Submitted::Done);
    let reviewer = scene.app.reviewer().await;
    reviewer.get(&clean).await.expect_status(200);
    reviewer.get(&infected).await.expect_status(404);
    let found = scene
        .app
        .db
        .rows("SELECT found FROM documents WHERE scan = 'infected'")
        .await;
    assert_eq!(found[0]["found"], "Spaser.Test.Eicar.UNOFFICIAL");
    let acts = super::acts(&scene.app).await;
    for act in ["document_clean", "document_infected"] {
        assert!(acts.iter().any(|one| one == act), "{acts:?}");
    }
}

#[tokio::test]
async fn what_the_scanner_has_not_cleared_stays_closed_on_sqlite() {
    Box::pin(what_the_scanner_has_not_cleared_stays_closed(
        Engine::Sqlite,
    ))
    .await;
}

#[tokio::test]
async fn what_the_scanner_has_not_cleared_stays_closed_on_postgres() {
    Box::pin(what_the_scanner_has_not_cleared_stays_closed(
        Engine::Postgres,
    ))
    .await;
}

#[tokio::test]
async fn a_signed_document_that_waits_is_shown_and_stays_closed() {
    let mut clamd = Clamd::prepare();
    let socket = clamd.socket().display().to_string();
    let scene = Scene::start(Engine::Sqlite, &[("documents.clamd", &socket)]).await;
    scene
        .send("a.pdf", &pdf("Convention"))
        .await
        .expect_status(303);
    let own = format!("/documents/{}", scene.attached().await[0].id);
    assert_eq!(scene.submit().await, app::desk::Submitted::Done);
    let reviewer = scene.app.reviewer().await;
    let review = format!("/instruction/{}", scene.declaration);
    let page = reviewer.get(&review).await;
    page.expect_text("Analyse antivirus en attente")
        .expect_text("a.pdf");
    assert!(!page.body.contains(&own), "neither a link nor a picture");
    for at in [own.clone(), format!("{own}/apercu.png")] {
        reviewer.get(&at).await.expect_status(404);
    }
    // Nor is anything accepted on it.
    let agent = crate::desks::buyer(&scene.app, "autre.agent@metropole.example").await;
    let version = agent.review(scene.declaration).await.unwrap().version;
    agent
        .start_review(scene.declaration, version)
        .await
        .unwrap();
    let view = agent.review(scene.declaration).await.unwrap();
    let claim = view.claims.iter().find(|claim| !claim.documents.is_empty());
    let accepted = vec![(
        claim.unwrap().claim.key.to_string(),
        domain::lifecycle::Verdict::Accepted,
    )];
    let accept = async || {
        agent
            .give_verdicts(scene.declaration, view.version, accepted.clone())
            .await
    };
    assert_eq!(
        accept().await,
        Err(app::error::AppError::Refused {
            refusal: domain::lifecycle::Refusal::DocumentNotCleared
        })
    );
    clamd.start();
    assert_eq!(scan_round(&scene.app.state).await, 1);
    assert_eq!(accept().await, Ok(()));
    reviewer
        .get(&review)
        .await
        .expect_text("Analysé, sain")
        .expect_text(&own);
    reviewer.get(&own).await.expect_status(200);
}

#[tokio::test]
async fn documents_taken_without_a_scanner_are_scanned_once_there_is_one() {
    let db = std::sync::Arc::new(store::testing::TestDatabase::create(Engine::Sqlite).await);
    let mut first = Scene::of(TestApp::on(db.clone(), &[]).await).await;
    first
        .send("a.pdf", &pdf("Convention"))
        .await
        .expect_status(303);
    assert_eq!(states(&first).await, [Scan::NotScanned]);
    first.app.stop().await;
    let now = first.app.clock.now();
    let again = first
        .app
        .state
        .store
        .write(async |txn| store::documents::rescan_all(&txn, now).await);
    assert_eq!(again.await.unwrap(), 1);
    assert_eq!(states(&first).await, [Scan::Waiting]);
}
