//! The files of the browser.

use reqwest::{Method, header};

use crate::support::TestApp;

const CSS: &str = "/pkg/spaser.aaaaaaaaaaaaaaaaaaaaaa.css";

#[tokio::test]
async fn pages_name_the_hashed_files() {
    let app = TestApp::start().await;
    app.client().get("/aide").await.expect_text(CSS);
}

#[tokio::test]
async fn compressed_twins_are_chosen_by_the_browser() {
    let app = TestApp::start().await;
    let client = app.client();
    for (accept, encoding, body) in [
        ("br, gzip", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("identity", None, "body{}"),
    ] {
        let request = client
            .request(Method::GET, CSS)
            .header(header::ACCEPT_ENCODING, accept);
        let page = client.send(request).await;
        page.expect_status(200);
        assert_eq!(page.header("content-encoding"), encoding, "{accept}");
        assert_eq!(page.header("content-type"), Some("text/css"));
        assert_eq!(page.header("vary"), Some("Accept-Encoding"));
        assert_eq!(page.body, body);
    }
}

#[tokio::test]
async fn only_hashed_names_are_kept_for_a_year() {
    let app = TestApp::start().await;
    let client = app.client();
    for (path, age) in [
        (CSS, "public, max-age=31536000, immutable"),
        ("/pkg/spaser.js", "public, no-cache"),
        ("/favicon.svg", "public, max-age=3600"),
    ] {
        assert_eq!(
            client.get(path).await.header("cache-control"),
            Some(age),
            "{path}"
        );
    }
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    let app = TestApp::start().await;
    let client = app.client();
    std::fs::write(app.state.config.data_dir.join("secret.txt"), "secret").unwrap();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/pkg/..%2f..%2fsecret.txt",
        "/pkg/%2e%2e/%2e%2e/secret.txt",
        "//secret.txt",
        "/./portail.key",
    ] {
        let page = client.get(path).await;
        assert!(
            !page.body.contains("secret\n") && page.body != "secret",
            "{path}"
        );
        assert_ne!(page.status, 200, "{path}");
    }
}
