//! People who ask to join a company that somebody else opened first: decided by an agent, or proved by a letter to the seat.

use std::collections::HashMap;

use app::error::AppError;
use app::views::{AttachmentRequest, LetterView, Typed};
use domain::attestation::ShortCode;
use domain::civil::paris_day;
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use domain::people::LETTER_LIFE;
use domain::registry::RegistryState;
use store::memberships::{self, Decider, Letter};
use uuid::Uuid;

use super::BuyerService;
use crate::desks::attachment::same_domain;
use crate::desks::common::{account_of, not_found};
use crate::desks::error::DeskError;
use crate::keys::{self, Purpose};

/// The people in place, as the page of requests shows them.
#[derive(Default)]
struct InPlace {
    emails: Vec<String>,
    managed: bool,
}

impl BuyerService {
    pub(super) async fn read_requests(&self) -> Result<Vec<AttachmentRequest>, DeskError> {
        let db = self.0.state.store.read();
        let waiting = memberships::waiting(db, self.0.now()).await?;
        let sirens: Vec<Siren> = waiting
            .iter()
            .map(|asked| asked.company.siren.clone())
            .collect();
        let mut in_place: HashMap<Siren, InPlace> = HashMap::new();
        for (membership, account) in memberships::of_companies(db, &sirens).await? {
            let place = in_place.entry(membership.siren).or_default();
            place.managed |=
                membership.role == MemberRole::Manager && account.disabled_at.is_none();
            place.emails.push(account.email);
        }
        Ok(waiting
            .into_iter()
            .map(|asked| {
                let place = in_place.get(&asked.company.siren);
                let holder_emails = place.map(|place| place.emails.clone()).unwrap_or_default();
                AttachmentRequest {
                    id: asked.id,
                    same_domain: holder_emails
                        .iter()
                        .any(|email| same_domain(email, &asked.account.email)),
                    address: seat(&asked.company.name, &asked.company.registry),
                    siren: asked.company.siren,
                    company_name: asked.company.name,
                    email: asked.account.email,
                    holder_emails,
                    asked_at: asked.created_at,
                    role: asked.role,
                    organisation: asked.organisation,
                    message: asked.message,
                    managed: place.is_some_and(|place| place.managed),
                }
            })
            .collect())
    }

    /// Where nobody manages the company any more, who is let in does; a third party excepted.
    pub(super) async fn decide_request(
        &self,
        request: Uuid,
        accept: bool,
    ) -> Result<(), DeskError> {
        let (by, now) = (Decider::Agent(account_of(&self.0)), self.0.now());
        self.0
            .state
            .store
            .write(async |txn| {
                let asked = not_found(memberships::request(&txn, request).await?)?;
                let people = memberships::lock_people(&txn, &asked.company.siren).await?;
                let managed = people.iter().any(|one| one.role == MemberRole::Manager);
                let role = if managed || asked.organisation.is_some() {
                    asked.role
                } else {
                    MemberRole::Manager
                };
                memberships::decide(&txn, request, accept.then_some(role), by, now).await?;
                Ok::<_, DeskError>(())
            })
            .await
    }

    /// The code is known to the printed letter and to nobody else: its hash is kept, and the letter for an hour, sealed.
    pub(super) async fn write_letter(
        &self,
        request: Uuid,
        address: &str,
    ) -> Result<Uuid, DeskError> {
        let bytes = keys::random().map_err(std::io::Error::other)?;
        let code = ShortCode::from_random(bytes);
        let letter = Letter {
            request,
            code: self
                .0
                .state
                .keys
                .digest(Purpose::Letter, code.as_str().as_bytes()),
            address: address.to_owned(),
            by: account_of(&self.0),
        };
        let now = self.0.now();
        self.0
            .state
            .store
            .write(async |txn| {
                Ok::<_, DeskError>(memberships::make_letter(&txn, letter.clone(), now).await?)
            })
            .await?;
        let kept = Typed {
            problem: String::new(),
            fields: [
                ("code".to_owned(), code.grouped()),
                ("address".to_owned(), address.to_owned()),
            ]
            .into(),
        };
        self.0.keep_form(&form(request), &kept).await
    }

    pub(super) async fn read_letter(
        &self,
        request: Uuid,
        copy: Uuid,
    ) -> Result<LetterView, DeskError> {
        let db = self.0.state.store.read();
        let asked = not_found(memberships::request(db, request).await?)?;
        let kept = self.0.kept_form(&form(request), copy).await?;
        let kept = kept.ok_or(DeskError::App(AppError::NotFound))?;
        Ok(LetterView {
            siren: asked.company.siren,
            company_name: asked.company.name,
            address: kept.get("address").to_owned(),
            person: asked.account.email,
            code: kept.get("code").to_owned(),
            until: paris_day(self.0.now() + LETTER_LIFE),
        })
    }
}

/// The name under which the letter of a request is kept.
fn form(request: Uuid) -> String {
    format!("letter:{request}")
}

/// The lines of an envelope; empty when the register knows no address.
fn seat(name: &str, registry: &RegistryState) -> String {
    match registry.facts().and_then(|facts| facts.address.as_ref()) {
        Some(address) => format!("{name}\n{address}"),
        None => String::new(),
    }
}
