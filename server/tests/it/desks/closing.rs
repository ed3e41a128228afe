//! The end of a qualification: withdrawn by the company, revoked by two agents.

use app::error::AppError;
use chrono::NaiveDate;
use domain::claims::ClosureCause;
use domain::lifecycle::{Refusal, Status};
use uuid::Uuid;

use super::{accept_all, buyer, sent, signature, supplier, text};
use crate::support::TestApp;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Two qualifications of a validated declaration: the size and the integration enterprise.
async fn validated(app: &TestApp) -> Vec<Uuid> {
    let (seller, agent) = (
        supplier(app, "camille@demo.example.fr").await,
        buyer(app, "agent@metropole.example").await,
    );
    let id = sent(&*seller).await;
    let version = agent.review(id).await.unwrap().version;
    agent.start_review(id, version).await.unwrap();
    accept_all(&*agent, id).await;
    let version = agent.review(id).await.unwrap().version;
    agent.sign(id, version, signature(), vec![]).await.unwrap();
    assert_eq!(agent.review(id).await.unwrap().status, Status::Validated);
    let mut lines = agent.qualifications("", 1).await.unwrap().rows;
    lines.sort_by_key(|line| line.id);
    assert_eq!(lines.len(), 3);
    lines.into_iter().map(|line| line.id).collect()
}

store::on_both_engines! {
    async fn a_revocation_needs_a_second_agent_and_is_told_and_fed(db) {
        let app = TestApp::on(db, &[]).await;
        let held = validated(&app).await;
        let second = buyer(&app, "second@metropole.example").await;
        let first = buyer(&app, "premier@metropole.example").await;
        let id = held[1];
        first.propose_revocation(id, day("2026-05-10"), text("Convention résiliée")).await.unwrap();
        assert!(first.qualification(id).await.unwrap().proposed_by_me);
        assert_eq!(
            first.confirm_revocation(id, signature()).await,
            Err(AppError::Refused { refusal: Refusal::SecondPersonNeeded })
        );
        second.confirm_revocation(id, signature()).await.unwrap();
        let view = second.qualification(id).await.unwrap();
        assert_eq!(view.line.closed, Some((day("2026-05-10"), ClosureCause::Revoked)));
        assert_eq!(view.closure_reason.as_deref(), Some("Convention résiliée"));
        let told = store::outbox::by_subject(app.state.store.read(), &format!("qualification:{id}"), 10).await.unwrap();
        let routes: Vec<_> = told.iter().map(|message| message.route.as_str()).collect();
        assert_eq!(routes, ["mail.supplier", "feed.company"]);
        assert_eq!(
            second.propose_revocation(id, day("2026-05-10"), text("encore")).await,
            Err(AppError::Refused { refusal: Refusal::AlreadyClosed })
        );
    }
}

#[tokio::test]
async fn a_company_gives_up_a_qualification() {
    let app = TestApp::start().await;
    let held = validated(&app).await;
    let owner = app.sign_in("camille@demo.example.fr").await;
    drop(owner);
    let stranger = supplier(&app, "x@autre.example.fr").await;
    let asked = stranger
        .withdraw_qualification(held[0], day("2026-05-10"), text("x"))
        .await;
    assert_eq!(asked, Err(AppError::NotFound));
    let agent = buyer(&app, "tiers@metropole.example").await;
    agent
        .propose_revocation(held[0], day("2026-05-10"), text("Doute"))
        .await
        .unwrap();
    agent.drop_revocation(held[0]).await.unwrap();
    assert_eq!(
        agent.drop_revocation(held[0]).await,
        Ok(()),
        "a second click"
    );
    let other = buyer(&app, "quatrieme@metropole.example").await;
    let signature = super::signature();
    assert_eq!(
        other.confirm_revocation(held[0], signature).await,
        Err(AppError::Refused {
            refusal: Refusal::NoProposal
        })
    );
}
