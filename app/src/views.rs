//! What the desks show: plain data for pages, one type per page, nothing that a role should not see.
//! Longer than 400 lines: the data of the declaration and of its review, and the list of all the others.

mod attestation;
mod catalogue;
mod comparison;
mod concessions;
mod contract;
mod export;
mod frozen;
mod hours;
mod imports;
mod indicators;
mod levers;
mod links;
mod lists;
mod mails;
mod payments;
mod people;
mod prepared;
mod queue;
mod renewal;
mod restated;
mod subcontracts;
mod year_hours;

pub use attestation::{AttestationView, Checking, Verification, Verified, VerifiedLine};
pub use catalogue::{CatalogueChange, CatalogueVersion, CatalogueView};
pub use comparison::{ComparedVersion, ComparisonView};
pub use concessions::{ConcessionFilter, ConcessionPage, ConcessionRow};
pub use contract::{
    Brought, ContractAddress, ContractParty, ContractView, EnteredShares, ShareSource,
    StatusOrigin, StatusSeen,
};
pub use export::{Export, FileFormat, export_file};
pub use frozen::{FrozenEdition, FrozenState, FrozenView};
pub use hours::{CommitmentLine, CommitmentsView, HoursDue, HoursView};
pub use imports::{
    Breach, Conformity, ImportAddress, ImportRow, ImportStage, ImportView, ImportsView, SentFile,
    SetAside,
};
pub use indicators::{
    BreakdownRow, ContractFilter, ContractPage, ContractRow, FiguresFilter, IndicatorsView,
    YearRates,
};
pub use levers::{
    EndingStatus, LeversFilter, LeversView, Outcome, Share, UndeclaredPage, UndeclaredSupplier,
    WaitingFile,
};
pub use links::{LinkView, Receiver};
pub use lists::{
    ListFile, ListImportView, ListInForce, ListLine, ListTurn, ListView, ListsView, RollBack,
};
pub use mails::{MailLine, MailState, MailsView, SentAgain};
pub use payments::{
    Counted, DirectionRow, PaidSums, PaidSupplier, PaymentRow, PaymentsFilter, PaymentsView,
    SupplierPayments, party_words,
};
pub use people::{
    DomainLine, InvitationLine, InvitationState, InvitationView, JoinLine, JoiningView, PeopleView,
    PersonLine, Standing, Waiting,
};
pub use prepared::{
    ClaimPage, ClaimView, NewDraft, Obstacle, Prepared, PreparedLine, PreparedState, Preparing,
};
pub use queue::{QueueFilter, QueuePage, QueueRow, QueueSort, Stakes};
pub use renewal::{RenewalNext, RenewalOrder, RenewalView, Renewed, Renewing};
pub use restated::{RateChange, RestatedFilter, RestatedRow, RestatedView};
pub use subcontracts::{SubcontractFilter, SubcontractPage, SubcontractRow};
pub use year_hours::{YearHoursFilter, YearHoursPage, YearHoursRow};

pub use domain::people::Proof;

use std::collections::BTreeMap;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::Catalogue;
use domain::claims::{Claim, ClaimKey, ClosureCause, Validity, ValidityState};
use domain::documents::{DocumentLimits, KnownDocument};
use domain::form::{Draft, FieldError, SignedStatement, Snapshot, StepCode, Warning};
use domain::identifiers::{Siren, Siret};
use domain::known::Contested;
use domain::lifecycle::{
    Act, CommandKind, MemberRole, RevocationProposal, Sequel, Status, Verdict,
};
use domain::lists::{ListComparison, Listed};
use domain::registry::{Comparison, RegistryState};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::desk::StepAnswers;

/// The home of a signed-in supplier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    pub companies: Vec<WorkspaceCompany>,
    /// Companies that the person asked to join.
    pub pending: Vec<Siren>,
    /// Invitations that wait for the person.
    pub invitations: Vec<InvitedTo>,
    /// Drafts that the buyer prepared for this person.
    pub prepared: Vec<InvitedTo>,
}

/// An invitation, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitedTo {
    pub id: Uuid,
    pub company_name: String,
    pub until: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceCompany {
    /// Commitments whose hours are expected.
    pub hours_due: Vec<HoursDue>,
    pub siren: Siren,
    pub name: String,
    pub role: MemberRole,
    /// The firm or the network for which the person works, when it is not the company.
    pub organisation: Option<String>,
    /// Nobody of the company has confirmed the mandate yet.
    pub unconfirmed: bool,
    /// Anyone who has the code of one of its attestations may check it.
    pub published: bool,
    /// The open declaration first, then the past ones, newest first.
    pub declarations: Vec<DeclarationLine>,
    pub qualifications: Vec<QualificationLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclarationLine {
    pub id: Uuid,
    pub reference: String,
    pub status: Status,
    pub changed_at: DateTime<Utc>,
}

/// How many companies a page of a search shows.
pub const HITS_A_PAGE: u64 = 10;
/// The register goes no further than ten thousand results.
pub const LAST_HITS_PAGE: u32 = 1_000;

/// What is asked of the register: a number or a name; of a name, where, and which page of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyQuestion {
    pub text: String,
    /// Five digits.
    pub postal_code: Option<String>,
    /// The first is 1.
    pub page: u32,
}

impl CompanyQuestion {
    pub fn of(text: &str) -> Self {
        Self {
            text: text.trim().to_owned(),
            postal_code: None,
            page: 1,
        }
    }
}

/// The answer to a search for a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanySearch {
    pub asked: CompanyQuestion,
    pub outcome: SearchOutcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchOutcome {
    Empty,
    /// The number typed is not valid: what is wrong with it.
    Invalid(domain::identifiers::IdentifierError),
    Found {
        hits: Vec<CompanyHit>,
        /// How many the register knows: more than shown when the name is common.
        total: u64,
        demonstration: bool,
    },
    /// A valid number that the register does not know: it proves nothing, and one may go on.
    UnknownNumber {
        number: String,
        demonstration: bool,
    },
    /// Name searches need the register; a valid number may go on without it.
    RegistryDown {
        number: Option<String>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyHit {
    pub siren: Siren,
    pub siret: Option<Siret>,
    pub name: String,
    pub address: Option<String>,
    pub active: bool,
    /// What is odd about the establishment asked for. Like any doubt, it stops nobody.
    pub doubt: Option<EstablishmentDoubt>,
    /// The head office, when it is not the establishment asked for.
    pub head_office: Option<Siret>,
}

/// What the register says of an establishment whose company lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EstablishmentDoubt {
    Closed,
    /// The register knows the company and not this establishment.
    Unknown,
}

/// A declaration, for its supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclarationView {
    pub id: Uuid,
    pub reference: String,
    pub siren: Siren,
    pub company_name: String,
    pub status: Status,
    pub version: i64,
    pub draft: Draft,
    /// The page that sent the answers of a step last, by the name that it gave itself.
    pub sent_by: Vec<(StepCode, String)>,
    pub registry: RegistryState,
    /// Everything to correct before sending, by step.
    pub errors: Vec<(StepCode, FieldError)>,
    pub warnings: Vec<(StepCode, String, Warning)>,
    pub allowed: Vec<CommandKind>,
    /// The new declarations that may begin from this one.
    pub sequels: Vec<Sequel>,
    /// The claims of the last revision sent, with what the buyer said.
    pub claims: Vec<ClaimVerdict>,
    /// The claims that the answers would make now, when they parse.
    pub preview: Option<Snapshot>,
    pub revision: Option<u32>,
    pub saved_at: DateTime<Utc>,
    pub timeline: Vec<TimelineEntry>,
    pub qualifications: Vec<QualificationLine>,
    /// The documents that the answers name.
    pub documents: Vec<KnownDocument>,
    pub document_limits: DocumentLimits,
    /// What the published lists in force say of the company.
    pub listed: Listed,
    /// The day of the answer.
    pub today: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimVerdict {
    pub claim: Claim,
    pub verdict: Verdict,
}

/// One line of the history, without the name of a person of the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    pub at: DateTime<Utc>,
    pub act: Act,
    pub actor_kind: String,
    pub revision: Option<u32>,
    /// The declaration that began from this one then.
    pub next: Option<Uuid>,
}

/// Two sets of answers of one step: the ones stored, and the ones that came too late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub declaration: Uuid,
    pub version: i64,
    pub stored: StepAnswers,
    pub typed: StepAnswers,
    pub stored_at: DateTime<Utc>,
}

/// The acknowledgement of receipt (L112-11 CRPA).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptView {
    pub id: Uuid,
    /// The names under which it was signed.
    pub names: Arc<Catalogue>,
    pub reference: String,
    pub company_name: String,
    pub snapshot: Snapshot,
    pub hash: String,
    pub revision: u32,
    pub statement: SignedStatement,
    pub received_at: DateTime<Utc>,
    pub status: Status,
}

/// A declaration, for a reviewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewView {
    pub id: Uuid,
    pub reference: String,
    pub siren: Siren,
    pub company_name: String,
    pub status: Status,
    pub version: i64,
    pub revision: Option<u32>,
    pub snapshot: Option<Snapshot>,
    pub statement: Option<SignedStatement>,
    pub claims: Vec<ReviewedClaim>,
    /// What the supplier swears to be otherwise than a register said.
    pub contests: Vec<ContestSeen>,
    pub registry: RegistryState,
    pub attachment: AttachmentProof,
    pub allowed: Vec<CommandKind>,
    pub reviewer_name: Option<String>,
    /// The reader of the page is the one who holds the review.
    pub held_by_me: bool,
    pub timeline: Vec<TimelineEntry>,
    /// Qualifications in force whose claim is refused or left out in this revision: the signature may end them.
    pub may_close: Vec<QualificationLine>,
    /// The outcome that the verdicts add up to.
    pub outcome: Option<Status>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewedClaim {
    pub claim: Claim,
    pub verdict: Verdict,
    pub validity: Validity,
    pub comparison: Comparison,
    /// What the published lists in force say of it.
    pub lists: Vec<ListComparison>,
    /// The same claim, word for word, already holds.
    pub already_in_force: bool,
    /// What the previous revision said of the same key, when it said something else.
    pub changed: bool,
    /// The claim in force that accepting this one replaces.
    pub replaces: Option<Claim>,
    /// Its documents as they were signed, with what the portal knows of each.
    pub documents: Vec<KnownDocument>,
}

/// A contest, with what the portal knows of its documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestSeen {
    pub contested: Contested,
    pub documents: Vec<KnownDocument>,
}

/// How the people who declare are attached to the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentProof {
    pub proof: Proof,
    pub emails: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualificationLine {
    pub id: Uuid,
    pub siren: Siren,
    pub company_name: String,
    pub key: ClaimKey,
    pub validity: Validity,
    pub state: ValidityState,
    /// Its first closure, which may start later.
    pub closed: Option<(NaiveDate, ClosureCause)>,
    /// The closure has started.
    pub ended: bool,
}

impl QualificationLine {
    /// It no longer holds, whatever the reason: nothing can be asked of it any more.
    pub fn is_over(&self) -> bool {
        self.ended || self.state == ValidityState::Expired
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QualificationPage {
    pub rows: Vec<QualificationLine>,
    pub total: u64,
    pub page: u32,
    pub pages: u32,
    pub search: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualificationView {
    pub line: QualificationLine,
    pub claim: Claim,
    pub declaration: Uuid,
    pub revision: u32,
    pub decided_at: DateTime<Utc>,
    pub proposal: Option<RevocationProposal>,
    /// The reader proposed the revocation: somebody else must confirm it.
    pub proposed_by_me: bool,
    pub closure_reason: Option<String>,
    /// Of an insertion commitment.
    pub hours: Option<HoursView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentRequest {
    pub id: Uuid,
    pub siren: Siren,
    pub company_name: String,
    pub email: String,
    pub holder_emails: Vec<String>,
    pub same_domain: bool,
    pub asked_at: DateTime<Utc>,
    pub role: MemberRole,
    pub organisation: Option<String>,
    pub message: String,
    /// Somebody of the company could have answered.
    pub managed: bool,
    /// The seat, as the register knows it; empty when it does not.
    pub address: String,
}

/// A letter to print: it bears the code that proves that its reader has the post of the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterView {
    pub siren: Siren,
    pub company_name: String,
    pub address: String,
    pub person: String,
    pub code: String,
    pub until: NaiveDate,
}

/// What a person typed in a form that could not be carried out, and why. It serialises, so that a desk can keep it aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The code of what stopped the form.
    pub problem: String,
    /// The answers, by name of field.
    pub fields: BTreeMap<String, String>,
}

impl Typed {
    /// An answer as typed; empty when there was none.
    pub fn get(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboxView {
    pub waiting: u64,
    pub oldest_seconds: Option<i64>,
    pub parked: Vec<ParkedMessage>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedMessage {
    pub id: Uuid,
    pub route: String,
    pub subject: String,
    pub attempts: i32,
    pub last_error: String,
    pub created_at: DateTime<Utc>,
}

/// One mail of the demonstration's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoMail {
    /// Stable; letters, digits, `-`, `_` and `.` only.
    pub id: String,
    pub subject: String,
    pub to: Vec<String>,
    pub at: DateTime<Utc>,
}

/// A mail with its plain-text part. The HTML part says the same and is never shown inside the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoMailText {
    pub mail: DemoMail,
    pub text: String,
}
