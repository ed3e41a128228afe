//! Attestations: the one that a company takes away, and what anyone who has its code may check.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::attestation::{Attested, LineState, ShortCode, Standing};
use domain::catalogue::Catalogue;
use domain::identifiers::Siren;

/// What is validated today for a company, ready to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestationView {
    /// The names in force today.
    pub names: Arc<Catalogue>,
    pub siren: Siren,
    pub company_name: String,
    /// Never empty.
    pub lines: Vec<Attested>,
    /// What the public may check it by.
    pub check: Checking,
}

/// Whether and how the public may check an attestation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checking {
    /// The company chose not to publish.
    Off,
    /// It was not issued yet with this content.
    NotIssued,
    By(ShortCode),
}

/// The answer to a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verification {
    /// No attestation has this code.
    Unknown,
    /// The company chose not to publish.
    Unpublished,
    Found(Box<Verified>),
}

/// What became of an attestation. Facts of the company alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub code: ShortCode,
    pub siren: Siren,
    /// `None` when it is that of a person, or the register keeps it from the public, or has not confirmed it.
    pub name: Option<String>,
    pub issued_on: NaiveDate,
    /// The day of the answer.
    pub today: NaiveDate,
    pub standing: Standing,
    pub lines: Vec<VerifiedLine>,
    /// What is validated today.
    pub now: Vec<Attested>,
    /// The attestation that says it, when one was issued.
    pub newer: Option<ShortCode>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedLine {
    pub attested: Attested,
    pub state: LineState,
}
