//! What the register says of a company that is there already: asked again, never in the way, never lost.

use app::desk::{ClosedCompany, Opening, Saved, StepAnswers, Submitted};
use app::views::{CompanyQuestion, EstablishmentDoubt, QueueFilter, SearchOutcome};
use chrono::TimeDelta;
use domain::claims::Kind;
use domain::form::CompanyStep;
use domain::identifiers::{Siren, Siret};
use domain::lifecycle::Status;
use domain::registry::{Agreement, RegistryState};
use store::companies;
use store::testing::TestDatabase;

use super::{EI, buyer, fill, open, statement, supplier, text};
use crate::registry::api::{FakeApi, Reply};
use crate::support::TestApp;

const NUMBER: &str = "732829320";
const NOBODY: &str = r#"{"results":[],"total_results":0}"#;
const CLOSED: &str = r#"{"results":[{"siren":"732829320","nom_complet":"LES ÉCLAIREURS","etat_administratif":"C",
    "date_fermeture":"2026-05-02"}],"total_results":1}"#;
const DOWN: Reply = Reply::Status(500, "");

async fn on(db: TestDatabase) -> (FakeApi, TestApp) {
    let api = FakeApi::start().await;
    let settings = [("registry.mode", "api"), ("registry.url", &api.base)];
    let app = TestApp::on(db, &settings).await;
    (api, app)
}

async fn known(app: &TestApp) -> companies::Company {
    let siren = Siren::parse(NUMBER).unwrap();
    let found = companies::by_siren(app.state.store.read(), &siren).await;
    found.unwrap().unwrap()
}

/// The company of [`NUMBER`], as its people name it.
fn named(name: &str) -> StepAnswers {
    StepAnswers::Company(CompanyStep {
        siret: text("73282932000074"),
        name: text(name),
        contact_name: text("Camille Martin"),
        contact_role: text("Gérante"),
        contact_email: text("camille@demo.example.fr"),
        contact_phone: String::new(),
    })
}

/// A declaration of [`NUMBER`] that is ready to be sent, and the version to send.
async fn ready(desk: &dyn app::desk::SupplierDesk, name: &str) -> (uuid::Uuid, i64) {
    let id = open(desk, NUMBER).await;
    let version = fill(desk, id).await;
    let Saved::Done { version } = desk.save_step(id, version, named(name)).await.unwrap() else {
        panic!("nobody else writes")
    };
    (id, version)
}

store::on_both_engines! {
    async fn a_company_opened_in_the_dark_bears_its_own_name_until_the_register_speaks(db) {
        let (api, app) = on(db).await;
        let (seller, agent) = (supplier(&app, "camille@demo.example.fr").await, buyer(&app, "agent@metropole.example").await);
        api.always(DOWN);
        let (id, version) = ready(&*seller, " Atelier d’Essai ").await;
        assert_eq!(known(&app).await.name, NUMBER, "nothing is known before it is sent");
        assert_eq!(seller.submit(id, version, statement()).await.unwrap(), Submitted::Done);
        let asked = QueueFilter { search: text("essai"), ..QueueFilter::default() };
        let queue = agent.queue(&asked).await.unwrap();
        assert_eq!(queue.rows.iter().map(|row| row.company_name.as_str()).collect::<Vec<_>>(), ["Atelier d’Essai"]);
        let review = agent.review(id).await.unwrap();
        assert_eq!(review.registry, RegistryState::Unresolved);

        api.always(Reply::Well);
        agent.start_review(id, review.version).await.unwrap();
        let review = agent.review(id).await.unwrap();
        assert_eq!(review.status, Status::InReview);
        assert_eq!(review.registry.facts().map(|facts| facts.fetched_at), Some(app.clock.now()));
        assert_eq!(review.company_name, "LES ÉCLAIREURS D'AIX (LEA)", "the register’s name is the company’s");
        let queue = agent.queue(&QueueFilter { search: text("eclaireurs"), ..QueueFilter::default() }).await.unwrap();
        assert_eq!(queue.total, 1);
    }

    async fn what_is_older_than_a_day_is_asked_again_and_a_closed_company_stops_its_supplier_only(db) {
        let (api, app) = on(db).await;
        let (seller, agent) = (supplier(&app, "camille@demo.example.fr").await, buyer(&app, "agent@metropole.example").await);
        let (id, version) = ready(&*seller, "Éclaireurs").await;
        let count = api.count();
        assert_eq!(seller.submit(id, version, statement()).await.unwrap(), Submitted::Done);
        let version = agent.review(id).await.unwrap().version;
        let view = seller.declaration(id).await.unwrap();
        assert_eq!(api.count(), count, "what is fresh is not asked again");
        let first = known(&app).await;
        assert_eq!(first.registry_at, app.clock.now());

        app.clock.advance(TimeDelta::hours(25));
        api.plays([DOWN]);
        agent.start_review(id, version).await.unwrap();
        assert_eq!(known(&app).await, first, "silence changes nothing, nor does the answer that was kept");
        let version = agent.review(id).await.unwrap().version;
        agent.release(id, version).await.unwrap();

        api.always(Reply::Status(200, CLOSED));
        let version = agent.review(id).await.unwrap().version;
        agent.start_review(id, version).await.unwrap();
        let review = agent.review(id).await.unwrap();
        assert_eq!(review.registry.facts().map(|facts| facts.active), Some(false), "the panel says it");
        assert_eq!((view.status, review.status), (Status::Submitted, Status::InReview));
        assert_eq!(known(&app).await.registry_at, app.clock.now());

        let stop = ClosedCompany {
            siren: Siren::parse(NUMBER).unwrap(),
            name: text("LES ÉCLAIREURS"),
            since: Some("2026-05-02".parse().unwrap()),
        };
        assert_eq!(seller.amend(id).await.unwrap(), Opening::Closed(stop.clone()));
        assert_eq!(seller.open_company(NUMBER).await.unwrap(), Opening::Closed(stop));
    }

    async fn a_company_that_closed_while_its_draft_waited_cannot_send_it(db) {
        let (api, app) = on(db).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let (id, version) = ready(&*seller, "Éclaireurs").await;
        app.clock.advance(TimeDelta::hours(25));
        api.always(Reply::Status(200, CLOSED));
        let sent = seller.submit(id, version, statement()).await.unwrap();
        assert!(matches!(sent, Submitted::Closed(ref company) if company.since.is_some()), "{sent:?}");
        assert_eq!(seller.declaration(id).await.unwrap().status, Status::Draft);
        // Without a word from the register, what it said last still holds.
        app.clock.advance(TimeDelta::days(100));
        api.always(DOWN);
        assert!(matches!(seller.amend(id).await.unwrap(), Opening::Closed(_)));
    }

    async fn a_register_that_forgets_a_company_erases_nothing(db) {
        let (api, app) = on(db).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let id = open(&*seller, NUMBER).await;
        let before = known(&app).await;
        app.clock.advance(TimeDelta::hours(25));
        api.always(Reply::Status(200, NOBODY));
        assert_eq!(open(&*seller, NUMBER).await, id);
        assert_eq!(known(&app).await, before);
    }

    async fn each_company_shows_its_open_draft_however_many_declarations_another_has(db) {
        let app = TestApp::on(db, &[]).await;
        let seller = supplier(&app, "camille@demo.example.fr").await;
        let waiting = open(&*seller, "91000003300019").await;
        for _ in 0..51 {
            let id = open(&*seller, EI).await;
            let version = seller.declaration(id).await.unwrap().version;
            seller.discard(id, version).await.unwrap();
        }
        let workspace = seller.workspace().await.unwrap();
        let lines = |siren: &str| workspace.companies.iter().find(|one| one.siren.as_str() == siren).unwrap().declarations.clone();
        assert_eq!(lines("910000033").iter().map(|line| line.id).collect::<Vec<_>>(), [waiting]);
        assert_eq!(lines("910000058").len(), 20, "the newest of each");
    }
}

#[tokio::test]
async fn a_search_says_what_is_odd_about_the_number() {
    let (api, app) = on(TestDatabase::create(store::Engine::Sqlite).await).await;
    let seller = supplier(&app, "camille@demo.example.fr").await;
    let search = async |query: &str| {
        seller
            .search(CompanyQuestion::of(query))
            .await
            .unwrap()
            .outcome
    };
    let one = async |query: &str| match search(query).await {
        SearchOutcome::Found { mut hits, .. } => hits.remove(0),
        other => panic!("{other:?}"),
    };
    let office = Some("73282932000074");
    for (query, siret, doubt, head) in [
        ("732 829 320", office, None, None),
        (
            "732 829 320 00157",
            Some("73282932000157"),
            Some(EstablishmentDoubt::Closed),
            office,
        ),
        (
            "732 829 320 00165",
            Some("73282932000165"),
            Some(EstablishmentDoubt::Unknown),
            office,
        ),
    ] {
        let hit = one(query).await;
        assert_eq!(hit.siret.as_ref().map(Siret::as_str), siret);
        assert_eq!(hit.doubt, doubt, "{query}");
        assert_eq!(hit.head_office.as_ref().map(Siret::as_str), head);
    }
    let unknown = SearchOutcome::UnknownNumber {
        number: text("552100554"),
        demonstration: false,
    };
    assert_eq!(search("552 100 554").await, unknown);
    open(&*seller, "552 100 554").await;
    api.plays([Reply::Status(
        200,
        r#"{"results":[{"siren":"732829320","nom_complet":"UN"}],"total_results":137}"#,
    )]);
    assert!(matches!(
        search("un nom").await,
        SearchOutcome::Found { total: 137, .. }
    ));
}

store::on_both_engines! {
    async fn the_structure_of_a_commitment_is_compared_with_the_register(db) {
        let (api, app) = on(db).await;
        let (seller, agent) = (supplier(&app, "camille@demo.example.fr").await, buyer(&app, "agent@metropole.example").await);
        let id = open(&*seller, EI).await;
        let version = fill(&*seller, id).await;
        let mut insertion = seller.declaration(id).await.unwrap().draft.insertion;
        let row = &mut insertion.rows[0];
        row.modality = text("sous_traitance");
        row.structure_siret = text("73282932000157");
        row.structure_kind = text("ETTI");
        let mut other = row.clone();
        other.structure_kind = text("ACI");
        other.contract_ref = text("2026-124");
        other.modality = text("co_traitance");
        insertion.rows.push(other);
        let saved = seller.save_step(id, version, StepAnswers::Insertion(insertion)).await.unwrap();
        let Saved::Done { version } = saved else { panic!("nobody else writes") };
        assert_eq!(seller.submit(id, version, statement()).await.unwrap(), Submitted::Done);

        let compared = async || {
            let review = agent.review(id).await.unwrap();
            let commitments = review.claims.into_iter().filter(|claim| claim.claim.kind() == Kind::Commitment);
            commitments.map(|claim| (claim.comparison.agreement, claim.comparison.fr)).collect::<Vec<_>>()
        };
        let asked = api.asked().len();
        assert!(compared().await.iter().all(|(agreement, _)| *agreement == Agreement::Unknown));
        assert_eq!(api.asked().len(), asked, "reading a page asks nobody");
        let version = agent.review(id).await.unwrap().version;
        agent.start_review(id, version).await.unwrap();
        let told = compared().await;
        let agreements: Vec<_> = told.iter().map(|(agreement, _)| *agreement).collect();
        assert_eq!(agreements, [Agreement::Differ, Agreement::Agree], "{told:?}");
        assert!(told[0].1.contains("LES ÉCLAIREURS D'AIX (LEA), comme ACI, EI et non comme ETTI"), "{}", told[0].1);
    }
}
