//! Fake desks of the buyer: they show what a test gives them and note what they are asked.
//! Longer than 400 lines: one method for each thing that an agent may ask.

use std::sync::{Arc, Mutex};

use app::desk::{
    AdminDesk, Answer, BuyerDesk, ClosureAsked, DemoMailbox, PeopleDesk, Reception, SupplierDesk,
};
use app::error::AppError;
use app::pages::admin::catalogue::CatalogueProblem;
use app::pages::admin::lists::ListProblem;
use app::views::{
    AttachmentRequest, CatalogueChange, CatalogueView, CommitmentsView, ComparisonView,
    ConcessionFilter, ConcessionPage, ContractAddress, ContractFilter, ContractPage, ContractView,
    DemoMail, DemoMailText, FiguresFilter, FrozenView, ImportAddress, ImportView, ImportsView,
    IndicatorsView, LetterView, LeversFilter, LeversView, ListImportView, ListView, ListsView,
    MailsView, NewDraft, OutboxView, PaymentsFilter, PaymentsView, Prepared, PreparedLine,
    Preparing, QualificationPage, QualificationView, QueueFilter, QueuePage, RestatedFilter,
    RestatedView, ReviewView, SubcontractFilter, SubcontractPage, SupplierPayments, Typed,
    YearHoursFilter, YearHoursPage,
};
use app::visitor::{AccountRole, Identity, Visitor};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::identifiers::Siren;
use domain::lifecycle::{ReviewSignature, Verdict};
use domain::lists::{ListKind, Mapping};
use domain::text::Lang;
use uuid::Uuid;

/// What the desks show and what they answer to an act.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    pub(crate) queue: QueuePage,
    pub(crate) review: Option<ReviewView>,
    pub(crate) comparison: Option<ComparisonView>,
    pub(crate) sent: Option<MailsView>,
    pub(crate) qualifications: QualificationPage,
    pub(crate) qualification: Option<QualificationView>,
    pub(crate) commitments: Option<CommitmentsView>,
    pub(crate) indicators: Option<IndicatorsView>,
    pub(crate) levers: Option<LeversView>,
    pub(crate) contracts: Option<ContractPage>,
    pub(crate) contract: Option<ContractView>,
    pub(crate) subcontracts: Option<SubcontractPage>,
    pub(crate) concessions: Option<ConcessionPage>,
    pub(crate) year_hours: Option<YearHoursPage>,
    pub(crate) restated: Option<RestatedView>,
    pub(crate) frozen: Option<FrozenView>,
    pub(crate) payments: Option<PaymentsView>,
    pub(crate) supplier_payments: Option<SupplierPayments>,
    pub(crate) imports: Option<ImportsView>,
    pub(crate) import: Option<ImportView>,
    pub(crate) attachments: Vec<AttachmentRequest>,
    pub(crate) prepared: Vec<PreparedLine>,
    pub(crate) preparing: Option<Preparing>,
    pub(crate) outbox: OutboxView,
    pub(crate) catalogue: Option<CatalogueView>,
    pub(crate) lists: Option<ListsView>,
    pub(crate) list: Option<ListView>,
    pub(crate) list_import: Option<ListImportView>,
    /// What stops an act on a published list.
    pub(crate) list_problem: Option<ListProblem>,
    /// What stops a change of the catalogue.
    pub(crate) stopped: Option<CatalogueProblem>,
    pub(crate) typed: Option<Typed>,
    /// The answer to every act; done when absent.
    pub(crate) refusal: Option<AppError>,
    /// The answer to every page, instead of what is above.
    pub(crate) failure: Option<AppError>,
    pub(crate) mails: Vec<DemoMailText>,
}

/// One fake for all desks of agents.
#[derive(Debug, Default)]
pub(crate) struct FakeDesk {
    pub(crate) scene: Scene,
    pub(crate) asked: Mutex<Vec<String>>,
    pub(crate) kept: Mutex<Option<Typed>>,
}

pub(crate) const COPY: Uuid = Uuid::from_u128(0xc0);

impl FakeDesk {
    pub(crate) fn of(scene: Scene) -> Arc<Self> {
        Arc::new(Self {
            scene,
            ..Self::default()
        })
    }

    fn shown<T>(&self, found: Option<T>) -> Answer<T> {
        match &self.scene.failure {
            Some(error) => Err(error.clone()),
            None => found.ok_or(AppError::NotFound),
        }
    }

    fn act(&self, what: String) -> Answer<()> {
        self.asked.lock().unwrap().push(what);
        self.scene.refusal.clone().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl BuyerDesk for FakeDesk {
    async fn queue(&self, filter: &QueueFilter) -> Answer<QueuePage> {
        self.asked.lock().unwrap().push(format!("{filter:?}"));
        self.shown(Some(self.scene.queue.clone()))
    }
    async fn review(&self, _: Uuid) -> Answer<ReviewView> {
        self.shown(self.scene.review.clone())
    }
    async fn comparison(&self, _: Uuid, _: u32) -> Answer<ComparisonView> {
        self.shown(self.scene.comparison.clone())
    }
    async fn mails(&self, _: Uuid) -> Answer<MailsView> {
        self.shown(self.scene.sent.clone())
    }
    async fn start_review(&self, id: Uuid, version: i64) -> Answer<()> {
        self.act(format!("start {id} {version}"))
    }
    async fn give_verdicts(
        &self,
        id: Uuid,
        version: i64,
        verdicts: Vec<(String, Verdict)>,
    ) -> Answer<()> {
        self.act(format!("verdicts {id} {version} {verdicts:?}"))
    }
    async fn release(&self, id: Uuid, version: i64) -> Answer<()> {
        self.act(format!("release {id} {version}"))
    }
    async fn sign(
        &self,
        id: Uuid,
        version: i64,
        signature: ReviewSignature,
        closures: Vec<ClosureAsked>,
    ) -> Answer<()> {
        self.act(format!(
            "sign {id} {version} {} {} {closures:?}",
            signature.name, signature.quality
        ))
    }
    async fn qualifications(&self, search: &str, page: u32) -> Answer<QualificationPage> {
        self.asked
            .lock()
            .unwrap()
            .push(format!("qualifications {search:?} {page}"));
        self.shown(Some(self.scene.qualifications.clone()))
    }
    async fn indicators(&self, _: &FiguresFilter) -> Answer<IndicatorsView> {
        self.shown(self.scene.indicators.clone())
    }
    async fn levers(&self, filter: LeversFilter) -> Answer<LeversView> {
        let found = self.scene.levers.clone();
        self.shown(found.map(|found| LeversView { filter, ..found }))
    }
    async fn contracts(&self, filter: ContractFilter) -> Answer<ContractPage> {
        let found = self.scene.contracts.clone();
        self.shown(found.map(|found| ContractPage { filter, ..found }))
    }
    async fn contract(&self, at: &ContractAddress) -> Answer<ContractView> {
        self.asked.lock().unwrap().push(format!("{at:?}"));
        self.shown(self.scene.contract.clone())
    }
    async fn payments(&self, filter: PaymentsFilter) -> Answer<PaymentsView> {
        let found = self.scene.payments.clone();
        let (part, page) = (filter.part, filter.page);
        self.shown(found.map(|found| PaymentsView {
            part,
            page,
            ..found
        }))
    }
    async fn supplier_payments(&self, filter: PaymentsFilter) -> Answer<SupplierPayments> {
        let found = self.scene.supplier_payments.clone();
        let (part, page) = (filter.part, filter.page);
        self.shown(found.map(|found| SupplierPayments {
            part,
            page,
            ..found
        }))
    }
    async fn concessions(&self, filter: ConcessionFilter) -> Answer<ConcessionPage> {
        let found = self.scene.concessions.clone();
        self.shown(found.map(|found| ConcessionPage { filter, ..found }))
    }
    async fn year_hours(&self, filter: YearHoursFilter) -> Answer<YearHoursPage> {
        let found = self.scene.year_hours.clone();
        self.shown(found.map(|found| YearHoursPage { filter, ..found }))
    }
    async fn subcontracts(&self, filter: SubcontractFilter) -> Answer<SubcontractPage> {
        let found = self.scene.subcontracts.clone();
        self.shown(found.map(|found| SubcontractPage { filter, ..found }))
    }
    async fn frozen_years(&self, _: u32) -> Answer<FrozenView> {
        self.shown(self.scene.frozen.clone())
    }
    async fn restated(&self, filter: RestatedFilter) -> Answer<RestatedView> {
        let found = self.scene.restated.clone();
        self.shown(found.map(|found| RestatedView { filter, ..found }))
    }
    async fn freeze_year(&self, year: i32, note: &str) -> Answer<u32> {
        self.act(format!("freeze {year} {note}")).map(|()| 3)
    }
    async fn imports(&self, _: u32) -> Answer<ImportsView> {
        self.shown(self.scene.imports.clone())
    }
    async fn import(&self, _: &ImportAddress) -> Answer<ImportView> {
        self.shown(self.scene.import.clone())
    }
    async fn roll_back_import(&self, id: Uuid) -> Answer<()> {
        self.act(format!("roll back {id}"))
    }
    async fn correct_record(
        &self,
        import: Uuid,
        position: u64,
        record: &serde_json::Value,
    ) -> Answer<()> {
        self.act(format!("correct {import} {position} {record}"))
    }
    async fn enter_shares(
        &self,
        at: &ContractAddress,
        shares: Vec<(String, String)>,
        source: String,
    ) -> Answer<()> {
        self.act(format!("shares {} {shares:?} {source}", at.contract_id))
    }
    async fn forget_shares(&self, at: &ContractAddress) -> Answer<()> {
        self.act(format!("forget {}", at.contract_id))
    }
    async fn keep_form(&self, _: &str, typed: Typed) -> Answer<Uuid> {
        *self.kept.lock().unwrap() = Some(typed);
        Ok(COPY)
    }
    async fn kept_form(&self, _: &str, copy: Uuid) -> Answer<Option<Typed>> {
        Ok(self.scene.typed.clone().filter(|_| copy == COPY))
    }
    async fn qualification(&self, _: Uuid) -> Answer<QualificationView> {
        self.shown(self.scene.qualification.clone())
    }
    async fn propose_revocation(&self, id: Uuid, from: NaiveDate, reason: String) -> Answer<()> {
        self.act(format!("propose {id} {from} {reason}"))
    }
    async fn confirm_revocation(&self, id: Uuid, signature: ReviewSignature) -> Answer<()> {
        self.act(format!(
            "confirm {id} {} {}",
            signature.name, signature.quality
        ))
    }
    async fn drop_revocation(&self, id: Uuid) -> Answer<()> {
        self.act(format!("drop {id}"))
    }
    async fn commitments(&self, to_check: bool, page: u32) -> Answer<CommitmentsView> {
        self.asked
            .lock()
            .unwrap()
            .push(format!("commitments {to_check} {page}"));
        self.shown(self.scene.commitments.clone())
    }
    async fn accept_hours(&self, id: Uuid, number: u32) -> Answer<()> {
        self.act(format!("accept hours {id} {number}"))
    }
    async fn return_hours(&self, id: Uuid, number: u32, reason: String) -> Answer<()> {
        self.act(format!("return hours {id} {number} {reason}"))
    }
    async fn prepared_drafts(&self) -> Answer<Vec<PreparedLine>> {
        self.shown(Some(self.scene.prepared.clone()))
    }
    async fn preparing(&self, _: &str) -> Answer<Preparing> {
        self.shown(self.scene.preparing.clone())
    }
    async fn prepare_draft(&self, new: NewDraft) -> Answer<Prepared> {
        self.act(format!("prepare {new:?}"))?;
        Ok(Prepared::Done)
    }
    async fn send_prepared(&self, id: Uuid) -> Answer<()> {
        self.act(format!("send {id}"))
    }
    async fn cancel_prepared(&self, id: Uuid) -> Answer<()> {
        self.act(format!("cancel {id}"))
    }
    async fn attachment_requests(&self) -> Answer<Vec<AttachmentRequest>> {
        self.shown(Some(self.scene.attachments.clone()))
    }
    async fn attach(&self, request: Uuid) -> Answer<()> {
        self.act(format!("attach {request}"))
    }
    async fn decline_attachment(&self, request: Uuid) -> Answer<()> {
        self.act(format!("decline {request}"))
    }
    async fn make_letter(&self, request: Uuid, address: &str) -> Answer<Uuid> {
        self.act(format!("letter {request} {address}"))?;
        Ok(COPY)
    }
    async fn letter(&self, _: Uuid, copy: Uuid) -> Answer<LetterView> {
        self.shown(Some(LetterView {
            siren: Siren::parse("732829320").unwrap(),
            company_name: "Les <Éclaireurs>".into(),
            address: "Les <Éclaireurs>\n1 rue de la Paix\n13001 Marseille".into(),
            person: "anne@calanques.example".into(),
            code: format!("ABCDE-{}", &copy.to_string()[..5]),
            until: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
        }))
    }
    async fn keep_typed(&self, _: Uuid, typed: Typed) -> Answer<Uuid> {
        *self.kept.lock().unwrap() = Some(typed);
        Ok(COPY)
    }
    async fn typed(&self, _: Uuid, copy: Uuid) -> Answer<Option<Typed>> {
        Ok(self.scene.typed.clone().filter(|_| copy == COPY))
    }
}

#[async_trait]
impl AdminDesk for FakeDesk {
    async fn outbox(&self) -> Answer<OutboxView> {
        self.shown(Some(self.scene.outbox.clone()))
    }
    async fn retry(&self, message: Uuid) -> Answer<()> {
        self.act(format!("retry {message}"))
    }
    async fn catalogue(&self) -> Answer<CatalogueView> {
        self.shown(self.scene.catalogue.clone())
    }
    async fn change_catalogue(&self, change: CatalogueChange) -> Answer<Option<CatalogueProblem>> {
        self.act(format!("{change:?}"))?;
        Ok(self.scene.stopped)
    }
    async fn lists(&self) -> Answer<ListsView> {
        self.shown(self.scene.lists.clone())
    }
    async fn list(&self, list: ListKind) -> Answer<ListView> {
        let view = self.scene.list.clone();
        self.shown(view.filter(|view| view.line.list == list))
    }
    async fn list_import(&self, list: ListKind, import: i64) -> Answer<ListImportView> {
        let view = self.scene.list_import.clone();
        self.shown(view.filter(|view| view.list == list && view.id == import))
    }
    async fn read_list(
        &self,
        import: i64,
        columns: Mapping,
        published_on: Option<NaiveDate>,
    ) -> Answer<Option<ListProblem>> {
        self.act(format!("read list {import} {columns:?} {published_on:?}"))?;
        Ok(self.scene.list_problem)
    }
    async fn put_list_in_force(&self, import: i64, confirmed: bool) -> Answer<Option<ListProblem>> {
        self.act(format!("put list {import} {confirmed}"))?;
        Ok(self.scene.list_problem)
    }
    async fn discard_list(&self, import: i64) -> Answer<Option<ListProblem>> {
        self.act(format!("discard list {import}"))?;
        Ok(self.scene.list_problem)
    }
    async fn roll_back_list(&self, import: i64, reason: String) -> Answer<Option<ListProblem>> {
        self.act(format!("roll back list {import} {reason:?}"))?;
        Ok(self.scene.list_problem)
    }
}

#[async_trait]
impl DemoMailbox for FakeDesk {
    async fn list(&self) -> Answer<Vec<DemoMail>> {
        self.shown(Some(
            self.scene
                .mails
                .iter()
                .map(|mail| mail.mail.clone())
                .collect(),
        ))
    }
    async fn read(&self, id: &str) -> Answer<DemoMailText> {
        self.shown(
            self.scene
                .mails
                .iter()
                .find(|mail| mail.mail.id == id)
                .cloned(),
        )
    }
}

/// Hands the fake desk to the roles that the real reception would.
pub(crate) struct FakeReception(pub(crate) Arc<FakeDesk>);

impl Reception for FakeReception {
    fn supplier(&self, _: &Visitor) -> Option<Arc<dyn SupplierDesk>> {
        None
    }
    fn people(&self, _: &Visitor) -> Option<Arc<dyn PeopleDesk>> {
        None
    }
    fn buyer(&self, visitor: &Visitor) -> Option<Arc<dyn BuyerDesk>> {
        visitor
            .role()
            .filter(|role| role.is_agent())
            .map(|_| Arc::clone(&self.0) as Arc<dyn BuyerDesk>)
    }
    fn admin(&self, visitor: &Visitor) -> Option<Arc<dyn AdminDesk>> {
        visitor
            .role()
            .filter(|role| *role == AccountRole::Administrator)
            .map(|_| Arc::clone(&self.0) as Arc<dyn AdminDesk>)
    }
}

pub(crate) fn person(role: AccountRole) -> Visitor {
    Visitor::SignedIn(Identity {
        account: Uuid::from_u128(7),
        role,
        email: "agent@metropole.example".into(),
        name: Some("Dominique Roux".into()),
        quality: Some("Cheffe du service des achats responsables".into()),
        lang: Lang::Fr,
    })
}
