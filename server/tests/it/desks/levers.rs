//! What moves the figure: what is announced of waiting files is what the figure becomes once they are validated and fed.

use app::desk::{BuyerDesk, Saved, StepAnswers, Submitted, SupplierDesk};
use app::views::{LeversFilter, LeversView, QueueFilter, QueueSort, Share, Stakes};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::form::{SolidarityStep, StatusRow};
use domain::identifiers::Siren;
use domain::lifecycle::Status;
use serde_json::{Value, json};
use server::contracts::Source;
use server::contracts::import::import;
use store::buyer::contracts::{Share as Entered, TakenOver};
use store::testing::TestDatabase;
use uuid::Uuid;

use super::{EI, accept_all, answers, buyer, open, signature, statement, supplier, text};
use crate::support::TestApp;

/// A fictional association of the demonstration register, and a company that never declares.
const ACI: &str = "91000001700012";
const SILENT: &str = "91000004100012";

fn contract(id: &str, notified: &str, amount: u32, holders: &[&str]) -> Value {
    let holders: Vec<Value> = holders
        .iter()
        .map(|siret| json!({"titulaire": {"typeIdentifiant": "SIRET", "id": siret}}))
        .collect();
    json!({
        "id": id,
        "acheteur": {"id": "20005480700017"},
        "objet": format!("Objet {id}"),
        "dateNotification": notified,
        "datePublicationDonnees": notified,
        "dureeMois": 12,
        "montant": amount,
        "titulaires": holders,
    })
}

/// Contracts of 2026: alone, shared equally, with entered shares, before the period, and another year.
fn contracts() -> Vec<Value> {
    let mut amended = contract("C1", "2026-04-02", 100_000, &[EI]);
    amended["modifications"] = json!([{"modification": {
        "id": 1, "dateNotificationModification": "2026-04-20",
        "datePublicationDonneesModification": "2026-04-20", "montant": 130_000,
    }}]);
    vec![
        amended,
        contract("C2", "2026-04-03", 90_000, &[EI, SILENT, ACI]),
        contract("C3", "2026-04-04", 60_000, &[ACI, EI]),
        // Before the association’s period, and within what was taken over for the other.
        contract("C4", "2026-02-01", 50_000, &[ACI]),
        contract("C5", "2026-02-02", 40_000, &[EI]),
        contract("C6", "2026-03-05", 3_000_000, &[SILENT]),
        contract("C7", "2025-06-05", 500_000, &[EI]),
    ]
}

async fn seed(app: &TestApp) {
    let (now, buyer) = (app.clock.now(), &app.state.buyer);
    buyer.prepare(now).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contrats.json");
    let file = json!({"marches": {"marche": contracts()}});
    std::fs::write(&path, file.to_string()).unwrap();
    let siren = Siren::parse("200054807").unwrap();
    let source = Source::open(&path).unwrap();
    import(buyer, &siren, source, "test", &app.clock, |_| {})
        .await
        .unwrap();
    let share = |holder: &str, share: &str| Entered {
        contract: "C3".to_owned(),
        holder: holder.to_owned(),
        share: share.to_owned(),
        source: "Acte d’engagement".to_owned(),
    };
    buyer
        .enter_shares(&[share(EI, "1"), share(ACI, "6")], "test", now)
        .await
        .unwrap();
    let taken_over = TakenOver {
        siren: Siren::parse(&EI[..9]).unwrap(),
        siret: None,
        kind: "EI".to_owned(),
        valid_from: "2026-01-01".parse().unwrap(),
        valid_to: Some("2026-03-31".parse().unwrap()),
        status: "validated".to_owned(),
        reference: None,
        authority: None,
        validated_on: None,
        note: None,
    };
    buyer.take_over("test", &[taken_over], now).await.unwrap();
}

/// A waiting file of this company for a status with this period.
async fn declare(
    desk: &dyn SupplierDesk,
    siret: &str,
    (kind, reference): (&str, &str),
    (from, to): (&str, &str),
) -> Uuid {
    let id = open(desk, siret).await;
    let mut version = desk.declaration(id).await.unwrap().version;
    for step in answers() {
        let step = match step {
            StepAnswers::Company(company) => StepAnswers::Company(domain::form::CompanyStep {
                siret: text(siret),
                ..company
            }),
            StepAnswers::Solidarity(_) => StepAnswers::Solidarity(SolidarityStep {
                declare: text("yes"),
                rows: vec![StatusRow {
                    kind: text(kind),
                    reference: text(reference),
                    valid_from: text(from),
                    valid_to: text(to),
                    state: "VALIDE".to_owned(),
                    ..StatusRow::default()
                }],
            }),
            other => other,
        };
        version = match desk.save_step(id, version, step).await.unwrap() {
            Saved::Done { version } => version,
            Saved::Conflict { .. } => panic!("nobody else writes"),
        };
    }
    let submitted = desk.submit(id, version, statement()).await.unwrap();
    assert_eq!(
        submitted,
        Submitted::Done,
        "{:?}",
        desk.declaration(id).await.unwrap().errors
    );
    id
}

/// Signs the file with all its claims accepted, and lets the outbox feed the buyer database.
async fn validate(app: &TestApp, desk: &dyn BuyerDesk, id: Uuid) {
    let version = desk.review(id).await.unwrap().version;
    desk.start_review(id, version).await.unwrap();
    accept_all(desk, id).await;
    let version = desk.review(id).await.unwrap().version;
    desk.sign(id, version, signature(), vec![]).await.unwrap();
    let state = &app.state;
    let worker = server::outbox::open(
        &state.config,
        &state.store,
        &app.clock,
        state.buyer.clone(),
        state.catalogues.clone(),
    )
    .unwrap();
    worker.drain_once().await.unwrap();
    let status = server::feed::status(&state.store, &state.buyer, app.clock.now())
        .await
        .unwrap();
    assert_eq!((status.pending, status.parked), (0, 0));
}

async fn levers(desk: &dyn BuyerDesk, mode: Mode, chosen: Option<Vec<Uuid>>) -> LeversView {
    let filter = LeversFilter {
        mode,
        chosen,
        page: 1,
        ..LeversFilter::default()
    };
    desk.levers(filter).await.unwrap()
}

/// The lines of the queue with their euros, and whether they are known.
async fn queue(
    desk: &dyn BuyerDesk,
    sort: QueueSort,
    status: Option<Status>,
) -> (Vec<(Uuid, Option<Hundredths>)>, Stakes) {
    let filter = QueueFilter {
        status,
        sort,
        ..QueueFilter::default()
    };
    let page = desk.queue(&filter).await.unwrap();
    let rows = page.rows.iter().map(|row| (row.id, row.stake)).collect();
    (rows, page.stakes)
}

/// The figure as its own page shows it.
async fn real(desk: &dyn BuyerDesk, mode: Mode) -> Share {
    let filter = app::views::FiguresFilter {
        mode,
        ..Default::default()
    };
    let report = desk.indicators(&filter).await.unwrap().report;
    Share {
        euros: report.solidarity_amount,
        rate: report.solidarity_pct,
    }
}

fn euros(whole: i64, cents: i128) -> Hundredths {
    Hundredths::from_hundredths(i128::from(whole) * 100 + cents)
}

store::on_both_engines! {
    async fn the_announced_figure_is_what_the_figure_becomes(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let app = TestApp::on(db, &[("buyer_database.url", target.url())]).await;
        seed(&app).await;
        let agent = buyer(&app, "agent@metropole.example").await;
        let first = supplier(&app, "camille@insertion.example.fr").await;
        let second = supplier(&app, "sacha@jardins.example.fr").await;
        let ei = declare(&*first, EI, ("EI", "EI013240013A0M0"), ("01/01/2026", "31/12/2027")).await;
        let aci = declare(&*second, ACI, ("ACI", "ACI004230021A0M0"), ("01/03/2026", "31/12/2027")).await;

        let seen = levers(&*agent, Mode::Initial, None).await;
        // C1 and a third of C2 for both, the entered shares of C3; C5 counts already, C4 is before the period.
        let lines: Vec<_> = seen.files.iter().map(|file| (file.id, file.euros, file.contracts)).collect();
        assert_eq!(lines, [(ei, euros(138_571, 43), 3), (aci, euros(81_428, 57), 2)]);
        assert_eq!(seen.outcome.before, real(&*agent, Mode::Initial).await);
        assert_eq!(seen.outcome.before.euros, euros(40_000, 0));
        // 5 % of 3 340 000 euros: one file is enough.
        assert_eq!((seen.outcome.files, seen.outcome.missing), (1, None));
        assert!(seen.files[0].chosen && !seen.files[1].chosen);
        assert_eq!(seen.files[0].kinds, [domain::claims::Kind::Ei]);

        let none = levers(&*agent, Mode::Initial, Some(vec![])).await;
        assert_eq!((none.outcome.files, none.outcome.after), (0, none.outcome.before));
        assert_eq!(none.outcome.missing, Some(euros(127_000, 0)));

        // Each alone, then both, in both modes: announced, then done.
        let mut announced = Vec::new();
        for mode in Mode::ALL {
            announced.push((mode, levers(&*agent, mode, Some(vec![aci])).await.outcome.after));
        }
        assert_ne!(announced[0].1, announced[1].1, "the modification counts");
        validate(&app, &*agent, aci).await;
        for (mode, after) in announced {
            assert_eq!(real(&*agent, mode).await, after, "{mode:?}");
        }
        let unknown = Uuid::from_u128(7);
        let mut announced = Vec::new();
        for mode in Mode::ALL {
            let seen = levers(&*agent, mode, Some(vec![ei, aci, unknown])).await;
            assert_eq!((seen.files.len(), seen.gone), (1, 2), "one is validated, one never was");
            announced.push((mode, seen.outcome.after));
        }
        validate(&app, &*agent, ei).await;
        for (mode, after) in announced {
            assert_eq!(real(&*agent, mode).await, after, "{mode:?}");
        }
        let done = levers(&*agent, Mode::Initial, None).await;
        assert!(done.files.is_empty());
        assert_eq!(done.outcome.before.euros, euros(260_000, 0));
    }

    async fn a_file_that_replaces_a_status_is_announced_with_what_it_ends(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let app = TestApp::on(db, &[("buyer_database.url", target.url())]).await;
        seed(&app).await;
        let agent = buyer(&app, "agent@metropole.example").await;
        let seller = supplier(&app, "sacha@jardins.example.fr").await;
        let id = declare(&*seller, ACI, ("ACI", "ACI004230021A0M0"), ("04/04/2026", "31/12/2027")).await;
        validate(&app, &*agent, id).await;
        // Only C3, with its entered share.
        assert_eq!(real(&*agent, Mode::Initial).await.euros, euros(91_428, 57));

        let app::desk::Opening::Declaration(next) = seller.amend(id).await.unwrap() else { panic!("open") };
        let again = declare(&*seller, ACI, ("ACI", "ACI004230021A0M0"), ("01/01/2026", "31/12/2027")).await;
        assert_eq!(next, again);
        let seen = levers(&*agent, Mode::Initial, None).await;
        let lines: Vec<_> = seen.files.iter().map(|file| (file.id, file.euros, file.contracts)).collect();
        // C2 and C4 in addition: C3 counts already and is not announced again.
        assert_eq!(lines, [(again, euros(80_000, 0), 2)]);
        assert!(seen.files[0].days == 0 && seen.outcome.files == 1);
        validate(&app, &*agent, again).await;
        assert_eq!(real(&*agent, Mode::Initial).await, seen.outcome.after);
    }

    async fn the_queue_is_sorted_by_what_its_files_would_bring(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let app = TestApp::on(db, &[("buyer_database.url", target.url())]).await;
        seed(&app).await;
        let agent = buyer(&app, "agent@metropole.example").await;
        let second = supplier(&app, "sacha@jardins.example.fr").await;
        let aci = declare(&*second, ACI, ("ACI", "ACI004230021A0M0"), ("01/03/2026", "31/12/2027")).await;
        app.clock.advance(chrono::TimeDelta::days(3));
        let first = supplier(&app, "camille@insertion.example.fr").await;
        let ei = declare(&*first, EI, ("EI", "EI013240013A0M0"), ("01/01/2026", "31/12/2027")).await;
        let waiting = Some(Status::Submitted);
        let (rows, stakes) = queue(&*agent, QueueSort::Oldest, waiting).await;
        assert_eq!((rows, stakes), (vec![(aci, None), (ei, None)], Stakes::NotAsked));
        let (rows, stakes) = queue(&*agent, QueueSort::Stake, waiting).await;
        assert_eq!(rows, [(ei, Some(euros(138_571, 43))), (aci, Some(euros(81_428, 57)))]);
        assert_eq!(stakes, Stakes::Of(2026));
        let days: Vec<_> = levers(&*agent, Mode::Initial, None).await.files.iter().map(|file| file.days).collect();
        assert_eq!(days, [0, 3]);
        assert_eq!(queue(&*agent, QueueSort::Stake, Some(Status::Refused)).await.0, []);
    }

    async fn the_queue_works_without_the_buyer_database_and_says_so(db) {
        let app = TestApp::on(db, &[("buyer_database.url", "sqlite:/nulle/part/acheteur.sqlite")]).await;
        let agent = buyer(&app, "agent@metropole.example").await;
        let second = supplier(&app, "sacha@jardins.example.fr").await;
        let aci = declare(&*second, ACI, ("ACI", "ACI004230021A0M0"), ("01/03/2026", "31/12/2027")).await;
        app.clock.advance(chrono::TimeDelta::days(3));
        let first = supplier(&app, "camille@insertion.example.fr").await;
        let ei = declare(&*first, EI, ("EI", "EI013240013A0M0"), ("01/01/2026", "31/12/2027")).await;
        let (rows, stakes) = queue(&*agent, QueueSort::Stake, Some(Status::Submitted)).await;
        assert_eq!((rows, stakes), (vec![(aci, None), (ei, None)], Stakes::Unavailable));
        assert!(agent.levers(LeversFilter::default()).await.is_err());
    }

    async fn suppliers_to_invite_and_statuses_to_renew_are_listed(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let app = TestApp::on(db, &[("buyer_database.url", target.url())]).await;
        seed(&app).await;
        let agent = buyer(&app, "agent@metropole.example").await;
        let seen = levers(&*agent, Mode::Initial, None).await;
        let lines: Vec<_> = seen.undeclared.rows.iter().map(|row| (row.name.as_str(), row.amount, row.contracts)).collect();
        // The association: C4, a third of C2, six sevenths of C3. The other one had a status on the date of C5.
        assert_eq!(lines, [("910\u{a0}000\u{a0}041", euros(3_030_000, 0), 2), ("910\u{a0}000\u{a0}017", euros(131_428, 57), 3)]);
        assert_eq!((seen.undeclared.total, seen.undeclared.amount), (2, euros(3_161_428, 57)));
        assert!(seen.undeclared.rows.iter().all(|row| !row.waiting));
        let beyond = agent.levers(LeversFilter { page: 9, ..LeversFilter::default() }).await.unwrap();
        assert_eq!((beyond.filter.page, beyond.undeclared.rows.len()), (1, 2));
        // The status that was taken over ended in March; its contract of February runs until February.
        let lines: Vec<_> = seen.ending.iter().map(|one| (one.contract_id.as_str(), one.ends_on.to_string(), one.contract_ends_on.to_string(), one.ended)).collect();
        assert_eq!(lines, [("C5", "2026-03-31".to_owned(), "2027-02-01".to_owned(), true)]);

        let seller = supplier(&app, "camille@insertion.example.fr").await;
        let ei = declare(&*seller, EI, ("EI", "EI013240013A0M0"), ("01/01/2026", "31/12/2027")).await;
        validate(&app, &*agent, ei).await;
        let renewed = levers(&*agent, Mode::Initial, None).await;
        assert!(renewed.ending.is_empty(), "{:?}", renewed.ending);
        // A status from today on covers none of the contracts, and yet there is nobody to invite.
        let second = supplier(&app, "sacha@jardins.example.fr").await;
        let aci = declare(&*second, ACI, ("ACI", "ACI004230021A0M0"), ("04/05/2026", "31/12/2027")).await;
        let waiting = levers(&*agent, Mode::Initial, None).await;
        let lines: Vec<_> = waiting.undeclared.rows.iter().map(|row| (row.waiting, row.amount)).collect();
        assert_eq!(lines, [(false, euros(3_030_000, 0)), (true, euros(131_428, 57))]);
        assert!(waiting.files.is_empty(), "it brings nothing");
        validate(&app, &*agent, aci).await;
        assert_eq!(levers(&*agent, Mode::Initial, None).await.undeclared.total, 1);
        let held = agent.contracts(app::views::ContractFilter {
            supplier: Some(Siren::parse("910000041").unwrap()),
            ..app::views::ContractFilter::of(2026, Mode::Initial, domain::indicators::Measure::All)
        }).await.unwrap();
        let ids: Vec<_> = held.rows.iter().map(|row| row.contract_id.as_str()).collect();
        assert_eq!(ids, ["C6", "C2"]);
    }
}
