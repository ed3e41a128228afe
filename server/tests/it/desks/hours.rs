//! The hours of a commitment, from the statement of the company to the figures of the buyer.

use app::desk::{BuyerDesk, StepAnswers, SupplierDesk};
use app::error::AppError;
use app::views::{FiguresFilter, YearHoursFilter};
use domain::decimal::Hundredths;
use domain::insertion::{HoursState, Quarter};
use domain::lifecycle::Refusal;
use server::feed;
use store::buyer::DifferenceKind;
use store::testing::TestDatabase;
use uuid::Uuid;

use super::{EI, accept_all, answers, buyer, open, signature, statement, supplier, text};
use crate::support::TestApp;

fn hours(value: &str) -> Hundredths {
    Hundredths::parse_json(value).unwrap()
}

fn quarter(code: &str) -> Quarter {
    Quarter::parse(code).unwrap()
}

fn refused(refusal: Refusal) -> Result<(), AppError> {
    Err(AppError::Refused { refusal })
}

/// A validated framework commitment of 1,500 hours from June 2026 to May 2027.
async fn promised(seller: &dyn SupplierDesk, agent: &dyn BuyerDesk) -> Uuid {
    let id = open(seller, EI).await;
    let mut version = seller.declaration(id).await.unwrap().version;
    for mut step in answers() {
        if let StepAnswers::Insertion(step) = &mut step {
            step.rows[0].contract_ref = String::new();
        }
        let saved = seller.save_step(id, version, step).await.unwrap();
        let app::desk::Saved::Done { version: next } = saved else {
            panic!("nobody else writes");
        };
        version = next;
    }
    seller.submit(id, version, statement()).await.unwrap();
    let version = agent.review(id).await.unwrap().version;
    agent.start_review(id, version).await.unwrap();
    accept_all(agent, id).await;
    let version = agent.review(id).await.unwrap().version;
    agent.sign(id, version, signature(), vec![]).await.unwrap();
    let rows = agent.commitments(false, 1).await.unwrap().rows;
    assert_eq!(rows.len(), 1, "the size and the status are no commitments");
    rows[0].line.id
}

fn go_to(app: &TestApp, day: &str) {
    let then = crate::outbox::bench::at(&format!("{day}T08:00:00Z"));
    app.clock.advance(then - app.clock.now());
}

/// Who was told of the commitment, since the last time.
async fn told(app: &TestApp, id: Uuid, known: &mut usize) -> Vec<String> {
    let subject = store::qualifications::subject(id);
    let all = store::outbox::by_subject(app.state.store.read(), &subject, 50)
        .await
        .unwrap();
    let new = all.iter().skip(std::mem::replace(known, all.len()));
    new.map(|message| message.route.clone()).collect()
}

async fn figure(agent: &dyn BuyerDesk, id: &str) -> Hundredths {
    let filter = FiguresFilter {
        year: Some(2026),
        ..FiguresFilter::default()
    };
    let found = agent.indicators(&filter).await.unwrap();
    found.report.indicators[id].numerator
}

store::on_both_engines! {
    async fn hours_are_stated_checked_corrected_and_counted(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let agent = buyer(&app, "agent@metropole.example").await;
        let id = promised(&*seller, &*agent).await;
        let tell = async |at: &str, worked: &str| {
            seller.tell_hours(id, quarter(at), hours(worked), text("états signés")).await
        };
        assert_eq!(tell("2026-Q2", "1").await, refused(Refusal::QuarterNotOver), "on 4 May");
        go_to(&app, "2026-10-05");
        let mut known = 0;
        told(&app, id, &mut known).await;
        let due = seller.workspace().await.unwrap().companies[0].hours_due.clone();
        assert_eq!(due[0].quarters, [quarter("2026-Q2"), quarter("2026-Q3")]);

        tell("2026-Q3", "120.50").await.unwrap();
        assert_eq!(told(&app, id, &mut known).await, ["mail.buyer"]);
        tell("2026-Q3", "120.50").await.unwrap();
        assert!(told(&app, id, &mut known).await.is_empty(), "a second click");
        let waiting = agent.commitments(true, 1).await.unwrap();
        assert_eq!((waiting.rows.len(), waiting.to_check), (1, 1));
        assert_eq!(waiting.rows[0].hours.account.waiting(), hours("120.50"));

        assert_eq!(agent.return_hours(id, 1, text(" ")).await, refused(Refusal::ReasonMissing));
        agent.return_hours(id, 1, text("Il manque la structure")).await.unwrap();
        agent.return_hours(id, 1, text("Il manque la structure")).await.unwrap();
        assert_eq!(told(&app, id, &mut known).await, ["mail.supplier"], "once, and nothing counts");
        assert_eq!(agent.accept_hours(id, 1).await, refused(Refusal::StatementSettled));
        assert_eq!(agent.commitments(true, 1).await.unwrap().total, 0);

        tell("2026-Q3", "110").await.unwrap();
        tell("2026-Q2", "40").await.unwrap();
        agent.accept_hours(id, 2).await.unwrap();
        agent.accept_hours(id, 3).await.unwrap();
        tell("2026-Q3", "100").await.unwrap();
        let account = agent.qualification(id).await.unwrap().hours.unwrap().account;
        assert_eq!(account.realised(), hours("150"), "until the correction is checked");
        let states: Vec<HoursState> = account.statements.iter().map(|one| account.state(one)).collect();
        assert_eq!(
            states,
            [HoursState::Replaced, HoursState::Accepted, HoursState::Accepted, HoursState::ToCheck]
        );

        let (store, buyer_store) = (&app.state.store, &app.state.buyer);
        feed::replay(store, buyer_store, app.clock.now()).await.unwrap();
        assert_eq!(figure(&*agent, "I8").await, hours("1500"));
        assert_eq!(figure(&*agent, "I8r").await, hours("150"));
        let listed = agent.year_hours(YearHoursFilter { year: Some(2026), page: 1 }).await.unwrap();
        let line = &listed.rows[0];
        assert_eq!((line.qualification, line.promised, line.realised), (Some(id), hours("1500"), hours("150")));
        assert_eq!((listed.total, listed.promised, listed.realised), (1, hours("1500"), hours("150")));
        let before = agent.year_hours(YearHoursFilter { year: Some(2025), page: 1 }).await.unwrap();
        assert!(before.rows.is_empty() && before.total == 0);
        app.clock.advance(chrono::TimeDelta::days(1));
        agent.accept_hours(id, 4).await.unwrap();
        assert_eq!(feed::replay(store, buyer_store, app.clock.now()).await.unwrap().rows, 1);
        assert_eq!(figure(&*agent, "I8r").await, hours("140"), "the correction counts, not both");
        assert!(feed::verify(store, buyer_store).await.unwrap().is_equal());
        let rebuilt = feed::rebuild(store, buyer_store, app.clock.now(), app.clock.today()).await.unwrap();
        assert!(rebuilt.rows > 3, "{rebuilt:?}");
        assert_eq!(figure(&*agent, "I8r").await, hours("140"));
    }

    async fn hours_that_the_buyer_database_lost_are_found_and_healed(db) {
        let engine = db.config().engine();
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let agent = buyer(&app, "agent@metropole.example").await;
        let id = promised(&*seller, &*agent).await;
        go_to(&app, "2026-10-05");
        seller.tell_hours(id, quarter("2026-Q3"), hours("12"), String::new()).await.unwrap();
        agent.accept_hours(id, 1).await.unwrap();
        let (store, buyer_store) = (&app.state.store, &app.state.buyer);
        feed::replay(store, buyer_store, app.clock.now()).await.unwrap();
        assert!(feed::verify(store, buyer_store).await.unwrap().is_equal());
        let other = TestDatabase::create(engine).await;
        let empty = store::buyer::BuyerStore::open(other.config()).await.unwrap();
        feed::replay(store, &empty, app.clock.now()).await.unwrap();
        other.execute("DELETE FROM realised_hours").await;
        let report = feed::verify(store, &empty).await.unwrap();
        let found: Vec<_> = report.differences.iter().map(|one| (one.table, one.kind.clone())).collect();
        assert_eq!(found, [("realised_hours", DifferenceKind::Missing)]);
        assert_eq!(feed::replay(store, &empty, app.clock.now()).await.unwrap().rows, 1);
        other.execute("UPDATE realised_hours SET hours = 13").await;
        let report = feed::verify(store, &empty).await.unwrap();
        assert_eq!(report.differences.len(), 1);
        assert_eq!(report.differences[0].kind, DifferenceKind::Differs(vec!["hours"]));
    }

    async fn nobody_else_states_or_reads_the_hours_of_a_company(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let agent = buyer(&app, "agent@metropole.example").await;
        let id = promised(&*seller, &*agent).await;
        go_to(&app, "2026-10-05");
        let stranger = supplier(&app, "intrus@ailleurs.example").await;
        let told = stranger.tell_hours(id, quarter("2026-Q3"), hours("1"), String::new()).await;
        assert_eq!(told, Err(AppError::NotFound));
        assert_eq!(stranger.qualification(id).await.map(|_| ()), Err(AppError::NotFound));
        let statements = seller.qualification(id).await.unwrap().hours.unwrap().account.statements;
        assert!(statements.is_empty());
    }
}
