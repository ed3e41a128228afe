//! A supplier in front of the form of a document, with the answers of the solidarity step.

use std::path::{Path, PathBuf};

use reqwest::Method;
use store::Engine;
use uuid::Uuid;

use crate::desks::{EI, answers};
use crate::support::{Client, Page, TestApp};

pub(crate) const BOUNDARY: &str = "frontiere";

pub(crate) struct Scene {
    pub(crate) app: TestApp,
    pub(crate) supplier: Client,
    pub(crate) declaration: Uuid,
}

impl Scene {
    pub(crate) async fn start(engine: Engine, settings: &[(&str, &str)]) -> Self {
        Self::of(TestApp::with(engine, settings).await).await
    }

    pub(crate) async fn of(app: TestApp) -> Self {
        let supplier = app.sign_in("camille@demo.example.fr").await;
        let declaration = Self::open(&app, &supplier, EI).await;
        let scene = Self {
            app,
            supplier,
            declaration,
        };
        scene.fill().await;
        scene
    }

    pub(crate) async fn open(app: &TestApp, client: &Client, number: &str) -> Uuid {
        let page = client.post("/fn/open-company", &[("number", number)]).await;
        page.expect_status(303);
        let location = page.location().unwrap();
        let id = location
            .split(['/', '?'])
            .find_map(|part| Uuid::parse_str(part).ok());
        let _ = app;
        id.unwrap_or_else(|| panic!("{location}"))
    }

    /// Every step, through the desk of this person.
    async fn fill(&self) {
        let desk = self.desk().await;
        let mut version = desk.declaration(self.declaration).await.unwrap().version;
        for step in answers() {
            let saved = desk.save_step(self.declaration, version, step).await;
            let app::desk::Saved::Done { version: next } = saved.unwrap() else {
                panic!("nobody else writes")
            };
            version = next;
        }
    }

    pub(crate) async fn desk(&self) -> std::sync::Arc<dyn app::desk::SupplierDesk> {
        use app::visitor::{AccountRole, Identity, Visitor};
        let db = self.app.state.store.read();
        let account = store::accounts::by_email(db, "camille@demo.example.fr")
            .await
            .unwrap()
            .unwrap();
        let visitor = Visitor::SignedIn(Identity {
            account: account.id,
            role: AccountRole::Supplier,
            email: account.email,
            name: None,
            quality: None,
            lang: domain::text::Lang::Fr,
        });
        server::desks::reception(&self.app.state, None)
            .supplier(&visitor)
            .unwrap()
    }

    pub(crate) fn page(&self) -> String {
        format!("/declarations/{}/pieces/0", self.declaration)
    }

    /// Sends a file as the form does.
    pub(crate) async fn send(&self, name: &str, content: &[u8]) -> Page {
        self.send_with(name, content, &[]).await
    }

    pub(crate) async fn send_with(
        &self,
        name: &str,
        content: &[u8],
        fields: &[(&str, &str)],
    ) -> Page {
        self.send_to(&self.page(), name, content, fields).await
    }

    /// The same to the page of another place.
    pub(crate) async fn send_to(
        &self,
        page: &str,
        name: &str,
        content: &[u8],
        fields: &[(&str, &str)],
    ) -> Page {
        let body = form(name, content, fields);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.supplier.body(&format!("{page}/depot"), &kind, body);
        self.supplier.send(request).await
    }

    /// As the browser's script does: what came back, as JSON.
    pub(crate) async fn script(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
    ) -> (u16, serde_json::Value) {
        let kind = if path.ends_with("/depot") {
            format!("multipart/form-data; boundary={BOUNDARY}")
        } else {
            "application/octet-stream".to_owned()
        };
        let request = self
            .supplier
            .request(method, path)
            .header("accept", "application/json")
            .header("origin", &self.supplier.origin)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", kind)
            .body(body);
        let page = self.supplier.send(request).await;
        (
            page.status,
            serde_json::from_str(&page.body).unwrap_or_default(),
        )
    }

    /// The documents of the first line of the draft.
    pub(crate) async fn attached(&self) -> Vec<domain::documents::KnownDocument> {
        let desk = self.desk().await;
        desk.declaration(self.declaration).await.unwrap().documents
    }

    pub(crate) async fn submit(&self) -> app::desk::Submitted {
        let desk = self.desk().await;
        let version = desk.declaration(self.declaration).await.unwrap().version;
        desk.submit(self.declaration, version, crate::desks::statement())
            .await
            .unwrap()
    }

    /// Every file of the storage and of what is on its way.
    pub(crate) fn kept(&self) -> Vec<String> {
        let data = &self.app.state.config.data_dir;
        let mut found = files(&data.join("pieces"));
        found.extend(files(&data.join("depots")));
        found
            .iter()
            .map(|path| path.display().to_string())
            .collect()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Makes every file below look as if it had been written long ago.
pub(crate) fn date_back(folder: &Path) {
    for path in files(folder) {
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
    }
}

pub(crate) fn form(name: &str, content: &[u8], fields: &[(&str, &str)]) -> Vec<u8> {
    let mut body = vec![];
    let status = ("status", "EI");
    let given = fields.iter().any(|(name, _)| *name == "status");
    for (name, value) in fields.iter().chain((!given).then_some(&status)) {
        body.extend_from_slice(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .as_bytes(),
        );
    }
    if !name.is_empty() || !content.is_empty() {
        body.extend_from_slice(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}
