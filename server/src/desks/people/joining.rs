//! Joining a company that somebody else follows: asked of its managers, then of the buyer, or proved by a letter.

use app::desk::{JoinAsked, Opening};
use app::views::{JoiningView, Standing, Waiting};
use domain::attestation::ShortCode;
use domain::civil::paris_day;
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use domain::people::PeopleProblem;
use store::companies;
use store::memberships::{self, NewRequest};

use super::{PeopleService, message, organisation};
use crate::desks::common::{account_of, not_found};
use crate::desks::error::DeskError;
use crate::desks::supplier::{Number, SupplierService, Wish};
use crate::keys::Purpose;

impl PeopleService {
    pub(super) async fn read_joining(&self, siren: &Siren) -> Result<JoiningView, DeskError> {
        let (db, me, now) = (self.0.state.store.read(), account_of(&self.0), self.0.now());
        let company = not_found(companies::by_siren(db, siren).await?)?;
        let members = memberships::of_company(db, siren).await?;
        let people = memberships::people(&members);
        let mine = people.iter().find(|person| person.account == me);
        let standing = if let Some(mine) = mine {
            Standing::Member(mine.role)
        } else if let Some(asked) = memberships::asked_for(db, me, siren).await? {
            let buyer_from = asked.buyer_from.unwrap_or(asked.created_at);
            Standing::Waiting(Waiting {
                since: asked.created_at,
                buyer_from,
                buyer_asked: buyer_from <= now,
                letter: asked
                    .letter_until
                    .filter(|until| *until > now)
                    .map(paris_day),
            })
        } else if memberships::is_free(db, siren, &members).await? {
            Standing::Free {
                prepared: !members.is_empty(),
            }
        } else {
            let managed = people
                .iter()
                .any(|person| person.role == MemberRole::Manager);
            Standing::Held { managed }
        };
        Ok(JoiningView {
            siren: siren.clone(),
            company_name: company.name,
            standing,
        })
    }

    pub(super) async fn ask(
        &self,
        siren: &Siren,
        asked: JoinAsked,
    ) -> Result<Result<(), PeopleProblem>, DeskError> {
        let new = match self.request(siren, &asked) {
            Ok(new) => new,
            Err(problem) => return Ok(Err(problem)),
        };
        let (db, me, now) = (self.0.state.store.read(), account_of(&self.0), self.0.now());
        not_found(companies::by_siren(db, siren).await?)?;
        self.0
            .state
            .store
            .write(async |txn| {
                companies::lock(&txn, siren).await?;
                if memberships::role_of(&txn, me, siren).await?.is_some() {
                    return Ok(Err(PeopleProblem::AlreadyHere));
                }
                memberships::ask(&txn, new.clone(), now).await?;
                Ok::<_, DeskError>(Ok(()))
            })
            .await
    }

    fn request(&self, siren: &Siren, asked: &JoinAsked) -> Result<NewRequest, PeopleProblem> {
        let third = if asked.third_party {
            Some(organisation(&asked.organisation)?)
        } else {
            None
        };
        let role = match (asked.role, &third) {
            (None, None) => return Err(PeopleProblem::Role),
            (Some(role), None) => role,
            // A third party prepares; what it reads comes with it.
            (_, Some(_)) => MemberRole::Editor,
        };
        Ok(NewRequest {
            siren: siren.clone(),
            account: account_of(&self.0),
            role,
            organisation: third,
            message: message(&asked.message)?,
        })
    }

    pub(super) async fn escalate(&self, siren: &Siren) -> Result<(), DeskError> {
        let (me, now) = (account_of(&self.0), self.0.now());
        self.0
            .state
            .store
            .write(async |txn| {
                Ok::<_, DeskError>(memberships::ask_the_buyer(&txn, siren, me, now).await?)
            })
            .await
    }

    pub(super) async fn type_code(
        &self,
        siren: &Siren,
        typed: &str,
    ) -> Result<Result<(), PeopleProblem>, DeskError> {
        // A typing error costs no try.
        let Ok(code) = ShortCode::parse(typed) else {
            return Ok(Err(PeopleProblem::WrongCode));
        };
        let hash = self
            .0
            .state
            .keys
            .digest(Purpose::Letter, code.as_str().as_bytes());
        let (me, now) = (account_of(&self.0), self.0.now());
        self.0
            .state
            .store
            .write(async |txn| {
                let done = memberships::type_code(&txn, siren, me, hash, now).await?;
                Ok::<_, DeskError>(done.map(|_| ()))
            })
            .await
    }

    /// Opens a company for a third party: its draft when nobody holds it, otherwise the page where it is asked.
    pub(super) async fn prepare(
        &self,
        number: &str,
        typed: &str,
    ) -> Result<Result<Opening, Vec<PeopleProblem>>, DeskError> {
        let number_wrong = Number::parse(number).err().map(|_| PeopleProblem::Number);
        let name = match organisation(typed) {
            Ok(name) if number_wrong.is_none() => name,
            name => return Ok(Err(number_wrong.into_iter().chain(name.err()).collect())),
        };
        let desk = SupplierService(self.0.clone());
        let wish = Wish {
            organisation: Some(&name),
            ..Wish::default()
        };
        desk.open(number, wish)
            .await
            .map(|(opening, _)| Ok(opening))
    }
}
