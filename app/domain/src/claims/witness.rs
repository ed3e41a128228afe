//! The register or the published list that proves a status by itself, where the supplier gives no reference.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::identifiers::Siret;
use crate::lists::{ListKind, Proof};
use crate::registry::Source;
use crate::text::{Lang, Text, text};

use super::{AgreementState, Kind};

/// Who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WitnessSource {
    List(ListKind),
    Register(Source),
}

impl WitnessSource {
    pub const fn label(self) -> Text {
        match self {
            Self::List(list) => list.label(),
            Self::Register(source) => text(source.label(Lang::Fr), source.label(Lang::En)),
        }
    }

    /// As the buyer database writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::List(list) => list.code(),
            Self::Register(Source::RechercheEntreprises) => "recherche_entreprises",
            Self::Register(Source::Demonstration) => "demonstration",
        }
    }
}

/// What a claim rests on instead of a reference, as it was when the supplier signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    pub source: WitnessSource,
    /// The date of the list, or the day on which the register was read; `None` where only what is said matters, not when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_on: Option<NaiveDate>,
}

/// A status that something proves today, with what it says of the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    pub kind: Kind,
    pub witness: Witness,
    /// The establishment that the list names; `None` where it speaks of the whole company, as the register does.
    pub siret: Option<Siret>,
    /// The only structure of its kind: it stands for its company.
    pub alone: bool,
    pub reference: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub state: Option<AgreementState>,
    pub signed_siret: Option<Siret>,
}

impl Proved {
    pub(crate) fn of_list(kind: Kind, proof: &Proof, alone: bool) -> Self {
        let facts = &proof.facts;
        Self {
            kind,
            witness: Witness {
                source: WitnessSource::List(proof.list),
                read_on: Some(proof.published_on),
            },
            siret: facts.siret.clone(),
            alone,
            reference: facts.reference.clone(),
            valid_from: facts.valid_from,
            valid_to: facts.valid_to,
            state: facts.state,
            signed_siret: facts.signed_siret.clone(),
        }
    }

    /// The register speaks of the company, never of one establishment.
    pub(crate) fn of_register(kind: Kind, source: Source, read_on: NaiveDate) -> Self {
        Self {
            kind,
            witness: Witness {
                source: WitnessSource::Register(source),
                read_on: Some(read_on),
            },
            siret: None,
            alone: true,
            reference: None,
            valid_from: None,
            valid_to: None,
            state: None,
            signed_siret: None,
        }
    }

    /// Whether it speaks for a line of this kind about this establishment, or about the whole company.
    pub fn is_about(&self, kind: Kind, siret: Option<&Siret>) -> bool {
        self.kind == kind
            && match (siret, &self.siret) {
                (Some(asked), Some(named)) => asked == named,
                // Which establishment holds the agreement is not known.
                (Some(_), None) => false,
                (None, _) => self.alone,
            }
    }
}
