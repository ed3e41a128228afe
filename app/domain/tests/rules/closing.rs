//! The end of one qualification: revocation by two people, withdrawal by the company, reminders and expiry.

use crate::support::*;
use domain::claims::{Closure, ClosureCause, Kind, Qualification};
use domain::lifecycle::{
    Actor, ClosingCommand, Effect, MemberRole, Refusal, RevocationProposal, SupplierNotice,
    closing_already_done, decide_closing,
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
fn a_renewal_planned_for_later_keeps_nobody_from_ending_it_before() {
    let mut q = held();
    q.closures.push(Closure {
        from: day("2026-12-10"),
        cause: ClosureCause::Superseded,
        by: Some(REVIEWER),
        second: None,
        reason: String::new(),
        recorded_at: now(),
    });
    let propose = |from: &str| {
        let command = ClosingCommand::ProposeRevocation {
            from: day(from),
            reason: "Fraude".to_owned(),
        };
        decide_closing(&q, None, &command, &Actor::reviewer(REVIEWER), now())
    };
    assert!(propose("2026-12-01").is_ok());
    assert_eq!(propose("2026-12-10"), Err(Refusal::AlreadyClosed));
}

#[test]
fn a_second_click_is_recognised_and_another_person_is_not() {
    let mut q = held();
    let confirm = ClosingCommand::ConfirmRevocation {
        signature: signature(),
    };
    let propose = ClosingCommand::ProposeRevocation {
        from: day("2026-06-01"),
        reason: " Convention résiliée ".to_owned(),
    };
    let (one, two) = (Actor::reviewer(REVIEWER), Actor::reviewer(ADMINISTRATOR));
    assert!(closing_already_done(&q, Some(&proposal()), &propose, &one));
    assert!(!closing_already_done(&q, Some(&proposal()), &propose, &two));
    assert!(!closing_already_done(&q, None, &propose, &one));
    assert!(!closing_already_done(&q, Some(&proposal()), &confirm, &two));
    q.closures.push(Closure {
        from: day("2026-06-01"),
        cause: ClosureCause::Revoked,
        by: Some(REVIEWER),
        second: Some(ADMINISTRATOR),
        reason: "x".to_owned(),
        recorded_at: now(),
    });
    assert!(closing_already_done(&q, None, &confirm, &two));
    assert!(!closing_already_done(&q, None, &confirm, &one));
    assert!(!closing_already_done(
        &q,
        None,
        &ClosingCommand::DropRevocation,
        &two
    ));
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
    let remind = |days, on: &str| {
        decide_closing(
            &held(),
            None,
            &ClosingCommand::Remind { days },
            &Actor::SYSTEM,
            format!("{on}T12:00:00Z").parse().unwrap(),
        )
    };
    assert!(
        remind(30, "2026-11-23").is_ok(),
        "30 days before 2026-12-23"
    );
    assert!(remind(30, "2026-12-15").is_ok(), "late, and still told");
    assert!(remind(7, "2026-12-23").is_ok(), "the last day");
    for (days, on) in [
        (60, "2026-11-23"),
        (30, "2026-11-22"),
        (30, "2026-12-16"),
        (7, "2026-12-15"),
        (7, "2026-12-24"),
        (8, "2026-12-16"),
    ] {
        assert_eq!(
            remind(days, on),
            Err(Refusal::ClosureOutsideValidity),
            "{days} on {on}"
        );
    }
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
