//! The state of a company as the buyer database holds it: rows of text, in the order of the described columns.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::{
    claims::{Claim, ClaimBody, Qualification},
    decimal::Hundredths,
    identifiers::Siren,
    insertion::{Commitment, HoursStatement},
    pledges::Pledge,
};
use uuid::Uuid;

use crate::companies::Company;

/// The values of a row in the order of its table's columns, each in its only written form.
pub(super) type Row = Vec<Option<String>>;

/// A qualification with what the portal knows of its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub qualification: Qualification,
    pub declaration: Uuid,
    pub at: DateTime<Utc>,
}

/// All that the buyer database must hold of one company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyState {
    pub(super) siren: Siren,
    pub(super) supplier: Row,
    pub(super) qualifications: Vec<Row>,
    pub(super) commitments: Vec<Row>,
    pub(super) pledges: Vec<Row>,
    pub(super) closures: Vec<Row>,
    pub(super) realised: Vec<Row>,
}

impl CompanyState {
    pub fn siren(&self) -> &Siren {
        &self.siren
    }

    /// The state that follows from a company, all its qualifications and all its statements of hours with the key of the claim
    /// of each, whatever their order.
    ///
    /// Of two that begin on the same day with the same key, the buyer sees the newer revision.
    pub fn of(
        company: &Company,
        accepted: &[Accepted],
        hours: &[(String, HoursStatement)],
    ) -> Self {
        let mut newest: Vec<&Accepted> = Vec::with_capacity(accepted.len());
        for one in accepted {
            let same = |other: &&mut &Accepted| {
                let (a, b) = (&other.qualification, &one.qualification);
                a.claim.key == b.claim.key && a.validity.from == b.validity.from
            };
            match newest.iter_mut().find(same) {
                Some(other) if other.qualification.revision < one.qualification.revision => {
                    *other = one;
                }
                Some(_) => {}
                None => newest.push(one),
            }
        }
        Self {
            siren: company.siren.clone(),
            supplier: supplier(
                company,
                accepted
                    .iter()
                    .map(|one| one.qualification.revision)
                    .max()
                    .unwrap_or(0),
            ),
            qualifications: newest.iter().map(|one| qualification(one)).collect(),
            commitments: newest
                .iter()
                .filter_map(|one| match &one.qualification.claim.body {
                    ClaimBody::Commitment(body) => Some(commitment(one, body)),
                    ClaimBody::Sme(_) | ClaimBody::Status(_) | ClaimBody::Pledge(_) => None,
                })
                .collect(),
            pledges: newest
                .iter()
                .filter_map(|one| match &one.qualification.claim.body {
                    ClaimBody::Pledge(body) => Some(pledge(one, body)),
                    ClaimBody::Sme(_) | ClaimBody::Status(_) | ClaimBody::Commitment(_) => None,
                })
                .collect(),
            closures: accepted
                .iter()
                .flat_map(|one| closures(&one.qualification))
                .collect(),
            realised: hours
                .iter()
                .filter_map(|(key, one)| realised(&company.siren, key, one))
                .collect(),
        }
    }
}

fn supplier(company: &Company, revision: u32) -> Row {
    let facts = company.registry.facts();
    let fact = |read: fn(&domain::registry::RegistryFacts) -> Option<String>| facts.and_then(read);
    vec![
        Some(text(&company.siren)),
        Some(text(&company.name)),
        Some(text(company.siren.vat())),
        fact(|facts| facts.legal_category.as_ref().map(text)),
        fact(|facts| facts.naf.clone()),
        fact(|facts| facts.postal_code.clone()),
        fact(|facts| facts.commune.clone()),
        fact(|facts| facts.category.clone()),
        Some(instant(company.registry_at)),
        Some(text(revision)),
    ]
}

fn qualification(accepted: &Accepted) -> Row {
    let held = &accepted.qualification;
    let claim = &held.claim;
    let mut row = key(held);
    row.extend([
        held.validity.to.map(date),
        Some(text(claim.kind().code())),
        claim.key.scope.siret().map(text),
    ]);
    row.extend(details(claim));
    row.extend([
        Some(text(held.revision)),
        Some(instant(accepted.at)),
        Some(text(accepted.declaration)),
        Some(text(&held.hash)),
    ]);
    row.extend(proof(claim));
    row
}

/// State and SIRET of the agreement, what proves the status, and of when.
fn proof(claim: &Claim) -> [Option<String>; 4] {
    let ClaimBody::Status(evidence) = &claim.body else {
        return [const { None }; 4];
    };
    [
        evidence.state.map(|state| text(state.code())),
        evidence.signed_siret.as_ref().map(text),
        evidence.witness.map(|witness| text(witness.source.code())),
        evidence
            .witness
            .and_then(|witness| witness.read_on)
            .map(date),
    ]
}

/// Reference, authority, European and French category, closing date.
fn details(claim: &Claim) -> [Option<String>; 5] {
    match &claim.body {
        ClaimBody::Sme(size) => [
            None,
            None,
            Some(text(size.category.name())),
            Some(text(&size.french_category)),
            Some(date(size.closing_date)),
        ],
        ClaimBody::Status(evidence) => [
            evidence.reference.clone(),
            evidence.authority.clone(),
            None,
            None,
            None,
        ],
        ClaimBody::Pledge(pledge) => [pledge.reference.clone(), None, None, None, None],
        ClaimBody::Commitment(_) => [None, None, None, None, None],
    }
}

fn commitment(accepted: &Accepted, body: &Commitment) -> Row {
    let held = &accepted.qualification;
    let publics: Vec<&str> = body
        .publics
        .iter()
        .map(domain::insertion::Public::code)
        .collect();
    let types = body.contract_types.iter();
    let types: Vec<&str> = types.map(domain::insertion::ContractType::code).collect();
    let mut row = key(held);
    row.extend([
        Some(date(body.end)),
        Some(text(&body.code)),
        Some(text(body.modality.code())),
        body.contract.clone(),
        Some(decimal(body.hours.unwrap_or_default())),
        Some(text(body.basis.code())),
        body.hours
            .and_then(|hours| domain::insertion::etp(hours, body.etp_base))
            .map(decimal),
        Some(text(body.etp_base)),
        body.persons.map(text),
        body.structure
            .as_ref()
            .map(|structure| text(&structure.siret)),
        body.structure
            .as_ref()
            .map(|structure| text(structure.kind.code())),
        (!publics.is_empty()).then(|| publics.join(",")),
        Some(text(held.revision)),
        (!types.is_empty()).then(|| types.join(",")),
        body.structure_amount.map(decimal),
        body.structure_share.map(|share| decimal(share.rounded())),
        body.training.clone(),
    ]);
    row
}

fn pledge(accepted: &Accepted, body: &Pledge) -> Row {
    let held = &accepted.qualification;
    let mut row = key(held);
    row.extend([
        Some(body.code.clone()),
        Some(body.label.fr.clone()),
        Some(body.theme.clone()),
        (!body.plans.is_empty()).then(|| body.plans.join(",")),
        body.item.clone(),
        body.contract.clone(),
        body.done.map(|done| text(if done { "yes" } else { "no" })),
        body.year.map(text),
        Some(text(body.unit.code())),
        body.baseline.map(decimal),
        body.target.map(decimal),
        body.due.map(date),
        body.reference.clone(),
        body.valid_to.map(date),
        Some(text(held.revision)),
    ]);
    row
}

fn closures(held: &Qualification) -> Vec<Row> {
    (1_u32..)
        .zip(&held.closures)
        .map(|(number, closure)| {
            let mut row = key(held);
            row.extend([
                Some(text(held.revision)),
                Some(text(number)),
                Some(date(closure.from)),
                Some(text(closure.cause.code())),
                Some(closure.reason.clone()).filter(|reason| !reason.is_empty()),
                Some(instant(closure.recorded_at)),
            ]);
            row
        })
        .collect()
}

/// Only what the buyer accepted.
fn realised(siren: &Siren, key: &str, one: &HoursStatement) -> Option<Row> {
    let check = one.check.as_ref().filter(|check| check.accepted)?;
    Some(vec![
        Some(text(siren)),
        Some(key.to_owned()),
        Some(text(one.number)),
        Some(date(one.quarter.first_day())),
        Some(date(one.quarter.last_day())),
        Some(decimal(one.hours)),
        Some(instant(one.told_at)),
        Some(instant(check.at)),
    ])
}

fn key(held: &Qualification) -> Row {
    vec![
        Some(text(&held.siren)),
        Some(text(&held.claim.key)),
        Some(date(held.validity.from)),
    ]
}

fn text(value: impl std::fmt::Display) -> String {
    value.to_string()
}

fn date(day: NaiveDate) -> String {
    text(day.format("%Y-%m-%d"))
}

pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Always two decimals, as both engines print them.
fn decimal(value: Hundredths) -> String {
    let (sign, value) = (
        if value.hundredths() < 0 { "-" } else { "" },
        value.hundredths().unsigned_abs(),
    );
    format!("{sign}{}.{:02}", value / 100, value % 100)
}
