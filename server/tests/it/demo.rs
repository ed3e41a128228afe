//! The demonstration data are made by the same acts as the pages, once.

use app::views::{LeversFilter, PaidSupplier, PaymentsFilter, RestatedFilter};
use domain::decimal::Hundredths;
use domain::indicators::Cause;
use domain::lifecycle::Status;
use store::declarations::{QueueAsked, queue};

use crate::support::TestApp;

#[tokio::test]
async fn the_demonstration_is_seeded_once_with_every_kind_of_status() {
    let app = TestApp::set(&[("demo.enabled", "true")]).await;
    assert!(server::demo::seed(&app.state).await.unwrap());
    assert!(
        !server::demo::seed(&app.state).await.unwrap(),
        "a second time changes nothing"
    );
    let page = queue(&app.state.store, &QueueAsked::default())
        .await
        .unwrap();
    for status in [
        Status::Submitted,
        Status::InReview,
        Status::ChangesRequested,
        Status::Validated,
        Status::PartlyValidated,
    ] {
        assert!(
            page.counts
                .iter()
                .any(|(found, count)| *found == status && *count > 0),
            "{status:?}: {page:?}"
        );
    }
}

#[tokio::test]
async fn the_demonstration_has_lists_that_agree_and_one_that_does_not() {
    use domain::registry::Agreement;
    let app = TestApp::set(&[("demo.enabled", "true")]).await;
    assert!(server::demo::seed(&app.state).await.unwrap());
    let in_force = store::lists::in_force(app.state.store.read())
        .await
        .unwrap();
    assert_eq!(in_force.len(), 4);
    let agent = crate::desks::buyer(&app, "agent3@demo.example").await;
    let page = queue(&app.state.store, &QueueAsked::default()).await;
    let mut said = Vec::new();
    for row in page.unwrap().rows {
        let review = agent.review(row.id).await.unwrap();
        let lists = review.claims.into_iter().flat_map(|claim| claim.lists);
        said.extend(lists.map(|one| one.comparison.agreement));
    }
    for expected in [Agreement::Agree, Agreement::Differ] {
        assert!(said.contains(&expected), "{said:?}");
    }
}

#[tokio::test]
async fn the_demonstration_has_levers_to_show() {
    let app = TestApp::set(&[("demo.enabled", "true")]).await;
    // Late in the year, when most of its contracts are notified.
    app.clock.advance(chrono::TimeDelta::days(200));
    assert!(server::demo::seed(&app.state).await.unwrap());
    let agent = crate::desks::buyer(&app, "agent3@demo.example").await;
    let seen = agent.levers(LeversFilter::default()).await.unwrap();
    assert!(seen.files.len() >= 2, "{:?}", seen.files);
    assert!(
        seen.outcome.files > 1 && seen.outcome.missing.is_none(),
        "{:?}",
        seen.outcome
    );
    assert!(seen.outcome.after.rate > seen.outcome.before.rate);
    assert!(!seen.undeclared.rows.is_empty() && !seen.ending.is_empty());
}

#[tokio::test]
async fn the_demonstration_has_a_frozen_year_and_what_changed_since() {
    let app = TestApp::set(&[("demo.enabled", "true")]).await;
    assert!(server::demo::seed(&app.state).await.unwrap());
    let agent = crate::desks::buyer(&app, "agent3@demo.example").await;
    let filter = RestatedFilter {
        year: Some(2025),
        edition: 1,
        ..RestatedFilter::default()
    };
    let seen = agent.restated(filter).await.unwrap();
    assert_eq!(seen.causes.len(), 1, "{:?}", seen.causes);
    assert_eq!(seen.causes[0].0, Cause::StatusGained);
    assert!(seen.solidarity.after > seen.solidarity.before);
}

#[tokio::test]
async fn the_demonstration_has_payments_to_show() {
    let app = TestApp::set(&[("demo.enabled", "true")]).await;
    app.clock.advance(chrono::TimeDelta::days(200));
    assert!(server::demo::seed(&app.state).await.unwrap());
    let agent = crate::desks::buyer(&app, "agent3@demo.example").await;
    for year in [2025, 2026] {
        let filter = PaymentsFilter {
            year: Some(year),
            ..PaymentsFilter::default()
        };
        let seen = agent.payments(filter).await.unwrap();
        let sums = &seen.sums;
        assert!(
            sums.payments >= 15 && seen.directions.len() == 5,
            "{seen:?}"
        );
        assert!(sums.solidarity_rate > Some(Hundredths::ZERO), "{sums:?}");
        let foreign = |supplier: &PaidSupplier| supplier.siren.is_none();
        assert!(seen.suppliers.iter().any(foreign), "{:?}", seen.suppliers);
    }
}

#[tokio::test]
async fn a_real_portal_is_never_seeded() {
    let app = TestApp::start().await;
    assert!(server::demo::seed(&app.state).await.is_err());
}
