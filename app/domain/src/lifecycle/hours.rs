//! The hours realised for an insertion commitment: stated by the company quarter by quarter, checked by the buyer.

use chrono::{DateTime, NaiveDate, Utc};

use super::signing::checked_reason;
use super::{Act, Actor, ActorRole, BuyerNotice, Effect, Event, Refusal, SupplierNotice};
use crate::claims::{ClaimBody, Qualification};
use crate::decimal::Hundredths;
use crate::insertion::{
    Commitment, HOURS_CEILING, HoursAccount, HoursCheck, HoursState, HoursStatement, LONGEST_NOTE,
    Quarter,
};

/// Statements of one quarter: nobody corrects as often, and each is kept for ever.
const MOST_STATEMENTS: usize = 20;

/// What can be asked about the hours of a commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoursCommand {
    /// The company states the hours of a quarter, or corrects what it stated.
    Tell {
        quarter: Quarter,
        hours: Hundredths,
        note: String,
    },
    Accept {
        number: u32,
    },
    /// The buyer sends a statement back, and says why.
    Return {
        number: u32,
        reason: String,
    },
}

/// The outcome: what one transaction writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursDecision {
    pub event: Event,
    pub statement: Option<HoursStatement>,
    /// Of the statement with this number.
    pub check: Option<(u32, HoursCheck)>,
    pub effects: Vec<Effect>,
}

/// Decides about the hours of one commitment.
pub fn decide_hours(
    q: &Qualification,
    account: &HoursAccount,
    command: &HoursCommand,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<HoursDecision, Refusal> {
    let ClaimBody::Commitment(commitment) = &q.claim.body else {
        return Err(Refusal::NotACommitment);
    };
    match command {
        HoursCommand::Tell {
            quarter,
            hours,
            note,
        } => {
            let mine = matches!(&by.role, ActorRole::Supplier { siren, member } if *siren == q.siren && member.can_edit());
            if !mine {
                return Err(Refusal::NotYourRole);
            }
            if commitment.hours.is_none() {
                return Err(Refusal::NotACommitment);
            }
            let statement = stated(q, commitment, account, (*quarter, *hours, note), now)?;
            let told = BuyerNotice::HoursTold {
                qualification: q.id,
                claim: q.claim.key.clone(),
                quarter: quarter.to_string(),
                hours: *hours,
            };
            // While one of this quarter waits, the buyers know already.
            let waits = account
                .last_of(*quarter)
                .is_some_and(|last| account.state(last) == HoursState::ToCheck);
            let effects = if waits {
                vec![]
            } else {
                vec![Effect::TellBuyers(told)]
            };
            Ok(HoursDecision {
                event: event(q, Act::HoursTold, &statement),
                effects,
                statement: Some(statement),
                check: None,
            })
        }
        HoursCommand::Accept { number } => {
            let statement = waiting(q, account, *number, by)?;
            let notice = SupplierNotice::HoursAccepted {
                qualification: q.id,
                claim: q.claim.key.clone(),
                quarter: statement.quarter.to_string(),
                hours: statement.hours,
            };
            let check = HoursCheck {
                accepted: true,
                reason: String::new(),
                at: now,
            };
            Ok(HoursDecision {
                event: event(q, Act::HoursAccepted, statement),
                statement: None,
                check: Some((statement.number, check)),
                effects: vec![Effect::TellSupplier(notice), Effect::Feed],
            })
        }
        HoursCommand::Return { number, reason } => {
            let statement = waiting(q, account, *number, by)?;
            let reason = checked_reason(reason)?;
            let notice = SupplierNotice::HoursReturned {
                qualification: q.id,
                claim: q.claim.key.clone(),
                quarter: statement.quarter.to_string(),
                hours: statement.hours,
                reason: reason.clone(),
            };
            let check = HoursCheck {
                accepted: false,
                reason,
                at: now,
            };
            Ok(HoursDecision {
                event: event(q, Act::HoursReturned, statement),
                statement: None,
                check: Some((statement.number, check)),
                effects: vec![Effect::TellSupplier(notice)],
            })
        }
    }
}

/// The next statement, if this may be stated.
fn stated(
    q: &Qualification,
    commitment: &Commitment,
    account: &HoursAccount,
    (quarter, hours, note): (Quarter, Hundredths, &str),
    now: DateTime<Utc>,
) -> Result<HoursStatement, Refusal> {
    let today = crate::civil::paris_day(now);
    if !hours_quarters(q, commitment, account, today).contains(&quarter) {
        return Err(Refusal::QuarterNotOver);
    }
    if hours < Hundredths::ZERO || hours > HOURS_CEILING {
        return Err(Refusal::HoursOutOfBounds);
    }
    let note = note.trim().to_owned();
    if note.chars().count() > LONGEST_NOTE {
        return Err(Refusal::NoteTooLong);
    }
    let of_quarter = account.statements.iter();
    if of_quarter.filter(|one| one.quarter == quarter).count() >= MOST_STATEMENTS {
        return Err(Refusal::TooManyStatements);
    }
    let last = account.statements.iter().map(|one| one.number).max();
    Ok(HoursStatement {
        number: last.unwrap_or(0).saturating_add(1),
        quarter,
        hours,
        note,
        told_at: now,
        check: None,
    })
}

/// The quarters whose hours may be stated: those that are over, during which the commitment held, at least in part; none where
/// no hours were promised.
pub fn hours_quarters(
    q: &Qualification,
    commitment: &Commitment,
    account: &HoursAccount,
    today: NaiveDate,
) -> Vec<Quarter> {
    if commitment.hours.is_none() {
        return Vec::new();
    }
    let closed = q.closures.iter().map(|closure| closure.from).min();
    let last = closed.and_then(|from| from.pred_opt());
    let end = last.map_or(commitment.end, |last| last.min(commitment.end));
    let mut quarters = Quarter::past(q.validity.from, end, today);
    quarters.retain(|quarter| account.owns(q.validity.from, *quarter));
    quarters
}

/// Whether exactly this was done already: a second click, which changes nothing and is no fault.
pub fn hours_already_done(account: &HoursAccount, command: &HoursCommand) -> bool {
    let accepted = |number: u32| {
        let one = account.statements.iter().find(|one| one.number == number);
        let check = one.and_then(|one| one.check.as_ref());
        check.is_some_and(|check| check.accepted)
    };
    match command {
        HoursCommand::Tell {
            quarter,
            hours,
            note,
        } => account.last_of(*quarter).is_some_and(|last| {
            // What was sent back may be stated again, with the same hours and what was missing.
            last.check.as_ref().is_none_or(|check| check.accepted)
                && last.hours == *hours
                && last.note == note.trim()
        }),
        HoursCommand::Accept { number } => accepted(*number),
        // Another reason was never sent: whoever gave it must know.
        HoursCommand::Return { number, reason } => account.statements.iter().any(|one| {
            let check = one.check.as_ref();
            one.number == *number
                && check.is_some_and(|check| !check.accepted && check.reason == reason.trim())
        }),
    }
}

/// The statement to check, if it is still to be checked and this person may.
fn waiting<'a>(
    q: &Qualification,
    account: &'a HoursAccount,
    number: u32,
    by: &Actor,
) -> Result<&'a HoursStatement, Refusal> {
    if !matches!(by.role, ActorRole::Reviewer | ActorRole::Administrator) {
        return Err(Refusal::NotYourRole);
    }
    let statement = account.statements.iter().find(|one| one.number == number);
    statement
        .filter(|one| account.owns(q.validity.from, one.quarter))
        .filter(|one| account.state(one) == HoursState::ToCheck)
        .ok_or(Refusal::StatementSettled)
}

fn event(q: &Qualification, act: Act, statement: &HoursStatement) -> Event {
    Event {
        act,
        revision: Some(q.revision),
        details: serde_json::json!({
            "qualification": q.id,
            "claim": q.claim.key.to_string(),
            "quarter": statement.quarter.to_string(),
            "number": statement.number,
            "hours": statement.hours,
        }),
    }
}
