//! The register asked again for a company that is there already: before a decision, never inside it, and never in its way.

use std::collections::BTreeSet;
use std::time::Duration;

use app::desk::ClosedCompany;
use chrono::{DateTime, Utc};
use domain::claims::{Claim, ClaimBody};
use domain::identifiers::{Siren, Siret};
use domain::lifecycle::ClaimUnderReview;
use domain::registry::RegistryState;
use futures::future::join_all;
use store::companies::{self, Company};

use super::common::Desk;
use super::error::DeskError;
use crate::registry::{FRESH, Lookup};

/// How long a reviewer who opens a review waits for what the register says of the structures.
const STRUCTURES_WAIT: Duration = Duration::from_secs(5);

/// The establishments that commitments name as their inclusion structure, each once, without those of the company itself.
pub(super) fn structures(claims: &[ClaimUnderReview], company: &Siren) -> Vec<Siret> {
    let named: BTreeSet<Siret> = claims
        .iter()
        .filter_map(|reviewed| structure(&reviewed.claim))
        .filter(|siret| siret.siren() != *company)
        .cloned()
        .collect();
    named.into_iter().collect()
}

/// The structure of a commitment.
pub(super) fn structure(claim: &Claim) -> Option<&Siret> {
    match &claim.body {
        ClaimBody::Commitment(commitment) => {
            commitment.structure.as_ref().map(|named| &named.siret)
        }
        ClaimBody::Sme(_) | ClaimBody::Status(_) | ClaimBody::Pledge(_) => None,
    }
}

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

    /// Asks about the structures that commitments name, other than the company itself: the answers are remembered by the port.
    pub(super) async fn ask_structures(&self, claims: &[ClaimUnderReview], company: &Siren) {
        let sirets = structures(claims, company);
        let asked = sirets
            .iter()
            .map(|siret| self.state.registry.establishment(siret));
        // The reviewer waits for this: what the register has not said by then is asked again at the next review.
        let _late = tokio::time::timeout(STRUCTURES_WAIT, join_all(asked)).await;
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
