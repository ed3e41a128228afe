//! several people act at the same instant; one wins, the others are told, nothing happens twice.

use app::desk::{Opening, Saved, StepAnswers, Submitted};
use app::error::AppError;
use domain::form::{CompanyStep, SolidarityStep};
use domain::lifecycle::{Status, Verdict};
use store::outbox;

use super::{
    EI, accept_all, answers, buyer, fill, open, sent, signature, statement, supplier, text,
};
use crate::support::TestApp;

store::on_both_engines! {
    async fn r21_two_reviewers_start_the_same_review_and_one_wins(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let (one, two) = (buyer(&app, "un@metropole.example").await, buyer(&app, "deux@metropole.example").await);
        let id = sent(&*seller).await;
        let version = one.review(id).await.unwrap().version;
        let (first, second) = tokio::join!(one.start_review(id, version), two.start_review(id, version));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        assert_eq!(first.and(second), Err(AppError::Conflict));
        let told = outbox::by_subject(app.state.store.read(), &format!("declaration:{id}"), 100).await.unwrap();
        // Received, two agents told of the submission, review started once.
        assert_eq!(told.iter().filter(|message| message.route == "mail.supplier").count(), 2);
        assert_eq!(told.iter().filter(|message| message.route == "mail.buyer").count(), 2);
    }
}

store::on_both_engines! {
    async fn r21_a_signature_and_a_withdrawal_race_and_one_wins(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let agent = buyer(&app, "un@metropole.example").await;
        for round in 0..10 {
            let id = sent(&*seller).await;
            let version = agent.review(id).await.unwrap().version;
            agent.start_review(id, version).await.unwrap();
            accept_all(&*agent, id).await;
            let version = agent.review(id).await.unwrap().version;
            let (signed, withdrawn) =
                tokio::join!(agent.sign(id, version, signature(), vec![]), seller.withdraw(id, version));
            assert!(signed.is_ok() != withdrawn.is_ok(), "round {round}: {signed:?} {withdrawn:?}");
            let status = seller.declaration(id).await.unwrap().status;
            assert_eq!(status, if signed.is_ok() { Status::Validated } else { Status::Withdrawn });
        }
    }
}

store::on_both_engines! {
    async fn r22_two_tabs_save_one_step_and_nothing_is_lost(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let id = open(&*seller, EI).await;
        let seen = seller.declaration(id).await.unwrap().version;
        let named = |name: &str| match answers().remove(0) {
            StepAnswers::Company(step) => StepAnswers::Company(CompanyStep { contact_name: text(name), ..step }),
            other => panic!("{other:?}"),
        };
        let (one, two) = tokio::join!(
            seller.save_step(id, seen, named("Un")),
            seller.save_step(id, seen, named("Deux"))
        );
        let (kept, late, copy) = match (one.unwrap(), two.unwrap()) {
            (Saved::Done { .. }, Saved::Conflict { copy }) => ("Un", "Deux", copy),
            (Saved::Conflict { copy }, Saved::Done { .. }) => ("Deux", "Un", copy),
            other => panic!("{other:?}"),
        };
        let conflict = seller.conflict(id, copy).await.unwrap();
        assert_eq!((conflict.stored, conflict.typed), (named(kept), named(late)));
    }
}

store::on_both_engines! {
    async fn r22_two_tabs_on_two_steps_do_not_disturb_each_other(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let id = open(&*seller, EI).await;
        let seen = seller.declaration(id).await.unwrap().version;
        let saves = answers().into_iter().map(|step| seller.save_step(id, seen, step));
        for saved in futures::future::join_all(saves).await {
            assert!(matches!(saved, Ok(Saved::Done { .. })), "{saved:?}");
        }
        let view = seller.declaration(id).await.unwrap();
        assert_eq!(view.version, seen + 4);
        assert!(view.draft.company.contact_name.contains("Camille") && view.draft.insertion.rows.len() == 1);
        // What is signed is what was read: a page from before these answers cannot send them.
        let early = seller.submit(id, seen, statement()).await.unwrap();
        assert!(matches!(early, Submitted::Conflict { .. }), "{early:?}");
    }
}

store::on_both_engines! {
    async fn r22_answers_that_meet_a_submission_are_kept_aside(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let id = open(&*seller, EI).await;
        let version = fill(&*seller, id).await;
        seller.submit(id, version, statement()).await.unwrap();
        let late = StepAnswers::Solidarity(SolidarityStep { declare: text("no"), rows: vec![] });
        let Saved::Conflict { copy } = seller.save_step(id, version, late.clone()).await.unwrap() else {
            panic!("the declaration was sent")
        };
        let conflict = seller.conflict(id, copy).await.unwrap();
        assert_eq!((conflict.typed, conflict.stored), (late.clone(), answers().remove(2)));
        // Taken back, the same address offers the choice, and the answers can be used.
        let sent = seller.declaration(id).await.unwrap();
        seller.take_back(id, sent.version).await.unwrap();
        let conflict = seller.conflict(id, copy).await.unwrap();
        assert!(matches!(seller.save_step(id, conflict.version, late).await.unwrap(), Saved::Done { .. }));
    }
}

store::on_both_engines! {
    async fn r23_fifty_submissions_of_one_form_send_it_once(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let _agent = buyer(&app, "un@metropole.example").await;
        let id = open(&*seller, EI).await;
        let version = fill(&*seller, id).await;
        let sends = (0..50).map(|_| seller.submit(id, version, statement()));
        for sent in futures::future::join_all(sends).await {
            assert_eq!(sent, Ok(Submitted::Done));
        }
        assert_eq!(seller.receipt(id).await.unwrap().revision, 1);
        let told = outbox::by_subject(app.state.store.read(), &format!("declaration:{id}"), 100).await.unwrap();
        assert_eq!(told.len(), 2, "one mail to the supplier, one to the agent");
    }
}

store::on_both_engines! {
    async fn two_people_open_one_company_and_one_holds_it(db) {
        let app = TestApp::on(db, &[]).await;
        let (one, two) = (supplier(&app, "un@demo.example.fr").await, supplier(&app, "deux@demo.example.fr").await);
        let (first, second) = tokio::join!(one.open_company(EI), two.open_company(EI));
        let held = [first.unwrap(), second.unwrap()];
        assert_eq!(held.iter().filter(|opening| matches!(opening, Opening::HeldByAnother(_))).count(), 1, "{held:?}");
    }
}

#[tokio::test]
async fn another_reviewer_cannot_speak_in_a_review_that_is_held() {
    let app = TestApp::start().await;
    let seller = supplier(&app, "camille@demo.example.fr").await;
    let (one, two) = (
        buyer(&app, "un@metropole.example").await,
        buyer(&app, "deux@metropole.example").await,
    );
    let id = sent(&*seller).await;
    let version = one.review(id).await.unwrap().version;
    one.start_review(id, version).await.unwrap();
    let seen = two.review(id).await.unwrap();
    assert!(!seen.held_by_me && seen.allowed.is_empty());
    let key = seen.claims[0].claim.key.to_string();
    let refused = two
        .give_verdicts(id, seen.version, vec![(key, Verdict::Refused(text("non")))])
        .await;
    assert!(
        matches!(refused, Err(AppError::Refused { .. })),
        "{refused:?}"
    );
}

store::on_both_engines! {
    async fn r21_a_signature_of_an_earlier_round_proves_nothing(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let agent = buyer(&app, "un@metropole.example").await;
        let id = sent(&*seller).await;
        let version = agent.review(id).await.unwrap().version;
        agent.start_review(id, version).await.unwrap();
        let review = agent.review(id).await.unwrap();
        let to_fix = Verdict::ToFix(text("La convention n’est pas lisible."));
        let verdicts = review.claims.iter().map(|claim| (claim.claim.key.to_string(), to_fix.clone())).collect();
        agent.give_verdicts(id, review.version, verdicts).await.unwrap();
        let version = agent.review(id).await.unwrap().version;
        agent.sign(id, version, signature(), vec![]).await.unwrap();
        assert_eq!(agent.sign(id, version, signature(), vec![]).await, Ok(()), "the button was pressed twice");

        let back = seller.declaration(id).await.unwrap();
        assert_eq!(back.status, Status::ChangesRequested);
        let mut corrected = back.draft.solidarity.clone();
        corrected.rows[0].reference = text("EI013240014A0M0");
        let saved = seller.save_step(id, back.version, StepAnswers::Solidarity(corrected)).await.unwrap();
        let Saved::Done { version } = saved else { panic!("nobody else writes") };
        assert_eq!(seller.submit(id, version, statement()).await.unwrap(), Submitted::Done);
        // The page of the agent is one version old, the row still holds their signature, and nothing is signed.
        let version = agent.review(id).await.unwrap().version;
        agent.start_review(id, version).await.unwrap();
        assert_eq!(agent.sign(id, version, signature(), vec![]).await, Err(AppError::Conflict));
        assert_eq!(agent.review(id).await.unwrap().status, Status::InReview);
    }
}
