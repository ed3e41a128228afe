//! The life cycle as a whole: the product status × command × role, its diagram, and the rules of each command.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::support::*;
use domain::claims::{ClosureCause, Kind};
use domain::lifecycle::{
    Act, Actor, BuyerNotice, Command, CommandKind, EarlyClosure, Effect, MemberRole, Refusal,
    ReviewSignature, Status, SupplierNotice, Verdict, allowed, decide, status_label,
};
use domain::text::Lang;
use uuid::Uuid;

fn actors() -> Vec<(&'static str, Actor)> {
    vec![
        ("manager", supplier(MemberRole::Manager)),
        ("signatory", supplier(MemberRole::Signatory)),
        ("editor", supplier(MemberRole::Editor)),
        ("reader", supplier(MemberRole::Reader)),
        ("reviewer", Actor::reviewer(REVIEWER)),
        ("other reviewer", Actor::reviewer(OTHER_REVIEWER)),
        ("administrator", Actor::administrator(ADMINISTRATOR)),
        ("system", Actor::SYSTEM),
    ]
}

#[test]
fn every_status_command_and_role_has_the_expected_outcome() {
    let mut table = String::new();
    for status in Status::ALL {
        for kind in CommandKind::ALL {
            for (name, actor) in actors() {
                let claims = vec![claim(Kind::Ei, "a")];
                let d = declaration(status, vec![reviewed(claims[0].clone(), Verdict::Accepted)]);
                let outcome = match decide(&d, &command(kind, claims), &actor, now()) {
                    Ok(decision) => format!("→ {}", decision.next.code()),
                    Err(refusal) => refusal.code().to_owned(),
                };
                writeln!(
                    table,
                    "{:<18} {:<13} {name:<15} {outcome}",
                    status.code(),
                    kind.code()
                )
                .unwrap();
            }
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_buttons_shown_are_the_commands_that_decide_accepts() {
    for status in Status::ALL {
        for (name, actor) in actors() {
            let claims = vec![claim(Kind::Ei, "a")];
            let d = declaration(status, vec![reviewed(claims[0].clone(), Verdict::Accepted)]);
            let accepted: Vec<_> = CommandKind::ALL
                .into_iter()
                .filter(|kind| decide(&d, &command(*kind, claims.clone()), &actor, now()).is_ok())
                .collect();
            assert_eq!(allowed(&d, &actor), accepted, "{} {name}", status.code());
        }
    }
}

/// Every change of status that `decide` can make, over verdicts that lead to each outcome.
fn transitions() -> BTreeSet<(Status, CommandKind, Status)> {
    let verdicts = [
        vec![Verdict::Accepted, Verdict::Accepted],
        vec![
            Verdict::Refused("non".into()),
            Verdict::Refused("non".into()),
        ],
        vec![Verdict::Accepted, Verdict::Refused("non".into())],
        vec![Verdict::Accepted, Verdict::ToFix("date".into())],
    ];
    let mut found = BTreeSet::new();
    for status in Status::ALL {
        for kind in CommandKind::ALL {
            for (_, actor) in actors() {
                for set in &verdicts {
                    let claims = vec![claim(Kind::Ei, "a"), claim(Kind::Esus, "b")];
                    let under_review = claims
                        .iter()
                        .zip(set)
                        .map(|(claim, verdict)| reviewed(claim.clone(), verdict.clone()));
                    let d = declaration(status, under_review.collect());
                    if let Ok(decision) = decide(&d, &command(kind, claims), &actor, now()) {
                        found.insert((status, kind, decision.next));
                    }
                }
            }
        }
    }
    found
}

fn diagram() -> String {
    let mut lines = vec!["stateDiagram-v2".to_owned(), "    [*] --> draft".to_owned()];
    lines.extend(
        transitions()
            .into_iter()
            .filter(|(from, _, to)| from != to)
            .map(|(from, kind, to)| {
                format!("    {} --> {}: {}", from.code(), to.code(), kind.code())
            }),
    );
    lines.extend(
        Status::ALL
            .into_iter()
            .filter(|status| !status.is_open())
            .map(|status| format!("    {} --> [*]", status.code())),
    );
    lines.join("\n")
}

#[test]
fn the_diagram_of_the_readme_is_the_one_that_decide_draws() {
    let readme = include_str!("../../../../README.md");
    assert!(
        readme.contains(&diagram()),
        "the life cycle diagram of README.md is stale; it must be:\n\n{}",
        diagram()
    );
}

#[test]
fn every_status_and_refusal_speaks_both_languages() {
    for status in Status::ALL {
        assert_ne!(
            status_label(status).get(Lang::Fr),
            status_label(status).get(Lang::En)
        );
        assert_eq!(status.code().parse::<Status>(), Ok(status));
        let refusal = Refusal::WrongStatus { status };
        assert!(refusal.message(Lang::Fr).contains(status_label(status).fr));
    }
}

#[test]
fn a_submission_freezes_the_next_revision_of_the_company_with_every_claim_pending() {
    let mut d = declaration(Status::Draft, vec![]);
    d.last_company_revision = 4;
    let claims = vec![claim(Kind::Ei, "a"), claim(Kind::Esus, "b")];
    let decision = decide(
        &d,
        &command(CommandKind::Submit, claims),
        &supplier(MemberRole::Manager),
        now(),
    )
    .unwrap();
    let revision = decision.revision.unwrap();
    assert_eq!(revision.number, 5);
    assert_eq!(revision.hash, revision.snapshot.hash());
    assert!(
        revision
            .claims
            .iter()
            .all(|(_, _, verdict)| *verdict == Verdict::Pending)
    );
    assert_eq!(
        decision.effects,
        [
            Effect::TellSupplier(SupplierNotice::Received { revision: 5 }),
            Effect::TellBuyers(BuyerNotice::NewSubmission { revision: 5 }),
        ]
    );
}

#[test]
fn nothing_is_sent_without_a_claim_or_without_the_tick() {
    let d = declaration(Status::Draft, vec![]);
    let by = supplier(MemberRole::Manager);
    let empty = Command::Submit {
        snapshot: Box::new(snapshot(vec![])),
        statement: statement(true),
    };
    assert_eq!(
        decide(&d, &empty, &by, now()),
        Err(Refusal::NothingDeclared)
    );
    let claims = vec![claim(Kind::Ei, "a")];
    let unticked = Command::Submit {
        snapshot: Box::new(snapshot(claims)),
        statement: statement(false),
    };
    assert_eq!(
        decide(&d, &unticked, &by, now()),
        Err(Refusal::StatementNotTicked)
    );
}

#[test]
fn a_verdict_survives_a_correction_only_when_the_claim_says_the_same() {
    let (same, before) = (claim(Kind::Ei, "a"), claim(Kind::Esus, "b"));
    let d = declaration(
        Status::ChangesRequested,
        vec![
            reviewed(same.clone(), Verdict::Accepted),
            reviewed(before, Verdict::ToFix("date".into())),
        ],
    );
    let corrected = vec![same, claim(Kind::Esus, "b, corrected")];
    let decision = decide(
        &d,
        &command(CommandKind::Submit, corrected),
        &supplier(MemberRole::Manager),
        now(),
    )
    .unwrap();
    let verdicts: Vec<_> = decision
        .revision
        .unwrap()
        .claims
        .into_iter()
        .map(|(_, _, verdict)| verdict)
        .collect();
    assert_eq!(verdicts, [Verdict::Accepted, Verdict::Pending]);
    assert_eq!(decision.event.act, Act::Resubmitted);
    assert!(
        decision
            .effects
            .contains(&Effect::TellBuyers(BuyerNotice::CorrectionReceived {
                revision: 2
            }))
    );
}

#[test]
fn a_person_of_another_company_is_refused() {
    let d = declaration(Status::Draft, vec![]);
    let stranger = Actor::supplier(
        SUPPLIER,
        domain::identifiers::Siren::parse("303265045").unwrap(),
        MemberRole::Manager,
    );
    assert_eq!(
        decide(&d, &Command::Save, &stranger, now()),
        Err(Refusal::NotYourRole)
    );
}

#[test]
fn a_verdict_needs_its_reason_and_a_claim_of_the_revision() {
    let known = claim(Kind::Ei, "a");
    let d = declaration(
        Status::InReview,
        vec![reviewed(known.clone(), Verdict::Pending)],
    );
    let by = Actor::reviewer(REVIEWER);
    let give = |key: &domain::claims::Claim, verdict| Command::GiveVerdict {
        claim: key.key.clone(),
        verdict,
    };
    assert_eq!(
        decide(&d, &give(&known, Verdict::Refused("  ".into())), &by, now()),
        Err(Refusal::ReasonMissing)
    );
    assert_eq!(
        decide(
            &d,
            &give(&known, Verdict::ToFix("é".repeat(2_001))),
            &by,
            now()
        ),
        Err(Refusal::ReasonTooLong)
    );
    assert_eq!(
        decide(
            &d,
            &give(&claim(Kind::Esus, "b"), Verdict::Accepted),
            &by,
            now()
        ),
        Err(Refusal::UnknownClaim)
    );
    let decision = decide(
        &d,
        &give(&known, Verdict::Refused(" trop ancien ".into())),
        &by,
        now(),
    )
    .unwrap();
    assert_eq!(
        decision.verdicts,
        [(known.key, Verdict::Refused("trop ancien".into()))]
    );
    assert!(
        decision.effects.is_empty(),
        "a verdict is told with the signature only"
    );
}

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
