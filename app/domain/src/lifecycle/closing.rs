//! The end of one qualification outside a declaration: revoked by two people, withdrawn by the company, or past its date.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::signing::{checked_reason, checked_signature};
use super::{
    Act, Actor, ActorRole, BuyerNotice, Effect, Event, NewClosure, Refusal, ReviewSignature,
    Signed, SupplierNotice,
};
use crate::claims::{ClosureCause, Qualification};

/// How many days before the end of a qualification its company is told, farthest first.
pub const REMINDERS: [u16; 3] = [60, 30, 7];

/// The numbers of days left with which a reminder may be given: from its day until the next one takes over, so that a night
/// without the portal loses none. `None` for a number that is no reminder.
pub fn reminder_window(days: u16) -> Option<RangeInclusive<i64>> {
    let rank = REMINDERS.iter().position(|known| *known == days)?;
    // After the last one, the last day of validity still counts.
    let nearest = REMINDERS
        .get(rank + 1)
        .map_or(0, |next| i64::from(*next) + 1);
    Some(nearest..=i64::from(days))
}

/// What can be asked of a qualification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClosingCommand {
    /// A first agent proposes a revocation, with its date and its reason.
    ProposeRevocation {
        from: NaiveDate,
        reason: String,
    },
    /// A second agent confirms it, and signs.
    ConfirmRevocation {
        signature: ReviewSignature,
    },
    DropRevocation,
    /// The company gives the qualification up.
    Withdraw {
        from: NaiveDate,
        reason: String,
    },
    /// Its end is near: one of [`REMINDERS`], given on its day, or later if the portal was away.
    Remind {
        days: u16,
    },
    /// Its end has passed.
    Expire,
}

/// A revocation that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevocationProposal {
    pub by: Uuid,
    pub from: NaiveDate,
    pub reason: String,
}

/// The outcome: what one transaction writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingDecision {
    pub event: Event,
    pub closure: Option<NewClosure>,
    /// `Some(None)` removes the proposal, `Some(Some(_))` records one.
    pub proposal: Option<Option<RevocationProposal>>,
    pub effects: Vec<Effect>,
}

/// Decides the end of one qualification.
#[expect(clippy::too_many_lines, reason = "one arm for each command")]
pub fn decide_closing(
    q: &Qualification,
    proposal: Option<&RevocationProposal>,
    command: &ClosingCommand,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<ClosingDecision, Refusal> {
    let today = crate::civil::paris_day(now);
    let agent = matches!(by.role, ActorRole::Reviewer | ActorRole::Administrator);
    match command {
        ClosingCommand::ProposeRevocation { from, reason } => {
            let account = by.account.filter(|_| agent).ok_or(Refusal::NotYourRole)?;
            open(q, *from, today)?;
            let reason = checked_reason(reason)?;
            Ok(ClosingDecision {
                proposal: Some(Some(RevocationProposal {
                    by: account,
                    from: *from,
                    reason,
                })),
                ..written(q, Act::RevocationProposed)
            })
        }
        ClosingCommand::ConfirmRevocation { signature } => {
            let account = by.account.filter(|_| agent).ok_or(Refusal::NotYourRole)?;
            let proposal = proposal.ok_or(Refusal::NoProposal)?;
            if proposal.by == account {
                return Err(Refusal::SecondPersonNeeded);
            }
            open(q, proposal.from, today)?;
            let signed_by = checked_signature(signature)?;
            let closure = NewClosure {
                qualification: q.id,
                from: proposal.from,
                cause: ClosureCause::Revoked,
                by: Some(proposal.by),
                second: Some(account),
                reason: proposal.reason.clone(),
            };
            let notice = revoked(q, proposal, signed_by);
            Ok(ClosingDecision {
                closure: Some(closure),
                proposal: Some(None),
                effects: vec![Effect::TellSupplier(notice), Effect::Feed],
                ..written(q, Act::QualificationRevoked)
            })
        }
        ClosingCommand::DropRevocation => {
            if !agent {
                return Err(Refusal::NotYourRole);
            }
            proposal.ok_or(Refusal::NoProposal)?;
            Ok(ClosingDecision {
                proposal: Some(None),
                ..written(q, Act::RevocationDropped)
            })
        }
        ClosingCommand::Withdraw { from, reason } => {
            match &by.role {
                ActorRole::Supplier { siren, member } if *siren == q.siren => {
                    if !member.can_sign() {
                        return Err(Refusal::CannotSign);
                    }
                }
                ActorRole::Supplier { .. }
                | ActorRole::Reviewer
                | ActorRole::Administrator
                | ActorRole::System => {
                    return Err(Refusal::NotYourRole);
                }
            }
            open(q, *from, today)?;
            let reason = checked_reason(reason)?;
            let notice = SupplierNotice::QualificationWithdrawn {
                qualification: q.id,
                claim: q.claim.key.clone(),
                from: *from,
            };
            let told = BuyerNotice::QualificationWithdrawn {
                qualification: q.id,
                claim: q.claim.key.clone(),
                from: *from,
                reason: reason.clone(),
            };
            Ok(ClosingDecision {
                closure: Some(NewClosure {
                    qualification: q.id,
                    from: *from,
                    cause: ClosureCause::Withdrawn,
                    by: by.account,
                    second: None,
                    reason,
                }),
                // A proposal of revocation has no object left.
                proposal: proposal.map(|_| None),
                effects: vec![
                    Effect::TellSupplier(notice),
                    Effect::TellBuyers(told),
                    Effect::Feed,
                ],
                ..written(q, Act::QualificationWithdrawn)
            })
        }
        ClosingCommand::Remind { days } => {
            let ends_on = system_end(q, by)?;
            let left = (ends_on - today).num_days();
            let in_time = reminder_window(*days).is_some_and(|window| window.contains(&left));
            if !in_time || !q.holds_on(today) {
                return Err(Refusal::ClosureOutsideValidity);
            }
            let notice = SupplierNotice::Expiring {
                qualification: q.id,
                claim: q.claim.key.clone(),
                ends_on,
                days: *days,
            };
            Ok(ClosingDecision {
                effects: vec![Effect::TellSupplier(notice)],
                ..written(q, Act::QualificationExpiring)
            })
        }
        ClosingCommand::Expire => {
            let ended_on = system_end(q, by)?;
            if today <= ended_on {
                return Err(Refusal::ClosureOutsideValidity);
            }
            if q.is_closed_on(ended_on) {
                return Err(Refusal::AlreadyClosed);
            }
            let notice = SupplierNotice::Expired {
                qualification: q.id,
                claim: q.claim.key.clone(),
                ended_on,
            };
            Ok(ClosingDecision {
                effects: vec![Effect::TellSupplier(notice)],
                ..written(q, Act::QualificationExpired)
            })
        }
    }
}

/// Whether the same person already did exactly this: a second click, which changes nothing and is no fault.
pub fn closing_already_done(
    q: &Qualification,
    proposal: Option<&RevocationProposal>,
    command: &ClosingCommand,
    by: &Actor,
) -> bool {
    let me = |account: Option<Uuid>| account.is_some() && account == by.account;
    match command {
        ClosingCommand::ProposeRevocation { from, reason } => proposal.is_some_and(|waiting| {
            me(Some(waiting.by)) && waiting.from == *from && waiting.reason == reason.trim()
        }),
        ClosingCommand::ConfirmRevocation { .. } => q
            .closures
            .iter()
            .any(|closure| closure.cause == ClosureCause::Revoked && me(closure.second)),
        ClosingCommand::DropRevocation => {
            proposal.is_none()
                && !q
                    .closures
                    .iter()
                    .any(|closure| closure.cause == ClosureCause::Revoked)
        }
        ClosingCommand::Withdraw { from, .. } => q.closures.iter().any(|closure| {
            closure.cause == ClosureCause::Withdrawn && me(closure.by) && closure.from == *from
        }),
        ClosingCommand::Remind { .. } | ClosingCommand::Expire => false,
    }
}

/// `from` falls within its period, and no closure has ended it, by then or by today: one that a renewal plans for later does
/// not keep anybody from ending it before.
fn open(q: &Qualification, from: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if q.is_closed_on(from.max(today)) {
        return Err(Refusal::AlreadyClosed);
    }
    if !q.validity.contains(from) {
        return Err(Refusal::ClosureOutsideValidity);
    }
    Ok(())
}

/// The end date, for commands that only the portal gives.
fn system_end(q: &Qualification, by: &Actor) -> Result<NaiveDate, Refusal> {
    if by.role != ActorRole::System {
        return Err(Refusal::NotYourRole);
    }
    q.validity.to.ok_or(Refusal::ClosureOutsideValidity)
}

fn revoked(q: &Qualification, proposal: &RevocationProposal, signed_by: Signed) -> SupplierNotice {
    SupplierNotice::Revoked {
        qualification: q.id,
        claim: q.claim.key.clone(),
        from: proposal.from,
        reason: proposal.reason.clone(),
        signed_by,
    }
}

fn written(q: &Qualification, act: Act) -> ClosingDecision {
    ClosingDecision {
        event: Event {
            act,
            revision: Some(q.revision),
            details: serde_json::json!({ "qualification": q.id, "claim": q.claim.key.to_string() }),
        },
        closure: None,
        proposal: None,
        effects: vec![],
    }
}
