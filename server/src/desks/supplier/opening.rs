//! Opening a company: the register is asked, the first person holds it, and its open declaration is found or made.

use app::desk::{ClosedCompany, Opening, StepAnswers};
use domain::form::{CompanyStep, Draft, StatementStep, StepCode};
use domain::identifiers::{IdentifierError, Siren, Siret};
use domain::lifecycle::{Actor, MemberRole, Refusal};
use domain::links::{Given, Origin};
use domain::registry::RegistryState;
use store::companies;
use store::declarations;
use store::memberships::{self, Holding, Proof};
use store::prepared;
use uuid::Uuid;

use super::SupplierService;
use super::drafting::keep;
use super::search::look_up;
use crate::desks::attachment;
use crate::desks::common::account_of;
use crate::desks::error::DeskError;
use crate::desks::register::closed;

/// A SIRET or a SIREN, read from what was typed.
pub(in crate::desks) enum Number {
    Siren(Siren),
    Siret(Siret),
}

impl Number {
    /// Nine digits are a SIREN; anything else is judged as a SIRET, whose errors say what is missing.
    pub(in crate::desks) fn parse(typed: &str) -> Result<Self, IdentifierError> {
        match Siren::parse(typed) {
            Ok(siren) => Ok(Self::Siren(siren)),
            Err(error) => {
                let digits = typed.chars().filter(char::is_ascii_digit).count();
                if digits <= 9 {
                    return Err(error);
                }
                Siret::parse(typed).map(Self::Siret)
            }
        }
    }

    pub(in crate::desks) fn siren(&self) -> Siren {
        match self {
            Self::Siren(siren) => siren.clone(),
            Self::Siret(siret) => siret.siren(),
        }
    }

    pub(in crate::desks) fn digits(&self) -> &str {
        match self {
            Self::Siren(siren) => siren.as_str(),
            Self::Siret(siret) => siret.as_str(),
        }
    }

    pub(in crate::desks) fn siret(&self) -> Option<&Siret> {
        match self {
            Self::Siren(_) => None,
            Self::Siret(siret) => Some(siret),
        }
    }
}

/// For whom a company is opened, and what comes along.
#[derive(Clone, Copy, Default)]
pub(in crate::desks) struct Wish<'a> {
    /// The firm or the network that the company mandated; its own people otherwise.
    pub(in crate::desks) organisation: Option<&'a str>,
    /// What a link or a prepared draft proposes.
    pub(in crate::desks) given: &'a [Given],
    pub(in crate::desks) prepared: Option<Uuid>,
}

impl SupplierService {
    /// Opens the company of a number, and fills in what is proposed; the first step that was filled in.
    pub(in crate::desks) async fn open(
        &self,
        typed: &str,
        wish: Wish<'_>,
    ) -> Result<(Opening, Option<StepCode>), DeskError> {
        let number = match Number::parse(typed) {
            Ok(number) => number,
            Err(error) => return Ok((Opening::Invalid(error), None)),
        };
        let siren = number.siren();
        let lookup = look_up(&self.0.state, &number).await;
        let closed_on = lookup.entry().and_then(|entry| entry.closed_on);
        let registry = lookup.state();
        let name = registry
            .facts()
            .and_then(|facts| facts.name.clone())
            .unwrap_or_else(|| siren.to_string());
        if let Some(facts) = registry.facts()
            && !facts.active
        {
            let company = ClosedCompany {
                siren,
                name,
                since: closed_on,
            };
            return Ok((Opening::Closed(company), None));
        }
        let fresh = self.first_answers(&number, &registry, &name);
        let (account, now) = (account_of(&self.0), self.0.now());
        let proof = if attachment::speaks_for(&self.0.identity.email, &name) {
            Proof::MailDomain
        } else {
            Proof::None
        };
        let own_domain = attachment::own_domain(&self.0.identity.email);
        let own_domain = own_domain.as_deref();
        let opening = self
            .0
            .state
            .store
            .write(async |txn| {
                companies::record(&txn, &siren, &name, &registry, now).await?;
                let held = || (Opening::HeldByAnother(siren.clone()), None);
                let origin = match wish.prepared {
                    Some(id) => match self.take(&txn, id, now).await? {
                        Some(origin) => origin,
                        None => return Ok(held()),
                    },
                    None => Origin::Link,
                };
                let holding = match wish.organisation {
                    Some(name) => memberships::prepare(&txn, &siren, account, name, now).await?,
                    None => memberships::hold(&txn, &siren, account, proof, now).await?,
                };
                let let_in = match (holding, wish.organisation, own_domain) {
                    (Holding::Yours(role), ..) => Some(role),
                    (Holding::HeldByAnother, None, Some(domain)) => {
                        memberships::joined_by_domain(&txn, &siren, account, domain, now).await?
                    }
                    (Holding::HeldByAnother, ..) => None,
                };
                let Some(role) = let_in else {
                    return Ok(held());
                };
                let last =
                    declarations::of_companies(&txn, std::slice::from_ref(&siren), 1).await?;
                if !role.can_edit() {
                    // Whoever only reads begins nothing.
                    let last = last.first().ok_or(Refusal::NotYourRole)?;
                    return Ok((Opening::Declaration(last.id), None));
                }
                let (draft, previous) = match last.first() {
                    None => (fresh.clone(), None),
                    Some(line) => match declarations::find(&txn, line.id).await? {
                        Some(record) => (renewed(record.draft), Some(line.id)),
                        None => (fresh.clone(), None),
                    },
                };
                let by = Actor::supplier(account, siren.clone(), role);
                let id = declarations::open(&txn, &siren, &draft, previous, &by, now)
                    .await?
                    .id();
                let step = self
                    .fill_in(&txn, id, (wish.given, origin), (&by, role))
                    .await?;
                if let Some(prepared) = wish.prepared {
                    prepared::opened(&txn, prepared, id).await?;
                }
                Ok::<_, DeskError>((Opening::Declaration(id), step))
            })
            .await?;
        Ok(opening)
    }

    /// A new declaration from a decided one; the open one if there is one. The register is asked first: the company may
    /// have closed since.
    pub(super) async fn reopen(&self, id: Uuid) -> Result<Opening, DeskError> {
        let (record, actor) = self.mine(id).await?;
        let can_edit = matches!(
            &actor.role,
            domain::lifecycle::ActorRole::Supplier { member, .. } if MemberRole::can_edit(*member)
        );
        if !can_edit {
            return Err(Refusal::NotYourRole.into());
        }
        let lookup = self.0.ask_register(&record.company).await;
        if let Some(company) = closed(&record.company, &lookup) {
            return Ok(Opening::Closed(company));
        }
        let (siren, now, draft) = (
            record.company.siren.clone(),
            self.0.now(),
            renewed(record.draft),
        );
        let opened = self
            .0
            .state
            .store
            .write(async |txn| {
                Ok::<_, DeskError>(
                    declarations::open(&txn, &siren, &draft, Some(id), &actor, now).await?,
                )
            })
            .await?;
        Ok(Opening::Declaration(opened.id()))
    }

    /// Before a declaration is sent: what is not certain is asked again, and a company that has closed meanwhile is told so.
    pub(super) async fn closed_since(&self, id: Uuid) -> Result<Option<ClosedCompany>, DeskError> {
        let (record, _) = self.mine(id).await?;
        if !record.declaration.status.is_editable() {
            return Ok(None);
        }
        let lookup = self.0.refresh_register(&record.company).await;
        Ok(closed(&record.company, &lookup))
    }

    pub(super) async fn set_aside(
        &self,
        id: Uuid,
        answers: StepAnswers,
    ) -> Result<Uuid, DeskError> {
        let (account, now) = (account_of(&self.0), self.0.now());
        self.0
            .state
            .store
            .write(async |txn| Ok::<_, DeskError>(keep(&txn, id, account, &answers, now).await?))
            .await
    }

    /// What the register and the account already say; nothing is asked twice.
    pub(super) fn first_answers(
        &self,
        number: &Number,
        registry: &RegistryState,
        name: &str,
    ) -> Draft {
        let facts = registry.facts();
        let siret = number
            .siret()
            .or_else(|| facts.and_then(|facts| facts.siret.as_ref()));
        let known_name = facts.and_then(|facts| facts.name.as_ref()).is_some();
        Draft {
            company: CompanyStep {
                siret: siret
                    .map(|siret| siret.as_str().to_owned())
                    .unwrap_or_default(),
                name: if known_name {
                    name.to_owned()
                } else {
                    String::new()
                },
                contact_name: self.0.identity.name.clone().unwrap_or_default(),
                contact_email: self.0.identity.email.clone(),
                ..CompanyStep::default()
            },
            ..Draft::default()
        }
    }
}

/// The answers of the last declaration, to confirm or change; the statement is sworn anew.
pub(super) fn renewed(draft: Draft) -> Draft {
    Draft {
        statement: StatementStep::default(),
        prefilled: vec![],
        ..draft
    }
}
