//! A renewal: what may be taken over is read without writing anything; one post opens the draft, keeps it, or sends it.

use app::desk::Submitted;
use app::views::{RenewalNext, RenewalOrder, RenewalView, Renewed, Renewing};
use domain::documents::KnownDocument;
use domain::form::{CompanyContext, Draft, StatementStep, Step as _, StepCode};
use domain::identifiers::Siren;
use domain::known::proved;
use domain::lifecycle::{Actor, Command, MemberRole, Refusal, Status, decide};
use domain::lists::Listed;
use domain::renewal::{Past, Renewal, Sources};
use store::companies;
use store::declarations::{self, Change, Cycle};
use store::documents;
use store::lists;
use uuid::Uuid;

use super::SupplierService;
use crate::desks::common::{account_of, not_found};
use crate::desks::error::DeskError;
use crate::desks::register::closed;

/// What the transaction did.
enum Written {
    Draft {
        id: Uuid,
        version: i64,
        line: Option<(StepCode, usize)>,
        /// What was chosen cannot be sent as it is, and nothing was left out.
        stop: Option<Stop>,
    },
    Other(Renewed),
}

/// Why what was chosen is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// An answer is to be corrected.
    Incomplete,
    /// No line was chosen.
    Nothing,
}

/// A cycle as a renewal sees it.
struct Read {
    cycle: Cycle,
    role: MemberRole,
    documents: Vec<KnownDocument>,
    listed: Listed,
}

impl Read {
    /// Documents of every declaration that may be taken over.
    fn named(cycle: &Cycle) -> Vec<Uuid> {
        let mut named: Vec<Uuid> = cycle
            .decided
            .iter()
            .map(|one| &one.draft)
            .chain(cycle.open.iter().map(|open| &open.draft))
            .flat_map(Draft::documents)
            .collect();
        named.sort_unstable();
        named.dedup();
        named
    }

    /// The open declaration, when it is no draft that starts from another: it comes first.
    fn elsewhere(&self) -> Option<Uuid> {
        let open = self.cycle.open.as_ref()?;
        let renewing = open.status == Status::Draft && open.previous.is_some();
        (!renewing).then_some(open.id)
    }

    fn draft(&self) -> Option<&Draft> {
        self.cycle.open.as_ref().map(|open| &open.draft)
    }

    /// What was decided, and the version of the draft: what the person had before the eyes.
    fn seen(&self) -> String {
        let newest = self.cycle.decided.first().map(|one| one.revision.number);
        let open = self.cycle.open.as_ref();
        let held: usize = self
            .cycle
            .qualifications
            .iter()
            .map(|held| 1 + held.closures.len())
            .sum();
        format!(
            "{}.{held}.{}",
            newest.unwrap_or_default(),
            open.map(|open| format!("{}.{}", open.id.simple(), open.version))
                .unwrap_or_default()
        )
    }
}

impl SupplierService {
    pub(super) async fn read_renewal(&self, id: Uuid) -> Result<Renewing, DeskError> {
        let db = self.0.state.store.read();
        let cycle = not_found(declarations::cycle(db, id).await?)?;
        let (account, siren) = (account_of(&self.0), cycle.company.siren.clone());
        let found = documents::with_role(db, account, &siren, Read::named(&cycle)).await?;
        let (role, documents) = not_found(found)?;
        let listed = lists::proofs(db, std::slice::from_ref(&siren)).await?;
        let read = Read {
            cycle,
            role,
            documents,
            listed,
        };
        if let Some(other) = read.elsewhere() {
            return Ok(Renewing::Elsewhere(other));
        }
        let context = self.context_of(&read);
        let renewal = self.renewal_of(&read, read.draft());
        let company_errors = renewal
            .draft
            .step_errors(StepCode::Company, &context, self.0.today());
        let newest = read.cycle.decided.first();
        let open = read.cycle.open.as_ref();
        // Another person signs in their own name.
        let mine = newest.filter(|one| one.revision.statement.account == account);
        let signer = open
            .filter(|open| open.updated_by.ends_with(&account.to_string()))
            .map(|open| open.draft.statement.clone())
            .filter(|statement| *statement != StatementStep::default())
            .or_else(|| mine.map(|one| one.draft.statement.clone()))
            .unwrap_or_default();
        Ok(Renewing::Ready(Box::new(RenewalView {
            id: open
                .map(|open| open.id)
                .or_else(|| newest.map(|one| one.id))
                .unwrap_or(id),
            open: open.is_some(),
            seen: read.seen(),
            last: newest.map(|one| {
                let signed_on = one.revision.statement.signed_on();
                (one.id, one.reference.clone(), signed_on)
            }),
            renewal,
            company_errors,
            signer: StatementStep {
                accepted: String::new(),
                ..signer
            },
            can_edit: read.role.can_edit(),
            can_sign: read.role.can_sign(),
            document_limits: self.0.state.config.documents.limits,
            listed: read.listed,
            siren,
            company_name: read.cycle.company.name.clone(),
            registry: read.cycle.company.registry,
            today: self.0.today(),
        })))
    }

    fn renewal_of(&self, read: &Read, open: Option<&Draft>) -> Renewal {
        let cycle = &read.cycle;
        let pasts: Vec<Past> = cycle
            .decided
            .iter()
            .map(|one| Past {
                reference: one.reference.clone(),
                signed_on: one.revision.statement.signed_on(),
                draft: one.draft.clone(),
                claims: one.claims.clone(),
            })
            .collect();
        Renewal::of(&Sources {
            pasts: &pasts,
            qualifications: &cycle.qualifications,
            open,
            context: &self.context_of(read),
            today: self.0.today(),
        })
    }

    fn context_of(&self, read: &Read) -> CompanyContext {
        let company = &read.cycle.company;
        let (catalogue, today) = (self.0.catalogue(), self.0.today());
        let of = (&company.siren, &company.registry);
        CompanyContext {
            proved: proved(of, &read.listed, &catalogue, today),
            siren: company.siren.clone(),
            created_on: company.registry.facts().and_then(|facts| facts.created_on),
            catalogue,
            documents: read.documents.clone(),
        }
    }

    pub(super) async fn renew_chosen(
        &self,
        id: Uuid,
        order: RenewalOrder,
    ) -> Result<Renewed, DeskError> {
        let (record, _) = self.mine(id).await?;
        let mut order = order;
        // Not sworn to, or not signed: nothing is sent, and nothing that was typed is left out.
        let unsigned =
            order.then == RenewalNext::Send && !order.statement.errors(self.0.today()).is_empty();
        if unsigned {
            order.then = RenewalNext::Save;
        }
        let send = order.then == RenewalNext::Send;
        // The company may have closed since; while it is only written, nobody is stopped.
        let lookup = self.0.refresh_register(&record.company).await;
        if let Some(company) = closed(&record.company, &lookup).filter(|_| send) {
            return Ok(Renewed::Closed(company));
        }
        match self.keep_renewal(id, &record.company.siren, &order).await? {
            Written::Other(outcome) => Ok(outcome),
            Written::Draft {
                stop: Some(Stop::Nothing),
                ..
            } => Err(Refusal::NothingDeclared.into()),
            Written::Draft { id, stop, .. } if unsigned || stop.is_some() => {
                Ok(Renewed::Incomplete(id))
            }
            Written::Draft { id, line, .. } if !send => Ok(Renewed::Kept { draft: id, line }),
            Written::Draft { id, version, .. } => {
                Ok(match self.send(id, version, order.statement).await? {
                    Submitted::Done => Renewed::Sent(id),
                    Submitted::Incomplete(_) => Renewed::Incomplete(id),
                    Submitted::Conflict { .. } => Renewed::Changed(id),
                    Submitted::Closed(company) => Renewed::Closed(company),
                })
            }
        }
    }

    /// Opens the one draft of the company with what was chosen, or puts it in the place of what the draft holds.
    async fn keep_renewal(
        &self,
        id: Uuid,
        siren: &Siren,
        order: &RenewalOrder,
    ) -> Result<Written, DeskError> {
        let (account, now, request) = (account_of(&self.0), self.0.now(), self.0.request_id());
        self.0
            .state
            .store
            .write(async |txn| {
                let siren = siren.clone();
                companies::lock(&txn, &siren).await?;
                let cycle = not_found(declarations::cycle(&txn, id).await?)?;
                let named = Read::named(&cycle);
                let found = documents::with_role(&txn, account, &siren, named).await?;
                let (role, documents) = not_found(found)?;
                let actor = &Actor::supplier(account, siren.clone(), role);
                if !role.can_edit() {
                    return Err(Refusal::NotYourRole.into());
                }
                let listed = lists::proofs(&txn, std::slice::from_ref(&siren)).await?;
                let read = Read {
                    cycle,
                    role,
                    documents,
                    listed,
                };
                if let Some(outcome) = self.not_now(&txn, &read, order).await? {
                    return Ok(Written::Other(outcome));
                }
                let renewal = self.renewal_of(&read, read.draft());
                let at = match &order.then {
                    RenewalNext::Line(mark) => Some(mark.as_str()),
                    _ => None,
                };
                let send = order.then == RenewalNext::Send;
                let chosen = send.then(|| renewal.chosen(&order.kept));
                let stop = chosen.as_ref().and_then(|chosen| self.stops(&read, chosen));
                let (mut draft, rank) = match chosen.filter(|_| stop.is_none()) {
                    Some(chosen) => (chosen, None),
                    None => renewal.edited(&order.kept, at),
                };
                draft.statement = StatementStep {
                    accepted: String::new(),
                    ..order.statement.clone()
                };
                let line = at
                    .and_then(|at| renewal.line(at))
                    .map(|line| (line.step, rank.unwrap_or_default()));
                let Some(open) = &read.cycle.open else {
                    let newest = not_found(read.cycle.decided.first())?;
                    let opened =
                        declarations::open(&txn, &siren, &draft, Some(newest.id), actor, now)
                            .await?;
                    return Ok(Written::Draft {
                        id: opened.id(),
                        version: 1,
                        line,
                        stop,
                    });
                };
                let mut version = open.version;
                if open.draft != draft {
                    let record = declarations::lock(&txn, open.id, Some(open.version)).await?;
                    let decision = decide(&record.declaration, &Command::Save, actor, now)?;
                    let change = Change {
                        decision: &decision,
                        by: actor,
                        at: now,
                        request: request.as_deref(),
                        answers: Some(&record.answered(&draft)),
                    };
                    let applied = declarations::apply(&txn, &record.declaration, &change).await?;
                    version = applied.version;
                }
                Ok::<_, DeskError>(Written::Draft {
                    id: open.id,
                    version,
                    line,
                    stop,
                })
            })
            .await
    }

    /// What of these answers keeps them from being sent; the statement is looked at elsewhere.
    fn stops(&self, read: &Read, draft: &Draft) -> Option<Stop> {
        let signing = |(step, _): &(StepCode, _)| *step == StepCode::Statement;
        match draft.parse(&self.context_of(read), self.0.today()) {
            Ok(snapshot) => snapshot.claims.is_empty().then_some(Stop::Nothing),
            Err(errors) => (!errors.iter().all(signing)).then_some(Stop::Incomplete),
        }
    }

    /// Why nothing is written: another declaration is open, the same was sent already, or something changed meanwhile.
    async fn not_now(
        &self,
        txn: &store::Txn,
        read: &Read,
        order: &RenewalOrder,
    ) -> Result<Option<Renewed>, DeskError> {
        if let Some(other) = read.elsewhere() {
            // A second click finds what the first one sent.
            let twice = order.then == RenewalNext::Send
                && read.cycle.open.as_ref().is_some_and(|open| {
                    open.status == Status::Submitted
                        && open.previous.is_some()
                        && open.updated_by.ends_with(&account_of(&self.0).to_string())
                })
                && self.same_claims(txn, other, order, read).await?;
            return Ok(Some(if twice {
                Renewed::Sent(other)
            } else {
                Renewed::Elsewhere(other)
            }));
        }
        if read.seen() != order.seen {
            let newest = read.cycle.decided.first().map(|one| one.id);
            let here = read.cycle.open.as_ref().map(|open| open.id).or(newest);
            return Ok(Some(Renewed::Changed(not_found(here)?)));
        }
        Ok(None)
    }

    /// What was sent claims exactly what the form of this click chose.
    async fn same_claims(
        &self,
        txn: &store::Txn,
        sent: Uuid,
        order: &RenewalOrder,
        read: &Read,
    ) -> Result<bool, DeskError> {
        let record = not_found(declarations::find(txn, sent).await?)?;
        if order.seen.contains(&sent.simple().to_string()) {
            // The form was that of the draft itself.
            return Ok(record.declaration.claims.len() == order.kept.len());
        }
        let before = self.renewal_of(read, None);
        let mut chosen: Vec<String> = order
            .kept
            .iter()
            .filter_map(|mark| before.line(mark)?.claim.as_ref())
            .map(|claim| claim.key.to_string())
            .collect();
        let claims = record.declaration.claims.iter();
        let mut sent: Vec<String> = claims
            .map(|reviewed| reviewed.claim.key.to_string())
            .collect();
        chosen.sort_unstable();
        sent.sort_unstable();
        Ok(chosen == sent)
    }
}
