//! The desk of an agent: the queue, the review of a declaration, qualifications and attachments.
//! Longer than 400 lines: the port of the agent has one short method for each act.

mod attachments;
mod closing;
mod concessions;
mod contract;
mod exports;
mod frozen;
mod hours;
mod imports;
mod indicators;
mod judging;
mod levers;
mod payments;
mod prepared;
mod queue;
mod restated;
mod review;
mod shares;
mod subcontracts;
mod year_hours;

use app::desk::{Answer, BuyerDesk, ClosureAsked};
use app::error::AppError;
use app::views::{
    AttachmentRequest, CommitmentsView, ComparisonView, ConcessionFilter, ConcessionPage,
    ContractAddress, ContractFilter, ContractPage, ContractView, FiguresFilter, FrozenView,
    ImportAddress, ImportView, ImportsView, IndicatorsView, LetterView, LeversFilter, LeversView,
    MailsView, NewDraft, PaymentsFilter, PaymentsView, Prepared, PreparedLine, Preparing,
    QualificationPage, QualificationView, QueueFilter, QueuePage, RestatedFilter, RestatedView,
    ReviewView, SubcontractFilter, SubcontractPage, SupplierPayments, Typed, YearHoursFilter,
    YearHoursPage,
};
use app::visitor::AccountRole;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::lifecycle::{
    Actor, ClosingCommand, Command, EarlyClosure, HoursCommand, ReviewSignature, Status, Verdict,
};
use store::audit::Entry;
use store::declarations::{self, PAGE_SIZE, Record, actor_code};
use store::qualifications;
use uuid::Uuid;

use super::common::{Desk, account_of, decide_and_apply, not_found, qualification_line};
use super::error::DeskError;
use super::hours::hours_of;
use super::mails;
use super::supplier::qualification_view;
pub(super) use exports::download;
pub(super) use frozen::file as frozen_file;
pub(in crate::desks) use prepared::state as prepared_state;

pub(super) struct BuyerService(pub(super) Desk);

impl BuyerService {
    fn actor(&self) -> Actor {
        let account = account_of(&self.0);
        match self.0.identity.role {
            AccountRole::Administrator => Actor::administrator(account),
            AccountRole::Reviewer | AccountRole::Supplier => Actor::reviewer(account),
        }
    }

    /// As pages and entries sign for the agent.
    fn name(&self) -> String {
        let identity = &self.0.identity;
        identity.name.as_ref().unwrap_or(&identity.email).clone()
    }

    /// An event of the trail that stands alone: what it tells of is in the other database, or on the disk.
    async fn note(
        &self,
        act: &str,
        subject: String,
        details: serde_json::Value,
    ) -> Result<(), DeskError> {
        let entry = &Entry {
            actor: actor_code(&self.actor()),
            act: act.to_owned(),
            subject,
            details,
            at: self.0.now(),
        };
        self.0
            .state
            .store
            .write(async |txn| {
                txn.audit(entry.clone());
                Ok::<_, DeskError>(())
            })
            .await
    }

    /// One decision on what the agent saw. `done` recognises a second click, which changes nothing and is no conflict.
    async fn give(
        &self,
        id: Uuid,
        version: i64,
        command: impl Fn(&Record) -> Result<Command, DeskError> + Send + Sync,
        done: impl Fn(&Record) -> bool + Send + Sync,
    ) -> Answer<()> {
        let (by, now, request) = (self.actor(), self.0.now(), self.0.request_id());
        let result = self
            .0
            .state
            .store
            .write(async |txn| {
                let record = declarations::lock(&txn, id, None).await?;
                if record.declaration.version != version {
                    return if done(&record) {
                        Ok(())
                    } else {
                        Err(DeskError::App(AppError::Conflict))
                    };
                }
                let command = command(&record)?;
                decide_and_apply(&txn, &record, &command, &by, now, request.as_deref(), None)
                    .await?;
                Ok::<_, DeskError>(())
            })
            .await;
        self.0.nudge();
        self.0.settle(result)
    }
}

/// The number of pages of `total` rows; at least one.
fn pages(total: u64) -> u32 {
    u32::try_from(total.div_ceil(PAGE_SIZE).max(1)).unwrap_or(u32::MAX)
}

#[async_trait]
impl BuyerDesk for BuyerService {
    async fn queue(&self, filter: &QueueFilter) -> Answer<QueuePage> {
        self.0.settle(self.read_queue(filter).await)
    }

    async fn review(&self, id: Uuid) -> Answer<ReviewView> {
        self.0.settle(self.read_review(id).await)
    }

    async fn comparison(&self, id: Uuid, number: u32) -> Answer<ComparisonView> {
        self.0.settle(self.read_comparison(id, number).await)
    }

    async fn mails(&self, id: Uuid) -> Answer<MailsView> {
        let listed = async {
            let record = self.readable(id).await?;
            let siren = &record.company.siren;
            let people = store::memberships::of_company(self.0.state.store.read(), siren).await?;
            mails::mails(&self.0, record, &people).await
        };
        self.0.settle(listed.await)
    }

    async fn start_review(&self, id: Uuid, version: i64) -> Answer<()> {
        // The reviewer judges beside what the register says today; its silence stops nobody, nor does what it says.
        if let Ok(Some(record)) = declarations::find(self.0.state.store.read(), id).await
            && record.declaration.status == Status::Submitted
        {
            self.0.refresh_register(&record.company).await;
            self.0
                .ask_structures(&record.declaration.claims, &record.company.siren)
                .await;
        }
        let me = Some(account_of(&self.0));
        self.give(
            id,
            version,
            |_| Ok(Command::StartReview),
            move |record| {
                record.declaration.status == Status::InReview && record.declaration.reviewer == me
            },
        )
        .await
    }

    async fn give_verdicts(
        &self,
        id: Uuid,
        version: i64,
        verdicts: Vec<(String, Verdict)>,
    ) -> Answer<()> {
        let given = self.judge(id, version, verdicts).await;
        self.0.nudge();
        self.0.settle(given)
    }

    async fn release(&self, id: Uuid, version: i64) -> Answer<()> {
        self.give(
            id,
            version,
            |_| Ok(Command::Release),
            |record| record.declaration.status == Status::Submitted,
        )
        .await
    }

    async fn sign(
        &self,
        id: Uuid,
        version: i64,
        signature: ReviewSignature,
        closures: Vec<ClosureAsked>,
    ) -> Answer<()> {
        let me = account_of(&self.0);
        let closures: Vec<EarlyClosure> = closures
            .into_iter()
            .map(|asked| EarlyClosure {
                qualification: asked.qualification,
                from: asked.from,
                reason: asked.reason,
            })
            .collect();
        self.give(
            id,
            version,
            move |_| {
                Ok(Command::Sign {
                    signature: signature.clone(),
                    closures: closures.clone(),
                })
            },
            // The same agent, one version later, and this very review is closed: the button was pressed twice. A signature
            // of an earlier round stays in the row, so that it proves nothing by itself.
            move |record| {
                record.declaration.version == version + 1
                    && record.declaration.status.is_signed()
                    && record
                        .signature
                        .as_ref()
                        .is_some_and(|signed| signed.by == me)
            },
        )
        .await
    }

    async fn qualifications(&self, search: &str, page: u32) -> Answer<QualificationPage> {
        let page = page.max(1);
        let found = qualifications::page(self.0.state.store.read(), search, u64::from(page)).await;
        let found = self.0.settle(found.map_err(DeskError::from))?;
        let today = self.0.today();
        Ok(QualificationPage {
            rows: found
                .rows
                .iter()
                .map(|row| qualification_line(&row.qualification, &row.company_name, today))
                .collect(),
            total: found.total,
            page,
            pages: pages(found.total),
            search: search.to_owned(),
        })
    }

    async fn indicators(&self, filter: &FiguresFilter) -> Answer<IndicatorsView> {
        self.0.settle(self.read_indicators(filter).await)
    }

    async fn levers(&self, filter: LeversFilter) -> Answer<LeversView> {
        self.0.settle(self.read_levers(filter).await)
    }

    async fn contracts(&self, filter: ContractFilter) -> Answer<ContractPage> {
        self.0.settle(self.read_contracts(filter).await)
    }

    async fn payments(&self, filter: PaymentsFilter) -> Answer<PaymentsView> {
        self.0.settle(self.read_payments(filter).await)
    }

    async fn supplier_payments(&self, filter: PaymentsFilter) -> Answer<SupplierPayments> {
        self.0.settle(self.read_supplier_payments(filter).await)
    }

    async fn concessions(&self, filter: ConcessionFilter) -> Answer<ConcessionPage> {
        self.0.settle(self.read_concessions(filter).await)
    }

    async fn year_hours(&self, filter: YearHoursFilter) -> Answer<YearHoursPage> {
        self.0.settle(self.read_year_hours(filter).await)
    }

    async fn subcontracts(&self, filter: SubcontractFilter) -> Answer<SubcontractPage> {
        self.0.settle(self.read_subcontracts(filter).await)
    }

    async fn contract(&self, at: &ContractAddress) -> Answer<ContractView> {
        self.0.settle(self.read_contract(at).await)
    }

    async fn enter_shares(
        &self,
        at: &ContractAddress,
        shares: Vec<(String, String)>,
        source: String,
    ) -> Answer<()> {
        // Both databases write, and the future of each is large.
        let written = Box::pin(self.write_shares(at, shares, source));
        self.0.settle(written.await)
    }

    async fn forget_shares(&self, at: &ContractAddress) -> Answer<()> {
        self.0.settle(self.equal_shares(at).await)
    }

    async fn keep_form(&self, form: &str, typed: Typed) -> Answer<Uuid> {
        self.0.settle(self.0.keep_form(form, &typed).await)
    }

    async fn kept_form(&self, form: &str, copy: Uuid) -> Answer<Option<Typed>> {
        self.0.settle(self.0.kept_form(form, copy).await)
    }

    async fn qualification(&self, id: Uuid) -> Answer<QualificationView> {
        let read = async {
            let (db, today) = (self.0.state.store.read(), self.0.today());
            let (found, all, company) = not_found(qualifications::find(db, id).await?)?;
            let hours = hours_of(db, &found.qualification, &all, today).await?;
            Ok(QualificationView {
                hours,
                ..qualification_view(found, &company, account_of(&self.0), today)
            })
        };
        self.0.settle(read.await)
    }

    async fn propose_revocation(&self, id: Uuid, from: NaiveDate, reason: String) -> Answer<()> {
        self.close(id, ClosingCommand::ProposeRevocation { from, reason })
            .await
    }

    async fn confirm_revocation(&self, id: Uuid, signature: ReviewSignature) -> Answer<()> {
        self.close(id, ClosingCommand::ConfirmRevocation { signature })
            .await
    }

    async fn drop_revocation(&self, id: Uuid) -> Answer<()> {
        self.close(id, ClosingCommand::DropRevocation).await
    }

    async fn commitments(&self, to_check: bool, page: u32) -> Answer<CommitmentsView> {
        self.0
            .settle(self.read_commitments(to_check, page.max(1)).await)
    }

    async fn accept_hours(&self, id: Uuid, number: u32) -> Answer<()> {
        self.check_hours(id, HoursCommand::Accept { number }).await
    }

    async fn return_hours(&self, id: Uuid, number: u32, reason: String) -> Answer<()> {
        self.check_hours(id, HoursCommand::Return { number, reason })
            .await
    }

    async fn frozen_years(&self, page: u32) -> Answer<FrozenView> {
        self.0.settle(self.read_frozen(page.max(1)).await)
    }

    async fn restated(&self, filter: RestatedFilter) -> Answer<RestatedView> {
        self.0.settle(self.read_restated(filter).await)
    }

    async fn freeze_year(&self, year: i32, note: &str) -> Answer<u32> {
        // Every line of the year is read and written, and the future is large.
        let kept = Box::pin(self.freeze(year, note));
        self.0.settle(kept.await)
    }

    async fn imports(&self, page: u32) -> Answer<ImportsView> {
        self.0.settle(self.read_imports(page.max(1)).await)
    }

    async fn import(&self, at: &ImportAddress) -> Answer<ImportView> {
        self.0.settle(self.read_import(at).await)
    }

    async fn roll_back_import(&self, id: Uuid) -> Answer<()> {
        self.0.settle(self.take_back(id).await)
    }

    async fn correct_record(
        &self,
        import: Uuid,
        position: u64,
        record: &serde_json::Value,
    ) -> Answer<()> {
        self.0
            .settle(self.send_correction(import, position, record).await)
    }

    async fn prepared_drafts(&self) -> Answer<Vec<PreparedLine>> {
        self.0.settle(self.read_prepared().await)
    }

    async fn preparing(&self, number: &str) -> Answer<Preparing> {
        self.0.settle(self.read_preparing(number).await)
    }

    async fn prepare_draft(&self, new: NewDraft) -> Answer<Prepared> {
        self.0.settle(self.prepare(new).await)
    }

    async fn send_prepared(&self, id: Uuid) -> Answer<()> {
        self.0.settle(self.change_prepared(id, false).await)
    }

    async fn cancel_prepared(&self, id: Uuid) -> Answer<()> {
        self.0.settle(self.change_prepared(id, true).await)
    }

    async fn attachment_requests(&self) -> Answer<Vec<AttachmentRequest>> {
        self.0.settle(self.read_requests().await)
    }

    async fn attach(&self, request: Uuid) -> Answer<()> {
        self.0.settle(self.decide_request(request, true).await)
    }

    async fn decline_attachment(&self, request: Uuid) -> Answer<()> {
        self.0.settle(self.decide_request(request, false).await)
    }

    async fn make_letter(&self, request: Uuid, address: &str) -> Answer<Uuid> {
        let made = self.write_letter(request, address).await;
        self.0.nudge();
        self.0.settle(made)
    }

    async fn letter(&self, request: Uuid, copy: Uuid) -> Answer<LetterView> {
        self.0.settle(self.read_letter(request, copy).await)
    }

    async fn keep_typed(&self, declaration: Uuid, typed: Typed) -> Answer<Uuid> {
        self.0.settle(self.0.keep_aside(declaration, &typed).await)
    }

    async fn typed(&self, declaration: Uuid, copy: Uuid) -> Answer<Option<Typed>> {
        self.0.settle(self.0.kept_aside(declaration, copy).await)
    }
}
