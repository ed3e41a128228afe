//! The people of a company, those who wait to be, and those who are invited.

use chrono::{DateTime, NaiveDate, Utc};
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use domain::people::Proof;
use uuid::Uuid;

/// The people of a company, as one of them sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleView {
    pub siren: Siren,
    pub company_name: String,
    /// Who looks.
    pub me: Uuid,
    pub manages: bool,
    /// Prepares for a company of which nobody has come yet, and may tell it so.
    pub tells: bool,
    pub people: Vec<PersonLine>,
    /// Not for everyone, as all that follows.
    pub invitations: Vec<InvitationLine>,
    pub requests: Vec<JoinLine>,
    pub domains: Vec<DomainLine>,
    /// The domain of the manager's own address, when it may be opened.
    pub own_domain: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    pub account: Uuid,
    pub name: String,
    pub email: String,
    pub role: MemberRole,
    pub proof: Proof,
    pub organisation: Option<String>,
    pub since: DateTime<Utc>,
    /// What the rules let this viewer do.
    pub may_be: Vec<MemberRole>,
    pub may_be_removed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationLine {
    pub id: Uuid,
    pub email: String,
    pub role: MemberRole,
    pub organisation: Option<String>,
    pub sent_at: DateTime<Utc>,
    pub until: NaiveDate,
    pub expired: bool,
}

/// Somebody asks the managers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinLine {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub role: MemberRole,
    pub organisation: Option<String>,
    pub message: String,
    pub asked_at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainLine {
    pub domain: String,
    pub role: MemberRole,
    pub since: DateTime<Utc>,
}

/// An invitation, as the person of its address sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationView {
    pub id: Uuid,
    pub siren: Siren,
    pub company_name: String,
    pub role: MemberRole,
    pub organisation: Option<String>,
    pub message: String,
    pub by_name: String,
    pub by_email: String,
    /// A third party, of the `organisation`, tells its client that it prepares for it.
    pub by_firm: bool,
    pub until: NaiveDate,
    pub state: InvitationState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationState {
    Open,
    /// By this person.
    Accepted,
    Declined,
    Revoked,
    Expired,
    /// Written to another address than that of the account: nothing else is told.
    OtherAddress,
}

/// Where a person stands with a company that they want to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoiningView {
    pub siren: Siren,
    pub company_name: String,
    pub standing: Standing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Of the company already.
    Member(MemberRole),
    /// Nobody holds it: it is opened, not joined. `prepared` says that a third party prepares for it.
    Free {
        prepared: bool,
    },
    /// Somebody does: it may be asked. `managed` says whether somebody of the company can answer.
    Held {
        managed: bool,
    },
    Waiting(Waiting),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub since: DateTime<Utc>,
    /// When the buyer is asked too; past when it was.
    pub buyer_from: DateTime<Utc>,
    pub buyer_asked: bool,
    /// The letter that carries a code, and until when that may be typed.
    pub letter: Option<NaiveDate>,
}
