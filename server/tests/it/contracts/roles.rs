//! On `PostgreSQL` contracts are imported under a role that owns nothing.

use domain::contracts::Mode;
use serde_json::json;
use store::testing::TestDatabase;
use store::{Engine, StoreConfig};

use super::{Bench, CASES, file_of, record};

/// A role of this name prefix in front of the same database.
async fn role(db: &TestDatabase, name: &str) -> (String, String) {
    let role = format!("{name}_{}", uuid::Uuid::new_v4().simple());
    db.execute(&format!("CREATE ROLE {role} LOGIN")).await;
    let url = db.url().replace("postgres@", &format!("{role}@"));
    (role, url)
}

#[tokio::test]
async fn a_role_that_only_changes_rows_imports_and_removes() {
    let db = TestDatabase::create(Engine::Postgres).await;
    let owned = Bench::on(&db).await;
    let (writer, writer_url) = role(&db, "portail").await;
    let (analyst, _) = role(&db, "analyste").await;
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
    let imported = portal.add("cases.json", CASES).await;
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
    portal
        .buyer
        .restore_indexes(portal.clock.now())
        .await
        .unwrap();
    let figures = portal.figures(Mode::Initial).await;
    assert_eq!(figures["n_contracts"], json!(1));
}
