//! The acts of a supplier, as doors: submitting, taking back, amending, opening a company, giving a qualification up.

use std::sync::Arc;

use app::desk::{Opening, StepAnswers, Submitted};
use app::doors::supplier::*;
use app::error::AppError;
use domain::form::{StatementStep, StepCode};
use domain::lifecycle::{Refusal, Status};

use crate::fakes::supplier::*;
use crate::supplier_doors::{here, solidarity, supplier};
use crate::supplier_visit::knock;

fn submit(fake: &Arc<Fake>, intent: &str) -> String {
    let statement = StatementStep {
        accepted: "yes".into(),
        ..filled().statement
    };
    let door = || submit_declaration(id(1), 7, intent.into(), statement);
    let (outcome, location) = knock(fake, &supplier(), door);
    assert_eq!(outcome, Ok(()));
    location.unwrap_or_default()
}

#[test]
fn a_submission_leads_to_the_receipt_or_back_with_its_reason() {
    let answering = |submitted| {
        Arc::new(Fake {
            submitted,
            ..Fake::showing(view(Status::Draft, fresh()))
        })
    };
    let refused = |refusal| Err(AppError::Refused { refusal });
    let check = here("verification");
    let declaration = format!("/declarations/{}", id(1));
    for (answer, expected) in [
        (Ok(Submitted::Done), format!("{declaration}/accuse")),
        (
            Ok(Submitted::Incomplete(StepCode::Size)),
            format!("{check}?verifier#errors"),
        ),
        (
            refused(Refusal::StatementNotTicked),
            format!("{check}?verifier&refus=statement_not_ticked#errors"),
        ),
        (
            refused(Refusal::WrongStatus {
                status: Status::InReview,
            }),
            format!("{declaration}?change"),
        ),
        (Err(AppError::Conflict), format!("{declaration}?change")),
    ] {
        let fake = answering(answer.clone());
        assert_eq!(submit(&fake, "submit"), expected, "{answer:?}");
        // The signer typed is kept for the next try, the oath never.
        if let Some(StepAnswers::Statement(kept)) = fake.stored.lock().unwrap().clone() {
            assert_eq!(kept.signer_name, "Anne Martin");
            assert_eq!(kept.accepted, "");
        }
    }
}

#[test]
fn saving_the_statement_never_keeps_the_tick() {
    let fake = Arc::new(Fake::default());
    assert_eq!(
        submit(&fake, "save"),
        format!("{}?enregistre", here("verification"))
    );
    assert_eq!(
        fake.stored.lock().unwrap().clone(),
        Some(StepAnswers::Statement(filled().statement))
    );
    assert_eq!(*fake.asked.lock().unwrap(), ["save 7 verification"]);
}

#[test]
fn an_act_done_twice_shows_where_the_declaration_stands() {
    let late = Arc::new(Fake {
        act: Err(AppError::Conflict),
        ..Fake::default()
    });
    let here = format!("/declarations/{}?change", id(1));
    let expected = Some(here.clone());
    assert_eq!(
        knock(&late, &supplier(), || take_back_declaration(id(1), 7)).1,
        expected
    );
    assert_eq!(
        knock(&late, &supplier(), || withdraw_declaration(id(1), 7)).1,
        expected
    );
    assert_eq!(
        knock(&late, &supplier(), || discard_declaration(id(1), 7)).1,
        expected
    );
    assert_eq!(solidarity(&late, "save", "", filled().solidarity), here);
    let fake = Arc::new(Fake::default());
    assert_eq!(
        knock(&fake, &supplier(), || take_back_declaration(id(1), 7)).1,
        Some(format!("/declarations/{}?fait=reprise", id(1)))
    );
    assert_eq!(
        knock(&fake, &supplier(), || discard_declaration(id(1), 7))
            .1
            .as_deref(),
        Some("/espace?fait=abandon")
    );
    let fake = Arc::new(Fake {
        opening: Opening::Declaration(id(2)),
        ..Fake::default()
    });
    assert_eq!(
        knock(&fake, &supplier(), || amend_declaration(id(1))).1,
        Some(format!("/declarations/{}", id(2)))
    );
}

#[test]
fn opening_a_company_leads_on_or_says_why_not() {
    for (opening, expected) in [
        (
            Opening::Declaration(id(1)),
            format!("/declarations/{}", id(1)),
        ),
        (
            Opening::HeldByAnother(siren()),
            format!("/espace/rattachement/{}", siren()),
        ),
        (
            Opening::Closed(closed_company()),
            "/espace/recherche?q=732829320&issue=fermee&depuis=2024-03-01".to_owned(),
        ),
    ] {
        let fake = Arc::new(Fake {
            opening,
            ..Fake::default()
        });
        assert_eq!(
            knock(&fake, &supplier(), || open_company(
                " 732 829 320&x=<".into()
            ))
            .1,
            Some(expected.replace("q=732829320", "q=732829320x"))
        );
        assert_eq!(
            knock(&fake, &supplier(), || open_company("732 829 320".into())).1,
            Some(expected)
        );
    }
}

#[test]
fn giving_up_a_qualification_needs_a_date_a_reason_and_a_tick() {
    let fake = Arc::new(Fake {
        qualification: Some(qualification(0)),
        ..Fake::default()
    });
    let page = format!("/qualifications/{}", id(50));
    for (from, reason, tick, problem) in [
        ("31/02/2026", "Arrêt", "yes", "date"),
        ("31/12/2026", "  ", "yes", "motif"),
        ("31/12/2026", &"x".repeat(2_001), "yes", "longueur"),
        ("31/12/2026", "Arrêt", "", "confirmation"),
    ] {
        let door = || withdraw_qualification(id(50), from.into(), reason.into(), tick.into());
        assert_eq!(
            knock(&fake, &supplier(), door).1,
            Some(format!("{page}?verifier={problem}&saisie={}#errors", id(9))),
            "{problem}"
        );
        let typed = fake.typed.lock().unwrap().clone().unwrap();
        assert_eq!(
            (typed.get("from"), typed.get("reason")),
            (from, reason.trim())
        );
    }
    assert!(fake.asked.lock().unwrap().is_empty());
    let door = || {
        withdraw_qualification(
            id(50),
            "31/12/2026".into(),
            " Arrêt\r\nde l’activité ".into(),
            "yes".into(),
        )
    };
    assert_eq!(
        knock(&fake, &supplier(), door).1,
        Some(format!("{page}?fait=retrait"))
    );
    assert_eq!(
        *fake.asked.lock().unwrap(),
        ["withdraw qualification 2026-12-31 Arrêt\nde l’activité"]
    );
}
