//! The desks: what pages and server functions may ask of the services, one method per business act, by role.
//! Longer than 400 lines: the ports of the three roles, one short declaration for each act.
//!
//! Invariant: a desk is only handed out to a visitor who holds its role, so a forgotten check does not compile.

mod people;

pub use people::{InvitationAnswer, JoinAsked, PeopleAct, PeopleDesk};

use std::sync::Arc;

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::attestation::ShortCode;
use domain::decimal::Hundredths;
use domain::form::{
    CompanyStep, ContestRow, InsertionStep, PledgeStep, SizeStep, SolidarityStep, StatementStep,
    StepCode,
};
use domain::identifiers::Siren;
use domain::insertion::Quarter;
use domain::known::Fact;
use domain::lifecycle::{ReviewSignature, Verdict};
use domain::links::Link;
use domain::lists::{ListKind, Mapping};
use uuid::Uuid;

use crate::error::AppError;
use crate::pages::admin::catalogue::CatalogueProblem;
use crate::pages::admin::lists::ListProblem;
use crate::views::{
    AttachmentRequest, AttestationView, CatalogueChange, CatalogueView, ClaimPage, CommitmentsView,
    CompanyQuestion, CompanySearch, ComparisonView, ConcessionFilter, ConcessionPage, Conflict,
    ContractAddress, ContractFilter, ContractPage, ContractView, DeclarationView, DemoMail,
    DemoMailText, FiguresFilter, FrozenView, ImportAddress, ImportView, ImportsView,
    IndicatorsView, LetterView, LeversFilter, LeversView, LinkView, ListImportView, ListView,
    ListsView, MailsView, NewDraft, OutboxView, PaymentsFilter, PaymentsView, Prepared,
    PreparedLine, Preparing, QualificationPage, QualificationView, QueueFilter, QueuePage,
    ReceiptView, RenewalOrder, Renewed, Renewing, RestatedFilter, RestatedView, ReviewView,
    SearchOutcome, SentAgain, SubcontractFilter, SubcontractPage, SupplierPayments, Typed,
    Verification, Workspace, YearHoursFilter, YearHoursPage,
};
use crate::visitor::Visitor;

pub type Answer<T> = Result<T, AppError>;

/// Hands out desks. The server provides one in the context of every request.
pub trait Reception: Send + Sync {
    fn supplier(&self, visitor: &Visitor) -> Option<Arc<dyn SupplierDesk>>;
    fn people(&self, visitor: &Visitor) -> Option<Arc<dyn PeopleDesk>>;
    fn buyer(&self, visitor: &Visitor) -> Option<Arc<dyn BuyerDesk>>;
    fn admin(&self, visitor: &Visitor) -> Option<Arc<dyn AdminDesk>>;
}

/// The answers of one step, as posted.
#[expect(
    clippy::large_enum_variant,
    reason = "one at a time, moved a few times"
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepAnswers {
    Company(CompanyStep),
    Size(SizeStep),
    Solidarity(SolidarityStep),
    Insertion(InsertionStep),
    Pledges(PledgeStep),
    Statement(StatementStep),
}

impl StepAnswers {
    pub const fn code(&self) -> StepCode {
        match self {
            Self::Company(_) => StepCode::Company,
            Self::Size(_) => StepCode::Size,
            Self::Solidarity(_) => StepCode::Solidarity,
            Self::Insertion(_) => StepCode::Insertion,
            Self::Pledges(_) => StepCode::Pledges,
            Self::Statement(_) => StepCode::Statement,
        }
    }
}

/// What the page that sends answers had read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub version: i64,
    /// The name that the page gave itself to save while somebody types; empty without a script.
    pub page: String,
    /// The person goes on: what others proposed in the step is confirmed, or was changed.
    pub settles: bool,
}

impl Seen {
    pub const fn at(version: i64) -> Self {
        Self {
            version,
            page: String::new(),
            settles: false,
        }
    }
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Stored; the new version.
    Done { version: i64 },
    /// Somebody saved the same step in between, or sent the declaration: the answers are kept aside under this identifier.
    Conflict { copy: Uuid },
}

/// What became of opening a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The open declaration of the company, resumed or new.
    Declaration(Uuid),
    /// Another person already holds the company: nothing is shown, it may be asked to join.
    HeldByAnother(Siren),
    /// The register says that the company has closed.
    Closed(ClosedCompany),
    /// The number is not valid.
    Invalid(domain::identifiers::IdentifierError),
}

/// A company that the register says has closed: the only answer of the register that stops a supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedCompany {
    pub siren: Siren,
    pub name: String,
    pub since: Option<NaiveDate>,
}

/// What became of contesting a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contesting {
    Done,
    /// Somebody of the company changed it in between: nothing is written.
    Changed,
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submitted {
    Done,
    /// Some step has something to correct.
    Incomplete(StepCode),
    /// Something changed since it was read, or it was sent already: the statement is kept aside, without its tick.
    Conflict {
        copy: Uuid,
    },
    /// The company has closed since its declaration was opened.
    Closed(ClosedCompany),
}

/// For a person of a company. Every identifier is checked to be of one of their companies; otherwise `NotFound`.
#[async_trait]
pub trait SupplierDesk: Send + Sync {
    async fn workspace(&self) -> Answer<Workspace>;
    async fn search(&self, asked: CompanyQuestion) -> Answer<CompanySearch>;
    /// `number` is a SIRET or a SIREN as typed.
    async fn open_company(&self, number: &str) -> Answer<Opening>;
    /// What a link proposes, beside what is answered already. Changes nothing.
    async fn link(&self, link: &Link) -> Answer<LinkView>;
    /// Opens the company of a link and fills in what it proposes; the first step that it filled something of.
    async fn open_by_link(&self, link: &Link) -> Answer<(Opening, Option<StepCode>)>;
    /// A draft that an agent prepared, for whoever reads its address alone.
    async fn prepared(&self, id: Uuid) -> Answer<ClaimPage>;
    /// Takes it: the person is attached, and its answers are proposed in the declaration of the company. `Conflict` when it ended.
    async fn claim_prepared(&self, id: Uuid) -> Answer<(Opening, Option<StepCode>)>;
    async fn decline_prepared(&self, id: Uuid) -> Answer<()>;
    async fn declaration(&self, id: Uuid) -> Answer<DeclarationView>;
    /// The answers kept aside by a conflict, beside those that are stored.
    async fn conflict(&self, id: Uuid, copy: Uuid) -> Answer<Conflict>;
    async fn save_step(&self, id: Uuid, version: i64, answers: StepAnswers) -> Answer<Saved> {
        self.save_page(id, Seen::at(version), answers).await
    }
    /// The same from a page that saves while somebody types: what it saved itself since it was drawn is no conflict.
    async fn save_page(&self, id: Uuid, seen: Seen, answers: StepAnswers) -> Answer<Saved>;
    /// Keeps answers aside without storing them, for the page that sets them beside those that are stored.
    async fn keep_step(&self, id: Uuid, answers: StepAnswers) -> Answer<Uuid>;
    /// What the person says instead of a fact of the registers, which is kept beside it. `seen` is the mark of what their page
    /// showed, empty when it was not contested.
    async fn contest(
        &self,
        id: Uuid,
        fact: Fact,
        seen: &str,
        answers: ContestRow,
    ) -> Answer<Contesting>;
    /// Gives a contest up.
    async fn uncontest(&self, id: Uuid, fact: Fact) -> Answer<()>;
    /// Fills in the index that the published list gives; says on which line, or `None` when there is nothing to fill in.
    async fn take_index(&self, id: Uuid) -> Answer<Option<usize>>;
    async fn submit(&self, id: Uuid, version: i64, statement: StatementStep) -> Answer<Submitted>;
    async fn discard(&self, id: Uuid, version: i64) -> Answer<()>;
    async fn take_back(&self, id: Uuid, version: i64) -> Answer<()>;
    async fn withdraw(&self, id: Uuid, version: i64) -> Answer<()>;
    /// Opens a new declaration from a decided one; the open one if there is one. Asks the register again.
    async fn amend(&self, id: Uuid) -> Answer<Opening>;
    /// Gives up what was sent and opens a new declaration with the same answers, in one act; pressed twice, the same one.
    async fn redo(&self, id: Uuid, version: i64) -> Answer<Opening>;
    /// What a new declaration may take over from those of this company that were decided. Nothing is written.
    async fn renewal(&self, id: Uuid) -> Answer<Renewing>;
    /// Keeps what was chosen in the one open draft of the company, and sends it when asked.
    async fn renew(&self, id: Uuid, order: RenewalOrder) -> Answer<Renewed>;
    /// A version that this declaration sent, beside the one that the company had sent before.
    async fn comparison(&self, id: Uuid, number: u32) -> Answer<ComparisonView>;
    /// The mails to the people of the company about this declaration.
    async fn mails(&self, id: Uuid) -> Answer<MailsView>;
    /// One of these mails once more, to who asks.
    async fn send_again(&self, id: Uuid, mail: Uuid) -> Answer<SentAgain>;
    async fn receipt(&self, id: Uuid) -> Answer<ReceiptView>;
    /// What is validated today for a company of the person; `NotFound` when nothing is.
    async fn attestation(&self, siren: &Siren) -> Answer<AttestationView>;
    /// Gives it a code by which the public may check it; the same content keeps the same one.
    async fn issue_attestation(&self, siren: &Siren) -> Answer<()>;
    /// Opens the attestations of the company to the public, or closes them.
    async fn publish(&self, siren: &Siren, published: bool) -> Answer<()>;
    async fn qualification(&self, id: Uuid) -> Answer<QualificationView>;
    async fn withdraw_qualification(&self, id: Uuid, from: NaiveDate, reason: String)
    -> Answer<()>;
    /// States the hours realised in a quarter of a commitment, or corrects what was stated.
    async fn tell_hours(
        &self,
        id: Uuid,
        quarter: Quarter,
        hours: Hundredths,
        note: String,
    ) -> Answer<()>;
    /// Keeps aside, for their author alone, the words of a form about a declaration that could not be carried out.
    async fn keep_typed(&self, declaration: Uuid, typed: Typed) -> Answer<Uuid>;
    /// What was kept aside; `None` when it is gone or was somebody else's.
    async fn typed(&self, declaration: Uuid, copy: Uuid) -> Answer<Option<Typed>>;
}

/// For a reviewer or an administrator of the buyer; the rules of the life cycle tell the two apart.
#[async_trait]
pub trait BuyerDesk: Send + Sync {
    async fn queue(&self, filter: &QueueFilter) -> Answer<QueuePage>;
    async fn review(&self, id: Uuid) -> Answer<ReviewView>;
    /// A version that this declaration sent, beside the one that the company had sent before.
    async fn comparison(&self, id: Uuid, number: u32) -> Answer<ComparisonView>;
    /// The mails to the company about a declaration that was sent.
    async fn mails(&self, id: Uuid) -> Answer<MailsView>;
    async fn start_review(&self, id: Uuid, version: i64) -> Answer<()>;
    /// Gives verdicts on claims, named by their keys: all of them or none.
    async fn give_verdicts(
        &self,
        id: Uuid,
        version: i64,
        verdicts: Vec<(String, Verdict)>,
    ) -> Answer<()>;
    async fn release(&self, id: Uuid, version: i64) -> Answer<()>;
    async fn sign(
        &self,
        id: Uuid,
        version: i64,
        signature: ReviewSignature,
        closures: Vec<ClosureAsked>,
    ) -> Answer<()>;
    async fn qualifications(&self, search: &str, page: u32) -> Answer<QualificationPage>;
    async fn qualification(&self, id: Uuid) -> Answer<QualificationView>;
    async fn propose_revocation(&self, id: Uuid, from: NaiveDate, reason: String) -> Answer<()>;
    async fn confirm_revocation(&self, id: Uuid, signature: ReviewSignature) -> Answer<()>;
    async fn drop_revocation(&self, id: Uuid) -> Answer<()>;
    /// What was promised beside what was realised; those with a statement to check alone if `to_check`.
    async fn commitments(&self, to_check: bool, page: u32) -> Answer<CommitmentsView>;
    /// Checks the statement of hours with this number of the commitment.
    async fn accept_hours(&self, id: Uuid, number: u32) -> Answer<()>;
    async fn return_hours(&self, id: Uuid, number: u32, reason: String) -> Answer<()>;
    /// What moves the solidarity figure of a year.
    async fn levers(&self, filter: LeversFilter) -> Answer<LeversView>;
    /// The figures of a year, broken down.
    async fn indicators(&self, filter: &FiguresFilter) -> Answer<IndicatorsView>;
    /// The contracts behind a figure.
    async fn contracts(&self, filter: ContractFilter) -> Answer<ContractPage>;
    /// The commitments behind the insertion hours of a year.
    async fn year_hours(&self, filter: YearHoursFilter) -> Answer<YearHoursPage>;
    /// The subcontracts behind the indirect solidarity purchases.
    async fn subcontracts(&self, filter: SubcontractFilter) -> Answer<SubcontractPage>;
    /// The concessions, which are in no figure.
    async fn concessions(&self, filter: ConcessionFilter) -> Answer<ConcessionPage>;
    /// One contract and what it brings to each figure.
    async fn contract(&self, at: &ContractAddress) -> Answer<ContractView>;
    /// The payments of a year by the accounts, and those who are paid.
    async fn payments(&self, filter: PaymentsFilter) -> Answer<PaymentsView>;
    /// The payments of the supplier that the filter names; `NotFound` without one.
    async fn supplier_payments(&self, filter: PaymentsFilter) -> Answer<SupplierPayments>;
    /// Enters the shares of the holders of a contract, each by the name that the contract gives it, in decimal notation; those
    /// it had are gone. `Conflict` when these are not its holders.
    async fn enter_shares(
        &self,
        at: &ContractAddress,
        shares: Vec<(String, String)>,
        source: String,
    ) -> Answer<()>;
    /// Back to equal shares.
    async fn forget_shares(&self, at: &ContractAddress) -> Answer<()>;
    /// What changed in a year since an edition of it was frozen.
    async fn restated(&self, filter: RestatedFilter) -> Answer<RestatedView>;
    /// The frozen years, the latest first.
    async fn frozen_years(&self, page: u32) -> Answer<FrozenView>;
    /// Keeps the figures of a year for ever, with the contracts behind them; the number of the edition. Pressed twice, the
    /// button makes one. `NotFound` when no contract was notified in the year, `Conflict` when the data change meanwhile.
    async fn freeze_year(&self, year: i32, note: &str) -> Answer<u32>;
    /// The files sent and the imports, the latest first.
    async fn imports(&self, page: u32) -> Answer<ImportsView>;
    /// One import and what it set aside.
    async fn import(&self, at: &ImportAddress) -> Answer<ImportView>;
    /// Takes an import back, or a file that waits; one that runs stops. `Conflict` when somebody already did.
    async fn roll_back_import(&self, id: Uuid) -> Answer<()>;
    /// Sends a corrected record to be imported.
    async fn correct_record(
        &self,
        import: Uuid,
        position: u64,
        record: &serde_json::Value,
    ) -> Answer<()>;
    /// Keeps aside, for an hour and for their author alone, the words of a form of this name that could not be carried out.
    async fn keep_form(&self, form: &str, typed: Typed) -> Answer<Uuid>;
    /// What was kept aside; `None` when it is gone, of another form, or somebody else's.
    async fn kept_form(&self, form: &str, copy: Uuid) -> Answer<Option<Typed>>;
    /// The drafts that agents prepared, the latest first.
    async fn prepared_drafts(&self) -> Answer<Vec<PreparedLine>>;
    /// What is known of a company before a draft is prepared for it; `number` is a SIRET or a SIREN as typed.
    async fn preparing(&self, number: &str) -> Answer<Preparing>;
    async fn prepare_draft(&self, new: NewDraft) -> Answer<Prepared>;
    /// Writes to the contact again. `Conflict` when it ended meanwhile.
    async fn send_prepared(&self, id: Uuid) -> Answer<()>;
    async fn cancel_prepared(&self, id: Uuid) -> Answer<()>;
    async fn attachment_requests(&self) -> Answer<Vec<AttachmentRequest>>;
    async fn attach(&self, request: Uuid) -> Answer<()>;
    async fn decline_attachment(&self, request: Uuid) -> Answer<()>;
    /// Makes the code of a letter to the seat; the letter, kept aside for its author for an hour.
    async fn make_letter(&self, request: Uuid, address: &str) -> Answer<Uuid>;
    /// A letter to print; `NotFound` when it is gone or somebody else's.
    async fn letter(&self, request: Uuid, copy: Uuid) -> Answer<LetterView>;
    /// Keeps aside, for their author alone, the words of a form about a declaration that could not be carried out.
    async fn keep_typed(&self, declaration: Uuid, typed: Typed) -> Answer<Uuid>;
    /// What was kept aside; `None` when it is gone or was somebody else's.
    async fn typed(&self, declaration: Uuid, copy: Uuid) -> Answer<Option<Typed>>;
}

/// An end of a qualification asked together with a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureAsked {
    pub qualification: Uuid,
    pub from: NaiveDate,
    pub reason: String,
}

/// For an administrator.
#[async_trait]
pub trait AdminDesk: Send + Sync {
    /// What waits and what is parked in the outbox.
    async fn outbox(&self) -> Answer<OutboxView>;
    async fn retry(&self, message: Uuid) -> Answer<()>;
    async fn catalogue(&self) -> Answer<CatalogueView>;
    /// Records a version of the catalogue; `None` when it is done, otherwise why it is not.
    async fn change_catalogue(&self, change: CatalogueChange) -> Answer<Option<CatalogueProblem>>;
    /// The published lists that prove, and which file of each is in force.
    async fn lists(&self) -> Answer<ListsView>;
    async fn list(&self, list: ListKind) -> Answer<ListView>;
    /// One file of a list, and what it would change.
    async fn list_import(&self, list: ListKind, import: i64) -> Answer<ListImportView>;
    /// Reads a file with these columns and this date, and compares it with the list in force; without a date the columns are
    /// kept and nothing is read. `None` when it is done or under way, otherwise why it is not.
    async fn read_list(
        &self,
        import: i64,
        columns: Mapping,
        published_on: Option<NaiveDate>,
    ) -> Answer<Option<ListProblem>>;
    /// Puts a file in force; `confirmed` says that a list that shrinks much is right.
    async fn put_list_in_force(&self, import: i64, confirmed: bool) -> Answer<Option<ListProblem>>;
    async fn discard_list(&self, import: i64) -> Answer<Option<ListProblem>>;
    /// Takes back the file that is in force: the one before it holds again.
    async fn roll_back_list(&self, import: i64, reason: String) -> Answer<Option<ListProblem>>;
}

/// For anyone who has the code of an attestation.
#[async_trait]
pub trait VerificationDesk: Send + Sync {
    async fn verify(&self, code: &ShortCode) -> Answer<Verification>;
}

/// For anyone who follows a link.
#[async_trait]
pub trait LinkDesk: Send + Sync {
    /// The company of this number, by the register.
    async fn company(&self, number: &str) -> Answer<SearchOutcome>;
}

/// The mails that a demonstration keeps in a folder instead of sending them. Absent from the context otherwise: its pages
/// then do not exist.
#[async_trait]
pub trait DemoMailbox: Send + Sync {
    /// Newest first.
    async fn list(&self) -> Answer<Vec<DemoMail>>;
    /// `NotFound` for an identifier that is not in the list.
    async fn read(&self, id: &str) -> Answer<DemoMailText>;
}
