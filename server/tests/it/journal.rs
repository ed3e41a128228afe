//! The journal: one line a request, JSON, and nothing personal in it.

use std::io::Write;
use std::sync::{Arc, Mutex};

use server::telemetry::json_subscriber;
use tracing::instrument::WithSubscriber;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::TestApp;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[test]
fn it_names_routes_and_accounts_and_never_people() {
    let lines = Lines::default();
    // A default for all threads of a runtime of its own: requests are handled on tasks of their own.
    let subscriber = json_subscriber(lines.clone());
    let dispatch = tracing::Dispatch::new(subscriber);
    // With a single one, tracing asks the thread at hand whether a line matters, and the other tests' threads say no.
    let _second = tracing::Dispatch::new(json_subscriber(std::io::sink));
    let on_start = dispatch.clone();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .on_thread_start(move || {
            let guard = tracing::dispatcher::set_default(&on_start);
            // Kept for the life of the thread.
            std::mem::forget(guard);
        })
        .enable_all()
        .build()
        .unwrap();
    let secrets = runtime.block_on(use_the_portal().with_subscriber(dispatch));
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    let bytes = lines.0.lock().unwrap().clone();
    let text = String::from_utf8(bytes).unwrap();
    let mut routes = Vec::new();
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'), "UTC");
        if line["event"] == "request" || line["event"] == "request_denied" {
            for key in [
                "request_id",
                "method",
                "route",
                "status",
                "millis",
                "account",
                "fault",
            ] {
                assert!(!line[key].is_null(), "{key} in {line}");
            }
            routes.push(format!(
                "{} {} {}",
                line["method"], line["route"], line["status"]
            ));
        }
    }
    for expected in [
        "\"POST\" \"/connexion/lien/{token}\" 303",
        "\"GET\" \"-\" 404",
        "\"GET\" \"/aide\" 200",
        "\"POST\" \"/connexion\" 303",
    ] {
        assert!(
            routes.iter().any(|route| route == expected),
            "{expected} in {routes:#?}"
        );
    }
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret} in the journal");
    }
}

/// Does a little of everything, and answers what must not be written down.
async fn use_the_portal() -> Vec<String> {
    let app = TestApp::start().await;
    let email = "jeanne.dupont@entreprise.example";
    let client = app.sign_in(email).await;
    let mail = app.sign_in_mail(email).await;
    client.get("/aide?nom=Dupont-Martin").await;
    client.get("/chemin-secret-12345").await;
    app.client().get("/aide").await;
    client
        .post("/connexion", &[("email", "pas une adresse Zorglub")])
        .await;
    client
        .post("/connexion/code", &[("code", "98765432")])
        .await;
    let forged = client
        .form("/connexion", &[])
        .header("sec-fetch-site", "cross-site")
        .header("user-agent", "agent\r\n\tinjected")
        .build();
    assert!(forged.is_err(), "a header cannot hold a line end");
    let token = mail.link.rsplit('/').next().unwrap().to_owned();
    let session = client.cookie("__Host-session").unwrap();
    vec![
        email.to_owned(),
        "Dupont-Martin".to_owned(),
        "chemin-secret".to_owned(),
        "Zorglub".to_owned(),
        "98765432".to_owned(),
        "127.0.0.1".to_owned(),
        token,
        mail.code,
        session,
    ]
}
