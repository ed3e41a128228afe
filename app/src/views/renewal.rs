//! What a renewal shows, what it asks for, and what became of it.

use chrono::NaiveDate;
use domain::documents::DocumentLimits;
use domain::form::{FieldError, StatementStep, StepCode};
use domain::identifiers::Siren;
use domain::lists::Listed;
use domain::registry::RegistryState;
use domain::renewal::Renewal;
use uuid::Uuid;

use crate::desk::ClosedCompany;

/// The answer to whoever wants to renew.
#[derive(Clone, Debug, PartialEq)]
pub enum Renewing {
    Ready(Box<RenewalView>),
    /// Another declaration is open: it comes first.
    Elsewhere(Uuid),
}

/// What may be taken over, on one screen.
#[derive(Clone, Debug, PartialEq)]
pub struct RenewalView {
    /// The declaration that the page is about: the open renewal, or the one that was decided last.
    pub id: Uuid,
    /// The renewal is open already, and this is its draft.
    pub open: bool,
    /// By this the form says what the person had before the eyes.
    pub seen: String,
    pub siren: Siren,
    pub company_name: String,
    /// The last one that was decided: its reference, and the day it was signed by the company.
    pub last: Option<(Uuid, String, NaiveDate)>,
    pub renewal: Renewal,
    /// What is to be corrected in the answers about the company and its contact.
    pub company_errors: Vec<FieldError>,
    pub registry: RegistryState,
    pub listed: Listed,
    pub document_limits: DocumentLimits,
    /// Who signed last, when it is the same account.
    pub signer: StatementStep,
    pub can_edit: bool,
    pub can_sign: bool,
    pub today: NaiveDate,
}

/// What a person asks of a renewal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenewalOrder {
    pub seen: String,
    /// The marks of the lines that are taken over.
    pub kept: Vec<String>,
    pub statement: StatementStep,
    pub then: RenewalNext,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RenewalNext {
    #[default]
    Save,
    Send,
    /// Goes on at a line.
    Line(String),
    /// Goes on at a step.
    Step(StepCode),
}

/// What became of a renewal. Whatever the answer, what was chosen is kept in the one open draft of the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewed {
    /// Kept; the draft, and where the line asked for stands in it.
    Kept {
        draft: Uuid,
        line: Option<(StepCode, usize)>,
    },
    Sent(Uuid),
    /// Something is to be corrected before it can be sent.
    Incomplete(Uuid),
    /// Somebody of the company, or the buyer, did something meanwhile: nothing was written.
    Changed(Uuid),
    /// Another declaration is open: it comes first.
    Elsewhere(Uuid),
    Closed(ClosedCompany),
}
