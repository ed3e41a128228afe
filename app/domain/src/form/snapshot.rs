//! The declaration as sent: parsed answers, frozen with their hash. A correction is a new snapshot.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::claims::Claim;
use crate::identifiers::{Siren, Siret};
use crate::known::Contested;

/// What a supplier signed. Immutable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub form_version: u32,
    /// The version of the catalogue under which it was signed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub catalogue: u32,
    pub siren: Siren,
    pub siret: Siret,
    pub name: String,
    pub contact: Contact,
    pub claims: Vec<Claim>,
    /// What a register said, and the supplier swears to be otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contests: Vec<Contested>,
}

/// The person to talk to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    pub role: String,
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// The sworn statement: who signed what, when, and in which words (`domain.md` 10.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedStatement {
    pub text_version: String,
    pub signer_name: String,
    pub signer_quality: String,
    /// `legal_representative` or `delegation`.
    pub capacity: String,
    pub accepted: bool,
    pub account: Uuid,
    pub signed_at: DateTime<Utc>,
    /// Address of the browser, kept as evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
}

impl Snapshot {
    /// SHA-256 of the content, in hexadecimal.
    pub fn hash(&self) -> String {
        sha256_json(self)
    }

    pub fn claim(&self, key: &str) -> Option<&Claim> {
        self.claims
            .iter()
            .find(|claim| claim.key.to_string() == key)
    }
}

impl SignedStatement {
    pub fn signed_on(&self) -> NaiveDate {
        crate::civil::paris_day(self.signed_at)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
const fn is_zero(version: &u32) -> bool {
    *version == 0
}

/// SHA-256 of the JSON of a value, in hexadecimal. Fields are written in the order of their declaration, so the same value
/// always has the same hash.
pub fn sha256_json(value: &impl Serialize) -> String {
    // Serialising our own types to memory cannot fail; an empty text would only make two hashes differ.
    sha256_hex(&serde_json::to_vec(value).unwrap_or_default())
}

/// SHA-256 of bytes, in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
