//! Stopping in order: readiness off, requests finish, workers give back what they hold, and a hard stop at the end.

use std::future::Future;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Between the panic of a worker and its new start.
const RESTART_DELAY: Duration = Duration::from_secs(1);

/// Shared by everything that must notice the end.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    /// The portal announces that it is going away, and takes no new work.
    draining: CancellationToken,
    workers: TaskTracker,
}

impl Shutdown {
    pub fn new() -> Self {
        Self::default()
    }

    /// True once the end was announced; `/health/ready` answers 503 from then on.
    pub fn is_draining(&self) -> bool {
        self.draining.is_cancelled()
    }

    /// Announces the end; calling it again changes nothing.
    pub fn begin(&self) {
        self.draining.cancel();
    }

    /// Returns when the end was announced. Workers select on it and give their leases back.
    pub async fn announced(&self) {
        self.draining.cancelled().await;
    }

    /// Waits for `delay`, or less when the end is announced; true when the worker should go on.
    pub async fn sleep(&self, delay: Duration) -> bool {
        tokio::select! {
            () = self.draining.cancelled() => false,
            () = tokio::time::sleep(delay) => true,
        }
    }

    /// Runs a worker whose end is waited for. After a panic it is journalled and started again.
    pub fn spawn_worker<F, W>(&self, name: &'static str, start: W)
    where
        F: Future<Output = ()> + Send + 'static,
        W: Fn() -> F + Send + 'static,
    {
        let shutdown = self.clone();
        self.workers.spawn(async move {
            while let Err(error) = tokio::spawn(start()).await {
                // Only the fact: the payload of a panic may quote data.
                tracing::error!(
                    event = "worker_panicked",
                    worker = name,
                    panic = error.is_panic()
                );
                if !shutdown.sleep(RESTART_DELAY).await {
                    return;
                }
            }
        });
    }

    /// Waits for every worker; false when `patience` ran out first.
    pub async fn wait_for_workers(&self, patience: Duration) -> bool {
        self.workers.close();
        tokio::time::timeout(patience, self.workers.wait())
            .await
            .is_ok()
    }
}

/// Returns at the first SIGTERM or SIGINT; further ones change nothing, since the end is already under way.
pub async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match (
            signal(SignalKind::terminate()),
            signal(SignalKind::interrupt()),
        ) {
            (Ok(mut terminate), Ok(mut interrupt)) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            }
            _ => std::future::pending().await,
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn workers_are_waited_for() {
        let shutdown = Shutdown::new();
        let finished = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&finished);
        let inside = shutdown.clone();
        shutdown.spawn_worker("test", move || {
            let (inside, seen) = (inside.clone(), Arc::clone(&seen));
            async move {
                inside.announced().await;
                tokio::time::sleep(Duration::from_millis(20)).await;
                seen.store(true, Ordering::SeqCst);
            }
        });
        assert!(!shutdown.is_draining());
        shutdown.begin();
        shutdown.begin();
        assert!(shutdown.wait_for_workers(Duration::from_secs(5)).await);
        assert!(finished.load(Ordering::SeqCst));
        assert!(!shutdown.sleep(Duration::from_mins(1)).await);
    }

    #[tokio::test]
    async fn a_worker_that_does_not_end_is_left_behind() {
        let shutdown = Shutdown::new();
        shutdown.spawn_worker("stuck", std::future::pending::<()>);
        shutdown.begin();
        assert!(!shutdown.wait_for_workers(Duration::from_millis(20)).await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_worker_that_panics_starts_again() {
        let shutdown = Shutdown::new();
        let starts = Arc::new(AtomicU32::new(0));
        let seen = Arc::clone(&starts);
        shutdown.spawn_worker("fragile", move || {
            let turn = seen.fetch_add(1, Ordering::SeqCst);
            async move { assert!(turn > 0, "the first turn fails") }
        });
        assert!(shutdown.wait_for_workers(Duration::from_secs(5)).await);
        assert_eq!(starts.load(Ordering::SeqCst), 2);
    }
}
