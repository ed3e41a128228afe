//! What is prepared for a company, as its people find it in their workspace: by agents for an address, by a third party for the
//! company itself.

use app::desk::{BuyerDesk, InvitationAnswer, JoinAsked, Opening, PeopleAct, SupplierDesk};
use app::error::AppError;
use app::views::{NewDraft, Prepared, Standing};
use chrono::TimeDelta;
use domain::lifecycle::{MemberRole, Status};
use domain::people::PeopleProblem;
use uuid::Uuid;

use super::people::{BOSS, OTHER, account_of, invite, siren};
use super::{EI, buyer, open, people, supplier};
use crate::support::{Client, TestApp};

const AGENT: &str = "agent@metropole.example";
const THIRD: &str = "cabinet@tiers.example.com";
/// Companies of the demonstration register.
const OTHERS: [&str; 2] = ["91000003300019", "91000001700012"];

async fn prepare(agent: &dyn BuyerDesk, number: &str, email: &str) {
    let draft = NewDraft {
        number: number.to_owned(),
        contact_name: "Camille Martin".to_owned(),
        email: email.to_owned(),
        proposals: format!("siret={number}&effectif=12,5"),
        ..NewDraft::default()
    };
    let prepared = agent.prepare_draft(draft).await.unwrap();
    assert_eq!(prepared, Prepared::Done, "{number}");
}

/// The drafts that wait, with their companies, oldest first.
async fn waiting(desk: &dyn SupplierDesk) -> Vec<(Uuid, String)> {
    let waiting = desk.workspace().await.unwrap().prepared;
    waiting
        .into_iter()
        .map(|one| (one.id, one.company_name))
        .collect()
}

async fn prepared_for(app: &TestApp, email: &str, number: &str, firm: &str) -> Opening {
    let desk = people(app, email).await;
    desk.prepare_for(number, firm).await.unwrap().unwrap()
}

fn mandated(organisation: &str) -> JoinAsked {
    JoinAsked {
        third_party: true,
        organisation: organisation.to_owned(),
        ..JoinAsked::default()
    }
}

/// The page of joining, as this person reads it.
async fn joining(client: &Client) -> crate::support::Page {
    client
        .get(&format!("/espace/rattachement/{}", siren()))
        .await
}

store::on_both_engines! {
    async fn every_draft_of_an_address_waits_in_its_workspace_until_it_is_answered(db) {
        let app = TestApp::on(db, &[]).await;
        let (desk, agent) = (supplier(&app, BOSS).await, buyer(&app, AGENT).await);
        assert_eq!(waiting(&*desk).await, [], "none");
        prepare(&*agent, EI, " Camille@Demo.example.fr ").await;
        for number in OTHERS {
            prepare(&*agent, number, BOSS).await;
        }
        prepare(&*agent, "91000002500015", OTHER).await;
        let all = waiting(&*desk).await;
        let names: Vec<&str> = all.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["DÉMO INSERTION PROPRETÉ", "DÉMO NUMÉRIQUE SAS", "ASSOCIATION DÉMO LES JARDINS DU LARGUE"]);
        assert!(desk.workspace().await.unwrap().companies.is_empty(), "nothing is anybody's before the claim");
        let ids: Vec<Uuid> = all.iter().map(|(id, _)| *id).collect();

        // Claimed: the declaration is there, and the draft waits no more.
        let (Opening::Declaration(declaration), _) = desk.claim_prepared(ids[0]).await.unwrap() else { panic!("a declaration") };
        assert_eq!(desk.claim_prepared(ids[0]).await.unwrap_err(), AppError::Conflict, "once");
        assert_eq!(waiting(&*desk).await, all[1..]);
        let mine = desk.workspace().await.unwrap().companies;
        assert_eq!(mine.len(), 1);
        let lines: Vec<_> = mine[0].declarations.iter().map(|line| (line.id, line.status)).collect();
        assert_eq!(lines, [(declaration, Status::Draft)]);
        assert_eq!(desk.declaration(declaration).await.unwrap().draft.size.awu, "12,50");

        // Declined, taken back, or too old: gone as well, each for its own reason.
        desk.decline_prepared(ids[1]).await.unwrap();
        assert_eq!(waiting(&*desk).await, all[2..]);
        agent.cancel_prepared(ids[2]).await.unwrap();
        assert_eq!(waiting(&*desk).await, []);
        let other = supplier(&app, OTHER).await;
        assert_eq!(waiting(&*other).await.len(), 1, "that of another address is theirs alone");
        app.clock.advance(TimeDelta::days(31));
        assert_eq!(waiting(&*other).await, []);
    }

    async fn what_a_third_party_prepared_is_in_the_workspace_of_the_company(db) {
        let app = TestApp::on(db, &[]).await;
        let Opening::Declaration(draft) = prepared_for(&app, THIRD, EI, "Cabinet Durand").await else { panic!("a draft") };
        let (desk, third) = (supplier(&app, BOSS).await, people(&app, THIRD).await);
        assert_eq!(desk.workspace().await.unwrap(), app::views::Workspace::default(), "nobody told anybody");
        assert_eq!(third.change_people(&siren(), invite(BOSS, MemberRole::Editor)).await, Ok(None));
        // Before it is answered: an invitation, and nothing of the company.
        let before = desk.workspace().await.unwrap();
        assert_eq!((before.invitations.len(), before.companies.len(), before.prepared.len()), (1, 0, 0));
        let id = before.invitations[0].id;
        let boss = people(&app, BOSS).await;
        assert_eq!(boss.answer_invitation(id, true).await, Ok(InvitationAnswer::Joined(siren())));
        let after = desk.workspace().await.unwrap();
        assert!(after.invitations.is_empty());
        let company = &after.companies[0];
        assert_eq!((company.role, company.unconfirmed, company.organisation.as_deref()), (MemberRole::Manager, false, None));
        assert_eq!(company.declarations.iter().map(|line| line.id).collect::<Vec<_>>(), [draft]);
    }

    async fn where_a_third_party_prepares_each_goes_on_as_they_may(db) {
        let app = TestApp::on(db, &[]).await;
        let Opening::Declaration(draft) = prepared_for(&app, THIRD, EI, "Cabinet Durand").await else { panic!("a draft") };
        // Another third party: no draft, no name of the first one; what it typed came along.
        let second = app.sign_in(OTHER).await;
        let fields = [("number", EI), ("organisation", "Réseau <Deux>")];
        let sent = second.post("/fn/prepare-for", &fields).await;
        let page = second.follow(&sent).await;
        page.expect_status(200)
            .expect_text("Un autre mandataire prépare déjà")
            .expect_text("Réseau &lt;Deux&gt;");
        assert!(!page.body.contains("Cabinet Durand"), "{}", page.body);
        let radios = page.body.matches("type=\"radio\"").count();
        assert_eq!(radios, 1, "a role of the company is not asked for where nobody could answer");
        // Without its name it is stopped; with it, an agent is asked at once, and nobody else.
        let desk = people(&app, OTHER).await;
        assert_eq!(desk.ask_to_join(&siren(), mandated(" ")).await, Ok(Some(PeopleProblem::Organisation)));
        assert_eq!(desk.joining(&siren()).await.unwrap().standing, Standing::Free { prepared: true });
        assert_eq!(desk.ask_to_join(&siren(), mandated("Réseau Deux")).await, Ok(None));
        joining(&second).await.expect_status(200).expect_text("examinée par l’acheteur");
        let agent = buyer(&app, AGENT).await;
        let asked = agent.attachment_requests().await.unwrap();
        assert_eq!((asked.len(), asked[0].managed), (1, false));

        // Whoever is of the company opens it from the same page, and manages it.
        let boss = app.sign_in(BOSS).await;
        joining(&boss).await.expect_status(200).expect_text("Je suis de l’entreprise");
        let opened = boss.post("/fn/open-company", &[("number", &EI[..9])]).await;
        assert!(opened.location().unwrap().contains(&draft.to_string()), "{:?}", opened.location());
        joining(&boss).await.expect_status(200).expect_text("Vous êtes rattaché");
        let view = people(&app, BOSS).await.people(&siren()).await.unwrap();
        assert!(view.manages);
        let mut firms: Vec<_> = view.requests.iter().filter_map(|one| one.organisation.as_deref()).collect();
        firms.sort_unstable();
        assert_eq!(firms, ["Cabinet Durand", "Réseau Deux"], "it decides on both");
        assert!(!desk.people(&siren()).await.is_ok_and(|view| view.manages));
    }

    async fn a_third_party_tells_whom_it_may_and_is_stopped_where_anybody_is(db) {
        let app = TestApp::on(db, &[]).await;
        assert!(matches!(prepared_for(&app, THIRD, EI, "Cabinet Durand").await, Opening::Declaration(_)));
        let third = people(&app, THIRD).await;
        for address in ["", "  ", "direction@", "pas une adresse"] {
            let told = third.change_people(&siren(), invite(address, MemberRole::Manager)).await;
            assert_eq!(told, Ok(Some(PeopleProblem::Address)), "{address:?}");
        }
        assert_eq!(third.change_people(&siren(), invite(THIRD, MemberRole::Manager)).await, Ok(Some(PeopleProblem::AlreadyHere)));
        let mails = async || app.db.number("SELECT count(*) FROM outbox WHERE route = 'mail.invitation'").await;
        assert_eq!(mails().await, 0);
        assert_eq!(third.change_people(&siren(), invite(BOSS, MemberRole::Manager)).await, Ok(None));
        let id = third.people(&siren()).await.unwrap().invitations[0].id;
        let again = PeopleAct::InviteAgain { invitation: id };
        assert_eq!(third.change_people(&siren(), again.clone()).await, Ok(Some(PeopleProblem::TooSoon)));
        assert_eq!(mails().await, 1);
        app.clock.advance(TimeDelta::hours(1));
        assert_eq!(third.change_people(&siren(), again).await, Ok(None));
        assert_eq!(mails().await, 2);
        // A company that is not theirs does not exist; what a manager does is not theirs to do.
        let stranger = people(&app, OTHER).await;
        assert_eq!(stranger.change_people(&siren(), invite(BOSS, MemberRole::Editor)).await, Err(AppError::NotFound));
        let client = app.sign_in(OTHER).await;
        client.get(&format!("/espace/personnes/{}", siren())).await.expect_status(404);
        let fields = [("siren", siren().to_string()), ("email", BOSS.to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        client.post("/fn/invite-person", &fields).await.expect_status(404);
        let me = account_of(&app, THIRD).await;
        for act in [PeopleAct::OpenDomain { role: Some(MemberRole::Reader) }, PeopleAct::Decide { request: id, role: None }] {
            assert_eq!(third.change_people(&siren(), act).await, Ok(Some(PeopleProblem::NotManager)));
        }
        let act = PeopleAct::ChangeRole { account: me, role: Some(MemberRole::Manager) };
        assert_ne!(third.change_people(&siren(), act).await, Ok(None));
        // Once somebody of the company is there, it is theirs to invite.
        open(&*supplier(&app, BOSS).await, EI).await;
        assert_eq!(third.change_people(&siren(), invite(OTHER, MemberRole::Editor)).await, Err(AppError::NotFound));
    }
}
