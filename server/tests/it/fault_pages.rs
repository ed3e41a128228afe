//! What a visitor sees when something fails: a page, in their language, with an identifier and no detail.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::routing::get;
use reqwest::{Method, header};
use server::http::framed;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::ServiceExt;

use crate::support::TestApp;

#[tokio::test]
async fn a_database_fault_is_a_page_without_detail() {
    let app = TestApp::start().await;
    let client = app.supplier().await;
    app.clock.advance(chrono::Duration::seconds(30));
    app.db
        .execute("ALTER TABLE sessions RENAME TO sessions_away")
        .await;
    let page = client.get("/espace").await;
    assert!([500, 503].contains(&page.status), "{}", page.status);
    page.expect_text("<html").expect_text("difficulté");
    let id = page.header("x-request-id").unwrap();
    page.expect_text(id);
    for leak in ["sessions", "SQL", "sqlite", "panicked", "store"] {
        assert!(!page.body.contains(leak), "{leak}");
    }
    app.client().get("/aide").await.expect_status(200);
    app.db
        .execute("ALTER TABLE sessions_away RENAME TO sessions")
        .await;
    client.get("/aide").await.expect_text("Se déconnecter");
}

#[tokio::test]
async fn pages_follow_the_language_and_programs_get_json() {
    let app = TestApp::start().await;
    let client = app.client();
    client.set_cookie("__Host-lang", "en");
    client
        .get("/nowhere")
        .await
        .expect_status(404)
        .expect_text("Page not found");
    let request = client
        .request(Method::POST, "/nowhere")
        .header(header::ACCEPT, "application/json")
        .header(header::ORIGIN, &app.origin);
    let page = client.send(request).await;
    page.expect_status(404);
    let body: serde_json::Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(body["code"], "not_found");
    assert_eq!(body["request_id"].as_str(), page.header("x-request-id"));
}

#[tokio::test]
async fn a_refused_method_says_which_are_allowed() {
    let app = TestApp::start().await;
    let page = app.client().post("/aide", &[]).await;
    page.expect_status(405).expect_text("<html");
    assert_eq!(page.header("allow"), Some("GET,HEAD"));
}

/// Asks routes of the test, inside the frame of the portal.
async fn ask(app: &TestApp, routes: Router, accept: &str) -> (StatusCode, String) {
    let request = Request::get("/test")
        .header("accept", accept)
        .body(Body::empty())
        .unwrap();
    let response = framed(&app.state, routes).oneshot(request).await.unwrap();
    let status = response.status();
    assert!(response.headers().contains_key("content-security-policy"));
    let id = response.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(
        status != StatusCode::INTERNAL_SERVER_ERROR || body.contains(&id),
        "{body}"
    );
    (status, body)
}

#[tokio::test]
async fn a_panic_is_a_page_with_a_reference_and_no_detail() {
    let app = TestApp::start().await;
    let routes = Router::new().route("/test", get(async || -> String { panic!("secret Dupont") }));
    let (status, body) = ask(&app, routes, "text/html").await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(
        body.contains("<html") && body.contains("difficulté"),
        "{body}"
    );
    assert!(
        !body.contains("secret") && !body.contains("panic"),
        "{body}"
    );
}

#[tokio::test]
async fn what_axum_refuses_in_plain_text_becomes_a_page() {
    let app = TestApp::start().await;
    for status in [400, 404, 405, 413, 415, 422, 500, 502, 503] {
        let code = StatusCode::from_u16(status).unwrap();
        let routes = Router::new().route("/test", get(async move || (code, "internal words")));
        let (answered, body) = ask(&app, routes, "text/html").await;
        assert!(
            body.contains("<html") && !body.contains("internal words"),
            "{status}: {body}"
        );
        assert_eq!(
            answered.is_server_error(),
            code.is_server_error(),
            "{status}"
        );
    }
    // What a handler answers on purpose stays.
    let json = || async { (StatusCode::NOT_FOUND, axum::Json("mine")) };
    let (status, body) = ask(
        &app,
        Router::new().route("/test", get(json)),
        "application/json",
    )
    .await;
    assert_eq!((status, body.as_str()), (StatusCode::NOT_FOUND, "\"mine\""));
}

#[tokio::test]
async fn what_takes_too_long_is_cut() {
    let app = TestApp::set(&[("limits.request_seconds", "1")]).await;
    let slow = || async { tokio::time::sleep(Duration::from_mins(1)).await };
    let begun = Instant::now();
    let (status, body) = ask(&app, Router::new().route("/test", get(slow)), "text/html").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(body.contains("très sollicité"), "{body}");
    // A client that sends its form one byte an hour.
    let address = app.origin.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /connexion HTTP/1.1\r\nhost: {address}\r\norigin: {}\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nemail=",
        app.origin
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 503");
    assert!(begun.elapsed() < Duration::from_secs(40));
}
