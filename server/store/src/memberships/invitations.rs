//! Invitations to a company: made, made again, withdrawn, and answered once by a signed-in account of the address.
//!
//! Invariant: the link is no secret. Only an account whose proved address is that of the invitation may read or answer it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    identifiers::Siren,
    lifecycle::MemberRole,
    people::{
        INVITATION_LIFE, INVITED_AGAIN_AFTER, MOST_INVITATIONS, MOST_INVITED_A_DAY, PeopleProblem,
        Proof,
    },
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{Place, attach, is_manager, members, of_company};
use crate::{
    accounts::Account,
    audit::Entry,
    companies::{self, Company},
    effects::{self, About},
    entities::{
        account, company,
        invitation::{ActiveModel, Column, Entity, Model},
    },
    error::StoreError,
    ids::{new_id, stamp},
    stored,
    txn::Txn,
};

/// Who is invited, as what, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    pub siren: Siren,
    /// In its normal form.
    pub email: String,
    pub role: MemberRole,
    /// The firm of a third party that is invited, or that tells its client.
    pub organisation: Option<String>,
    pub message: String,
    /// `fr` or `en`: the language of who invites.
    pub language: String,
    pub by: Uuid,
    /// What the attachment will be proved by: `Member`, or `None` when a third party tells its client.
    pub proof: Proof,
}

/// An invitation that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invited {
    pub id: Uuid,
    /// Its mail goes now; it went a moment ago otherwise.
    pub mailed: bool,
}

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Accepted,
    Declined,
    Revoked,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    pub id: Uuid,
    pub company: Company,
    pub email: String,
    pub role: MemberRole,
    pub organisation: Option<String>,
    pub message: String,
    pub language: String,
    pub by: Account,
    pub proof: Proof,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ended: Option<(Outcome, DateTime<Utc>, Uuid)>,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The person is of the company now, or has declined.
    Done,
    /// A third party told its client: the company is to be held as anyone holds one.
    HoldIt,
    /// Answered otherwise, withdrawn or expired.
    Over,
}

impl Outcome {
    const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Accepted, Self::Declined, Self::Revoked]
            .into_iter()
            .find(|outcome| outcome.code() == code)
    }
}

impl Invitation {
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.ended.is_none() && self.expires_at > now
    }

    fn read(row: Model, company: company::Model, by: account::Model) -> Result<Self, StoreError> {
        let ended = match (row.outcome, row.ended_at, row.ended_by) {
            (Some(outcome), Some(at), Some(by)) => {
                let outcome = Outcome::from_code(&outcome)
                    .ok_or_else(|| StoreError::corrupt("invitations.outcome"))?;
                Some((outcome, at, by))
            }
            _ => None,
        };
        Ok(Self {
            id: row.id,
            company: company.try_into()?,
            email: row.email,
            role: stored::member_role(&row.role, "invitations.role")?,
            organisation: row.organisation,
            message: row.message,
            language: row.language,
            by: by.try_into()?,
            proof: Proof::from_code(&row.proof)
                .ok_or_else(|| StoreError::corrupt("invitations.proof"))?,
            created_at: row.created_at,
            expires_at: row.expires_at,
            ended,
        })
    }
}

/// Invites an address, and writes to it. Inviting it again while it waits renews the invitation, whose link stays the same, and
/// sends the mail again unless it went a moment ago. What right the author has is for the caller to have checked.
pub async fn invite(
    txn: &Txn,
    new: NewInvitation,
    now: DateTime<Utc>,
) -> Result<Result<Invited, PeopleProblem>, StoreError> {
    companies::lock(txn, &new.siren).await?;
    let members = of_company(txn, &new.siren).await?;
    if members
        .iter()
        .any(|(_, account)| account.email == new.email)
    {
        return Ok(Err(PeopleProblem::AlreadyHere));
    }
    let open = Entity::find()
        .filter(Column::Siren.eq(new.siren.as_str()))
        .filter(Column::EndedAt.is_null());
    let others = open.clone().filter(Column::Email.ne(new.email.as_str()));
    if others.count(txn).await? >= MOST_INVITATIONS as u64 {
        return Ok(Err(PeopleProblem::TooMany));
    }
    let before = open
        .clone()
        .filter(Column::Email.eq(new.email.as_str()))
        .one(txn)
        .await?;
    let today = Entity::find()
        .filter(Column::InvitedBy.eq(new.by))
        .filter(Column::CreatedAt.gt(stamp(now - TimeDelta::days(1))));
    if before.is_none() && today.count(txn).await? >= MOST_INVITED_A_DAY {
        return Ok(Err(PeopleProblem::TooManyToday));
    }
    let just_written = before.filter(|before| before.created_at + INVITED_AGAIN_AFTER > now);
    let row = ActiveModel {
        id: Set(new_id(now)),
        siren: Set(new.siren.as_str().to_owned()),
        email: Set(new.email.clone()),
        role: Set(new.role.code().to_owned()),
        organisation: Set(new.organisation),
        message: Set(new.message),
        language: Set(new.language),
        invited_by: Set(new.by),
        proof: Set(new.proof.code().to_owned()),
        created_at: Set(stamp(
            just_written
                .as_ref()
                .map_or(now, |before| before.created_at),
        )),
        expires_at: Set(stamp(now + INVITATION_LIFE)),
        ended_at: Set(None),
        outcome: Set(None),
        ended_by: Set(None),
    };
    let again = OnConflict::columns([Column::Siren, Column::Email])
        .target_and_where(Column::EndedAt.is_null())
        .update_columns([
            Column::Role,
            Column::Organisation,
            Column::Message,
            Column::Language,
            Column::InvitedBy,
            Column::Proof,
            Column::CreatedAt,
            Column::ExpiresAt,
        ])
        .to_owned();
    Entity::insert_many([row])
        .on_conflict(again)
        .exec_without_returning(txn)
        .await?;
    let written = open
        .filter(Column::Email.eq(new.email.as_str()))
        .one(txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    let event = txn.audit(Entry {
        actor: format!("supplier:{}", new.by),
        act: "member_invited".to_owned(),
        subject: companies::subject(&new.siren),
        details: serde_json::json!({ "invitation": written.id, "role": new.role.code() }),
        at: now,
    });
    if just_written.is_none() {
        let about = About::company(event, &new.siren);
        effects::invite(txn, &about, &new.email, written.id, now).await?;
    }
    Ok(Ok(Invited {
        id: written.id,
        mailed: just_written.is_none(),
    }))
}

/// Withdraws an invitation of a company; `false` when it was answered meanwhile.
pub async fn revoke(
    txn: &Txn,
    siren: &Siren,
    id: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let ended = end(txn, id, Outcome::Revoked, by, now, Some(siren)).await?;
    if ended.is_none() {
        return Ok(false);
    }
    record(txn, siren, id, "invitation_revoked", by, now);
    Ok(true)
}

/// One invitation, whatever became of it.
pub async fn invitation(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<Invitation>, StoreError> {
    let found = read(db, Entity::find_by_id(id)).await?;
    Ok(found.into_iter().next())
}

/// The invitations of a company that nobody answered, expired or not.
pub async fn invitations_of(
    db: &impl ConnectionTrait,
    siren: &Siren,
) -> Result<Vec<Invitation>, StoreError> {
    let query = Entity::find().filter(Column::Siren.eq(siren.as_str()));
    read(db, query.filter(Column::EndedAt.is_null())).await
}

async fn read(
    db: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Vec<Invitation>, StoreError> {
    let rows = query
        .find_also_related(company::Entity)
        .find_also_related(account::Entity)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|(row, company, by)| Some((row, company?, by?)))
        .map(|(row, company, by)| Invitation::read(row, company, by))
        .collect()
}

/// The person answers. The same answer twice is a second click. What is not for their address does not exist: `NotFound`.
pub async fn answer(
    txn: &Txn,
    id: Uuid,
    person: &Account,
    accept: bool,
    now: DateTime<Utc>,
) -> Result<Answered, StoreError> {
    let found = invitation(txn, id)
        .await?
        .filter(|invitation| invitation.email == person.email)
        .ok_or(StoreError::NotFound)?;
    companies::lock(txn, &found.company.siren).await?;
    let outcome = if accept {
        Outcome::Accepted
    } else {
        Outcome::Declined
    };
    let done = if accept && found.proof == Proof::None {
        Answered::HoldIt
    } else {
        Answered::Done
    };
    if let Some((before, _, by)) = found.ended {
        let same = before == outcome && by == person.id;
        return Ok(if same { done } else { Answered::Over });
    }
    // Who invited as a manager, and is none any more, lets nobody in.
    let stands =
        found.proof != Proof::Member || is_manager(txn, &found.company.siren, found.by.id).await?;
    if found.expires_at <= now || (accept && !stands) {
        return Ok(Answered::Over);
    }
    if end(txn, id, outcome, person.id, now, None).await?.is_none() {
        return Ok(Answered::Over);
    }
    let siren = &found.company.siren;
    let act = if accept {
        "invitation_accepted"
    } else {
        "invitation_declined"
    };
    let event = record(txn, siren, id, act, person.id, now);
    if !accept || done == Answered::HoldIt {
        return Ok(done);
    }
    let place = Place {
        role: found.role,
        proof: found.proof,
        by: Some(found.by.id),
        organisation: found.organisation.as_deref(),
    };
    attach(txn, siren, person.id, &place, now).await?;
    let about = About::company(event, siren);
    members::tell_managers_of(txn, &about, person.id, now).await?;
    Ok(Answered::Done)
}

/// Ends an open invitation; `None` when somebody ended it.
async fn end(
    txn: &Txn,
    id: Uuid,
    outcome: Outcome,
    by: Uuid,
    now: DateTime<Utc>,
    of: Option<&Siren>,
) -> Result<Option<Model>, StoreError> {
    let mut update = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(stamp(now)))
        .col_expr(Column::EndedBy, Expr::value(by))
        .col_expr(Column::Outcome, Expr::value(outcome.code()))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null());
    if let Some(siren) = of {
        update = update.filter(Column::Siren.eq(siren.as_str()));
    }
    Ok(update.exec_with_returning(txn).await?.pop())
}

fn record(txn: &Txn, siren: &Siren, id: Uuid, act: &str, by: Uuid, now: DateTime<Utc>) -> Uuid {
    txn.audit(Entry {
        actor: format!("supplier:{by}"),
        act: act.to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "invitation": id }),
        at: now,
    })
}
