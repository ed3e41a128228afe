//! The door of the verdicts: which are given, which come back, and what is kept of each card.

use app::doors::verdicts::give_verdicts;
use app::error::AppError;
use app::visitor::AccountRole;
use domain::lifecycle::{Refusal, Status};

use crate::doors::{ID, at, card, refuse};
use crate::fakes::desk::{COPY, FakeDesk, Scene, person};
use crate::visit::post;

#[test]
fn a_conflict_keeps_the_reason_out_of_the_address() {
    for (error, code) in [
        (AppError::Conflict, "conflict"),
        (AppError::from(Refusal::HeldByAnother), "held_by_another"),
        (
            AppError::from(Refusal::WrongStatus {
                status: Status::Validated,
            }),
            "wrong_status",
        ),
    ] {
        let desk = refuse(error.clone());
        let (answer, reply) = post(person(AccountRole::Reviewer), &desk, || {
            give_verdicts(ID, 5, 1, vec![card("refused", "Motif\r\nlong")])
        });
        assert_eq!(answer, Err(error));
        assert_eq!(
            at(&reply),
            format!("/instruction/{ID}?saisie={COPY}#stopped")
        );
        let kept = desk.kept.lock().unwrap().clone().expect("kept");
        assert_eq!(kept.problem, code);
        assert_eq!(
            (kept.get("verdict-1"), kept.get("reason-1")),
            ("refused", "Motif\nlong")
        );
    }
}

#[test]
fn a_verdict_must_be_chosen() {
    for verdict in ["", "pending", "<b>"] {
        let desk = refuse(AppError::Conflict);
        let (answer, reply) = post(person(AccountRole::Reviewer), &desk, || {
            give_verdicts(ID, 5, 1, vec![card(verdict, "Motif")])
        });
        assert_eq!(answer, Err(AppError::Unreadable));
        assert!(
            desk.asked.lock().unwrap().is_empty(),
            "the desk is not asked"
        );
        assert_eq!(
            at(&reply),
            format!("/instruction/{ID}?saisie={COPY}#errors")
        );
        assert_eq!(
            desk.kept.lock().unwrap().clone().expect("kept").problem,
            "verdict_missing"
        );
    }
}

#[test]
fn complete_verdicts_are_given_and_the_others_come_back() {
    let desk = FakeDesk::of(Scene::default());
    let cards = || {
        vec![
            card("accepted", ""),
            card("refused", ""),
            card("", "Je regarde encore"),
            card("", ""),
        ]
    };
    let (answer, reply) = post(person(AccountRole::Reviewer), &desk, || {
        give_verdicts(ID, 5, 1, cards())
    });
    assert_eq!(answer, Err(AppError::Unreadable));
    let asked = desk.asked.lock().unwrap().join("");
    assert!(
        asked.contains("Accepted") && !asked.contains("Refused"),
        "{asked}"
    );
    assert_eq!(
        at(&reply),
        format!("/instruction/{ID}?saisie={COPY}#errors")
    );
    let kept = desk.kept.lock().unwrap().clone().expect("kept");
    assert_eq!(
        (
            kept.get("verdict-2"),
            kept.get("problem-2"),
            kept.get("reason-3")
        ),
        ("refused", "reason_missing", "Je regarde encore")
    );
    assert!(!kept.fields.contains_key("verdict-1") && !kept.fields.contains_key("verdict-4"));
}

#[test]
fn a_reason_begun_in_another_card_is_still_there_after_a_save() {
    let desk = FakeDesk::of(Scene::default());
    let (answer, reply) = post(person(AccountRole::Reviewer), &desk, || {
        give_verdicts(
            ID,
            5,
            1,
            vec![card("accepted", ""), card("", "Je regarde encore")],
        )
    });
    assert_eq!(answer, Ok(()));
    assert_eq!(
        at(&reply),
        format!("/instruction/{ID}?fait=verdict&saisie={COPY}#affirmation-2")
    );
    let kept = desk.kept.lock().unwrap().clone().expect("kept");
    assert_eq!(
        (kept.problem.as_str(), kept.get("reason-2")),
        ("", "Je regarde encore")
    );
}
