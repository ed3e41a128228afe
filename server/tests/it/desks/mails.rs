//! The mails about a declaration: what became of each, for both sides, and one more for whoever did not get it.

use app::error::AppError;
use app::views::{MailState, MailsView, SentAgain};
use chrono::TimeDelta;
use domain::lifecycle::SupplierNotice;
use mail_parser::MessageParser;
use server::outbox::Worker;
use uuid::Uuid;

use super::{buyer, open, sent, supplier};
use crate::mail::server::{MailServer, Play, Received, Step};
use crate::support::TestApp;

const OWNER: &str = "camille@demo-insertion.example.fr";

async fn office(db: store::testing::TestDatabase, server: &MailServer) -> (TestApp, Worker) {
    let port = server.port.to_string();
    let settings = [
        ("mail.mode", "smtp"),
        ("mail.host", "127.0.0.1"),
        ("mail.port", port.as_str()),
        ("mail.encryption", "none"),
    ];
    let app = TestApp::on(db, &settings).await;
    let state = &app.state;
    let worker = server::outbox::open(
        &state.config,
        &state.store,
        &state.clock,
        state.buyer.clone(),
        state.catalogues.clone(),
    );
    (app, worker.unwrap())
}

fn text(mail: &Received) -> String {
    let mail = MessageParser::default().parse(&mail.bytes).unwrap();
    mail.body_text(0).unwrap().into_owned()
}

fn receipts(view: &MailsView) -> Vec<(Option<&str>, MailState)> {
    let receipts = view
        .mails
        .iter()
        .filter(|line| matches!(line.notice, SupplierNotice::Received { .. }));
    receipts
        .map(|line| (line.to.as_deref(), line.state))
        .collect()
}

store::on_both_engines! {
    async fn a_receipt_that_did_not_arrive_is_sent_again_and_says_the_same(db) {
        let server = MailServer::good().await;
        let (app, worker) = office(db, &server).await;
        let desk = supplier(&app, OWNER).await;
        let id = sent(desk.as_ref()).await;
        let agents = buyer(&app, "agent@metropole.example").await;
        let left = MailState::Waiting { failed: false };
        for view in [desk.mails(id).await.unwrap(), agents.mails(id).await.unwrap()] {
            assert_eq!(receipts(&view), [(Some(OWNER), left)]);
        }
        worker.drain_once().await.unwrap();
        let at = app.clock.now();
        assert_eq!(receipts(&desk.mails(id).await.unwrap()), [(Some(OWNER), MailState::Left { at })]);
        let first = desk.mails(id).await.unwrap().mails[0].id;

        // A day later, twice.
        app.clock.advance(TimeDelta::days(1));
        assert_eq!(desk.send_again(id, first).await.unwrap(), SentAgain::Done);
        assert_eq!(desk.send_again(id, first).await.unwrap(), SentAgain::JustBefore);
        let copy = desk.mails(id).await.unwrap().mails[0].id;
        assert_eq!(desk.send_again(id, copy).await.unwrap(), SentAgain::JustBefore, "the copy is the same mail");
        worker.drain_once().await.unwrap();
        let to_owner: Vec<Received> = server.received().into_iter().filter(|mail| mail.recipients == [OWNER]).collect();
        assert_eq!(to_owner.len(), 2);
        assert_eq!(text(&to_owner[0]), text(&to_owner[1]), "the day on which it was received does not move");
        let now = app.clock.now();
        assert_eq!(
            receipts(&agents.mails(id).await.unwrap()),
            [(Some(OWNER), MailState::Left { at: now }), (Some(OWNER), MailState::Left { at })]
        );
        // That one once more, and the date is still that of the first.
        app.clock.advance(TimeDelta::hours(1));
        let again = desk.mails(id).await.unwrap().mails[0].id;
        assert_eq!(desk.send_again(id, again).await.unwrap(), SentAgain::Done);
        worker.drain_once().await.unwrap();
        assert_eq!(text(&to_owner[0]), text(server.received().last().unwrap()));
    }

    async fn what_could_not_leave_or_had_no_object_any_more_is_said(db) {
        let server = MailServer::start(|step, _| match step {
            Step::Recipient(address) if address == OWNER => Play::Say("550 5.1.1 unknown"),
            _ => Play::Well,
        }).await;
        let (app, worker) = office(db, &server).await;
        let desk = supplier(&app, OWNER).await;
        let id = sent(desk.as_ref()).await;
        worker.drain_once().await.unwrap();
        assert_eq!(receipts(&desk.mails(id).await.unwrap()), [(Some(OWNER), MailState::Parked)]);

        let first = desk.mails(id).await.unwrap().mails[0].id;
        desk.send_again(id, first).await.unwrap();
        // The account is closed before it leaves.
        app.disable(OWNER).await;
        worker.drain_once().await.unwrap();
        let agents = buyer(&app, "agent@metropole.example").await;
        let states: Vec<MailState> = receipts(&agents.mails(id).await.unwrap()).into_iter().map(|(_, state)| state).collect();
        assert_eq!(states, [MailState::Moot, MailState::Parked]);
    }

    async fn the_mails_of_others_are_nobody_elses(db) {
        let server = MailServer::good().await;
        let (app, _worker) = office(db, &server).await;
        let desk = supplier(&app, OWNER).await;
        let id = sent(desk.as_ref()).await;
        let mail = desk.mails(id).await.unwrap().mails[0].id;
        let stranger = supplier(&app, "autre@entreprise.example").await;
        let own = open(stranger.as_ref(), "910000074").await;
        assert_eq!(stranger.mails(id).await, Err(AppError::NotFound));
        assert_eq!(stranger.send_again(id, mail).await, Err(AppError::NotFound));
        assert_eq!(stranger.send_again(own, mail).await, Err(AppError::NotFound), "of another declaration");
        assert_eq!(desk.send_again(id, Uuid::nil()).await, Err(AppError::NotFound));
        // A draft is its company's own business.
        let agents = buyer(&app, "agent@metropole.example").await;
        assert_eq!(agents.mails(own).await, Err(AppError::NotFound));
        assert_eq!(stranger.mails(own).await.unwrap().mails, []);
    }
}
