//! The desk of the people of companies: who is of one, who asks, who is invited, who goes.

mod acts;
mod invitations;
mod joining;
mod reading;

use app::desk::{Answer, InvitationAnswer, JoinAsked, Opening, PeopleAct, PeopleDesk};
use app::views::{InvitationView, JoiningView, PeopleView, Typed};
use async_trait::async_trait;
use domain::identifiers::Siren;
use domain::people::{LONGEST_MESSAGE, LONGEST_ORGANISATION, PeopleProblem};
use uuid::Uuid;

use super::common::Desk;
use super::error::DeskError;

pub(super) struct PeopleService(pub(super) Desk);

impl PeopleService {
    /// Ends an act that may have written letters.
    fn done<T>(&self, result: Result<T, DeskError>) -> Answer<T> {
        self.0.nudge();
        self.0.settle(result)
    }
}

#[async_trait]
impl PeopleDesk for PeopleService {
    async fn people(&self, siren: &Siren) -> Answer<PeopleView> {
        self.0.settle(self.read_people(siren).await)
    }

    async fn change_people(&self, siren: &Siren, act: PeopleAct) -> Answer<Option<PeopleProblem>> {
        self.done(self.change(siren, act).await.map(Result::err))
    }

    async fn invitation(&self, id: Uuid) -> Answer<InvitationView> {
        self.0.settle(self.read_invitation(id).await)
    }

    async fn answer_invitation(&self, id: Uuid, accept: bool) -> Answer<InvitationAnswer> {
        self.done(self.answer(id, accept).await)
    }

    async fn joining(&self, siren: &Siren) -> Answer<JoiningView> {
        self.0.settle(self.read_joining(siren).await)
    }

    async fn ask_to_join(&self, siren: &Siren, asked: JoinAsked) -> Answer<Option<PeopleProblem>> {
        self.done(self.ask(siren, asked).await.map(Result::err))
    }

    async fn ask_the_buyer(&self, siren: &Siren) -> Answer<()> {
        self.done(self.escalate(siren).await)
    }

    async fn type_letter_code(&self, siren: &Siren, code: &str) -> Answer<Option<PeopleProblem>> {
        self.done(self.type_code(siren, code).await.map(Result::err))
    }

    async fn prepare_for(
        &self,
        number: &str,
        organisation: &str,
    ) -> Answer<Result<Opening, Vec<PeopleProblem>>> {
        self.done(self.prepare(number, organisation).await)
    }

    async fn keep_form(&self, form: &str, typed: Typed) -> Answer<Uuid> {
        self.0.settle(self.0.keep_form(form, &typed).await)
    }

    async fn kept_form(&self, form: &str, copy: Uuid) -> Answer<Option<Typed>> {
        self.0.settle(self.0.kept_form(form, copy).await)
    }
}

/// The name of an organisation as typed: one line, neither empty nor endless.
fn organisation(typed: &str) -> Result<String, PeopleProblem> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let name = words.join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_ORGANISATION {
        return Err(PeopleProblem::Organisation);
    }
    Ok(name)
}

fn message(typed: &str) -> Result<String, PeopleProblem> {
    let text = typed.trim();
    if text.chars().count() > LONGEST_MESSAGE {
        return Err(PeopleProblem::Message);
    }
    Ok(text.to_owned())
}
