//! The signature of the agent: the outcome of the verdicts, and the qualifications that it creates, keeps or ends.

use crate::support::*;
use domain::claims::{ClaimBody, ClosureCause, Kind};
use domain::lifecycle::{
    Actor, Command, CommandKind, EarlyClosure, Effect, Refusal, ReviewSignature, Status, Verdict,
    decide, if_accepted,
};
use uuid::Uuid;

fn signed(
    claims: Vec<(domain::claims::Claim, Verdict)>,
) -> Result<domain::lifecycle::Decision, Refusal> {
    let d = declaration(
        Status::InReview,
        claims
            .into_iter()
            .map(|(claim, verdict)| reviewed(claim, verdict))
            .collect(),
    );
    decide(
        &d,
        &command(CommandKind::Sign, vec![]),
        &Actor::reviewer(REVIEWER),
        now(),
    )
}

#[test]
fn the_outcome_follows_from_the_verdicts() {
    let (one, two) = (claim(Kind::Ei, "a"), claim(Kind::Esus, "b"));
    let no = || Verdict::Refused("non".into());
    let cases = [
        (Verdict::Accepted, Verdict::Accepted, Status::Validated),
        (Verdict::Accepted, no(), Status::PartlyValidated),
        (no(), no(), Status::Refused),
        (
            Verdict::Accepted,
            Verdict::ToFix("date".into()),
            Status::ChangesRequested,
        ),
        (
            no(),
            Verdict::ToFix("date".into()),
            Status::ChangesRequested,
        ),
    ];
    for (first, second, expected) in cases {
        let decision = signed(vec![(one.clone(), first), (two.clone(), second)]).unwrap();
        assert_eq!(decision.next, expected);
        let creates = matches!(expected, Status::Validated | Status::PartlyValidated);
        assert_eq!(
            !decision.qualifications.is_empty(),
            creates,
            "{}",
            expected.code()
        );
        assert_eq!(
            decision.effects.contains(&Effect::Feed),
            creates,
            "{}",
            expected.code()
        );
    }
    assert_eq!(
        signed(vec![(one, Verdict::Accepted), (two, Verdict::Pending)]),
        Err(Refusal::ClaimsPending { count: 1 })
    );
}

#[test]
fn a_decision_bears_the_name_and_quality_of_the_agent() {
    let d = declaration(
        Status::InReview,
        vec![reviewed(claim(Kind::Ei, "a"), Verdict::Accepted)],
    );
    let unsigned = Command::Sign {
        signature: ReviewSignature {
            name: "Dominique Roux".into(),
            quality: " ".into(),
        },
        closures: vec![],
    };
    assert_eq!(
        decide(&d, &unsigned, &Actor::reviewer(REVIEWER), now()),
        Err(Refusal::SignatureMissing)
    );
}

#[test]
fn a_claim_already_in_force_word_for_word_is_kept_and_a_different_one_supersedes_it() {
    let (kept, old, fresh) = (
        claim(Kind::Ei, "a"),
        claim(Kind::Esus, "old"),
        claim(Kind::Esus, "new"),
    );
    let mut d = declaration(
        Status::InReview,
        vec![
            reviewed(kept.clone(), Verdict::Accepted),
            reviewed(fresh.clone(), Verdict::Accepted),
        ],
    );
    d.qualifications = vec![
        qualification(20, kept, "2026-01-01", Some("2027-12-31")),
        qualification(21, old, "2025-06-01", Some("2027-05-31")),
    ];
    let decision = decide(
        &d,
        &command(CommandKind::Sign, vec![]),
        &Actor::reviewer(REVIEWER),
        now(),
    )
    .unwrap();
    assert_eq!(decision.qualifications.len(), 1);
    assert_eq!(decision.qualifications[0].claim, fresh);
    assert_eq!(decision.qualifications[0].validity.from, day("2026-01-01"));
    assert_eq!(decision.closures.len(), 1);
    let closure = &decision.closures[0];
    assert_eq!(
        (closure.qualification, closure.from),
        (Uuid::from_u128(21), day("2026-01-01"))
    );
    assert_eq!(closure.cause, ClosureCause::Superseded);
}

/// A claim whose evidence says nothing of an end, or of a beginning.
fn undated(kind: Kind, valid_from: Option<&str>) -> domain::claims::Claim {
    let mut undated = claim(kind, "a");
    if let ClaimBody::Status(evidence) = &mut undated.body {
        evidence.valid_from = valid_from.map(day);
        evidence.valid_to = None;
    }
    undated
}

#[test]
fn what_is_stated_again_before_its_end_goes_on_from_the_day_of_the_statement() {
    let by = Actor::reviewer(REVIEWER);
    for valid_from in [None, Some("2025-12-01")] {
        let again = undated(Kind::Tih, valid_from);
        let mut d = declaration(
            Status::InReview,
            vec![reviewed(again.clone(), Verdict::Accepted)],
        );
        d.qualifications = vec![qualification(20, again, "2025-12-01", Some("2026-11-30"))];
        let decision = decide(&d, &command(CommandKind::Sign, vec![]), &by, now()).unwrap();
        assert_eq!(decision.qualifications.len(), 1);
        let validity = decision.qualifications[0].validity;
        assert_eq!(
            (validity.from, validity.to),
            (day("2026-11-20"), Some(day("2027-11-19")))
        );
        let closure = &decision.closures[0];
        assert_eq!(
            (closure.qualification, closure.from),
            (Uuid::from_u128(20), day("2026-11-20"))
        );
        // The same before the signature, on the page that announces it.
        let standing = if_accepted(&d, now());
        assert!(standing.iter().any(|held| held.validity == validity));
    }
}

#[test]
fn what_holds_as_long_already_is_kept() {
    let by = Actor::reviewer(REVIEWER);
    let (endless, ess) = (
        undated(Kind::Tih, None),
        undated(Kind::EssStatus, Some("2020-01-01")),
    );
    let mut d = declaration(
        Status::InReview,
        vec![
            reviewed(endless.clone(), Verdict::Accepted),
            reviewed(ess.clone(), Verdict::Accepted),
        ],
    );
    d.qualifications = vec![
        qualification(20, endless, "2026-11-20", Some("2027-11-19")),
        qualification(21, ess, "2020-01-01", None),
    ];
    let decision = decide(&d, &command(CommandKind::Sign, vec![]), &by, now()).unwrap();
    assert_eq!(
        (decision.qualifications.len(), decision.closures.len()),
        (0, 0)
    );
}

#[test]
fn a_claim_refused_or_left_out_closes_nothing_unless_the_signature_says_so() {
    let (refused, left_out) = (claim(Kind::Ei, "a"), claim(Kind::Esus, "b"));
    let accepted = claim(Kind::Ea, "c");
    let mut d = declaration(
        Status::InReview,
        vec![
            reviewed(refused.clone(), Verdict::Refused("non".into())),
            reviewed(accepted.clone(), Verdict::Accepted),
        ],
    );
    d.qualifications = vec![
        qualification(20, refused, "2026-01-01", None),
        qualification(21, left_out, "2026-01-01", None),
        qualification(22, accepted, "2026-01-01", None),
    ];
    let by = Actor::reviewer(REVIEWER);
    let silent = decide(&d, &command(CommandKind::Sign, vec![]), &by, now()).unwrap();
    assert!(silent.closures.is_empty());

    let end = |id: u128, from: &str, reason: &str| EarlyClosure {
        qualification: Uuid::from_u128(id),
        from: day(from),
        reason: reason.to_owned(),
    };
    let sign = |closures| {
        decide(
            &d,
            &Command::Sign {
                signature: signature(),
                closures,
            },
            &by,
            now(),
        )
    };
    let ended = sign(vec![
        end(20, "2026-11-01", "plus conventionnée"),
        end(21, "2026-12-01", "non renouvelé"),
    ])
    .unwrap();
    let causes: Vec<_> = ended.closures.iter().map(|closure| closure.cause).collect();
    assert_eq!(causes, [ClosureCause::Superseded, ClosureCause::Withdrawn]);
    assert!(ended.effects.contains(&Effect::Feed));

    assert_eq!(
        sign(vec![end(22, "2026-11-01", "x")]),
        Err(Refusal::ClosureOfAcceptedClaim)
    );
    assert_eq!(
        sign(vec![end(99, "2026-11-01", "x")]),
        Err(Refusal::UnknownQualification)
    );
    assert_eq!(
        sign(vec![end(20, "2025-12-31", "x")]),
        Err(Refusal::ClosureOutsideValidity)
    );
    assert_eq!(
        sign(vec![end(20, "2026-11-01", " ")]),
        Err(Refusal::ReasonMissing)
    );
}

#[test]
fn what_would_be_accepted_is_what_a_signature_writes() {
    let old = qualification(
        7,
        claim(Kind::Ei, "before"),
        "2025-01-01",
        Some("2027-12-31"),
    );
    let same = qualification(8, claim(Kind::Ea, "same"), "2026-01-01", Some("2027-12-31"));
    let mut d = declaration(
        Status::InReview,
        vec![
            reviewed(claim(Kind::Ei, "after"), Verdict::Pending),
            reviewed(claim(Kind::Ea, "same"), Verdict::Accepted),
            reviewed(claim(Kind::Esus, "no"), Verdict::Refused("Non".to_owned())),
        ],
    );
    d.qualifications = vec![old.clone(), same.clone()];
    let announced = if_accepted(&d, now());

    d.claims[0].verdict = Verdict::Accepted;
    let sign = Command::Sign {
        signature: signature(),
        closures: vec![],
    };
    let written = decide(&d, &sign, &Actor::reviewer(REVIEWER), now()).unwrap();
    let begun: Vec<_> = announced.iter().filter(|held| held.id.is_nil()).collect();
    assert_eq!(begun.len(), written.qualifications.len());
    for (begun, new) in begun.iter().zip(&written.qualifications) {
        assert_eq!((&begun.claim, begun.validity), (&new.claim, new.validity));
    }
    let ended: Vec<_> = announced
        .iter()
        .flat_map(|held| held.closures.iter().map(|closure| (held.id, closure.from)))
        .collect();
    let closed: Vec<_> = written
        .closures
        .iter()
        .map(|closure| (closure.qualification, closure.from))
        .collect();
    assert_eq!((ended, begun.len()), (closed, 1));
    assert!(announced.contains(&same), "kept as it is");
}
