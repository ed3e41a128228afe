//! The end of one qualification: revocation by two people, withdrawal by the company, reminders and expiry.

use crate::support::*;
use domain::claims::{Closure, ClosureCause, Kind, Qualification};
use domain::lifecycle::{
    Actor, ClosingCommand, Effect, MemberRole, Refusal, RevocationProposal, SupplierNotice,
    decide_closing,
};

fn held() -> Qualification {
    qualification(20, claim(Kind::Ei, "a"), "2026-01-01", Some("2026-12-23"))
}

fn proposal() -> RevocationProposal {
    RevocationProposal {
        by: REVIEWER,
        from: day("2026-06-01"),
        reason: "Convention résiliée".to_owned(),
    }
}

#[test]
fn a_revocation_takes_two_people() {
    let confirm = ClosingCommand::ConfirmRevocation {
        signature: signature(),
    };
    let ask = |by: &Actor, proposal: Option<&RevocationProposal>| {
        decide_closing(&held(), proposal, &confirm, by, now())
    };
    assert_eq!(
        ask(&Actor::reviewer(REVIEWER), None),
        Err(Refusal::NoProposal)
    );
    assert_eq!(
        ask(&Actor::reviewer(REVIEWER), Some(&proposal())),
        Err(Refusal::SecondPersonNeeded)
    );
    assert_eq!(
        ask(&supplier(MemberRole::Manager), Some(&proposal())),
        Err(Refusal::NotYourRole)
    );
    let decision = ask(&Actor::administrator(ADMINISTRATOR), Some(&proposal())).unwrap();
    let closure = decision.closure.unwrap();
    assert_eq!(
        (closure.cause, closure.from),
        (ClosureCause::Revoked, day("2026-06-01"))
    );
    assert_eq!(
        (closure.by, closure.second),
        (Some(REVIEWER), Some(ADMINISTRATOR))
    );
    assert!(decision.effects.contains(&Effect::Feed));
    assert!(matches!(
        decision.effects.first(),
        Some(Effect::TellSupplier(SupplierNotice::Revoked { .. }))
    ));
}

#[test]
fn a_proposal_has_a_date_within_the_period_and_a_reason() {
    let propose = |from: &str, reason: &str| {
        let command = ClosingCommand::ProposeRevocation {
            from: day(from),
            reason: reason.to_owned(),
        };
        decide_closing(&held(), None, &command, &Actor::reviewer(REVIEWER), now())
    };
    assert_eq!(
        propose("2025-12-31", "x"),
        Err(Refusal::ClosureOutsideValidity)
    );
    assert_eq!(
        propose("2026-12-24", "x"),
        Err(Refusal::ClosureOutsideValidity)
    );
    assert_eq!(propose("2026-06-01", ""), Err(Refusal::ReasonMissing));
    let decision = propose("2026-06-01", "Convention résiliée").unwrap();
    assert_eq!(decision.proposal, Some(Some(proposal())));
    assert!(
        decision.closure.is_none() && decision.effects.is_empty(),
        "nothing ends before the second person"
    );
}

#[test]
fn a_closed_qualification_cannot_be_closed_again() {
    let mut q = held();
    q.closures.push(Closure {
        from: day("2026-03-01"),
        cause: ClosureCause::Withdrawn,
        by: Some(SUPPLIER),
        second: None,
        reason: "x".to_owned(),
        recorded_at: now(),
    });
    let withdraw = ClosingCommand::Withdraw {
        from: day("2026-02-01"),
        reason: "x".to_owned(),
    };
    let by = supplier(MemberRole::Manager);
    assert_eq!(
        decide_closing(&q, None, &withdraw, &by, now()),
        Err(Refusal::AlreadyClosed)
    );
    assert!(!q.holds_on(day("2026-03-01")) && q.holds_on(day("2026-02-28")));
}

#[test]
fn the_company_withdraws_through_somebody_who_signs() {
    let withdraw = ClosingCommand::Withdraw {
        from: day("2026-11-23"),
        reason: "Activité cédée".to_owned(),
    };
    let ask = |by: &Actor| decide_closing(&held(), Some(&proposal()), &withdraw, by, now());
    assert_eq!(ask(&supplier(MemberRole::Editor)), Err(Refusal::CannotSign));
    assert_eq!(ask(&Actor::reviewer(REVIEWER)), Err(Refusal::NotYourRole));
    let decision = ask(&supplier(MemberRole::Signatory)).unwrap();
    assert_eq!(decision.closure.unwrap().cause, ClosureCause::Withdrawn);
    assert_eq!(
        decision.proposal,
        Some(None),
        "the proposed revocation has no object left"
    );
}

#[test]
fn reminders_go_on_their_day_and_expiry_after_the_last_day() {
    let remind = |days| {
        decide_closing(
            &held(),
            None,
            &ClosingCommand::Remind { days },
            &Actor::SYSTEM,
            now(),
        )
    };
    assert!(remind(30).is_ok(), "2026-12-23 is 30 days after 2026-11-23");
    assert_eq!(remind(60), Err(Refusal::ClosureOutsideValidity));
    assert_eq!(
        decide_closing(
            &held(),
            None,
            &ClosingCommand::Remind { days: 30 },
            &Actor::reviewer(REVIEWER),
            now()
        ),
        Err(Refusal::NotYourRole)
    );
    let expire = |at: &str| {
        decide_closing(
            &held(),
            None,
            &ClosingCommand::Expire,
            &Actor::SYSTEM,
            at.parse().unwrap(),
        )
    };
    assert_eq!(
        expire("2026-12-23T22:59:00Z"),
        Err(Refusal::ClosureOutsideValidity)
    );
    assert!(expire("2026-12-23T23:00:00Z").is_ok());
}
