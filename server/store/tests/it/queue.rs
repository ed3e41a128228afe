//! Lists: the reviewers' queue, the qualifications, reminders of an end, and who belongs to a company.

use chrono::TimeDelta;
use domain::{
    identifiers::Siren,
    lifecycle::{Actor, ClosingCommand, MemberRole, Refusal, Status, decide_closing},
};
use store::{
    Store,
    accounts::Role,
    declarations::{self, QueueAsked, QueueSort},
    memberships::{self, Decider, Holding, NewRequest, Proof},
    qualifications::{self, Closing, Reminder},
    queries,
};
use uuid::Uuid;

use crate::{
    file::{Failed, File, day, esus, signature},
    support::{account, minutes, noon, refused},
};

/// A valid SIREN made of a number.
fn siren(n: u32) -> String {
    let body = format!("{:08}", 10_000_000 + n);
    (0..10)
        .map(|key| format!("{body}{key}"))
        .find(|text| Siren::parse(text).is_ok())
        .unwrap()
}

async fn end(
    store: &Store,
    id: Uuid,
    command: &ClosingCommand,
    by: &Actor,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<bool, Failed> {
    store
        .write(|txn| async move {
            let found = qualifications::lock(&txn, id).await?;
            let decision = decide_closing(
                &found.qualification,
                found.proposal.as_ref(),
                command,
                by,
                now,
            )
            .map_err(Failed::Refused)?;
            let closing = Closing {
                decision: &decision,
                by,
                at: now,
                request: None,
            };
            Ok(qualifications::apply(&txn, &found, &closing).await?)
        })
        .await
}

fn asked_by(siren: &Siren, account: Uuid) -> NewRequest {
    NewRequest {
        siren: siren.clone(),
        account,
        role: MemberRole::Editor,
        organisation: None,
        message: String::new(),
    }
}

store::on_both_engines! {
    async fn the_queue_counts_searches_sorts_and_pages(db) {
        let store = db.store().await;
        let reviewer = account(&store, "agent@example.fr", Role::Reviewer).await;
        let mut files = Vec::new();
        for n in 0..30 {
            let supplier = account(&store, &format!("{n}@example.fr"), Role::Supplier).await;
            let name = match n { 7 => "L’Éclair Œcuménique".to_owned(), n => format!("Société {n:02}") };
            let file = File::of(&store, &siren(n), &name, supplier, reviewer.clone()).await;
            if n < 28 {
                file.submit(vec![esus(&file.siren, "A1")], noon() + minutes(i64::from(n))).await;
            }
            files.push(file);
        }
        files[3].review(noon()).await;
        let ask = async |asked: QueueAsked| {
            let (page, count) = queries::count(declarations::queue(&store, &asked)).await;
            assert!(count <= 3, "{count} queries");
            page.unwrap()
        };
        let all = ask(QueueAsked { page: 1, ..QueueAsked::default() }).await;
        assert_eq!(all.counts, [(Status::Submitted, 27), (Status::InReview, 1)]);
        assert_eq!((all.total, all.rows.len(), all.rows[0].id), (28, 25, files[0].id));
        assert_eq!(all.rows[3].reviewer_name.as_deref(), Some("Camille Martin"));
        assert_eq!(all.rows[0].kinds, [domain::claims::Kind::Esus]);
        let rest = ask(QueueAsked { page: 2, ..QueueAsked::default() }).await;
        assert_eq!((rest.rows.len(), rest.rows[2].id), (3, files[27].id));
        let newest = ask(QueueAsked { page: 1, sort: QueueSort::Newest, ..QueueAsked::default() }).await;
        assert_eq!(newest.rows[0].id, files[27].id);
        let named = ask(QueueAsked { page: 1, sort: QueueSort::Name, ..QueueAsked::default() }).await;
        assert_eq!(named.rows[0].id, files[7].id);
        let first = vec![files[20].id, files[9].id];
        let listed = ask(QueueAsked { page: 1, first: first.clone(), ..QueueAsked::default() }).await;
        let shown: Vec<_> = listed.rows.iter().map(|row| row.id).collect();
        let oldest = (0..28).filter(|n| !matches!(n, 9 | 20)).map(|n| files[n].id);
        let expected: Vec<_> = first.iter().copied().chain(oldest).collect();
        assert_eq!((shown.as_slice(), listed.total), (&expected[..25], 28), "the listed ones, then the oldest");
        let rest = ask(QueueAsked { page: 2, first: first.clone(), ..QueueAsked::default() }).await;
        assert_eq!(rest.rows.iter().map(|row| row.id).collect::<Vec<_>>(), &expected[25..]);
        let found = ask(QueueAsked { page: 1, first, search: files[9].siren.to_string(), ..QueueAsked::default() }).await;
        assert_eq!((found.rows.len(), found.rows[0].id), (1, files[9].id));
        let held = ask(QueueAsked { page: 1, status: Some(Status::InReview), ..QueueAsked::default() }).await;
        assert_eq!((held.total, held.rows[0].id), (1, files[3].id));
        assert!(ask(QueueAsked { page: 9, ..QueueAsked::default() }).await.rows.is_empty());
        files[4].review(noon()).await;
        let counts = ask(QueueAsked { page: 1, ..QueueAsked::default() }).await.counts;
        assert_eq!(counts, [(Status::Submitted, 26), (Status::InReview, 2)], "counts follow what this process writes");

        let reference = files[5].record().await.reference;
        for (search, expected) in [
            ("eclair", Some(7)), ("ŒCUM", Some(7)), ("oecumenique ecl", Some(7)), ("clair", None),
            (files[9].siren.as_str(), Some(9)), (reference.as_str(), Some(5)), (&reference.to_lowercase(), Some(5)),
            ("%", None), ("_", None), ("' OR 1=1 --", None), ("société 29", None),
        ] {
            let found = ask(QueueAsked { page: 1, search: search.to_owned(), ..QueueAsked::default() }).await;
            let ids: Vec<_> = found.rows.iter().map(|row| row.id).collect();
            let expected: Vec<_> = expected.into_iter().map(|n: usize| files[n].id).collect();
            // Wildcards are not words: a question made of them alone finds nothing.
            assert_eq!(ids, expected, "{search}");
            assert_eq!(found.total, expected.len() as u64);
        }
    }

    async fn two_people_revoke_and_one_alone_cannot(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        let second = Actor::reviewer(account(&store, "autre@example.fr", Role::Reviewer).await.id);
        let id = file.validate(vec![esus(&file.siren, "A1")], noon()).await.qualifications[0];
        let propose = ClosingCommand::ProposeRevocation { from: day("2026-05-01"), reason: "Agrément retiré".to_owned() };
        let confirm = ClosingCommand::ConfirmRevocation { signature: signature() };
        let first = file.by_reviewer();
        assert!(matches!(end(&store, id, &confirm, &second, noon()).await, Err(Failed::Refused(Refusal::NoProposal))));
        end(&store, id, &propose, &first, noon()).await.unwrap();
        assert!(matches!(end(&store, id, &confirm, &first, noon()).await, Err(Failed::Refused(Refusal::SecondPersonNeeded))));
        end(&store, id, &ClosingCommand::DropRevocation, &first, noon()).await.unwrap();
        end(&store, id, &propose, &first, noon()).await.unwrap();
        end(&store, id, &confirm, &second, noon() + minutes(1)).await.unwrap();

        let (found, _, company) = qualifications::find(store.read(), id).await.unwrap().unwrap();
        assert_eq!((company.siren, found.proposal), (file.siren.clone(), None));
        let closure = &found.qualification.closures[0];
        assert_eq!((closure.cause.code(), closure.by, closure.second), ("revoked", first.account, second.account));
        assert!(matches!(end(&store, id, &propose, &first, noon()).await, Err(Failed::Refused(Refusal::AlreadyClosed))));
        assert_eq!(db.number("SELECT count(*) FROM outbox WHERE route = 'feed.company'").await, 2);
        let acts: Vec<_> = qualifications::timeline(store.read(), id, 10).await.unwrap().into_iter().map(|e| e.act).collect();
        assert_eq!(acts, ["revocation_proposed", "revocation_dropped", "revocation_proposed", "qualification_revoked"]);
    }

    async fn a_reminder_is_given_once_by_whatever_number_of_processes(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        let id = file.validate(vec![esus(&file.siren, "A1")], noon()).await.qualifications[0];
        // It ends on 31 May 2030.
        let at = |text: &str| day(text).and_hms_opt(6, 0, 0).unwrap().and_utc();
        let due = async |on: &str, reminder| qualifications::due(store.read(), day(on), reminder, 10).await.unwrap();
        assert!(due("2030-04-30", Reminder::Expiring30).await.is_empty());
        assert_eq!(due("2030-05-23", Reminder::Expiring30).await.len(), 1, "late, and still told");
        assert!(due("2030-05-24", Reminder::Expiring30).await.is_empty(), "the next one takes over");
        assert_eq!(due("2030-05-31", Reminder::Expiring7).await.len(), 1, "the last day");
        assert!(due("2030-06-01", Reminder::Expiring7).await.is_empty());
        assert_eq!(due("2030-05-01", Reminder::Expiring30).await[0].qualification, id);
        let tasks = (0..6).map(|_| {
            let store = store.clone();
            let now = at("2030-05-01");
            tokio::spawn(async move { end(&store, id, &ClosingCommand::Remind { days: 30 }, &Actor::SYSTEM, now).await.unwrap() })
        });
        let given = futures::future::join_all(tasks).await;
        assert_eq!(given.into_iter().filter(|g| *g.as_ref().unwrap()).count(), 1);
        assert!(due("2030-05-01", Reminder::Expiring30).await.is_empty());

        assert!(due("2030-05-31", Reminder::Expired).await.is_empty(), "the last day still counts");
        assert_eq!(due("2030-06-10", Reminder::Expired).await.len(), 1, "late, and still told");
        assert!(end(&store, id, &ClosingCommand::Expire, &Actor::SYSTEM, at("2030-06-10")).await.unwrap());
        assert!(!end(&store, id, &ClosingCommand::Expire, &Actor::SYSTEM, at("2030-06-11")).await.unwrap());
        assert!(due("2030-06-11", Reminder::Expired).await.is_empty());
        assert_eq!(db.number("SELECT count(*) FROM outbox WHERE payload LIKE '%\"kind\":\"expir%'").await, 2);
    }

    async fn a_closed_qualification_is_not_said_to_expire(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        let id = file.validate(vec![esus(&file.siren, "A1")], noon()).await.qualifications[0];
        let withdraw = ClosingCommand::Withdraw { from: day("2026-06-01"), reason: "Renoncement".to_owned() };
        end(&store, id, &withdraw, &file.by_supplier(), noon()).await.unwrap();
        for (on, reminder) in [("2030-05-01", Reminder::Expiring30), ("2030-06-01", Reminder::Expired)] {
            assert!(qualifications::due(store.read(), day(on), reminder, 10).await.unwrap().is_empty());
        }
    }

    async fn qualifications_are_listed_and_searched(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        file.validate(vec![esus(&file.siren, "A1")], noon()).await;
        for (search, total) in [("", 1), ("éclaireurs aix", 1), ("7328", 1), ("autre", 0)] {
            let (page, count) = queries::count(qualifications::page(store.read(), search, 1)).await;
            let page = page.unwrap();
            assert_eq!((page.total, page.rows.len()), (total, usize::try_from(total).unwrap()), "{search}");
            assert!(count <= 3);
        }
    }

    async fn the_first_holds_the_company_and_the_others_wait_for_an_agent(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        let other = account(&store, "autre@example.fr", Role::Supplier).await;
        let (siren, other_id, agent) = (&file.siren, other.id, file.reviewer.id);
        let hold = async |id: Uuid| {
            store.write(|txn| async move { memberships::hold(&txn, siren, id, Proof::None, noon()).await }).await
        };
        assert_eq!(hold(file.supplier.id).await.unwrap(), Holding::Yours(MemberRole::Manager));
        assert_eq!(hold(other_id).await.unwrap(), Holding::HeldByAnother);
        for _ in 0..2 {
            store.write(|txn| async move { memberships::ask(&txn, asked_by(siren, other_id), noon()).await }).await.unwrap();
        }
        let early = memberships::waiting(store.read(), noon()).await.unwrap();
        assert!(early.is_empty(), "the managers are asked first");
        let waiting = memberships::waiting(store.read(), noon() + TimeDelta::days(7)).await.unwrap();
        assert_eq!(memberships::waiting_of(store.read(), siren).await.unwrap(), waiting);
        assert_eq!((waiting.len(), waiting[0].account.id), (1, other_id));
        let pending = memberships::pending(store.read(), other_id, &other.email, noon()).await.unwrap();
        assert_eq!(pending, [memberships::Pending::Asked(siren.clone())]);
        let request = waiting[0].id;
        let decide = async |role: Option<MemberRole>, by: Uuid| {
            store.write(|txn| async move { memberships::decide(&txn, request, role, Decider::Agent(by), noon()).await }).await
        };
        let accepted = Some(MemberRole::Editor);
        assert_eq!(decide(accepted, agent).await.unwrap().account, other_id);
        assert_eq!(decide(accepted, agent).await.unwrap().account, other_id, "a second click");
        assert_eq!(refused(decide(None, agent).await), "not_found");
        assert_eq!(refused(decide(accepted, file.supplier.id).await), "not_found");
        // The agent was told once of the request, the person once of the answer.
        let told = |route: &str, kind: &str| format!("SELECT count(*) FROM outbox WHERE route = '{route}' AND payload LIKE '%\"{kind}\"%'");
        assert_eq!(db.number(&told("mail.buyer", "attachment_requested")).await, 1);
        assert_eq!(db.number(&told("mail.supplier", "attachment_accepted")).await, 1);
        let acts = "SELECT count(*) FROM audit_events WHERE act IN ('company_held', 'attachment_requested', 'attachment_accepted')";
        assert_eq!(db.number(acts).await, 3);
        assert_eq!(memberships::role_of(store.read(), other_id, siren).await.unwrap(), Some(MemberRole::Editor));
        assert_eq!(memberships::of_company(store.read(), siren).await.unwrap().len(), 2);
        let mine = memberships::of_account(store.read(), other_id).await.unwrap();
        assert_eq!((mine.len(), mine[0].0.proof), (1, Proof::Agent));
    }

    async fn of_two_who_open_a_new_company_at_once_one_holds_it(db) {
        let store = db.store().await;
        let siren = Siren::parse("552100554").unwrap();
        let mut people = Vec::new();
        for n in 0..6 {
            people.push(account(&store, &format!("{n}@example.fr"), Role::Supplier).await.id);
        }
        let tasks = people.into_iter().map(|id| {
            let (store, siren) = (store.clone(), siren.clone());
            tokio::spawn(async move {
                let siren = &siren;
                store.write(|txn| async move {
                    let state = domain::registry::RegistryState::Unresolved;
                    store::companies::record(&txn, siren, "Nouvelle", &state, noon()).await?;
                    memberships::hold(&txn, siren, id, Proof::None, noon()).await
                }).await.unwrap()
            })
        });
        let held = futures::future::join_all(tasks).await;
        assert_eq!(held.into_iter().filter(|h| matches!(h.as_ref().unwrap(), Holding::Yours(_))).count(), 1);
    }
}
