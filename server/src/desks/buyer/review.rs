//! A declaration as the reviewer sees it: each claim beside what the register says.

use app::views::{
    AttachmentProof, ComparisonView, ContestSeen, Proof, ReviewView, ReviewedClaim, TimelineEntry,
};
use chrono::NaiveDate;
use domain::claims::{Claim, ClaimKey, Qualification};
use domain::documents::{Document, KnownDocument};
use domain::identifiers::{Siren, Siret};
use domain::lifecycle::{Act, ClaimUnderReview, Status, Verdict, allowed};
use domain::registry::compare;
use store::declarations::{self, Record};
use store::documents;
use store::memberships;
use uuid::Uuid;

use super::BuyerService;
use crate::desks::common::{TIMELINE, account_of, not_found, qualification_line, timeline};
use crate::desks::comparing::comparison;
use crate::desks::error::DeskError;
use crate::desks::register::{structure, structures};

impl BuyerService {
    pub(super) async fn read_comparison(
        &self,
        id: Uuid,
        number: u32,
    ) -> Result<ComparisonView, DeskError> {
        let db = self.0.state.store.read();
        let compared = not_found(declarations::compared(db, id, number).await?)?;
        // A draft is the supplier's own business, even one that was sent once.
        if compared.status == Status::Draft {
            return Err(DeskError::App(app::error::AppError::NotFound));
        }
        Ok(comparison(&self.0, id, compared))
    }

    /// A declaration that was sent: a draft is the supplier's own business, even one that was sent once.
    pub(super) async fn readable(&self, id: Uuid) -> Result<Record, DeskError> {
        let record = not_found(declarations::find(self.0.state.store.read(), id).await?)?;
        not_found(record.revision.as_ref())?;
        if record.declaration.status == Status::Draft {
            return Err(DeskError::App(app::error::AppError::NotFound));
        }
        Ok(record)
    }

    pub(super) async fn read_review(&self, id: Uuid) -> Result<ReviewView, DeskError> {
        let (db, today) = (self.0.state.store.read(), self.0.today());
        let record = self.readable(id).await?;
        let contested = record
            .revision
            .as_ref()
            .map(|revision| revision.snapshot.contests.clone())
            .unwrap_or_default();
        let mut contents = contents(&record.declaration.claims);
        contents.extend(
            contested
                .iter()
                .flat_map(|one| one.documents.iter().map(|document| document.sha256.clone())),
        );
        let (people, documents) =
            documents::with_people(db, &record.company.siren, contents).await?;
        let me = account_of(&self.0);
        let stated_on = record.declaration.stated_on.unwrap_or(today);
        let company = &record.company;
        let named = structures(&record.declaration.claims, &company.siren);
        let known = self.0.state.registry.remembered(&named).await;
        let mut units: Vec<Siren> = named.iter().map(Siret::siren).collect();
        units.push(company.siren.clone());
        let (events, listed) = declarations::timeline_and_lists(db, id, TIMELINE, &units).await?;
        let of_structure = |claim: &Claim| match structure(claim) {
            Some(siret) if siret.siren() == company.siren => Some(&company.registry),
            Some(siret) => known.get(siret),
            None => None,
        };
        let claims = record
            .declaration
            .claims
            .iter()
            .map(|reviewed| {
                let held = held(&record.declaration.qualifications, &reviewed.claim.key);
                let replaces = replaced(&held, &reviewed.hash, today);
                ReviewedClaim {
                    validity: reviewed.claim.validity(stated_on),
                    comparison: compare(
                        &reviewed.claim,
                        &company.registry,
                        of_structure(&reviewed.claim),
                    ),
                    lists: domain::lists::compare(&reviewed.claim, &company.siren, &listed, today),
                    already_in_force: held
                        .iter()
                        .any(|held| held.hash == reviewed.hash && held.holds_on(today)),
                    changed: replaces.is_some(),
                    replaces,
                    documents: signed_documents(&reviewed.claim, &documents),
                    claim: reviewed.claim.clone(),
                    verdict: reviewed.verdict.clone(),
                }
            })
            .collect();
        let may_close = record
            .declaration
            .qualifications
            .iter()
            .filter(|held| held.holds_on(today) && !is_accepted(&record, &held.claim.key))
            .map(|held| qualification_line(held, &record.company.name, today))
            .collect();
        Ok(ReviewView {
            id,
            reference: record.reference.clone(),
            siren: record.company.siren.clone(),
            company_name: record.company.name.clone(),
            status: record.declaration.status,
            version: record.declaration.version,
            revision: record.declaration.revision,
            snapshot: record
                .revision
                .as_ref()
                .map(|revision| revision.snapshot.clone()),
            statement: record
                .revision
                .as_ref()
                .map(|revision| revision.statement.clone()),
            claims,
            contests: contested
                .into_iter()
                .map(|contested| ContestSeen {
                    documents: as_signed(&contested.documents, &documents),
                    contested,
                })
                .collect(),
            attachment: proof(&people),
            allowed: allowed(&record.declaration, &self.actor()),
            held_by_me: record.declaration.reviewer == Some(me),
            timeline: seen_by_agents(timeline(events)),
            may_close,
            outcome: outcome(&record.declaration.claims),
            reviewer_name: record.reviewer_name,
            registry: record.company.registry,
        })
    }
}

/// The documents of a claim as they were signed, with what the portal knows of each.
pub(super) fn signed_documents(claim: &Claim, known: &[KnownDocument]) -> Vec<KnownDocument> {
    as_signed(claim.documents(), known)
}

fn as_signed(signed: &[Document], known: &[KnownDocument]) -> Vec<KnownDocument> {
    let of = |document: &Document| {
        let kept = known.iter().find(|known| {
            known.document.sha256 == document.sha256 && known.document.name == document.name
        })?;
        Some(KnownDocument {
            document: document.clone(),
            ..kept.clone()
        })
    };
    signed.iter().filter_map(of).collect()
}

/// The contents of the documents of all claims.
pub(super) fn contents(claims: &[ClaimUnderReview]) -> Vec<String> {
    let signed = claims.iter();
    signed
        .flat_map(|reviewed| reviewed.claim.documents())
        .map(|document| document.sha256.clone())
        .collect()
}

/// The claim in force that says something else under the same key.
fn replaced(held: &[&Qualification], hash: &str, today: NaiveDate) -> Option<Claim> {
    held.iter()
        .find(|held| held.hash != hash && held.holds_on(today))
        .map(|held| held.claim.clone())
}

/// What the company prepares is its own business until it is sent.
fn seen_by_agents(timeline: Vec<TimelineEntry>) -> Vec<TimelineEntry> {
    timeline
        .into_iter()
        .filter(|entry| entry.act != Act::Continued)
        .collect()
}

fn held<'a>(qualifications: &'a [Qualification], key: &ClaimKey) -> Vec<&'a Qualification> {
    qualifications
        .iter()
        .filter(|held| held.claim.key == *key)
        .collect()
}

fn is_accepted(record: &Record, key: &ClaimKey) -> bool {
    record
        .declaration
        .claims
        .iter()
        .any(|reviewed| reviewed.claim.key == *key && reviewed.verdict == Verdict::Accepted)
}

/// The weakest proof among the people attached: the one to look at before signing. Whom a manager let in is as well proved as
/// that manager at best.
fn proof(people: &[(memberships::Membership, store::accounts::Account)]) -> AttachmentProof {
    let has = |proof| people.iter().any(|(member, _)| member.proof == proof);
    let proof = [
        Proof::None,
        Proof::Mandate,
        Proof::MailDomain,
        Proof::Member,
        Proof::Agent,
        Proof::Letter,
    ]
    .into_iter()
    .find(|proof| has(*proof))
    .unwrap_or(Proof::None);
    AttachmentProof {
        proof,
        emails: people
            .iter()
            .map(|(_, account)| account.email.clone())
            .collect(),
    }
}

/// What the verdicts add up to; `None` while one is missing. `decide` has the last word when it is signed.
fn outcome(claims: &[ClaimUnderReview]) -> Option<Status> {
    let any =
        |wanted: fn(&Verdict) -> bool| claims.iter().any(|reviewed| wanted(&reviewed.verdict));
    if claims.is_empty() || any(|verdict| *verdict == Verdict::Pending) {
        return None;
    }
    let refused = any(|verdict| matches!(verdict, Verdict::Refused(_)));
    Some(if any(|verdict| matches!(verdict, Verdict::ToFix(_))) {
        Status::ChangesRequested
    } else if !any(|verdict| *verdict == Verdict::Accepted) {
        Status::Refused
    } else if refused {
        Status::PartlyValidated
    } else {
        Status::Validated
    })
}
