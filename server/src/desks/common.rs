//! What every desk shares: who asks, the transaction around a decision, and the lines that several pages show.

use std::sync::Arc;

use app::error::AppError;
use app::views::{DeclarationLine, QualificationLine, TimelineEntry};
use app::visitor::Identity;
use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::Catalogue;
use domain::claims::Qualification;
use domain::documents::KnownDocument;
use domain::form::{CompanyContext, Draft};
use domain::known::proved;
use domain::lifecycle::{Act, Actor, Command, decide};
use domain::lists::Listed;
use store::declarations::{self, Applied, Change, Line, Record};
use store::{Txn, audit};
use uuid::Uuid;

use super::error::DeskError;
use crate::http::RequestContext;
use crate::state::AppState;

/// How many lines of history a page shows.
pub(super) const TIMELINE: u64 = 100;

/// One person at one desk, for one request.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) state: AppState,
    pub(super) identity: Identity,
    request: Option<RequestContext>,
}

impl Desk {
    pub(super) fn new(
        state: AppState,
        identity: Identity,
        request: Option<RequestContext>,
    ) -> Self {
        Self {
            state,
            identity,
            request,
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.state.clock.now()
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.state.clock.today()
    }

    /// The catalogue of the form in force today.
    pub(super) fn catalogue(&self) -> Arc<Catalogue> {
        self.state.catalogues.on(self.today())
    }

    /// The address of the browser, kept with a sworn statement as evidence.
    pub(super) fn client(&self) -> Option<String> {
        self.request
            .as_ref()
            .map(|request| request.client.to_string())
    }

    pub(super) fn request_id(&self) -> Option<String> {
        self.request.as_ref().map(|request| request.id.clone())
    }

    /// Ends an act: what went wrong is told, and the workers learn at once that there is something to send.
    pub(super) fn settle<T>(&self, result: Result<T, DeskError>) -> Result<T, AppError> {
        result.map_err(|error| error.told(self.request_id().as_deref().unwrap_or_default()))
    }

    /// A hint for the workers after a write; they also poll.
    pub(super) fn nudge(&self) {
        store::crash_point!("desk.written");
        self.state.outbox.notify_waiters();
    }
}

/// Decides and writes, within an open transaction.
pub(super) async fn decide_and_apply(
    txn: &Txn,
    record: &Record,
    command: &Command,
    by: &Actor,
    now: DateTime<Utc>,
    request: Option<&str>,
    answers: Option<&Draft>,
) -> Result<Applied, DeskError> {
    let decision = decide(&record.declaration, command, by, now)?;
    let answered = answers.map(|draft| record.answered(draft));
    let change = Change {
        decision: &decision,
        by,
        at: now,
        request,
        answers: answered.as_ref(),
    };
    Ok(declarations::apply(txn, &record.declaration, &change).await?)
}

/// What parsing a draft needs to know of its company.
pub(super) fn context(
    record: &Record,
    catalogue: Arc<Catalogue>,
    documents: Vec<KnownDocument>,
    listed: &Listed,
    today: NaiveDate,
) -> CompanyContext {
    let company = (&record.company.siren, &record.company.registry);
    CompanyContext {
        proved: proved(company, listed, &catalogue, today),
        catalogue,
        siren: record.company.siren.clone(),
        created_on: record
            .company
            .registry
            .facts()
            .and_then(|facts| facts.created_on),
        documents,
    }
}

/// The lines of the history that the act names; an unknown act of a newer program is left out.
pub(super) fn timeline(events: Vec<audit::Event>) -> Vec<TimelineEntry> {
    events
        .into_iter()
        .filter_map(|event| {
            Some(TimelineEntry {
                at: event.at,
                act: Act::from_code(&event.act)?,
                actor_kind: event.actor.split(':').next().unwrap_or_default().to_owned(),
                revision: event
                    .details
                    .get("revision")
                    .and_then(serde_json::Value::as_u64)
                    .and_then(|number| u32::try_from(number).ok()),
                next: event
                    .details
                    .get("next")
                    .and_then(serde_json::Value::as_str)
                    .and_then(|id| Uuid::parse_str(id).ok()),
            })
        })
        .collect()
}

pub(super) fn declaration_line(line: &Line) -> DeclarationLine {
    DeclarationLine {
        id: line.id,
        reference: line.reference.clone(),
        status: line.status,
        changed_at: line.updated_at,
    }
}

pub(super) fn qualification_line(
    qualification: &Qualification,
    company_name: &str,
    today: NaiveDate,
) -> QualificationLine {
    let closed = qualification
        .closures
        .iter()
        .min_by_key(|closure| closure.from)
        .map(|closure| (closure.from, closure.cause));
    QualificationLine {
        ended: qualification.is_closed_on(today),
        id: qualification.id,
        siren: qualification.siren.clone(),
        company_name: company_name.to_owned(),
        key: qualification.claim.key.clone(),
        validity: qualification.validity,
        state: qualification.validity.state_on(today),
        closed,
    }
}

/// An identifier that came from a form and names nothing of the person's.
pub(super) fn not_found<T>(found: Option<T>) -> Result<T, DeskError> {
    found.ok_or(DeskError::App(AppError::NotFound))
}

/// The account, for what an identifier alone must record.
pub(super) fn account_of(desk: &Desk) -> Uuid {
    desk.identity.account
}
