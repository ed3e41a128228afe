//! What a supplier sees: the workspace, a declaration, its conflict, its receipt, a qualification.

use std::sync::Arc;

use app::desk::StepAnswers;
use app::views::{
    ClaimVerdict, ComparisonView, Conflict, DeclarationView, InvitedTo, QualificationView,
    ReceiptView, Workspace, WorkspaceCompany,
};
use chrono::NaiveDate;
use domain::civil::paris_day;
use domain::claims::Qualification;
use domain::form::{Step as _, StepCode};
use domain::identifiers::Siren;
use domain::lifecycle::{
    Act, Actor, ClosingCommand, Refusal, Status, allowed, closing_already_done, decide_closing,
    sequels,
};
use domain::people::Proof;
use store::companies::Company;
use store::memberships::{self, Pending};
use store::qualifications::{self, Closing, Found};
use store::{declarations, hours};
use uuid::Uuid;

use super::SupplierService;
use super::drafting::{from_json, stored};
use crate::desks::common::{
    TIMELINE, account_of, context, declaration_line, not_found, qualification_line, timeline,
};
use crate::desks::comparing::comparison;
use crate::desks::error::DeskError;
use crate::desks::hours::{hours_due, hours_of};

/// How many declarations of each company the workspace lists.
const DECLARATIONS: u64 = 20;

impl SupplierService {
    pub(super) async fn read_workspace(&self) -> Result<Workspace, DeskError> {
        let (db, today) = (self.0.state.store.read(), self.0.today());
        let account = account_of(&self.0);
        let held = memberships::of_account(db, account).await?;
        let sirens: Vec<Siren> = held
            .iter()
            .map(|(_, company)| company.siren.clone())
            .collect();
        let lines = declarations::of_companies(db, &sirens, DECLARATIONS).await?;
        let qualified = qualifications::of_companies(db, &sirens).await?;
        let accounts = hours::accounts(db, &sirens, &qualified).await?;
        let (mut pending, mut invitations, mut prepared) = (vec![], vec![], vec![]);
        let email = &self.0.identity.email;
        let waiting = |id, company_name, until| InvitedTo {
            id,
            company_name,
            until: paris_day(until),
        };
        for one in memberships::pending(db, account, email, self.0.now()).await? {
            match one {
                Pending::Asked(siren) => pending.push(siren),
                Pending::Invited { id, company, until } => {
                    invitations.push(waiting(id, company, until));
                }
                Pending::Prepared { id, company, until } => {
                    prepared.push(waiting(id, company, until));
                }
            }
        }
        let companies = held
            .into_iter()
            .map(|(member, company)| WorkspaceCompany {
                role: member.role,
                organisation: member.organisation,
                unconfirmed: member.proof == Proof::Mandate,
                hours_due: qualified
                    .iter()
                    .filter(|qualification| qualification.siren == company.siren)
                    .filter_map(|qualification| hours_due(qualification, &accounts, today))
                    .collect(),
                declarations: lines
                    .iter()
                    .filter(|line| line.siren == company.siren)
                    .map(declaration_line)
                    .collect(),
                qualifications: qualified
                    .iter()
                    .filter(|qualification| qualification.siren == company.siren)
                    .map(|qualification| qualification_line(qualification, &company.name, today))
                    .collect(),
                siren: company.siren,
                name: company.name,
                published: company.published,
            })
            .collect();
        Ok(Workspace {
            companies,
            pending,
            invitations,
            prepared,
        })
    }

    pub(super) async fn read_declaration(&self, id: Uuid) -> Result<DeclarationView, DeskError> {
        let today = self.0.today();
        let (record, actor, known) = self.mine_with_documents(id).await?;
        let (events, listed) = declarations::timeline_and_lists(
            self.0.state.store.read(),
            id,
            TIMELINE,
            std::slice::from_ref(&record.company.siren),
        )
        .await?;
        let context = context(&record, self.0.catalogue(), known, &listed, today);
        let mut errors = record.draft.errors(&context, today);
        errors.extend(
            record
                .draft
                .statement
                .errors(today)
                .into_iter()
                .map(|error| (StepCode::Statement, error)),
        );
        let lines = |qualification: &Qualification| {
            qualification_line(qualification, &record.company.name, today)
        };
        Ok(DeclarationView {
            id,
            reference: record.reference.clone(),
            siren: record.company.siren.clone(),
            company_name: record.company.name.clone(),
            status: record.declaration.status,
            version: record.declaration.version,
            warnings: record.draft.warnings(&record.company.registry),
            preview: record.draft.parse(&context, today).ok(),
            errors,
            allowed: allowed(&record.declaration, &actor),
            sequels: sequels(&record.declaration, &actor),
            claims: shown_claims(&record),
            revision: record.declaration.revision,
            saved_at: record.updated_at,
            // A verdict is said once it is signed, never while the review goes on.
            timeline: timeline(events)
                .into_iter()
                .filter(|entry| entry.act != Act::VerdictGiven)
                .collect(),
            qualifications: record
                .declaration
                .qualifications
                .iter()
                .map(lines)
                .collect(),
            documents: context.documents,
            sent_by: StepCode::ALL
                .into_iter()
                .filter_map(|step| {
                    let page = record.typings.sent_by(step, &record.steps)?;
                    Some((step, page.to_owned()))
                })
                .collect(),
            document_limits: self.0.state.config.documents.limits,
            listed,
            today,
            registry: record.company.registry,
            draft: record.draft,
        })
    }

    pub(super) async fn read_conflict(&self, id: Uuid, copy: Uuid) -> Result<Conflict, DeskError> {
        let (record, _) = self.mine(id).await?;
        let account = account_of(&self.0);
        let kept =
            not_found(declarations::copy(self.0.state.store.read(), copy, id, account).await?)?;
        let step = not_found(StepCode::from_slug(&kept.step))?;
        let typed: StepAnswers = not_found(from_json(step, kept.answers))?;
        Ok(Conflict {
            declaration: id,
            version: record.declaration.version,
            stored: stored(&record.draft, step),
            typed,
            stored_at: record.updated_at,
        })
    }

    pub(super) async fn read_comparison(
        &self,
        id: Uuid,
        number: u32,
    ) -> Result<ComparisonView, DeskError> {
        let db = self.0.state.store.read();
        let compared = not_found(declarations::compared(db, id, number).await?)?;
        let siren = &compared.company.siren;
        not_found(memberships::role_of(db, account_of(&self.0), siren).await?)?;
        Ok(comparison(&self.0, id, compared))
    }

    pub(super) async fn read_receipt(&self, id: Uuid) -> Result<ReceiptView, DeskError> {
        let (record, _) = self.mine(id).await?;
        let revision = not_found(record.revision)?;
        let catalogues = self.0.state.catalogues.all();
        let names = catalogues
            .numbered(revision.snapshot.catalogue)
            .unwrap_or_else(|| catalogues.latest());
        Ok(ReceiptView {
            id,
            names: Arc::clone(names),
            reference: record.reference,
            company_name: record.company.name,
            revision: revision.number,
            snapshot: revision.snapshot,
            hash: revision.hash,
            statement: revision.statement,
            received_at: revision.signed_at,
            status: record.declaration.status,
        })
    }

    pub(super) async fn read_qualification(
        &self,
        id: Uuid,
    ) -> Result<QualificationView, DeskError> {
        let db = self.0.state.store.read();
        let (found, all, company) = not_found(qualifications::find(db, id).await?)?;
        not_found(memberships::role_of(db, account_of(&self.0), &company.siren).await?)?;
        let hours = hours_of(db, &found.qualification, &all, self.0.today()).await?;
        let mut view = qualification_view(found, &company, account_of(&self.0), self.0.today());
        view.hours = hours;
        // A revocation that waits for a second person is the buyer's business.
        view.proposal = None;
        Ok(view)
    }

    pub(super) async fn give_up(
        &self,
        id: Uuid,
        from: NaiveDate,
        reason: String,
    ) -> Result<(), DeskError> {
        let (account, now, request) = (account_of(&self.0), self.0.now(), self.0.request_id());
        let command = ClosingCommand::Withdraw { from, reason };
        self.0
            .state
            .store
            .write(async |txn| {
                let found = qualifications::lock(&txn, id).await?;
                let siren = found.qualification.siren.clone();
                let role = not_found(memberships::role_of(&txn, account, &siren).await?)?;
                let by = Actor::supplier(account, siren, role);
                let proposal = found.proposal.as_ref();
                if closing_already_done(&found.qualification, proposal, &command, &by) {
                    return Ok(());
                }
                // What was counted before the buyer decided stays counted.
                if from < paris_day(found.accepted_at) {
                    return Err(Refusal::ClosureOutsideValidity.into());
                }
                let decision = decide_closing(&found.qualification, proposal, &command, &by, now)?;
                let closing = Closing {
                    decision: &decision,
                    by: &by,
                    at: now,
                    request: request.as_deref(),
                };
                qualifications::apply(&txn, &found, &closing).await?;
                Ok::<_, DeskError>(())
            })
            .await
    }
}

/// The verdicts that the supplier may see: those of a signed decision, never those of a review under way.
fn shown_claims(record: &declarations::Record) -> Vec<ClaimVerdict> {
    let told = match record.declaration.status {
        Status::ChangesRequested
        | Status::Validated
        | Status::PartlyValidated
        | Status::Refused => true,
        Status::Draft | Status::Submitted | Status::InReview | Status::Withdrawn => false,
    };
    record
        .declaration
        .claims
        .iter()
        .map(|reviewed| ClaimVerdict {
            claim: reviewed.claim.clone(),
            verdict: if told {
                reviewed.verdict.clone()
            } else {
                domain::lifecycle::Verdict::Pending
            },
        })
        .collect()
}

/// A qualification with its history, for either side.
pub(in crate::desks) fn qualification_view(
    found: Found,
    company: &Company,
    reader: Uuid,
    today: NaiveDate,
) -> QualificationView {
    let qualification = found.qualification;
    QualificationView {
        line: qualification_line(&qualification, &company.name, today),
        declaration: found.declaration,
        revision: qualification.revision,
        decided_at: found.accepted_at,
        proposed_by_me: found
            .proposal
            .as_ref()
            .is_some_and(|proposal| proposal.by == reader),
        proposal: found.proposal,
        closure_reason: qualification
            .closures
            .iter()
            .min_by_key(|closure| closure.from)
            .map(|closure| closure.reason.clone())
            .filter(|reason| !reason.is_empty()),
        claim: qualification.claim,
        hours: None,
    }
}
