//! The people of a company: invited, asked, proved by post, mandated, changed, gone; and what each of them may not do.

use app::desk::{InvitationAnswer, JoinAsked, Opening, PeopleAct};
use app::error::AppError;
use app::views::{InvitationState, Standing};
use chrono::TimeDelta;
use domain::identifiers::Siren;
use domain::lifecycle::{MemberRole, Refusal};
use domain::people::{PeopleProblem, Proof};
use uuid::Uuid;

use super::{EI, buyer, fill, open, people, statement, supplier};
use crate::support::TestApp;

pub(super) const BOSS: &str = "camille@demo.example.fr";
pub(super) const OTHER: &str = "sam@autre.example.com";

pub(super) fn siren() -> Siren {
    Siren::parse(EI.get(..9).unwrap()).unwrap()
}

pub(super) fn invite(email: &str, role: MemberRole) -> PeopleAct {
    PeopleAct::Invite {
        email: email.to_owned(),
        role: Some(role),
        organisation: String::new(),
        message: "Bienvenue".to_owned(),
    }
}

pub(super) async fn account_of(app: &TestApp, email: &str) -> Uuid {
    let found = store::accounts::by_email(app.state.store.read(), email).await;
    found.unwrap().unwrap().id
}

/// The boss opens the company, and somebody joins with a role.
pub(super) async fn joined(app: &TestApp, email: &str, role: MemberRole) -> Uuid {
    let boss = people(app, BOSS).await;
    assert_eq!(
        boss.change_people(&siren(), invite(email, role)).await,
        Ok(None)
    );
    let id = boss
        .people(&siren())
        .await
        .unwrap()
        .invitations
        .last()
        .unwrap()
        .id;
    let guest = people(app, email).await;
    let answer = guest.answer_invitation(id, true).await.unwrap();
    assert_eq!(answer, InvitationAnswer::Joined(siren()));
    account_of(app, email).await
}

store::on_both_engines! {
    async fn an_invitation_is_answered_once_by_its_address_alone(db) {
        let app = TestApp::on(db, &[]).await;
        let desk = supplier(&app, BOSS).await;
        let draft = open(&*desk, EI).await;
        let (boss, guest) = (people(&app, BOSS).await, people(&app, OTHER).await);
        let thief = people(&app, "voleur@autre.example.com").await;
        // Typed as people type; an address that cannot be one, no role, an organisation that would sign: nothing is sent.
        for (act, problem) in [
            (invite("pas une adresse", MemberRole::Editor), PeopleProblem::Address),
            (PeopleAct::Invite { email: OTHER.into(), role: None, organisation: String::new(), message: String::new() }, PeopleProblem::Role),
            (PeopleAct::Invite { email: OTHER.into(), role: Some(MemberRole::Signatory), organisation: "Cabinet".into(), message: String::new() }, PeopleProblem::ThirdParty),
            (PeopleAct::Invite { email: OTHER.into(), role: Some(MemberRole::Editor), organisation: "x".repeat(201), message: String::new() }, PeopleProblem::Organisation),
            (PeopleAct::Invite { email: OTHER.into(), role: Some(MemberRole::Editor), organisation: String::new(), message: "x".repeat(1_001) }, PeopleProblem::Message),
            (invite(BOSS, MemberRole::Editor), PeopleProblem::AlreadyHere),
        ] {
            assert_eq!(boss.change_people(&siren(), act).await, Ok(Some(problem)));
        }
        // A double click, and an invitation sent again, are the same invitation.
        for _ in 0..2 {
            assert_eq!(boss.change_people(&siren(), invite(" Sam@Autre.example.com ", MemberRole::Editor)).await, Ok(None));
        }
        let view = boss.people(&siren()).await.unwrap();
        assert_eq!(view.invitations.len(), 1);
        let id = view.invitations[0].id;
        let again = PeopleAct::InviteAgain { invitation: id };
        assert_eq!(boss.change_people(&siren(), again.clone()).await, Ok(Some(PeopleProblem::TooSoon)));
        app.clock.advance(TimeDelta::hours(1));
        assert_eq!(boss.change_people(&siren(), again).await, Ok(None));
        assert_eq!(supplier(&app, OTHER).await.workspace().await.unwrap().invitations.len(), 1, "told without the mail");
        // Another address learns nothing and takes nothing, whatever link it has.
        let seen = thief.invitation(id).await.unwrap();
        assert_eq!((seen.state, seen.company_name.as_str(), seen.by_email.as_str()), (InvitationState::OtherAddress, "", ""));
        assert_eq!(thief.answer_invitation(id, true).await, Err(AppError::NotFound));
        assert_eq!(supplier(&app, OTHER).await.declaration(draft).await.unwrap_err(), AppError::NotFound);
        assert_eq!(guest.people(&siren()).await, Err(AppError::NotFound));
        // Used twice: the second time is the same answer; another answer comes too late.
        for _ in 0..2 {
            assert_eq!(guest.answer_invitation(id, true).await, Ok(InvitationAnswer::Joined(siren())));
        }
        assert_eq!(guest.answer_invitation(id, false).await, Ok(InvitationAnswer::Over));
        assert_eq!(guest.invitation(id).await.unwrap().state, InvitationState::Accepted);
        assert_eq!(boss.change_people(&siren(), PeopleAct::Revoke { invitation: id }).await, Ok(Some(PeopleProblem::Gone)));
        assert!(supplier(&app, OTHER).await.declaration(draft).await.is_ok());
        let view = boss.people(&siren()).await.unwrap();
        assert_eq!(view.people.iter().map(|one| (one.role, one.proof)).collect::<Vec<_>>(), [(MemberRole::Manager, Proof::None), (MemberRole::Editor, Proof::Member)]);
        // Put out, the person does not come back by the old invitation.
        let account = account_of(&app, OTHER).await;
        assert_eq!(boss.change_people(&siren(), PeopleAct::Remove { account }).await, Ok(None));
        assert_eq!(guest.answer_invitation(id, true).await, Ok(InvitationAnswer::Joined(siren())));
        assert_eq!(guest.people(&siren()).await, Err(AppError::NotFound));
    }

    async fn an_invitation_that_was_cancelled_or_has_expired_opens_nothing(db) {
        let app = TestApp::on(db, &[]).await;
        open(&*supplier(&app, BOSS).await, EI).await;
        let (boss, guest) = (people(&app, BOSS).await, people(&app, OTHER).await);
        assert_eq!(boss.change_people(&siren(), invite(OTHER, MemberRole::Manager)).await, Ok(None));
        let first = boss.people(&siren()).await.unwrap().invitations[0].id;
        assert_eq!(boss.change_people(&siren(), PeopleAct::Revoke { invitation: first }).await, Ok(None));
        assert_eq!(guest.invitation(first).await.unwrap().state, InvitationState::Revoked);
        assert_eq!(guest.answer_invitation(first, true).await, Ok(InvitationAnswer::Over));
        assert_eq!(boss.change_people(&siren(), invite(OTHER, MemberRole::Manager)).await, Ok(None));
        let second = boss.people(&siren()).await.unwrap().invitations[0].id;
        app.clock.advance(TimeDelta::days(31));
        assert_eq!(guest.invitation(second).await.unwrap().state, InvitationState::Expired);
        assert_eq!(guest.answer_invitation(second, true).await, Ok(InvitationAnswer::Over));
        assert!(boss.people(&siren()).await.unwrap().invitations[0].expired);
        // Sent again, the same link works.
        assert_eq!(boss.change_people(&siren(), PeopleAct::InviteAgain { invitation: second }).await, Ok(None));
        assert_eq!(guest.answer_invitation(second, false).await, Ok(InvitationAnswer::Declined));
        assert_eq!(guest.answer_invitation(second, true).await, Ok(InvitationAnswer::Over));
        assert_eq!(guest.people(&siren()).await, Err(AppError::NotFound));
    }

    async fn roles_are_kept_to_and_the_last_manager_stays(db) {
        let app = TestApp::on(db, &[]).await;
        let desk = supplier(&app, BOSS).await;
        let draft = open(&*desk, EI).await;
        let version = fill(&*desk, draft).await;
        let reader = joined(&app, "lecteur@demo.example.fr", MemberRole::Reader).await;
        let editor = joined(&app, "redac@demo.example.fr", MemberRole::Editor).await;
        let me = account_of(&app, BOSS).await;
        let boss = people(&app, BOSS).await;
        // Neither signs, nor manages.
        for email in ["lecteur@demo.example.fr", "redac@demo.example.fr"] {
            let refused = supplier(&app, email).await.submit(draft, version, statement()).await;
            assert_eq!(refused.unwrap_err(), AppError::Refused { refusal: Refusal::CannotSign }, "{email} signs");
            let person = people(&app, email).await;
            let view = person.people(&siren()).await.unwrap();
            assert!(!view.manages && view.people.iter().all(|one| one.may_be.is_empty()));
            for act in [
                invite("x@example.com", MemberRole::Manager),
                PeopleAct::ChangeRole { account: me, role: Some(MemberRole::Reader) },
                PeopleAct::Remove { account: me },
                PeopleAct::OpenDomain { role: Some(MemberRole::Editor) },
            ] {
                assert_eq!(person.change_people(&siren(), act).await, Ok(Some(PeopleProblem::NotManager)));
            }
        }
        for act in [PeopleAct::Leave, PeopleAct::ChangeRole { account: me, role: Some(MemberRole::Reader) }] {
            assert_eq!(boss.change_people(&siren(), act).await, Ok(Some(PeopleProblem::LastManager)));
        }
        assert_eq!(boss.change_people(&siren(), PeopleAct::ChangeRole { account: editor, role: Some(MemberRole::Manager) }).await, Ok(None));
        assert_eq!(boss.change_people(&siren(), PeopleAct::Leave).await, Ok(None));
        assert_eq!(boss.people(&siren()).await, Err(AppError::NotFound));
        assert_eq!(desk.declaration(draft).await.unwrap_err(), AppError::NotFound);
        // The file belongs to the company: the new manager goes on with it.
        let heir = people(&app, "redac@demo.example.fr").await;
        assert!(supplier(&app, "redac@demo.example.fr").await.declaration(draft).await.is_ok());
        assert_eq!(heir.change_people(&siren(), PeopleAct::Remove { account: reader }).await, Ok(None));
        assert_eq!(heir.people(&siren()).await.unwrap().people.len(), 1);
    }

    async fn a_request_is_decided_by_the_managers_and_the_buyer_comes_after_a_week(db) {
        let app = TestApp::on(db, &[]).await;
        open(&*supplier(&app, BOSS).await, EI).await;
        let (boss, guest) = (people(&app, BOSS).await, people(&app, OTHER).await);
        let agent = buyer(&app, "agent@metropole.example").await;
        assert_eq!(guest.joining(&siren()).await.unwrap().standing, Standing::Held { managed: true });
        let asked = JoinAsked { role: None, message: "Je suis la comptable".into(), ..JoinAsked::default() };
        assert_eq!(guest.ask_to_join(&siren(), asked.clone()).await, Ok(Some(PeopleProblem::Role)));
        let asked = JoinAsked { role: Some(MemberRole::Signatory), ..asked };
        assert_eq!(guest.ask_to_join(&siren(), asked.clone()).await, Ok(None));
        assert!(matches!(guest.joining(&siren()).await.unwrap().standing, Standing::Waiting(ref waiting) if !waiting.buyer_asked));
        assert!(agent.attachment_requests().await.unwrap().is_empty());
        app.clock.advance(TimeDelta::days(7));
        assert_eq!(agent.attachment_requests().await.unwrap().len(), 1, "nobody answered");
        let view = boss.people(&siren()).await.unwrap();
        assert_eq!((view.requests.len(), view.requests[0].message.as_str()), (1, "Je suis la comptable"));
        let request = view.requests[0].id;
        assert_eq!(guest.change_people(&siren(), PeopleAct::Decide { request, role: Some(MemberRole::Manager) }).await, Err(AppError::NotFound), "not by oneself");
        // The manager gives less than was asked.
        assert_eq!(boss.change_people(&siren(), PeopleAct::Decide { request, role: Some(MemberRole::Reader) }).await, Ok(None));
        assert_eq!(guest.joining(&siren()).await.unwrap().standing, Standing::Member(MemberRole::Reader));
        assert_eq!(agent.attach(request).await, Err(AppError::NotFound), "decided once");
        assert_eq!(guest.ask_to_join(&siren(), asked).await, Ok(Some(PeopleProblem::AlreadyHere)));
    }

    async fn the_code_of_a_letter_attaches_and_weighs_more_than_who_came_first(db) {
        let app = TestApp::on(db, &[]).await;
        open(&*supplier(&app, BOSS).await, EI).await;
        let (squatter, right) = (people(&app, BOSS).await, people(&app, OTHER).await);
        let agent = buyer(&app, "agent@metropole.example").await;
        let asked = JoinAsked { role: Some(MemberRole::Editor), ..JoinAsked::default() };
        assert_eq!(right.ask_to_join(&siren(), asked).await, Ok(None));
        assert_eq!(right.type_letter_code(&siren(), "23456789AB").await, Ok(Some(PeopleProblem::WrongCode)), "no letter, and a code that cannot be one");
        right.ask_the_buyer(&siren()).await.unwrap();
        let request = agent.attachment_requests().await.unwrap()[0].id;
        let copy = agent.make_letter(request, "Siège\n1 rue de la Paix").await.unwrap();
        let letter = agent.letter(request, copy).await.unwrap();
        let other = buyer(&app, "autre@metropole.example").await;
        assert_eq!(other.letter(request, copy).await, Err(AppError::NotFound), "only who made it");
        // A code of the right form that is not that one: five tries, then it is dead.
        let wrong = domain::attestation::ShortCode::from_random([7; 16]).grouped();
        for left in (0..5).rev() {
            let problem = if left == 0 { PeopleProblem::DeadCode } else { PeopleProblem::WrongCode };
            assert_eq!(right.type_letter_code(&siren(), &wrong).await, Ok(Some(problem)));
        }
        assert_eq!(right.type_letter_code(&siren(), &letter.code).await, Ok(Some(PeopleProblem::DeadCode)));
        let copy = agent.make_letter(request, "Siège").await.unwrap();
        let again = agent.letter(request, copy).await.unwrap();
        let typed = format!(" {} ", again.code.to_lowercase().replace('-', " "));
        assert_eq!(right.type_letter_code(&siren(), &typed).await, Ok(None));
        let view = right.people(&siren()).await.unwrap();
        assert!(view.manages && view.people[1].proof == Proof::Letter);
        let (first, second) = (account_of(&app, BOSS).await, account_of(&app, OTHER).await);
        for act in [PeopleAct::Remove { account: second }, PeopleAct::ChangeRole { account: second, role: Some(MemberRole::Reader) }] {
            assert_eq!(squatter.change_people(&siren(), act).await, Ok(Some(PeopleProblem::WeighsMore)));
        }
        assert_eq!(right.change_people(&siren(), PeopleAct::Remove { account: first }).await, Ok(None));
        assert_eq!(squatter.people(&siren()).await, Err(AppError::NotFound));
    }

    async fn a_third_party_prepares_and_the_company_confirms(db) {
        let app = TestApp::on(db, &[]).await;
        let (third, boss) = (people(&app, OTHER).await, people(&app, BOSS).await);
        assert_eq!(third.prepare_for(EI, "  ").await, Ok(Err(vec![PeopleProblem::Organisation])));
        assert_eq!(third.prepare_for("12", "Cabinet").await, Ok(Err(vec![PeopleProblem::Number])));
        let both = vec![PeopleProblem::Number, PeopleProblem::Organisation];
        assert_eq!(third.prepare_for("12", "  ").await, Ok(Err(both)));
        let Ok(Ok(Opening::Declaration(draft))) = third.prepare_for(EI, " Cabinet  Durand ").await else { panic!("a draft") };
        let desk = supplier(&app, OTHER).await;
        let version = fill(&*desk, draft).await;
        assert_eq!(desk.submit(draft, version, statement()).await.unwrap_err(), AppError::Refused { refusal: Refusal::CannotSign });
        let mine = desk.workspace().await.unwrap().companies.remove(0);
        assert!(mine.unconfirmed && mine.organisation.as_deref() == Some("Cabinet Durand"));
        // The company comes: the draft is there, the third party waits for its word and sees nothing more.
        assert_eq!(open(&*supplier(&app, BOSS).await, EI).await, draft);
        assert_eq!(desk.declaration(draft).await.unwrap_err(), AppError::NotFound);
        let view = boss.people(&siren()).await.unwrap();
        assert_eq!(view.requests[0].organisation.as_deref(), Some("Cabinet Durand"));
        let request = view.requests[0].id;
        assert_eq!(boss.change_people(&siren(), PeopleAct::Decide { request, role: Some(MemberRole::Manager) }).await, Ok(Some(PeopleProblem::ThirdParty)));
        assert_eq!(boss.change_people(&siren(), PeopleAct::Decide { request, role: Some(MemberRole::Editor) }).await, Ok(None));
        assert!(desk.declaration(draft).await.is_ok());
        assert!(!desk.workspace().await.unwrap().companies[0].unconfirmed);
        let account = account_of(&app, OTHER).await;
        assert_eq!(boss.change_people(&siren(), PeopleAct::ChangeRole { account, role: Some(MemberRole::Signatory) }).await, Ok(Some(PeopleProblem::ThirdParty)));
        // For several companies, in one account.
        let Ok(Ok(Opening::Declaration(_))) = third.prepare_for("91000003300019", "Cabinet Durand").await else { panic!("another draft") };
        assert_eq!(desk.workspace().await.unwrap().companies.len(), 2);
    }

    async fn colleagues_join_by_a_domain_that_a_manager_opened_and_by_no_other(db) {
        let app = TestApp::on(db, &[]).await;
        let draft = open(&*supplier(&app, BOSS).await, EI).await;
        let boss = people(&app, BOSS).await;
        let role = Some(MemberRole::Editor);
        assert_eq!(boss.change_people(&siren(), PeopleAct::OpenDomain { role: Some(MemberRole::Manager) }).await, Ok(Some(PeopleProblem::Role)));
        let stranger = supplier(&app, "x@demo.example.org").await;
        let colleague = supplier(&app, "lou@demo.example.fr").await;
        assert_eq!(colleague.open_company(EI).await.unwrap(), Opening::HeldByAnother(siren()));
        assert_eq!(boss.change_people(&siren(), PeopleAct::OpenDomain { role }).await, Ok(None));
        assert_eq!(stranger.open_company(EI).await.unwrap(), Opening::HeldByAnother(siren()));
        assert_eq!(colleague.open_company(EI).await.unwrap(), Opening::Declaration(draft));
        let view = boss.people(&siren()).await.unwrap();
        assert_eq!((view.people.len(), view.people[1].role), (2, MemberRole::Editor));
        let domain = view.domains[0].domain.clone();
        assert_eq!(boss.change_people(&siren(), PeopleAct::CloseDomain { domain }).await, Ok(None));
        let late = supplier(&app, "max@demo.example.fr").await;
        assert_eq!(late.open_company(EI).await.unwrap(), Opening::HeldByAnother(siren()));
        // With a public provider there is nothing to open.
        let account = account_of(&app, "lou@demo.example.fr").await;
        assert_eq!(boss.change_people(&siren(), PeopleAct::Remove { account }).await, Ok(None));
        joined(&app, "gerante@gmail.com", MemberRole::Manager).await;
        let other = people(&app, "gerante@gmail.com").await;
        assert_eq!(other.change_people(&siren(), PeopleAct::OpenDomain { role }).await, Ok(Some(PeopleProblem::Domain)));
        assert_eq!(other.people(&siren()).await.unwrap().own_domain, None);
    }

    async fn a_wrong_company_is_left_and_what_was_sent_is_shown_to_nobody_without_a_proof(db) {
        let app = TestApp::on(db, &[]).await;
        let desk = supplier(&app, BOSS).await;
        let draft = open(&*desk, EI).await;
        let boss = people(&app, BOSS).await;
        assert_eq!(boss.change_people(&siren(), PeopleAct::Leave).await, Ok(None));
        // Nothing was sent: the next one holds it, and finds none of the words of the first.
        let next = supplier(&app, OTHER).await;
        let fresh = open(&*next, EI).await;
        assert_ne!(fresh, draft);
        assert_eq!(next.declaration(draft).await.unwrap().status, domain::lifecycle::Status::Withdrawn);
        let version = fill(&*next, fresh).await;
        next.submit(fresh, version, statement()).await.unwrap();
        assert_eq!(people(&app, OTHER).await.change_people(&siren(), PeopleAct::Leave).await, Ok(None));
        // Something was sent: whoever comes proves it first.
        assert_eq!(desk.open_company(EI).await.unwrap(), Opening::HeldByAnother(siren()));
        assert_eq!(boss.joining(&siren()).await.unwrap().standing, Standing::Held { managed: false });
        assert!(matches!(people(&app, "cabinet@tiers.example.com").await.prepare_for(EI, "Cabinet").await, Ok(Ok(Opening::HeldByAnother(_)))));
        let asked = JoinAsked { role: Some(MemberRole::Reader), ..JoinAsked::default() };
        assert_eq!(boss.ask_to_join(&siren(), asked).await, Ok(None));
        let agent = buyer(&app, "agent@metropole.example").await;
        let requests = agent.attachment_requests().await.unwrap();
        assert!(!requests[0].managed, "asked of the buyer at once");
        agent.attach(requests[0].id).await.unwrap();
        assert!(boss.people(&siren()).await.unwrap().manages, "somebody has to");
        assert_eq!(desk.declaration(fresh).await.unwrap().id, fresh);
    }
}
