//! The same contracts in all the forms in which they are published, and the accidents of real files.

use domain::contracts::Mode;
use serde_json::json;
use server::contracts::Source;
use server::contracts::import::ImportError;

use super::{Bench, bare, file_of, record, texts};

const CSV: &str = "uid,id,acheteur_id,titulaire_id,titulaire_typeIdentifiant,montant,dateNotification,datePublicationDonnees,\
considerationsSociales,considerationsEnvironnementales,techniques,modification_id,donneesActuelles\n\
20005480700017T1,T1,20005480700017,91000001700012,SIRET,300000.0,2025-01-02,2025-02-01,\"Clause sociale, Critère social\",Clause environnementale,Sans objet,0,False\n\
20005480700017T1,T1,20005480700017,91000002500015,SIRET,300000.0,2025-01-02,2025-02-01,\"Clause sociale, Critère social\",Clause environnementale,Sans objet,0,False\n\
20005480700017T1,T1,20005480700017,91000003300019,SIRET,300000.0,2025-01-02,2025-02-01,\"Clause sociale, Critère social\",Clause environnementale,Sans objet,0,False\n\
20005480700017T1,T1,20005480700017,91000001700012,SIRET,350000.0,2026-03-01,2026-04-01,\"Clause sociale, Critère social\",Clause environnementale,Sans objet,1,True\n";

store::on_both_engines! {
    async fn lines_of_the_consolidated_file_make_one_contract(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("consolidated.csv", CSV).await;
        let initial = bench.figures(Mode::Initial).await;
        assert_eq!((&initial["n_contracts"], &initial["amount_total"], &initial["flags"]), (&json!(1), &json!(300_000), &json!({})));
        assert_eq!((&initial["social_clause_count"], &initial["solidarity_amount"]), (&json!(1), &json!(200_000)));
        let current = bench.figures(Mode::Current).await;
        assert_eq!((&current["amount_total"], &current["solidarity_amount"]), (&json!(350_000), &json!(350_000)));
    }

    async fn semicolons_and_windows_1252_say_the_same(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        let text = CSV.replace("\"Clause sociale, Critère social\"", "Critère social").replace(',', ";");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        bench.add("excel.csv", &bytes).await;
        let figures = bench.figures(Mode::Initial).await;
        assert_eq!((&figures["n_contracts"], &figures["social_clause_count"], &figures["social_any_count"]),
            (&json!(1), &json!(0), &json!(1)));
    }

    async fn the_official_xml_and_a_byte_order_mark_are_read(db) {
        let bench = Bench::on(&db).await;
        let xml = include_str!("../../../../app/domain/tests/data/example_Marche.xml")
            .replace("21750001630040", "20005480700017");
        let imported = bench.add("example.xml", format!("\u{FEFF}{xml}")).await;
        assert!(imported.kept > 0 && imported.quarantined == 0, "{imported:?}");
        assert_eq!(imported.format, "xml");
        let utf16: Vec<u8> = format!("\u{FEFF}{}", file_of(&[record("U", 5)]))
            .encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(bench.add("utf16.json", utf16).await.kept, 1);
    }

    async fn records_that_cannot_be_read_are_set_aside_with_their_reason(db) {
        let bench = Bench::on(&db).await;
        let good = record("G", 777).to_string();
        let text = format!(
            r#"{{"marches": {{"marche": [{good}, {{"id": }}, {{"id": "x"}}, 12, {}, {}]}}}}"#,
            good.replace("777", "NaN").replace("\"G\"", "\"N\""),
            record("\u{0}Z", 1)
        );
        let imported = bench.add("broken.json", text).await;
        assert_eq!((imported.read, imported.kept, imported.quarantined), (6, 2, 4));
        let reasons = texts(&db, "SELECT reason FROM quarantine ORDER BY position").await;
        assert_eq!(reasons, ["not_json", "no_buyer", "not_an_object", "zero_character"]);
        let figures = bench.figures(Mode::Initial).await;
        assert_eq!((&figures["n_contracts"], &figures["n_amount_contracts"]), (&json!(2), &json!(1)));
        assert_eq!(figures["flags"], json!({"N": ["ABERRANT_AMOUNT"]}));
    }

    async fn a_file_that_stops_halfway_says_so_and_is_complete_when_it_comes_whole(db) {
        let bench = Bench::on(&db).await;
        let whole = file_of(&[record("A", 100), record("B", 50)]);
        let cut = bench.file("cut.json", whole.get(..whole.len() - 60).unwrap());
        match bench.import(&cut).await {
            Err(ImportError::Broken(broken)) => assert_eq!(broken.code(), "truncated"),
            other => panic!("{other:?}"),
        }
        bench.add("whole.json", &whole).await;
        let figures = bare(bench.figures(Mode::Initial).await);
        let clean = store::testing::TestDatabase::create(db.config().engine()).await;
        let other = Bench::on(&clean).await;
        other.add("whole.json", &whole).await;
        assert_eq!(figures, bare(other.figures(Mode::Initial).await));
    }
}

#[test]
fn a_file_that_holds_no_contracts_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let open = |content: &str| {
        let path = folder.path().join("file");
        std::fs::write(&path, content).unwrap();
        Source::open(&path).map(|source| {
            source
                .elements()
                .map(|mut found| found.next().transpose().is_ok())
        })
    };
    assert!(open("").is_err() && open(" \n").is_err());
    assert!(matches!(open("name,amount\na,1\n"), Ok(Err(_))));
}
