//! The security headers, on every kind of answer.

use reqwest::{Method, header};

use crate::support::{Page, TestApp};

#[track_caller]
fn check(page: &Page, what: &str) {
    let csp = page.header("content-security-policy").unwrap_or_default();
    assert!(csp.starts_with("default-src 'none'"), "{what}: {csp}");
    for part in [
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(csp.contains(part), "{what}: {csp}");
    }
    assert!(
        !csp.contains("unsafe-inline") && !csp.contains("'unsafe-eval'"),
        "{what}: {csp}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(page.header(name), Some(value), "{what}: {name}");
    }
    assert!(
        page.header("permissions-policy")
            .unwrap()
            .contains("camera=()"),
        "{what}"
    );
    assert!(page.header("cache-control").is_some(), "{what}");
    assert!(page.header("x-request-id").is_some(), "{what}");
    assert_eq!(page.header("server"), None, "{what}");
    assert_eq!(page.header("access-control-allow-origin"), None, "{what}");
}

#[tokio::test]
async fn every_answer_carries_them() {
    let app = TestApp::set(&[("limits.body_bytes", "10000"), ("limits.links_per_ip", "1")]).await;
    let client = app.client();
    for (path, status) in [
        ("/", 200),
        ("/", 200),
        ("/aide", 200),
        ("/connexion", 200),
        ("/connexion/lien/abc", 200),
        ("/nowhere", 404),
        ("/espace", 303),
        ("/instruction", 303),
        ("/?lang=en", 303),
        ("/health/live", 200),
        ("/health/ready", 200),
        ("/pkg/spaser.aaaaaaaaaaaaaaaaaaaaaa.css", 200),
        ("/pkg/nothing.css", 404),
        ("/favicon.svg", 200),
        ("/deconnexion", 405),
    ] {
        let page = client.get(path).await;
        check(page.expect_status(status), path);
    }
    check(
        client.post("/nowhere", &[]).await.expect_status(404),
        "POST 404",
    );
    check(client.post("/aide", &[]).await.expect_status(405), "405");
    check(
        client.post("/fn/nothing", &[]).await.expect_status(303),
        "signed out",
    );
    let large = "x".repeat(20_000);
    check(
        client
            .post("/connexion", &[("email", &large)])
            .await
            .expect_status(413),
        "413",
    );
    check(
        client
            .post("/connexion", &[("email", "x")])
            .await
            .expect_status(422),
        "422",
    );
    check(
        client
            .post("/connexion", &[("autre", "x")])
            .await
            .expect_status(400),
        "400",
    );
    client.post("/connexion", &[("email", "a@b.example")]).await;
    check(
        client
            .post("/connexion", &[("email", "a@b.example")])
            .await
            .expect_status(429),
        "429",
    );
    check(
        client
            .post_from_elsewhere("/connexion", &[])
            .await
            .expect_status(403),
        "403",
    );
    let head = client.send(client.request(Method::HEAD, "/")).await;
    check(head.expect_status(200), "HEAD");
    assert!(head.body.is_empty());
}

#[tokio::test]
async fn sign_in_pages_send_no_referrer_and_are_not_kept() {
    let app = TestApp::start().await;
    let client = app.client();
    for path in [
        "/connexion",
        "/connexion/envoye",
        "/connexion/lien/abc",
        "/connexion/reprise",
    ] {
        let page = client.get(path).await;
        assert_eq!(
            page.header("referrer-policy"),
            Some("no-referrer"),
            "{path}"
        );
        assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
    }
    let page = client.get("/aide").await;
    assert_eq!(page.header("referrer-policy"), Some("same-origin"));
}

#[tokio::test]
async fn a_signed_in_page_is_not_kept_and_a_file_is() {
    let app = TestApp::start().await;
    let client = app.supplier().await;
    for path in ["/", "/aide", "/espace", "/nowhere", "/instruction"] {
        let page = client.get(path).await;
        assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
    }
    let file = client.get("/pkg/spaser.aaaaaaaaaaaaaaaaaaaaaa.css").await;
    assert_eq!(
        file.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
}

#[tokio::test]
async fn hsts_is_sent_behind_https_only() {
    let plain = TestApp::start().await;
    let page = plain.client().get("/aide").await;
    assert_eq!(page.header("strict-transport-security"), None);
    let secure = TestApp::set(&[("server.origin", "https://spaser.example")]).await;
    let client = secure.client();
    for path in ["/aide", "/nowhere", "/favicon.svg", "/health/live"] {
        let page = client
            .send(
                client
                    .request(Method::GET, path)
                    .header(header::ACCEPT, "text/html"),
            )
            .await;
        let hsts = page.header("strict-transport-security").unwrap_or_default();
        assert!(
            hsts.contains("max-age=63072000; includeSubDomains"),
            "{path}: {hsts}"
        );
    }
}

#[tokio::test]
async fn pages_hold_no_inline_script_nor_style() {
    let app = TestApp::start().await;
    let client = app.supplier().await;
    let anonymous = app.client();
    for path in ["/", "/aide", "/connexion", "/simulateur-pme", "/nowhere"] {
        for client in [&client, &anonymous] {
            let page = client.get(path).await;
            assert!(!page.body.contains(" style="), "{path}");
            assert!(!page.body.contains("<style"), "{path}");
            for script in page.body.split("<script").skip(1) {
                let (tag, rest) = script.split_once('>').unwrap();
                let inline = !rest.starts_with("</script>");
                assert!(!inline || tag.contains("nonce="), "{path}: {tag}");
            }
            if let Some((_, nonce)) = page
                .header("content-security-policy")
                .unwrap()
                .split_once("'nonce-")
            {
                let nonce = nonce.split('\'').next().unwrap();
                assert_eq!(
                    page.body.matches(nonce).count(),
                    page.body.matches(&format!("nonce=\"{nonce}\"")).count(),
                    "{path}: the nonce is written elsewhere"
                );
            }
        }
    }
}
