//! the server is killed inside the transaction of an act, or between its commit and the answer.

use store::testing::TestDatabase;
use uuid::Uuid;

use super::{Portal, agent, of, seller};
use crate::desks::{EI, accept_all, fill, open, sent, signature};
use crate::support::Client;

/// A form about to be sent by somebody, and what it must leave.
struct Act {
    browser: Client,
    id: Uuid,
    path: &'static str,
    fields: Vec<(&'static str, String)>,
    /// How the audit trail calls it.
    name: &'static str,
    before: &'static str,
    after: &'static str,
    /// Messages: to the supplier, to the agent, to the buyer database.
    messages: i64,
}

impl Act {
    /// Sends the form to a process; an error when the process died before it answered.
    async fn send(&self, origin: &str) -> reqwest::Result<u16> {
        let fields: Vec<_> = self
            .fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let browser = self.browser.at(origin);
        let page = browser.try_send(browser.form(self.path, &fields)).await?;
        Ok(page.status)
    }
}

/// A supplier about to send a declaration.
async fn submission(db: TestDatabase) -> (Portal, Act) {
    let (portal, app) = Portal::on(db).await;
    let (browser, desk) = seller(&app, "camille@demo.example.fr").await;
    let _agent = agent(&app, "un@metropole.example").await;
    let id = open(&*desk, EI).await;
    let version = fill(&*desk, id).await;
    drop(desk);
    // The sign-in mails; only what the act must tell may leave.
    portal.db.execute("DELETE FROM outbox").await;
    portal.hand_over(app).await;
    let fields = vec![
        ("id", id.to_string()),
        ("version", version.to_string()),
        ("intent", "submit".to_owned()),
        ("answers[signer_name]", "Camille Martin".to_owned()),
        ("answers[signer_quality]", "Gérante".to_owned()),
        ("answers[capacity]", "legal_representative".to_owned()),
        ("answers[accepted]", "yes".to_owned()),
    ];
    let act = Act {
        browser,
        id,
        path: "/fn/submit-declaration",
        fields,
        name: "submitted",
        before: "draft",
        after: "submitted",
        messages: 2,
    };
    (portal, act)
}

/// An agent about to sign a review in which everything is accepted.
async fn decision(db: TestDatabase) -> (Portal, Act) {
    let (portal, app) = Portal::on(db).await;
    let (_, seller) = seller(&app, "camille@demo.example.fr").await;
    let (browser, desk) = agent(&app, "un@metropole.example").await;
    let id = sent(&*seller).await;
    let version = desk.review(id).await.unwrap().version;
    desk.start_review(id, version).await.unwrap();
    accept_all(&*desk, id).await;
    let version = desk.review(id).await.unwrap().version;
    app.db.execute("DELETE FROM outbox").await;
    drop((seller, desk));
    portal.hand_over(app).await;
    let signature = signature();
    let fields = vec![
        ("id", id.to_string()),
        ("version", version.to_string()),
        ("name", signature.name),
        ("quality", signature.quality),
    ];
    let act = Act {
        browser,
        id,
        path: "/fn/sign-review",
        fields,
        name: "validated",
        before: "in_review",
        after: "validated",
        messages: 2,
    };
    (portal, act)
}

/// Kills the server at `place` while it answers, looks at what is left, and sends the same form again to the next one.
async fn killed(portal: &Portal, act: &Act, place: &str, written: bool) {
    let id = act.id;
    let status = async || {
        let rows = portal.db.rows("SELECT status FROM declarations").await;
        assert_eq!(rows.len(), 1);
        rows[0]["status"].as_str().unwrap().to_owned()
    };
    let events = format!(
        "SELECT count(*) FROM audit_events WHERE {} AND act = '{}'",
        of(id),
        act.name
    );
    let messages = format!("SELECT count(*) FROM outbox WHERE {}", of(id));
    let (events_before, messages_before) = (
        portal.db.number(&events).await,
        portal.db.number(&messages).await,
    );
    assert_eq!((events_before, messages_before), (0, 0));

    let mut victim = portal.serve(Some(place));
    let answer = act.send(&victim.origin()).await;
    assert!(answer.is_err(), "{place}: the process answered {answer:?}");
    let (end, _) = victim.wait();
    assert_eq!(end.code(), None, "{place}: killed, not ended: {end}");

    let (expected, rows) = if written {
        (act.after, 1)
    } else {
        (act.before, 0)
    };
    assert_eq!(status().await, expected, "{place}");
    assert_eq!(portal.db.number(&events).await, rows, "{place}");
    assert_eq!(
        portal.db.number(&messages).await,
        rows * act.messages,
        "{place}"
    );
    assert!(portal.mails.received().is_empty(), "{place}");

    // The person presses the button again, in front of the server that came back.
    let next = portal.serve(None);
    assert_eq!(act.send(&next.origin()).await.unwrap(), 303, "{place}");
    assert_eq!(status().await, act.after, "{place}");
    assert_eq!(
        portal.db.number(&events).await,
        1,
        "{place}: one transition"
    );
    assert_eq!(portal.db.number(&messages).await, act.messages, "{place}");
    portal
        .until_none(&format!(
            "SELECT count(*) FROM outbox WHERE delivered_at IS NULL AND {}",
            of(id)
        ))
        .await;
    let mails = portal.mails.received();
    let told = format!(
        "SELECT count(*) FROM outbox WHERE {} AND route LIKE 'mail.%'",
        of(id)
    );
    assert_eq!(
        i64::try_from(mails.len()).unwrap(),
        portal.db.number(&told).await,
        "{place}: each mail once"
    );
    if act.name == "validated" {
        for (table, rows) in [("suppliers", 1), ("qualifications", 3), ("commitments", 1)] {
            let sql = format!("SELECT count(*) FROM {table}");
            assert_eq!(portal.buyer.number(&sql).await, rows, "{place}: {table}");
        }
    }
}

store::on_both_engines! {
    async fn r_01_killed_inside_the_transaction_nothing_happened(db) {
        let engine = db.config().engine();
        for place in ["tx.mid", "tx.pre_commit.submitted"] {
            let (portal, act) = submission(TestDatabase::create(engine).await).await;
            killed(&portal, &act, place, false).await;
        }
        for place in ["tx.mid", "tx.pre_commit.validated"] {
            let (portal, act) = decision(TestDatabase::create(engine).await).await;
            killed(&portal, &act, place, false).await;
        }
    }

    async fn r_02_killed_between_the_commit_and_the_answer_the_form_may_be_sent_again(db) {
        let engine = db.config().engine();
        let (portal, act) = submission(db).await;
        killed(&portal, &act, "desk.written", true).await;
        let (portal, act) = decision(TestDatabase::create(engine).await).await;
        killed(&portal, &act, "desk.written", true).await;
    }
}
