//! The records of a file against the official schema of their format.

use serde_json::{Value, json};
use store::buyer::contracts::Breach;

use super::{Bench, file_of, record};

const EXAMPLES: [(&str, &str, u64); 3] = [
    (
        "example_marches_concessions.json",
        include_str!("../../../../app/domain/tests/data/example_marches_concessions.json"),
        4,
    ),
    (
        "example_marches_avec_modifications.json",
        include_str!("../../../../app/domain/tests/data/example_marches_avec_modifications.json"),
        2,
    ),
    (
        "example_concessions_avec_modifications.json",
        include_str!(
            "../../../../app/domain/tests/data/example_concessions_avec_modifications.json"
        ),
        2,
    ),
];

/// The first contract of the official examples, which conforms.
fn conforming() -> Value {
    let file: Value = serde_json::from_str(EXAMPLES[0].1).unwrap();
    let mut one = file["marches"]["marche"][0].clone();
    one["acheteur"]["id"] = json!("20005480700017");
    one
}

fn said(breaches: &[Breach]) -> Vec<(&str, &str, u64, u64, &str)> {
    breaches
        .iter()
        .map(|one| {
            let found = &one.found;
            (
                one.place.as_str(),
                one.rule.as_str(),
                found.records,
                found.position,
                found.value.as_str(),
            )
        })
        .collect()
}

store::on_both_engines! {
    async fn the_official_examples_conform(db) {
        let bench = Bench::on(&db).await;
        for (name, text, records) in EXAMPLES {
            let imported = bench.add(name, text).await;
            assert_eq!((imported.schema, imported.checked, imported.conforming), (Some("2.0.3"), records, records), "{name}");
            assert_eq!(bench.buyer.breaches(&imported.import_id).await.unwrap(), []);
        }
    }

    async fn each_breach_is_counted_by_place_and_rule_and_nothing_is_lost_by_it(db) {
        let bench = Bench::on(&db).await;
        let with = |id: &str, change: &dyn Fn(&mut Value)| {
            let mut one = conforming();
            one["id"] = json!(id);
            change(&mut one);
            one
        };
        let records = [
            with("A", &|_| {}),
            with("B", &|one| one["montant"] = json!("1000")),
            with("C", &|one| {
                one["montant"] = json!("2000");
                one.as_object_mut().unwrap().remove("objet");
                one["inconnu"] = json!(1);
            }),
            with("D", &|one| {
                let holder = |id: &str| json!({"titulaire": {"id": id, "typeIdentifiant": "SIREN"}});
                one["titulaires"] = json!([holder("91000001700012"), holder("91000002500015")]);
            }),
            with("E", &|one| one["_quarantaine"] = json!({"import": "x", "position": 1})),
        ];
        let records = records.map(|record| record.to_string()).join(",");
        let text = format!(r#"{{"marches": {{"marche": [{records}, {{"id": }}]}}}}"#);
        let imported = bench.add("mixed.json", text).await;
        assert_eq!((imported.read, imported.kept, imported.quarantined), (6, 5, 1));
        assert_eq!((imported.checked, imported.conforming), (6, 2));
        let breaches = bench.buyer.breaches(&imported.import_id).await.unwrap();
        assert_eq!(said(&breaches), [
            ("montant", "type", 2, 2, "\"1000\""),
            ("", "additionalProperties", 1, 3, "inconnu"),
            ("", "not_json", 1, 6, "{\"id\": }"),
            ("objet", "required", 1, 3, ""),
            ("titulaires/*/titulaire/typeIdentifiant", "enum", 1, 4, "\"SIREN\""),
        ]);
        let past = bench.buyer.import(&imported.import_id).await.unwrap().unwrap();
        assert_eq!((past.schema.as_deref(), past.counts.checked, past.counts.conforming), (Some("2.0.3"), 6, 2));
    }

    async fn a_file_of_2019_is_compared_with_its_own_schema_and_a_table_with_none(db) {
        let bench = Bench::on(&db).await;
        let old = json!({"marches": [{
            "id": "2019000000000001", "uid": "200054807000172019000000000001", "modifications": [], "_type": "Marché", "source": "test",
            "acheteur": {"id": "20005480700017", "nom": "Métropole"}, "nature": "Marché", "objet": "Nettoyage",
            "codeCPV": "90910000", "procedure": "Procédure adaptée",
            "lieuExecution": {"code": "13055", "typeCode": "Code commune", "nom": "Marseille"},
            "dureeMois": 12, "dateNotification": "2019-03-01", "datePublicationDonnees": "2019-03-15",
            "montant": 1000.5, "formePrix": "Ferme",
            "titulaires": [{"typeIdentifiant": "SIRET", "id": "91000001700012", "denominationSociale": "X"}],
        }]});
        let imported = bench.add("old.json", old.to_string()).await;
        assert_eq!((imported.schema, imported.checked), (Some("1.5.0"), 1));
        assert_eq!(said(&bench.buyer.breaches(&imported.import_id).await.unwrap()), []);
        let table = bench.add("one.csv", "id,acheteur_id,montant,dateNotification\nT1,20005480700017,300000.0,2025-01-02\n").await;
        assert_eq!((table.schema, table.read, table.checked), (None, 1, 0));
    }

    async fn what_a_stopped_import_found_is_not_counted_twice(db) {
        let bench = Bench::on(&db).await;
        let records: Vec<Value> = (0..1500).map(|number| record(&format!("N{number}"), 100)).collect();
        let whole = file_of(&records);
        let path = bench.file("many.json", &whole);
        let stopped = {
            let (buyer, clock) = (bench.buyer.clone(), bench.clock.clone());
            let source = server::contracts::Source::open(&path).unwrap();
            let siren = domain::identifiers::Siren::parse("200054807").unwrap();
            // After the first batch it goes no further until it was stopped.
            let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
            let (release, released) = std::sync::mpsc::channel::<()>();
            let running = tokio::spawn(async move {
                server::contracts::import::import(&buyer, &siren, source, "test", &clock, move |read| {
                    said.send(read).unwrap();
                    let _stopped = released.recv();
                }).await
            });
            assert_eq!(heard.recv().await, Some(1000));
            running.abort();
            drop(release);
            running.await
        };
        assert!(stopped.is_err_and(|error| error.is_cancelled()));
        let imported = bench.import(&path).await.unwrap();
        assert!(imported.resumed);
        assert_eq!((imported.read, imported.checked, imported.conforming), (1500, 1500, 0));
        let breaches = bench.buyer.breaches(&imported.import_id).await.unwrap();
        let objects: Vec<_> = breaches.iter().filter(|one| one.place == "objet").map(|one| one.found.clone()).collect();
        assert_eq!(objects.iter().map(|found| (found.records, found.position)).collect::<Vec<_>>(), [(1500, 1)]);
    }
}
