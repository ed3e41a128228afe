//! The catalogue of the form as this process knows it: read at the start, after each change made here, and every minute, because
//! other processes change it too.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use domain::catalogue::{Catalogue, Catalogues};
use store::{Store, StoreError, catalogue};

/// Cloning is cheap; all clones say the same.
#[derive(Clone, Debug, Default)]
pub struct Shelf(Arc<RwLock<Arc<Catalogues>>>);

impl Shelf {
    pub fn all(&self) -> Arc<Catalogues> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The version in force on a day.
    pub fn on(&self, day: NaiveDate) -> Arc<Catalogue> {
        Arc::clone(self.all().on(day))
    }

    pub async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let all = Arc::new(catalogue::all(store.read()).await?);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Versions are only added: of two readings that cross, the longer one is the later.
        if all.versions.len() >= kept.versions.len() {
            *kept = all;
        }
        Ok(())
    }
}
