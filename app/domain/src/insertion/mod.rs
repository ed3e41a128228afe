//! Insertion commitments: hours of work for people far from employment, by modality, with their bounds (`domain.md` 4).

mod bounds;
mod contract_type;
mod modality;
mod publics;
mod quarter;
mod statement;

pub use bounds::{
    ETP_BASES, HOURLY_LABOUR_COST, HOURS_CEILING, HOURS_PER_PERSON_YEAR, LEGAL_YEAR_HOURS,
    check_hours, etp, hours_fit_amount, hours_fit_persons, hours_from_etp, hours_from_rate,
    suggested_hours,
};
pub use contract_type::{CONTRACT_TYPES, ContractType};
pub use modality::{ACCEPTED_STRUCTURES, Modality};
pub use publics::{PUBLICS, Public};
pub use quarter::Quarter;
pub use statement::{
    HoursAccount, HoursCheck, HoursState, HoursStatement, LONGEST_NOTE, exceeds_promise,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::claims::Kind;
use crate::decimal::{Hundredths, Percent};
use crate::identifiers::Siret;

/// The code of the commitment in the taxonomy of the scheme: insertion hours.
pub const COMMITMENT_CODE: &str = "SOC-INS-01";

/// An insertion commitment, parsed. What is promised is stored in hours; the basis says how they were expressed.
/// Invariant: there are hours exactly where the basis is one of hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    pub code: String,
    pub modality: Modality,
    /// Normalised identifier of the contract; `None` for a framework commitment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Absent from a training or mentoring of which the clause asks no hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hundredths>,
    pub basis: Basis,
    /// Hours of one full-time equivalent a year: those of the clause, else the legal year.
    pub etp_base: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<Structure>,
    /// In euros, excluding tax: what a subcontracted structure is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure_amount: Option<Hundredths>,
    /// What a structure that bids jointly has of the contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure_share: Option<Percent>,
    /// Of those hired.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contract_types: Vec<ContractType>,
    pub publics: Vec<Public>,
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// What the supplier knows of the contract, against which the hours and the period were checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_end: Option<NaiveDate>,
    /// In euros, excluding tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_amount: Option<Hundredths>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labour_share: Option<Percent>,
    /// What is done, of a training or mentoring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// How the volume was expressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", rename_all = "snake_case")]
pub enum Basis {
    Hours,
    /// A share of the labour hours of the contract.
    LabourShare {
        rate: Percent,
        reference_hours: Hundredths,
    },
    Etp {
        etp: Hundredths,
    },
    /// No hours are promised.
    NoHours,
}

impl Basis {
    /// As the feed writes it, and the stored claims.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::LabourShare { .. } => "labour_share",
            Self::Etp { .. } => "etp",
            Self::NoHours => "no_hours",
        }
    }
}

/// The inclusion structure through which the hours are worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    pub siret: Siret,
    pub kind: Kind,
}

impl Commitment {
    /// The part of the claim key that tells two commitments of a company apart.
    pub fn key_code(&self) -> String {
        match &self.structure {
            Some(structure) => format!(
                "{}:{}:{}",
                self.code,
                self.modality.code(),
                structure.siret.as_str()
            ),
            None => format!("{}:{}", self.code, self.modality.code()),
        }
    }
}

/// The identifier of a contract as the essential data write it: trimmed, then space, comma, backslash, dot and slash become `_`
/// (`domain.md` 6.4, R3).
pub fn normalize_contract(reference: &str) -> Option<String> {
    let normalized: String = reference
        .trim()
        .chars()
        .map(|c| {
            if matches!(c, ' ' | '\u{a0}' | '\u{202f}' | ',' | '\\' | '.' | '/') {
                '_'
            } else {
                c
            }
        })
        .collect();
    (!normalized.is_empty()).then_some(normalized)
}
