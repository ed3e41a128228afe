//! The life cycle as a whole: the product status × command × role, its diagram, and the rules of each command.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::support::*;
use domain::claims::Kind;
use domain::lifecycle::{
    Act, Actor, BuyerNotice, Command, CommandKind, Effect, MemberRole, Refusal, Status,
    SupplierNotice, Verdict, allowed, decide, status_label,
};
use domain::text::Lang;

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
            Effect::TellSupplier(SupplierNotice::Received {
                revision: 5,
                corrected: false
            }),
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
