//! A supplier's desk that answers what a test puts in it and notes what it is asked.

use std::sync::{Arc, Mutex};

use app::desk::{
    AdminDesk, Answer, BuyerDesk, Contesting, LinkDesk, Opening, PeopleDesk, Reception, Saved,
    Seen, StepAnswers, Submitted, SupplierDesk, VerificationDesk,
};
use app::error::AppError;
use app::views::{
    AttestationView, ClaimPage, CompanyQuestion, CompanySearch, ComparisonView, Conflict,
    DeclarationView, LinkView, MailsView, QualificationView, ReceiptView, RenewalOrder, Renewed,
    Renewing, SearchOutcome, SentAgain, Typed, Verification, Workspace,
};
use app::visitor::{AccountRole, Identity, Visitor};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::attestation::ShortCode;
use domain::decimal::Hundredths;
use domain::form::{ContestRow, StatementStep, StepCode};
use domain::identifiers::Siren;
use domain::insertion::Quarter;
use domain::known::Fact;
use domain::lifecycle::Status;
use domain::links::Link;
use uuid::Uuid;

pub(crate) use super::scenes::*;

/// What the desk answers, and what it was asked.
pub(crate) struct Fake {
    pub(crate) workspace: Workspace,
    pub(crate) search: SearchOutcome,
    pub(crate) link: Option<LinkView>,
    pub(crate) prepared: Option<ClaimPage>,
    pub(crate) opening: Opening,
    pub(crate) declaration: Answer<DeclarationView>,
    pub(crate) conflict: Option<Conflict>,
    pub(crate) receipt: Option<ReceiptView>,
    pub(crate) qualification: Option<QualificationView>,
    pub(crate) attestation: Option<AttestationView>,
    pub(crate) verification: Answer<Verification>,
    pub(crate) saved: Saved,
    pub(crate) submitted: Answer<Submitted>,
    pub(crate) act: Answer<()>,
    pub(crate) contesting: Contesting,
    pub(crate) people: super::people::FakePeople,
    pub(crate) renewal: Option<Renewing>,
    pub(crate) renewed: Answer<Renewed>,
    pub(crate) comparison: Option<ComparisonView>,
    pub(crate) mails: Option<MailsView>,
    pub(crate) typed: Mutex<Option<Typed>>,
    pub(crate) asked: Mutex<Vec<String>>,
    pub(crate) stored: Mutex<Option<StepAnswers>>,
}

impl Default for Fake {
    fn default() -> Self {
        Self {
            workspace: Workspace::default(),
            people: super::people::FakePeople::default(),
            search: SearchOutcome::Empty,
            link: None,
            prepared: None,
            opening: Opening::Declaration(id(1)),
            declaration: Ok(view(Status::Draft, filled())),
            conflict: None,
            receipt: None,
            qualification: None,
            attestation: None,
            verification: Ok(Verification::Unknown),
            saved: Saved::Done { version: 8 },
            submitted: Ok(Submitted::Done),
            act: Ok(()),
            contesting: Contesting::Done,
            renewal: None,
            renewed: Ok(Renewed::Sent(id(2))),
            comparison: None,
            mails: None,
            typed: Mutex::default(),
            asked: Mutex::default(),
            stored: Mutex::default(),
        }
    }
}

impl Fake {
    pub(crate) fn showing(view: DeclarationView) -> Self {
        Self {
            declaration: Ok(view),
            ..Self::default()
        }
    }

    pub(crate) fn note(&self, what: String) {
        self.asked.lock().unwrap().push(what);
    }

    fn act(&self, what: String) -> Answer<()> {
        self.note(what);
        self.act.clone()
    }
}

#[async_trait]
impl SupplierDesk for Fake {
    async fn workspace(&self) -> Answer<Workspace> {
        Ok(self.workspace.clone())
    }

    async fn search(&self, asked: CompanyQuestion) -> Answer<CompanySearch> {
        self.note(format!("search {asked:?}"));
        Ok(CompanySearch {
            asked,
            outcome: self.search.clone(),
        })
    }

    async fn open_company(&self, number: &str) -> Answer<Opening> {
        self.note(format!("open {number}"));
        Ok(self.opening.clone())
    }

    async fn link(&self, link: &Link) -> Answer<LinkView> {
        self.note(format!("link {:?}", link.number));
        self.link.clone().ok_or(AppError::NotFound)
    }

    async fn prepared(&self, _: Uuid) -> Answer<ClaimPage> {
        self.prepared.clone().ok_or(AppError::NotFound)
    }

    async fn claim_prepared(&self, id: Uuid) -> Answer<(Opening, Option<StepCode>)> {
        self.act(format!("claim {id}"))?;
        Ok((self.opening.clone(), Some(StepCode::Size)))
    }

    async fn decline_prepared(&self, id: Uuid) -> Answer<()> {
        self.act(format!("decline {id}"))
    }

    async fn open_by_link(&self, link: &Link) -> Answer<(Opening, Option<StepCode>)> {
        let number = link.number.clone().unwrap_or_default();
        self.note(format!("open {number} with {}", link.given.len()));
        let step = link.given.last().map(|one| one.parameter.place().0);
        Ok((self.opening.clone(), step))
    }

    async fn declaration(&self, _: Uuid) -> Answer<DeclarationView> {
        self.declaration.clone()
    }

    async fn conflict(&self, _: Uuid, _: Uuid) -> Answer<Conflict> {
        self.conflict.clone().ok_or(AppError::NotFound)
    }

    async fn save_page(&self, _: Uuid, seen: Seen, answers: StepAnswers) -> Answer<Saved> {
        let version = seen.version;
        self.note(format!("save {version} {}", answers.code().slug()));
        *self.stored.lock().unwrap() = Some(answers);
        self.act.clone()?;
        Ok(self.saved.clone())
    }

    async fn keep_step(&self, _: Uuid, answers: StepAnswers) -> Answer<Uuid> {
        self.note(format!("keep {}", answers.code().slug()));
        *self.stored.lock().unwrap() = Some(answers);
        Ok(id(9))
    }

    async fn contest(
        &self,
        _: Uuid,
        fact: Fact,
        seen: &str,
        answers: ContestRow,
    ) -> Answer<Contesting> {
        self.note(format!("contest {fact} {seen} {answers:?}"));
        Ok(self.contesting)
    }

    async fn uncontest(&self, _: Uuid, fact: Fact) -> Answer<()> {
        self.act(format!("uncontest {fact}"))
    }

    async fn take_index(&self, _: Uuid) -> Answer<Option<usize>> {
        self.note("index".to_owned());
        Ok(Some(1))
    }

    async fn submit(&self, _: Uuid, version: i64, statement: StatementStep) -> Answer<Submitted> {
        self.note(format!("submit {version} {}", statement.accepted));
        self.submitted.clone()
    }

    async fn discard(&self, _: Uuid, version: i64) -> Answer<()> {
        self.act(format!("discard {version}"))
    }

    async fn take_back(&self, _: Uuid, version: i64) -> Answer<()> {
        self.act(format!("take back {version}"))
    }

    async fn withdraw(&self, _: Uuid, version: i64) -> Answer<()> {
        self.act(format!("withdraw {version}"))
    }

    async fn amend(&self, _: Uuid) -> Answer<Opening> {
        self.act("amend".to_owned()).map(|()| self.opening.clone())
    }

    async fn redo(&self, _: Uuid, version: i64) -> Answer<Opening> {
        self.act(format!("redo {version}"))
            .map(|()| self.opening.clone())
    }

    async fn renewal(&self, _: Uuid) -> Answer<Renewing> {
        self.renewal.clone().ok_or(AppError::NotFound)
    }

    async fn renew(&self, _: Uuid, order: RenewalOrder) -> Answer<Renewed> {
        let RenewalOrder {
            seen,
            kept,
            statement,
            then,
        } = order;
        self.note(format!(
            "renew {seen} {kept:?} {} {then:?}",
            statement.accepted
        ));
        self.renewed.clone()
    }

    async fn comparison(&self, _: Uuid, number: u32) -> Answer<ComparisonView> {
        self.note(format!("compare {number}"));
        self.comparison.clone().ok_or(AppError::NotFound)
    }

    async fn mails(&self, _: Uuid) -> Answer<MailsView> {
        self.mails.clone().ok_or(AppError::NotFound)
    }

    async fn send_again(&self, _: Uuid, mail: Uuid) -> Answer<SentAgain> {
        self.note(format!("send again {mail}"));
        Ok(SentAgain::Done)
    }

    async fn receipt(&self, _: Uuid) -> Answer<ReceiptView> {
        self.receipt.clone().ok_or(AppError::NotFound)
    }

    async fn attestation(&self, _: &Siren) -> Answer<AttestationView> {
        self.attestation.clone().ok_or(AppError::NotFound)
    }

    async fn issue_attestation(&self, siren: &Siren) -> Answer<()> {
        self.act(format!("issue attestation {siren}"))
    }

    async fn publish(&self, siren: &Siren, published: bool) -> Answer<()> {
        self.act(format!("publish {siren} {published}"))
    }

    async fn qualification(&self, _: Uuid) -> Answer<QualificationView> {
        self.qualification.clone().ok_or(AppError::NotFound)
    }

    async fn withdraw_qualification(&self, _: Uuid, from: NaiveDate, reason: String) -> Answer<()> {
        self.act(format!("withdraw qualification {from} {reason}"))
    }

    async fn tell_hours(
        &self,
        _: Uuid,
        quarter: Quarter,
        hours: Hundredths,
        note: String,
    ) -> Answer<()> {
        self.act(format!(
            "tell hours {quarter} {} {note}",
            hours.hundredths()
        ))
    }

    async fn keep_typed(&self, _: Uuid, typed: Typed) -> Answer<Uuid> {
        *self.typed.lock().unwrap() = Some(typed);
        Ok(id(9))
    }

    async fn typed(&self, _: Uuid, _: Uuid) -> Answer<Option<Typed>> {
        Ok(self.typed.lock().unwrap().clone())
    }
}

#[async_trait]
impl VerificationDesk for Fake {
    async fn verify(&self, code: &ShortCode) -> Answer<Verification> {
        self.note(format!("verify {code}"));
        self.verification.clone()
    }
}

#[async_trait]
impl LinkDesk for Fake {
    async fn company(&self, _: &str) -> Answer<SearchOutcome> {
        Ok(self.search.clone())
    }
}

/// Hands the desk to suppliers, and to nobody else.
pub(crate) struct FakeReception(pub(crate) Arc<Fake>);

impl Reception for FakeReception {
    fn supplier(&self, visitor: &Visitor) -> Option<Arc<dyn SupplierDesk>> {
        (visitor.role() == Some(AccountRole::Supplier))
            .then(|| self.0.clone() as Arc<dyn SupplierDesk>)
    }

    fn people(&self, visitor: &Visitor) -> Option<Arc<dyn PeopleDesk>> {
        (visitor.role() == Some(AccountRole::Supplier))
            .then(|| self.0.clone() as Arc<dyn PeopleDesk>)
    }

    fn buyer(&self, _: &Visitor) -> Option<Arc<dyn BuyerDesk>> {
        None
    }

    fn admin(&self, _: &Visitor) -> Option<Arc<dyn AdminDesk>> {
        None
    }
}

pub(crate) fn visitor(role: AccountRole) -> Visitor {
    Visitor::SignedIn(Identity {
        account: id(100),
        role,
        email: "anne.martin@calanques.example".into(),
        name: None,
        quality: None,
        lang: domain::text::Lang::Fr,
    })
}
