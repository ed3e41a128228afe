//! The statuses that registers and lists prove, each ready to be declared: what is known is filled in, what is missing stays to
//! be answered.

use chrono::NaiveDate;

use super::Fact;
use super::fact::label;
use crate::catalogue::{Catalogue, Label};
use crate::civil::paris_day;
use crate::claims::{AgreementState, Kind, Proved};
use crate::form::{SolidarityStep, StatusRow};
use crate::identifiers::{EssStatus, LegalCategory, Siren, Siret};
use crate::lists::{ListKind, Listed, Proof, ProofState};
use crate::registry::{RegistryFacts, RegistryState};

/// A status that a register or a list proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The line of the solidarity step, as far as it is known.
    pub row: StatusRow,
    pub kind: Kind,
    /// What a supplier contests who does not have it.
    pub fact: Fact,
    pub source: Label,
    /// The day on which the register was read, or the date of the list.
    pub read_on: NaiveDate,
    /// What stands for the evidence that is not given.
    pub proved: Proved,
}

impl Proven {
    /// Nothing is left to answer.
    pub fn is_whole(&self, today: NaiveDate) -> bool {
        let step = SolidarityStep {
            declare: "yes".to_owned(),
            rows: vec![self.row.clone()],
        };
        let proof = |row: &StatusRow| row.is_proved_by(&self.proved).then_some(&self.proved);
        step.errors_beside(today, proof).is_empty()
    }
}

/// What of the evidence is proved today, for whoever checks or signs an answer.
pub fn proved(
    of: (&Siren, &RegistryState),
    listed: &Listed,
    catalogue: &Catalogue,
    today: NaiveDate,
) -> Vec<Proved> {
    proven(of, listed, catalogue, today)
        .into_iter()
        .map(|proven| proven.proved)
        .collect()
}

/// The statuses of the company that the catalogue offers and something proves today. Where a list and the register say the same,
/// the list is named: it has the reference and the dates.
pub fn proven(
    (siren, state): (&Siren, &RegistryState),
    listed: &Listed,
    catalogue: &Catalogue,
    today: NaiveDate,
) -> Vec<Proven> {
    let facts = state.facts();
    if facts.is_some_and(|facts| !facts.active) {
        return vec![];
    }
    Kind::SOLIDARITY
        .into_iter()
        .filter(|kind| catalogue.offers(*kind))
        .flat_map(|kind| {
            let by_lists = by_lists(kind, siren, facts, listed, today);
            let by_register = facts.filter(|_| by_lists.is_empty()).and_then(|facts| {
                let read_on = paris_day(facts.fetched_at);
                Some(Proven {
                    fact: said(facts, kind)?,
                    row: row(kind, facts.siret.as_ref().map(Siret::as_str)),
                    kind,
                    source: label(|lang| facts.source.label(lang).to_owned()),
                    read_on,
                    proved: Proved::of_register(kind, facts.source, read_on),
                })
            });
            by_lists.into_iter().chain(by_register)
        })
        .collect()
}

fn by_lists(
    kind: Kind,
    siren: &Siren,
    facts: Option<&RegistryFacts>,
    listed: &Listed,
    today: NaiveDate,
) -> Vec<Proven> {
    let proofs: Vec<&Proof> = listed
        .of(siren)
        .filter(|proof| proof.supports(kind) && proof.state_on(today) == ProofState::Holds)
        .filter(|proof| proof.list != ListKind::EssFrance || mentioned(kind, facts))
        .collect();
    // A single structure stands for its company, as its agreement does; several are told apart.
    let apart = proofs.len() > 1 && kind.may_be_siret_scoped();
    let mut found: Vec<Proven> = proofs
        .into_iter()
        .map(|proof| {
            let siret = proof.facts.siret.as_ref().map(Siret::as_str);
            let mut row = row(kind, siret);
            if apart {
                siret.unwrap_or_default().clone_into(&mut row.siret);
            }
            let day = |day: Option<NaiveDate>| {
                day.map(|day| day.format("%d/%m/%Y").to_string())
                    .unwrap_or_default()
            };
            // What the form would not take is not put into it.
            let reference = proof.facts.reference.clone();
            row.reference = reference
                .filter(|reference| StatusRow::takes_reference(kind, reference))
                .unwrap_or_default();
            if kind.is_siae() {
                let state = proof.facts.state.map(AgreementState::code);
                state.unwrap_or_default().clone_into(&mut row.state);
                let signed = proof.facts.signed_siret.as_ref().map(Siret::as_str);
                signed.unwrap_or_default().clone_into(&mut row.signed_siret);
            }
            row.valid_from = day(proof.facts.valid_from);
            row.valid_to = day(proof.facts.valid_to);
            Proven {
                row,
                kind,
                fact: Fact::Status(kind),
                source: proof.list.label().into(),
                read_on: proof.published_on,
                proved: Proved::of_list(kind, proof, !apart),
            }
        })
        .collect();
    found.dedup_by(|one, other| one.row.mark() == other.row.mark());
    found
}

/// ESS France lists every enterprise of the social economy: those by legal form declare that, the commercial companies theirs.
fn mentioned(kind: Kind, facts: Option<&RegistryFacts>) -> bool {
    let by_form = facts
        .and_then(|facts| facts.legal_category.as_ref())
        .is_some_and(|category| category.ess_family() != EssStatus::No);
    (kind == Kind::EssStatus) == by_form
}

/// The fact of the register that proves the kind. A legal form of the social economy is enough by itself; a commercial company
/// needs its mention.
fn said(facts: &RegistryFacts, kind: Kind) -> Option<Fact> {
    let by_form = facts
        .legal_category
        .as_ref()
        .map_or(EssStatus::No, LegalCategory::ess_family);
    match kind {
        Kind::EssStatus => matches!(by_form, EssStatus::ByStatus(_)).then_some(Fact::LegalForm),
        Kind::EssCompany => {
            let mention = facts.ess == Some(true) && by_form == EssStatus::No;
            // An inclusion structure bears the mention too; its own kind says more.
            (mention && facts.siae_kinds.is_empty()).then_some(Fact::Ess)
        }
        kind => facts
            .siae_kinds
            .contains(&kind)
            .then_some(Fact::Status(kind)),
    }
}

/// An ESAT is one establishment, always.
fn row(kind: Kind, siret: Option<&str>) -> StatusRow {
    StatusRow {
        kind: kind.code().to_owned(),
        siret: siret
            .filter(|_| kind == Kind::Esat)
            .unwrap_or_default()
            .to_owned(),
        ..StatusRow::default()
    }
}
