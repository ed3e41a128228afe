//! The specification of the life cycle: status × command × actor → decision or refusal.

use chrono::{DateTime, Utc};

use super::command::{Command as C, CommandKind};
use super::{
    Act, Actor, ActorRole, BuyerNotice, ClaimUnderReview, Command, Decision, Declaration, Effect,
    Event, NewRevision, Refusal, Status as S, SupplierNotice, Verdict, signing,
};
use crate::form::{SignedStatement, Snapshot};

/// Decides what a command does to a declaration. Pure: the same answer for buttons, pages, REST and workers.
#[expect(
    clippy::too_many_lines,
    reason = "the specification: one exhaustive match"
)]
pub fn decide(
    d: &Declaration,
    command: &Command,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<Decision, Refusal> {
    guard(d, command.kind(), by)?;
    let wrong = Err(Refusal::WrongStatus { status: d.status });
    let tell_supplier = |notice| vec![Effect::TellSupplier(notice)];
    let tell_both =
        |supplier, buyers| vec![Effect::TellSupplier(supplier), Effect::TellBuyers(buyers)];
    match (d.status, command) {
        (S::Draft | S::ChangesRequested, C::Save) => Ok(step(d, d.status, Act::Saved, vec![])),
        (
            S::Draft | S::ChangesRequested,
            C::Submit {
                snapshot,
                statement,
            },
        ) => submit(d, snapshot, statement, now),
        (S::Draft, C::Discard) => Ok(step(d, S::Withdrawn, Act::Discarded, vec![])),
        (S::Submitted, C::TakeBack) => Ok(step(
            d,
            S::Draft,
            Act::TakenBack,
            tell_both(SupplierNotice::TakenBack, BuyerNotice::TakenBack),
        )),
        (S::Submitted, C::StartReview) => Ok(Decision {
            reviewer: Some(by.account),
            ..step(
                d,
                S::InReview,
                Act::ReviewStarted,
                tell_supplier(SupplierNotice::ReviewStarted),
            )
        }),
        (S::InReview, C::GiveVerdict { claim, verdict }) => {
            let known = d.claims.iter().any(|reviewed| reviewed.claim.key == *claim);
            if !known {
                return Err(Refusal::UnknownClaim);
            }
            let verdict = signing::checked(verdict)?;
            Ok(Decision {
                event: event(
                    d,
                    Act::VerdictGiven,
                    serde_json::json!({ "claim": claim.to_string(), "verdict": verdict.code() }),
                ),
                verdicts: vec![(claim.clone(), verdict)],
                ..step(d, S::InReview, Act::VerdictGiven, vec![])
            })
        }
        (S::InReview, C::Release) => Ok(Decision {
            reviewer: Some(None),
            ..step(d, S::Submitted, Act::Released, vec![])
        }),
        (S::Submitted | S::InReview | S::ChangesRequested, C::Withdraw) => Ok(step(
            d,
            S::Withdrawn,
            Act::Withdrawn,
            tell_both(SupplierNotice::Withdrawn, BuyerNotice::Withdrawn),
        )),
        (
            S::InReview,
            C::Sign {
                signature,
                closures,
            },
        ) => signing::sign(d, signature, closures, by, now),
        (
            S::Draft,
            C::TakeBack
            | C::StartReview
            | C::GiveVerdict { .. }
            | C::Release
            | C::Withdraw
            | C::Sign { .. },
        )
        | (
            S::Submitted,
            C::Save
            | C::Submit { .. }
            | C::Discard
            | C::GiveVerdict { .. }
            | C::Release
            | C::Sign { .. },
        )
        | (S::InReview, C::Save | C::Submit { .. } | C::Discard | C::TakeBack | C::StartReview)
        | (
            S::ChangesRequested,
            C::Discard
            | C::TakeBack
            | C::StartReview
            | C::GiveVerdict { .. }
            | C::Release
            | C::Sign { .. },
        )
        | (
            S::Validated | S::PartlyValidated | S::Refused | S::Withdrawn,
            C::Save
            | C::Submit { .. }
            | C::Discard
            | C::TakeBack
            | C::StartReview
            | C::GiveVerdict { .. }
            | C::Release
            | C::Withdraw
            | C::Sign { .. },
        ) => wrong,
    }
}

/// The commands whose status and role fit: what the interface shows as buttons. `decide` has the last word.
pub fn allowed(d: &Declaration, by: &Actor) -> Vec<CommandKind> {
    CommandKind::ALL
        .into_iter()
        .filter(|kind| guard(d, *kind, by).is_ok() && accepts(d.status, *kind))
        .collect()
}

/// The same table as `decide`, without what the commands carry; a test holds the two together.
const fn accepts(status: S, kind: CommandKind) -> bool {
    match status {
        S::Draft => matches!(
            kind,
            CommandKind::Save | CommandKind::Submit | CommandKind::Discard
        ),
        S::Submitted => matches!(
            kind,
            CommandKind::TakeBack | CommandKind::StartReview | CommandKind::Withdraw
        ),
        S::InReview => {
            matches!(
                kind,
                CommandKind::GiveVerdict
                    | CommandKind::Release
                    | CommandKind::Withdraw
                    | CommandKind::Sign
            )
        }
        S::ChangesRequested => matches!(
            kind,
            CommandKind::Save | CommandKind::Submit | CommandKind::Withdraw
        ),
        S::Validated | S::PartlyValidated | S::Refused | S::Withdrawn => false,
    }
}

/// Who may give which command.
fn guard(d: &Declaration, kind: CommandKind, by: &Actor) -> Result<(), Refusal> {
    match (kind, &by.role) {
        (
            CommandKind::Save
            | CommandKind::Discard
            | CommandKind::TakeBack
            | CommandKind::Withdraw,
            ActorRole::Supplier { siren, member },
        ) if *siren == d.siren && member.can_edit() => Ok(()),
        (CommandKind::Submit, ActorRole::Supplier { siren, member }) if *siren == d.siren => {
            if member.can_sign() {
                Ok(())
            } else {
                Err(Refusal::CannotSign)
            }
        }
        (CommandKind::StartReview, ActorRole::Reviewer)
        | (CommandKind::Release, ActorRole::Administrator) => Ok(()),
        (
            CommandKind::GiveVerdict | CommandKind::Sign | CommandKind::Release,
            ActorRole::Reviewer,
        ) => {
            // Outside the review there is no holder: the status refuses the command, and says why.
            if d.status == S::InReview && d.reviewer != by.account {
                Err(Refusal::HeldByAnother)
            } else {
                Ok(())
            }
        }
        (
            CommandKind::Save
            | CommandKind::Submit
            | CommandKind::Discard
            | CommandKind::TakeBack
            | CommandKind::StartReview
            | CommandKind::GiveVerdict
            | CommandKind::Release
            | CommandKind::Withdraw
            | CommandKind::Sign,
            ActorRole::Supplier { .. }
            | ActorRole::Reviewer
            | ActorRole::Administrator
            | ActorRole::System,
        ) => Err(Refusal::NotYourRole),
    }
}

fn submit(
    d: &Declaration,
    snapshot: &Snapshot,
    statement: &SignedStatement,
    now: DateTime<Utc>,
) -> Result<Decision, Refusal> {
    if snapshot.claims.is_empty() {
        return Err(Refusal::NothingDeclared);
    }
    if !statement.accepted {
        return Err(Refusal::StatementNotTicked);
    }
    let number = d.last_company_revision.saturating_add(1);
    let correcting = d.status == S::ChangesRequested;
    let claims = snapshot
        .claims
        .iter()
        .map(|claim| {
            let hash = claim.hash();
            let verdict = if correcting {
                carried_over(&d.claims, &hash)
            } else {
                Verdict::Pending
            };
            (claim.clone(), hash, verdict)
        })
        .collect();
    let (act, buyers) = if correcting {
        (
            Act::Resubmitted,
            BuyerNotice::CorrectionReceived { revision: number },
        )
    } else {
        (
            Act::Submitted,
            BuyerNotice::NewSubmission { revision: number },
        )
    };
    let hash = snapshot.hash();
    Ok(Decision {
        event: Event {
            act,
            revision: Some(number),
            details: serde_json::json!({ "hash": hash, "statement": statement.text_version }),
        },
        revision: Some(Box::new(NewRevision {
            number,
            snapshot: snapshot.clone(),
            hash,
            statement: statement.clone(),
            claims,
            signed_at: now,
        })),
        reviewer: Some(None),
        ..step(
            d,
            S::Submitted,
            act,
            vec![
                Effect::TellSupplier(SupplierNotice::Received {
                    revision: number,
                    corrected: correcting,
                }),
                Effect::TellBuyers(buyers),
            ],
        )
    })
}

/// A verdict survives a correction only if the claim says exactly the same thing.
fn carried_over(before: &[ClaimUnderReview], hash: &str) -> Verdict {
    before
        .iter()
        .find(|reviewed| reviewed.hash == hash)
        .map_or(Verdict::Pending, |reviewed| reviewed.verdict.clone())
}

pub(super) fn event(d: &Declaration, act: Act, details: serde_json::Value) -> Event {
    Event {
        act,
        revision: d.revision,
        details,
    }
}

/// A decision that changes the status and tells somebody, and nothing else.
pub(super) fn step(d: &Declaration, next: S, act: Act, effects: Vec<Effect>) -> Decision {
    Decision {
        next,
        event: event(d, act, serde_json::Value::Null),
        revision: None,
        verdicts: vec![],
        reviewer: None,
        qualifications: vec![],
        closures: vec![],
        effects,
    }
}
