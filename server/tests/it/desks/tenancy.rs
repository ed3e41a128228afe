//! Each company sees only its own data: a foreign object does not exist.

use app::desk::{JoinAsked, Opening};
use app::error::AppError;
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;

use super::{EI, answers, buyer, fill, open, people, statement, supplier};
use crate::support::TestApp;

#[tokio::test]
async fn everything_of_another_company_answers_not_found() {
    let app = TestApp::start().await;
    let (owner, stranger) = (
        supplier(&app, "camille@demo.example.fr").await,
        supplier(&app, "x@autre.example.fr").await,
    );
    let id = open(&*owner, EI).await;
    let version = fill(&*owner, id).await;
    let mine = open(&*stranger, "91000003300019").await;

    assert_eq!(
        stranger.declaration(id).await.unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(stranger.receipt(id).await.unwrap_err(), AppError::NotFound);
    assert_eq!(
        stranger.conflict(id, id).await.unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(stranger.amend(id).await.unwrap_err(), AppError::NotFound);
    for step in answers() {
        assert_eq!(
            stranger.save_step(id, version, step).await.unwrap_err(),
            AppError::NotFound
        );
    }
    assert_eq!(
        stranger.submit(id, version, statement()).await.unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(
        stranger.discard(id, version).await.unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(
        stranger.take_back(id, version).await.unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(
        stranger.withdraw(id, version).await.unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(
        stranger.qualification(id).await.unwrap_err(),
        AppError::NotFound
    );
    let seen = stranger.workspace().await.unwrap();
    assert_eq!(seen.companies.len(), 1);
    assert_eq!(seen.companies[0].declarations[0].id, mine);
    assert_eq!(
        owner.declaration(id).await.unwrap().version,
        version,
        "nothing was written"
    );
}

#[tokio::test]
async fn the_second_person_waits_for_an_agent() {
    let app = TestApp::start().await;
    let (first, second) = (
        supplier(&app, "camille@demo.example.fr").await,
        supplier(&app, "sam@demo.example.fr").await,
    );
    let agent = buyer(&app, "agent@metropole.example").await;
    let id = open(&*first, EI).await;
    let siren = Siren::parse(EI.get(..9).unwrap()).unwrap();
    assert_eq!(
        second.open_company(EI).await.unwrap(),
        Opening::HeldByAnother(siren.clone())
    );
    assert!(
        second.workspace().await.unwrap().pending.is_empty(),
        "opening by mistake asks nobody"
    );
    let joining = people(&app, "sam@demo.example.fr").await;
    let asked = JoinAsked {
        role: Some(MemberRole::Manager),
        ..JoinAsked::default()
    };
    for _ in 0..2 {
        let problem = joining.ask_to_join(&siren, asked.clone()).await.unwrap();
        assert_eq!(problem, None, "asking again changes nothing");
    }
    assert_eq!(
        second.declaration(id).await.unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(second.workspace().await.unwrap().pending.len(), 1);

    let requests = agent.attachment_requests().await.unwrap();
    assert!(requests.is_empty(), "the managers are asked first");
    joining.ask_the_buyer(&siren).await.unwrap();
    let requests = agent.attachment_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].email, "sam@demo.example.fr");
    assert_eq!(requests[0].holder_emails, ["camille@demo.example.fr"]);
    assert!(requests[0].same_domain);
    agent.attach(requests[0].id).await.unwrap();
    assert_eq!(agent.attach(requests[0].id).await, Ok(()), "a second click");
    let other = buyer(&app, "autre@metropole.example").await;
    for late in [
        agent.decline_attachment(requests[0].id).await,
        other.attach(requests[0].id).await,
    ] {
        assert_eq!(late, Err(AppError::NotFound), "decided once");
    }
    assert!(second.declaration(id).await.is_ok());
    assert_eq!(open(&*second, EI).await, id);
}
