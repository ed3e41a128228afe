//! The hours of commitments: what pages show of them, and the decision on one of them, whoever takes it.

use app::views::{HoursDue, HoursView};
use chrono::{DateTime, NaiveDate, Utc};
use domain::claims::{ClaimBody, Qualification};
use domain::insertion::HoursAccount;
use domain::lifecycle::{Actor, HoursCommand, decide_hours, hours_already_done, hours_quarters};
use store::hours::{self, Accounts, Deciding};
use store::qualifications::Found;
use store::{Reader, Txn};

use super::error::DeskError;

/// The hours of a qualification, when it is a commitment; `all` are those of its company.
pub(super) async fn hours_of(
    db: &Reader,
    held: &Qualification,
    all: &[Qualification],
    today: NaiveDate,
) -> Result<Option<HoursView>, DeskError> {
    if !matches!(held.claim.body, ClaimBody::Commitment(_)) {
        return Ok(None);
    }
    let account = hours::account_among(db, held, all).await?;
    Ok(hours_view(held, &account, today))
}

/// `account` is that of the key of the claim.
pub(super) fn hours_view(
    held: &Qualification,
    account: &HoursAccount,
    today: NaiveDate,
) -> Option<HoursView> {
    let ClaimBody::Commitment(commitment) = &held.claim.body else {
        return None;
    };
    Some(HoursView {
        promised: commitment.hours,
        etp_base: commitment.etp_base,
        account: account.of(held.validity.from),
        quarters: hours_quarters(held, commitment, account, today),
    })
}

/// What a company has to state of a commitment; `None` when nothing is missing.
pub(super) fn hours_due(
    held: &Qualification,
    accounts: &Accounts,
    today: NaiveDate,
) -> Option<HoursDue> {
    let account = accounts.get(&(held.siren.clone(), held.claim.key.to_string()))?;
    let view = hours_view(held, account, today)?;
    let quarters: Vec<_> = view.missing().collect();
    (!quarters.is_empty()).then(|| HoursDue {
        qualification: held.id,
        key: held.claim.key.clone(),
        quarters,
    })
}

/// Decides on the commitment that `qualifications::lock` gave, and writes; a second click changes nothing.
pub(super) async fn decide(
    txn: &Txn,
    found: &Found,
    command: &HoursCommand,
    by: &Actor,
    (now, request): (DateTime<Utc>, Option<&str>),
) -> Result<(), DeskError> {
    let account = hours::account(txn, &found.qualification).await?;
    if hours_already_done(&account, command) {
        return Ok(());
    }
    let decision = decide_hours(&found.qualification, &account, command, by, now)?;
    let deciding = Deciding {
        decision: &decision,
        by,
        at: now,
        request,
    };
    Ok(hours::apply(txn, found, &deciding).await?)
}
