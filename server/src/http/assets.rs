//! The files of the browser: hashed ones are kept for a year, others are asked for again; all compressed in advance.
//!
//! They need no session: their routes stand beside the pages, not behind the session layer.

use std::path::Path;

use app::shell::Assets;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower::ServiceBuilder;
use tower_http::services::ServeDir;

use super::fault::Fault;
use crate::state::AppState;

const PACKAGE: &str = "pkg";
const NAME: &str = "spaser";

/// The names of the built files, with their hashes: `hash.txt`, which cargo-leptos writes beside the program or the site.
pub fn find(site_root: &Path) -> Assets {
    let beside = std::env::current_exe()
        .ok()
        .and_then(|program| program.parent().map(|folder| folder.join("hash.txt")));
    let hashes = [Some(site_root.join("hash.txt")), beside]
        .into_iter()
        .flatten()
        .find_map(|path| std::fs::read_to_string(path).ok());
    let hashed = Assets::new(PACKAGE, NAME, hashes.as_deref());
    // A debug build has no hashes, whatever an older release left beside it.
    if site_root.join(hashed.css.trim_start_matches('/')).is_file() {
        hashed
    } else {
        Assets::new(PACKAGE, NAME, None)
    }
}

/// Built files below `/pkg`, and one route for each public file that exists when the server starts.
pub(super) fn routes(state: &AppState) -> Router<AppState> {
    let root = &state.config.site_root;
    let files = |folder: &Path| {
        ServeDir::new(folder)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip()
    };
    let hashed = ServiceBuilder::new()
        .layer(from_fn(keep_for_a_year))
        .service(files(&root.join(PACKAGE)));
    let public = ServiceBuilder::new()
        .layer(from_fn(ask_again))
        .service(files(root));
    let mut router = Router::new().nest_service("/pkg", hashed);
    for path in public_files(root, "", 0) {
        router = router.route_service(&path, public.clone());
    }
    router
}

/// The addresses of the files below a folder: not those of the package, nor compressed twins, nor what is hidden.
fn public_files(folder: &Path, address: &str, depth: u8) -> Vec<String> {
    const DEEPEST: u8 = 4;
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| is_public_name(name)) else {
            continue;
        };
        let here = format!("{address}/{name}");
        let path = entry.path();
        if path.is_file() {
            found.push(here);
        } else if path.is_dir() && depth < DEEPEST && here != "/pkg" {
            found.extend(public_files(&path, &here, depth + 1));
        }
    }
    found
}

/// Plain names only: anything else could mean something to the router.
fn is_public_name(name: &str) -> bool {
    !name.starts_with('.')
        && name != "hash.txt"
        && !matches!(name.rsplit('.').next(), Some("br" | "gz"))
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// A name with a hash never changes its content. Without a hash (a debug build) it does.
async fn keep_for_a_year(request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri().path());
    let age = if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "public, no-cache"
    };
    file(request, next, age).await
}

async fn ask_again(request: Request, next: Next) -> Response {
    file(request, next, "public, max-age=3600").await
}

async fn file(request: Request, next: Next, age: &'static str) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Fault::NotFound.into_response();
    }
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_success() || status == axum::http::StatusCode::NOT_MODIFIED {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(age));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        return response;
    }
    if status == axum::http::StatusCode::RANGE_NOT_SATISFIABLE {
        return response;
    }
    if status.is_server_error() {
        return Fault::Internal {
            code: "file".into(),
        }
        .into_response();
    }
    Fault::NotFound.into_response()
}

/// `spaser.AbC123….css`: a name, a hash, a kind.
fn is_hashed(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let mut parts = file.rsplitn(3, '.');
    let (_, hash, name) = (parts.next(), parts.next(), parts.next());
    name.is_some()
        && hash.is_some_and(|hash| {
            hash.len() >= 16
                && hash
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
        })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn only_hashed_names_are_kept() {
        assert!(is_hashed("/spaser.ZDg2NjE0YjEyYzQ1Mjc4.css"));
        assert!(is_hashed("/spaser.q1-_aaaaaaaaaaaaaaaaaa.wasm"));
        assert!(!is_hashed("/spaser.css"));
        assert!(!is_hashed("/spaser.wasm"));
        assert!(!is_hashed("/favicon.svg"));
        assert!(!is_hashed("/a.b.c"));
    }

    #[test]
    fn hashes_are_used_only_when_the_files_exist() {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir(site.path().join(PACKAGE)).unwrap();
        std::fs::write(site.path().join("hash.txt"), "css: abcdefghijklmnopqrst\n").unwrap();
        assert_eq!(find(site.path()).css, "/pkg/spaser.css");
        std::fs::write(site.path().join("pkg/spaser.abcdefghijklmnopqrst.css"), "").unwrap();
        assert_eq!(
            find(site.path()).css,
            "/pkg/spaser.abcdefghijklmnopqrst.css"
        );
    }
}
