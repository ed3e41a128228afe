//! Concessions: a list of their own, whatever the order of the files, and never in a figure.

use app::i18n::Lang;
use domain::contracts::Mode;
use domain::identifiers::Siren;
use serde_json::{Value, json};
use store::buyer::contracts::ConcessionLine;

use super::{Bench, CASES, bare, cases, record, today};
use crate::exports::lines;
use crate::support::TestApp;

fn concession(id: &str, signed: &str, published: &str, value: impl Into<Value>) -> Value {
    json!({
        "id": id, "autoriteConcedante": {"id": "20005480700017"}, "nature": "Concession de service",
        "objet": format!("Objet de {id}"), "procedure": "Procédure négociée ouverte", "dureeMois": 60,
        "dateSignature": signed, "datePublicationDonnees": published, "dateDebutExecution": "2025-04-01",
        "valeurGlobale": value.into(), "montantSubventionPublique": 0,
        "concessionnaires": [{"concessionnaire": {"typeIdentifiant": "SIRET", "id": "91000001700012"}}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
        "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]},
    })
}

fn file_of(concessions: &[Value]) -> String {
    json!({"marches": {"marche": [], "contrat-concession": concessions}}).to_string()
}

async fn listed(bench: &Bench, year: Option<i32>) -> Vec<ConcessionLine> {
    let siren = Siren::parse("200054807").unwrap();
    let today = bench.clock.today();
    let page = bench
        .buyer
        .concession_lines(&siren, year, today, 1)
        .await
        .unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    let mut sorted = page.rows.clone();
    sorted.sort_by_key(|line| {
        (
            line.signed_on,
            line.buyer_siret.clone(),
            line.concession_id.clone(),
        )
    });
    for size in [1, 2, 1000] {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let next =
                bench
                    .buyer
                    .concession_lines_after(&siren, year, today, after.as_ref(), size);
            let (rows, last) = next.await.unwrap();
            all.extend(rows);
            after = last;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(all, sorted, "{size} at a time");
    }
    page.rows
}

fn said(lines: &[ConcessionLine]) -> Vec<String> {
    let euros = |line: &ConcessionLine| line.amount.map(|amount| amount.millionths() / 1_000_000);
    lines
        .iter()
        .map(|line| format!("{} {:?}", line.concession_id, euros(line)))
        .collect()
}

store::on_both_engines! {
    async fn the_latest_publication_is_listed_whatever_the_order(db) {
        let mut other = concession("O", "2025-03-01", "2025-03-10", 5);
        other["autoriteConcedante"]["id"] = json!("21130055300016");
        let all = [
            concession("C 1", "2025-03-01", "2025-03-10", 100),
            concession("C/1", "2025-03-02", "2025-05-10", 300),
            concession("C.1", "2025-03-01", "2025-04-10", 200),
            // Published on the same day: the later signature, then the greater value.
            concession("C2", "2024-02-01", "2024-03-01", 7),
            concession("C2", "2024-02-01", "2024-03-01", 9),
            concession("C2", "2024-01-31", "2024-03-01", 11),
            concession("C3", "2024-06-01", "", "à définir"),
            concession("LATER", "2026-11-02", "2025-03-01", 5),
            other,
        ];
        let engine = db.config().engine();
        let bench = Bench::on(&db).await;
        let imported = bench.add("all.json", file_of(&all)).await;
        assert_eq!((imported.read, imported.concessions, imported.quarantined), (9, 9, 0));
        let expected = ["C_1 Some(300)", "C3 None", "C2 Some(9)"];
        assert_eq!(said(&listed(&bench, None).await), expected);
        assert_eq!(said(&listed(&bench, Some(2024)).await), expected[1..]);
        assert_eq!(said(&listed(&bench, Some(2023)).await), [""; 0]);
        let known = listed(&bench, None).await;
        assert_eq!(known[0].social, "Clause sociale");
        assert_eq!(known[0].environmental, "");
        assert_eq!(known[0].holders[0].siren.as_ref().map(Siren::as_str), Some("910000017"));
        // Again, and in another order, in several files.
        bench.add("again.json", file_of(&all)).await;
        assert_eq!(listed(&bench, None).await, known);
        let elsewhere = store::testing::TestDatabase::create(engine).await;
        let other = Bench::on(&elsewhere).await;
        for one in all.iter().rev() {
            other.add("one.json", file_of(std::slice::from_ref(one))).await;
        }
        assert_eq!(listed(&other, None).await, known);
        // Its day comes.
        bench.clock.advance(chrono::TimeDelta::days(1));
        assert_eq!(listed(&bench, None).await.len(), 4);
    }

    async fn an_import_taken_back_takes_its_concessions_and_no_other(db) {
        let bench = Bench::on(&db).await;
        let old = bench.add("old.json", file_of(&[concession("A", "2025-03-01", "2025-03-10", 1), concession("B", "2025-03-01", "2025-03-10", 2)])).await;
        let before = listed(&bench, None).await;
        let new = bench.add("new.json", file_of(&[
            concession("A", "2025-03-01", "2025-06-10", 10), concession("B", "2025-03-01", "2025-03-10", 2), concession("C", "2025-03-01", "2025-03-10", 3),
        ])).await;
        assert_eq!(said(&listed(&bench, None).await), ["A Some(10)", "B Some(2)", "C Some(3)"]);
        bench.buyer.roll_back(&new.import_id, "test", bench.clock.now(), today()).await.unwrap();
        assert_eq!(listed(&bench, None).await, before);
        bench.buyer.roll_back(&old.import_id, "test", bench.clock.now(), today()).await.unwrap();
        assert_eq!(db.number("SELECT COUNT(*) FROM concessions").await, 0);
    }

    async fn concessions_enter_no_figure(db) {
        let engine = db.config().engine();
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("cases.json", CASES).await;
        assert_eq!(listed(&bench, None).await.len(), 1);
        // The number of a contract, and one that would be a contract in the list of contracts.
        let more = [concession("M2025-01", "2025-03-01", "2027-01-01", 900_000), concession("X", "2025-03-01", "2025-03-10", 5_000_000)];
        bench.add("more.json", file_of(&more)).await;
        bench.add("among.json", json!({"marches": {"marche": more}}).to_string()).await;
        assert_eq!(listed(&bench, None).await.len(), 3);
        let clean = store::testing::TestDatabase::create(engine).await;
        let without = Bench::on(&clean).await;
        without.declare().await;
        let mut file = cases();
        file["marches"]["contrat-concession"] = json!("");
        without.add("cases.json", file.to_string()).await;
        for mode in Mode::ALL {
            assert_eq!(bare(bench.figures(mode).await), bare(without.figures(mode).await), "{mode:?}");
        }
    }

    async fn what_cannot_be_listed_is_set_aside_and_corrected(db) {
        let bench = Bench::on(&db).await;
        let mut undated = concession("U", "2025-02-30", "2025-03-10", 5);
        let imported = bench.add("odd.json", file_of(&[undated.clone(), json!({"id": "N"}), record("M", 5)])).await;
        assert_eq!((imported.read, imported.concessions, imported.quarantined), (3, 3, 3));
        let reasons = db.rows("SELECT reason, position FROM quarantine ORDER BY position").await;
        assert_eq!(reasons.iter().map(|row| row["reason"].as_str().unwrap()).collect::<Vec<_>>(), ["no_signature", "no_buyer", "no_buyer"]);
        undated["dateSignature"] = json!("2025-02-28");
        let corrected = domain::contracts::corrected(&undated.to_string(), &imported.import_id, 1).unwrap();
        bench.add("corrected.json", json!({"marches": {"marche": [corrected]}}).to_string()).await;
        assert_eq!(said(&listed(&bench, None).await), ["U Some(5)"]);
        assert_eq!(db.number("SELECT COUNT(*) FROM quarantine WHERE settled_by IS NOT NULL").await, 1);
    }

    async fn an_agent_reads_and_takes_the_concessions(db) {
        let app = TestApp::on(db, &[]).await;
        let agent = app.reviewer().await;
        let page = "/instruction/indicateurs/concessions";
        assert!(agent.get(page).await.body.contains("Aucune concession dans les données"));
        let today = app.clock.today().to_string();
        let mut one = concession("=C1", &today, &today, 5_000_000);
        let buyer = app.state.config.site.buyer_siren.clone();
        one["autoriteConcedante"]["id"] = json!(format!("{buyer}00017"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one.json");
        std::fs::write(&path, file_of(&[one])).unwrap();
        app.state.buyer.prepare(app.clock.now()).await.unwrap();
        let source = server::contracts::Source::open(&path).unwrap();
        let siren = Siren::parse(&buyer).unwrap();
        server::contracts::import::import(&app.state.buyer, &siren, source, "test", &app.clock, |_| {}).await.unwrap();
        let shown = agent.get(page).await.body;
        for said in ["Objet de =C1", "5\u{202f}000\u{202f}000\u{a0}€", "60\u{a0}mois", "910\u{a0}000\u{a0}017", "Clause sociale"] {
            assert!(shown.contains(said), "{said}: {shown}");
        }
        assert!(agent.get(&format!("{page}?annee=2016")).await.body.contains("Aucune concession ici"));
        assert!(agent.get("/instruction/indicateurs").await.body.contains(page));
        let taken = agent.get("/instruction/exports/concessions.csv").await;
        let rows = lines(taken.body.as_bytes(), Lang::Fr);
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert_eq!((rows[1][1].as_str(), rows[1][10].as_str()), ("'=C1", "5000000,00"));
        agent.get("/instruction/exports/concessions.xlsx").await.expect_status(200);
    }
}
