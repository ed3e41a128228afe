//! The desk of a supplier: every identifier is checked to be of one of the person's companies.

mod attaching;
mod attesting;
mod claiming;
mod contesting;
mod drafting;
mod hours;
mod index;
mod links;
mod opening;
mod reading;
mod redoing;
mod renewing;
mod search;
mod typing;

pub(crate) use attaching::{Attached, DocumentsDesk, Sent};
pub(in crate::desks) use drafting::to_json;
pub(in crate::desks) use opening::{Number, Wish};
pub(in crate::desks) use reading::qualification_view;
pub(in crate::desks) use search::{by_number, look_up};
pub(in crate::desks) use typing::{Kept, TypedIn};

use app::desk::{Answer, Contesting, Opening, Saved, Seen, StepAnswers, Submitted, SupplierDesk};
use app::views::{
    AttestationView, ClaimPage, CompanyQuestion, CompanySearch, ComparisonView, Conflict,
    DeclarationView, LinkView, MailsView, QualificationView, ReceiptView, RenewalOrder, Renewed,
    Renewing, SentAgain, Typed, Workspace,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::decimal::Hundredths;
use domain::documents::KnownDocument;
use domain::form::{ContestRow, StatementStep, StepCode};
use domain::identifiers::Siren;
use domain::insertion::Quarter;
use domain::known::Fact;
use domain::lifecycle::{Actor, Command, HoursCommand, Status};
use domain::links::Link;
use store::declarations::{self, Record};
use store::{documents, memberships};
use uuid::Uuid;

use super::common::{Desk, account_of, decide_and_apply, not_found};
use super::error::DeskError;
use super::mails;

pub(super) struct SupplierService(pub(super) Desk);

impl SupplierService {
    /// The declaration, if the person is attached to its company, and who they are there.
    async fn mine(&self, id: Uuid) -> Result<(Record, Actor), DeskError> {
        let db = self.0.state.store.read();
        let record = not_found(declarations::find(db, id).await?)?;
        let role = memberships::role_of(db, account_of(&self.0), &record.company.siren).await?;
        let actor = Actor::supplier(
            account_of(&self.0),
            record.company.siren.clone(),
            not_found(role)?,
        );
        Ok((record, actor))
    }

    /// The same, with the documents that the draft names.
    async fn mine_with_documents(
        &self,
        id: Uuid,
    ) -> Result<(Record, Actor, Vec<KnownDocument>), DeskError> {
        let (db, account) = (self.0.state.store.read(), account_of(&self.0));
        let record = not_found(declarations::find(db, id).await?)?;
        let siren = record.company.siren.clone();
        let found = documents::with_role(db, account, &siren, record.draft.documents()).await?;
        let (role, known) = not_found(found)?;
        Ok((record, Actor::supplier(account, siren, role), known))
    }

    /// One decision that needs nothing but its name.
    async fn give(&self, id: Uuid, version: i64, command: Command) -> Answer<()> {
        let (account, now, request) = (account_of(&self.0), self.0.now(), self.0.request_id());
        let result = self
            .0
            .state
            .store
            .write(async |txn| {
                let record = declarations::lock(&txn, id, None).await?;
                let role = memberships::role_of(&txn, account, &record.company.siren).await?;
                let by = Actor::supplier(account, record.company.siren.clone(), not_found(role)?);
                if done_before(&record, version, &command, &by) {
                    return Ok(());
                }
                decided_once(&record, version)?;
                decide_and_apply(&txn, &record, &command, &by, now, request.as_deref(), None)
                    .await?;
                Ok::<_, DeskError>(())
            })
            .await;
        self.0.nudge();
        self.0.settle(result)
    }
}

/// The same person pressed the same button twice: the first click did it.
fn done_before(record: &Record, seen: i64, command: &Command, by: &Actor) -> bool {
    let outcome = match command {
        Command::TakeBack => Status::Draft,
        Command::Withdraw | Command::Discard => Status::Withdrawn,
        _ => return false,
    };
    record.declaration.version == seen + 1
        && record.declaration.status == outcome
        && record.updated_by == declarations::actor_code(by)
}

/// Somebody else wrote since the person read: the button they pressed may not mean the same any more.
fn decided_once(record: &Record, seen: i64) -> Result<(), DeskError> {
    if record.declaration.version == seen {
        Ok(())
    } else {
        Err(DeskError::App(app::error::AppError::Conflict))
    }
}

#[async_trait]
impl SupplierDesk for SupplierService {
    async fn workspace(&self) -> Answer<Workspace> {
        self.0.settle(self.read_workspace().await)
    }

    async fn search(&self, asked: CompanyQuestion) -> Answer<CompanySearch> {
        self.0.settle(self.find_companies(asked).await)
    }

    async fn open_company(&self, number: &str) -> Answer<Opening> {
        let opened = self.open(number, Wish::default()).await;
        self.0.settle(opened.map(|(opening, _)| opening))
    }

    async fn link(&self, link: &Link) -> Answer<LinkView> {
        self.0.settle(self.read_link(link).await)
    }

    async fn prepared(&self, id: Uuid) -> Answer<ClaimPage> {
        self.0.settle(self.read_prepared(id).await)
    }

    async fn claim_prepared(&self, id: Uuid) -> Answer<(Opening, Option<StepCode>)> {
        self.0.settle(self.claim(id).await)
    }

    async fn decline_prepared(&self, id: Uuid) -> Answer<()> {
        self.0.settle(self.decline(id).await)
    }

    async fn open_by_link(&self, link: &Link) -> Answer<(Opening, Option<StepCode>)> {
        self.0.settle(self.follow(link).await)
    }

    async fn declaration(&self, id: Uuid) -> Answer<DeclarationView> {
        self.0.settle(self.read_declaration(id).await)
    }

    async fn conflict(&self, id: Uuid, copy: Uuid) -> Answer<Conflict> {
        self.0.settle(self.read_conflict(id, copy).await)
    }

    async fn save_page(&self, id: Uuid, seen: Seen, answers: StepAnswers) -> Answer<Saved> {
        self.0.settle(self.save(id, seen, answers).await)
    }

    async fn keep_step(&self, id: Uuid, answers: StepAnswers) -> Answer<Uuid> {
        let kept = async {
            self.mine(id).await?;
            self.set_aside(id, answers).await
        };
        self.0.settle(kept.await)
    }

    async fn contest(
        &self,
        id: Uuid,
        fact: Fact,
        seen: &str,
        answers: ContestRow,
    ) -> Answer<Contesting> {
        let said = self.say_otherwise(id, fact, seen, answers).await;
        self.0.settle(said)
    }

    async fn uncontest(&self, id: Uuid, fact: Fact) -> Answer<()> {
        self.0.settle(self.agree_after_all(id, fact).await)
    }

    async fn take_index(&self, id: Uuid) -> Answer<Option<usize>> {
        self.0.settle(self.fill_index(id).await)
    }

    async fn submit(&self, id: Uuid, version: i64, statement: StatementStep) -> Answer<Submitted> {
        let submitted = match self.closed_since(id).await {
            Ok(Some(company)) => Ok(Submitted::Closed(company)),
            Ok(None) => self.send(id, version, statement).await,
            Err(error) => Err(error),
        };
        self.0.nudge();
        self.0.settle(submitted)
    }

    async fn discard(&self, id: Uuid, version: i64) -> Answer<()> {
        self.give(id, version, Command::Discard).await
    }

    async fn take_back(&self, id: Uuid, version: i64) -> Answer<()> {
        self.give(id, version, Command::TakeBack).await
    }

    async fn withdraw(&self, id: Uuid, version: i64) -> Answer<()> {
        self.give(id, version, Command::Withdraw).await
    }

    async fn amend(&self, id: Uuid) -> Answer<Opening> {
        self.0.settle(self.reopen(id).await)
    }

    async fn redo(&self, id: Uuid, version: i64) -> Answer<Opening> {
        let redone = self.cancel_and_redo(id, version).await;
        self.0.nudge();
        self.0.settle(redone)
    }

    async fn renewal(&self, id: Uuid) -> Answer<Renewing> {
        self.0.settle(self.read_renewal(id).await)
    }

    async fn renew(&self, id: Uuid, order: RenewalOrder) -> Answer<Renewed> {
        let renewed = self.renew_chosen(id, order).await;
        self.0.nudge();
        self.0.settle(renewed)
    }

    async fn comparison(&self, id: Uuid, number: u32) -> Answer<ComparisonView> {
        self.0.settle(self.read_comparison(id, number).await)
    }

    async fn mails(&self, id: Uuid) -> Answer<MailsView> {
        let listed = async {
            let db = self.0.state.store.read();
            let record = not_found(declarations::find(db, id).await?)?;
            let people = memberships::of_company(db, &record.company.siren).await?;
            let account = account_of(&self.0);
            not_found(people.iter().find(|(_, person)| person.id == account))?;
            mails::mails(&self.0, record, &people).await
        };
        self.0.settle(listed.await)
    }

    async fn send_again(&self, id: Uuid, mail: Uuid) -> Answer<SentAgain> {
        let sent = async {
            self.mine(id).await?;
            mails::again(&self.0, id, mail).await
        };
        let sent = sent.await;
        self.0.nudge();
        self.0.settle(sent)
    }

    async fn receipt(&self, id: Uuid) -> Answer<ReceiptView> {
        self.0.settle(self.read_receipt(id).await)
    }

    async fn attestation(&self, siren: &Siren) -> Answer<AttestationView> {
        self.0.settle(self.read_attestation(siren).await)
    }

    async fn issue_attestation(&self, siren: &Siren) -> Answer<()> {
        self.0.settle(self.issue(siren).await)
    }

    async fn publish(&self, siren: &Siren, published: bool) -> Answer<()> {
        self.0.settle(self.set_publication(siren, published).await)
    }

    async fn qualification(&self, id: Uuid) -> Answer<QualificationView> {
        self.0.settle(self.read_qualification(id).await)
    }

    async fn withdraw_qualification(
        &self,
        id: Uuid,
        from: NaiveDate,
        reason: String,
    ) -> Answer<()> {
        let withdrawn = self.give_up(id, from, reason).await;
        self.0.nudge();
        self.0.settle(withdrawn)
    }

    async fn tell_hours(
        &self,
        id: Uuid,
        quarter: Quarter,
        hours: Hundredths,
        note: String,
    ) -> Answer<()> {
        let command = HoursCommand::Tell {
            quarter,
            hours,
            note,
        };
        let told = self.state_hours(id, command).await;
        self.0.nudge();
        self.0.settle(told)
    }

    async fn keep_typed(&self, declaration: Uuid, typed: Typed) -> Answer<Uuid> {
        let kept = async {
            // Only beside a declaration of one's own company.
            self.mine(declaration).await?;
            self.0.keep_aside(declaration, &typed).await
        };
        self.0.settle(kept.await)
    }

    async fn typed(&self, declaration: Uuid, copy: Uuid) -> Answer<Option<Typed>> {
        self.0.settle(self.0.kept_aside(declaration, copy).await)
    }
}
