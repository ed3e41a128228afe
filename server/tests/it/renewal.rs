//! What is in force while a declaration is renewed, amended, cancelled and redone; and the screens that do it.

use app::desk::{BuyerDesk, Opening, Saved, StepAnswers, SupplierDesk};
use app::error::AppError;
use app::views::{RenewalNext, RenewalOrder, RenewalView, Renewed, Renewing};
use chrono::{NaiveDate, TimeDelta};
use domain::claims::{ClosureCause, Kind, Qualification};
use domain::form::Changes;
use domain::identifiers::Siren;
use domain::lifecycle::{Act, Sequel, Status, Verdict};
use domain::renewal::Fate;
use store::{outbox, qualifications};
use uuid::Uuid;

use crate::desks::{EI, accept_all, buyer, fill, open, sent, signature, statement, supplier};
use crate::support::TestApp;

pub(crate) const CAMILLE: &str = "camille@demo.example.fr";
pub(crate) const AGENT: &str = "agent@metropole.example";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn until(app: &TestApp, to: &str) {
    let days = day(to) - app.clock.today();
    assert!(days > TimeDelta::zero(), "time goes on");
    app.clock.advance(days);
    assert_eq!(app.clock.today(), day(to));
}

async fn held(app: &TestApp) -> Vec<Qualification> {
    let siren = Siren::parse("910000058").unwrap();
    qualifications::of_company(app.state.store.read(), &siren)
        .await
        .unwrap()
}

pub(crate) async fn decide(agent: &dyn BuyerDesk, id: Uuid) {
    let version = agent.review(id).await.unwrap().version;
    agent.start_review(id, version).await.unwrap();
    accept_all(agent, id).await;
    let version = agent.review(id).await.unwrap().version;
    agent.sign(id, version, signature(), vec![]).await.unwrap();
}

pub(crate) async fn screen(seller: &dyn SupplierDesk, id: Uuid) -> RenewalView {
    match seller.renewal(id).await.unwrap() {
        Renewing::Ready(view) => *view,
        Renewing::Elsewhere(other) => panic!("another declaration is open: {other}"),
    }
}

pub(crate) fn all(view: &RenewalView) -> Vec<String> {
    let ticked = view.renewal.lines.iter().filter(|line| line.ticked);
    ticked.map(domain::renewal::Line::mark).collect()
}

pub(crate) fn order(view: &RenewalView, kept: Vec<String>, then: RenewalNext) -> RenewalOrder {
    RenewalOrder {
        seen: view.seen.clone(),
        kept,
        statement: statement(),
        then,
    }
}

/// How many qualifications of this kind a euro of the day counts with.
fn counted(held: &[Qualification], kind: Kind, day: NaiveDate) -> usize {
    held.iter()
        .filter(|held| held.claim.kind() == kind && held.holds_on(day))
        .count()
}

fn without_hole(held: &[Qualification], kind: Kind, from: &str, to: &str) {
    for day in day(from).iter_days().take_while(|one| *one <= day(to)) {
        assert_eq!(counted(held, kind, day), 1, "{kind} on {day}");
    }
}

store::on_both_engines! {
    async fn a_renewal_is_sent_once_and_follows_what_it_renews(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, CAMILLE).await, buyer(&app, AGENT).await);
        let id = sent(&*seller).await;
        decide(&*agent, id).await;
        let begun = app.clock.today();
        let before = held(&app).await;
        until(&app, "2027-02-01");

        let view = screen(&*seller, id).await;
        assert!(!view.open && view.can_sign);
        assert_eq!(all(&view), ["taille-0", "solidarite-0", "insertion-0"]);
        assert_eq!(view.signer.signer_name, "Camille Martin", "who signed last");
        assert!(view.signer.accepted.is_empty(), "the oath is sworn anew");
        let size = view.renewal.line("taille-0").unwrap();
        assert_eq!(size.fate, Fate::NewerPeriod(day("2026-12-31")));
        assert_eq!(seller.workspace().await.unwrap().companies[0].declarations.len(), 1, "reading writes nothing");

        // Two tabs: the second one is told, and there is one draft.
        let save = order(&view, vec!["taille-0".into()], RenewalNext::Save);
        let Renewed::Kept { draft, .. } = seller.renew(id, save.clone()).await.unwrap() else { panic!("a draft") };
        assert_eq!(seller.renew(id, save).await.unwrap(), Renewed::Changed(draft));
        assert_eq!(open(&*seller, EI).await, draft, "one open declaration for each company");
        let view = screen(&*seller, id).await;
        assert_eq!((view.id, view.open), (draft, true), "the old address leads to the draft");
        assert_eq!(all(&view), ["taille-0"], "what was unticked stays so");
        assert_eq!(view.renewal.lines.len(), 3, "and is still offered");

        let marks = view.renewal.lines.iter().map(domain::renewal::Line::mark).collect();
        let send = order(&view, marks, RenewalNext::Send);
        let unsworn = RenewalOrder {
            statement: domain::form::StatementStep { accepted: String::new(), ..statement() },
            ..send.clone()
        };
        assert_eq!(seller.renew(draft, unsworn).await.unwrap(), Renewed::Incomplete(draft));
        let view = screen(&*seller, draft).await;
        let send = order(&view, all(&view), RenewalNext::Send);
        assert_eq!(all(&view).len(), 3, "what was chosen is kept");
        assert_eq!(seller.renew(draft, send.clone()).await.unwrap(), Renewed::Sent(draft));
        assert_eq!(seller.renew(draft, send).await.unwrap(), Renewed::Sent(draft), "a double click");
        assert_eq!(seller.renewal(id).await.unwrap(), Renewing::Elsewhere(draft));
        assert_eq!(held(&app).await, before, "what is in force stays until it is decided");

        let compared = agent.comparison(draft, 2).await.unwrap();
        let (older, newer) = (compared.older.unwrap(), compared.newer);
        assert_eq!((older.number, older.declaration), (1, id));
        assert!(Changes::between(&older.snapshot, &newer.snapshot).is_empty());

        decide(&*agent, draft).await;
        let after = held(&app).await;
        let kinds: Vec<Kind> = after.iter().map(|held| held.claim.kind()).collect();
        assert_eq!(kinds, [Kind::Sme, Kind::Ei, Kind::Commitment, Kind::Sme], "only the size needed a new one");
        without_hole(&after, Kind::Sme, &begun.to_string(), "2028-01-31");
        without_hole(&after, Kind::Ei, "2026-01-01", "2027-12-31");
        assert_eq!(counted(&after, Kind::Sme, day("2028-02-01")), 0);
    }
}

store::on_both_engines! {
    async fn new_evidence_follows_the_former_without_a_hole_nor_an_overlap(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, CAMILLE).await, buyer(&app, AGENT).await);
        let id = sent(&*seller).await;
        decide(&*agent, id).await;
        until(&app, "2027-11-20");
        let view = screen(&*seller, id).await;
        assert_eq!(view.renewal.line("solidarite-0").unwrap().fate, Fate::EndsSoon(day("2027-12-31")));
        assert!(matches!(view.renewal.line("taille-0").unwrap().fate, Fate::ToUpdate(_)), "accounts of 2026 are due");
        assert_eq!(view.renewal.line("insertion-0").unwrap().fate, Fate::Over(day("2027-05-31")));
        assert_eq!(all(&view), ["solidarite-0"]);

        let edit = order(&view, all(&view), RenewalNext::Line("solidarite-0".into()));
        let Renewed::Kept { draft, line } = seller.renew(id, edit).await.unwrap() else { panic!("a draft") };
        assert_eq!(line, Some((domain::form::StepCode::Solidarity, 0)));
        let stored = seller.declaration(draft).await.unwrap();
        assert_eq!(stored.draft.size.declare, "yes", "what waits for an update is not lost");
        let mut step = stored.draft.solidarity.clone();
        step.rows[0].reference = "EI013270099A0M0".into();
        step.rows[0].valid_from = "01/01/2028".into();
        step.rows[0].valid_to = "31/12/2028".into();
        let saved = seller.save_step(draft, stored.version, StepAnswers::Solidarity(step)).await.unwrap();
        assert!(matches!(saved, Saved::Done { .. }));
        let view = screen(&*seller, draft).await;
        let changed = view.renewal.line("solidarite-0").unwrap();
        assert!(changed.ticked && changed.before.is_some() && changed.extends());
        let send = order(&view, vec!["solidarite-0".into()], RenewalNext::Send);
        assert_eq!(seller.renew(draft, send).await.unwrap(), Renewed::Sent(draft));
        decide(&*agent, draft).await;
        let after = held(&app).await;
        without_hole(&after, Kind::Ei, "2026-01-01", "2028-12-31");
        assert_eq!(counted(&after, Kind::Ei, day("2029-01-01")), 0);
        // What was not renewed was not closed either: it ended by its own date.
        assert!(after.iter().filter(|held| held.claim.kind() == Kind::Sme).all(|held| held.closures.is_empty()));
    }
}

store::on_both_engines! {
    async fn an_amendment_changes_nothing_until_it_is_decided_and_knows_what_was_given_up(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, CAMILLE).await, buyer(&app, AGENT).await);
        let id = sent(&*seller).await;
        decide(&*agent, id).await;
        let before = held(&app).await;
        until(&app, "2026-07-01");

        let Opening::Declaration(draft) = seller.amend(id).await.unwrap() else { panic!("an active company") };
        let stored = seller.declaration(draft).await.unwrap();
        let mut insertion = stored.draft.insertion.clone();
        insertion.rows[0].hours = "1 200".into();
        seller.save_step(draft, stored.version, StepAnswers::Insertion(insertion)).await.unwrap();
        assert_eq!(held(&app).await, before);

        // Given up meanwhile: the amendment does not take it over in silence.
        let ei = before.iter().find(|held| held.claim.kind() == Kind::Ei).unwrap();
        seller.withdraw_qualification(ei.id, day("2026-07-01"), "Convention rompue".into()).await.unwrap();
        let view = screen(&*seller, draft).await;
        let line = view.renewal.line("solidarite-0").unwrap();
        assert_eq!(line.fate, Fate::GivenUp { from: day("2026-07-01") });
        assert!(!line.ticked);
        let send = order(&view, all(&view), RenewalNext::Send);
        assert_eq!(send.kept, ["taille-0", "insertion-0"]);
        assert_eq!(seller.renew(draft, send).await.unwrap(), Renewed::Sent(draft));
        let waiting = held(&app).await;
        let commitment = |held: &[Qualification]| {
            held.iter().filter(|held| held.claim.kind() == Kind::Commitment && held.holds_on(day("2026-07-02"))).count()
        };
        assert_eq!(commitment(&waiting), 1, "what is in force stays in force");
        assert_eq!(waiting.iter().filter(|held| !held.closures.is_empty()).count(), 1);

        let review = agent.review(draft).await.unwrap();
        let replaced: Vec<bool> = review.claims.iter().map(|claim| claim.replaces.is_some()).collect();
        assert_eq!(replaced, [false, true], "the reviewer sees what the new commitment replaces");
        decide(&*agent, draft).await;
        let after = held(&app).await;
        assert_eq!(counted(&after, Kind::Ei, day("2026-07-01")), 0, "nothing given up comes back");
        assert_eq!(counted(&after, Kind::Ei, day("2026-06-30")), 1);
        assert_eq!(commitment(&after), 1);
        let closed: Vec<_> = after.iter().flat_map(|held| &held.closures).map(|closure| closure.cause).collect();
        assert!(closed.contains(&ClosureCause::Withdrawn) && closed.contains(&ClosureCause::Superseded));
        without_hole(&after, Kind::Commitment, "2026-06-01", "2027-05-31");
    }
}

store::on_both_engines! {
    async fn what_was_refused_is_not_taken_over(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, CAMILLE).await, buyer(&app, AGENT).await);
        let id = sent(&*seller).await;
        let version = agent.review(id).await.unwrap().version;
        agent.start_review(id, version).await.unwrap();
        let review = agent.review(id).await.unwrap();
        let verdicts = review.claims.iter().map(|claim| {
            let refused = claim.claim.kind() == Kind::Ei;
            let verdict = if refused { Verdict::Refused("Pièce illisible.".into()) } else { Verdict::Accepted };
            (claim.claim.key.to_string(), verdict)
        });
        agent.give_verdicts(id, review.version, verdicts.collect()).await.unwrap();
        let version = agent.review(id).await.unwrap().version;
        agent.sign(id, version, signature(), vec![]).await.unwrap();
        let view = screen(&*seller, id).await;
        let line = view.renewal.line("solidarite-0").unwrap();
        assert_eq!(line.fate, Fate::Refused("Pièce illisible.".into()));
        assert!(!line.offered && !line.ticked);
        // Whoever forges the mark of a line sends it all the same: it is theirs to declare, and the buyer’s to refuse again.
        assert_eq!(all(&view), ["taille-0", "insertion-0"]);
        let stranger = supplier(&app, "autre@entreprise.example.fr").await;
        assert_eq!(stranger.renewal(id).await, Err(AppError::NotFound));
        let send = order(&view, all(&view), RenewalNext::Send);
        assert_eq!(stranger.renew(id, send).await, Err(AppError::NotFound));
        assert_eq!(stranger.comparison(id, 1).await, Err(AppError::NotFound));
        assert_eq!(seller.comparison(id, 2).await, Err(AppError::NotFound), "never sent");
    }
}

store::on_both_engines! {
    async fn what_was_sent_is_cancelled_and_redone_in_one_act(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, CAMILLE).await, buyer(&app, AGENT).await);
        let id = open(&*seller, EI).await;
        let version = fill(&*seller, id).await;
        assert!(seller.redo(id, version).await.is_err(), "a draft is not sent");
        seller.submit(id, version, statement()).await.unwrap();
        let seen = agent.review(id).await.unwrap().version;
        agent.start_review(id, seen).await.unwrap();
        assert_eq!(seller.redo(id, seen).await, Err(AppError::Conflict), "the review began in the meantime");
        let view = seller.declaration(id).await.unwrap();
        assert_eq!(view.sequels, [Sequel::Redo]);
        let Opening::Declaration(new) = seller.redo(id, view.version).await.unwrap() else { panic!("a draft") };
        assert_ne!(new, id);
        assert_eq!(seller.redo(id, view.version).await.unwrap(), Opening::Declaration(new), "a double click");

        let old = seller.declaration(id).await.unwrap();
        assert_eq!(old.status, Status::Withdrawn);
        let next: Vec<_> = old.timeline.iter().filter_map(|entry| Some((entry.act, entry.next?))).collect();
        assert_eq!(next, [(Act::Continued, new)], "the cancelled one leads to the new one");
        let fresh = seller.declaration(new).await.unwrap();
        assert_eq!(fresh.status, Status::Draft);
        assert_eq!(fresh.draft.insertion, old.draft.insertion);
        assert!(fresh.draft.statement.signer_name.is_empty(), "sworn anew");
        let told = outbox::by_subject(app.state.store.read(), &format!("declaration:{id}"), 50).await.unwrap();
        let last: Vec<_> = told.iter().rev().take(2).map(|message| message.route.as_str()).collect();
        assert!(last.contains(&"mail.buyer") && last.contains(&"mail.supplier"), "both sides are told: {last:?}");
        let review = agent.review(id).await.unwrap();
        assert!(review.timeline.iter().all(|entry| entry.act != Act::Continued), "a draft is the company’s business");
        assert!(matches!(agent.comparison(new, 1).await, Err(AppError::NotFound)));

        seller.submit(new, fresh.version, statement()).await.unwrap();
        decide(&*agent, new).await;
        let decided = seller.declaration(new).await.unwrap();
        assert_eq!(decided.sequels, [Sequel::Renew, Sequel::Amend]);
        assert!(matches!(seller.redo(new, decided.version).await, Err(AppError::Refused { .. })));
    }
}

#[tokio::test]
async fn the_screen_is_read_ticked_and_signed_in_one_post() {
    let app = TestApp::start().await;
    let (seller, agent) = (supplier(&app, CAMILLE).await, buyer(&app, AGENT).await);
    let id = sent(&*seller).await;
    decide(&*agent, id).await;
    until(&app, "2026-11-20");
    let client = app.sign_in(CAMILLE).await;
    let home = client.get("/espace").await;
    let path = format!("/declarations/{id}/renouveler");
    home.expect_status(200).expect_text(&path);
    let page = client.get(&path).await;
    page.expect_status(200)
        .expect_text("Ce qui est en vigueur le reste")
        .expect_text("Je renouvelle\u{a0}: PME au sens européen");
    let (_, after) = page.body.split_once("name=\"seen\" value=\"").unwrap();
    let seen = after.split('"').next().unwrap();
    let fields = [
        ("id", id.to_string()),
        ("seen", seen.to_owned()),
        ("intent", "submit".to_owned()),
        ("keep[]", "taille-0".to_owned()),
        ("keep[]", "solidarite-0".to_owned()),
        ("answers[signer_name]", "Camille Martin".to_owned()),
        ("answers[signer_quality]", "Gérante".to_owned()),
        ("answers[capacity]", "legal_representative".to_owned()),
        ("answers[accepted]", "yes".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let posted = client.post("/fn/renew-declaration", &fields).await;
    posted.expect_status(303);
    assert!(
        posted.location().unwrap().ends_with("/accuse"),
        "{:?}",
        posted.location()
    );
    client
        .follow(&posted)
        .await
        .expect_status(200)
        .expect_text("EI013240013A0M0");
    let sent = posted.location().unwrap().split('/').nth(2).unwrap();
    let versions = client
        .get(&format!("/declarations/{sent}/versions/2"))
        .await;
    versions
        .expect_status(200)
        .expect_text("1 affirmation retirée")
        .expect_text("<del");
}
