//! Listens, serves, and stops in order.

use std::future::Future;
use std::net::SocketAddr;

use anyhow::Context;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::state::AppState;
use crate::workers;

/// Opens the port. `TCP_NODELAY` is set on each connection: without it a page waits for an acknowledgement, 44 ms at a time.
pub async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("l’adresse {address} ne peut pas être écoutée"))
}

/// Serves until `stop` returns, then drains: readiness off, no new connection, requests in progress finish, workers give back
/// what they hold. What is not finished within the configured time is left: every promise survives a kill anyway.
pub async fn serve(
    state: AppState,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let router = super::router(&state);
    workers::spawn(&state);
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::warn!(event = "nodelay", %error);
        }
    });
    let shutdown = state.shutdown.clone();
    let draining = shutdown.clone();
    let server = axum::serve(
        listener,
        router.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(async move {
        stop.await;
        tracing::info!(event = "draining");
        draining.begin();
    });
    let patience = state.config.limits.shutdown;
    let mut server = tokio::spawn(server.into_future());
    tokio::select! {
        ended = &mut server => {
            shutdown.begin();
            ended??;
        }
        () = async { shutdown.announced().await; tokio::time::sleep(patience).await } => {
            tracing::warn!(event = "requests_left_unfinished");
            server.abort();
        }
    }
    if !shutdown.wait_for_workers(patience).await {
        tracing::warn!(event = "workers_left_unfinished");
    }
    tracing::info!(event = "stopped");
    Ok(())
}
