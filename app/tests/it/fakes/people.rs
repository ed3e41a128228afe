//! The people of a company as a test puts them.

use app::desk::{Answer, InvitationAnswer, JoinAsked, Opening, PeopleAct, PeopleDesk};
use app::error::AppError;
use app::views::{
    DomainLine, InvitationLine, InvitationState, InvitationView, JoinLine, JoiningView, PeopleView,
    PersonLine, Standing, Typed,
};
use async_trait::async_trait;
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use domain::people::{PeopleProblem, Proof};
use uuid::Uuid;

use super::supplier::{Fake, at, id, siren};

/// What the desk of people answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct FakePeople {
    pub(crate) people: Option<PeopleView>,
    pub(crate) joining: Option<JoiningView>,
    pub(crate) invitation: Option<InvitationView>,
    pub(crate) answer: Option<InvitationAnswer>,
    pub(crate) problem: Option<PeopleProblem>,
}

pub(crate) fn person(number: u128, name: &str, role: MemberRole) -> PersonLine {
    PersonLine {
        account: id(number),
        name: name.to_owned(),
        email: format!("personne{number}@calanques.example"),
        role,
        proof: Proof::Member,
        organisation: None,
        since: at("2026-01-05T09:00:00Z"),
        may_be: MemberRole::ALL
            .into_iter()
            .filter(|other| *other != role)
            .collect(),
        may_be_removed: true,
    }
}

/// A company with everything that a manager may see.
pub(crate) fn people() -> PeopleView {
    PeopleView {
        siren: siren(),
        company_name: "Atelier des Calanques".to_owned(),
        me: id(100),
        manages: true,
        people: vec![
            person(100, "Anne Martin", MemberRole::Manager),
            person(101, "<b>Bob</b>", MemberRole::Editor),
            PersonLine {
                organisation: Some("Cabinet <Durand>".to_owned()),
                proof: Proof::Letter,
                may_be: vec![MemberRole::Reader],
                ..person(102, "", MemberRole::Editor)
            },
        ],
        tells: false,
        invitations: vec![invited(60, false), invited(61, true)],
        requests: vec![JoinLine {
            id: id(70),
            name: "Chloé".to_owned(),
            email: "chloe@calanques.example".to_owned(),
            role: MemberRole::Signatory,
            organisation: Some("Réseau Insertion".to_owned()),
            message: "Je prépare vos <dossiers>.".to_owned(),
            asked_at: at("2026-03-03T13:05:00Z"),
        }],
        domains: vec![DomainLine {
            domain: "atelier.example".to_owned(),
            role: MemberRole::Reader,
            since: at("2026-03-03T13:05:00Z"),
        }],
        own_domain: Some("calanques.example".to_owned()),
    }
}

fn invited(number: u128, expired: bool) -> InvitationLine {
    InvitationLine {
        id: id(number),
        email: format!("invitee{number}@calanques.example"),
        role: MemberRole::Editor,
        organisation: None,
        sent_at: at("2026-03-03T13:05:00Z"),
        until: at("2026-04-02T13:05:00Z").date_naive(),
        expired,
    }
}

pub(crate) fn joining(standing: Standing) -> JoiningView {
    JoiningView {
        siren: siren(),
        company_name: "Atelier des Calanques".to_owned(),
        standing,
    }
}

pub(crate) fn invitation(state: InvitationState) -> InvitationView {
    InvitationView {
        id: id(60),
        siren: siren(),
        company_name: "Atelier des Calanques".to_owned(),
        role: MemberRole::Editor,
        organisation: None,
        message: "Bienvenue <chez> nous".to_owned(),
        by_name: "Anne Martin".to_owned(),
        by_email: "anne.martin@calanques.example".to_owned(),
        by_firm: false,
        until: at("2026-04-02T13:05:00Z").date_naive(),
        state,
    }
}

#[async_trait]
impl PeopleDesk for Fake {
    async fn people(&self, _: &Siren) -> Answer<PeopleView> {
        self.people.people.clone().ok_or(AppError::NotFound)
    }

    async fn change_people(&self, siren: &Siren, act: PeopleAct) -> Answer<Option<PeopleProblem>> {
        self.note(format!("{siren} {act:?}"));
        Ok(self.people.problem)
    }

    async fn invitation(&self, _: Uuid) -> Answer<InvitationView> {
        self.people.invitation.clone().ok_or(AppError::NotFound)
    }

    async fn answer_invitation(&self, id: Uuid, accept: bool) -> Answer<InvitationAnswer> {
        self.note(format!("answer {id} {accept}"));
        self.people.answer.clone().ok_or(AppError::NotFound)
    }

    async fn joining(&self, _: &Siren) -> Answer<JoiningView> {
        self.people.joining.clone().ok_or(AppError::NotFound)
    }

    async fn ask_to_join(&self, siren: &Siren, asked: JoinAsked) -> Answer<Option<PeopleProblem>> {
        self.note(format!("{siren} {asked:?}"));
        Ok(self.people.problem)
    }

    async fn ask_the_buyer(&self, siren: &Siren) -> Answer<()> {
        self.note(format!("buyer {siren}"));
        Ok(())
    }

    async fn type_letter_code(&self, siren: &Siren, code: &str) -> Answer<Option<PeopleProblem>> {
        self.note(format!("{siren} code {code}"));
        Ok(self.people.problem)
    }

    async fn prepare_for(
        &self,
        number: &str,
        organisation: &str,
    ) -> Answer<Result<Opening, Vec<PeopleProblem>>> {
        self.note(format!("prepare {number} {organisation}"));
        Ok(match self.people.problem {
            Some(problem) => Err(vec![PeopleProblem::Number, problem]),
            None => Ok(self.opening.clone()),
        })
    }

    async fn keep_form(&self, form: &str, typed: Typed) -> Answer<Uuid> {
        self.note(format!("keep {form}"));
        *self.typed.lock().unwrap() = Some(typed);
        Ok(id(90))
    }

    async fn kept_form(&self, _: &str, _: Uuid) -> Answer<Option<Typed>> {
        Ok(self.typed.lock().unwrap().clone())
    }
}
