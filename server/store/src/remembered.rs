//! What this process read and may say again: until it writes anything itself, and for a moment only, because others write too.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};
use std::time::{Duration, Instant};

/// How many transactions this process has ended, whatever came of them.
#[derive(Debug, Default)]
pub(crate) struct Writes(AtomicU64);

/// A transaction under way; counted when it ends, even when nobody waits for its end any more.
pub(crate) struct Writing<'a>(&'a Writes);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, Ordering::AcqRel);
    }
}

impl Writes {
    pub(crate) const fn begin(&self) -> Writing<'_> {
        Writing(self)
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }
}

/// One answer kept in memory.
#[derive(Debug)]
pub(crate) struct Remembered<T> {
    lasts: Duration,
    kept: Mutex<Option<Kept<T>>>,
}

#[derive(Debug)]
struct Kept<T> {
    writes: u64,
    at: Instant,
    value: T,
}

impl<T: Clone> Remembered<T> {
    /// `lasts`: how late the answer may be on what another process wrote.
    pub(crate) const fn new(lasts: Duration) -> Self {
        Self {
            lasts,
            kept: Mutex::new(None),
        }
    }

    /// The answer kept, or that of `read`. What was read while this process wrote is not kept for later.
    pub(crate) async fn or_read<E>(
        &self,
        writes: &Writes,
        read: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let (now, at) = (writes.get(), Instant::now());
        if let Some(value) = self.get(now, at) {
            return Ok(value);
        }
        let value = read.await?;
        let kept = Kept {
            writes: now,
            at,
            value: value.clone(),
        };
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(value)
    }

    fn get(&self, writes: u64, at: Instant) -> Option<T> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|kept| {
                kept.writes == writes && at.saturating_duration_since(kept.at) < self.lasts
            })
            .map(|kept| kept.value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(memory: &Remembered<u8>, writes: &Writes, value: u8) -> u8 {
        let read = async { Ok::<_, ()>(value) };
        memory.or_read(writes, read).await.unwrap_or_default()
    }

    #[tokio::test]
    async fn an_answer_lasts_until_a_write_or_its_time() {
        let (memory, writes) = (Remembered::new(Duration::from_mins(1)), Writes::default());
        assert_eq!(ask(&memory, &writes, 1).await, 1);
        assert_eq!(ask(&memory, &writes, 2).await, 1, "remembered");
        drop(writes.begin());
        assert_eq!(ask(&memory, &writes, 3).await, 3, "this process wrote");
        let short = Remembered::new(Duration::ZERO);
        assert_eq!(ask(&short, &writes, 4).await, 4);
        assert_eq!(ask(&short, &writes, 5).await, 5, "its time is over");
    }

    #[tokio::test]
    async fn what_was_read_during_a_write_is_not_said_again() {
        let (memory, writes) = (Remembered::new(Duration::from_mins(1)), Writes::default());
        let read = async {
            drop(writes.begin());
            Ok::<_, ()>(1)
        };
        assert_eq!(memory.or_read(&writes, read).await, Ok(1));
        assert_eq!(ask(&memory, &writes, 2).await, 2);
    }

    #[tokio::test]
    async fn a_failure_is_not_remembered() {
        let (memory, writes) = (
            Remembered::<u8>::new(Duration::from_mins(1)),
            Writes::default(),
        );
        assert_eq!(memory.or_read(&writes, async { Err(()) }).await, Err(()));
        assert_eq!(ask(&memory, &writes, 2).await, 2);
    }
}
