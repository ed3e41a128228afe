//! Ways back in that are closed: for who was put out, demoted, or never was of the company; and requests that nobody forgets.

use app::desk::{InvitationAnswer, JoinAsked, Opening, PeopleAct};
use app::error::AppError;
use app::views::{InvitationState, Standing};
use chrono::TimeDelta;
use domain::lifecycle::MemberRole;
use domain::people::{MOST_INVITED_A_DAY, PeopleProblem, Proof};

use super::people::{BOSS, OTHER, account_of, invite, joined, siren};
use super::{EI, buyer, open, people, sent, supplier};
use crate::support::TestApp;

const SECOND: &str = "claude@demo.example.fr";
const THIRD: &str = "cabinet@tiers.example.com";

fn asks(role: MemberRole) -> JoinAsked {
    JoinAsked {
        role: Some(role),
        ..JoinAsked::default()
    }
}

fn mandated() -> JoinAsked {
    JoinAsked {
        third_party: true,
        organisation: "Cabinet Durand".to_owned(),
        ..JoinAsked::default()
    }
}

store::on_both_engines! {
    async fn who_manages_no_more_lets_nobody_in(db) {
        let app = TestApp::on(db, &[]).await;
        open(&*supplier(&app, BOSS).await, EI).await;
        let second = joined(&app, SECOND, MemberRole::Manager).await;
        let (boss, claude) = (people(&app, BOSS).await, people(&app, SECOND).await);
        assert_eq!(claude.change_people(&siren(), invite(OTHER, MemberRole::Manager)).await, Ok(None));
        assert_eq!(claude.change_people(&siren(), PeopleAct::OpenDomain { role: Some(MemberRole::Editor) }).await, Ok(None));
        let id = boss.people(&siren()).await.unwrap().invitations[0].id;
        let demoted = PeopleAct::ChangeRole { account: second, role: Some(MemberRole::Reader) };
        assert_eq!(boss.change_people(&siren(), demoted).await, Ok(None));
        let guest = people(&app, OTHER).await;
        assert_eq!(guest.invitation(id).await.unwrap().state, InvitationState::Revoked);
        assert_eq!(guest.answer_invitation(id, true).await, Ok(InvitationAnswer::Over));
        let view = boss.people(&siren()).await.unwrap();
        assert!(view.domains.is_empty() && view.invitations.is_empty());
        let acts = app.db.number("SELECT count(*) FROM audit_events WHERE act IN ('invitation_revoked', 'mail_domain_closed')").await;
        assert_eq!(acts, 2, "both are in the trail");
    }

    async fn the_invitations_of_a_closed_account_open_nothing(db) {
        let app = TestApp::on(db, &[]).await;
        open(&*supplier(&app, BOSS).await, EI).await;
        let second = joined(&app, SECOND, MemberRole::Manager).await;
        let (boss, claude) = (people(&app, BOSS).await, people(&app, SECOND).await);
        assert_eq!(claude.change_people(&siren(), invite(OTHER, MemberRole::Manager)).await, Ok(None));
        assert_eq!(claude.change_people(&siren(), PeopleAct::OpenDomain { role: Some(MemberRole::Editor) }).await, Ok(None));
        let id = boss.people(&siren()).await.unwrap().invitations[0].id;
        let now = app.clock.now();
        let store = &app.state.store;
        store.write(async |txn| store::accounts::disable(&txn, second, now).await).await.unwrap();
        let guest = people(&app, OTHER).await;
        assert_eq!(guest.invitation(id).await.unwrap().state, InvitationState::Revoked);
        assert_eq!(guest.answer_invitation(id, true).await, Ok(InvitationAnswer::Over));
        assert_eq!(supplier(&app, "lou@demo.example.fr").await.open_company(EI).await, Ok(Opening::HeldByAnother(siren())));
    }

    async fn who_was_put_out_does_not_come_back_by_the_domain(db) {
        let app = TestApp::on(db, &[]).await;
        let draft = open(&*supplier(&app, BOSS).await, EI).await;
        let boss = people(&app, BOSS).await;
        assert_eq!(boss.change_people(&siren(), PeopleAct::OpenDomain { role: Some(MemberRole::Editor) }).await, Ok(None));
        let lou = supplier(&app, "lou@demo.example.fr").await;
        assert_eq!(lou.open_company(EI).await, Ok(Opening::Declaration(draft)));
        let account = account_of(&app, "lou@demo.example.fr").await;
        assert_eq!(boss.change_people(&siren(), PeopleAct::Remove { account }).await, Ok(None));
        assert_eq!(lou.open_company(EI).await, Ok(Opening::HeldByAnother(siren())));
        // Asking stays open, and the word of a manager lets them in again.
        let person = people(&app, "lou@demo.example.fr").await;
        assert_eq!(person.ask_to_join(&siren(), asks(MemberRole::Reader)).await, Ok(None));
        let request = boss.people(&siren()).await.unwrap().requests[0].id;
        assert_eq!(boss.change_people(&siren(), PeopleAct::Decide { request, role: Some(MemberRole::Reader) }).await, Ok(None));
        assert_eq!(lou.open_company(EI).await, Ok(Opening::Declaration(draft)));
    }

    async fn who_only_reads_begins_nothing(db) {
        let app = TestApp::on(db, &[]).await;
        let desk = supplier(&app, BOSS).await;
        let draft = open(&*desk, EI).await;
        joined(&app, SECOND, MemberRole::Reader).await;
        let version = desk.declaration(draft).await.unwrap().version;
        desk.discard(draft, version).await.unwrap();
        assert_eq!(supplier(&app, SECOND).await.open_company(EI).await, Ok(Opening::Declaration(draft)));
        assert_eq!(app.db.number("SELECT count(*) FROM declarations").await, 1);
    }

    async fn a_second_third_party_is_asked_about_and_never_holds_the_company(db) {
        let app = TestApp::on(db, &[]).await;
        let (first, second) = (people(&app, OTHER).await, people(&app, THIRD).await);
        assert!(matches!(first.prepare_for(EI, "Réseau").await, Ok(Ok(Opening::Declaration(_)))));
        assert_eq!(second.prepare_for(EI, "Cabinet Durand").await, Ok(Ok(Opening::HeldByAnother(siren()))));
        assert_eq!(second.joining(&siren()).await.unwrap().standing, Standing::Free { prepared: true });
        assert_eq!(second.ask_to_join(&siren(), mandated()).await, Ok(None));
        let agent = buyer(&app, "agent@metropole.example").await;
        let request = agent.attachment_requests().await.unwrap()[0].id;
        agent.attach(request).await.unwrap();
        let view = second.people(&siren()).await.unwrap();
        assert!(!view.manages && view.people.iter().all(|one| one.organisation.is_some()));
    }

    async fn a_company_puts_its_third_party_out_whoever_let_it_in(db) {
        let app = TestApp::on(db, &[]).await;
        open(&*supplier(&app, BOSS).await, EI).await;
        let (boss, third) = (people(&app, BOSS).await, people(&app, THIRD).await);
        assert_eq!(third.ask_to_join(&siren(), mandated()).await, Ok(None));
        app.clock.advance(TimeDelta::days(7));
        let agent = buyer(&app, "agent@metropole.example").await;
        let request = agent.attachment_requests().await.unwrap()[0].id;
        agent.attach(request).await.unwrap();
        let account = account_of(&app, THIRD).await;
        assert!(boss.people(&siren()).await.unwrap().people.iter().any(|one| one.proof == Proof::Agent && one.may_be_removed));
        assert_eq!(boss.change_people(&siren(), PeopleAct::Remove { account }).await, Ok(None));
        assert_eq!(third.people(&siren()).await, Err(AppError::NotFound));
    }

    async fn a_forgotten_request_demotes_nobody(db) {
        let app = TestApp::on(db, &[]).await;
        open(&*supplier(&app, BOSS).await, EI).await;
        let (boss, guest) = (people(&app, BOSS).await, people(&app, SECOND).await);
        assert_eq!(guest.ask_to_join(&siren(), asks(MemberRole::Reader)).await, Ok(None));
        let request = boss.people(&siren()).await.unwrap().requests[0].id;
        joined(&app, SECOND, MemberRole::Manager).await;
        assert!(boss.people(&siren()).await.unwrap().requests.is_empty(), "answered by the invitation");
        assert_eq!(boss.change_people(&siren(), PeopleAct::Leave).await, Ok(None));
        app.clock.advance(TimeDelta::days(8));
        let agent = buyer(&app, "agent@metropole.example").await;
        assert!(agent.attachment_requests().await.unwrap().is_empty());
        assert_eq!(agent.attach(request).await, Err(AppError::NotFound));
        assert!(guest.people(&siren()).await.unwrap().manages);
    }

    async fn a_request_does_not_wait_for_managers_who_have_left(db) {
        let app = TestApp::on(db, &[]).await;
        let desk = supplier(&app, BOSS).await;
        sent(&*desk).await;
        let (boss, guest) = (people(&app, BOSS).await, people(&app, OTHER).await);
        assert_eq!(guest.ask_to_join(&siren(), asks(MemberRole::Editor)).await, Ok(None));
        let agent = buyer(&app, "agent@metropole.example").await;
        assert!(agent.attachment_requests().await.unwrap().is_empty());
        assert_eq!(boss.change_people(&siren(), PeopleAct::Leave).await, Ok(None));
        assert_eq!(agent.attachment_requests().await.unwrap().len(), 1, "at once");
        assert!(matches!(guest.joining(&siren()).await.unwrap().standing, Standing::Waiting(ref waiting) if waiting.buyer_asked));
    }

    async fn a_third_party_tells_the_company_which_confirms_it(db) {
        let app = TestApp::on(db, &[]).await;
        let third = people(&app, THIRD).await;
        let Ok(Ok(Opening::Declaration(draft))) = third.prepare_for(EI, "Cabinet Durand").await else { panic!("a draft") };
        let view = third.people(&siren()).await.unwrap();
        assert!(view.tells && !view.manages);
        // Whatever role the form is made to carry, it proves nothing.
        assert_eq!(third.change_people(&siren(), invite(BOSS, MemberRole::Signatory)).await, Ok(None));
        let sent = third.people(&siren()).await.unwrap().invitations.remove(0);
        let boss = people(&app, BOSS).await;
        let shown = boss.invitation(sent.id).await.unwrap();
        assert!(shown.by_firm && shown.organisation.as_deref() == Some("Cabinet Durand"));
        for _ in 0..2 {
            assert_eq!(boss.answer_invitation(sent.id, true).await, Ok(InvitationAnswer::Joined(siren())));
        }
        let view = boss.people(&siren()).await.unwrap();
        assert_eq!(view.people.iter().map(|one| (one.role, one.proof)).collect::<Vec<_>>(), [(MemberRole::Manager, Proof::None)]);
        // The manager is asked about the third party, not the agents.
        assert_eq!(view.requests[0].organisation.as_deref(), Some("Cabinet Durand"));
        assert!(buyer(&app, "agent@metropole.example").await.attachment_requests().await.unwrap().is_empty());
        assert_eq!(app.db.number("SELECT count(*) FROM outbox WHERE CAST(payload AS TEXT) LIKE '%join_requested%'").await, 1);
        let desk = supplier(&app, THIRD).await;
        assert_eq!(desk.declaration(draft).await.unwrap_err(), AppError::NotFound, "until then");
        let request = view.requests[0].id;
        assert_eq!(boss.change_people(&siren(), PeopleAct::Decide { request, role: Some(MemberRole::Editor) }).await, Ok(None));
        assert!(desk.declaration(draft).await.is_ok());
        // Let in by the company, it tells nobody any more.
        assert_eq!(third.change_people(&siren(), invite(OTHER, MemberRole::Editor)).await, Ok(Some(PeopleProblem::NotManager)));
    }

    async fn the_portal_does_not_write_to_everybody(db) {
        let app = TestApp::on(db, &[]).await;
        open(&*supplier(&app, BOSS).await, EI).await;
        let boss = people(&app, BOSS).await;
        for number in 0..MOST_INVITED_A_DAY {
            let act = invite(&format!("p{number}@demo.example.com"), MemberRole::Reader);
            assert_eq!(boss.change_people(&siren(), act).await, Ok(None));
            let invitation = boss.people(&siren()).await.unwrap().invitations[0].id;
            assert_eq!(boss.change_people(&siren(), PeopleAct::Revoke { invitation }).await, Ok(None));
        }
        let one_more = invite(OTHER, MemberRole::Reader);
        assert_eq!(boss.change_people(&siren(), one_more.clone()).await, Ok(Some(PeopleProblem::TooManyToday)));
        app.clock.advance(TimeDelta::days(1));
        assert_eq!(boss.change_people(&siren(), one_more).await, Ok(None));
    }
}
