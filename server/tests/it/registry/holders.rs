//! Companies that hold contracts or are paid and declared nothing: the register names them, and says which are SMEs.

use chrono::TimeDelta;
use domain::contracts::Mode;
use domain::identifiers::Siren;
use domain::indicators::{LedgerPart, report};
use serde_json::{Value, json};
use server::contracts::Source;
use server::contracts::import::import;
use server::registry::holders::round;
use store::testing::TestDatabase;
use store::{Engine, buyer::RegisterAnswer};

use super::api::{FakeApi, Reply};
use crate::contracts::{asked, file_of, pay_into, record};
use crate::support::TestApp;

/// An SME, a larger one, one whose category is unknown, a natural person, and a number that nobody bears; all but the last in
/// the demonstration register.
const SME: &str = "91000003300019";
const LARGE: &str = "91000004100012";
const YOUNG: &str = "91000011600012";
const PERSON: &str = "91000012400016";
const NOBODY: &str = "73282932000074";

fn held(id: &str, amount: u32, holders: &[&str]) -> Value {
    let mut record = record(id, amount);
    record["titulaires"] = holders
        .iter()
        .map(|siret| json!({"titulaire": {"typeIdentifiant": "SIRET", "id": siret}}))
        .collect();
    record
}

async fn seed(app: &TestApp, records: &[Value]) {
    app.state.buyer.prepare(app.clock.now()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contrats.json");
    std::fs::write(&path, file_of(records)).unwrap();
    let siren = Siren::parse("200054807").unwrap();
    let source = Source::open(&path).unwrap();
    import(&app.state.buyer, &siren, source, "test", &app.clock, |_| {})
        .await
        .unwrap();
}

/// The contracts that go to SMEs, and how many holders are SMEs by the register alone.
async fn sme(app: &TestApp) -> (f64, u64) {
    let asked = asked(2025, Mode::Initial);
    let facts = app.state.buyer.year_facts(&asked, app.clock.today()).await;
    let facts = facts.unwrap();
    let report = serde_json::to_value(report(&asked, &facts)).unwrap();
    let contracts = report["indicators"]["I4"]["numerator"].as_f64().unwrap();
    (contracts, facts.cover.sme_by_register)
}

async fn names(app: &TestApp) -> Vec<(String, Option<String>)> {
    let asked = asked(2025, Mode::Initial);
    let found = app
        .state
        .buyer
        .undeclared(&asked, app.clock.today(), 1)
        .await;
    let rows = found.unwrap().rows.into_iter();
    rows.map(|row| (row.party, row.name)).collect()
}

store::on_both_engines! {
    async fn the_register_names_those_who_declared_nothing_and_says_which_are_smes(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let app = TestApp::on(db, &[("buyer_database.url", target.url())]).await;
        seed(&app, &[
            held("C1", 100, &[SME]), held("C2", 80, &[LARGE]), held("C3", 60, &[YOUNG]),
            held("C4", 40, &[PERSON]), held("C5", 20, &[NOBODY]),
        ]).await;
        pay_into(&app, "N° mandat;Date de paiement;SIRET fournisseur;Montant HT\n\
            1;2025-02-01;91000005800016;12,00\n2;2025-02-01;DE811907980;3,00\n").await;
        let before = sme(&app).await;
        assert_eq!(before, (0.0, 0));
        assert!(names(&app).await.iter().all(|(_, name)| name.is_none()));

        assert_eq!(round(&app.state).await.unwrap(), 6, "five holders and one who is only paid");
        assert_eq!(round(&app.state).await.unwrap(), 0, "nobody is asked about twice");
        let named = names(&app).await;
        let named: Vec<_> = named.iter().map(|(siren, name)| (siren.as_str(), name.as_deref())).collect();
        assert_eq!(named, [
            ("910000033", Some("DÉMO NUMÉRIQUE SAS")),
            ("910000041", Some("GROUPE DÉMO TRAVAUX PUBLICS")),
            ("910000116", Some("DÉMO JEUNE POUSSE SAS")),
            ("910000124", None),
            ("732829320", None),
        ]);
        // The sole trader counts without being named.
        assert_eq!(sme(&app).await, (2.0, 2));
        let all = LedgerPart::default();
        let paid = app.state.buyer.paid_parties(&asked(2025, Mode::Initial), &all, 1).await.unwrap();
        let paid: Vec<_> = paid.rows.iter().map(|row| (row.party.as_str(), row.name.as_deref())).collect();
        assert_eq!(paid[0], ("910000058", Some("DÉMO INSERTION PROPRETÉ")));
        assert_eq!(paid[1].1, None, "a foreign number is nobody’s SIREN");
    }

    async fn answers_are_asked_for_again_and_a_category_that_stays_is_known_since_it_was_first_read(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let app = TestApp::on(db, &[("buyer_database.url", target.url())]).await;
        seed(&app, &[held("C1", 100, &[SME]), held("C2", 80, &[LARGE])]).await;
        assert_eq!(round(&app.state).await.unwrap(), 2);
        let first = app.clock.now();
        app.clock.advance(TimeDelta::days(181));
        assert_eq!(round(&app.state).await.unwrap(), 2);
        // One of them has grown meanwhile.
        let mut facts = app.state.registry.company(&Siren::parse("910000033").unwrap()).await.entry().unwrap().facts.clone();
        let small = Some(facts.clone());
        facts.category = Some("ETI".to_owned());
        let answer = RegisterAnswer { siren: facts.siren.clone(), at: app.clock.now(), facts: Some(facts) };
        app.state.buyer.note_register(&[answer]).await.unwrap();
        // An answer given before comes late, and a register that lost the company: neither changes what is known.
        let siren = Siren::parse("910000033").unwrap();
        let late = RegisterAnswer { siren: siren.clone(), at: first, facts: small };
        let lost = RegisterAnswer { siren, at: app.clock.now(), facts: None };
        for answer in [late, lost] {
            app.state.buyer.note_register(&[answer]).await.unwrap();
        }
        let rows = target.rows("SELECT siren, register_category,
            CASE WHEN known_since = register_read_at THEN 'new' ELSE 'old' END AS age FROM register_facts ORDER BY siren").await;
        let rows: Vec<_> = rows.iter().map(|row| ["siren", "register_category", "age"].map(|name| row[name].as_str())).collect();
        assert_eq!(rows, [
            [Some("910000033"), Some("ETI"), Some("new")],
            [Some("910000041"), Some("ETI"), Some("old")],
        ]);
        assert!(first < app.clock.now());
        target.execute("DELETE FROM contract_holders WHERE siren = '910000041'").await;
        assert_eq!(round(&app.state).await.unwrap(), 0);
        let left = target.rows("SELECT siren FROM register_facts").await;
        assert_eq!(left.len(), 1, "nobody names the other any more: {left:?}");
        assert_eq!(sme(&app).await, (0.0, 0));
    }
}

#[tokio::test]
async fn a_silent_register_is_left_alone_and_what_it_said_before_is_kept() {
    let api = FakeApi::start().await;
    let target = TestDatabase::create(Engine::Sqlite).await;
    let settings = [
        ("registry.mode", "api"),
        ("registry.url", api.base.as_str()),
        ("buyer_database.url", target.url()),
    ];
    let mut app = TestApp::with(Engine::Sqlite, &settings).await;
    seed(&app, &[held("C1", 1, &[NOBODY]), held("C2", 1, &[SME])]).await;
    api.plays([Reply::Status(500, "")]);
    let (first, second) = (
        round(&app.state).await.unwrap(),
        round(&app.state).await.unwrap(),
    );
    assert_eq!(
        (first, second),
        (1, 1),
        "a number without an answer keeps nobody waiting"
    );
    assert_eq!(round(&app.state).await.unwrap(), 0);
    assert_eq!(api.count(), 3);
    let known = target
        .rows("SELECT siren, is_known FROM register_facts ORDER BY siren")
        .await;
    assert_eq!(known.len(), 2, "{known:?}");
    // Six more, and a register that is down: it is asked three times, not six.
    let more = [
        "91000001700012",
        "91000002500015",
        LARGE,
        "91000005800016",
        YOUNG,
        PERSON,
    ];
    let more = more.iter().zip(3..);
    let more: Vec<Value> = more
        .map(|(siret, id)| held(&format!("C{id}"), 1, &[siret]))
        .collect();
    seed(&app, &more).await;
    api.always(Reply::Status(500, ""));
    assert_eq!(round(&app.state).await.unwrap(), 0);
    assert_eq!(api.count(), 6);
    // Stopping does not wait for the register.
    app.stop().await;
}
