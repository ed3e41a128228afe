//! Identifiers of French enterprises: a value of these types is normalised and checked, or it does not exist.
//!
//! A right check digit does not prove that the enterprise exists: that is for the register to say.

mod answer;
mod error;
mod legal;
mod luhn;
mod naf;
mod newtype;
mod normalize;
mod siae;
mod siren;
mod siret;
mod staff;
mod vat;

pub use answer::{CheckAnswer, CheckKind, check};
pub use error::{IdentifierError, IdentifierKind};
pub use legal::{EssFamily, EssStatus, LegalCategory};
pub use naf::{Naf, Nomenclature};
pub use siae::{SiaeMeasure, SiaeNumber};
pub use siren::Siren;
pub use siret::Siret;
pub use staff::StaffBand;
pub use vat::FrenchVat;

/// The text of an identifier without what may be written between its characters; upper-case where letters count.
/// Normalising twice changes nothing.
pub fn normalize(kind: IdentifierKind, value: &str) -> String {
    match kind {
        IdentifierKind::Siren | IdentifierKind::Siret | IdentifierKind::LegalCategory => {
            normalize::strip(value)
        }
        IdentifierKind::Vat
        | IdentifierKind::Siae
        | IdentifierKind::Naf
        | IdentifierKind::StaffBand => normalize::strip_upper(value),
    }
}
