//! Contracts imported into the buyer database, and the figures of a year.

mod broken_down;
mod cases;
mod concessions;
mod conformity;
pub(crate) mod explained;
mod formats;
mod frozen;
mod hours;
mod indirect;
mod interrupted;
mod ledger;
mod oracle;
mod paid;
mod past;
mod remembered;
mod restated;
mod roles;
mod rolled_back;
mod taken_over;

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use domain::claims::KindSet;
use domain::contracts::Mode;
use domain::identifiers::Siren;
use domain::indicators::{Asked, Narrowing, report};
use serde_json::{Value, json};
use server::clock::Clock;
use server::contracts::Source;
use server::contracts::import::{ImportError, Imported, import};
use store::buyer::BuyerStore;
use store::testing::TestDatabase;

pub(crate) const CASES: &str =
    include_str!("../../../../app/domain/tests/data/decp_synthetic_cases.json");
const EXPECTED: &str =
    include_str!("../../../../app/domain/tests/data/decp_synthetic_expected.json");

fn expected() -> Value {
    serde_json::from_str(EXPECTED).unwrap()
}

fn cases() -> Value {
    serde_json::from_str(CASES).unwrap()
}

pub(crate) fn today() -> NaiveDate {
    "2026-11-01".parse().unwrap()
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(11, 0, 0).unwrap().and_utc()
}

/// A buyer database, and the folder of its files.
pub(crate) struct Bench {
    pub(crate) buyer: BuyerStore,
    pub(crate) clock: Clock,
    folder: tempfile::TempDir,
}

impl Bench {
    pub(crate) async fn on(db: &TestDatabase) -> Self {
        let clock = Clock::manual(noon(today()));
        let buyer = BuyerStore::open(db.config().clone()).await.unwrap();
        buyer.migrate(clock.now()).await.unwrap();
        Self {
            buyer,
            clock,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> std::path::PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    async fn import(&self, path: &Path) -> Result<Imported, ImportError> {
        let source = Source::open(path).unwrap();
        let siren = Siren::parse("200054807").unwrap();
        import(&self.buyer, &siren, source, "test", &self.clock, |_| {}).await
    }

    /// Imports a text.
    pub(crate) async fn add(&self, name: &str, content: impl AsRef<[u8]>) -> Imported {
        self.import(&self.file(name, content)).await.unwrap()
    }

    /// The declarations of the synthetic cases.
    pub(crate) async fn declare(&self) {
        let lines = server::contracts::taken_over::json(&expected()["declarations"]).unwrap();
        let statuses: Vec<_> = lines
            .iter()
            .map(|line| server::contracts::taken_over::check(line).unwrap())
            .collect();
        self.buyer
            .take_over("test", &statuses, self.clock.now())
            .await
            .unwrap();
    }

    async fn figures(&self, mode: Mode) -> Value {
        self.figures_of(2025, mode).await
    }

    async fn figures_of(&self, year: i32, mode: Mode) -> Value {
        let asked = asked(year, mode);
        let facts = self
            .buyer
            .year_facts(&asked, self.clock.today())
            .await
            .unwrap();
        serde_json::to_value(report(&asked, &facts)).unwrap()
    }
}

/// A company with a status that was decided on the portal and is told to the buyer database; there is an agent.
async fn decided(app: &crate::support::TestApp) -> (Siren, domain::claims::Qualification) {
    let supplier = app
        .account(
            "gerante@entreprise.example",
            store::accounts::Role::Supplier,
        )
        .await;
    let store = &app.state.store;
    let agent = store::accounts::by_email(store.read(), "agent@metropole.example").await;
    let agent = agent.unwrap().unwrap();
    let siren = crate::query_counts::sirens().next().unwrap();
    let bench = crate::query_counts::company(app, siren.clone(), &supplier, &agent).await;
    let claim = bench.status_claim(domain::claims::Kind::Ei, "EI130170001A0M0", "2027-01-01");
    bench
        .decide(vec![(claim, domain::lifecycle::Verdict::Accepted)])
        .await;
    let held = store::qualifications::of_company(store.read(), &siren).await;
    app.state.buyer.prepare(app.clock.now()).await.unwrap();
    server::feed::replay(store, &app.state.buyer, app.clock.now())
        .await
        .unwrap();
    (siren, held.unwrap().remove(0))
}

/// Imports payments into the buyer database of this portal.
pub(crate) async fn pay_into(app: &crate::support::TestApp, ledger: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.csv");
    std::fs::write(&path, ledger).unwrap();
    app.state.buyer.prepare(app.clock.now()).await.unwrap();
    let options = server::contracts::ledger::Options::default();
    let done =
        server::contracts::ledger::import(&app.state.buyer, &path, &options, "test", &app.clock);
    assert!(done.await.unwrap().rejected.is_empty());
}

pub(crate) fn asked(year: i32, mode: Mode) -> Asked {
    Asked {
        buyer: Siren::parse("200054807").unwrap(),
        year,
        mode,
        kinds: KindSet::solidarity_default(),
        narrowing: Narrowing::default(),
    }
}

/// A record of the buyer, whole enough to count.
pub(crate) fn record(id: &str, amount: impl Into<Value>) -> Value {
    json!({
        "id": id,
        "acheteur": {"id": "20005480700017"},
        "dateNotification": "2025-03-01",
        "datePublicationDonnees": "2025-03-15",
        "montant": amount.into(),
        "techniques": {"technique": ["Sans objet"]},
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "91000001700012"}}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
        "considerationsEnvironnementales": {"considerationEnvironnementale": ["Clause environnementale"]},
    })
}

pub(crate) fn file_of(records: &[Value]) -> String {
    json!({"marches": {"marche": records, "contrat-concession": ""}}).to_string()
}

/// The figures without what an order of imports may change: the day of the data.
fn bare(mut figures: Value) -> Value {
    for (_, indicator) in figures["indicators"].as_object_mut().unwrap() {
        indicator["data_date"] = Value::Null;
    }
    figures
}

/// The only column of a query, as texts.
async fn texts(db: &TestDatabase, sql: &str) -> Vec<String> {
    let rows = db.rows(sql).await;
    rows.iter()
        .filter_map(|row| {
            row.as_object()?
                .values()
                .next()?
                .as_str()
                .map(str::to_owned)
        })
        .collect()
}
