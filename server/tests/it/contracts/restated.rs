//! What changed since a year was frozen: the differences told are those of the figures, to the cent, and each has its cause.

use app::desk::BuyerDesk;
use app::views::{RestatedFilter, RestatedView};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::indicators::{Cause, CauseSums, report};
use serde_json::{Value, json};
use server::contracts::Source;
use server::contracts::frozen::freeze;
use server::contracts::import::import;
use store::buyer::contracts::Share;

use super::{asked, file_of, record};
use crate::exports::lines;
use crate::support::TestApp;

const EI: &str = "91000001700012";
const OTHER: &str = "91000002500015";

async fn add(app: &TestApp, records: &[Value]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contrats.json");
    std::fs::write(&path, file_of(records)).unwrap();
    let siren = Siren::parse("200054807").unwrap();
    let source = Source::open(&path).unwrap();
    import(&app.state.buyer, &siren, source, "test", &app.clock, |_| {})
        .await
        .unwrap();
}

async fn take_over(app: &TestApp, line: Value) {
    let held = server::contracts::taken_over::json(&json!([line])).unwrap();
    let held = server::contracts::taken_over::check(&held[0]).unwrap();
    let now = app.clock.now();
    app.state
        .buyer
        .take_over("test", &[held], now)
        .await
        .unwrap();
}

fn held(id: &str, amount: impl Into<Value>, holders: &[&str]) -> Value {
    let mut record = record(id, amount);
    record["titulaires"] = holders
        .iter()
        .map(|siret| json!({"titulaire": {"typeIdentifiant": "SIRET", "id": siret}}))
        .collect();
    record
}

async fn changes(agent: &dyn BuyerDesk, edition: u32, mode: Mode) -> RestatedView {
    let filter = RestatedFilter {
        year: Some(2025),
        edition,
        mode,
        page: 1,
    };
    agent.restated(filter).await.unwrap()
}

/// Numerator and denominator of I3 today.
async fn purchases(app: &TestApp, mode: Mode) -> [Hundredths; 2] {
    let asked = asked(2025, mode);
    let facts = app.state.buyer.year_facts(&asked, app.clock.today()).await;
    let figure = &report(&asked, &facts.unwrap()).indicators["I3"];
    [figure.numerator, figure.denominator.unwrap_or_default()]
}

fn less(after: Hundredths, before: Hundredths) -> Hundredths {
    Hundredths::from_hundredths(after.hundredths() - before.hundredths())
}

store::on_both_engines! {
    async fn what_changed_since_a_year_was_frozen_adds_up_to_the_change_of_its_figures(db) {
        let app = TestApp::on(db, &[]).await;
        let agent = crate::desks::buyer(&app, "autre@metropole.example").await;
        let buyer = &app.state.buyer;
        buyer.prepare(app.clock.now()).await.unwrap();
        add(&app, &[
            held("A", 100, &[EI]), held("B", 99.99, &[EI, OTHER, "91000003300019"]), held("C", 10, &[OTHER]),
            held("D", 50, &["91000003300019"]),
        ]).await;
        take_over(&app, json!({"siren": "910000017", "kind": "EI", "valid_from": "2020-01-01", "status": "validated"})).await;
        let frozen = freeze(buyer, &asked(2025, Mode::Initial), "", "test", &app.clock).await.unwrap();
        assert_eq!(frozen.edition, 1);
        for mode in Mode::ALL {
            let same = changes(&*agent, 1, mode).await;
            assert_eq!((same.whole, same.rows.len()), (CauseSums::default(), 0), "nothing changed");
            assert_eq!(same.solidarity.before, same.solidarity.after);
        }
        let before = [purchases(&app, Mode::Initial).await, purchases(&app, Mode::Current).await];

        app.clock.advance(chrono::TimeDelta::days(2));
        take_over(&app, json!({"siren": "910000025", "kind": "EA", "valid_from": "2025-01-01", "status": "validated"})).await;
        let mut amended = held("D", 50, &["91000003300019"]);
        amended["datePublicationDonnees"] = json!("2025-04-15");
        amended["considerationsSociales"] = json!({"considerationSociale": ["Pas de considération sociale"]});
        amended["modifications"] = json!([{"modification": {"id": 1, "dateNotificationModification": "2025-06-01",
            "datePublicationDonneesModification": "2025-06-01", "montant": 75.5}}]);
        add(&app, &[amended, held("E", 7.77, &[EI])]).await;
        let share = |holder: &str, share: &str| Share {
            contract: "B".into(), holder: holder.into(), share: share.into(), source: "test".into(),
        };
        let shares = [share(EI, "5"), share(OTHER, "1"), share("91000003300019", "1")];
        buyer.enter_shares(&shares, "test", app.clock.now()).await.unwrap();

        for (mode, before) in Mode::ALL.into_iter().zip(before) {
            let found = changes(&*agent, 1, mode).await;
            let after = purchases(&app, mode).await;
            assert_eq!(found.whole.solidarity, less(after[0], before[0]), "{mode:?}");
            assert_eq!(found.whole.amount, less(after[1], before[1]), "{mode:?}");
            let told: Vec<_> = found.rows.iter().map(|row| (row.contract.contract_id.as_str(), row.contract.causes.clone())).collect();
            let mut last = vec![Cause::Clauses];
            if mode == Mode::Current {
                last.insert(0, Cause::Amount);
            }
            assert_eq!(told, [
                ("B", vec![Cause::Shares, Cause::StatusGained]),
                ("C", vec![Cause::StatusGained]),
                ("E", vec![Cause::Added]),
                ("D", last),
            ]);
            assert_eq!(found.rows[1].contract.holders, ["910000025"]);
            assert_ne!(found.solidarity.before, found.solidarity.after);
        }
        // Frozen again: nothing has changed since the second edition, and the first still says what it said.
        freeze(buyer, &asked(2025, Mode::Initial), "encore", "test", &app.clock).await.unwrap();
        assert_eq!(changes(&*agent, 2, Mode::Initial).await.whole, CauseSums::default());
        assert_eq!(changes(&*agent, 1, Mode::Initial).await.whole.contracts, 4);
        let filter = RestatedFilter { year: Some(2025), edition: 3, ..RestatedFilter::default() };
        assert_eq!(agent.restated(filter).await, Err(app::error::AppError::NotFound));

        let client = app.reviewer().await;
        let page = client.get("/instruction/indicateurs/annees-arretees/ecarts?annee=2025&edition=1").await;
        for said in ["Écarts de 2025 depuis l’édition 1", "Statut solidaire validé depuis", "Plusieurs causes"] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        let taken = client.get("/instruction/exports/ecarts.csv?annee=2025&edition=1").await;
        let rows = lines(taken.body.as_bytes(), app::i18n::Lang::Fr);
        assert_eq!(rows.len(), 5, "{rows:?}");
        assert_eq!((rows[1][1].as_str(), rows[2][5].as_str()), ("B", "910000025"));
        client.get("/instruction/exports/ecarts.xlsx?annee=2025&edition=1").await.expect_status(200);
    }
}
