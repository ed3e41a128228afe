//! The life of a declaration in the database: one writer of the status, and everything with it.

use chrono::TimeDelta;
use domain::{
    claims::Kind,
    form::Draft,
    lifecycle::{Act, Command, EarlyClosure, Status, Verdict},
};
use store::{
    StoreError,
    accounts::Role,
    audit,
    declarations::{self, Change, Opened},
    outbox, qualifications, queries,
};

use crate::{
    file::{Failed, File, day, esus, hours, signature, status},
    support::{account, minutes, noon, refused},
};

store::on_both_engines! {
    async fn a_declaration_goes_from_draft_to_truth(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        let claims = vec![esus(&file.siren, "A1"), hours(&file.siren, 800)];
        file.submit(claims.clone(), noon()).await;
        let sent = file.record().await;
        assert_eq!((sent.declaration.status, sent.declaration.version), (Status::Submitted, 2));
        assert_eq!(sent.declaration.revision, Some(1));
        assert_eq!(sent.revision.as_ref().unwrap().snapshot.claims, claims);
        assert_eq!(sent.revision.as_ref().unwrap().hash, sent.revision.as_ref().unwrap().snapshot.hash());
        assert_eq!(sent.declaration.stated_on, Some(day("2026-03-02")));

        file.review(noon()).await;
        file.verdict(&claims[0], Verdict::Accepted).await;
        file.verdict(&claims[1], Verdict::ToFix("Joindre le contrat".to_owned())).await;
        file.sign(Vec::new(), noon()).await;
        let back = file.record().await;
        assert_eq!(back.declaration.status, Status::ChangesRequested);
        assert_eq!(back.signature.as_ref().map(|s| s.name.as_str()), Some("Dominique Blanc"));
        assert_eq!(db.number("SELECT count(*) FROM qualifications").await, 0);

        // Corrected: what was accepted stays accepted, by the same person; what changed is pending again.
        let corrected = vec![claims[0].clone(), hours(&file.siren, 900)];
        file.submit(corrected.clone(), noon() + minutes(5)).await;
        let again = file.record().await;
        assert_eq!(again.declaration.revision, Some(2));
        assert_eq!(again.declaration.claims[0].verdict, Verdict::Accepted);
        assert_eq!(again.declaration.claims[1].verdict, Verdict::Pending);
        assert_eq!(db.number("SELECT count(*) FROM claims WHERE decided_by IS NOT NULL").await, 1);

        file.review(noon()).await;
        file.verdict(&corrected[1], Verdict::Accepted).await;
        let applied = file.sign(Vec::new(), noon() + minutes(9)).await;
        let done = file.record().await;
        assert_eq!(done.declaration.status, Status::Validated);
        assert_eq!(done.declaration.version, applied.version);
        assert_eq!(applied.qualifications.len(), 2);
        let truth = qualifications::of_company(store.read(), &file.siren).await.unwrap();
        assert_eq!(truth.len(), 2);
        assert!(truth.iter().all(|q| q.revision == 2 && q.closures.is_empty()));

        let acts: Vec<String> = declarations::timeline(store.read(), file.id, 50).await.unwrap().into_iter().map(|e| e.act).collect();
        let expected = [
            Act::Opened, Act::Submitted, Act::ReviewStarted, Act::VerdictGiven, Act::VerdictGiven, Act::ChangesRequested,
            Act::Resubmitted, Act::ReviewStarted, Act::VerdictGiven, Act::Validated,
        ];
        assert_eq!(acts, expected.map(|act| act.code().to_owned()));
        assert!(matches!(audit::verify(store.read(), None).await.unwrap(), audit::Verdict::Whole(Some(_))));

        let routes: Vec<String> = outbox::by_subject(store.read(), &declarations::subject(file.id), 50).await.unwrap().into_iter().map(|m| m.route).collect();
        let count = |route: &str| routes.iter().filter(|r| *r == route).count();
        // Received twice, review started twice, changes requested, validated; the agent: submission, correction.
        assert_eq!((count("mail.supplier"), count("mail.buyer"), count("feed.company")), (6, 2, 1));
    }

    async fn of_two_who_decide_at_once_one_wins_and_the_other_learns_who_and_when(db) {
        let store = db.store().await;
        let other = account(&store, "autre@example.fr", Role::Reviewer).await;
        let file = File::open(&store).await;
        // Another process, with its own connections.
        let elsewhere = File { store: db.store().await, ..file.clone() };
        let claim = esus(&file.siren, "A1");
        file.submit(vec![claim.clone()], noon()).await;
        let mut version = file.record().await.declaration.version;
        for round in 0..100 {
            let sides = [(&file, file.by_reviewer()), (&elsewhere, domain::lifecycle::Actor::reviewer(other.id))];
            let tries = sides.map(|(side, by)| {
                let file = side.clone();
                tokio::spawn(async move { file.give(&Command::StartReview, &by, Some(version), noon()).await })
            });
            let mut won = 0;
            for done in futures::future::join_all(tries).await {
                match done.unwrap() {
                    Ok(_) => won += 1,
                    Err(Failed::Store(StoreError::Conflict(conflict))) => {
                        assert_eq!((conflict.version, conflict.status.as_str(), conflict.at), (version + 1, "in_review", noon()));
                        assert!(conflict.by.starts_with("reviewer:"), "{}", conflict.by);
                    }
                    Err(error) => panic!("{error:?}"),
                }
            }
            assert_eq!(won, 1, "round {round}");
            let holder = file.record().await.declaration.reviewer.unwrap();
            file.give(&Command::Release, &domain::lifecycle::Actor::reviewer(holder), None, noon()).await.unwrap();
            version += 2;
        }
        assert_eq!(db.number("SELECT count(*) FROM audit_events WHERE act = 'review_started'").await, 100);
    }

    async fn a_decision_on_what_was_read_before_is_refused_without_a_trace(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        file.submit(vec![esus(&file.siren, "A1")], noon()).await;
        let seen = file.record().await.declaration;
        let by = file.by_supplier();
        let decision = domain::lifecycle::decide(&seen, &Command::Withdraw, &by, noon()).unwrap();
        file.review(noon()).await;
        let before = db.number("SELECT count(*) FROM outbox").await;
        let change = Change { decision: &decision, by: &by, at: noon(), request: None, answers: None };
        let (seen, change) = (&seen, &change);
        let late: Result<_, StoreError> = store.write(|txn| async move { declarations::apply(&txn, seen, change).await }).await;
        assert_eq!(refused(late), "conflict");
        assert_eq!(db.number("SELECT count(*) FROM outbox").await, before);
        assert_eq!(file.record().await.declaration.status, Status::InReview);
    }

    async fn a_draft_is_saved_under_its_version_and_a_late_copy_is_kept_for_its_author(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        let save = async |name: &str, version: i64| {
            let record = file.record().await;
            let by = file.by_supplier();
            let mut draft = record.draft.clone();
            draft.company.name = name.to_owned();
            let decision = domain::lifecycle::decide(&record.declaration, &Command::Save, &by, noon()).unwrap();
            let change = Change { decision: &decision, by: &by, at: noon(), request: None, answers: Some(&record.answered(&draft)) };
            let (id, change) = (file.id, &change);
            store.write(|txn| async move {
                let record = declarations::lock(&txn, id, Some(version)).await?;
                declarations::apply(&txn, &record.declaration, change).await
            }).await
        };
        assert_eq!(save("Un", 1).await.unwrap().version, 2);
        assert_eq!(refused(save("Deux", 1).await), "conflict");
        assert_eq!(file.record().await.draft.company.name, "Un");

        let (id, account, answers) = (file.id, file.supplier.id, &serde_json::json!({ "name": "Deux" }));
        let copy = store.write(|txn| async move {
            declarations::keep_copy(&txn, id, account, "company", answers, noon()).await
        }).await.unwrap();
        let kept = declarations::copy(store.read(), copy, id, account).await.unwrap().unwrap();
        assert_eq!((kept.step.as_str(), &kept.answers["name"]), ("company", &serde_json::json!("Deux")));
        assert!(declarations::copy(store.read(), copy, id, file.reviewer.id).await.unwrap().is_none());
        let acts = declarations::timeline(store.read(), file.id, 10).await.unwrap();
        assert_eq!(acts.len(), 1, "saves are audited and not shown");
    }

    async fn a_company_has_one_open_declaration_even_when_two_people_open_at_once(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        let command = Command::Discard;
        file.give(&command, &file.by_supplier(), None, noon()).await.unwrap();
        assert_eq!(file.record().await.declaration.status, Status::Withdrawn);
        let opened = futures::future::join_all((0..8).map(|_| {
            let (store, siren, by) = (store.clone(), file.siren.clone(), file.by_supplier());
            tokio::spawn(async move {
                let (siren, by) = (&siren, &by);
                store.write(|txn| async move {
                    declarations::open(&txn, siren, &Draft::default(), None, by, noon()).await
                }).await.unwrap()
            })
        })).await;
        let opened: Vec<Opened> = opened.into_iter().map(|o| o.unwrap()).collect();
        assert_eq!(opened.iter().filter(|o| matches!(o, Opened::New(_))).count(), 1);
        assert!(opened.iter().all(|o| o.id() == opened[0].id()));
    }

    async fn a_new_content_closes_the_former_and_the_same_content_keeps_it(db) {
        let store = db.store().await;
        let first = File::open(&store).await;
        let (same, old, gone) = (esus(&first.siren, "A1"), hours(&first.siren, 800), status(&first.siren, Kind::Ei, "EI051170013A0M1"));
        first.validate(vec![same.clone(), old.clone(), gone.clone()], noon()).await;
        let begun = qualifications::of_company(store.read(), &first.siren).await.unwrap();

        let second = first.amend(noon() + minutes(60)).await;
        let new = hours(&first.siren, 1200);
        second.submit(vec![same.clone(), new.clone()], noon() + minutes(61)).await;
        second.review(noon()).await;
        second.verdict(&same, Verdict::Accepted).await;
        second.verdict(&new, Verdict::Accepted).await;
        let left_out = begun.iter().find(|q| q.claim == gone).unwrap();
        let closure = EarlyClosure { qualification: left_out.id, from: day("2026-04-01"), reason: "Conventionnement terminé".to_owned() };
        let applied = second.sign(vec![closure], noon() + minutes(62)).await;
        assert_eq!(applied.qualifications.len(), 1, "only the new content");

        let now = qualifications::of_company(store.read(), &first.siren).await.unwrap();
        assert_eq!(now.len(), 4);
        let closures = |claim: &domain::claims::Claim| now.iter().find(|q| q.claim == *claim).unwrap().closures.clone();
        assert!(closures(&same).is_empty());
        assert_eq!((closures(&old).len(), closures(&old)[0].cause.code(), closures(&old)[0].from), (1, "superseded", day("2026-01-01")));
        assert_eq!((closures(&gone).len(), closures(&gone)[0].cause.code(), closures(&gone)[0].from), (1, "withdrawn", day("2026-04-01")));
        for table in ["revisions", "qualifications", "closures"] {
            let column = match table { "revisions" => "sha256", "qualifications" => "hash", _ => "reason" };
            for sql in [format!("UPDATE {table} SET {column} = 'x'"), format!("DELETE FROM {table}")] {
                assert_eq!(refused(db.try_execute(&sql).await), format!("constraint:{table}_append_only"));
            }
        }
    }

    async fn the_database_itself_ties_each_status_to_its_dates_and_actors(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        for (status, constraint) in [
            ("submitted", "declarations_s"),
            ("in_review", "declarations_"),
            ("changes_requested", "declarations_"),
            ("validated", "declarations_"),
            ("withdrawn", "declarations_withdrawn_check"),
            ("lost", "declarations_"),
        ] {
            let code = refused(db.try_execute(&format!("UPDATE declarations SET status = '{status}'")).await);
            assert!(code.starts_with(&format!("constraint:{constraint}")), "{status}: {code}");
        }
        file.submit(vec![esus(&file.siren, "A1")], noon()).await;
        file.review(noon()).await;
        let code = refused(db.try_execute("UPDATE declarations SET reviewer = NULL").await);
        assert!(code.starts_with("constraint:declarations_review"), "{code}");
        let code = refused(db.try_execute("UPDATE claims SET verdict = 'refused'").await);
        assert!(code.starts_with("constraint:claims_"), "{code}");
    }

    async fn a_page_costs_the_same_whatever_the_number_of_rows(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        file.validate(vec![esus(&file.siren, "A1")], noon()).await;
        let (_, few) = queries::count(declarations::find(store.read(), file.id)).await;
        let second = file.amend(noon()).await;
        second.validate((0..20).map(|n| hours_of(&file, n)).collect(), noon()).await;
        let third = second.amend(noon()).await;
        third.validate((0..20).map(|n| hours_of(&file, n + 10)).collect(), noon()).await;
        let (record, many) = queries::count(declarations::find(store.read(), third.id)).await;
        assert_eq!(record.unwrap().unwrap().declaration.qualifications.len(), 31);
        assert!(few == 3 && many == 3, "{few} and {many}");
    }

    async fn a_refusal_writes_nothing(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        let sign = Command::Sign { signature: signature(), closures: Vec::new() };
        let refused = file.give(&sign, &file.by_reviewer(), None, noon()).await;
        assert!(matches!(refused, Err(Failed::Refused(_))));
        let taken = file.give(&Command::TakeBack, &file.by_supplier(), None, noon()).await;
        assert!(matches!(taken, Err(Failed::Refused(_))));
        assert_eq!(file.record().await.declaration.version, 1);
    }

    async fn taking_back_returns_to_the_draft_and_the_numbers_go_on(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        file.submit(vec![esus(&file.siren, "A1")], noon()).await;
        file.give(&Command::TakeBack, &file.by_supplier(), None, noon() + TimeDelta::seconds(1)).await.unwrap();
        let record = file.record().await;
        assert_eq!((record.declaration.status, record.submitted_at), (Status::Draft, None));
        file.submit(vec![esus(&file.siren, "A2")], noon() + minutes(2)).await;
        assert_eq!(file.record().await.declaration.revision, Some(2));
        let first = declarations::revision(store.read(), &file.siren, 1).await.unwrap().unwrap();
        assert_eq!(first.snapshot.claims, [esus(&file.siren, "A1")]);
    }
}

fn hours_of(file: &File, n: i64) -> domain::claims::Claim {
    let mut claim = hours(&file.siren, 100);
    let contract = Some(format!("2026_{n}"));
    claim.key.contract.clone_from(&contract);
    if let domain::claims::ClaimBody::Commitment(commitment) = &mut claim.body {
        commitment.contract = contract;
    }
    claim
}
