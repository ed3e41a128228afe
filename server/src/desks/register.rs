//! The register asked again for a company that is there already: before a decision, never inside it, and never in its way.

use app::desk::ClosedCompany;
use chrono::{DateTime, Utc};
use domain::registry::RegistryState;
use store::companies::{self, Company};

use super::common::Desk;
use super::error::DeskError;
use crate::registry::{FRESH, Lookup};

/// The company, if the register says that it has closed.
pub(super) fn closed(company: &Company, lookup: &Lookup) -> Option<ClosedCompany> {
    let (active, since) = match lookup.entry() {
        Some(entry) => (entry.facts.active, entry.closed_on),
        // Silence does not bring a company back to life.
        None => (company.registry.facts()?.active, None),
    };
    (!active).then(|| ClosedCompany {
        siren: company.siren.clone(),
        name: company.name.clone(),
        since,
    })
}

/// Nothing certain is known, or it was said more than a day ago.
fn is_stale(registry: &RegistryState, now: DateTime<Utc>) -> bool {
    registry
        .facts()
        .is_none_or(|facts| now - facts.fetched_at >= FRESH)
}

impl Desk {
    /// Asks the register about the company and records the answer. The port bounds the wait and keeps answers for a day; what
    /// cannot be recorded is told to the journal and to nobody else.
    pub(super) async fn ask_register(&self, company: &Company) -> Lookup {
        let lookup = self.state.registry.company(&company.siren).await;
        let (registry, now) = (lookup.clone().state(), self.now());
        let written = self
            .state
            .store
            .write(async |txn| {
                companies::record(&txn, &company.siren, &company.name, &registry, now).await?;
                Ok::<_, DeskError>(())
            })
            .await;
        if let Err(error) = written {
            tracing::warn!(event = "register_not_recorded", error = ?error);
        }
        lookup
    }

    /// As [`Desk::ask_register`], unless what is known is certain and less than a day old: then nothing is asked.
    pub(super) async fn refresh_register(&self, company: &Company) -> Lookup {
        if is_stale(&company.registry, self.now()) {
            self.ask_register(company).await
        } else {
            Lookup::Unresolved
        }
    }
}
