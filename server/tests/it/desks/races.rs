//! several people act at the same instant; one wins, the others are told, nothing happens twice.

use app::desk::{Opening, Saved, Submitted};
use app::error::AppError;
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
    async fn r22_two_tabs_save_one_draft_and_nothing_is_lost(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let id = open(&*seller, EI).await;
        let seen = seller.declaration(id).await.unwrap().version;
        let steps = answers();
        let (one, two) = tokio::join!(
            seller.save_step(id, seen, steps[1].clone()),
            seller.save_step(id, seen, steps[2].clone())
        );
        let (done, late) = match (one.unwrap(), two.unwrap()) {
            (Saved::Done { .. }, Saved::Conflict { copy }) => (1, (2, copy)),
            (Saved::Conflict { copy }, Saved::Done { .. }) => (2, (1, copy)),
            other => panic!("{other:?}"),
        };
        assert_ne!(done, late.0);
        assert_eq!(seller.conflict(id, late.1).await.unwrap().typed, steps[late.0]);
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
        assert_eq!(held.iter().filter(|opening| **opening == Opening::HeldByAnother).count(), 1, "{held:?}");
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
        .give_verdict(id, seen.version, &key, Verdict::Refused(text("non")))
        .await;
    assert!(
        matches!(refused, Err(AppError::Refused { .. })),
        "{refused:?}"
    );
}
