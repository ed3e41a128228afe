//! The journal: structured lines on standard error, in UTC, without personal data.

use std::io;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::LogConfig;

/// Starts the journal of the process; a second call changes nothing (tests share one process).
pub fn start(config: &LogConfig) {
    let filter = EnvFilter::try_new(&config.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    if config.json {
        let _already_started = tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .try_init();
    } else {
        let _already_started = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .try_init();
    }
}

/// Starts a plain journal for commands that need no configuration; only warnings, so that standard output stays the answer.
pub fn start_plain() {
    let _already_started = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("warn"))
        .with_writer(io::stderr)
        .try_init();
}

/// A subscriber that writes JSON lines to `writer`: what [`start`] installs, for tests that read the journal.
pub fn json_subscriber<W>(writer: W) -> impl tracing::Subscriber + Send + Sync
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_env_filter(EnvFilter::new(
            "debug,hyper=info,reqwest=info,sqlx=info,sea_orm=info",
        ))
        .with_writer(writer)
        .finish()
}
