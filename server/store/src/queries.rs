//! Counts the statements that a piece of work sends, so that tests can hold pages to a budget.

use std::{
    cell::Cell,
    sync::atomic::{AtomicU64, Ordering},
};

tokio::task_local! {
    static COUNT: Cell<u64>;
}

/// All statements of one store since it was opened.
#[derive(Debug, Default)]
pub(crate) struct Total(AtomicU64);

impl Total {
    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add_one(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
        // Outside of `count` there is nothing to add to, and that is not an error.
        let _ = COUNT.try_with(|count| count.set(count.get() + 1));
    }
}

/// Runs `work` and says how many statements this task sent meanwhile.
///
/// Work moved to another task is not seen here; [`crate::Store::statements`] sees it.
pub async fn count<F: Future>(work: F) -> (F::Output, u64) {
    COUNT
        .scope(Cell::new(0), async {
            let output = work.await;
            (output, COUNT.with(Cell::get))
        })
        .await
}
