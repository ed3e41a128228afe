//! Bodies that are too large, cut, slow, or not text.

use std::time::Duration;

use reqwest::{Method, header};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::TestApp;

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn ten_megabytes_get_a_page_that_says_so() {
    let app = TestApp::start().await;
    let client = app.client();
    let body = format!("email={}", "a".repeat(10_000_000));
    let page = client.send(client.body("/connexion", FORM, body)).await;
    page.expect_status(413)
        .expect_text("<html")
        .expect_text("1\u{a0}Mo");
    client.get("/connexion").await.expect_status(200);
}

#[tokio::test]
async fn a_body_without_a_length_is_counted_too() {
    let app = TestApp::set(&[("limits.body_bytes", "20000")]).await;
    let client = app.client();
    let chunks = (0..40).map(|_| Ok::<_, std::io::Error>("a".repeat(1_000)));
    let body = reqwest::Body::wrap_stream(futures::stream::iter(chunks));
    client
        .send(client.body("/connexion", FORM, body))
        .await
        .expect_status(413);
}

#[tokio::test]
async fn what_is_not_text_is_refused() {
    let app = TestApp::start().await;
    let client = app.client();
    for body in [
        &b"email=\xff\xfe@b.example"[..],
        b"email=%FF%FE",
        b"email=a%00b",
        b"email=%C0%AF",
        b"email=%ED%A0%80",
    ] {
        client
            .send(client.body("/connexion", FORM, body.to_vec()))
            .await
            .expect_status(400)
            .expect_text("Demande illisible");
    }
    assert_eq!(app.db.number("SELECT count(*) FROM sign_in_links").await, 0);
}

#[tokio::test]
async fn unknown_fields_and_other_kinds_of_body_are_refused() {
    let app = TestApp::start().await;
    let client = app.client();
    client
        .post(
            "/connexion",
            &[("email", "a@b.example"), ("role", "administrator")],
        )
        .await
        .expect_status(400);
    client
        .post(
            "/connexion",
            &[("email", "a@b.example"), ("email", "c@d.example")],
        )
        .await
        .expect_status(400);
    for (kind, body) in [
        ("application/json", "{\"email\":\"a@b.example\"}"),
        ("text/plain", "email=a@b.example"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\ncontent-disposition: form-data; name=email\r\n\r\na@b.example\r\n--x--",
        ),
    ] {
        client
            .send(client.body("/connexion", kind, body))
            .await
            .expect_status(400);
    }
    assert_eq!(app.db.number("SELECT count(*) FROM sign_in_links").await, 0);
}

#[tokio::test]
async fn a_cut_body_harms_nobody() {
    let app = TestApp::start().await;
    let address = app.origin.strip_prefix("http://").unwrap();
    for announced in [500_000, 50_000_000] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST /connexion HTTP/1.1\r\nhost: {address}\r\norigin: {}\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {announced}\r\n\r\nemail=a",
            app.origin
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        drop(stream);
    }
    app.client().get("/connexion").await.expect_status(200);
    assert_eq!(app.db.number("SELECT count(*) FROM sign_in_links").await, 0);
}

#[tokio::test]
async fn requests_that_could_be_read_two_ways_are_refused() {
    let app = TestApp::start().await;
    let address = app.origin.strip_prefix("http://").unwrap();
    for headers in [
        "content-length: 5\r\ntransfer-encoding: chunked\r\ncontent-length: 6",
        "content-length: 5\r\ncontent-length: 6",
        "transfer-encoding: chunked, identity",
        "content-length: +5",
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "POST /connexion HTTP/1.1\r\nhost: {address}\r\norigin: {}\r\n{headers}\r\n\r\n0\r\n\r\nGET /aide HTTP/1.1\r\nhost: {address}\r\n\r\n",
            app.origin
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _reset = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer))
            .await
            .expect("the connection is closed");
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 400"), "{headers}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{headers}: {answer}");
    }
}

#[tokio::test]
async fn a_server_function_with_an_unreadable_body_is_refused_without_a_trace() {
    let app = TestApp::start().await;
    let client = app.supplier().await;
    let request = client
        .request(Method::POST, "/fn/nothing")
        .header(header::ORIGIN, &app.origin)
        .header(header::ACCEPT, "text/html")
        .header(header::REFERER, "https://evil.example/x")
        .body("a=b");
    let page = client.send(request).await;
    page.expect_status(404);
    assert_eq!(page.location(), None);
    assert!(!page.body.contains("server function"), "{}", page.body);
}
