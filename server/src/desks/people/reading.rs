//! The people of a company, as one of them sees them: what each line offers is what the rules allow.

use app::views::{DomainLine, InvitationLine, JoinLine, PeopleView, PersonLine};
use domain::civil::paris_day;
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use domain::people::{self as rules, Person, Proof};
use store::accounts::Account;
use store::{companies, memberships};
use uuid::Uuid;

use super::PeopleService;
use crate::desks::attachment::own_domain;
use crate::desks::common::{account_of, not_found};
use crate::desks::error::DeskError;

impl PeopleService {
    pub(super) async fn read_people(&self, siren: &Siren) -> Result<PeopleView, DeskError> {
        let (db, me, now) = (self.0.state.store.read(), account_of(&self.0), self.0.now());
        let members = memberships::of_company(db, siren).await?;
        let people = memberships::people(&members);
        not_found(people.iter().find(|person| person.account == me))?;
        let company = not_found(companies::by_siren(db, siren).await?)?;
        let mut view = PeopleView {
            siren: siren.clone(),
            company_name: company.name,
            me,
            manages: rules::manage(&people, me).is_ok(),
            tells: rules::invite(&people, me) == Ok(Proof::None),
            people: members
                .iter()
                .filter(|(_, account)| account.disabled_at.is_none())
                .map(|(member, account)| line(member, account, &people, me))
                .collect(),
            invitations: vec![],
            requests: vec![],
            domains: vec![],
            own_domain: None,
        };
        if !view.manages && !view.tells {
            return Ok(view);
        }
        view.invitations = memberships::invitations_of(db, siren)
            .await?
            .into_iter()
            .map(|one| InvitationLine {
                expired: !one.is_open(now),
                id: one.id,
                email: one.email,
                role: one.role,
                organisation: one.organisation,
                sent_at: one.created_at,
                until: paris_day(one.expires_at),
            })
            .collect();
        if !view.manages {
            return Ok(view);
        }
        view.requests = memberships::waiting_of(db, siren)
            .await?
            .into_iter()
            .map(|asked| JoinLine {
                id: asked.id,
                name: asked.account.name,
                email: asked.account.email,
                role: asked.role,
                organisation: asked.organisation,
                message: asked.message,
                asked_at: asked.created_at,
            })
            .collect();
        view.domains = memberships::domains(db, siren)
            .await?
            .into_iter()
            .map(|one| DomainLine {
                domain: one.domain,
                role: one.role,
                since: one.opened_at,
            })
            .collect();
        view.own_domain = own_domain(&self.0.identity.email)
            .filter(|own| view.domains.iter().all(|open| open.domain != *own));
        Ok(view)
    }
}

fn line(
    member: &memberships::Membership,
    account: &Account,
    people: &[Person],
    me: Uuid,
) -> PersonLine {
    let may_be = MemberRole::ALL
        .into_iter()
        .filter(|role| *role != member.role)
        .filter(|role| rules::change_role(people, me, member.account, *role).is_ok())
        .collect();
    PersonLine {
        account: member.account,
        name: account.name.clone(),
        email: account.email.clone(),
        role: member.role,
        proof: member.proof,
        organisation: member.organisation.clone(),
        since: member.created_at,
        may_be,
        may_be_removed: rules::remove(people, me, member.account).is_ok(),
    }
}
