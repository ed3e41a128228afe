//! The yardstick of `make bench`: an axum handler that does nothing but return the bytes of a file.

use std::net::SocketAddr;

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use axum::serve::ListenerExt;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `bare ADDRESS FILE`: serves the file, as an HTML page, at `/`.
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: bare ADDRESS FILE";
    let address: SocketAddr = arguments.next().context(usage)?.parse().context(usage)?;
    let page = Bytes::from(std::fs::read(arguments.next().context(usage)?)?);
    let router = Router::new().route(
        "/",
        get(move || {
            let page = page.clone();
            async move { ([(CONTENT_TYPE, "text/html; charset=utf-8")], page) }
        }),
    );
    let listener = tokio::net::TcpListener::bind(address)
        .await?
        .tap_io(|stream| {
            // As the portal does; without it the last packet of an answer waits for an acknowledgement.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::warn!(%error, "TCP_NODELAY");
            }
        });
    axum::serve(listener, router).await?;
    Ok(())
}
