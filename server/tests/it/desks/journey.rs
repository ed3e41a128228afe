//! The main job: declared, sent back, corrected, partly accepted; with what each act writes.

use app::desk::{Opening, Saved, StepAnswers, Submitted};
use app::error::AppError;
use app::views::{CompanyQuestion, QueueFilter, SearchOutcome};
use domain::form::{SolidarityStep, StepCode};
use domain::identifiers::Siren;
use domain::lifecycle::{Act, CommandKind, Refusal, Status, Verdict};
use domain::registry::Agreement;
use store::{audit, outbox, qualifications};

use super::{
    EI, accept_all, answers, buyer, fill, open, sent, signature, statement, supplier, text,
};
use crate::support::TestApp;

async fn routes_of(app: &TestApp, subject: &str) -> Vec<String> {
    let messages = outbox::by_subject(app.state.store.read(), subject, 100)
        .await
        .unwrap();
    messages.into_iter().map(|message| message.route).collect()
}

store::on_both_engines! {
    async fn a_declaration_goes_from_draft_to_a_partial_validation(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, "camille@demo.example.fr").await, buyer(&app, "agent@metropole.example").await);

        let id = open(&*seller, "910 000 058 00016").await;
        let fresh = seller.declaration(id).await.unwrap();
        assert_eq!(fresh.status, Status::Draft);
        assert_eq!(fresh.draft.company.siret, EI, "nothing is asked twice");
        assert_eq!(fresh.draft.company.name, "DÉMO INSERTION PROPRETÉ");
        assert_eq!(fresh.allowed, [CommandKind::Save, CommandKind::Submit, CommandKind::Discard]);
        assert!(matches!(agent.review(id).await, Err(AppError::NotFound)), "a draft is the supplier’s own business");

        let version = fill(&*seller, id).await;
        let before = seller.declaration(id).await.unwrap();
        assert_eq!(before.preview.as_ref().map(|snapshot| snapshot.claims.len()), Some(3));
        assert!(before.errors.iter().all(|(step, _)| *step == StepCode::Statement), "{:?}", before.errors);

        let unticked = seller
            .submit(id, version, domain::form::StatementStep { accepted: String::new(), ..statement() })
            .await
            .unwrap();
        assert_eq!(unticked, Submitted::Incomplete(StepCode::Statement));
        let kept = seller.declaration(id).await.unwrap();
        assert_eq!(kept.draft.statement.signer_name, "Camille Martin", "what was typed is still there");
        assert!(kept.draft.statement.accepted.is_empty(), "the box is never ticked in advance");
        assert_eq!(seller.submit(id, kept.version, statement()).await.unwrap(), Submitted::Done);
        assert_eq!(seller.submit(id, kept.version, statement()).await.unwrap(), Submitted::Done, "a double click");

        let receipt = seller.receipt(id).await.unwrap();
        assert_eq!((receipt.revision, receipt.snapshot.hash()), (1, receipt.hash.clone()));
        assert_eq!(routes_of(&app, &format!("declaration:{id}")).await, ["mail.supplier", "mail.buyer"]);

        let queue = agent.queue(&QueueFilter { status: Some(Status::Submitted), ..QueueFilter::default() }).await.unwrap();
        assert_eq!(queue.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
        let review = agent.review(id).await.unwrap();
        let agreements: Vec<_> = review.claims.iter().map(|claim| claim.comparison.agreement).collect();
        assert_eq!(agreements, [Agreement::Agree, Agreement::Agree, Agreement::Unknown]);
        agent.start_review(id, review.version).await.unwrap();
        agent.start_review(id, review.version).await.unwrap();

        let verdict = async |index: usize, verdict: Verdict| {
            let review = agent.review(id).await.unwrap();
            let key = review.claims[index].claim.key.to_string();
            agent.give_verdicts(id, review.version, vec![(key, verdict)]).await
        };
        verdict(0, Verdict::Accepted).await.unwrap();
        verdict(1, Verdict::ToFix(text("La convention n’est pas lisible."))).await.unwrap();
        let early = agent.review(id).await.unwrap();
        assert_eq!(early.outcome, None);
        assert_eq!(
            agent.sign(id, early.version, signature(), vec![]).await,
            Err(AppError::Refused { refusal: Refusal::ClaimsPending { count: 1 } })
        );
        assert!(
            seller.declaration(id).await.unwrap().claims.iter().all(|claim| claim.verdict == Verdict::Pending),
            "a review under way is not shown to the supplier"
        );
        verdict(2, Verdict::Refused(text("Ce marché n’existe pas."))).await.unwrap();
        let ready = agent.review(id).await.unwrap();
        assert_eq!(ready.outcome, Some(Status::ChangesRequested));
        agent.sign(id, ready.version, signature(), vec![]).await.unwrap();
        agent.sign(id, ready.version, signature(), vec![]).await.unwrap();

        let back = seller.declaration(id).await.unwrap();
        assert_eq!(back.status, Status::ChangesRequested);
        assert_eq!(back.claims[1].verdict.reason(), Some("La convention n’est pas lisible."));
        let mut corrected = back.draft.solidarity.clone();
        corrected.rows[0].reference = text("EI013240014A0M0");
        let Saved::Done { version } =
            seller.save_step(id, back.version, StepAnswers::Solidarity(corrected)).await.unwrap()
        else {
            panic!("nobody else writes")
        };
        assert_eq!(seller.submit(id, version, statement()).await.unwrap(), Submitted::Done);

        let second = agent.review(id).await.unwrap();
        let verdicts: Vec<_> = second.claims.iter().map(|claim| claim.verdict.code()).collect();
        assert_eq!(verdicts, ["accepted", "pending", "refused"], "only what changed is examined again");
        agent.start_review(id, second.version).await.unwrap();
        accept_all(&*agent, id).await;
        let version = agent.review(id).await.unwrap().version;
        agent.sign(id, version, signature(), vec![]).await.unwrap();

        let decided = seller.declaration(id).await.unwrap();
        assert_eq!(decided.status, Status::PartlyValidated);
        let acts: Vec<_> = decided.timeline.iter().map(|entry| entry.act).collect();
        assert_eq!(acts.first(), Some(&Act::Opened));
        assert_eq!(acts.last(), Some(&Act::PartlyValidated));
        let held = qualifications::of_company(app.state.store.read(), &Siren::parse("910000058").unwrap()).await.unwrap();
        let keys: Vec<_> = held.iter().map(|held| held.claim.key.to_string()).collect();
        assert_eq!(keys, ["SME@siren:910000058", "EI@siren:910000058"]);
        assert!(routes_of(&app, &format!("declaration:{id}")).await.contains(&"feed.company".to_owned()));
        assert!(matches!(audit::verify(app.state.store.read(), None).await.unwrap(), audit::Verdict::Whole(Some(_))));

        let Opening::Declaration(next) = seller.amend(id).await.unwrap() else { panic!("an active company") };
        assert_ne!(next, id);
        assert_eq!(seller.amend(id).await.unwrap(), Opening::Declaration(next), "one open declaration for each company");
        let amended = seller.declaration(next).await.unwrap();
        assert_eq!(amended.draft.solidarity.rows[0].reference, "EI013240014A0M0");
        assert_eq!(open(&*seller, EI).await, next, "the company’s page resumes it");
    }
}

store::on_both_engines! {
    async fn a_conflict_keeps_both_sets_of_answers(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let id = open(&*seller, EI).await;
        let seen = seller.declaration(id).await.unwrap().version;
        let no = StepAnswers::Solidarity(SolidarityStep { declare: text("no"), rows: vec![] });
        let yes = answers().remove(2);
        assert!(matches!(seller.save_step(id, seen, yes.clone()).await.unwrap(), Saved::Done { .. }));
        assert!(
            matches!(seller.save_step(id, seen, yes.clone()).await.unwrap(), Saved::Done { .. }),
            "a double click is no conflict"
        );
        let Saved::Conflict { copy } = seller.save_step(id, seen, no.clone()).await.unwrap() else {
            panic!("the second tab must be told")
        };
        let conflict = seller.conflict(id, copy).await.unwrap();
        assert_eq!((conflict.stored, conflict.typed), (yes, no.clone()));
        assert!(matches!(seller.save_step(id, conflict.version, no).await.unwrap(), Saved::Done { .. }));
    }
}

store::on_both_engines! {
    async fn a_supplier_takes_back_withdraws_and_discards(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, "camille@demo.example.fr").await, buyer(&app, "agent@metropole.example").await);
        let id = sent(&*seller).await;
        let view = seller.declaration(id).await.unwrap();
        seller.take_back(id, view.version).await.unwrap();
        let draft = seller.declaration(id).await.unwrap();
        assert_eq!(draft.status, Status::Draft);
        assert_eq!(agent.queue(&QueueFilter::default()).await.unwrap().total, 0);
        assert_eq!(seller.submit(id, draft.version, statement()).await.unwrap(), Submitted::Done);
        let again = agent.review(id).await.unwrap();
        assert_eq!(again.revision, Some(2));
        agent.start_review(id, again.version).await.unwrap();
        let stale = seller.take_back(id, again.version).await;
        assert_eq!(stale, Err(AppError::Conflict), "the review began in the meantime");
        let view = seller.declaration(id).await.unwrap();
        seller.withdraw(id, view.version).await.unwrap();
        assert_eq!(seller.declaration(id).await.unwrap().status, Status::Withdrawn);

        let other = open(&*seller, EI).await;
        assert_ne!(other, id);
        let view = seller.declaration(other).await.unwrap();
        seller.discard(other, view.version).await.unwrap();
        assert_eq!(seller.declaration(other).await.unwrap().status, Status::Withdrawn);
    }
}

#[tokio::test]
async fn what_cannot_be_opened_says_why() {
    let app = TestApp::start().await;
    let seller = supplier(&app, "camille@demo.example.fr").await;
    let Opening::Closed(company) = seller.open_company("910000108").await.unwrap() else {
        panic!("a closed company")
    };
    assert_eq!(company.name, "DÉMO IMPRIMERIE DISPARUE");
    assert!(matches!(
        seller.open_company("9100000580001").await.unwrap(),
        Opening::Invalid(_)
    ));
    assert!(
        matches!(
            seller.open_company("732829320").await.unwrap(),
            Opening::Declaration(_)
        ),
        "absence from the register never blocks a supplier"
    );
    let search = async |query: &str| {
        seller
            .search(CompanyQuestion::of(query))
            .await
            .unwrap()
            .outcome
    };
    let SearchOutcome::Found {
        hits,
        demonstration,
        ..
    } = search("insertion propreté").await
    else {
        panic!("a name of the register")
    };
    assert!(demonstration && hits.iter().any(|hit| hit.siren.as_str() == "910000058"));
    assert!(matches!(
        search("910000059").await,
        SearchOutcome::Invalid(_)
    ));
    assert!(matches!(search("ab").await, SearchOutcome::Empty));
}
