//! The lanes in which messages are delivered while the process runs: one a route, so that none waits for another.

use std::future::Future;

use store::outbox as table;
use store::{Store, StoreError};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{Batch, Route, Worker};
use crate::shutdown::Shutdown;
use crate::state::AppState;

/// How many messages of a route are delivered at a time.
const fn width(route: Route) -> usize {
    match route {
        Route::SignIn => 8,
        Route::Supplier => 6,
        Route::Invitation | Route::Prepared => 3,
        // They are grouped: this is how many may go into one mail.
        Route::Buyer => 30,
        // The buyer's database is small and somebody else's.
        Route::Feed => 2,
    }
}

/// Opens what delivering needs, and starts the lanes of this process. Fails only for the configuration: the mail server and
/// the buyer's database may both be down.
pub async fn start(state: &AppState) -> anyhow::Result<()> {
    let buyer = state.buyer.clone();
    let worker = super::open(
        &state.config,
        &state.store,
        &state.clock,
        buyer,
        state.catalogues.clone(),
    )?;
    spawn(state, &worker);
    Ok(())
}

/// Starts the lanes of this process.
pub fn spawn(state: &AppState, worker: &Worker) {
    for route in Route::ALL {
        let (state, worker) = (state.clone(), worker.clone());
        let name = route.code();
        state.shutdown.clone().spawn_worker(name, move || {
            let (state, worker) = (state.clone(), worker.clone());
            async move { worker.run(route, &state.shutdown, &state.outbox).await }
        });
    }
    let (state, worker) = (state.clone(), worker.clone());
    state
        .shutdown
        .clone()
        .spawn_worker("outbox_strays", move || {
            let (shutdown, worker) = (state.shutdown.clone(), worker.clone());
            async move {
                loop {
                    if let Err(error) = worker.park_strays().await {
                        tracing::warn!(event = "outbox_unreadable", error = error.code());
                    }
                    if !shutdown.sleep(std::time::Duration::from_mins(5)).await {
                        return;
                    }
                }
            }
        });
}

impl Worker {
    /// One lane, until the end is announced; then what is under way may finish, and the rest is given back.
    pub async fn run(&self, route: Route, shutdown: &Shutdown, hint: &Notify) {
        let owner = store::new_id(self.now());
        let mut running = JoinSet::new();
        while !shutdown.is_draining() {
            let hinted = hint.notified();
            tokio::pin!(hinted);
            // From here on a hint is heard, even while we look.
            hinted.as_mut().enable();
            let free = width(route).saturating_sub(running.len());
            for batch in look(self, owner, route, free).await {
                let worker = self.clone();
                running.spawn(async move { worker.work(batch).await });
            }
            let full = running.len() >= width(route);
            tokio::select! {
                () = shutdown.announced() => break,
                _ = running.join_next(), if !running.is_empty() => {}
                () = hinted, if !full => {}
                () = tokio::time::sleep(self.settings.poll), if !full => {}
            }
        }
        stop(self, owner, running).await;
    }

    /// A message whose route no handler knows is an error that a person must see: another version of the program wrote it.
    pub async fn park_strays(&self) -> Result<u64, StoreError> {
        let backlog = table::backlog(self.store().read()).await?;
        let mut parked = 0;
        for line in backlog {
            if line.pending == 0 || Route::from_code(&line.route).is_some() {
                continue;
            }
            let (owner, now) = (store::new_id(self.now()), self.now());
            let claim = table::Claim {
                owner,
                routes: &[line.route.as_str()],
                limit: 1000,
                lease: self.settings.lease,
            };
            parked += self
                .store()
                .write(async |txn| {
                    let strays = table::claim(&txn, &claim, now).await?;
                    for stray in &strays {
                        table::park(&txn, stray.id, stray.attempt, "route_unknown", now).await?;
                    }
                    Ok::<_, StoreError>(u64::try_from(strays.len()).unwrap_or(u64::MAX))
                })
                .await?;
            tracing::error!(event = "outbox_route_unknown", route = line.route);
        }
        Ok(parked)
    }
}

/// What can be delivered now, in batches.
async fn look(worker: &Worker, owner: Uuid, route: Route, free: usize) -> Vec<Batch> {
    if free == 0 {
        return Vec::new();
    }
    let now = worker.now();
    let claimed = match route {
        // Once a notice has waited for the window, it leaves with all that came after it.
        Route::Buyer => {
            let ripe = now - worker.settings.window;
            worker.claim(owner, route, free, ripe).await
        }
        Route::SignIn | Route::Supplier | Route::Invitation | Route::Prepared | Route::Feed => {
            worker.claim(owner, route, free, now).await
        }
    };
    match claimed {
        Ok(claimed) => Batch::group(route, claimed),
        Err(error) => {
            tracing::warn!(
                event = "outbox_unreadable",
                route = route.code(),
                error = error.code()
            );
            Vec::new()
        }
    }
}

async fn stop<T: Send + 'static>(worker: &Worker, owner: Uuid, mut running: JoinSet<T>) {
    let finish = async { while running.join_next().await.is_some() {} };
    let _in_time = within(worker, finish).await;
    running.shutdown().await;
    let released = release(worker.store(), owner).await;
    match released {
        Ok(0) => {}
        Ok(messages) => tracing::info!(event = "outbox_released", messages),
        Err(error) => tracing::warn!(event = "outbox_release_failed", error = error.code()),
    }
}

async fn within(worker: &Worker, work: impl Future<Output = ()>) -> bool {
    tokio::time::timeout(worker.settings.stopping, work)
        .await
        .is_ok()
}

async fn release(store: &Store, owner: Uuid) -> Result<u64, StoreError> {
    store
        .write(async |txn| table::release(&txn, owner).await)
        .await
}
