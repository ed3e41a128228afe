//! The doors of the agents: who may pass, what the desk is asked, where the browser goes, and what is kept after a refusal.

use std::sync::Arc;

use app::doors::admin::retry_message;
use app::doors::buyer::{
    ClosureForm, attach_person, confirm_revocation, decline_attachment, drop_revocation,
    propose_revocation, release_review, sign_review, start_review,
};
use app::doors::verdicts::{VerdictForm, give_verdicts};
use app::error::AppError;
use app::reply::ReplyParts;
use app::visitor::{AccountRole, Visitor};
use domain::lifecycle::Status;
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::fakes::desk::{COPY, FakeDesk, Scene, person};
use crate::fakes::scenes as made;
use crate::visit::post;

pub(crate) const ID: Uuid = made::ID;
const OTHER: Uuid = Uuid::from_u128(0xa1);

type Door = fn() -> BoxFuture<'static, Result<(), AppError>>;

/// Every door of this side, with a form that a page would post.
const DOORS: [(&str, Door); 11] = [
    ("start-review", || Box::pin(start_review(ID, 5))),
    ("release-review", || Box::pin(release_review(ID, 5))),
    ("give-verdicts", || {
        Box::pin(give_verdicts(
            ID,
            5,
            1,
            vec![card("accepted", ""), card("", "")],
        ))
    }),
    ("sign-review", || {
        Box::pin(sign_review(ID, 5, "N".into(), "Q".into(), vec![]))
    }),
    ("propose-revocation", || {
        Box::pin(propose_revocation(
            OTHER,
            ID,
            "1/12/2026".into(),
            "R".into(),
        ))
    }),
    ("confirm-revocation", || {
        Box::pin(confirm_revocation(OTHER, ID, "N".into(), "Q".into()))
    }),
    ("drop-revocation", || Box::pin(drop_revocation(OTHER))),
    ("attach-person", || Box::pin(attach_person(OTHER))),
    ("decline-attachment", || Box::pin(decline_attachment(OTHER))),
    ("retry-message", || Box::pin(retry_message(OTHER))),
    ("give-verdicts, refused", || {
        Box::pin(give_verdicts(ID, 5, 1, vec![card("refused", "un\r\ndeux")]))
    }),
];

pub(crate) fn card(verdict: &str, reason: &str) -> VerdictForm {
    VerdictForm {
        claim: "SME@x".into(),
        verdict: verdict.into(),
        reason: reason.into(),
    }
}

pub(crate) fn at(parts: &ReplyParts) -> &str {
    parts.location.as_deref().unwrap_or_default()
}

#[test]
fn every_door_refuses_strangers_and_suppliers_without_asking_the_desk() {
    for (name, door) in DOORS {
        for (visitor, expected) in [
            (Visitor::Anonymous, AppError::SignIn),
            (person(AccountRole::Supplier), AppError::Forbidden),
        ] {
            let desk = FakeDesk::of(Scene::default());
            let (answer, reply) = post(visitor, &desk, door);
            assert_eq!(answer, Err(expected), "{name}");
            assert_eq!(reply, ReplyParts::default(), "{name}");
            assert!(desk.asked.lock().unwrap().is_empty(), "{name}");
        }
    }
    let desk = FakeDesk::of(Scene::default());
    let (answer, _) = post(person(AccountRole::Reviewer), &desk, || {
        retry_message(OTHER)
    });
    assert_eq!(
        answer,
        Err(AppError::Forbidden),
        "a reviewer is no administrator"
    );
}

#[test]
fn every_door_asks_its_desk_once_and_leads_to_a_page() {
    let q = format!("/qualifications/{OTHER}");
    let d = format!("/instruction/{ID}");
    let expected = [
        (format!("start {ID} 5"), format!("{d}?fait=examen")),
        (format!("release {ID} 5"), format!("{d}?fait=liberation")),
        (
            format!("verdicts {ID} 5 [(\"SME@x\", Accepted)]"),
            format!("{d}?fait=verdict#affirmation-2"),
        ),
        (format!("sign {ID} 5 N Q []"), format!("{d}?fait=signature")),
        (
            format!("propose {OTHER} 2026-12-01 R"),
            format!("{q}?fait=proposition"),
        ),
        (
            format!("confirm {OTHER} N Q"),
            format!("{q}?fait=revocation"),
        ),
        (format!("drop {OTHER}"), format!("{q}?fait=abandon")),
        (
            format!("attach {OTHER}"),
            "/instruction/rattachements?fait=rattachement".to_owned(),
        ),
        (
            format!("decline {OTHER}"),
            "/instruction/rattachements?fait=refus".to_owned(),
        ),
        (
            format!("retry {OTHER}"),
            "/administration/envois?fait=reprise".to_owned(),
        ),
        (
            format!("verdicts {ID} 5 [(\"SME@x\", Refused(\"un\\ndeux\"))]"),
            format!("{d}?fait=verdict#signature"),
        ),
    ];
    for ((name, door), (asked, location)) in DOORS.into_iter().zip(expected) {
        let desk = FakeDesk::of(Scene::default());
        let (answer, reply) = post(person(AccountRole::Administrator), &desk, door);
        assert_eq!(answer, Ok(()), "{name}");
        assert_eq!(*desk.asked.lock().unwrap(), [asked], "{name}");
        assert_eq!(at(&reply), location, "{name}");
    }
}

#[test]
fn a_fault_is_not_hidden_behind_a_page() {
    let fault = AppError::Unavailable {
        reference: "r".into(),
    };
    for (name, door) in DOORS {
        let desk = FakeDesk::of(Scene {
            refusal: Some(fault.clone()),
            ..Scene::default()
        });
        let (answer, reply) = post(person(AccountRole::Administrator), &desk, door);
        assert_eq!(answer, Err(fault.clone()), "{name}");
        assert_eq!(reply.location, None, "{name}");
    }
}

pub(crate) fn refuse(error: AppError) -> Arc<FakeDesk> {
    FakeDesk::of(Scene {
        refusal: Some(error),
        review: Some(made::review(Status::InReview)),
        ..Scene::default()
    })
}

#[test]
fn a_declaration_taken_back_leads_to_the_queue() {
    let desk = FakeDesk::of(Scene {
        refusal: Some(AppError::Conflict),
        ..Scene::default()
    });
    let (_, reply) = post(person(AccountRole::Reviewer), &desk, || start_review(ID, 5));
    assert_eq!(at(&reply), "/instruction?refus=gone");
}

#[test]
fn a_button_without_answers_keeps_nothing() {
    let desk = refuse(AppError::Conflict);
    let (_, reply) = post(person(AccountRole::Reviewer), &desk, || start_review(ID, 5));
    assert_eq!(
        at(&reply),
        format!("/instruction/{ID}?refus=conflict#stopped")
    );
    assert_eq!(*desk.kept.lock().unwrap(), None);
}

fn closure(end: &str, from: &str, reason: &str) -> ClosureForm {
    ClosureForm {
        qualification: OTHER,
        end: end.into(),
        from: from.into(),
        reason: reason.into(),
    }
}

#[test]
fn only_ticked_ends_are_asked() {
    let desk = FakeDesk::of(Scene::default());
    let (answer, _) = post(person(AccountRole::Reviewer), &desk, || {
        sign_review(
            ID,
            5,
            "N".into(),
            "Q".into(),
            vec![
                closure("", "x", ""),
                closure("yes", "01/12/2026", " Fin\r\n"),
            ],
        )
    });
    assert_eq!(answer, Ok(()));
    let asked = desk.asked.lock().unwrap().join("");
    assert_eq!(asked.matches("ClosureAsked").count(), 1, "{asked}");
    assert!(
        asked.contains("2026-12-01") && asked.contains("\"Fin\""),
        "{asked}"
    );
}

#[test]
fn a_wrong_end_is_named_and_everything_is_kept() {
    for (from, reason, code) in [
        ("31/02/2026", "Fin", "date_wrong"),
        ("01/12/2026", " ", "reason_missing"),
        ("01/12/2026", &"é".repeat(2_001), "reason_too_long"),
    ] {
        let desk = refuse(AppError::Conflict);
        let closures = vec![closure("yes", from, reason)];
        let (answer, reply) = post(person(AccountRole::Reviewer), &desk, || {
            sign_review(ID, 5, "D. Roux".into(), "Cheffe".into(), closures)
        });
        assert_eq!(answer, Err(AppError::Unreadable), "{code}");
        assert!(
            desk.asked.lock().unwrap().is_empty(),
            "{code}: nothing is signed"
        );
        assert_eq!(
            at(&reply),
            format!("/instruction/{ID}/signature?saisie={COPY}#errors")
        );
        let kept = desk.kept.lock().unwrap().clone().expect("kept");
        assert_eq!(kept.problem, code);
        assert_eq!(kept.get("wrong"), OTHER.to_string());
        assert_eq!(kept.get(&format!("from-{OTHER}")), from);
        assert_eq!(
            (kept.get("name"), kept.get("quality")),
            ("D. Roux", "Cheffe")
        );
    }
}

#[test]
fn a_proposal_without_a_readable_date_is_kept() {
    let desk = refuse(AppError::Conflict);
    let (_, reply) = post(person(AccountRole::Reviewer), &desk, || {
        propose_revocation(OTHER, ID, "demain".into(), "Parce que".into())
    });
    assert_eq!(
        at(&reply),
        format!("/qualifications/{OTHER}?saisie={COPY}#errors")
    );
    let kept = desk.kept.lock().unwrap().clone().expect("kept");
    assert_eq!(
        (kept.get("from"), kept.get("reason")),
        ("demain", "Parce que")
    );
}

#[test]
fn what_somebody_else_settled_is_said_on_the_list() {
    for error in [AppError::NotFound, AppError::Conflict] {
        let desk = FakeDesk::of(Scene {
            refusal: Some(error.clone()),
            ..Scene::default()
        });
        let (answer, reply) = post(person(AccountRole::Administrator), &desk, || {
            attach_person(OTHER)
        });
        assert_eq!(answer, Err(error.clone()));
        assert_eq!(at(&reply), "/instruction/rattachements?refus=settled");
        let (_, reply) = post(person(AccountRole::Administrator), &desk, || {
            retry_message(OTHER)
        });
        assert_eq!(at(&reply), "/administration/envois?refus=settled");
    }
}
