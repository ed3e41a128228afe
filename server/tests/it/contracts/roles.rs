//! On `PostgreSQL` contracts are imported under a role that owns nothing.

use domain::contracts::Mode;
use serde_json::json;
use store::buyer::contracts::Import;
use store::testing::TestDatabase;
use store::{Engine, StoreConfig};

use super::{Bench, CASES, file_of, record};

#[tokio::test]
async fn a_role_that_only_changes_rows_imports_and_removes() {
    let db = TestDatabase::create(Engine::Postgres).await;
    let owned = Bench::on(&db).await;
    let (writer, writer_url) = db.role("portail").await;
    let (analyst, _) = db.role("analyste").await;
    db.execute(&store::buyer::grants(&writer, &analyst).unwrap())
        .await;

    // All that the portal does with contracts: an import whose base is empty, a correction, shares, a removal, figures.
    let portal = Bench {
        buyer: store::buyer::BuyerStore::open(StoreConfig::parse(&writer_url).unwrap())
            .await
            .unwrap(),
        ..owned
    };
    portal.buyer.prepare(portal.clock.now()).await.unwrap();
    portal.declare().await;
    // It may not leave out the indexes of a large first import, nor make one that is missing: it imports all the same.
    let large = Import {
        schema: None,
        id: "large".into(),
        subject: "contracts",
        file_name: "large.json".into(),
        sha256: Some("large".into()),
        format: "json",
        size_bytes: Some(1 << 30),
        by: "test".into(),
    };
    let now = portal.clock.now();
    let begun = portal.buyer.begin_import(&large, now).await.unwrap();
    portal
        .buyer
        .end_import(&begun.running, None, now)
        .await
        .unwrap();
    portal.buyer.restore_indexes(now).await.unwrap();
    let imported = portal.add("cases.json", CASES).await;
    db.execute("DROP INDEX contracts_id").await;
    assert!(portal.buyer.restore_indexes(now).await.is_err());
    portal.add("other.json", file_of(&[record("Z", 10)])).await;
    portal
        .buyer
        .roll_back(
            &imported.import_id,
            "test",
            portal.clock.now(),
            portal.clock.today(),
        )
        .await
        .unwrap();
    let figures = portal.figures(Mode::Initial).await;
    assert_eq!(figures["n_contracts"], json!(1));
}
