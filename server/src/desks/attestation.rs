//! Attestations: what the public may check by a code, and the signed form of the same facts.

use app::desk::{Answer, VerificationDesk};
use app::views::{Verification, Verified, VerifiedLine};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::attestation::{Attested, ShortCode, attested_on, content_hash, line_state, standing};
use domain::civil::paris_day;
use domain::identifiers::LegalCategory;
use store::attestations::{self, Found};
use store::companies::Company;

use super::error::DeskError;
use crate::http::RequestContext;
use crate::state::AppState;

/// The desk of whoever has a code.
pub(super) struct VerificationService {
    pub(super) state: AppState,
    pub(super) request: Option<RequestContext>,
}

#[async_trait]
impl VerificationDesk for VerificationService {
    async fn verify(&self, code: &ShortCode) -> Answer<Verification> {
        let today = self.state.clock.today();
        let found = attestations::find(self.state.store.read(), code).await;
        let reference = self.request.as_ref().map_or("", |request| &request.id);
        match found.map_err(DeskError::from) {
            Ok(found) => Ok(verified(found, today)),
            Err(error) => Err(error.told(reference)),
        }
    }
}

fn verified(found: Option<Found>, today: NaiveDate) -> Verification {
    let Some(found) = found else {
        return Verification::Unknown;
    };
    if !found.company.published {
        return Verification::Unpublished;
    }
    let siren = found.company.siren.clone();
    let shown = found.attestation.qualifications;
    let lines: Vec<VerifiedLine> = found
        .decided
        .iter()
        .filter(|one| shown.contains(&one.qualification.id))
        .map(|one| VerifiedLine {
            attested: Attested::of(one),
            state: line_state(&one.qualification, today),
        })
        .collect();
    let now = attested_on(&found.decided, today);
    let hash = content_hash(&siren, &now);
    let states: Vec<_> = lines.iter().map(|line| line.state).collect();
    let others = now.iter().any(|line| !shown.contains(&line.qualification));
    Verification::Found(Box::new(Verified {
        standing: standing(found.attestation.hash == hash, &states, others),
        newer: found
            .all
            .into_iter()
            .find(|one| one.hash == hash && one.code != found.attestation.code)
            .map(|one| one.code),
        name: public_name(&found.company),
        issued_on: paris_day(found.attestation.issued_at),
        code: found.attestation.code,
        siren,
        today,
        lines,
        now,
    }))
}

/// The name, unless it is that of a person or the register keeps it from the public. Where the register did not speak, nobody
/// knows, and the number alone is shown.
fn public_name(company: &Company) -> Option<String> {
    let facts = company.registry.facts()?;
    let person = facts
        .legal_category
        .as_ref()
        .is_some_and(LegalCategory::is_natural_person);
    (!person && !facts.partly_masked).then(|| company.name.clone())
}
