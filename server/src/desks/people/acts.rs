//! What a manager does to the people of a company, and how one leaves it.

use app::desk::PeopleAct;
use domain::identifiers::Siren;
use domain::lifecycle::{Actor, Command, MemberRole, Status};
use domain::people::{self as rules, PeopleProblem, Proof};
use store::memberships::{self, Decider, NewInvitation};
use store::{StoreError, Txn, declarations};
use uuid::Uuid;

use super::{PeopleService, message, organisation};
use crate::desks::attachment::own_domain;
use crate::desks::common::{account_of, decide_and_apply, not_found};
use crate::desks::error::DeskError;
use crate::sign_in::email;

type Done = Result<(), PeopleProblem>;

impl PeopleService {
    pub(super) async fn change(&self, siren: &Siren, act: PeopleAct) -> Result<Done, DeskError> {
        let (me, now) = (account_of(&self.0), self.0.now());
        self.0
            .state
            .store
            .write(async |txn| {
                // A stranger learns nothing, not even that the company is here.
                not_found(memberships::role_of(&txn, me, siren).await?)?;
                match &act {
                    PeopleAct::Leave => return self.leave(&txn, siren).await,
                    PeopleAct::ChangeRole { account, role } => {
                        let Some(role) = *role else {
                            return Ok(Err(PeopleProblem::Role));
                        };
                        let done =
                            memberships::change_role(&txn, siren, me, *account, role, now).await?;
                        return Ok(done);
                    }
                    PeopleAct::Remove { account } if *account == me => {
                        return self.leave(&txn, siren).await;
                    }
                    PeopleAct::Remove { account } => {
                        return Ok(memberships::remove(&txn, siren, me, *account, now).await?);
                    }
                    _ => {}
                }
                let people = memberships::lock_people(&txn, siren).await?;
                let allowed = match &act {
                    PeopleAct::Invite { .. }
                    | PeopleAct::InviteAgain { .. }
                    | PeopleAct::Revoke { .. } => rules::invite(&people, me),
                    _ => rules::manage(&people, me).map(|_| Proof::Member),
                };
                match allowed {
                    Ok(proof) => self.manage(&txn, siren, &act, proof).await,
                    Err(problem) => Ok(Err(problem)),
                }
            })
            .await
    }

    /// What not everybody does: the caller has checked that they may. `proof` is what an invitation of theirs proves.
    async fn manage(
        &self,
        txn: &Txn,
        siren: &Siren,
        act: &PeopleAct,
        proof: Proof,
    ) -> Result<Done, DeskError> {
        let (me, now) = (account_of(&self.0), self.0.now());
        let ok = |done: bool| {
            if done {
                Ok(())
            } else {
                Err(PeopleProblem::Gone)
            }
        };
        Ok(match act {
            PeopleAct::Invite { .. } => {
                let firm = match proof {
                    Proof::None => memberships::firm_of(txn, siren, me).await?,
                    _ => None,
                };
                match self.invitation_of(siren, act, firm) {
                    Ok(new) => memberships::invite(txn, new, now).await?.map(|_| ()),
                    Err(problem) => Err(problem),
                }
            }
            PeopleAct::InviteAgain { invitation } => {
                self.invite_again(txn, siren, *invitation).await?
            }
            PeopleAct::Revoke { invitation } => {
                ok(memberships::revoke(txn, siren, *invitation, me, now).await?)
            }
            PeopleAct::Decide { request, role } => self.decide(txn, siren, *request, *role).await?,
            PeopleAct::OpenDomain { role } => {
                let role =
                    role.filter(|role| matches!(role, MemberRole::Editor | MemberRole::Reader));
                match (own_domain(&self.0.identity.email), role) {
                    (None, _) => Err(PeopleProblem::Domain),
                    (_, None) => Err(PeopleProblem::Role),
                    (Some(own), Some(role)) => {
                        memberships::open_domain(txn, siren, &own, role, me, now).await?;
                        Ok(())
                    }
                }
            }
            PeopleAct::CloseDomain { domain } => {
                ok(memberships::close_domain(txn, siren, domain, me, now).await?)
            }
            PeopleAct::ChangeRole { .. } | PeopleAct::Remove { .. } | PeopleAct::Leave => Ok(()),
        })
    }

    fn invitation_of(
        &self,
        siren: &Siren,
        act: &PeopleAct,
        firm: Option<String>,
    ) -> Result<NewInvitation, PeopleProblem> {
        let PeopleAct::Invite {
            email: typed,
            role,
            organisation: third,
            message: words,
        } = act
        else {
            return Err(PeopleProblem::Gone);
        };
        let email = email::normalize(typed).ok_or(PeopleProblem::Address)?;
        if firm.is_some() {
            // Whoever comes holds the company as anyone holds one.
            return Ok(NewInvitation {
                siren: siren.clone(),
                email,
                role: MemberRole::Editor,
                organisation: firm,
                message: message(words)?,
                language: self.0.identity.lang.tag().to_owned(),
                by: account_of(&self.0),
                proof: Proof::None,
            });
        }
        let role = role.ok_or(PeopleProblem::Role)?;
        let third = if third.trim().is_empty() {
            None
        } else {
            Some(organisation(third)?)
        };
        if third.is_some() && !matches!(role, MemberRole::Editor | MemberRole::Reader) {
            return Err(PeopleProblem::ThirdParty);
        }
        Ok(NewInvitation {
            siren: siren.clone(),
            email,
            role,
            organisation: third,
            message: message(words)?,
            language: self.0.identity.lang.tag().to_owned(),
            by: account_of(&self.0),
            proof: Proof::Member,
        })
    }

    async fn invite_again(
        &self,
        txn: &Txn,
        siren: &Siren,
        invitation: Uuid,
    ) -> Result<Done, DeskError> {
        let found = memberships::invitation(txn, invitation)
            .await?
            .filter(|found| found.company.siren == *siren && found.ended.is_none());
        let Some(found) = found else {
            return Ok(Err(PeopleProblem::Gone));
        };
        let again = NewInvitation {
            siren: siren.clone(),
            email: found.email,
            role: found.role,
            organisation: found.organisation,
            message: found.message,
            language: found.language,
            by: account_of(&self.0),
            proof: found.proof,
        };
        let now = self.0.now();
        Ok(match memberships::invite(txn, again, now).await? {
            Ok(invited) if invited.mailed => Ok(()),
            Ok(_) => Err(PeopleProblem::TooSoon),
            Err(problem) => Err(problem),
        })
    }

    async fn decide(
        &self,
        txn: &Txn,
        siren: &Siren,
        request: Uuid,
        role: Option<MemberRole>,
    ) -> Result<Done, DeskError> {
        let asked = memberships::request(txn, request)
            .await?
            .filter(|asked| asked.company.siren == *siren);
        let Some(asked) = asked else {
            return Ok(Err(PeopleProblem::Gone));
        };
        if asked.organisation.is_some()
            && role.is_some_and(|role| !matches!(role, MemberRole::Editor | MemberRole::Reader))
        {
            return Ok(Err(PeopleProblem::ThirdParty));
        }
        let by = Decider::Manager(account_of(&self.0));
        match memberships::decide(txn, request, role, by, self.0.now()).await {
            Ok(_) => Ok(Ok(())),
            Err(StoreError::NotFound) => Ok(Err(PeopleProblem::Gone)),
            Err(error) => Err(error.into()),
        }
    }

    /// Goes; the last one takes along what was never sent, which the next person must not find.
    async fn leave(&self, txn: &Txn, siren: &Siren) -> Result<Done, DeskError> {
        let (me, now) = (account_of(&self.0), self.0.now());
        let people = memberships::lock_people(txn, siren).await?;
        let role = people
            .iter()
            .find(|person| person.account == me)
            .map(|person| person.role);
        let alone = people.len() == 1;
        if let (true, Some(role)) = (alone, role) {
            self.discard_drafts(txn, siren, role).await?;
        }
        Ok(memberships::leave(txn, siren, me, now).await?)
    }

    async fn discard_drafts(
        &self,
        txn: &Txn,
        siren: &Siren,
        role: MemberRole,
    ) -> Result<(), DeskError> {
        let (me, now) = (account_of(&self.0), self.0.now());
        let lines = declarations::of_companies(txn, std::slice::from_ref(siren), 20).await?;
        let Some(open) = lines.iter().find(|line| line.status == Status::Draft) else {
            return Ok(());
        };
        // Whoever could only read leaves it as it is: nobody can come in without a proof where something was sent.
        if !role.can_edit() {
            return Ok(());
        }
        let record = declarations::lock(txn, open.id, None).await?;
        let by = Actor::supplier(me, siren.clone(), role);
        decide_and_apply(
            txn,
            &record,
            &Command::Discard,
            &by,
            now,
            self.0.request_id().as_deref(),
            None,
        )
        .await?;
        Ok(())
    }
}
