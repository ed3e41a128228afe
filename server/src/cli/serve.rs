//! `spaser serve`.

use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::documents;
use crate::http::serve::{bind, serve as serve_http};
use crate::outbox;
use crate::registry;
use crate::reminders;
use crate::shutdown;
use crate::state::{AppState, Sharing};
use crate::uploads;

/// Opens everything, serves, and stops in order at SIGTERM.
pub(super) async fn serve(config: Arc<Config>) -> anyhow::Result<()> {
    let listener = bind(config.bind).await?;
    let state = AppState::open(Arc::clone(&config), Clock::system(), Sharing::Server).await?;
    outbox::start(&state).await?;
    reminders::spawn(&state);
    uploads::spawn(&state);
    documents::spawn_scans(&state);
    documents::spawn_sweep(&state);
    registry::holders::spawn(&state);
    tracing::info!(
        event = "serving",
        address = %listener.local_addr()?,
        origin = config.origin,
        engine = ?state.store.engine(),
        demo = config.demo,
    );
    serve_http(state, listener, shutdown::signal()).await
}
