//! What the lists in force say of companies: the port of whoever shows or judges a claim.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Facts, ListKind};
use crate::claims::{AgreementState, Kind, Scope};
use crate::identifiers::{Siren, Siret};

/// The edition of a list that is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    pub list: ListKind,
    /// The date of the list by its publisher, else that of its import.
    pub published_on: NaiveDate,
    /// In force on the portal since.
    pub since: DateTime<Utc>,
    pub rows: u64,
}

impl Edition {
    /// Its publisher has probably put out another one.
    pub fn is_old(&self, today: NaiveDate) -> bool {
        (today - self.published_on).num_days() > self.list.fresh_days()
    }
}

/// One row of a list in force that names a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub list: ListKind,
    pub published_on: NaiveDate,
    pub since: DateTime<Utc>,
    pub siren: Siren,
    /// As the list writes it.
    pub name: Option<String>,
    pub facts: Facts,
}

/// Whether what the row says holds on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofState {
    Holds,
    /// Not yet.
    From(NaiveDate),
    /// No longer: the last day.
    Ended(NaiveDate),
    /// The list gives the agreement in a state that is not active.
    Inactive(AgreementState),
}

impl Proof {
    /// The legal unit, or the establishment that the row names.
    pub fn scope(&self) -> Scope {
        match &self.facts.siret {
            Some(siret) => Scope::Siret(siret.clone()),
            None => Scope::Siren(self.siren.clone()),
        }
    }

    /// Whether the row speaks for a claim of this kind.
    pub fn supports(&self, kind: Kind) -> bool {
        match self.list {
            ListKind::Inclusion => self.facts.kind == Some(kind),
            list => list.concerns(kind),
        }
    }

    /// Every kind of claim that the row speaks for.
    pub fn kinds(&self) -> Vec<Kind> {
        let all = Kind::SOLIDARITY.into_iter();
        all.filter(|kind| self.supports(*kind)).collect()
    }

    pub fn state_on(&self, today: NaiveDate) -> ProofState {
        let inactive = self.facts.state.filter(|state| !state.is_active());
        match (self.facts.valid_from, self.facts.valid_to) {
            (_, Some(end)) if end < today => ProofState::Ended(end),
            _ if let Some(state) = inactive => ProofState::Inactive(state),
            (Some(start), _) if start > today => ProofState::From(start),
            _ => ProofState::Holds,
        }
    }
}

/// What all lists in force say of some companies. Empty when no list was ever imported: then nothing is said at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub editions: Vec<Edition>,
    pub proofs: Vec<Proof>,
}

impl Listed {
    pub fn edition(&self, list: ListKind) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.list == list)
    }

    /// What is said of one company.
    pub fn of(&self, siren: &Siren) -> impl Iterator<Item = &Proof> {
        self.proofs
            .iter()
            .filter(move |proof| proof.siren == *siren)
    }

    /// What is said of one establishment, or of the legal unit that it belongs to.
    pub fn of_siret(&self, siret: &Siret) -> impl Iterator<Item = &Proof> {
        self.proofs
            .iter()
            .filter(move |proof| match &proof.facts.siret {
                Some(named) => named == siret,
                None => siret.belongs_to(&proof.siren),
            })
    }

    /// Only what is said of one company, with the editions.
    #[must_use]
    pub fn only(&self, siren: &Siren) -> Self {
        Self {
            editions: self.editions.clone(),
            proofs: self.of(siren).cloned().collect(),
        }
    }
}
