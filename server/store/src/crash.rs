//! Places where a test may kill the process, so that what follows a crash there can be watched.
//!
//! They exist only in debug builds with the feature `fault` of the package that marks the place; a release build holds
//! neither the code nor the variable's name.

#[cfg(all(feature = "fault", debug_assertions))]
use std::sync::OnceLock;
#[cfg(all(feature = "fault", debug_assertions))]
use std::sync::atomic::{AtomicU32, Ordering};

/// Marks a place: with `CRASH_AT=name` the process dies there, with `CRASH_AT=name:3` the third time.
#[macro_export]
macro_rules! crash_point {
    ($name:expr) => {
        #[cfg(all(feature = "fault", debug_assertions))]
        $crate::crash::at($name);
    };
}

/// Dies here if asked to: nothing is flushed, nothing is dropped, as with `kill -9`.
#[cfg(all(feature = "fault", debug_assertions))]
pub fn at(name: &str) {
    static ASKED: OnceLock<Option<(String, u32)>> = OnceLock::new();
    static PASSED: AtomicU32 = AtomicU32::new(0);
    let asked = ASKED.get_or_init(|| {
        let text = std::env::var("CRASH_AT").ok()?;
        let (name, nth) = text.split_once(':').unwrap_or((&text, "1"));
        Some((name.to_owned(), nth.parse().unwrap_or(1)))
    });
    if let Some((place, nth)) = asked
        && place == name
        && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *nth
    {
        std::process::abort();
    }
}
