//! The desk of the people of companies: joining one, inviting to it, changing roles, leaving.

use async_trait::async_trait;
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use domain::people::PeopleProblem;
use uuid::Uuid;

use super::{Answer, Opening};
use crate::views::{InvitationView, JoiningView, PeopleView, Typed};

/// What a manager does to the people of a company, or a member to themself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleAct {
    /// `email` as typed.
    Invite {
        email: String,
        role: Option<MemberRole>,
        organisation: String,
        message: String,
    },
    /// Sends the mail of an open invitation again.
    InviteAgain {
        invitation: Uuid,
    },
    Revoke {
        invitation: Uuid,
    },
    ChangeRole {
        account: Uuid,
        role: Option<MemberRole>,
    },
    Remove {
        account: Uuid,
    },
    /// Lets a person in who asked, with this role, or not.
    Decide {
        request: Uuid,
        role: Option<MemberRole>,
    },
    /// Lets the addresses of the manager's own domain in without asking.
    OpenDomain {
        role: Option<MemberRole>,
    },
    CloseDomain {
        domain: String,
    },
    Leave,
}

/// What a person asks who wants to join.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinAsked {
    pub role: Option<MemberRole>,
    /// The name of the firm or the network when the person works for another organisation.
    pub third_party: bool,
    pub organisation: String,
    pub message: String,
}

/// What became of an answer to an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationAnswer {
    Joined(Siren),
    Declined,
    /// Answered otherwise, withdrawn or expired: its page says which.
    Over,
    /// The company is held by somebody else meanwhile: it is asked as anyone asks.
    Held(Siren),
}

/// For a signed-in supplier. A company of which the person is not is `NotFound`, except to ask to join it.
#[async_trait]
pub trait PeopleDesk: Send + Sync {
    async fn people(&self, siren: &Siren) -> Answer<PeopleView>;
    /// `None` when it is done, otherwise why it is not.
    async fn change_people(&self, siren: &Siren, act: PeopleAct) -> Answer<Option<PeopleProblem>>;
    async fn invitation(&self, id: Uuid) -> Answer<InvitationView>;
    async fn answer_invitation(&self, id: Uuid, accept: bool) -> Answer<InvitationAnswer>;
    /// Where the person stands with a company that they want to join.
    async fn joining(&self, siren: &Siren) -> Answer<JoiningView>;
    async fn ask_to_join(&self, siren: &Siren, asked: JoinAsked) -> Answer<Option<PeopleProblem>>;
    /// Does not wait for the managers any more.
    async fn ask_the_buyer(&self, siren: &Siren) -> Answer<()>;
    /// The code of the letter, as typed.
    async fn type_letter_code(&self, siren: &Siren, code: &str) -> Answer<Option<PeopleProblem>>;
    /// Opens a company for a mandated third party, which prepares for it; otherwise all that is wrong, in the order of the
    /// fields.
    async fn prepare_for(
        &self,
        number: &str,
        organisation: &str,
    ) -> Answer<Result<Opening, Vec<PeopleProblem>>>;
    /// Keeps aside, for an hour and for their author alone, the words of a form of this name.
    async fn keep_form(&self, form: &str, typed: Typed) -> Answer<Uuid>;
    async fn kept_form(&self, form: &str, copy: Uuid) -> Answer<Option<Typed>>;
}
