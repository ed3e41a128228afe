//! The end of a review: what the verdicts add up to, which qualifications start and which end.

use chrono::{DateTime, NaiveDate, Utc};

use super::decide::{event, step};
use super::{
    Act, Actor, ClaimUnderReview, Decision, Declaration, EarlyClosure, Effect, Ended, NewClosure,
    NewQualification, Refusal, Remark, ReviewSignature, Signed, Status, SupplierNotice, Verdict,
};
use crate::claims::{ClaimKey, Closure, ClosureCause, Qualification};

/// The longest reason that a reviewer may write, in characters.
pub const LONGEST_REASON: usize = 2_000;

/// A verdict whose reason is there and has a reasonable length.
pub(super) fn checked(verdict: &Verdict) -> Result<Verdict, Refusal> {
    Ok(match verdict {
        Verdict::Pending => Verdict::Pending,
        Verdict::Accepted => Verdict::Accepted,
        Verdict::Refused(reason) => Verdict::Refused(checked_reason(reason)?),
        Verdict::ToFix(reason) => Verdict::ToFix(checked_reason(reason)?),
    })
}

pub(super) fn checked_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::ReasonTooLong);
    }
    Ok(reason.to_owned())
}

pub(super) fn checked_signature(signature: &ReviewSignature) -> Result<Signed, Refusal> {
    let (name, quality) = (signature.name.trim(), signature.quality.trim());
    if name.is_empty() || quality.is_empty() {
        return Err(Refusal::SignatureMissing);
    }
    Ok(Signed {
        name: name.to_owned(),
        quality: quality.to_owned(),
    })
}

pub(super) fn sign(
    d: &Declaration,
    signature: &ReviewSignature,
    closures: &[EarlyClosure],
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<Decision, Refusal> {
    let pending = d
        .claims
        .iter()
        .filter(|reviewed| reviewed.verdict == Verdict::Pending)
        .count();
    if pending > 0 {
        return Err(Refusal::ClaimsPending { count: pending });
    }
    let signed_by = checked_signature(signature)?;
    let to_fix = remarks(d, |verdict| matches!(verdict, Verdict::ToFix(_)));
    if !to_fix.is_empty() {
        if !closures.is_empty() {
            return Err(Refusal::ClosureBeforeDecision);
        }
        let notice = SupplierNotice::ChangesRequested {
            remarks: to_fix,
            signed_by,
        };
        return Ok(step(
            d,
            Status::ChangesRequested,
            Act::ChangesRequested,
            vec![Effect::TellSupplier(notice)],
        ));
    }

    let today = crate::civil::paris_day(now);
    let refused = remarks(d, |verdict| matches!(verdict, Verdict::Refused(_)));
    let accepted: Vec<&ClaimUnderReview> = d
        .claims
        .iter()
        .filter(|reviewed| reviewed.verdict == Verdict::Accepted)
        .collect();
    let keys: Vec<ClaimKey> = accepted
        .iter()
        .map(|reviewed| reviewed.claim.key.clone())
        .collect();

    let new = new_qualifications(d, &accepted, today);
    let mut ended = superseded(d, &new, by);
    let mut told = vec![];
    for closure in closures {
        let (claim, closure) = early_closure(d, closure, &keys, by)?;
        told.push(Ended {
            claim,
            from: closure.from,
            reason: closure.reason.clone(),
        });
        ended.push(closure);
    }
    let feeds = !new.is_empty() || !ended.is_empty();
    let (next, act, notice) = match (keys.is_empty(), refused.is_empty()) {
        (false, true) => (
            Status::Validated,
            Act::Validated,
            SupplierNotice::Validated {
                accepted: keys,
                ended: told,
                signed_by,
            },
        ),
        (false, false) => (
            Status::PartlyValidated,
            Act::PartlyValidated,
            SupplierNotice::PartlyValidated {
                accepted: keys,
                refused,
                ended: told,
                signed_by,
            },
        ),
        (true, _) => (
            Status::Refused,
            Act::Refused,
            SupplierNotice::Refused {
                refused,
                ended: told,
                signed_by,
            },
        ),
    };
    let mut effects = vec![Effect::TellSupplier(notice)];
    if feeds {
        effects.push(Effect::Feed);
    }
    let details = serde_json::json!({
        "accepted": accepted.iter().map(|reviewed| reviewed.claim.key.to_string()).collect::<Vec<_>>(),
        "qualifications": new.len(),
        "closures": ended.len(),
    });
    Ok(Decision {
        event: event(d, act, details),
        qualifications: new,
        closures: ended,
        ..step(d, next, act, effects)
    })
}

fn remarks(d: &Declaration, keep: impl Fn(&Verdict) -> bool) -> Vec<Remark> {
    d.claims
        .iter()
        .filter(|reviewed| keep(&reviewed.verdict))
        .filter_map(|reviewed| {
            let reason = reviewed.verdict.reason()?;
            Some(Remark {
                claim: reviewed.claim.key.clone(),
                reason: reason.to_owned(),
            })
        })
        .collect()
}

/// Accepted claims that no qualification in force already says word for word, for as long.
///
/// Where the evidence has no end, the end follows from the day of the statement: said again with the same words, the claim goes
/// on from that day, and what stood before keeps its first day.
fn new_qualifications(
    d: &Declaration,
    accepted: &[&ClaimUnderReview],
    today: NaiveDate,
) -> Vec<NewQualification> {
    let stated_on = d.stated_on.unwrap_or(today);
    accepted
        .iter()
        .filter_map(|reviewed| {
            let mut validity = reviewed.claim.validity(stated_on);
            let held = d.qualifications.iter().find(|held| {
                held.claim.key == reviewed.claim.key
                    && held.hash == reviewed.hash
                    && held.holds_on(today)
            });
            if let Some(held) = held {
                if reaches(held.validity.to, validity.to) {
                    return None;
                }
                validity.from = validity.from.max(stated_on);
            }
            Some(NewQualification {
                claim: reviewed.claim.clone(),
                hash: reviewed.hash.clone(),
                validity,
                revision: d.revision.unwrap_or_default(),
            })
        })
        .collect()
}

/// Whether an end is as late as another; no end is the latest.
fn reaches(end: Option<NaiveDate>, other: Option<NaiveDate>) -> bool {
    end.is_none_or(|end| other.is_some_and(|other| end >= other))
}

/// The qualifications of the company as they would stand if a signature given now accepted every claim that the reviewer has
/// neither refused nor sent back. Nothing is decided.
pub fn if_accepted(d: &Declaration, now: DateTime<Utc>) -> Vec<Qualification> {
    let accepted: Vec<&ClaimUnderReview> = d
        .claims
        .iter()
        .filter(|reviewed| matches!(reviewed.verdict, Verdict::Pending | Verdict::Accepted))
        .collect();
    let new = new_qualifications(d, &accepted, crate::civil::paris_day(now));
    let mut standing = d.qualifications.clone();
    for closure in superseded(d, &new, &Actor::SYSTEM) {
        let ended = standing
            .iter_mut()
            .find(|held| held.id == closure.qualification);
        if let Some(held) = ended {
            held.closures.push(Closure {
                from: closure.from,
                cause: closure.cause,
                by: closure.by,
                second: closure.second,
                reason: closure.reason,
                recorded_at: now,
            });
        }
    }
    standing.extend(new.into_iter().map(|fresh| Qualification {
        id: uuid::Uuid::nil(),
        siren: d.siren.clone(),
        claim: fresh.claim,
        hash: fresh.hash,
        validity: fresh.validity,
        revision: fresh.revision,
        closures: vec![],
    }));
    standing
}

/// The earlier qualifications that the new ones replace, from the day the new ones start.
fn superseded(d: &Declaration, new: &[NewQualification], by: &Actor) -> Vec<NewClosure> {
    let mut closures = vec![];
    for fresh in new {
        let start = fresh.validity.from;
        let replaced = d.qualifications.iter().filter(|held| {
            held.claim.key == fresh.claim.key
                && held.validity.to.is_none_or(|to| to >= start)
                && !held.is_closed_on(start)
        });
        closures.extend(replaced.map(|held| NewClosure {
            qualification: held.id,
            from: start,
            cause: ClosureCause::Superseded,
            by: by.account,
            second: None,
            reason: String::new(),
        }));
    }
    closures
}

/// An end that the reviewer decided together with the signature. A claim left out counts as withdrawn by the supplier; a
/// claim refused is superseded by this decision. A revocation stays a separate act of two people.
fn early_closure(
    d: &Declaration,
    closure: &EarlyClosure,
    accepted: &[ClaimKey],
    by: &Actor,
) -> Result<(ClaimKey, NewClosure), Refusal> {
    let held = find(&d.qualifications, closure)?;
    if accepted.contains(&held.claim.key) {
        return Err(Refusal::ClosureOfAcceptedClaim);
    }
    if held.is_closed_on(closure.from) {
        return Err(Refusal::AlreadyClosed);
    }
    if !held.validity.contains(closure.from) {
        return Err(Refusal::ClosureOutsideValidity);
    }
    let declared = d
        .claims
        .iter()
        .any(|reviewed| reviewed.claim.key == held.claim.key);
    let ended = NewClosure {
        qualification: held.id,
        from: closure.from,
        cause: if declared {
            ClosureCause::Superseded
        } else {
            ClosureCause::Withdrawn
        },
        by: by.account,
        second: None,
        reason: checked_reason(&closure.reason)?,
    };
    Ok((held.claim.key.clone(), ended))
}

fn find<'a>(
    qualifications: &'a [Qualification],
    closure: &EarlyClosure,
) -> Result<&'a Qualification, Refusal> {
    qualifications
        .iter()
        .find(|held| held.id == closure.qualification)
        .ok_or(Refusal::UnknownQualification)
}
