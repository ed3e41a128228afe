//! Starts a server on a free port, on a database of its own, with a clock that only the test moves.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use server::clock::Clock;
use server::config;
use server::http::serve::{bind, serve};
use server::sign_in::mail::{ROUTE, SignInContent, SignInMail};
use server::state::{AppState, Sharing};
use store::accounts::{self, Account, NewAccount, Role};
use store::testing::TestDatabase;
use store::{Engine, StoreError, Txn, outbox};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::Client;

/// A running portal. Dropping it stops it.
pub(crate) struct TestApp {
    pub(crate) state: AppState,
    pub(crate) clock: Clock,
    pub(crate) origin: String,
    pub(crate) db: Arc<TestDatabase>,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<anyhow::Result<()>>>,
}

/// An instant, written as in RFC 3339.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

impl TestApp {
    /// On `SQLite`, with the default settings.
    pub(crate) async fn start() -> Self {
        Self::with(Engine::Sqlite, &[]).await
    }

    /// With settings named as in the configuration, such as `("limits.links_per_ip", "2")`.
    pub(crate) async fn set(settings: &[(&str, &str)]) -> Self {
        Self::with(Engine::Sqlite, settings).await
    }

    pub(crate) async fn with(engine: Engine, settings: &[(&str, &str)]) -> Self {
        let db = TestDatabase::create(engine).await;
        Self::on(db, settings).await
    }

    /// On a database at hand.
    pub(crate) async fn on(db: impl Into<Arc<TestDatabase>>, settings: &[(&str, &str)]) -> Self {
        let db = db.into();
        let listener = bind(([127, 0, 0, 1], 0).into()).await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let folder = db.folder().join("data");
        write_site(&folder.join("site"));
        let mut given = BTreeMap::from([
            ("server.origin", origin.clone()),
            ("data.dir", folder.display().to_string()),
            (
                "server.site_root",
                folder.join("site").display().to_string(),
            ),
            ("database.url", db.url().to_owned()),
        ]);
        given.extend(
            settings
                .iter()
                .map(|(key, value)| (*key, (*value).to_owned())),
        );
        let given = given.into_iter().map(|(key, value)| {
            let name = format!("SPASER__{}", key.to_uppercase().replace('.', "__"));
            (name, value)
        });
        let config = config::load(None, given).expect("settings").config;
        let clock = Clock::manual(at("2026-05-04T08:00:00Z"));
        let state = AppState::open(Arc::new(config), clock.clone(), Sharing::Server)
            .await
            .expect("a state");
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(serve(state.clone(), listener, async move {
            let _either_way = stopped.await;
        }));
        Self {
            state,
            clock,
            origin,
            db,
            stop: Some(stop),
            server: Some(server),
        }
    }

    /// A browser that knows nothing yet.
    pub(crate) fn client(&self) -> Client {
        Client::new(&self.origin)
    }

    /// Asks the server to stop, as SIGTERM does.
    pub(crate) fn begin_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _gone = stop.send(());
        }
    }

    /// Stops and waits for the end.
    pub(crate) async fn stop(&mut self) {
        self.begin_stop();
        if let Some(server) = self.server.take() {
            tokio::time::timeout(Duration::from_secs(20), server)
                .await
                .expect("an end in time")
                .expect("no panic")
                .expect("a clean end");
        }
    }

    /// Opens an agent's account, as the command does.
    pub(crate) async fn account(&self, email: &str, role: Role) -> Account {
        let new = NewAccount {
            email: email.to_owned(),
            name: "Camille Martin".to_owned(),
            quality: "Chargée de mission Spaser".to_owned(),
            role,
            language: "fr".to_owned(),
        };
        let now = self.clock.now();
        self.state
            .store
            .write(|txn: Txn| async move { accounts::create(&txn, new, now).await })
            .await
            .expect("an account")
    }

    /// Closes an account behind the server's back, as the command does from another process.
    pub(crate) async fn disable(&self, email: &str) {
        let now = self.clock.now();
        self.state
            .store
            .write(|txn: Txn| async move {
                let account = accounts::by_email(&txn, email)
                    .await?
                    .ok_or(StoreError::NotFound)?;
                accounts::disable(&txn, account.id, now).await
            })
            .await
            .expect("a closed account");
    }

    /// What the newest sign-in mail for this address says.
    pub(crate) async fn sign_in_mail(&self, email: &str) -> SignInContent {
        self.sign_in_mails(email).await.pop().expect("a mail")
    }

    /// All sign-in mails for this address, oldest first.
    pub(crate) async fn sign_in_mails(&self, email: &str) -> Vec<SignInContent> {
        outbox::by_subject(self.state.store.read(), "sign_in", 10_000)
            .await
            .expect("the outbox")
            .into_iter()
            .filter(|message| message.recipient == email && message.route == ROUTE)
            .map(|message| {
                let mail: SignInMail = serde_json::from_value(message.payload).expect("a payload");
                mail.open(&self.state.keys, &message.dedup_key, &self.state.config)
                    .expect("a mail that opens")
            })
            .collect()
    }

    /// Signs in through the pages and the mail, like a person.
    pub(crate) async fn sign_in(&self, email: &str) -> Client {
        let client = self.client();
        self.sign_in_with(&client, email).await;
        client
    }

    pub(crate) async fn sign_in_with(&self, client: &Client, email: &str) {
        client
            .post("/connexion", &[("email", email)])
            .await
            .expect_redirect("/connexion/envoye");
        let mail = self.sign_in_mail(email).await;
        let path = mail
            .link
            .strip_prefix(&self.origin)
            .expect("a link of ours");
        client.get(path).await.expect_status(200);
        let page = client.post(path, &[]).await;
        assert_eq!(page.status, 303, "{}", page.body);
        assert!(client.cookie("__Host-session").is_some());
    }

    /// A supplier, signed in.
    pub(crate) async fn supplier(&self) -> Client {
        self.sign_in("fournisseur@entreprise.example").await
    }

    /// A reviewer, signed in.
    pub(crate) async fn reviewer(&self) -> Client {
        self.account("agent@metropole.example", Role::Reviewer)
            .await;
        self.sign_in("agent@metropole.example").await
    }

    /// An administrator, signed in.
    pub(crate) async fn administrator(&self) -> Client {
        self.account("admin@metropole.example", Role::Administrator)
            .await;
        self.sign_in("admin@metropole.example").await
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.begin_stop();
    }
}

/// A site of a few files, built as the release build is: hashed, with a compressed twin.
fn write_site(root: &std::path::Path) {
    let package = root.join("pkg");
    std::fs::create_dir_all(&package).expect("a folder");
    for (name, bytes) in [
        (
            "hash.txt",
            "css: aaaaaaaaaaaaaaaaaaaaaa\njs: bbbbbbbbbbbbbbbbbbbbbb\nwasm: cccccccccccccccccccccc\n",
        ),
        ("favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("pkg/spaser.aaaaaaaaaaaaaaaaaaaaaa.css", "body{}"),
        ("pkg/spaser.aaaaaaaaaaaaaaaaaaaaaa.css.br", "brotli"),
        ("pkg/spaser.aaaaaaaaaaaaaaaaaaaaaa.css.gz", "gzip"),
        ("pkg/spaser.js", "export {}"),
    ] {
        std::fs::write(root.join(name), bytes).expect("a file");
    }
}
